"""What the money tables share: columns of amounts, and the words under them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from programma.raming import Kolom, Raming
from veiligheid.formatting import afgerond
from veiligheid.tables import Kolom as Tabelkolom

LEEG = Raming()
TEKENUITLEG = "Een minteken (−) betekent: kosten. Geen teken: inkomsten."
AFRONDING = "Totalen zijn berekend uit de precieze bedragen en pas daarna afgerond."
# A quotient has no exact decimal form; files get this many decimals.
DECIMALEN_IN_BESTAND = 6

Record = dict[str, Any]


class Bedragkolom(Tabelkolom):
    """A column of numbers: `opmaak` writes them for people, files get the number itself."""

    def __init__(self, verbose_name: str, opmaak: Callable[[Decimal], str], decimalen: int, **opties: Any) -> None:
        super().__init__(verbose_name, **opties)
        self.opmaak = opmaak
        self.decimalen = decimalen

    def render(self, value: Decimal) -> str:
        """Return the number in Dutch notation."""
        return self.opmaak(value)

    def value(self, value: Decimal) -> Decimal:
        """Return the number for machines, always with the same number of decimals."""
        return afgerond(value, self.decimalen)


def kolomnaam(kolom: Kolom) -> str:
    """Return the name of a column in records: "primair_2025"."""
    return f"{kolom.fase}_{kolom.jaar}"
