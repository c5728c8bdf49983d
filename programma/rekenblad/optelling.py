"""Adding up lines while they are written, and numbering their programmes and pakketten: pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from programma.raming import EXACT, NUL, Cel, Kolom

# Where these stand in a row of begroting.csv.
CODE, NAAM, PAKKETCODE, PAKKETNAAM, SOORT, FASE, JAAR, BEDRAG = 2, 3, 4, 5, 6, 11, 12, 13


class Groep(NamedTuple):
    """A pakket with its number, and its programme with that of it. Names are "" where no line says them."""

    pakket_nr: int
    programma_nr: int
    programma_code: str
    programma: str
    pakket_code: str
    pakket: str


@dataclass
class Optelling:
    """What the lines add up to, per cell (pakket, soort, column), and the numbers given to programmes and pakketten."""

    rijen: int = 0
    groepen: dict[tuple[str, str], Groep] = field(default_factory=dict)
    programmas: dict[str, int] = field(default_factory=dict)
    _sommen: dict[tuple[str, str, str, Kolom], tuple[Decimal, int]] = field(default_factory=dict)

    def tel(self, rijen: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of begroting.csv as they come, with the numbers of programme and pakket behind them."""
        for rij in rijen:
            groep = self.groep(rij[CODE], rij[PAKKETCODE], rij[NAAM], rij[PAKKETNAAM])
            sleutel = (rij[CODE], rij[PAKKETCODE], rij[SOORT], Kolom(rij[JAAR], rij[FASE]))
            euro, aantal = self._sommen.get(sleutel, (NUL, 0))
            self._sommen[sleutel] = EXACT.add(euro, rij[BEDRAG]), aantal + 1
            self.rijen += 1
            yield *rij, groep.programma_nr, groep.pakket_nr

    def groep(self, programma: str, pakket: str, naam: str = "", pakketnaam: str = "") -> Groep:
        """Return the numbers of a pakket; one that was not met before gets the next."""
        gevonden = self.groepen.get((programma, pakket))
        if gevonden is None:
            gevonden = Groep(len(self.groepen) + 1, self.nummer(programma), programma, naam, pakket, pakketnaam)
            self.groepen[programma, pakket] = gevonden
        return gevonden

    def nummer(self, programma: str) -> int:
        """Return the number of a programme; one that was not met before gets the next."""
        return self.programmas.setdefault(programma, len(self.programmas) + 1)

    def cellen(self) -> list[Cel]:
        """Return the sums."""
        return [
            Cel(programma, pakket, soort, kolom, euro, aantal)
            for (programma, pakket, soort, kolom), (euro, aantal) in self._sommen.items()
        ]
