"""The page of words, ready to place: each word with what it means, by letter."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from programma import woordenlijst
from programma.pagina.adres import Link
from programma.woordenlijst import WOORDENLIJST, Woord


@dataclass(frozen=True, slots=True)
class Uitleg:
    """A word on the page, with its other names, its legal source, and the words to read besides."""

    anker: str
    woord: str
    uitleg: str
    ook: str
    bron: str
    zie: tuple[Link, ...]
    zoek: Link


@dataclass(frozen=True, slots=True)
class Letter:
    """The words that begin with one letter."""

    letter: str
    anker: str
    woorden: tuple[Uitleg, ...]


@dataclass(frozen=True, slots=True)
class Begrippenpagina:
    """The page of words."""

    titel: str
    omschrijving: str
    letters: tuple[Letter, ...]


def begrippenpagina(gemeente: str) -> Begrippenpagina:
    """Return the page of words, in the order of the alphabet."""
    return Begrippenpagina(
        f"Begrippen – Gemeente {gemeente}",
        "Wat de woorden in de begroting betekenen, in gewone taal.",
        tuple(
            Letter(letter, f"letter-{letter.lower()}", tuple(_uitleg(woord) for woord in woorden))
            for letter, woorden in groupby(
                sorted(WOORDENLIJST, key=lambda woord: woord.anker), key=lambda woord: woord.anker[0].upper()
            )
        ),
    )


def _uitleg(woord: Woord) -> Uitleg:
    return Uitleg(
        woord.anker,
        woord.woord,
        woord.uitleg,
        ", ".join(woord.ook),
        woord.bron,
        tuple(Link(naam, f"#{woordenlijst.woord(naam).anker}") for naam in woord.zie),
        Link(woord.woord, f"/zoeken/?{urlencode({'q': woord.woord.lower()})}"),
    )
