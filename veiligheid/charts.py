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


class Vlak(NamedTuple):
    """A rectangle of the class `klasse`."""

    klasse: str
    x: str
    y: str
    breedte: str
    hoogte: str


class Tekst(NamedTuple):
    """A text, centred on x unless its class says otherwise."""

    klasse: str
    x: str
    y: str
    tekst: str


class Lijn(NamedTuple):
    """A straight line of the class `klasse`."""

    klasse: str
    x1: str
    y1: str
    x2: str
    y2: str


class Stip(NamedTuple):
    """A dot."""

    x: str
    y: str


class Kop(NamedTuple):
    """What stands under a column: a first line ("2025") and a smaller second one ("Begroting")."""

    boven: str
    onder: str = ""


@dataclass(frozen=True, slots=True)
class Serie:
    """A layer of the columns: its name and one value per column, in any unit."""

    naam: str
    waarden: Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class Kolomgrafiek:
    """A stacked column chart, ready to draw. `nullijn` is the y of the axis; `focus` lies behind one column."""

    focus: Vlak | None
    vlakken: tuple[Vlak, ...]
    teksten: tuple[Tekst, ...]
    nullijn: str


@dataclass(frozen=True, slots=True)
class Lijngrafiek:
    """A small line chart, ready to draw, with a diamond at (`ruit`) for the comparison group, if there is one."""

    lijnen: tuple[Lijn, ...]
    stippen: tuple[Stip, ...]
    teksten: tuple[Tekst, ...]
    nullijn: str
    ruit: Stip | None
    groepstekst: Tekst | None


def procent(waarde: float) -> str:
    """Return a horizontal position."""
    return f"{waarde:.2f}%"


def rem(waarde: float) -> str:
    """Return a vertical position."""
    return f"{waarde:.3f}rem"


# Columns: the plot lies between BOVEN and ONDER, in rem; the room above is for the totals.
BOVEN, ONDER = 2.125, 16.375
JAARREGEL, SOORTREGEL = 18.0, 19.25
FOCUS_Y, FOCUS_HOOGTE = 0.25, 19.875
KIER = 0.125
LABELHOOGTE = 1.25
BREEDSTE_KOLOM = 20.0


def kolomgrafiek(
    series: Sequence[Serie], koppen: Sequence[Kop], opmaak: Opmaak, focus: int | None = None
) -> Kolomgrafiek:
    """Return a stacked column chart; the first series lies at the bottom and has class k1.

    Each value is written in its block where it fits, the total of a column on top. Values below zero hang under the
    axis. `focus` is the position of the column that stands out.
    """
    kolommen = [[serie.waarden[plaats] for serie in series] for plaats in range(len(koppen))]
    hoogste = max((sum(w for w in kolom if w > 0) for kolom in kolommen), default=Decimal(0))
    laagste = min((sum(w for w in kolom if w < 0) for kolom in kolommen), default=Decimal(0))
    kieren = KIER * max(0, len(series) - 1)
    bereik = float(hoogste - laagste)
    schaal = (ONDER - BOVEN - kieren) / bereik if bereik else 0.0
    nul = ONDER + float(laagste) * schaal
    stap = 100 / max(1, len(koppen))
    vlakken: list[Vlak] = []
    teksten: list[Tekst] = []
    for plaats, (kop, kolom) in enumerate(zip(koppen, kolommen, strict=True)):
        midden = stap * (plaats + 0.5)
        top = _stapel(kolom, midden, stap, nul, schaal, opmaak, vlakken, teksten)
        teksten.append(Tekst("tot", procent(midden), rem(top - 0.5625), opmaak(sum(kolom, Decimal(0)))))
        teksten.append(Tekst("jaar", procent(midden), rem(JAARREGEL), kop.boven))
        teksten.append(Tekst("soort", procent(midden), rem(SOORTREGEL), kop.onder))
    return Kolomgrafiek(_focusvlak(focus, stap), tuple(vlakken), tuple(teksten), rem(nul))


def _stapel(
    kolom: Sequence[Decimal],
    midden: float,
    stap: float,
    nul: float,
    schaal: float,
    opmaak: Opmaak,
    vlakken: list[Vlak],
    teksten: list[Tekst],
) -> float:
    """Add the blocks of one column and return the y of its top."""
    breedte = min(stap * 0.576, BREEDSTE_KOLOM)
    boven = onder = nul
    for nummer, waarde in enumerate(kolom, 1):
        hoogte = abs(float(waarde)) * schaal
        if not hoogte:
            continue
        if waarde > 0:
            y = boven - hoogte - (KIER if boven < nul else 0.0)
            boven = y
        else:
            y = onder + (KIER if onder > nul else 0.0)
            onder = y + hoogte
        vlakken.append(Vlak(f"k{nummer}", procent(midden - breedte / 2), rem(y), procent(breedte), rem(hoogte)))
        if hoogte >= LABELHOOGTE and len(kolom) > 1:
            teksten.append(Tekst(f"in{nummer}", procent(midden), rem(y + hoogte / 2 + 0.3125), opmaak(waarde)))
    return boven


