"""Positions with their units, areas and lines: what every chart is made of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

Opmaak = Callable[[Decimal], str]


class Maat(str):
    """A position with its unit. Made here from a number, so a template need not escape it: a page has hundreds."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class Vlak(NamedTuple):
    """An area."""

    x: Maat
    y: Maat
    breedte: Maat
    hoogte: Maat


class Lijn(NamedTuple):
    """A straight line."""

    x1: Maat
    y1: Maat
    x2: Maat
    y2: Maat


def procent(waarde: float) -> Maat:
    """Return a horizontal position."""
    return Maat(f"{waarde:.2f}%")


def rem(waarde: float) -> Maat:
    """Return a vertical position."""
    return Maat(f"{waarde:.3f}rem")


ONDER_MIDDEN = 0.3125
"""How far the baseline of a text lies under its middle."""
