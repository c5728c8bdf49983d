"""Bars that diverge from one zero line: what is more to the right, what is less to the left, the largest on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from veiligheid.charts.maat import Maat, Opmaak, procent, rem


class Afwijking(NamedTuple):
    """A value below or above zero, in any unit, and its name."""

    naam: str
    waarde: Decimal


class Staaf(NamedTuple):
    """A bar: its name above it, and its value on the other side of the axis, where nothing is drawn.

    `richting` is "plus", "min" or "nul" (no bar, only its value); `anker` says how the value stands against `x_waarde`.
    The zero line goes from `y` to `y_as`: not through the names.
    """

    naam: str
    waarde: str
    richting: str
    y_naam: Maat
    x: Maat
    y: Maat
    breedte: Maat
    x_waarde: Maat
    y_waarde: Maat
    anker: str
    y_as: Maat


@dataclass(frozen=True, slots=True)
class Afwijkingsgrafiek:
    """A diverging bar chart, ready to draw. `as_x` is the zero line; `hoogte` the height of the whole."""

    staven: tuple[Staaf, ...]
    as_x: Maat
    hoogte: Maat


RIJHOOGTE = 3.0
NAAM_Y, STAAF_Y, STAAFHOOGTE, WAARDE_Y = 1.0, 1.375, 1.125, 2.25
# Opposite a bar its value is written: so much of the width stays free there.
RUIMTE = 34.0
KIER = 1.5
LANGSTE_NAAM = 44


def afwijkingsgrafiek(afwijkingen: Sequence[Afwijking], opmaak: Opmaak) -> Afwijkingsgrafiek:
    """Return the bars, the largest on top; equals stay in the order in which they came.

    Left and right have one scale. `opmaak` writes a value, and should give it its sign: that is how a reader who does
    not see colours knows the direction.
    """
    volgorde = sorted(afwijkingen, key=lambda afwijking: -abs(afwijking.waarde))
    omhoog = max((float(afwijking.waarde) for afwijking in volgorde if afwijking.waarde > 0), default=0.0)
    omlaag = max((-float(afwijking.waarde) for afwijking in volgorde if afwijking.waarde < 0), default=0.0)
    nul = _nullijn(omlaag, omhoog)
    schaal = min((ruimte / bereik for ruimte, bereik in ((nul, omlaag), (100 - nul, omhoog)) if bereik), default=0.0)
    staven = tuple(_staaf(afwijking, plaats, nul, schaal, opmaak) for plaats, afwijking in enumerate(volgorde))
    return Afwijkingsgrafiek(staven, procent(nul), rem(RIJHOOGTE * len(staven)))


def _nullijn(omlaag: float, omhoog: float) -> float:
    """Return where zero stands: both sides get their share of the width, and room for the values opposite."""
    deel = 100 * (omlaag / (omlaag + omhoog)) if omlaag + omhoog else 50.0
    return min(max(deel, RUIMTE), 100 - RUIMTE)


def _staaf(afwijking: Afwijking, plaats: int, nul: float, schaal: float, opmaak: Opmaak) -> Staaf:
    waarde = float(afwijking.waarde)
    breedte = abs(waarde) * schaal
    boven = RIJHOOGTE * plaats
    links = waarde < 0
    return Staaf(
        naam=_kort(afwijking.naam),
        waarde=opmaak(afwijking.waarde),
        richting="nul" if not waarde else "min" if links else "plus",
        y_naam=rem(boven + NAAM_Y),
        x=procent(max(0.0, nul - breedte) if links else nul),
        y=rem(boven + STAAF_Y),
        breedte=procent(breedte),
        x_waarde=procent(nul - KIER if waarde > 0 else nul + KIER),
        y_waarde=rem(boven + WAARDE_Y),
        anker="end" if waarde > 0 else "start",
        y_as=rem(boven + STAAF_Y + STAAFHOOGTE),
    )


def _kort(naam: str) -> str:
    """Return the name, cut after a word where it would not fit on a narrow screen."""
    if len(naam) <= LANGSTE_NAAM:
        return naam
    return naam[:LANGSTE_NAAM].rsplit(" ", 1)[0][: LANGSTE_NAAM - 1].rstrip(" ,") + "…"