def _focusvlak(focus: int | None, stap: float) -> Vlak | None:
    """Return the area behind the column that stands out."""
    if focus is None:
        return None
    rand = min(0.9, stap / 10)
    breedte = procent(stap - 2 * rand)
    return Vlak("focusvlak", procent(stap * focus + rand), rem(FOCUS_Y), breedte, rem(FOCUS_HOOGTE))


# Line chart: the years stand between X_EERST and X_LAATST, the diamond of the group to the right of them.
X_EERST, X_LAATST, X_RUIT, X_GROEPSTEKST = 7.0, 59.0, 72.0, 79.0
LIJN_BOVEN, LIJN_ONDER = 2.094, 6.0
LIJN_JAARREGEL = 7.25
LABEL_BOVEN, LABEL_ONDER = -0.6875, 1.3125
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
    waarden = [*bekend.values(), *([groep[1]] if groep else [])]
    met_nul = [Decimal(0), *waarden]
    schaal = _Schaal(float(min(met_nul)), float(max(met_nul)))
    plaats = {jaar: (_x(jaar, eerste, laatste), schaal.y(waarde)) for jaar, waarde in bekend.items()}
    lijnen = [
        Lijn("lijn", procent(plaats[een][0]), rem(plaats[een][1]), procent(plaats[twee][0]), rem(plaats[twee][1]))
        for een, twee in pairwise(bekend)
        if twee == een + 1
    ]
    teksten = list(_lijnteksten(bekend, plaats, opmaak, _laatste_label(plaats[laatste][1], groep, laatste, schaal)))
    ruit = groepstekst = None
    if groep:
        groepsjaar, groepswaarde = groep
        y = schaal.y(groepswaarde)
        ruit = Stip(procent(X_RUIT), rem(y - 0.375))
        groepstekst = Tekst("wg", procent(X_GROEPSTEKST), rem(y + 0.3125), opmaak(groepswaarde))
        if groepsjaar == laatste:
            lijnen.insert(0, Lijn("groeplijn", procent(plaats[laatste][0]), rem(y), procent(X_RUIT), rem(y)))
        else:
            teksten.append(Tekst("j", procent(X_RUIT + 5), rem(LIJN_JAARREGEL), str(groepsjaar)))
    stippen = tuple(Stip(procent(x), rem(y)) for x, y in plaats.values())
    return Lijngrafiek(tuple(lijnen), stippen, tuple(teksten), rem(schaal.y(Decimal(0))), ruit, groepstekst)


class _Schaal(NamedTuple):
    """From a value to a y; zero always lies within `laag` and `hoog`."""

    laag: float
    hoog: float

    def y(self, waarde: Decimal) -> float:
        bereik = self.hoog - self.laag
        deel = (float(waarde) - self.laag) / bereik if bereik else 0.0
        return LIJN_ONDER - deel * (LIJN_ONDER - LIJN_BOVEN)


def _x(jaar: int, eerste: int, laatste: int) -> float:
    """Return the x of a year; a single year stands in the middle."""
    if eerste == laatste:
        return (X_EERST + X_LAATST) / 2
    return X_EERST + (X_LAATST - X_EERST) * (jaar - eerste) / (laatste - eerste)


def _laatste_label(y: float, groep: tuple[int, Decimal] | None, laatste: int, schaal: _Schaal) -> float:
    """Return where the last label goes: under its dot if the line of the group runs just above it."""
    if not groep or groep[0] != laatste:
        return LABEL_BOVEN
    boven = y - schaal.y(groep[1])
    past = y + LABEL_ONDER < LIJN_JAARREGEL - 1
    return LABEL_ONDER if 0 < boven < BOTSING and past else LABEL_BOVEN


def _lijnteksten(
    bekend: Mapping[int, Decimal], plaats: Mapping[int, tuple[float, float]], opmaak: Opmaak, laatste_label: float
) -> Iterator[Tekst]:
    """Yield the value and the year at each dot; with many years only at the first and the last."""
    eerste, laatste = min(bekend), max(bekend)
    alles = len(bekend) <= MEESTE_LABELS
    for jaar, waarde in bekend.items():
        if not alles and jaar not in {eerste, laatste}:
            continue
        x, y = plaats[jaar]
        dy = laatste_label if jaar == laatste else LABEL_BOVEN
        yield Tekst("w", procent(x), rem(y + dy), opmaak(waarde))
        yield Tekst("j", procent(x), rem(LIJN_JAARREGEL), str(jaar))
