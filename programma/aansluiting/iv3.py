"""The lines per taakveld next to what the municipality told CBS: Iv3, informatie voor derden (BBV art. 71). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from programma.aansluiting.rij import Controle, Oordeel, Plek, Rij, onbekend, oordeel
from programma.aansluiting.stuk import Aansluitstuk, Ander, Taakveldsom
from programma.cijfer import taakveldbegin
from programma.raming import NUL, Kolom, Soort
from programma.toetsing.controles import STATISTIEK
from programma.toetsing.gedrukt import speling

VERGELEKEN = "{}, en de regels van dit document per taakveld"
EENHEID = 1000
"""Iv3 is told in thousands of euros."""
Sleutel = tuple[str, str, Kolom]


def iv3(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield a row per taakveld, soort and column that this document and the Iv3 document both have."""
    vergeleken = VERGELEKEN.format(stuk.iv3.naam if stuk.iv3 else "het Iv3-document van hetzelfde jaar")
    if reden := _waarom_niet(stuk):
        yield onbekend(Controle.IV3, Plek("alle taakvelden"), vergeleken, reden)
    elif stuk.iv3:
        yield from _per_taakveld(stuk, stuk.iv3, vergeleken)


def _waarom_niet(stuk: Aansluitstuk) -> str:
    """Return why there is nothing to compare, or ""."""
    uitgave = stuk.uitgave
    if uitgave.document_soort in STATISTIEK:
        return "Dit is zelf een Iv3-document."
    if stuk.iv3 is None:
        return f"Er is geen Iv3-document van {uitgave.jaar} gepubliceerd dat hierbij hoort."
    if not any(som.code for som in stuk.taakvelden):
        return "Bij geen enkele regel van dit document staat een taakveld."
    if not set(stuk.kolommen) & set(stuk.iv3.kolommen):
        return f"Dit document en {stuk.iv3.naam} hebben geen kolom gemeen."
    return ""


def _per_taakveld(stuk: Aansluitstuk, ander: Ander, vergeleken: str) -> Iterator[Rij]:
    hier, daar = _per_sleutel(stuk.taakvelden), _per_sleutel(ander.taakvelden)
    samen = [kolom for kolom in stuk.kolommen if kolom in ander.kolommen]
    eigen = {code for code, _, _ in hier}
    twijfel = _twijfel(stuk)
    for code in sorted({code for code, _, _ in (*hier, *daar)} - {""}):
        if code not in eigen and not stuk.volledig:
            continue
        for soort in Soort:
            for kolom in samen:
                a, b = (alle.get((code, soort.value, kolom)) for alle in (hier, daar))
                if a or b:
                    yield _rij(code, soort, kolom, a, b, vergeleken, twijfel)
    weg = len({code for code, _, _ in daar} - eigen - {""})
    if weg and not stuk.volledig:
        reden = f"Van {ander.naam} staan {weg} taakvelden niet in dit document, dat niet de hele begroting is."
        yield onbekend(Controle.IV3, Plek("andere taakvelden"), vergeleken, reden)


def _rij(
    code: str,
    soort: Soort,
    kolom: Kolom,
    hier: Taakveldsom | None,
    daar: Taakveldsom | None,
    vergeleken: str,
    twijfel: str,
) -> Rij:
    ons, gepubliceerd = (som.euro if som else NUL for som in (hier, daar))
    ruimte = speling(hier.aantal if hier else 0, EENHEID)
    gevonden = oordeel(gepubliceerd, ons, ruimte)
    woord = taakveldbegin(code) + soort.value if hier and soort in {Soort.LASTEN, Soort.BATEN} else ""
    plek = Plek(f"taakveld {code}, {soort.value}", kolom=kolom, woord=woord)
    if gevonden == Oordeel.VERSCHIL and twijfel:
        return onbekend(Controle.IV3, plek, vergeleken, twijfel, gepubliceerd, ons)
    return Rij(Controle.IV3, plek, vergeleken, gepubliceerd, ons, gevonden, ruimte)


def _twijfel(stuk: Aansluitstuk) -> str:
    """Return why a difference need not be one, or "" in a whole budget whose lines all have a taakveld."""
    if not stuk.volledig:
        return "Dit document is niet de hele begroting; een deel van dit taakveld kan in een ander programma staan."
    if any(not som.code for som in stuk.taakvelden):
        return "Niet bij elke regel van dit document staat een taakveld; een deel van dit taakveld kan daar staan."
    return ""


def _per_sleutel(sommen: Iterable[Taakveldsom]) -> Mapping[Sleutel, Taakveldsom]:
    return {(som.code, som.soort, som.kolom): som for som in sommen}
