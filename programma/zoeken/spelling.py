"""Did you mean: the words of the index that differ little from a word that is not in it."""

from __future__ import annotations

from collections.abc import Iterable

from programma.zoeken.taal import gelijk_begin, vorm

KORTSTE = 4


def ruimte(woord: str) -> int:
    """Return by how many letters a correction of this form may differ: 1, or 2 in a long word."""
    return 1 if len(woord) < 7 else 2


def afstand(een: str, ander: str, hoogstens: int) -> int:
    """Return how many letters to add, drop, replace or swap make one word the other; `hoogstens` + 1 if more."""
    if abs(len(een) - len(ander)) > hoogstens:
        return hoogstens + 1
    voorvorige: list[int] = []
    vorige = list(range(len(ander) + 1))
    for nummer, teken in enumerate(een, start=1):
        rij = [nummer]
        for plaats, tegen in enumerate(ander, start=1):
            beste = min(vorige[plaats] + 1, rij[-1] + 1, vorige[plaats - 1] + (teken != tegen))
            if nummer > 1 and plaats > 1 and teken == ander[plaats - 2] and een[nummer - 2] == tegen:
                beste = min(beste, voorvorige[plaats - 2] + 1)
            rij.append(beste)
        if min(rij) > hoogstens:
            return hoogstens + 1
        voorvorige, vorige = vorige, rij
    return min(vorige[-1], hoogstens + 1)


def beste(gevraagd: str, kandidaten: Iterable[str]) -> str | None:
    """Return the candidate nearest to a form, or None when none is near enough.

    Of two that are as near, the one that begins alike for longest goes first; then the alphabet decides.
    """
    hoogstens = ruimte(gevraagd)
    if len(gevraagd) < KORTSTE:
        return None
    gewogen = (
        (afstand(gevraagd, eigen, hoogstens), -gelijk_begin(gevraagd, eigen), kandidaat)
        for kandidaat in kandidaten
        for eigen in [vorm(kandidaat)]
    )
    dichtbij = [keuze for keuze in gewogen if 0 < keuze[0] <= hoogstens]
    return min(dichtbij)[2] if dichtbij else None
