"""The proof of a publication, as pages show it: whole on the screen, short at the foot of each sheet of paper.

Whoever holds a printed page can look its version up in the list of anchors (open data) by the beginning of the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from programma.inhoud import Uitgave
from programma.pagina import adres as adressen
from programma.pagina.adres import Link

KORT = 16


@dataclass(frozen=True, slots=True)
class Bewijs:
    """A version with the sha256 of its content, its anchor and the head of the history before it (may be "").

    `kort` is what fits on one line of paper: the first characters of each.
    """

    versie: Link
    controlegetal: str
    anker: str
    historiekop: str
    kort: str


def bewijs(uitgave: Uitgave) -> Bewijs | None:
    """Return the proof of a published version; None for a concept, which has none."""
    if not uitgave.anker:
        return None
    delen = [f"controlegetal {uitgave.controlesom[:KORT]}", f"anker {uitgave.anker[:KORT]}"]
    if uitgave.historiekop:
        nummer, _, afdruk = uitgave.historiekop.partition(":")
        delen.append(f"historie {nummer}:{afdruk[:KORT]}")
    return Bewijs(
        Link(f"{uitgave.titel}, versie {uitgave.nummer}", adressen.vast(uitgave).wortel),
        uitgave.controlesom,
        uitgave.anker,
        uitgave.historiekop,
        f"{uitgave.titel}, versie {uitgave.nummer}: {', '.join(delen)}",
    )


def bewijzen(uitgaven: Iterable[Uitgave | None]) -> tuple[Bewijs, ...]:
    """Return the proofs of the versions that a page rests on, each once, in the order in which they are given."""
    eenmaal = {uitgave.versie_id: uitgave for uitgave in uitgaven if uitgave is not None}
    return tuple(gevonden for uitgave in eenmaal.values() if (gevonden := bewijs(uitgave)))
