"""What the screen of a version shows: the findings, the difference, the people, and the next step for who looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from programma import levensloop, publicatie
from programma.admin.betrokkenen import Bevoegd, aandelen, bevoegd, naam, schrijvers_van
from programma.admin.handelingen import HANDELINGEN, Handeling, is_volgende
from programma.admin.verschilscherm import Verschilscherm, verschilscherm
from programma.admin.wegwijzer import Wegwijzer, bestaand
from programma.bewaard.maken import ontbrekend
from programma.bewaard.namen import ontbreekzin
from programma.levensloop import Toestand
from programma.models import Bedrag, Begrotingsregel, Doel, Pakket, Programma, Sectie, Stap, Versie
from programma.schrijftips import getipte_teksten
from programma.toetsing import voortgang as stand
from programma.toetsing.controles import Bevinding, Controlestuk, Niveau, controleer
from programma.toetsing.keuring import bevindingen, controlestuk, standen
from programma.toetsing.voortgang import Cel, Onderdeel, Stand
from programma.vergelijking import vergelijk


def waar(versie: Versie) -> Toestand:
    """Return where a version is in its life."""
    return levensloop.toestand(
        versie.status,
        goedgekeurd=versie.goedgekeurd_door_id is not None,
        vastgesteld=versie.vastgesteld_op is not None,
    )


def kort(versie: Versie) -> str:
    """Return how a version is called in a sentence: its title and number."""
    return f"{versie.titel}, versie {versie.nummer}"


def nu(versie: Versie) -> str:
    """Return in a sentence where a version is."""
    gepland = versie.gepland_op if waar(versie) == Toestand.GOEDGEKEURD else None
    voorbij = gepland is not None and gepland <= timezone.now()
    woord = "was gepland, en is niet gebeurd," if voorbij else "is gepland"
    bij = f". Publicatie {woord} op {timezone.localtime(gepland):%d-%m-%Y om %H:%M}" if gepland else ""
    return f"{kort(versie)} is nu {levensloop.NU[waar(versie)]}{bij}."


# --- findings -------------------------------------------------------------------------------------------------------


class Melding(NamedTuple):
    """A finding with the address of the place where it is mended."""

    niveau: str
    plaats: str
    zin: str
    href: str


class Meldinggroep(NamedTuple):
    """The findings of one level."""

    kop: str
    niveau: str
    meldingen: list[Melding]


def meldingen(versie: Versie, gevonden: Sequence[Bevinding], wegwijzer: Wegwijzer) -> list[Meldinggroep]:
    """Return the findings per level, each with a link."""
    adressen = wegwijzer.naar(bevinding.plek for bevinding in gevonden)
    elders = reverse("admin:programma_versie_change", args=[versie.pk])
    groepen = []
    for niveau, kop in ((Niveau.BLOKKADE, "Houdt publicatie tegen"), (Niveau.WAARSCHUWING, "Kijk hier nog naar")):
        rijen = [
            Melding(niveau, rij.plaats, rij.zin, adressen.get(rij.plek, elders) if rij.plek else elders)
            for rij in gevonden
            if rij.niveau == niveau
        ]
        if rijen:
            groepen.append(Meldinggroep(kop, niveau, rijen))
    return groepen


# --- the life of a version ------------------------------------------------------------------------------------------


class Halte(NamedTuple):
    """A step in the picture: `soort` is gedaan, nu or nog."""

    naam: str
    soort: str
    woord: str
    wie: str
    op: datetime | None


def _haltes(versie: Versie) -> list[Halte]:
    """Return the steps of a version, with who took them and when. Needs the persons of the version."""
    hier = waar(versie)
    stappen = [
        (Toestand.CONCEPT, "Concept", versie.aangemaakt_door, versie.aangemaakt_op),
        (Toestand.INGEDIEND, "Ingediend", versie.ingediend_door, versie.ingediend_op),
        (Toestand.GOEDGEKEURD, "Goedgekeurd", versie.goedgekeurd_door, versie.goedgekeurd_op),
        (Toestand.GEPUBLICEERD, "Gepubliceerd", versie.gepubliceerd_door, versie.gepubliceerd_op),
        (Toestand.VASTGESTELD, "Vastgesteld", versie.vastgesteld_door, versie.vastgesteld_op),
    ]
    if hier == Toestand.INGETROKKEN:
        stappen.append((Toestand.INGETROKKEN, "Ingetrokken", versie.ingetrokken_door, versie.ingetrokken_op))
        stappen = [stap for stap in stappen if stap[3]]
    haltes = []
    for toestand, tekst, wie, op in stappen:
        soort, woord = ("nu", "nu hier") if toestand == hier else ("gedaan", "gedaan") if op else ("nog", "nog niet")
        haltes.append(Halte(tekst, soort, woord, naam(wie) if op and wie else "", op))
    return haltes


class Knop(NamedTuple):
    """A step that this person can take now."""

    werkwoord: str
    handeling: Handeling
    formulier: forms.Form


@dataclass(frozen=True, slots=True)
class Volgende:
    """The next step: what this person can do, or plainly why not and who can; and the ways aside.

    `uitgeklapt`: the ways aside are shown at once, because there is nothing else to do and none of them is for good.
    """

    zin: str
    waarom_niet: str
    knoppen: list[Knop]
    zijpaden: list[Knop]

    @property
    def uitgeklapt(self) -> bool:
        """Whether the ways aside need no click."""
        return not self.knoppen and all(knop.werkwoord != "trek_in" for knop in self.zijpaden)


def _begin(versie: Versie) -> dict[str, str | date | datetime]:
    """Return what the forms begin with: today, tomorrow at nine, and what was said with the last submission."""
    morgen = timezone.localtime() + timedelta(days=1)
    negen_uur = morgen.replace(hour=9, minute=0, second=0, microsecond=0)
    return {"datum": timezone.localdate(), "op": negen_uur, "samenvatting": versie.samenvatting}


def _volgende(versie: Versie, request: HttpRequest, ontbreekt: str) -> Volgende:
    """Return the next step; `ontbreekt` says which files are missing, if any."""
    hier = waar(versie)
    werkwoord = levensloop.VOLGENDE.get(hier)
    bezwaar = ""
    if hier == Toestand.INGEDIEND and isinstance(request.user, User):
        bezwaar = publicatie.vier_ogen_bezwaar(versie, request.user)
    begin = _begin(versie)
    overbodig = {"keur_goed"} if bezwaar else set()
    overbodig |= set() if ontbreekt else {"maak_bestanden"}
    alle = [
        Knop(deze, handeling, handeling.formulier(auto_id=f"{deze}_%s", initial=begin))
        for deze, handeling in HANDELINGEN.items()
        if handeling.kan(versie, hier, request) and deze not in overbodig
    ]
    knoppen = [knop for knop in alle if is_volgende(knop.werkwoord, hier)]
    zijpaden = [knop for knop in alle if not is_volgende(knop.werkwoord, hier)]
    if werkwoord is None:
        return Volgende("Deze versie is af. Er is geen volgende stap.", "", [], zijpaden)
    handeling = HANDELINGEN[werkwoord]
    wie = bevoegd(handeling.recht, schrijvers_van(versie) if werkwoord == "keur_goed" else ())
    return Volgende(
        _wie_zin(handeling, wie, bool(knoppen)),
        "" if knoppen else _waarom_niet(handeling, bezwaar, request),
        knoppen,
        zijpaden,
    )


def _wie_zin(handeling: Handeling, wie: Bevoegd, zelf: bool) -> str:
    stap = f"De volgende stap is {handeling.wie_doet}."
    return f"{stap} Dat kunt u nu doen." if zelf else f"{stap} Dat kan {wie.zin}."


def _waarom_niet(handeling: Handeling, bezwaar: str, request: HttpRequest) -> str:
    """Return why this person cannot take the step, in words."""
    if bezwaar and handeling.mag(request):
        return bezwaar
    eigen = "U werkte aan deze versie mee; daarom" if bezwaar else "Uw rol mag dit niet; daarom"
    return f"{eigen} staat hier geen knop om dit te doen."


# --- the difference -------------------------------------------------------------------------------------------------


class Begin(NamedTuple):
    """A first version: there is nothing before it. How much is in it, and what it could be compared with."""

    aantallen: list[str]


def vorige(versie: Versie) -> Versie | None:
    """Return the version to compare with: what is published, or what a published version came after. Two queries."""
    van = Versie.objects.filter(document=versie.document_id).select_related("document").exclude(pk=versie.pk)
    eerder = van.filter(nummer__lt=versie.nummer)
    gepubliceerd: Versie | None = eerder.filter(status=Versie.Status.GEPUBLICEERD).order_by("-nummer").first()
    if gepubliceerd is not None or versie.voorganger_id is None:
        return gepubliceerd
    return Versie.objects.select_related("document").filter(pk=versie.voorganger_id).first()


def _begin_van(versie: Versie) -> Begin:
    soorten = (Programma, Pakket, Begrotingsregel, Bedrag, Sectie, Doel)
    aantallen = []
    for model in soorten:
        aantal = model.objects.filter(versie=versie).count()
        enkel, meer = model._meta.verbose_name, model._meta.verbose_name_plural
        aantallen.append(f"{aantal} {enkel if aantal == 1 else meer}")
    return Begin(aantallen)


def _verschil(versie: Versie, request: HttpRequest) -> dict[str, Any]:
    """Return the difference with what came before, or the summary of a first version."""
    oud = vorige(versie)
    if oud is None:
        return {"verschil": None, "oud": None, "begin": _begin_van(versie)}
    gevraagd = request.GET.get("kolom", "")
    met_historie = request.user.has_perm("programma.view_gebeurtenis")
    scherm: Verschilscherm = verschilscherm(vergelijk(oud, versie), oud, versie, gevraagd, met_historie=met_historie)
    return {"verschil": scherm, "oud": oud, "begin": None, "nieuw": versie}


# --- the pages ------------------------------------------------------------------------------------------------------


def scherm(versie: Versie, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a version shows."""
    versie = Versie.objects.select_related(
        *("document", "aangemaakt_door", "ingediend_door", "goedgekeurd_door"),
        *("gepubliceerd_door", "vastgesteld_door", "ingetrokken_door", "voorganger"),
    ).get(pk=versie.pk)
    stappen = list(versie.stappen.select_related("door"))
    gevonden = bevindingen(versie)
    ontbreekt = ontbreekzin(ontbrekend(versie))
    return {
        "title": kort(versie),
        "subtitle": None,
        "nu": nu(versie),
        "haltes": _haltes(versie),
        "volgende": _volgende(versie, request, ontbreekt),
        "ontbreekt": ontbreekt,
        "meldingen": meldingen(versie, gevonden, Wegwijzer(versie, request)),
        "telling": _telling(gevonden),
        "let_op": _let_op(versie, gevonden),
        "aandelen": aandelen(versie, stappen),
        "stappen": stappen,
        "gezegd": _gezegd(versie, stappen),
        "ander": _ander_in_bewerking(versie),
        **_verschil(versie, request),
    }


