"""What is written in the index of a piece: our own lexemes, as the text of a tsvector."""

from __future__ import annotations

from programma.zoeken.taal import STOPWOORDEN, delen, stam, vorm, woorden

# Weights: A in the title, B in the text, D only a part of a word. How often a word occurs counts up to this.
MEESTE_PLAATSEN = 5


def vector(titel: str, tekst: str) -> str:
    """Return the lexemes of a piece, with their weights, to be read as a tsvector."""
    plaatsen: dict[str, list[str]] = {}
    for gewicht, deel in (("A", titel), ("B", tekst)):
        for nummer, gevonden in enumerate(woorden(deel), start=1):
            eigen = vorm(gevonden[0])
            if eigen and eigen not in STOPWOORDEN:
                _noteer(plaatsen, eigen, f"{min(nummer, 16000)}{gewicht}")
    return " ".join(f"'{lexeem}':{','.join(lijst)}" if lijst else f"'{lexeem}'" for lexeem, lijst in plaatsen.items())


def _noteer(plaatsen: dict[str, list[str]], eigen: str, plaats: str) -> None:
    for lexeem in {eigen, stam(eigen)}:
        lijst = plaatsen.setdefault(lexeem, [])
        if len(lijst) < MEESTE_PLAATSEN and plaats not in lijst:
            lijst.append(plaats)
    for deel in delen(stam(eigen)):
        plaatsen.setdefault(deel, [])


def kopvector(titel: str) -> str:
    """Return the lexemes of the words of a title, without their parts: whoever asks for these comes first."""
    eigen = {vorm(gevonden[0]) for gevonden in woorden(titel)} - STOPWOORDEN - {""}
    return " ".join(f"'{lexeem}'" for lexeem in sorted({*eigen, *map(stam, eigen)}))
