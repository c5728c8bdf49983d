"""One line over the years on the full width, and beside it the dashed line of a comparison group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from veiligheid.charts.maat import Lijn, Maat, Opmaak, procent, rem

Punten = Mapping[int, Decimal | None]


class Jaar(NamedTuple):
    """A year under the axis; `tekst` is "" where there is no room for it."""

    x: Maat
    tekst: str
    onbekend: bool


class Punt(NamedTuple):
    """A value: where it lies and, at height `label`, how it is written; "" where there is no room. `ruit`: its top."""

    x: Maat
    y: Maat
    ruit: Maat
    label: Maat
    waarde: str


@dataclass(frozen=True, slots=True)
class Jaarlijnen:
    """A line chart over the years, ready to draw. The group is empty without a group."""

    jaren: tuple[Jaar, ...]
    lijnen: tuple[Lijn, ...]
    stippen: tuple[Punt, ...]
    groepslijnen: tuple[Lijn, ...]
    ruiten: tuple[Punt, ...]
    nullijn: Maat


# The plot lies between BOVEN and ONDER, in rem, and between LINKS and RECHTS, in percent; the years stand under it.
BOVEN, ONDER = 2.0, 11.5
LINKS, RECHTS = 6.0, 94.0
LABEL_BOVEN, LABEL_ONDER = -0.75, 1.3125
RUITHOOGTE = 0.75
MEESTE_JAREN = 8


def jaarlijnen(punten: Punten, opmaak: Opmaak, groep: Punten | None = None) -> Jaarlijnen | None:
    """Return a chart of these years, known or not, or None if the municipality has no known value.

    A year without a value is a gap: it stands under the axis, and no line crosses it. Of many years only some are
    written, always the last one. Where both lines have a value, the lower one has its label under it.
    """
    groep = groep or {}
    eigen, ander = _bekend(punten), _bekend(groep)
    if not eigen:
        return None
    eerste, laatste = min([*punten, *groep]), max([*punten, *groep])
    schaal = _Schaal.van(eerste, laatste, [*eigen.values(), *ander.values()])
    jaren = range(eerste, laatste + 1)
    return Jaarlijnen(
        tuple(Jaar(procent(schaal.x(jaar)), schaal.jaartekst(jaar), jaar not in eigen) for jaar in jaren),
        tuple(_lijnen(eigen, schaal)),
        tuple(_punten(eigen, ander, schaal, opmaak, boven=True)),
        tuple(_lijnen(ander, schaal)),
        tuple(_punten(ander, eigen, schaal, opmaak, boven=False)),
        rem(schaal.y(Decimal(0))),
    )


def _bekend(punten: Punten) -> dict[int, Decimal]:
    return {jaar: waarde for jaar, waarde in sorted(punten.items()) if waarde is not None}


class _Schaal(NamedTuple):
    """From a year to an x in percent and from a value to a y in rem; zero always lies within `laag` and `hoog`."""

    eerste: int
    laatste: int
    laag: float
    hoog: float

    @classmethod
    def van(cls, eerste: int, laatste: int, waarden: list[Decimal]) -> _Schaal:
        nul = Decimal(0)
        return cls(eerste, laatste, float(min(nul, *waarden)), float(max(nul, *waarden)))

    def x(self, jaar: int) -> float:
        if self.eerste == self.laatste:
            return (LINKS + RECHTS) / 2
        return LINKS + (RECHTS - LINKS) * (jaar - self.eerste) / (self.laatste - self.eerste)

    def y(self, waarde: Decimal) -> float:
        bereik = self.hoog - self.laag
        deel = (float(waarde) - self.laag) / bereik if bereik else 0.0
        return ONDER - deel * (ONDER - BOVEN)

    def met_label(self, jaar: int) -> bool:
        """Return whether there is room to write at this year."""
        stap = (self.laatste - self.eerste) // MEESTE_JAREN + 1
        return (self.laatste - jaar) % stap == 0

    def jaartekst(self, jaar: int) -> str:
        return str(jaar) if self.met_label(jaar) else ""


def _lijnen(bekend: Mapping[int, Decimal], schaal: _Schaal) -> Iterator[Lijn]:
    """Yield the lines between years that follow each other."""
    for een, twee in pairwise(bekend):
        if twee == een + 1:
            x1, y1, x2, y2 = schaal.x(een), schaal.y(bekend[een]), schaal.x(twee), schaal.y(bekend[twee])
            yield Lijn(procent(x1), rem(y1), procent(x2), rem(y2))


def _punten(
    bekend: Mapping[int, Decimal], ander: Mapping[int, Decimal], schaal: _Schaal, opmaak: Opmaak, *, boven: bool
) -> Iterator[Punt]:
    """Yield the points of a line; `boven` says where its label goes when the other line has the same value."""
    for jaar, waarde in bekend.items():
        x, y = schaal.x(jaar), schaal.y(waarde)
        tegenover = ander.get(jaar)
        hoger = tegenover is None or waarde > tegenover or (waarde == tegenover and boven)
        label = rem(y + (LABEL_BOVEN if hoger else LABEL_ONDER))
        yield Punt(procent(x), rem(y), rem(y - RUITHOOGTE / 2), label, opmaak(waarde) if schaal.met_label(jaar) else "")
