"""The difference between two versions, ready to place: every amount, name and text in words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from programma.admin.sporen import Spoor, Sporen
from programma.admin.wegwijzer import bestaand
from programma.controles import euro
from programma.models import VERSIERIJEN, Pakket, Programma, Versie
from programma.models.begroting import FASEN, GROOTHEDEN, SOORTEN
from programma.raming import Kolom, Stand
from programma.verschil import (
    Aard,
    Alinea,
    Celverschil,
    Deel,
    Rij,
    Rijverschil,
    Stukje,
    Totaalrij,
    Verschil,
    gewijzigde_alineas,
    kolommen_met_verschil,
    tekstverschil,
    totalen,
)
from programma.vingerafdruk import VELDEN
from veiligheid.formatting import natuurlijk
from veiligheid.opmaak import kale_tekst

FASE, SOORT, GROOTHEID = dict(FASEN), dict(SOORTEN), dict(GROOTHEDEN)
MODEL = {model.__name__: model for model in VERSIERIJEN}
GEEN_TOELICHTING = "geen toelichting gegeven"

# Fields that people read as a text: shown word by word.
TEKSTEN: Mapping[str, Sequence[str]] = {
    "Programma": ("inleiding",),
    "Sectie": ("tekst",),
    "Doel": ("tekst", "vervallen_reden"),
    "Begrotingsregel": ("toelichting",),
    "Deelname": ("taak", "openbaar_belang"),
    "Partijcijfers": ("risico",),
}
# What a row that came or went says already by its name, or what says nothing to a reader.
ZEGT_NIETS = frozenset(
    {"volgorde", "slug", "sleutel", "code", "naam", "nummer", "titel", "omschrijving", "kop", "thema", "jaar", "fase"}
    | {"partij__slug", "indicator__slug", "programma__code", "pakket__code", "paragraaf__naam", "kolom__jaar"}
    | {"kolom__fase", "grootheid", "taakveld__geldig_van", "bestandsnaam", "sha256"}
    | {veld for veld in VELDEN["Doelindicator"] if veld.startswith("doel__")}
)
# Kinds whose rows are texts themselves: a new one is shown as a whole.
TEKSTRIJEN = frozenset({"Sectie", "Doel"})


def kolomnaam(kolom: Kolom) -> str:
    """Return the name of a column: "primaire begroting 2025"."""
    return f"{FASE.get(kolom.fase, kolom.fase)} {kolom.jaar}"


def kolomcode(kolom: Kolom) -> str:
    """Return the column as it stands in an address: "primair-2025"."""
    return f"{kolom.fase}-{kolom.jaar}"


def met_teken(bedrag: Decimal) -> str:
    """Return a difference in euros, with a plus sign when it is more."""
    return f"+{euro(bedrag)}" if bedrag > 0 else euro(bedrag)


def _ouder(rij: Rij) -> str:
    """Return whose text a section is."""
    for veld, wat in (("pakket__code", "pakket"), ("programma__code", "programma"), ("paragraaf__naam", "paragraaf")):
        if rij[veld] is not None:
            return f"{wat} {rij[veld]}"
    return "het document"


def _kop(rij: Rij) -> str:
    return f"{rij['kop']}: {rij['thema']}" if rij["thema"] else str(rij["kop"])


def _printplaats(rij: Rij) -> str:
    plaats = rij["pakket__code"] or rij["programma__code"] or "hele document"
    return f"{plaats}, {FASE.get(str(rij['kolom__fase']))} {rij['kolom__jaar']}"


# What a row is called, per kind.
NAAM: Mapping[str, Callable[[Rij], str]] = {
    "Kolom": lambda rij: f"kolom {FASE.get(str(rij['fase']))} {rij['jaar']}",
    "Programma": lambda rij: f"programma {rij['code']} {rij['naam']}",
    "Paragraaf": lambda rij: f"paragraaf {rij['naam']}",
    "Bron": lambda rij: f"bron {rij['naam']}",
    "Wijziging": lambda rij: f"wijziging {rij['nummer']} {rij['titel']}",
    "Pakket": lambda rij: f"pakket {rij['code']} {rij['naam']}",
    "Sectie": lambda rij: f"tekst “{_kop(rij)}” van {_ouder(rij)}",
    "Doel": lambda rij: f"doel van pakket {rij['pakket__code']}",
    "Doelindicator": lambda rij: (
        f"indicator {rij['indicator__slug']} bij een doel van pakket {rij['doel__pakket__code']}"
    ),
    "Programmaindicator": lambda rij: f"indicator {rij['indicator__slug']} bij programma {rij['programma__code']}",
    "Deelname": lambda rij: f"verbonden partij {rij['naam']} in programma {rij['programma__code']}",
    "Partijcijfers": lambda rij: f"cijfers {rij['jaar']} van {rij['partij__slug']}",
    "Begrotingsregel": lambda rij: f"regel {rij['sleutel']} {rij['omschrijving']} in pakket {rij['pakket__code']}",
    "GedruktTotaal": lambda rij: f"gedrukt {GROOTHEID.get(str(rij['grootheid']))} van {_printplaats(rij)}",
}
EURO = frozenset(
    {"euro", "bijdrage", "resultaat", "eigen_vermogen_begin", "eigen_vermogen_eind"}
    | {"vreemd_vermogen_begin", "vreemd_vermogen_eind"}
)


def _veldnaam(soort: str, veld: str) -> str:
    return str(getattr(MODEL[soort]._meta.get_field(veld.split("__")[0]), "verbose_name", veld))


def _waarde(soort: str, veld: str, waarde: Any) -> str:
    """Return a value as people read it."""
    if waarde is None or waarde == "":
        return "niets"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    keuzes = dict(getattr(MODEL[soort]._meta.get_field(veld.split("__")[0]), "flatchoices", ()) or ())
    if waarde in keuzes:
        return str(keuzes[waarde])
    if veld in EURO:
        return euro(Decimal(waarde))
    return natuurlijk(waarde) if isinstance(waarde, Decimal) else str(waarde)


class Tekstblok(NamedTuple):
    """A text that differs: its heading, what happened, and its paragraphs (a number = so many that stayed)."""

    kop: str
    aard: str
    href: str
    alineas: list[Alinea | int]
    spoor: Spoor | None


class Overig(NamedTuple):
    """Another difference: of what, which field ("" for the row as a whole), old and new."""

    wat: str
    veld: str
    oud: str
    nieuw: str
    href: str
    spoor: Spoor | None


class Bedragrij(NamedTuple):
    """An amount that differs, in words."""

    regel: str
    plaats: str
    soort: str
    kolom: str
    oud: str
    nieuw: str
    verschil: str
    toelichting: str
    href: str
    spoor: Spoor | None


class Totaalregel(NamedTuple):
    """A row of the table of totals: the differences, and the result before and after."""

    naam: str
    klasse: str
    lasten: str
    baten: str
    reserves: str
    oud: str
    nieuw: str
    verschil: str


class Aantal(NamedTuple):
    """How much differs of one kind, and where on the page that is."""

    tekst: str
    anker: str


class Kolomkeuze(NamedTuple):
    """A column of which the totals can be shown."""

    naam: str
    code: str
    gekozen: bool


@dataclass(frozen=True, slots=True)
class Verschilscherm:
    """The whole difference, ready to place."""

    leeg: bool
    aantallen: list[Aantal]
    titels: tuple[str, str] | None
    kolommen: list[Kolomkeuze]
    kolom: str
    totalen: list[Totaalregel]
    bedragen: list[Bedragrij]
    meer_bedragen: int
    regels: list[Overig]
    herkomst: list[Overig]
    teksten: list[Tekstblok]
    overig: list[Overig]


def _links(versie: Versie, verschil: Rijverschil) -> str:
    """Return the address of the row in the newer version; what is gone has none."""
    model = MODEL[verschil.soort]._meta.model_name
    return bestaand(str(model), verschil.nieuw.pk) if verschil.nieuw and verschil.nieuw.pk else ""


def _bedrag(bedrag: Decimal | None, zonder: str) -> str:
    return zonder if bedrag is None else euro(bedrag)


def _bedragrij(cel: Celverschil, sporen: Sporen) -> Bedragrij:
    return Bedragrij(
        regel=cel.omschrijving,
        plaats=f"programma {cel.programma}, pakket {cel.pakket}",
        soort=SOORT.get(cel.soort, cel.soort),
        kolom=kolomnaam(cel.kolom),
        oud=_bedrag(cel.oud, "geen bedrag"),
        nieuw=_bedrag(cel.nieuw, "geen bedrag"),
        verschil=met_teken(cel.verschil),
        toelichting=cel.toelichting or GEEN_TOELICHTING,
        href=bestaand("begrotingsregel", cel.pk) if cel.pk else "",
        spoor=sporen.van_cel(cel),
    )


def _deel(deel: Deel) -> str:
    """Return where a bedrag comes from."""
    delen = [
        f"wijziging {deel.wijziging}: {euro(deel.euro)}" if deel.wijziging else f"oorspronkelijk {euro(deel.euro)}",
        deel.bron and f"bron {deel.bron}",
        deel.plaats,
        "op duizend euro" if deel.bronprecisie == 1000 else "",
    ]
    return ", ".join(deel for deel in delen if deel)


def _herkomst(cel: Celverschil, sporen: Sporen) -> Overig:
    return Overig(
        f"{cel.omschrijving}, {kolomnaam(cel.kolom)}",
        "herkomst",
        "; ".join(map(_deel, cel.delen_oud)),
        "; ".join(map(_deel, cel.delen_nieuw)),
        bestaand("begrotingsregel", cel.pk),
        sporen.van_cel(cel),
    )


def _tekst(soort: str, rij: Rij | None, veld: str) -> str:
    """Return a text to compare: its words, without the marks of a rich text.

    Each item of a list and each row of a table is a paragraph, so that only the one that changed is shown, with a bar
    between the cells.
    """
    tekst = str(rij[veld] or "") if rij else ""
    return kale_tekst(tekst).replace("\t", " | ").replace("\n", "\n\n") if soort == "Sectie" else tekst


def _tekstblokken(versie: Versie, verschil: Rijverschil, sporen: Sporen) -> list[Tekstblok]:
    """Return the texts of a row that differ."""
    soort, kop, spoor = verschil.soort, NAAM[verschil.soort](verschil.rij), sporen.van_rij(verschil)
    blokken = []
    anders = {veld.veld for veld in verschil.velden}
    for veld in TEKSTEN.get(soort, ()):
        if verschil.aard == Aard.GEWIJZIGD and veld not in anders:
            continue
        was, wordt = (_tekst(soort, rij, veld) for rij in (verschil.oud, verschil.nieuw))
        alineas = gewijzigde_alineas(tekstverschil(was, wordt))
        if not alineas:
            continue
        if all(isinstance(alinea, int) for alinea in alineas):
            alineas = [(Stukje("gelijk", "De woorden zijn gelijk; alleen de opmaak of de witruimte is anders."),)]
        naam = kop if soort in TEKSTRIJEN else f"{_veldnaam(soort, veld)} van {kop}"
        blokken.append(Tekstblok(naam, verschil.aard, _links(versie, verschil), alineas, spoor))
    return blokken


def _inhoud(rij: Rij) -> str:
    """Return what is in a row that came or went, in words: who approves must not have to open it."""
    return "; ".join(
        f"{_veldnaam(rij.soort, veld)} {_waarde(rij.soort, veld, waarde)}"
        for veld, waarde in zip(VELDEN[rij.soort], rij.waarden, strict=True)
        if waarde not in (None, "", False) and veld not in ZEGT_NIETS and veld not in TEKSTEN.get(rij.soort, ())
    )


def _overig(versie: Versie, verschil: Rijverschil, sporen: Sporen) -> list[Overig]:
    """Return what differs in a row apart from its texts."""
    wat, href, spoor = NAAM[verschil.soort](verschil.rij), _links(versie, verschil), sporen.van_rij(verschil)
    if verschil.aard != Aard.GEWIJZIGD:
        inhoud = _inhoud(verschil.rij)
        if verschil.soort in TEKSTRIJEN and not inhoud:
            return []
        zo = f": {inhoud}" if inhoud else ""
        oud, nieuw = ("er was niets", f"nieuw{zo}") if verschil.aard == Aard.NIEUW else (f"was er{zo}", "vervallen")
        return [Overig(wat, "", oud, nieuw, href, spoor)]
    return [
        Overig(
            wat,
            _veldnaam(verschil.soort, veld),
            _waarde(verschil.soort, veld, oud),
            _waarde(verschil.soort, veld, nieuw),
            href,
            spoor,
        )
        for veld, oud, nieuw in verschil.velden
        if veld not in TEKSTEN.get(verschil.soort, ())
    ]


def _totaalregel(rij: Totaalrij, namen: Mapping[str, str]) -> Totaalregel:
    anders: Stand = rij.verschil
    code = rij.pakket or rij.programma
    return Totaalregel(
        naam=namen.get(code, code) or "Alles samen",
        klasse="onder" if rij.pakket else "boven" if rij.programma else "alles",
        lasten=met_teken(anders.lasten),
        baten=met_teken(anders.baten),
        reserves=met_teken(anders.toevoegingen + anders.onttrekkingen),
        oud=euro(rij.oud.resultaat),
        nieuw=euro(rij.nieuw.resultaat),
        verschil=met_teken(anders.resultaat),
    )


def _totaalregels(verschil: Verschil, kolom: Kolom, namen: Mapping[str, str]) -> list[Totaalregel]:
    """Return the table of totals of one column: programmes with their pakketten, and all together."""
    rijen = [
        rij for totaal in totalen(verschil.oud, verschil.nieuw, kolom) for rij in (totaal.programma, *totaal.pakketten)
    ]
    alles = Totaalrij("", "", verschil.oud.totaal[kolom], verschil.nieuw.totaal[kolom])
    return [_totaalregel(rij, namen) for rij in (*rijen, alles)]


def _namen(*versies: Versie) -> dict[str, str]:
    """Return the names of programmes and pakketten by code; those of the last version win. Two queries."""
    namen: dict[str, str] = {}
    for model in (Programma, Pakket):
        rijen = model.objects.filter(versie__in=versies).order_by("versie__nummer", "versie_id")
        namen |= {code: f"{code} {naam}" for code, naam in rijen.values_list("code", "naam")}
    return namen


def _kies(kolommen: Sequence[Kolom], jaar: int, gevraagd: str) -> Kolom | None:
    """Return the column to show: the one asked for, else that of the document's year, else the first that differs."""
    for kolom in kolommen:
        if kolomcode(kolom) == gevraagd:
            return kolom
    eigen = [kolom for kolom in kolommen if kolom.jaar == jaar]
    return next(iter([*eigen, *kolommen]), None)


