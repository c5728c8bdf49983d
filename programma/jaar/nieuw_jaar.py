"""The verb that makes next year's document out of a published version, and the plan that shows it beforehand.

Structure and texts come along; texts, goals and connected parties with their figures are marked "nog te herzien". Each
column takes the amounts that are known somewhere in what was published, and says where from; what nobody published
stays empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, Max, OuterRef, Sum

from programma.jaar import jaarwisseling
from programma.jaar.jaarwisseling import Celbron, Regelkenmerk, Stuk, Vindplaats
from programma.kopie import Kopie, kopieer
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bestand,
    Bron,
    Deelname,
    Document,
    Doel,
    Doelindicator,
    Kolom,
    Pakket,
    Paragraaf,
    Partijcijfers,
    Programma,
    Programmaindicator,
    Sectie,
    Taakveld,
    Versie,
    Versiegebonden,
)
from programma.pagina import benaming
from programma.publicatie import GeenRecht, Geweigerd, VerkeerdeStatus, nieuwe_versie
from programma.raming import NUL, Fase
from programma.raming import Kolom as Kolomrij
from programma.toetsing.controles import euro as leesbaar
from veiligheid.namens import namens

CSV = "begroting.csv"
# What comes along, parents first. The columns are shifted, the amounts collected; bronnen, wijzigingen and printed
# totals are of the old year.
MEE: Sequence[type[Versiegebonden]] = (
    *(Programma, Paragraaf, Pakket, Sectie, Doel, Doelindicator, Programmaindicator),
    *(Deelname, Partijcijfers, Begrotingsregel),
)
Anders = Mapping[str, Callable[[Any], Any]]


class BestaatAl(Geweigerd):
    """The document of next year is there already; `document` is that one."""

    def __init__(self, zin: str, document: Document | None) -> None:
        self.document = document
        super().__init__(zin)


class Melding(NamedTuple):
    """Something that the officer must look at: what it is, and where."""

    plaats: str
    zin: str


class NieuwBedrag(NamedTuple):
    """An amount of the new version: the line, the column, and where the amount comes from."""

    sleutel: str
    kolom: Kolomrij
    cel: Celbron
    versie_id: int
    plaats: str


@dataclass(frozen=True, slots=True)
class Kolomplan:
    """A column of the new document: where its amounts come from (empty: known nowhere), and how many lines have one."""

    kolom: Kolomrij
    vindplaats: Vindplaats | None
    bedragen: Sequence[NieuwBedrag]

    @property
    def titel(self) -> str:
        """The printed head of the column."""
        return f"{benaming.fase(self.kolom)} {self.kolom.jaar}"

    @property
    def herkomst(self) -> str:
        """The published version and its column, or "" when no document knows these amounts."""
        if self.vindplaats is None:
            return ""
        uit = self.vindplaats.kolom
        met = ""
        if uit.fase != self.kolom.fase and self.kolom.fase == Fase.NA_WIJZIGING:
            gewijzigd = any(bedrag.cel.wijzigingen for bedrag in self.bedragen)
            met = " met alle wijzigingen" if gewijzigd else "; geen wijzigingen bekend"
        return f"{self.vindplaats.stuk.naam}, {benaming.fase(uit)} {uit.jaar}{met}"


@dataclass(frozen=True, slots=True)
class Jaarplan:
    """Everything that `nieuw_jaar` is going to make. `aantallen` says how many of what, in words of the officer."""

    van: Versie
    soort: str
    jaar: int
    titel: str
    slug: str
    kolommen: Sequence[Kolomplan]
    vervallen: Sequence[Kolomrij]
    taakvelden: Mapping[int, int | None]
    aantallen: Sequence[tuple[str, int]]
    regels: int
    meldingen: Sequence[Melding]

    @property
    def bestaat(self) -> Document | None:
        """The document of next year when it is there already: it is never made twice."""
        gevonden: Document | None = Document.objects.filter(soort=self.soort, jaar=self.jaar).first()
        return gevonden

    @property
    def vervallen_titels(self) -> list[str]:
        """The columns that would have come along, were it not that a new budget begins without them."""
        return [f"{benaming.fase(kolom)} {kolom.jaar + 1}" for kolom in self.vervallen]

    @property
    def leeg(self) -> list[Kolomplan]:
        """The columns in which lines stay without an amount."""
        return [kolom for kolom in self.kolommen if len(kolom.bedragen) < self.regels]


def maak_plan(van: Versie) -> Jaarplan:
    """Return what `nieuw_jaar` would make out of a version. Reads only; raises VerkeerdeStatus, see `nieuw_jaar`."""
    _eis_huidig(van)
    jaar = van.document.jaar + 1
    stukken = _stukken()
    eigen = next(stuk for stuk in stukken if stuk.versie_id == van.pk)
    oud = [Kolomrij(*rij) for rij in Kolom.objects.filter(versie=van).order_by("volgorde").values_list("jaar", "fase")]
    kolommen = jaarwisseling.verschoven(oud, van.document.soort, van.document.jaar)
    regels = _regels(van)
    meldingen: list[Melding] = []
    plannen = _kolomplannen(kolommen, eigen, stukken, regels, meldingen)
    return Jaarplan(
        van=van,
        soort=van.document.soort,
        jaar=jaar,
        titel=jaarwisseling.met_volgend_jaar(van.document.titel, van.document.jaar, " "),
        slug=jaarwisseling.met_volgend_jaar(van.document.slug, van.document.jaar, "-"),
        kolommen=plannen,
        vervallen=[kolom for kolom in oud if Kolomrij(kolom.jaar + 1, kolom.fase) not in kolommen],
        taakvelden=_taakvelden(van, jaar, meldingen),
        aantallen=_aantallen(van),
        regels=len(regels),
        meldingen=meldingen,
    )


@transaction.atomic
def nieuw_jaar(van: Versie, *, door: User) -> tuple[Versie, Jaarplan]:
    """Make the document of next year out of the current published version; return its first version, and the plan.

    Programmes, pakketten, paragrafen, texts, goals, parties and lines come along with the same sleutels. Explanations
    of lines, printed totals and wijzigingen do not: they are about the year before. Raises GeenRecht, VerkeerdeStatus,
    and BestaatAl when that document is there already. All or nothing.
    """
    for recht in ("maak_concept", "add_document"):
        if not door.has_perm(f"programma.{recht}"):
            raise GeenRecht(f"{door.get_username()} mag geen nieuw jaar maken. Vraag een redacteur.")
    plan = maak_plan(van)
    herkomst = f"uit {van.titel} versie {van.nummer}"
    with namens(door.pk, via="nieuw_jaar", herkomst=herkomst):
        versie = nieuwe_versie(_maak_document(plan), door=door)
        _kopieer_rijen(plan, versie)
        _schrijf_bedragen(plan, versie)
    return versie, plan


def _eis_huidig(van: Versie) -> None:
    if van.status != Versie.Status.GEPUBLICEERD:
        raise VerkeerdeStatus(
            f"Versie {van.nummer} is {van.status}; een nieuw jaar begint met een gepubliceerde versie."
        )
    nieuwer = Versie.objects.gepubliceerd().filter(document=van.document_id, nummer__gt=van.nummer).first()
    if nieuwer is not None:
        raise VerkeerdeStatus(f"Versie {nieuwer.nummer} is nieuwer. Begin het nieuwe jaar bij die versie.")


def _maak_document(plan: Jaarplan) -> Document:
    bezet = plan.bestaat or Document.objects.filter(slug=plan.slug).first()
    zin = f"{plan.titel} is er al. Werk daarin verder; er is niets gemaakt."
    if bezet is not None:
        raise BestaatAl(zin, bezet)
    try:
        with transaction.atomic():
            document: Document = Document.objects.create(
                soort=plan.soort, jaar=plan.jaar, titel=plan.titel, slug=plan.slug
            )
    except IntegrityError as fout:
        # A colleague was a moment earlier.
        raise BestaatAl(zin, None) from fout
    return document


def _stukken() -> list[Stuk]:
    """Return the current published version of every document, with the columns in which it has amounts."""
    uitgaven = Versie.objects.huidige_uitgaven()
    kolommen: dict[int, set[Kolomrij]] = defaultdict(set)
    gevuld = Kolom.objects.filter(Exists(Bedrag.objects.filter(kolom=OuterRef("pk"))))
    for versie, jaar, fase in gevuld.filter(versie__in=[uitgave.versie_id for uitgave in uitgaven]).values_list(
        "versie_id", "jaar", "fase"
    ):
        kolommen[versie].add(Kolomrij(jaar, fase))
    return [
        Stuk(
            uitgave.versie_id,
            f"{uitgave.titel}, versie {uitgave.nummer}",
            uitgave.document_soort,
            uitgave.jaar,
            _moment(uitgave.gepubliceerd_op),
            frozenset(kolommen[uitgave.versie_id]),
        )
        for uitgave in uitgaven
    ]


def _moment(op: datetime | None) -> datetime:
    if op is None:
        raise ValueError("a published version without a moment of publication")
    return op


def _regels(versie: Versie) -> list[Regelkenmerk]:
    return [
        Regelkenmerk(*rij)
        for rij in Begrotingsregel.objects.filter(versie=versie).values_list(
            "sleutel", "pakket__code", "soort", "omschrijving"
        )
    ]


def _cellen(versie_id: int, kolommen: Iterable[Kolomrij]) -> dict[Kolomrij, dict[Regelkenmerk, Celbron]]:
    """Return the cells of a version in these columns: original and changes summed. One query."""
    cellen: dict[Kolomrij, dict[Regelkenmerk, Celbron]] = defaultdict(dict)
    gevraagd = set(kolommen)
    rijen = (
        Bedrag.objects.filter(versie=versie_id)
        .order_by()
        .values_list(
            "kolom__jaar", "kolom__fase", "regel__sleutel", "regel__pakket__code", "regel__soort", "regel__omschrijving"
        )
        .annotate(Sum("euro"), Max("bronprecisie"), Count("wijziging"))
    )
    for jaar, fase, sleutel, pakket, soort, omschrijving, *cel in rijen:
        kolom = Kolomrij(jaar, fase)
        if kolom in gevraagd:
            cellen[kolom][Regelkenmerk(sleutel, pakket, soort, omschrijving)] = Celbron(*cel)
    return cellen


def _kolomplannen(
    kolommen: Sequence[Kolomrij],
    eigen: Stuk,
    stukken: Sequence[Stuk],
    regels: Sequence[Regelkenmerk],
    meldingen: list[Melding],
) -> list[Kolomplan]:
    """Return per column its source and amounts; report amounts of another document that no line of ours can take."""
    plaatsen = {kolom: jaarwisseling.vindplaats(kolom, eigen, stukken) for kolom in kolommen}
    nodig: dict[int, set[Kolomrij]] = defaultdict(set)
    for plaats in plaatsen.values():
        if plaats is not None:
            nodig[plaats.stuk.versie_id].add(plaats.kolom)
    cellen = {versie_id: _cellen(versie_id, uit) for versie_id, uit in nodig.items()}
    plannen = []
    for kolom, plaats in plaatsen.items():
        bedragen: list[NieuwBedrag] = []
        if plaats is not None:
            bekend = cellen[plaats.stuk.versie_id][plaats.kolom]
            naar = jaarwisseling.koppel(regels, bekend)
            bedragen = _bedragen(kolom, plaats, bekend, naar)
            meldingen += _zonder_regel(plaats, bekend, naar)
        plannen.append(Kolomplan(kolom, plaats, bedragen))
    return plannen


def _bedragen(
    kolom: Kolomrij, plaats: Vindplaats, bekend: Mapping[Regelkenmerk, Celbron], naar: Mapping[str, str]
) -> list[NieuwBedrag]:
    uit = f"{benaming.fase(plaats.kolom)} {plaats.kolom.jaar}"
    return [
        NieuwBedrag(
            naar[regel.sleutel],
            kolom,
            cel,
            plaats.stuk.versie_id,
            f"{uit}, regel {regel.sleutel}" + (", met wijzigingen" if cel.wijzigingen else ""),
        )
        for regel, cel in bekend.items()
        if regel.sleutel in naar
    ]


def _zonder_regel(plaats: Vindplaats, bekend: Mapping[Regelkenmerk, Celbron], naar: Mapping[str, str]) -> list[Melding]:
    return [
        Melding(
            f"{plaats.stuk.naam}, {benaming.fase(plaats.kolom)} {plaats.kolom.jaar}, pakket {regel.pakket}",
            f"Regel {regel.sleutel} ({regel.omschrijving}, {regel.soort}) van {leesbaar(cel.euro)} heeft hier geen "
            "regel en gaat niet mee. Voeg die regel toe, of tel het bedrag bij een andere regel.",
        )
        for regel, cel in bekend.items()
        if regel.sleutel not in naar and cel.euro != NUL
    ]


def _taakvelden(van: Versie, jaar: int, meldingen: list[Melding]) -> dict[int, int | None]:
    """Return per taakveld of the old version the one that holds in `jaar`, or None with a report that names it."""
    gebruikt: dict[int, list[str]] = defaultdict(list)
    for taakveld, sleutel in Begrotingsregel.objects.filter(versie=van, taakveld__isnull=False).values_list(
        "taakveld_id", "sleutel"
    ):
        gebruikt[taakveld].append(sleutel)
    alle = {taakveld.pk: taakveld for taakveld in Taakveld.objects.all()}
    nu = {
        taakveld.code: taakveld.pk
        for taakveld in alle.values()
        if taakveld.geldig_van <= jaar and (taakveld.geldig_tot is None or taakveld.geldig_tot >= jaar)
    }
    meldingen += [
        Melding(
            f"regel {', '.join(regels)}",
            f"Taakveld {alle[taakveld]} geldt niet in {jaar}. Kies een ander taakveld; het is leeg gelaten.",
        )
        for taakveld, regels in gebruikt.items()
        if alle[taakveld].code not in nu
    ]
    return {taakveld: nu.get(alle[taakveld].code) for taakveld in gebruikt}


def _aantallen(van: Versie) -> list[tuple[str, int]]:
    """Return how many of what comes along."""
    soorten: list[tuple[str, Any]] = [
        ("programma's en andere onderdelen", Programma),
        ("pakketten", Pakket),
        ("paragrafen", Paragraaf),
        ("teksten, nog te herzien", Sectie),
        ("doelen, nog te herzien", Doel),
        ("begrotingsregels, met dezelfde sleutel", Begrotingsregel),
        ("deelnames van verbonden partijen, nog te herzien", Deelname),
        ("jaren met cijfers van verbonden partijen, nog te herzien", Partijcijfers),
    ]
    return [(naam, model.objects.filter(versie=van).count()) for naam, model in soorten]


def _kopieer_rijen(plan: Jaarplan, versie: Versie) -> None:
    """Copy what comes along, parents first; what people write gets the mark, lines lose their old explanation."""
    herzie: Anders = {"te_herzien": lambda _oud: True}
    regel: Anders = {"toelichting": lambda _oud: "", "taakveld_id": plan.taakvelden.get}
    anders: Mapping[type[Versiegebonden], Anders] = {
        **dict.fromkeys((Sectie, Doel, Deelname, Partijcijfers), herzie),
        Begrotingsregel: regel,
    }
    kopie: Kopie = {}
    for model in MEE:
        kopie[model] = kopieer(model, plan.van, versie, kopie, anders.get(model))


def _schrijf_bedragen(plan: Jaarplan, versie: Versie) -> None:
    """Write the columns, and the known amounts with a bron per published version that they come from."""
    kolommen = Kolom.objects.bulk_create(
        Kolom(versie=versie, fase=rij.kolom.fase, jaar=rij.kolom.jaar, volgorde=nummer)
        for nummer, rij in enumerate(plan.kolommen, start=1)
    )
    per_kolom = {Kolomrij(kolom.jaar, kolom.fase): kolom.pk for kolom in kolommen}
    regels = dict(Begrotingsregel.objects.filter(versie=versie).values_list("sleutel", "pk"))
    bronnen = _schrijf_bronnen(plan, versie)
    Bedrag.objects.bulk_create(
        (
            Bedrag(
                versie=versie,
                regel_id=regels[bedrag.sleutel],
                kolom_id=per_kolom[bedrag.kolom],
                euro=bedrag.cel.euro,
                bronprecisie=bedrag.cel.bronprecisie,
                bron_id=bronnen[bedrag.versie_id],
                plaats=bedrag.plaats,
            )
            for kolom in plan.kolommen
            for bedrag in kolom.bedragen
        ),
        batch_size=2000,
    )


def _schrijf_bronnen(plan: Jaarplan, versie: Versie) -> dict[int, int]:
    """Write a bron per published version, with the sha256 of its CSV: there the amount can be found again."""
    stukken = {kolom.vindplaats.stuk.versie_id: kolom.vindplaats.stuk for kolom in plan.kolommen if kolom.vindplaats}
    sommen = dict(Bestand.objects.filter(versie__in=stukken, naam=CSV).values_list("versie_id", "sha256"))
    bronnen = Bron.objects.bulk_create(
        Bron(versie=versie, naam=stuk.naam[:200], bestandsnaam=CSV, sha256=sommen.get(stuk.versie_id, ""))
        for stuk in stukken.values()
    )
    return dict(zip(stukken, (bron.pk for bron in bronnen), strict=True))
