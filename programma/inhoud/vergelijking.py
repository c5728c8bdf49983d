"""What the page that compares two versions rests on: plain rows of both, and the choice of columns. Pure.

Amounts are euros (`Decimal`) with the stored sign; a difference is b minus a, so a minus means that the result gets
worse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from programma.inhoud import Pakketrij, Programmarij, Uitgave
from programma.raming import Cel, Kolom
from programma.verschil import Deel, Rijverschil


class Paar(NamedTuple):
    """Two columns side by side: one of version a, one of version b."""

    a: Kolom
    b: Kolom


@dataclass(frozen=True, slots=True)
class Kader:
    """The frame of a version: its parts by code, the pakketten per programme, and the database key of each column."""

    programmas: Sequence[Programmarij]
    pakketten: Mapping[str, Sequence[Pakketrij]]
    kolommen: Mapping[Kolom, int]


class Regelpaar(NamedTuple):
    """A line in a pair of columns; None = it has no amount there. `paar` counts from zero.

    The place and words are those of b, or of a when b has no such line; `pakket_a` is another pakket that it had in a.
    `in_a` and `in_b` say which of the two versions has the line at all.
    """

    paar: int
    programma: str
    pakket: str
    soort: str
    sleutel: str
    omschrijving: str
    toelichting: str
    a: Decimal | None
    b: Decimal | None
    in_a: bool
    in_b: bool
    pakket_a: str = ""


class Herkomstverschil(NamedTuple):
    """An amount that is the same in both, but comes from elsewhere."""

    paar: int
    omschrijving: str
    a: Sequence[Deel]
    b: Sequence[Deel]


@dataclass(frozen=True, slots=True)
class Regelverschillen:
    """The lines that pass the filter, the largest difference first, at most so many as a screen holds.

    `aantal` is how many pass; `per_paar` how many amounts differ per pair, whatever their size; `grootste` the largest
    difference; `andere_herkomst` how many amounts are the same but come from elsewhere, `herkomst` the first of them.
    """

    regels: Sequence[Regelpaar] = ()
    aantal: int = 0
    per_paar: Mapping[int, int] = field(default_factory=dict)
    grootste: Decimal = Decimal(0)
    andere_herkomst: int = 0
    herkomst: Sequence[Herkomstverschil] = ()


@dataclass(frozen=True, slots=True)
class Vergelijkstuk:
    """Everything that a comparison rests on. `cellen_a` and `cellen_b` are all sums in the shown columns, whole."""

    gemeente: str
    a: Uitgave
    b: Uitgave
    kader_a: Kader
    kader_b: Kader
    paren: Sequence[Paar]
    cellen_a: Sequence[Cel]
    cellen_b: Sequence[Cel]
    regels: Regelverschillen
    rijen: Sequence[Rijverschil]
