"""The live formulas of narekenen.xlsx, in English notation, as the format asks: pure.

Lines are added up by number, not by code: in the criteria of a spreadsheet "1" also finds 01, "1a" finds 1A, and * ? ~
< > = mean something. Soort and fase are words of our own, in which none of that occurs. Sums are rounded to cents,
which takes off what adding in floating point leaves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from programma.raming import Grootheid, Soort
from programma.toetsing.gedrukt import SOORTEN

REGELS = "Regels"
CODES = "Codes"
# The columns of sheet Regels: those of begroting.csv, and the two numbers behind them.
PROGRAMMA, PAKKET, SOORT, FASE, JAAR, BEDRAG = "C", "E", "G", "L", "M", "N"
PROGRAMMA_NR, PAKKET_NR = "P", "Q"

SLUIT_AAN = "sluit aan"
DOOR_AFRONDING = "verschil door afronding"
VERSCHIL = "verschil"
OORDELEN = (SLUIT_AAN, DOOR_AFRONDING, VERSCHIL)


@dataclass(frozen=True, slots=True)
class Regelblad:
    """Sheet Regels, whose lines are in rows 2 to `laatste`."""

    laatste: int

    def bereik(self, kolom: str) -> str:
        """Return the cells of a column, no more than there are lines (and at least one cell)."""
        return f"{REGELS}!${kolom}$2:${kolom}${max(self.laatste, 2)}"

    def som(self, soort: Soort, nummer: str, fase: str, jaar: str) -> str:
        """Return the sum of the lines of one soort. `nummer` is one of the criteria below, or "" for all lines.

        `fase` and `jaar` are the addresses of cells.
        """
        return f"SUMIFS({self.bereik(BEDRAG)},{self._voorwaarden(soort, nummer, fase, jaar)})"

    def bedrag(self, grootheid: Grootheid, nummer: str, fase: str, jaar: str) -> str:
        """Return a grootheid, in cents exactly."""
        delen = "+".join(self.som(soort, nummer, fase, jaar) for soort in _soorten(grootheid))
        return f"ROUND({delen},2)"

    def aantal(self, grootheid: Grootheid, nummer: str, fase: str, jaar: str) -> str:
        """Return how many amounts a grootheid adds up."""
        return "+".join(f"COUNTIFS({self._voorwaarden(soort, nummer, fase, jaar)})" for soort in _soorten(grootheid))

    def in_programma(self, cel: str) -> str:
        """Return the criterion for the lines of the programme whose number is in this cell."""
        return f"{self.bereik(PROGRAMMA_NR)},{cel},"

    def in_pakket(self, cel: str) -> str:
        """Return the criterion for the lines of the pakket whose number is in this cell."""
        return f"{self.bereik(PAKKET_NR)},{cel},"

    def goed_genummerd(self, codes: int) -> str:
        """Return how many lines have the numbers of their codes on sheet Codes, whose last row is `codes`."""
        if codes < 2:
            return "0"

        def uit_codes(kolom: str) -> str:
            return f"LOOKUP({self.bereik(PAKKET_NR)},{CODES}!$A$2:$A${codes},{CODES}!${kolom}$2:${kolom}${codes})"

        return (
            f"SUMPRODUCT(EXACT({self.bereik(PROGRAMMA)},{uit_codes('C')})*EXACT({self.bereik(PAKKET)},{uit_codes('E')})"
            f"*({self.bereik(PROGRAMMA_NR)}={uit_codes('B')}))"
        )

    def _voorwaarden(self, soort: Soort, nummer: str, fase: str, jaar: str) -> str:
        return f'{nummer}{self.bereik(SOORT)},"{soort.value}",{self.bereik(FASE)},{fase},{self.bereik(JAAR)},{jaar}'


def _soorten(grootheid: Grootheid) -> list[Soort]:
    return [soort for soort in Soort if soort in SOORTEN[grootheid]]


def oordeel(gedrukt: str, eenheid: str, nagerekend: str, verschil: str, toegestaan: str) -> str:
    """Return the verdict on a printed total, from addresses of cells; the rule of `programma.toetsing.gedrukt`."""
    return (
        f'IF(ROUND({nagerekend}/{eenheid},0)*{eenheid}={gedrukt},"{SLUIT_AAN}",'
        f'IF(ABS({verschil})<={toegestaan},"{DOOR_AFRONDING}","{VERSCHIL}"))'
    )


def gelijk(paren: Iterable[tuple[str, str]]) -> str:
    """Return whether each pair of cells is the same."""
    return f'IF(AND({",".join(f"{een}={ander}" for een, ander in paren)}),"gelijk","{VERSCHIL}")'


def telzin(bereik: str, aantal: int) -> str:
    """Return in a sentence how many of these verdicts are that it agrees."""
    slot = "sluit aan" if aantal == 1 else "sluiten aan"
    return f'COUNTIF({bereik},"{SLUIT_AAN}")&" van {aantal} {slot}"'


def telling(bereik: str, oordeel_: str) -> str:
    """Return how many of these verdicts are this one."""
    return f'COUNTIF({bereik},"{oordeel_}")'
