"""What differs apart from the amounts: texts, goals, parties, and the lines that came or went, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from programma.inhoud.vergelijking import Kader, Vergelijkstuk
from programma.pagina.rijverschil import TEKSTEN, Werk, Woordenboek, gegevens, teksten
from programma.pagina.rijverschil import Gegeven as Rijgegeven
from programma.pagina.vergelijken.kanten import Kanten
from programma.verschil import Aard, Alinea, Rijverschil
from programma.vingerafdruk import VELDEN
from veiligheid.formatting import hoofdletter

MEESTE_TEKSTEN = 60
MEESTE_GEGEVENS = 200
MEESTE_WERK = 4_000_000
OUDERS = ("programma__code", "pakket__code", "doel__pakket__code")


class Tekstblok(NamedTuple):
    """A text that differs: its heading, on which side it is, its paragraphs (a number = so many that are the same)."""

    kop: str
    aard: str
    alineas: list[Alinea | int]


class Gegeven(NamedTuple):
    """Another difference: of what, and in words what is on either side."""

    wat: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Inhoudsverschil:
    """What differs apart from amounts; the numbers say how much there is, also of what does not fit on the screen."""

    teksten: tuple[Tekstblok, ...]
    aantal_teksten: int
    gegevens: tuple[Gegeven, ...]
    aantal_gegevens: int


def inhoudsverschil(stuk: Vergelijkstuk, programma: str, namen: Kanten, boek: Woordenboek) -> Inhoudsverschil:
    """Return the differences in words, of everything or of one programme."""
    werk = Werk(MEESTE_WERK)
    blokken: list[Tekstblok] = []
    regels: list[Gegeven] = []
    aantal_teksten = aantal_gegevens = 0
    for rij in _gekozen(stuk, programma, namen):
        aantal = _aantal_teksten(rij)
        aantal_teksten += aantal
        if aantal and len(blokken) < MEESTE_TEKSTEN:
            blokken += [Tekstblok(hoofdletter(tekst.kop), namen.aard(tekst.aard), tekst.alineas)
                        for tekst in teksten(rij, boek, werk)]  # fmt: skip
        gevonden = list(gegevens(rij, boek))
        aantal_gegevens += len(gevonden)
        if len(regels) < MEESTE_GEGEVENS:
            regels += [_gegeven(gegeven, namen) for gegeven in gevonden]
    return Inhoudsverschil(tuple(blokken), aantal_teksten, tuple(regels), aantal_gegevens)


def _gekozen(stuk: Vergelijkstuk, programma: str, namen: Kanten) -> Iterable[Rijverschil]:
    """Yield the rows of this programme ("" = all); of two documents the order of rows says nothing."""
    waar = _programma_van_pakket(stuk.kader_a) | _programma_van_pakket(stuk.kader_b)
    for verschil in stuk.rijen:
        rij = verschil
        if not namen.zelfde_document and rij.aard == Aard.GEWIJZIGD:
            rij = replace(rij, velden=tuple(veld for veld in rij.velden if veld.veld != "volgorde"))
            if not rij.velden:
                continue
        if not programma or _programma(rij, waar) == programma:
            yield rij


def _programma_van_pakket(kader: Kader) -> dict[str, str]:
    return {pakket.code: programma for programma, pakketten in kader.pakketten.items() for pakket in pakketten}


def _programma(verschil: Rijverschil, waar: Mapping[str, str]) -> str:
    """Return the code of the programme that a row belongs to; "" for what belongs to the document."""
    rij = verschil.rij
    if rij.soort == "Programma":
        return str(rij["code"])
    if rij.soort == "Pakket":
        return str(rij["programma__code"])
    for veld in OUDERS:
        if veld in VELDEN[rij.soort] and (code := rij[veld]):
            return str(code) if veld == "programma__code" else waar.get(str(code), "")
    return ""


def _aantal_teksten(verschil: Rijverschil) -> int:
    velden = TEKSTEN.get(verschil.soort, ())
    if verschil.aard == Aard.GEWIJZIGD:
        return sum(veld.veld in velden for veld in verschil.velden)
    return sum(bool(verschil.rij[veld]) for veld in velden)


def _gegeven(gegeven: Rijgegeven, namen: Kanten) -> Gegeven:
    if gegeven.veld:
        # A value may be a sentence of its own, so it stands behind the name of its side.
        uitleg = f"{gegeven.veld}. In {namen.a}: {_punt(gegeven.oud)} In {namen.b}: {_punt(gegeven.nieuw)}"
    else:
        inhoud = gegeven.oud or gegeven.nieuw
        uitleg = namen.aard(gegeven.aard) + (f" ({inhoud})" if inhoud else "")
    return Gegeven(hoofdletter(gegeven.wat), uitleg)


def _punt(waarde: str) -> str:
    return waarde if waarde.endswith((".", "!", "?")) else f"{waarde}."
