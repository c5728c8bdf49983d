"""How the parts of a budget are called on the page: codes in, Dutch words out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from programma import woordenlijst
from programma.inhoud import Documentstuk, Programmarij
from programma.raming import Fase, Kolom, Soort
from veiligheid.formatting import kleine_letter

FASEN = {
    Fase.REALISATIE: "Realisatie",
    Fase.NA_WIJZIGING: "Begroting na wijziging",
    Fase.PRIMAIR: "Primaire begroting",
    Fase.RAMING: "Raming",
    Fase.PROGNOSE: "Prognose",
}
# A column inside a sentence: "meer dan in …"; the year follows.
FASEN_IN_ZIN = {
    Fase.REALISATIE: "de realisatie van",
    Fase.NA_WIJZIGING: "de gewijzigde begroting van",
    Fase.PRIMAIR: "de begroting van",
    Fase.RAMING: "de raming van",
    Fase.PROGNOSE: "de prognose van",
}
PROGRAMMASOORTEN = {
    "dekkingsmiddelen": "Algemene dekkingsmiddelen",
    "overhead": "Overhead",
    "vpb": "Vennootschapsbelasting",
    "onvoorzien": "Onvoorzien",
}
PARTIJSOORTEN = {
    "gemeenschappelijke_regeling": "Gemeenschappelijke regeling",
    "vennootschap_cooperatie": "Vennootschap of coöperatie",
    "stichting_vereniging": "Stichting of vereniging",
    "overig": "Andere verbonden partij",
}
# The four groups of BBV art. 15, in the order of the law.
PARTIJGROEPEN = {
    "gemeenschappelijke_regeling": "Gemeenschappelijke regelingen",
    "vennootschap_cooperatie": "Vennootschappen en coöperaties",
    "stichting_vereniging": "Stichtingen en verenigingen",
    "overig": "Overige verbonden partijen",
}


class Begrip(NamedTuple):
    """A word and what it means, in plain Dutch. `anker`: its place on the page of words, "" if it is not there."""

    woord: str
    uitleg: str
    anker: str = ""


def begrip(naam: str) -> Begrip:
    """Return a word of the list of words. Raises KeyError for one that is not in it."""
    gevonden = woordenlijst.woord(naam)
    return Begrip(gevonden.woord, gevonden.uitleg, gevonden.anker)


BEGRIPPEN_SOORT = {
    Soort.LASTEN: begrip("Lasten"),
    Soort.BATEN: begrip("Baten"),
    Soort.TOEVOEGING: begrip("Toevoeging aan reserves"),
    Soort.ONTTREKKING: begrip("Onttrekking aan reserves"),
}
BEGRIPPEN_FASE = {
    Fase.REALISATIE: begrip("Realisatie"),
    Fase.PRIMAIR: begrip("Primaire begroting"),
    Fase.NA_WIJZIGING: begrip("Begroting na wijziging"),
    Fase.RAMING: begrip("Raming"),
    Fase.PROGNOSE: begrip("Prognose"),
}


def fase(kolom: Kolom) -> str:
    """Return the name of a column's stage."""
    return FASEN[Fase(kolom.fase)]


def kolom_in_zin(kolom: Kolom) -> str:
    """Return a column as part of a sentence: "de gewijzigde begroting van 2024"."""
    return f"{FASEN_IN_ZIN[Fase(kolom.fase)]} {kolom.jaar}"


def kolom_kort(kolom: Kolom, kolommen: Sequence[Kolom], documentjaar: int) -> str:
    """Return the word under a column of a chart: Realisatie, Begroting or Raming."""
    if kolom.fase in {Fase.REALISATIE, Fase.RAMING, Fase.PROGNOSE}:
        return fase(kolom)
    if kolom.jaar > documentjaar:
        return "Raming"
    dubbel = sum(andere.jaar == kolom.jaar and andere.fase != Fase.REALISATIE for andere in kolommen) > 1
    return "Gewijzigd" if dubbel and kolom.fase == Fase.NA_WIJZIGING else "Begroting"


def bovenkop(rij: Programmarij) -> str:
    """Return what stands above the name: "Programma 1", or what kind of part it is."""
    if rij.soort == "programma":
        return f"Programma {rij.code}"
    return PROGRAMMASOORTEN.get(rij.soort, "Onderdeel van de begroting")


def onderdeel(rij: Programmarij) -> str:
    """Return the part inside a sentence: "programma 1", or its name."""
    return f"programma {rij.code}" if rij.soort == "programma" else kleine_letter(rij.naam)


def volledig(rij: Programmarij) -> str:
    """Return the part with its number: "Programma 1 Veiligheid"."""
    return f"Programma {rij.code} {rij.naam}" if rij.soort == "programma" else rij.naam


def partij(naam: str, afkorting: str) -> str:
    """Return a connected party with its abbreviation: "Veiligheidsregio Flevoland (VRF)"."""
    return f"{naam} ({afkorting})" if afkorting else naam


def deelnoot(stuk: Documentstuk) -> str:
    """Say that a document holds one programme and nothing else, so that nobody takes it for the whole budget."""
    if len(stuk.programmas) != 1 or stuk.volledig:
        return ""
    return f"Hierin staat alleen {kleine_letter(volledig(stuk.programmas[0]))}, niet de hele begroting."


def begrippen(soorten: Sequence[str], kolommen: Sequence[Kolom]) -> tuple[Begrip, ...]:
    """Return the words that a table with these kinds of lines and these columns uses."""
    fasen = {kolom.fase for kolom in kolommen}
    return (
        *(gevonden for soort, gevonden in BEGRIPPEN_SOORT.items() if soort in soorten),
        begrip("Saldo"),
        begrip("Resultaat"),
        *(gevonden for naam, gevonden in BEGRIPPEN_FASE.items() if naam in fasen),
    )