def _let_op(versie: Versie, gevonden: Sequence[Bevinding]) -> str:
    """Return what whoever takes the next step has to know first: that publication will be refused, or ""."""
    aantal = sum(bevinding.niveau == Niveau.BLOKKADE for bevinding in gevonden)
    if not aantal or versie.status not in {Versie.Status.CONCEPT, Versie.Status.INGEDIEND}:
        return ""
    wat = "1 bevinding houdt" if aantal == 1 else f"{aantal} bevindingen houden"
    los_op = "Los die eerst op." if versie.bewerkbaar() else "Die kan alleen een redacteur oplossen, in een concept."
    return f"Let op: {wat} publicatie tegen. {los_op}"


class Gezegd(NamedTuple):
    """What a person said with the step that brought the version here."""

    kop: str
    wie: str
    tekst: str


# What the step is called above its words.
GEZEGD = {
    Stap.Werkwoord.DIEN_IN: "Samenvatting van de wijziging",
    Stap.Werkwoord.STUUR_TERUG: "Teruggestuurd",
    Stap.Werkwoord.TREK_INDIENING_IN: "Indiening ingetrokken",
    Stap.Werkwoord.TREK_IN: "Publicatie ingetrokken",
}


def _gezegd(versie: Versie, stappen: Sequence[Stap]) -> list[Gezegd]:
    """Return the words that matter now. `stappen`: newest first.

    A concept that came back says why; its old summary is what the next submission begins with. Any other version says
    what its maker said of it, and before that why it was withdrawn.
    """
    laatste = {stap.werkwoord: stap for stap in reversed(stappen)}
    keuze = [laatste[woord] for woord in (Stap.Werkwoord.TREK_IN, Stap.Werkwoord.DIEN_IN) if woord in laatste]
    if versie.bewerkbaar():
        keuze = [stap for stap in stappen[:1] if stap.werkwoord in GEZEGD]
    return [
        Gezegd(GEZEGD[Stap.Werkwoord(stap.werkwoord)], naam(stap.door), stap.reden)
        for stap in keuze
        if stap.reden or versie.bewerkbaar()
    ]


