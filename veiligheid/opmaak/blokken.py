"""The blocks that a rich text is made of, in normal form. Nothing else can be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from veiligheid.opmaak.regel import Regel


@dataclass(frozen=True, slots=True)
class Alinea:
    """A paragraph. `punt` is set when it is a list item in disguise, as Word writes them."""

    regel: Regel
    taal: str = ""
    punt: Punt | None = None


@dataclass(frozen=True, slots=True)
class Punt:
    """A list item in disguise: how deep (1 is outermost), and its number as printed, or "" for a bullet."""

    niveau: int
    nummer: str = ""


@dataclass(frozen=True, slots=True)
class Kop:
    """A heading inside a text: level 3 or 4."""

    niveau: int
    regel: Regel


@dataclass(frozen=True, slots=True)
class Lijst:
    """A list, with numbers or with bullets; each item is a row of paragraphs and lists."""

    genummerd: bool
    punten: tuple[tuple[Blok, ...], ...]


@dataclass(frozen=True, slots=True)
class Citaat:
    """A quotation: paragraphs and lists."""

    blokken: tuple[Blok, ...]


@dataclass(frozen=True, slots=True)
class Cel:
    """A cell of a table: paragraphs and lists. `kop` says whether it heads its row or column."""

    blokken: tuple[Blok, ...] = ()
    kop: bool = False


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table: a caption (may be empty), and rows of equal length. The first row heads the columns."""

    bijschrift: Regel
    rijen: tuple[tuple[Cel, ...], ...]


Blok = Alinea | Kop | Lijst | Citaat | Tabel


def plat(blokken: Iterator[Blok]) -> Iterator[Blok]:
    """Yield the blocks as paragraphs and lists only: all that an item, a quotation or a cell may hold."""
    for blok in blokken:
        match blok:
            case Alinea() | Lijst():
                yield blok
            case Kop():
                yield Alinea(blok.regel)
            case Citaat():
                yield from blok.blokken
            case Tabel():
                yield from (binnen for rij in blok.rijen for cel in rij for binnen in cel.blokken)
