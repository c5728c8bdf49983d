"""What is written in the index of a piece: our own lexemes, as the text of a tsvector."""

from __future__ import annotations

from functools import lru_cache

from programma.zoeken.taal import STOPWOORDEN, delen, stam, vorm, woorden

# How often a word occurs counts up to this.
MEESTE_PLAATSEN = 5

Lexemen = tuple[tuple[str, ...], tuple[str, ...]]


def vector(titel: str, tekst: str) -> str:
    """Return the lexemes of a piece, to be read as a tsvector.

    Their weight is A in the title, B in the text, D for what is only a part of a word.
    """
    plaatsen: dict[str, list[str]] = {}
    for gewicht, deel in (("A", titel), ("B", tekst)):
        for nummer, gevonden in enumerate(woorden(deel), start=1):
            heel, stukken = _lexemen(gevonden[0])
            for lexeem in heel:
                lijst = plaatsen.setdefault(lexeem, [])
                if len(lijst) < MEESTE_PLAATSEN:
                    lijst.append(f"{min(nummer, 16000)}{gewicht}")
            for lexeem in stukken:
                plaatsen.setdefault(lexeem, [])
    return " ".join(f"'{lexeem}':{','.join(lijst)}" if lijst else f"'{lexeem}'" for lexeem, lijst in plaatsen.items())


@lru_cache(maxsize=100_000)
def _lexemen(woord: str) -> Lexemen:
    """Return by what a word as written is found whole, and by what of its parts; a stop word by nothing."""
    eigen = vorm(woord)
    if not eigen or eigen in STOPWOORDEN:
        return (), ()
    return tuple(dict.fromkeys((eigen, stam(eigen)))), delen(stam(eigen))


def kopvector(titel: str) -> str:
    """Return the lexemes of the words of a title, without their parts: whoever asks for these comes first."""
    eigen = {lexeem for gevonden in woorden(titel) for lexeem in _lexemen(gevonden[0])[0]}
    return " ".join(f"'{lexeem}'" for lexeem in sorted(eigen))