def _telling(aantal: int, enkel: str, meer: str) -> str:
    return f"{aantal} {enkel if aantal == 1 else meer}"


def _aantallen(scherm: Verschilscherm) -> list[Aantal]:
    """Return how much differs, in a few words each, in the order of the page."""
    aantallen = [
        (len(scherm.bedragen) + scherm.meer_bedragen, "bedrag", "bedragen", "bedragen"),
        (len(scherm.regels), "regel erbij of eraf", "regels erbij of eraf", "regels"),
        (len(scherm.teksten), "tekst", "teksten", "teksten"),
        (len(scherm.overig), "ander gegeven", "andere gegevens", "overig"),
        (len(scherm.herkomst), "herkomst van een bedrag", "herkomsten van bedragen", "herkomst"),
    ]
    return [
        Aantal(_telling(hoeveel, *woorden), f"verschil-{anker}") for hoeveel, *woorden, anker in aantallen if hoeveel
    ]


def verschilscherm(
    verschil: Verschil, oud: Versie, nieuw: Versie, gevraagd: str = "", *, met_historie: bool = False
) -> Verschilscherm:
    """Return the difference ready to place. `gevraagd` names the column whose totals to show.

    `met_historie` adds who made each difference. Two queries, and two more for that.
    """
    kolommen = kolommen_met_verschil(verschil.oud, verschil.nieuw)
    kolom = _kies(kolommen, nieuw.document.jaar, gevraagd)
    namen = _namen(oud, nieuw)
    regels = [rij for rij in verschil.van("Begrotingsregel") if rij.aard != Aard.GEWIJZIGD]
    anders = [rij for rij in verschil.rijen if rij not in regels]
    sporen = Sporen(verschil, nieuw, mag=met_historie)
    bedragen = [_bedragrij(cel, sporen) for cel in verschil.cellen if not cel.zelfde_bedrag]
    scherm = Verschilscherm(
        leeg=verschil.leeg,
        aantallen=[],
        titels=(verschil.titel_oud, verschil.titel_nieuw) if verschil.titel_oud != verschil.titel_nieuw else None,
        kolommen=[Kolomkeuze(kolomnaam(deze), kolomcode(deze), deze == kolom) for deze in kolommen],
        kolom=kolomnaam(kolom) if kolom else "",
        totalen=_totaalregels(verschil, kolom, namen) if kolom else [],
        bedragen=bedragen,
        meer_bedragen=verschil.alle_cellen - len(verschil.cellen),
        regels=[_overig(nieuw, rij, sporen)[0] for rij in regels],
        herkomst=[_herkomst(cel, sporen) for cel in verschil.cellen if cel.zelfde_bedrag],
        teksten=[blok for rij in anders for blok in _tekstblokken(nieuw, rij, sporen)],
        overig=[rij for verschillend in anders for rij in _overig(nieuw, verschillend, sporen)],
    )
    scherm.aantallen.extend(_aantallen(scherm))
    return scherm
