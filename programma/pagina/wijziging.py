"""What changes by the council did to a figure: before, after, and the difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud.opbouw import Bedragrij, Wijzigingrij
from programma.raming import EXACT, NUL
from veiligheid.formatting import datum


@dataclass(frozen=True, slots=True)
class Wijzigingstap:
    """A change by the council with the figure before and after it, in euros."""

    wijziging: Wijzigingrij
    voor: Decimal
    na: Decimal
    verschil: Decimal


def wijzigingsnaam(wijziging: Wijzigingrij) -> str:
    """Return what a change is called: "Begrotingswijziging 3: Extra brandweer"."""
    return f"{wijziging.soort.capitalize()} {wijziging.nummer}: {wijziging.titel}"


def besluitnaam(wijziging: Wijzigingrij) -> str:
    """Return the decision of the council on a change: "R25.12 van 3 juli 2025", or that it was not recorded."""
    if not wijziging.raadsbesluit:
        return "geen nummer vastgelegd"
    return f"{wijziging.raadsbesluit} van {datum(wijziging.datum)}" if wijziging.datum else wijziging.raadsbesluit


def wijzigingstappen(bedragen: Sequence[Bedragrij]) -> tuple[Wijzigingstap, ...]:
    """Return the changes in the order of their numbers; the first begins with the original amounts."""
    stand = _som([rij.euro for rij in bedragen if rij.wijziging is None])
    per_wijziging: dict[Wijzigingrij, list[Decimal]] = {}
    for rij in bedragen:
        if rij.wijziging is not None:
            per_wijziging.setdefault(rij.wijziging, []).append(rij.euro)
    stappen = []
    for wijziging in sorted(per_wijziging, key=lambda rij: nummervolgorde(rij.nummer)):
        verschil = _som(per_wijziging[wijziging])
        voor, stand = stand, EXACT.add(stand, verschil)
        stappen.append(Wijzigingstap(wijziging, voor, stand, verschil))
    return tuple(stappen)


def _som(bedragen: Sequence[Decimal]) -> Decimal:
    som = NUL
    for bedrag in bedragen:
        som = EXACT.add(som, bedrag)
    return som


def nummervolgorde(nummer: str) -> tuple[tuple[int, str], ...]:
    """Return a number as people order it: 2 before 10, and 2024-9 before 2024-10."""
    return tuple((int(deel), "") if deel.isdecimal() else (-1, deel) for deel in re.split(r"(\d+)", nummer) if deel)
