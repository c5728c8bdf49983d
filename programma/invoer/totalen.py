"""Totals as a file prints them: compared with the sum of its lines, never imported.

Where a total begins is not written in a table. So it is compared with the lines from the start of the file, from each
earlier total on, and with those of the whole file; when one of these sums fits, the total is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programma.invoer.herkenning import Kolom
from programma.raming import Soort

WOORDEN = {
    "lasten": Soort.LASTEN,
    "uitgaven": Soort.LASTEN,
    "baten": Soort.BATEN,
    "inkomsten": Soort.BATEN,
    "toevoeging": Soort.TOEVOEGING,
    "storting": Soort.TOEVOEGING,
    "onttrekking": Soort.ONTTREKKING,
}
SALDO = (Soort.LASTEN.value, Soort.BATEN.value)
ALLE = tuple(soort.value for soort in Soort)
MEESTE = 50
KLOPT, AFRONDING, ANDERS, ONBEKEND = "klopt", "afronding", "anders", "onbekend"


class Som(NamedTuple):
    """A sum in euros with the stored sign, and how many amounts it has."""

    euro: Decimal = Decimal(0)
    aantal: int = 0

    def min(self, eerder: Som) -> Som:
        """Return what came after an earlier moment."""
        return Som(self.euro - eerder.euro, self.aantal - eerder.aantal)

    def plus(self, ander: Som) -> Som:
        """Return both together."""
        return Som(self.euro + ander.euro, self.aantal + ander.aantal)


Stand = dict[tuple[str, Kolom], Som]


@dataclass(frozen=True, slots=True)
class Gedrukt:
    """One total of the file: where, what it is called, of which column, its value (None: it cannot be read)."""

    plaats: str
    wat: str
    kolom: Kolom
    euro: Decimal | None
    rij: int


def genoemd(wat: str) -> list[str]:
    """Return which soorten the name of a total has."""
    return sorted({soort.value for woord, soort in WOORDEN.items() if woord in wat})


def soort_van(wat: str) -> str:
    """Return which soort a total is about ("totaal lasten"), or "" for more than one: a saldo, a programme."""
    soorten = genoemd(wat)
    return soorten[0] if len(soorten) == 1 and not wat.startswith(("saldo", "resultaat")) else ""


class Totalen:
    """Adds up amounts as they are read, and compares printed totals with them. `eenheid` is 1 or 1000 euros."""

    def __init__(self, eenheid: int) -> None:
        self._eenheid = eenheid
        self._nu: Stand = defaultdict(Som)
        self._standen: list[tuple[int, Stand]] = [(0, {})]
        self._gedrukt: list[Gedrukt] = []
        self._gaten: set[Kolom] = set()

    def tel(self, soort: str, kolom: Kolom, euro: Decimal | None) -> None:
        """Take one amount; None for one that could not be read, after which that column cannot be compared."""
        if euro is None:
            self._gaten.add(kolom)
            return
        self._nu[soort, kolom] = self._nu[soort, kolom].plus(Som(euro, 1))

    def onthoud(self, rij: int, totalen: Iterable[Gedrukt]) -> None:
        """Take the totals of one row."""
        self._gedrukt += totalen
        self._standen.append((rij, dict(self._nu)))

    def uitkomst(self) -> dict[str, object]:
        """Return how many totals fit and which do not, ready for JSON; empty when the file has none."""
        if not self._gedrukt:
            return {}
        aantallen = dict.fromkeys((KLOPT, AFRONDING, ANDERS, ONBEKEND), 0)
        rijen: list[list[object]] = []
        for totaal in self._gedrukt:
            oordeel, som = self._beoordeel(totaal)
            aantallen[oordeel] += 1
            if oordeel in {AFRONDING, ANDERS} and totaal.euro is not None and len(rijen) < MEESTE:
                rijen.append([oordeel, totaal.plaats, totaal.wat, *totaal.kolom, str(totaal.euro), str(som)])
        return {"aantallen": aantallen, "rijen": rijen}

    def _beoordeel(self, totaal: Gedrukt) -> tuple[str, Decimal]:
        """Return what is to be said of a total, and the sum that comes nearest."""
        if totaal.euro is None or totaal.kolom in self._gaten:
            return ONBEKEND, Decimal(0)
        nu = next(stand for rij, stand in self._standen if rij == totaal.rij)
        sommen = [som for som in self._sommen(totaal, nu) if som.aantal]
        if not sommen:
            return ONBEKEND, Decimal(0)
        beste = min(sommen, key=lambda som: abs(som.euro - totaal.euro))  # type: ignore[operator]
        verschil = abs(beste.euro - totaal.euro)
        if not verschil:
            return KLOPT, beste.euro
        ruimte = Decimal(beste.aantal + 1) / 2 * self._eenheid
        return (AFRONDING if verschil <= ruimte else ANDERS), beste.euro

    def _sommen(self, totaal: Gedrukt, nu: Stand) -> Iterator[Som]:
        """Yield the sums that a total can be of. Of a saldo nobody knows which way round it is written."""
        soort = soort_van(totaal.wat)
        for soorten in [(soort,)] if soort else [SALDO, ALLE, *((een,) for een in genoemd(totaal.wat))]:
            heel = self._som(soorten, totaal.kolom, self._nu)
            hier = self._som(soorten, totaal.kolom, nu)
            eerder = [self._som(soorten, totaal.kolom, stand) for rij, stand in self._standen if rij < totaal.rij]
            for som in [heel, *(hier.min(begin) for begin in eerder)]:
                yield som
                if not soort:
                    yield Som(-som.euro, som.aantal)

    @staticmethod
    def _som(soorten: Iterable[str], kolom: Kolom, stand: Stand) -> Som:
        som = Som()
        for soort in soorten:
            som = som.plus(stand.get((soort, kolom), Som()))
        return som