def _telling(gevonden: Sequence[Bevinding]) -> str:
    """Return how many findings there are, in a sentence."""
    aantallen = Counter(bevinding.niveau for bevinding in gevonden)
    if not gevonden:
        return "Alle controles zijn goed."
    blokkades, rest = aantallen[Niveau.BLOKKADE], aantallen[Niveau.WAARSCHUWING]
    delen = []
    if blokkades:
        delen.append(f"{blokkades} {'bevinding houdt' if blokkades == 1 else 'bevindingen houden'} publicatie tegen")
    if rest:
        delen.append(f"{rest} {'punt' if rest == 1 else 'punten'} om naar te kijken")
    return f"{', '.join(delen).capitalize()}."


def _ander_in_bewerking(versie: Versie) -> Versie | None:
    """Return the version of this document that is being made, when it is another."""
    if versie.status in {Versie.Status.CONCEPT, Versie.Status.INGEDIEND}:
        return None
    ander: Versie | None = Versie.objects.in_bewerking().filter(document=versie.document_id).first()
    return ander


class Veld(NamedTuple):
    """A field of the matrix with its link; `klasse` is the word for the style sheet."""

    stand: str
    uitleg: str
    href: str
    klasse: str


class Matrixrij(NamedTuple):
    """A row of the matrix."""

    naam: str
    velden: list[Veld]
    pakketten: list[Matrixrij]


