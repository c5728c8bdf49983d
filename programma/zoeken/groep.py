"""What can be found: the kinds of result, in the order in which a page shows them."""

from __future__ import annotations

from enum import IntEnum


class Groep(IntEnum):
    """A kind of result. The number is stored in the index and is the order on the page; the name is in the address."""

    BEGRIP = 0
    DOCUMENT = 1
    PROGRAMMA = 2
    DOEL = 3
    PARTIJ = 4
    INDICATOR = 5
    BEDRAG = 6
    TEKST = 7

    @property
    def naam(self) -> str:
        """Return the name in an address: `?soort=partij`."""
        return self.name.lower()


def lees_groep(naam: str | None) -> Groep | None:
    """Return the kind of this name, or None for nothing or nonsense."""
    return next((groep for groep in Groep if groep.naam == naam), None)
