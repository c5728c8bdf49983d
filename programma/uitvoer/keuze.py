"""What there is to choose from in a version, and whether a filter chooses only that. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from programma.uitvoer.selectie import LIJSTEN, Selectie, selectiefout


class Optie(NamedTuple):
    """A code that exists in the version, with its name; of a pakket also the code of its programme."""

    code: str
    naam: str
    programma: str = ""


@dataclass(frozen=True, slots=True)
class Keuzes:
    """The values that the lines of a version have. A taakveld "geen" is there when some line has none."""

    programma: Sequence[Optie] = ()
    pakket: Sequence[Optie] = ()
    taakveld: Sequence[Optie] = ()
    soort: Sequence[str] = ()
    fase: Sequence[str] = ()
    jaar: Sequence[int] = ()

    def waarden(self, parameter: str) -> list[str | int]:
        """Return the values of one parameter, in the order in which a reader meets them."""
        return [waarde.code if isinstance(waarde, Optie) else waarde for waarde in getattr(self, parameter)]


def keur(selectie: Selectie, keuzes: Keuzes) -> None:
    """Raise Selectiefout when the filter names something that the version does not have."""
    for parameter in LIJSTEN:
        bestaat = keuzes.waarden(parameter)
        for waarde in getattr(selectie, parameter):
            if waarde not in bestaat:
                raise selectiefout(parameter, waarde, bestaat)
