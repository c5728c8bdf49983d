"""The start page of /beheer/: what waits for this person, what is open, and what happened lately.

What a person sees follows from their rights, so who has two roles sees the work of both. A fixed number of queries,
however many documents there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from programma import opdrachten
from programma.admin.betrokkenen import NAMEN, naam
from programma.admin.publicatiescherm import kort, nu, waar
from programma.levensloop import Toestand
from programma.models import Bewerking, Opdracht, Stap, Versie
from programma.toetsing.controles import blokkades
from programma.toetsing.keuring import bevindingen_van, standen
from programma.toetsing.voortgang import klaar_van, matrix
from veiligheid.formatting import datum, moment

Bladzijde = Callable[..., HttpResponseBase]
# Lists on the start page are short; the rest is one click away.
HOOGSTENS = 8
LAATST = timedelta(days=14)
# Words of a summary; the whole is on the page of the version.
SAMENGEVAT = 30


class Taak(NamedTuple):
    """Something that waits for this person: what to do, why, and where. `dringend` is said in words too."""

    tekst: str
    uitleg: str
    href: str
    dringend: str = ""


class Begin(NamedTuple):
    """A published version with which work begins."""

    naam: str
    nu: str
    href: str


class Openstaand(NamedTuple):
    """A version that is being made: where it is and how far."""

    naam: str
    nu: str
    voortgang: str
    bevindingen: str
    versie_href: str
    voortgang_href: str


class Recent(NamedTuple):
    """Something that happened."""

    wat: str
    waarvan: str
    wie: str
    op: datetime
    href: str


def _van_versie(versie: Versie) -> str:
    return reverse("admin:programma_versie_change", args=[versie.pk])


def _voortgang_van(versie: Versie) -> str:
    return reverse("admin:programma_versie_voortgang", args=[versie.pk])


def _meer(aantal: int, enkel: str, meer: str) -> str:
    return f"{aantal} {enkel if aantal == 1 else meer}"


@dataclass
class Bureau:
    """The desk of one person: everything that the start page says, asked once."""

    wie: User
    vandaag: date = field(default_factory=timezone.localdate)

    def mag(self, recht: str) -> bool:
        """Return whether this person has a right."""
        return self.wie.has_perm(recht)

    @cached_property
    def open(self) -> list[Versie]:
        """The versions that are being made."""
        if not self.mag("programma.view_versie"):
            return []
        personen = ("document", "ingediend_door", "goedgekeurd_door")
        return list(Versie.objects.in_bewerking().select_related(*personen).order_by("document__jaar", "pk"))

    @cached_property
    def laatste_stap(self) -> dict[int, Stap]:
        """The last step of each open version."""
        stappen = (
            Stap.objects.filter(versie__in=self.open)
            .order_by("versie_id", "-pk")
            .distinct("versie_id")
            .select_related("door")
        )
        return {stap.versie_id: stap for stap in stappen}

    @cached_property
    def blokkades(self) -> dict[int, int]:
        """How many findings keep each open version from being published."""
        return {pk: len(blokkades(rijen)) for pk, rijen in bevindingen_van(self.open).items()} if self.open else {}

    # --- what waits for me ------------------------------------------------------------------------------------------

    def taken(self) -> list[Taak]:
        """Return what waits for this person, what is urgent first."""
        gevonden = [
            *self._schrijven(),
            *(self._maken() if self.mag("programma.dien_in") else ()),
            *(self._opdrachten() if self.mag("programma.change_opdracht") else ()),
            *(self._goedkeuren() if self.mag("programma.keur_goed") else ()),
            *(self._vaststellen() if self.mag("programma.stel_vast") else ()),
            *(self._accounts() if self.mag("auth.change_user") else ()),
        ]
        return sorted(gevonden, key=lambda taak: not taak.dringend)

    def leeg(self) -> str:
        """Return why nothing waits, and where work comes from."""
        niets = "Er wacht op dit moment geen werk op u."
        if self.mag("programma.dien_in"):
            return f"{niets} Wordt een versie teruggestuurd of is een schrijver te laat, dan leest u dat hier."
        if self.mag("programma.keur_goed"):
            return f"{niets} Dient een redacteur een versie in, dan staat zij hier."
        if self.mag("auth.change_user"):
            return f"{niets} Alle accounts hebben een rol en zijn gebruikt."
        if self.mag("programma.view_versie"):
            return "U leest mee, dus op u wacht geen werk. Op deze pagina ziet u wat open is en wat er gebeurde."
        if self.wie.groups.exists():
            return f"{niets} Geeft een redacteur u een pakket om te schrijven, dan staat het hier."
        return "Uw account heeft nog geen rol. Vraag de beheerder van deze site om een rol."

    def _schrijven(self) -> Iterator[Taak]:
        """Own opdrachten that are not klaar, the first deadline first."""
        eigen = opdrachten.van(self.wie).exclude(status=Opdracht.Status.KLAAR)
        for opdracht in eigen.filter(versie__status=Versie.Status.CONCEPT):
            te_laat = opdracht.te_laat(self.vandaag)
            wanneer = "Dit zou klaar zijn op" if te_laat else "Klaar op uiterlijk"
            uitleg = f"{opdracht.versie.titel}. {wanneer} {datum(opdracht.uiterlijk)}."
            dringend = "te laat" if te_laat else ""
            if opdracht.status == Opdracht.Status.TERUGGESTUURD:
                uitleg, dringend = f"{uitleg} Reden: {opdracht.reden}", dringend or "teruggestuurd"
            yield Taak(
                f"Schrijf {opdracht.pakket.code} {opdracht.pakket.naam}",
                uitleg,
                reverse("admin:schrijven_opdracht", args=[opdracht.pk]),
                dringend,
            )

    def _maken(self) -> Iterator[Taak]:
        """Concepts: sent back, or still to finish."""
        for versie in self.open:
            if versie.status != Versie.Status.CONCEPT:
                continue
            aantal = self.blokkades[versie.pk]
            stand = f"{_meer(aantal, 'bevinding houdt', 'bevindingen houden')} publicatie tegen."
            uitleg = stand if aantal else "Niets houdt publicatie tegen. U kunt de versie indienen."
            reden = f"Reden: {versie.reden} {uitleg}" if versie.reden else uitleg
            stap = self.laatste_stap[versie.pk]
            if stap.werkwoord == Stap.Werkwoord.STUUR_TERUG:
                yield Taak(f"Pas aan: {kort(versie)}", reden, _van_versie(versie), "teruggestuurd")
            elif stap.werkwoord == Stap.Werkwoord.TREK_INDIENING_IN:
                wie = "U trok" if stap.door_id == self.wie.pk else f"{naam(stap.door)} trok"
                yield Taak(f"Pas aan: {kort(versie)}", f"{wie} de indiening in. {reden}", _van_versie(versie))
            elif aantal:
                yield Taak(f"Maak af: {kort(versie)}", uitleg, _voortgang_van(versie))
            else:
                yield Taak(f"Dien in: {kort(versie)}", uitleg, _van_versie(versie))

    def _opdrachten(self) -> Iterator[Taak]:
        """Schrijvers who are late."""
        laat = (
            Opdracht.objects.exclude(status=Opdracht.Status.KLAAR)
            .filter(uiterlijk__lt=self.vandaag, versie__status=Versie.Status.CONCEPT)
            .select_related("pakket", "schrijver", "versie")
            .order_by("uiterlijk", "pk")[:HOOGSTENS]
        )
        for opdracht in laat:
            yield Taak(
                f"{naam(opdracht.schrijver)} is te laat met {opdracht.pakket.code} {opdracht.pakket.naam}",
                f"{opdracht.versie.titel}. Dit zou klaar zijn op {datum(opdracht.uiterlijk)}.",
                reverse("admin:programma_opdracht_versie", args=[opdracht.versie_id]),
                "te laat",
            )

    def _goedkeuren(self) -> Iterator[Taak]:
        """Versions that wait for approval or publication."""
        eigen = set(
            Bewerking.objects.filter(versie__in=self.open, door=self.wie)
            .exclude(via="kopie")
            .values_list("versie", flat=True)
        )
        for versie in self.open:
            toestand = waar(versie)
            if toestand == Toestand.INGEDIEND:
                tekst, uitleg = f"Lees en keur goed: {kort(versie)}", f"Ingediend door {naam(versie.ingediend_door)}."
                if versie.samenvatting:
                    uitleg += f" Samenvatting: {Truncator(versie.samenvatting).words(SAMENGEVAT)}"
                if versie.ingediend_door_id == self.wie.pk or versie.pk in eigen:
                    tekst = f"Wacht op een collega: {kort(versie)}"
                    uitleg += " U werkte hieraan mee, dus een collega moet goedkeuren."
                yield Taak(tekst, uitleg, _van_versie(versie))
            elif toestand == Toestand.GOEDGEKEURD:
                yield self._publiceren(versie)

    def _publiceren(self, versie: Versie) -> Taak:
        """An approved version: publish it, or wait for the moment that was set; say so when that has passed."""
        tekst, uitleg = f"Publiceer: {kort(versie)}", f"Goedgekeurd door {naam(versie.goedgekeurd_door)}."
        if versie.gepland_op is None:
            return Taak(tekst, uitleg, _van_versie(versie))
        wanneer = moment(versie.gepland_op)
        if versie.gepland_op > timezone.now():
            return Taak(tekst, f"{uitleg} De site publiceert op {wanneer}.", _van_versie(versie))
        gemist = f"{uitleg} De site zou publiceren op {wanneer}, en dat is niet gebeurd. Publiceer zelf."
        return Taak(tekst, gemist, _van_versie(versie), "te laat")

    def _vaststellen(self) -> Iterator[Taak]:
        """Published versions of which the council's decision is not recorded."""
        zonder = (
            Versie.objects.gepubliceerd()
            .filter(vastgesteld_op__isnull=True)
            .select_related("document")
            .order_by("-gepubliceerd_op")[:HOOGSTENS]
        )
        for versie in zonder:
            op = datum(timezone.localtime(versie.gepubliceerd_op).date())
            uitleg = f"Gepubliceerd op {op}, nog geen besluit van de raad vastgelegd."
            yield Taak(f"Leg het raadsbesluit vast: {kort(versie)}", uitleg, _van_versie(versie))

    def _accounts(self) -> Iterator[Taak]:
        """Accounts that cannot do anything yet."""
        actief = User.objects.filter(is_active=True, is_superuser=False)
        zonder_rol = list(actief.filter(groups__isnull=True).order_by("username").values_list("username", flat=True))
        nooit = list(
            actief.filter(last_login__isnull=True, groups__isnull=False)
            .order_by("username")
            .values_list("username", flat=True)
            .distinct()
        )
        lijst = reverse("admin:auth_user_changelist")
        if zonder_rol:
            tekst = f"Geef {_meer(len(zonder_rol), 'account', 'accounts')} een rol"
            yield Taak(tekst, _namen(zonder_rol), f"{lijst}?is_active__exact=1")
        if nooit:
            tekst = f"{_meer(len(nooit), 'account heeft', 'accounts hebben')} nog nooit ingelogd"
            yield Taak(tekst, _namen(nooit), f"{lijst}?is_active__exact=1")

    # --- what is open -----------------------------------------------------------------------------------------------

    def openstaand(self) -> list[Openstaand]:
        """Return the versions that are being made, with how far they are."""
        if not self.open:
            return []
        per_versie = standen(self.open)
        rijen = []
        for versie in self.open:
            klaar, samen = klaar_van(matrix(per_versie[versie.pk]))
            aantal = self.blokkades[versie.pk]
            stand = _meer(aantal, "bevinding houdt", "bevindingen houden")
            rijen.append(
                Openstaand(
                    kort(versie),
                    nu(versie),
                    f"{klaar} van {samen} onderdelen klaar" if samen else "nog geen programma’s",
                    f"{stand} publicatie tegen" if aantal else "niets houdt publicatie tegen",
                    _van_versie(versie),
                    _voortgang_van(versie),
                )
            )
        return rijen

    def begin(self) -> list[Begin]:
        """Return the published versions from which this person can make a concept, when nothing is being made."""
        if self.open or not self.mag("programma.maak_concept"):
            return []
        huidig: dict[int, Versie] = {}
        nieuwste_eerst = Versie.objects.gepubliceerd().select_related("document").order_by("-document__jaar", "-nummer")
        for versie in nieuwste_eerst[:HOOGSTENS]:
            huidig.setdefault(versie.document_id, versie)
        return [Begin(kort(versie), nu(versie), _van_versie(versie)) for versie in huidig.values()]

    # --- what happened ----------------------------------------------------------------------------------------------

    def recent(self) -> list[Recent]:
        """Return the last steps of all versions."""
        if not self.mag("programma.view_stap"):
            return []
        stappen = Stap.objects.select_related("door").order_by("-id")[:HOOGSTENS]
        versies = Versie.objects.in_bulk({stap.versie_id for stap in stappen})
        return [
            Recent(
                str(stap),
                kort(versie) if (versie := versies.get(stap.versie_id)) else "een verwijderd concept",
                naam(stap.door),
                stap.op,
                _van_versie(versie) if versie else "",
            )
            for stap in stappen
        ]

    def gewijzigd(self) -> list[Recent]:
        """Return who changed how much of which kind lately, for who only looks on, with the history that shows what."""
        if not self.mag("programma.view_gebeurtenis") or self.mag("programma.dien_in"):
            return []
        rijen = (
            Bewerking.objects.filter(op__gte=timezone.now() - LAATST)
            .exclude(via="kopie")
            .values_list("versie", "door", "tabel")
            .annotate(Sum("rijen"), op=Max("op"))
            .order_by("-op")[:HOOGSTENS]
        )
        versies = Versie.objects.in_bulk({rij[0] for rij in rijen})
        mensen = User.objects.in_bulk({rij[1] for rij in rijen if rij[1] is not None})
        return [
            Recent(
                _meer(aantal, *NAMEN.get(tabel, (tabel, tabel))),
                kort(versies[versie]) if versie in versies else "een verwijderd concept",
                naam(mensen.get(door)) if door is not None else naam(None),
                op,
                f"{reverse('admin:historie_versie', args=[versie])}?wie={door or ''}" if versie in versies else "",
            )
            for versie, door, tabel, aantal, op in rijen
        ]


def _namen(namen: Sequence[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    over = len(namen) - HOOGSTENS
    return ", ".join(namen[:HOOGSTENS]) + (f" en nog {over}." if over > 0 else ".")


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Show the start page: Django's own index, with the work on top."""
    context: dict[str, Any] = {"title": "Start"}
    if isinstance(request.user, User):
        bureau = Bureau(request.user)
        context |= {
            "taken": (taken := bureau.taken()),
            "leeg": "" if taken else bureau.leeg(),
            "openstaand": bureau.openstaand(),
            "begin": bureau.begin(),
            "recent": bureau.recent(),
            "gewijzigd": bureau.gewijzigd(),
        }
    return admin.site.index(request, context)


def adressen(poort: Callable[[Bladzijde], Bladzijde]) -> list[URLPattern]:
    """Return the address of the start page; `poort` is the gate of the admin. It comes before Django's own index."""
    return [path("", poort(start), name="index")]
