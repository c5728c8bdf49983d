"""A random sample of the amounts of a version that anybody can draw again. Pure: no Django, no database.

An amount here is a cell: a line in a column, the sum of its bedragen. Lots decide: the lot of an amount is the sha256
(hex) of four lines of UTF-8, joined by a line feed: the seed, the sleutel of the line, the fase and the year of the
column. The smallest lots are drawn. Nothing else counts: no clock, no machine, no order in which rows were stored.

First the amounts are divided by size (the absolute value, the largest first; of equal ones by sleutel, year and fase).
The largest, a fifth of the sample rounded up, are always in. The others form three layers that are worth about the same
in euros: large, middle and small. The rest of the sample is divided equally over these; what a layer has too few of,
the others give.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.raming import Kolom

LAGEN = ("de grootste bedragen", "grote bedragen", "middelgrote bedragen", "kleine bedragen")
AANTAL = 25
MEESTE = 500
DEEL = 5


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """An amount that can be drawn: where it stands, in which layer (0 = always in), and its lot.

    `omvang` and `som` are of its whole layer: how many amounts, and what they are worth (absolute, euros).
    """

    programma_slug: str
    programma_code: str
    programma: str
    pakket_code: str
    pakket: str
    soort: str
    sleutel: str
    omschrijving: str
    kolom: Kolom
    euro: Decimal
    laag: int
    lot: str
    omvang: int
    som: Decimal


@dataclass(frozen=True, slots=True)
class Laag:
    """A layer: how many amounts it has, what they are worth together (absolute, euros), and how many were drawn."""

    naam: str
    omvang: int
    som: Decimal
    getrokken: int


@dataclass(frozen=True, slots=True)
class Steekproef:
    """The amounts that were drawn, per layer in the order of the draw, and the layers."""

    zaad: str
    gevraagd: int
    getrokken: tuple[Kandidaat, ...]
    lagen: tuple[Laag, ...]

    @property
    def omvang(self) -> int:
        """How many amounts there are to draw from."""
        return sum(laag.omvang for laag in self.lagen)


def grootste(gevraagd: int) -> int:
    """Return how many of the largest amounts are always in: a fifth, rounded up."""
    return -(-gevraagd // DEEL)


def lot(zaad: str, sleutel: str, kolom: Kolom) -> str:
    """Return the lot of an amount: sha256 (hex) of seed, sleutel, fase and year, each on a line."""
    return hashlib.sha256("\n".join((zaad, sleutel, kolom.fase, str(kolom.jaar))).encode()).hexdigest()


def verdeel(gevraagd: int, omvang: Sequence[int]) -> tuple[int, ...]:
    """Return how many to draw from each layer: equal, and where a layer has too few, more from the others.

    `gevraagd` is at least 0.

    What cannot be divided equally goes to the first layers, that of the larger amounts before that of the smaller.
    """
    over = min(gevraagd, sum(omvang))
    peil = next(peil for peil in range(over, -1, -1) if sum(min(aantal, peil) for aantal in omvang) <= over)
    deel = [min(aantal, peil) for aantal in omvang]
    rest = over - sum(deel)
    for nummer in [nummer for nummer, aantal in enumerate(omvang) if aantal > peil][:rest]:
        deel[nummer] += 1
    return tuple(deel)


def trek(kandidaten: Iterable[Kandidaat], zaad: str, gevraagd: int) -> Steekproef:
    """Return the sample. Of each layer at least as many candidates are given as can be drawn, those with small lots.

    Layer 0 is in whole. The order in which candidates are given does not count.
    """
    per_laag: list[list[Kandidaat]] = [[] for _ in LAGEN]
    for kandidaat in kandidaten:
        per_laag[kandidaat.laag].append(kandidaat)
    vast, *rest = per_laag
    vast.sort(key=_naar_grootte)
    aantallen = (len(vast), *verdeel(gevraagd - len(vast), [_omvang(laag) for laag in rest]))
    getrokken = [vast, *(sorted(laag, key=_naar_lot)[:n] for laag, n in zip(rest, aantallen[1:], strict=True))]
    return Steekproef(
        zaad,
        gevraagd,
        tuple(kandidaat for laag in getrokken for kandidaat in laag),
        tuple(
            Laag(naam, _omvang(laag), laag[0].som if laag else Decimal(0), aantal)
            for naam, laag, aantal in zip(LAGEN, per_laag, aantallen, strict=True)
        ),
    )


def _omvang(laag: Sequence[Kandidaat]) -> int:
    return laag[0].omvang if laag else 0


def _naar_grootte(kandidaat: Kandidaat) -> tuple[Decimal, str, int, str]:
    # copy_abs: abs() rounds to the context.
    return -kandidaat.euro.copy_abs(), kandidaat.sleutel, kandidaat.kolom.jaar, kandidaat.kolom.fase


def _naar_lot(kandidaat: Kandidaat) -> tuple[str, str, int, str]:
    return kandidaat.lot, kandidaat.sleutel, kandidaat.kolom.jaar, kandidaat.kolom.fase
