"""Amounts per inhabitant: which numbers of inhabitants they rest on, in words."""

from __future__ import annotations

from collections.abc import Iterable

from programma.inhoud import Inwoners
from veiligheid.formatting import decimaal, opsomming


def inwonerzin(jaren: Iterable[int], inwoners: Inwoners) -> str:
    """Return which numbers of inhabitants are used, and for which years the last known one."""
    gevraagd = set(jaren)
    gebruikt = {jaar: bekend for jaar in gevraagd if (bekend := inwoners.in_jaar(jaar)) and bekend[1]}
    eigen = [f"{decimaal(aantal)} in {jaar}" for jaar, (bron, aantal) in sorted(gebruikt.items()) if bron == jaar]
    zinnen = [f"Aantal inwoners: {opsomming(eigen)}."] if eigen else []
    for bron, aantal in sorted({bekend for jaar, bekend in gebruikt.items() if bekend[0] != jaar}):
        later = [str(jaar) for jaar, bekend in sorted(gebruikt.items()) if bekend[0] == bron != jaar]
        zinnen.append(f"Voor {opsomming(later)} is het laatst bekende aantal gebruikt: {decimaal(aantal)} in {bron}.")
    if len(gebruikt) < len(gevraagd):
        zinnen.append("N.n.b. = nog niet bekend.")
    if inwoners.bron:
        zinnen.append(f"Bron: {inwoners.bron}.")
    return " ".join(zinnen)
