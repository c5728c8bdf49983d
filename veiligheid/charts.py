"""The geometry of the charts: pure. Values in, positions out; a template draws them as SVG.

An SVG without viewBox: x and width in percent, y and height in rem. So bars stretch with the page while text keeps
the reader's own size, at 320 px, in print and at 200% text. Positions are strings, ready to be placed. Every axis
starts at zero; below zero is possible. Positions are floats: they are drawn, never summed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

Opmaak = Callable[[Decimal], str]


class Maat(str):
    """A position with its unit. Made here from a number, so a template need not escape it: a page has hundreds."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class Kop(NamedTuple):
    """What stands under a column: a first line ("2025") and a smaller second one ("Begroting")."""

    boven: str
    onder: str = ""


@dataclass(frozen=True, slots=True)
class Serie:
    """A layer of the columns: its name and one value per column, in any unit."""

    naam: str
    waarden: Sequence[Decimal]


class Vlak(NamedTuple):
    """An area."""

    x: Maat
    y: Maat
    breedte: Maat
    hoogte: Maat


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


class Lijn(NamedTuple):
    """A straight line."""

    x1: Maat
    y1: Maat
    x2: Maat
    y2: Maat


class Stip(NamedTuple):
    """A dot with its year and its value at height `label`; both are "" where there is no room for them."""

    x: Maat
    y: Maat
    label: Maat
    waarde: str
    jaar: str


class Groepspunt(NamedTuple):
    """The diamond of the comparison group: its top, its middle and its label, the value and the year.

    `lijn` begins at the dot of the same year; it is "" when that is not the last dot, and then the year is written.
    """

    ruit: Maat
    y: Maat
    label: Maat
    waarde: str
    lijn: str
    jaar: str


@dataclass(frozen=True, slots=True)
class Lijngrafiek:
    """A small line chart, ready to draw."""

    lijnen: tuple[Lijn, ...]
    stippen: tuple[Stip, ...]
    nullijn: Maat
    groep: Groepspunt | None


def procent(waarde: float) -> Maat:
    """Return a horizontal position."""
    return Maat(f"{waarde:.2f}%")


def rem(waarde: float) -> Maat:
    """Return a vertical position."""
    return Maat(f"{waarde:.3f}rem")


# Columns: the plot lies between BOVEN and ONDER, in rem; the room above is for the totals.
BOVEN, ONDER = 2.125, 16.375
FOCUS_Y, FOCUS_HOOGTE = 0.25, 19.875
KIER = 0.125
LABELHOOGTE = 1.25
BREEDSTE_KOLOM = 20.0
ONDER_MIDDEN = 0.3125
"""How far the baseline of a text lies under its middle."""


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
        blokken = tuple(_blokken(kolom, schaal, opmaak))
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


# Line chart: the years stand between X_EERST and X_LAATST; the diamond of the group stands at 72%, in the template.
X_EERST, X_LAATST = 7.0, 59.0
LIJN_BOVEN, LIJN_ONDER = 2.094, 6.0
LABEL_BOVEN, LABEL_ONDER = -0.6875, 1.3125
RUITHOOGTE = 0.75
BOTSING = 1.2
MEESTE_LABELS = 5


def lijngrafiek(
    punten: Mapping[int, Decimal | None], opmaak: Opmaak, groep: tuple[int, Decimal] | None = None
) -> Lijngrafiek | None:
    """Return a line chart from the first to the last known year, or None if no year is known.

    A year without a value is a gap: nothing is drawn there and no line crosses it. `groep` is (year, value) of the
    comparison group; when its year is not the last one, that year is written under the diamond.
    """
    bekend = {jaar: waarde for jaar, waarde in sorted(punten.items()) if waarde is not None}
    if not bekend:
        return None
    eerste, laatste = min(bekend), max(bekend)
    schaal = _Lijnschaal.van([*bekend.values(), *([groep[1]] if groep else [])])
    plaats = {jaar: (_x(jaar, eerste, laatste), schaal.y(waarde)) for jaar, waarde in bekend.items()}
    y_groep = schaal.y(groep[1]) if groep and groep[0] == laatste else None
    lijnen = tuple(
        Lijn(procent(plaats[een][0]), rem(plaats[een][1]), procent(plaats[twee][0]), rem(plaats[twee][1]))
        for een, twee in pairwise(bekend)
        if twee == een + 1
    )
    stippen = tuple(_stippen(bekend, plaats, opmaak, _laatste_label(plaats[laatste][1], y_groep)))
    punt = _groepspunt(groep, schaal, opmaak, laatste, plaats[laatste][0]) if groep else None
    return Lijngrafiek(lijnen, stippen, rem(schaal.y(Decimal(0))), punt)


class _Lijnschaal(NamedTuple):
    """From a value to a y; zero always lies within `laag` and `hoog`."""

    laag: float
    hoog: float

    @classmethod
    def van(cls, waarden: Sequence[Decimal]) -> _Lijnschaal:
        return cls(float(min(Decimal(0), *waarden)), float(max(Decimal(0), *waarden)))

    def y(self, waarde: Decimal) -> float:
        bereik = self.hoog - self.laag
        deel = (float(waarde) - self.laag) / bereik if bereik else 0.0
        return LIJN_ONDER - deel * (LIJN_ONDER - LIJN_BOVEN)


def _x(jaar: int, eerste: int, laatste: int) -> float:
    """Return the x of a year; a single year stands in the middle."""
    if eerste == laatste:
        return (X_EERST + X_LAATST) / 2
    return X_EERST + (X_LAATST - X_EERST) * (jaar - eerste) / (laatste - eerste)


def _laatste_label(y: float, y_groep: float | None) -> float:
    """Return where the last label goes: under its dot if the line of the group runs just above it, and it fits."""
    past = y + LABEL_ONDER < LIJN_ONDER + 0.5
    return LABEL_ONDER if y_groep is not None and 0 < y - y_groep < BOTSING and past else LABEL_BOVEN


def _stippen(
    bekend: Mapping[int, Decimal], plaats: Mapping[int, tuple[float, float]], opmaak: Opmaak, laatste_label: float
) -> Iterator[Stip]:
    """Yield the dots; with many years only the first and the last have a label."""
    eerste, laatste = min(bekend), max(bekend)
    for jaar, waarde in bekend.items():
        x, y = plaats[jaar]
        hoogte = rem(y + (laatste_label if jaar == laatste else LABEL_BOVEN))
        if len(bekend) <= MEESTE_LABELS or jaar in {eerste, laatste}:
            yield Stip(procent(x), rem(y), hoogte, opmaak(waarde), str(jaar))
        else:
            yield Stip(procent(x), rem(y), hoogte, "", "")


def _groepspunt(
    groep: tuple[int, Decimal], schaal: _Lijnschaal, opmaak: Opmaak, laatste: int, x_laatste: float
) -> Groepspunt:
    """Return the diamond of the comparison group."""
    jaar, waarde = groep
    y = schaal.y(waarde)
    zelfde = jaar == laatste
    return Groepspunt(
        rem(y - RUITHOOGTE / 2),
        rem(y),
        rem(y + ONDER_MIDDEN),
        opmaak(waarde),
        procent(x_laatste) if zelfde else "",
        "" if zelfde else str(jaar),
    )
