"""The difference between two versions, ready to place: every amount, name and text in words for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programma.admin.sporen import Spoor, Sporen
from programma.admin.wegwijzer import bestaand
from programma.models import VERSIERIJEN, Pakket, Programma, Versie
from programma.pagina import rijverschil
from programma.pagina.rijverschil import GEEN_TOELICHTING
from programma.raming import Kolom, Stand
from programma.toetsing.controles import euro
from programma.verschil import (
    Aard,
    Alinea,
    Celverschil,
    Rijverschil,
    Totaalrij,
    Verschil,
    kolommen_met_verschil,
    totalen,
)
from programma.woorden import WOORDEN

MODEL = {model.__name__: model for model in VERSIERIJEN}


def kolomnaam(kolom: Kolom) -> str:
    """Return the name of a column: "primaire begroting 2025"."""
    return WOORDEN.kolom(kolom.jaar, kolom.fase)


def kolomcode(kolom: Kolom) -> str:
    """Return the column as it stands in an address: "primair-2025"."""
    return f"{kolom.fase}-{kolom.jaar}"


def met_teken(bedrag: Decimal) -> str:
    """Return a difference in euros, with a plus sign when it is more."""
    return f"+{euro(bedrag)}" if bedrag > 0 else euro(bedrag)


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
        soort=WOORDEN.keuze("Begrotingsregel", "soort", cel.soort),
        kolom=kolomnaam(cel.kolom),
        oud=_bedrag(cel.oud, "geen bedrag"),
        nieuw=_bedrag(cel.nieuw, "geen bedrag"),
        verschil=met_teken(cel.verschil),
        toelichting=cel.toelichting or GEEN_TOELICHTING,
        href=bestaand("begrotingsregel", cel.pk) if cel.pk else "",
        spoor=sporen.van_cel(cel),
    )


def _herkomst(cel: Celverschil, sporen: Sporen) -> Overig:
    return Overig(
        f"{cel.omschrijving}, {kolomnaam(cel.kolom)}",
        "herkomst",
        rijverschil.herkomst(cel.delen_oud),
        rijverschil.herkomst(cel.delen_nieuw),
        bestaand("begrotingsregel", cel.pk),
        sporen.van_cel(cel),
    )


def _tekstblokken(versie: Versie, verschil: Rijverschil, sporen: Sporen) -> list[Tekstblok]:
    """Return the texts of a row that differ."""
    href, spoor = _links(versie, verschil), sporen.van_rij(verschil)
    return [
        Tekstblok(tekst.kop, tekst.aard, href, tekst.alineas, spoor) for tekst in rijverschil.teksten(verschil, WOORDEN)
    ]


def _overig(versie: Versie, verschil: Rijverschil, sporen: Sporen) -> list[Overig]:
    """Return what differs in a row apart from its texts."""
    href, spoor = _links(versie, verschil), sporen.van_rij(verschil)
    return [
        Overig(gegeven.wat, gegeven.veld, *_was_en_wordt(gegeven), href, spoor)
        for gegeven in rijverschil.gegevens(verschil, WOORDEN)
    ]


def _was_en_wordt(gegeven: rijverschil.Gegeven) -> tuple[str, str]:
    """Return both values; a row that came or went says so, with what is in it."""
    if gegeven.veld:
        return gegeven.oud, gegeven.nieuw
    inhoud = gegeven.oud or gegeven.nieuw
    zo = f": {inhoud}" if inhoud else ""
    return ("er was niets", f"nieuw{zo}") if gegeven.aard == Aard.NIEUW else (f"was er{zo}", "vervallen")


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
