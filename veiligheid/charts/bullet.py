"""Bullets: a bar for what it became, a mark for what was planned, one below the other on the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from veiligheid.charts.maat import Maat, procent


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bullet, ready to draw: the bar from `x` over `breedte`, the mark at `streep`, and zero at `nul`."""

    x: Maat
    breedte: Maat
    streep: Maat
    nul: Maat


# Room at both sides, so that a mark on the edge is whole.
RAND = 0.6


def bullets(paren: Sequence[tuple[Decimal, Decimal]]) -> tuple[Bullet, ...]:
    """Return a bullet per pair (what it became, what was planned), all on one scale that includes zero."""
    waarden = [float(waarde) for paar in paren for waarde in paar]
    laag, hoog = min(0.0, *waarden) if waarden else 0.0, max(0.0, *waarden) if waarden else 0.0
    per_eenheid = (100 - 2 * RAND) / (hoog - laag) if hoog > laag else 0.0

    def x(waarde: float) -> float:
        return RAND + (waarde - laag) * per_eenheid

    return tuple(
        Bullet(
            procent(min(x(0.0), x(float(werkelijk)))),
            procent(abs(x(float(werkelijk)) - x(0.0))),
            procent(x(float(begroot))),
            procent(x(0.0)),
        )
        for werkelijk, begroot in paren
    )
