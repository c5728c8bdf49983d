"""The reconciliation of a version: every figure next to the same figure found by another way, with a verdict. Pure.

`controleer` takes what was read of a version (`Aansluitstuk`) and gives the rows of the report. Each check is a module;
CONTROLES is the one list of them, in the order of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from programma.aansluiting.bestand import bestanden
from programma.aansluiting.document import buren, documenten, van_hetzelfde_jaar
from programma.aansluiting.gedrukt import gedrukte_totalen
from programma.aansluiting.iv3 import iv3
from programma.aansluiting.optelling import optelling, saldi, taakvelden
from programma.aansluiting.rij import Controle, Oordeel, Plek, Rij, kolomwoorden, tel
from programma.aansluiting.stuk import (
    Aansluitstuk,
    Ander,
    Bestandproef,
    Regelsom,
    Som,
    Taakveldsom,
    Tekst,
)
from programma.aansluiting.tekst import teksten
from programma.aansluiting.wijziging import wijzigingen

__all__ = [
    "Aansluitstuk",
    "Ander",
    "Bestandproef",
    "Controle",
    "Oordeel",
    "Plek",
    "Regelsom",
    "Rij",
    "Som",
    "Taakveldsom",
    "Tekst",
    "buren",
    "controleer",
    "kolomwoorden",
    "tel",
    "van_hetzelfde_jaar",
]

CONTROLES: Sequence[Callable[[Aansluitstuk], Iterator[Rij]]] = (
    gedrukte_totalen,
    optelling,
    saldi,
    taakvelden,
    wijzigingen,
    documenten,
    iv3,
    teksten,
    bestanden,
)


def controleer(stuk: Aansluitstuk) -> list[Rij]:
    """Return every row of the report; the same `stuk` gives the same rows in the same order."""
    return [rij for controle in CONTROLES for rij in controle(stuk)]
