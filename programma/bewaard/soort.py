"""A kind of file that is kept with a publication: which names a version has of it, and how each is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from programma.inhoud import Uitgave

Maak = Callable[[float], bytes]
"""Makes the bytes of one file, given how many seconds there are for it. Raises Mislukt."""


class Mislukt(Exception):
    """A file that could not be made. The text is Dutch, and goes on after a colon."""


@dataclass(frozen=True, slots=True)
class Bestandsoort:
    """A kind of file.

    `namen` takes the slugs of the programmes of a version, in order, and returns the names of its files of this kind:
    where they are under its address. A name ends in .pdf, .xlsx or .zip; PostgreSQL refuses any other (migration 0016).
    `stukken` takes a version as it was published and the names that are missing, and yields each with the function that
    makes it; what is read for the next one may wait until that is asked for. The bytes may depend on the version alone.
    `gemaakt_met` says with which software. `van_alles`: made of the files of all kinds before it, so only when those
    are there.
    """

    gemaakt_met: str
    namen: Callable[[Iterable[str]], list[str]]
    stukken: Callable[[Uitgave, Sequence[str]], Iterator[tuple[str, Maak]]]
    van_alles: bool = False
