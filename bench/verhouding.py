"""Paired repetitions: two things measured in turn, and the ratio of each pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

ONRUST = 3.0


def paren(eerste: Callable[[], float], tweede: Callable[[], float], keer: int) -> list[tuple[float, float]]:
    """Measure both in turn, `keer` times, after one round that does not count."""
    eerste()
    tweede()
    return [(eerste(), tweede()) for _ in range(keer)]


def toon(wat: str, metingen: Sequence[tuple[float, float]], doel: float, eenheid: float = 1e3) -> None:
    """Print the median ratio with its spread beside the goal; say so when the peer itself was too restless."""
    verhoudingen = [ons / maat for ons, maat in metingen]
    maten = [maat for _, maat in metingen]
    oordeel = "gehaald" if median(verhoudingen) <= doel else "NIET gehaald"
    print(
        f"{wat}\n  {median(verhoudingen):.2f}x ({min(verhoudingen):.2f} tot {max(verhoudingen):.2f}, "
        f"{len(metingen)} paren); doel hoogstens {doel:g}x: {oordeel}\n"
        f"  wij {median(ons for ons, _ in metingen) * eenheid:.2f} ms, maat {median(maten) * eenheid:.2f} ms"
    )
    if max(maten) > ONRUST * min(maten):
        print(f"  Let op: de maat zelf verschilde {max(maten) / min(maten):.1f}x; deze meting telt niet.")
