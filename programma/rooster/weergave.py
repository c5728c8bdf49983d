"""How amounts stand in a grid: in which unit, with which sign. Pure; exact in both directions.

Stored are euros with the effect on the result as sign. On screen an editor works as in their own document: in euros or
in thousands, lasten with a minus or as a plain number. What is shown is never rounded, so a cell that is left alone is
left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from programma.raming import EXACT, Soort
from veiligheid import getallen
from veiligheid.formatting import decimaal

NEGATIEVE_SOORTEN = frozenset({Soort.LASTEN, Soort.TOEVOEGING})
GROOTSTE = Decimal(10) ** 13


class Eenheid(IntEnum):
    """What the number 1 in a cell means, in euros."""

    EURO = 1
    DUIZEND = 1000


class Teken(StrEnum):
    """What a minus in a cell means: less result (effect), or an unusual direction (gedrukt)."""

    EFFECT = "effect"
    GEDRUKT = "gedrukt"


@dataclass(frozen=True, slots=True)
class Weergave:
    """The unit and the sign that an editor chose."""

    eenheid: Eenheid = Eenheid.DUIZEND
    teken: Teken = Teken.EFFECT

    @property
    def decimalen(self) -> int:
        """How many decimals a cell takes: as many as a whole number of cents needs."""
        return 5 if self.eenheid is Eenheid.DUIZEND else 2

    def keert_om(self, soort: str) -> bool:
        """Return whether amounts of this soort stand on screen with the other sign than they are stored with."""
        return self.teken is Teken.GEDRUKT and soort in NEGATIEVE_SOORTEN

    def toon(self, soort: str, euro: Decimal | None) -> str:
        """Return the text of a cell for stored euros; "" for an empty cell. Exact: `lees` gives the same euros back."""
        if euro is None:
            return ""
        return getallen.schrijf(EXACT.divide(self._omgekeerd(soort, euro), Decimal(self.eenheid)))

    def lees(self, soort: str, tekst: str) -> Decimal | None:
        """Return the euros to store for the text of a cell, or None for an empty one.

        Raises getallen.Meerduidig and getallen.Onleesbaar, with a Dutch sentence.
        """
        getal = getallen.lees(tekst, heel=True, decimalen=self.decimalen)
        if getal is None:
            return None
        euro = EXACT.multiply(getal, Decimal(self.eenheid))
        if abs(euro) >= GROOTSTE:
            raise getallen.Onleesbaar("Dit bedrag is te groot. Kijk na of de eenheid klopt.")
        return self._omgekeerd(soort, euro.quantize(Decimal("0.01"), context=EXACT))

    def in_het_kort(self, soort: str, euro: Decimal, *, plus: bool = False) -> str:
        """Return an amount to read, such as a total: rounded to whole units, with the true minus."""
        getal = EXACT.divide(self._omgekeerd(soort, euro), Decimal(self.eenheid))
        centen = self.eenheid is Eenheid.EURO and euro != euro.to_integral_value()
        return decimaal(getal, 2 if centen else 0, plus=plus)

    def _omgekeerd(self, soort: str, getal: Decimal) -> Decimal:
        # Not minus zero: 0 times a sign is 0.
        return EXACT.minus(getal) if self.keert_om(soort) and getal else getal

    @property
    def eenheid_in_woorden(self) -> str:
        """The unit, as it stands above the grid."""
        return "× € 1.000" if self.eenheid is Eenheid.DUIZEND else "in euro"

    @property
    def teken_in_woorden(self) -> str:
        """The sign convention, as it stands above the grid."""
        if self.teken is Teken.GEDRUKT:
            return "lasten en toevoegingen zonder min, zoals gedrukt"
        return "lasten en toevoegingen met een min (effect op het resultaat)"