KLASSEN = {
    Stand.LEEG: "leeg",
    Stand.BEGONNEN: "begonnen",
    Stand.HERZIEN: "herzien",
    Stand.KLAAR: "klaar",
    Stand.NIET_NODIG: "nietnodig",
}


def _veld(cel: Cel, href: str) -> Veld:
    return Veld(str(cel.stand), cel.uitleg, href, KLASSEN[cel.stand])


def matrix(versie: Versie, wegwijzer: Wegwijzer) -> tuple[list[Matrixrij], tuple[int, int]]:
    """Return the rows of the progress of a version, and how many fields are klaar of how many. Three queries."""
    regels = stand.matrix(standen([versie])[versie.pk])
    rijen = [
        Matrixrij(
            f"{regel.programma.code} {regel.programma.naam}",
            [_veld(cel, wegwijzer.van_programmacel(regel.programma, cel.onderdeel)) for cel in regel.cellen],
            [
                Matrixrij(
                    f"{onder.pakket.code} {onder.pakket.naam}",
                    [
                        _veld(cel, wegwijzer.van_pakketcel(regel.programma, onder.pakket, cel.onderdeel, cel.stand))
                        for cel in onder.cellen
                    ],
                    [],
                )
                for onder in regel.pakketten
            ],
        )
        for regel in regels
    ]
    return rijen, stand.klaar_van(regels)


def voortgang(versie: Versie, request: HttpRequest) -> dict[str, Any]:
    """Return what the page with the progress of a version shows."""
    wegwijzer = Wegwijzer(versie, request)
    rijen, (klaar, samen) = matrix(versie, wegwijzer)
    stuk = controlestuk(versie)
    gevonden = controleer(stuk)
    return {
        "title": f"Voortgang van {kort(versie)}",
        "versie": versie,
        "nu": nu(versie),
        "rijen": rijen,
        "klaar": klaar,
        "samen": samen,
        "onderdelen": [str(onderdeel) for onderdeel in Onderdeel],
        "pakketonderdelen": [str(onderdeel) for onderdeel in stand.PER_PAKKET],
        "meldingen": meldingen(versie, gevonden, wegwijzer),
        "telling": _telling(gevonden),
        "standen": [(str(deze), KLASSEN[deze]) for deze in Stand],
        **(_tips(versie, stuk) if versie.bewerkbaar() and request.user.has_perm("programma.change_sectie") else {}),
    }


class Tipregel(NamedTuple):
    """A text with tips, and the address where it is written."""

    plaats: str
    aantal: int
    href: str


def _tips(versie: Versie, stuk: Controlestuk) -> dict[str, Any]:
    """Return the texts of a version that have tips, and how many there are together. Two queries."""
    getipt = [
        Tipregel(rij.plaats, rij.aantal, f"{bestaand(rij.wat, rij.pk)}#tips")
        for rij in getipte_teksten(versie, stuk.regels)
    ]
    return {"getipt": getipt, "tips_samen": sum(rij.aantal for rij in getipt)}
