"""Stacked columns, one per year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from veiligheid.charts.maat import ONDER_MIDDEN, Maat, Opmaak, Vlak, procent, rem


class Kop(NamedTuple):
    """What stands under a column: a first line ("2025") and a smaller second one ("Begroting")."""

    boven: str
    onder: str = ""


@dataclass(frozen=True, slots=True)
class Serie:
    """A layer of the columns: its name and one value per column, in any unit.

    Without `met_waarden` its blocks carry no numbers: those of a sum that stands in no table.
    """

    naam: str
    waarden: Sequence[Decimal]
    met_waarden: bool = True


class Blok(NamedTuple):
    """The part of a column that belongs to series `nummer`; its value, "" if it does not fit, at height `midden`."""

    nummer: str
    y: Maat
    hoogte: Maat
    midden: Maat
    waarde: str


class Kolom(NamedTuple):
    """A column: where its middle and its left side are, its blocks, its total at height `top`, and what is under it."""

    x: Maat
    links: Maat
    blokken: tuple[Blok, ...]
    top: Maat
    totaal: str
    boven: str
    onder: str


@dataclass(frozen=True, slots=True)
class Kolomgrafiek:
    """A stacked column chart, ready to draw. `nullijn` is the y of the axis; `focus` lies behind one column."""

    kolommen: tuple[Kolom, ...]
    breedte: Maat
    nullijn: Maat
    focus: Vlak | None


# Columns: the plot lies between BOVEN and ONDER, in rem; the room above is for the totals.
BOVEN, ONDER = 2.125, 16.375
FOCUS_Y, FOCUS_HOOGTE = 0.25, 19.875
KIER = 0.125
LABELHOOGTE = 1.25
BREEDSTE_KOLOM = 20.0


def kolomgrafiek(
    series: Sequence[Serie], koppen: Sequence[Kop], opmaak: Opmaak, focus: int | None = None
) -> Kolomgrafiek:
    """Return a stacked column chart; the first series lies at the bottom and has number 1.

    Each value is written in its block where it fits, the total of a column on top. Values below zero hang under the
    axis. `focus` is the position of the column that stands out.
    """
    waarden = [[serie.waarden[plaats] for serie in series] for plaats in range(len(koppen))]
    schaal = _Kolomschaal.van(waarden)
    stap = 100 / max(1, len(koppen))
    breedte = min(stap * 0.576, BREEDSTE_KOLOM)
    kolommen = []
    for plaats, (kop, kolom) in enumerate(zip(koppen, waarden, strict=True)):
        blokken = tuple(
            blok if series[int(blok.nummer) - 1].met_waarden else blok._replace(waarde="")
            for blok in _blokken(kolom, schaal, opmaak)
        )
        midden = stap * (plaats + 0.5)
        top = rem(schaal.top(kolom) - 0.5625)
        totaal = opmaak(sum(kolom, Decimal(0)))
        kolommen.append(Kolom(procent(midden), procent(midden - breedte / 2), blokken, top, totaal, *kop))
    return Kolomgrafiek(tuple(kolommen), procent(breedte), rem(schaal.nul), _focusvlak(focus, stap))


class _Kolomschaal(NamedTuple):
    """From a value to a height in rem; `nul` is the y of the axis."""

    per_eenheid: float
    nul: float

    @classmethod
    def van(cls, waarden: Sequence[Sequence[Decimal]]) -> _Kolomschaal:
        """Return the scale at which the highest and the lowest column fit, with the gaps between their blocks."""
        boven = [[waarde for waarde in kolom if waarde > 0] for kolom in waarden]
        onder = [[waarde for waarde in kolom if waarde < 0] for kolom in waarden]
        hoogste, laagste = (max(map(_som, boven), default=0.0), min(map(_som, onder), default=0.0))
        kier_onder = max(map(_kieren, onder), default=0.0)
        ruimte = ONDER - BOVEN - kier_onder - max(map(_kieren, boven), default=0.0)
        per_eenheid = ruimte / (hoogste - laagste) if hoogste > laagste else 0.0
        return cls(per_eenheid, ONDER - kier_onder + laagste * per_eenheid)

    def hoogte(self, waarde: Decimal) -> float:
        return abs(float(waarde)) * self.per_eenheid

    def top(self, kolom: Sequence[Decimal]) -> float:
        """Return the y of the top of a column: its blocks above the axis, with a gap between them."""
        boven = [self.hoogte(waarde) for waarde in kolom if waarde > 0]
        return self.nul - sum(boven) - _kieren(boven)


def _som(blokken: Sequence[Decimal]) -> float:
    return float(sum(blokken))


def _kieren(blokken: Sequence[object]) -> float:
    """Return the height of the gaps between these blocks."""
    return KIER * max(0, len(blokken) - 1)


def _blokken(kolom: Sequence[Decimal], schaal: _Kolomschaal, opmaak: Opmaak) -> Iterator[Blok]:
    """Yield the blocks of one column, from the axis up and from the axis down; a zero has no block."""
    boven = onder = schaal.nul
    for nummer, waarde in enumerate(kolom, 1):
        hoogte = schaal.hoogte(waarde)
        if not hoogte:
            continue
        if waarde > 0:
            y = boven = boven - hoogte - (KIER if boven < schaal.nul else 0.0)
        else:
            y = onder + (KIER if onder > schaal.nul else 0.0)
            onder = y + hoogte
        past = hoogte >= LABELHOOGTE and len(kolom) > 1
        yield Blok(str(nummer), rem(y), rem(hoogte), rem(y + hoogte / 2 + ONDER_MIDDEN), opmaak(waarde) if past else "")


def _focusvlak(focus: int | None, stap: float) -> Vlak | None:
    """Return the area behind the column that stands out."""
    if focus is None:
        return None
    rand = min(0.9, stap / 10)
    return Vlak(procent(stap * focus + rand), rem(FOCUS_Y), procent(stap - 2 * rand), rem(FOCUS_HOOGTE))
