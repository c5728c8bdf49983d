"""Paired repetitions: ours and the peer right after each other, many times; the median of the ratios counts.

Other work on the machine changes both halves of a pair alike, so a ratio is steady where a time is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

ONRUST = 3.0
"""A peer that varies more than this within one run: the machine was too busy to tell anything."""


def nl(waarde: float, decimalen: int = 1) -> str:
    """Return a number with a decimal comma, never "-0"."""
    return f"{round(waarde, decimalen) + 0.0:.{decimalen}f}".replace(".", ",")


def om_beurten(metingen: Sequence[Callable[[], float]], keer: int) -> list[list[float]]:
    """Take each measurement in turn, `keer` times, after one round that does not count; return a list for each.

    The order turns by one each round, so that none always has the same neighbour before it.
    """
    for meting in metingen:
        meting()
    uitkomsten: list[list[float]] = [[] for _ in metingen]
    for ronde in range(keer):
        for plaats in range(len(metingen)):
            welke = (ronde + plaats) % len(metingen)
            uitkomsten[welke].append(metingen[welke]())
    return uitkomsten


def toon_verhouding(wat: str, ons: Sequence[float], maat: Sequence[float], doel: float | None) -> None:
    """Print the median ratio of the pairs (seconds) with its spread, beside the goal if there is one.

    Nothing is concluded when the peer itself was too restless.
    """
    print(f"  {wat}")
    if max(maat) > ONRUST * min(maat):
        print(
            f"    geen uitkomst: de maat zelf liep uiteen van {nl(min(maat) * 1e3, 2)} tot {nl(max(maat) * 1e3, 2)} ms,"
            f" meer dan {ONRUST:.0f}×; meet opnieuw als de machine rustiger is"
        )
        return
    paren = [een / twee for een, twee in zip(ons, maat, strict=True)]
    spreiding = f"{len(paren)} paren, {nl(min(paren), 2)} tot {nl(max(paren), 2)}"
    oordeel = _oordeel(median(paren), doel, f"{doel:g}×".replace(".", ",")) if doel is not None else ""
    print(f"    {nl(median(paren), 2)}× ({spreiding}){oordeel}")
    print(f"    wij {nl(median(ons) * 1e3, 2)} ms, maat {nl(median(maat) * 1e3, 2)} ms")


def toon_waarde(wat: str, waarden: Sequence[float], eenheid: str, doel: float) -> None:
    """Print the median of a figure with its spread beside the goal."""
    spreiding = f"{len(waarden)} keer, {nl(min(waarden))} tot {nl(max(waarden))}"
    oordeel = _oordeel(median(waarden), doel, f"{doel:g} {eenheid}")
    print(f"  {wat}\n    {nl(median(waarden))} {eenheid} ({spreiding}){oordeel}")


def _oordeel(waarde: float, doel: float, hoogstens: str) -> str:
    return f"; doel hoogstens {hoogstens}: {'gehaald' if waarde <= doel else 'NIET gehaald'}"
