"""A small line over the years, with the point of a comparison group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from veiligheid.charts.maat import ONDER_MIDDEN, Lijn, Maat, Opmaak, procent, rem


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
