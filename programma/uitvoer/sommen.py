"""What an export holds, said before it is downloaded: how many rows, and what they add up to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from programma.raming import EXACT, NUL, Kolom, Soort, Stand, stand


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """The rows (amounts) of an export and their sums in euros, stored sign.

    `sommen` has each of the four soorten (by its name), over all columns: together a control figure, as several years
    stand beside each other. `per_kolom` are the sums that mean something, the columns in the order of the version.
    """

    rijen: int = 0
    sommen: Mapping[str, Decimal] = field(default_factory=lambda: {soort.value: NUL for soort in Soort})
    per_kolom: Mapping[Kolom, Stand] = field(default_factory=dict)

    @property
    def saldo(self) -> Decimal:
        """Lasten and baten together, over all columns."""
        return EXACT.add(self.sommen[Soort.LASTEN], self.sommen[Soort.BATEN])

    @property
    def resultaat(self) -> Decimal:
        """The saldo after changes of the reserves, over all columns: the plain sum of the column `bedrag`."""
        return EXACT.add(self.saldo, EXACT.add(self.sommen[Soort.TOEVOEGING], self.sommen[Soort.ONTTREKKING]))


def vat_samen(cellen: Iterable[tuple[str, Kolom, Decimal, int]]) -> Samenvatting:
    """Return the summary of cells: soort, column, sum in euros, number of amounts."""
    rijen, sommen, per_kolom = 0, {soort.value: NUL for soort in Soort}, dict[Kolom, Stand]()
    for soort, kolom, euro, aantal in cellen:
        rijen += aantal
        sommen[soort] = EXACT.add(sommen[soort], euro)
        per_kolom[kolom] = per_kolom.get(kolom, Stand()) + stand(soort, euro)
    return Samenvatting(rijen, sommen, per_kolom)
