"""Printed totals next to ours: does what our lines add up to agree with what the source printed? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud import Gedrukt
from programma.raming import EXACT, Cel, Grootheid, Meerjarenraming, Raming, Soort
from veiligheid.formatting import afgerond

GEEN = Raming()

SOORTEN: Mapping[Grootheid, frozenset[Soort]] = {
    Grootheid.LASTEN: frozenset({Soort.LASTEN}),
    Grootheid.BATEN: frozenset({Soort.BATEN}),
    Grootheid.SALDO: frozenset({Soort.LASTEN, Soort.BATEN}),
    Grootheid.TOEVOEGINGEN: frozenset({Soort.TOEVOEGING}),
    Grootheid.ONTTREKKINGEN: frozenset({Soort.ONTTREKKING}),
    Grootheid.RESULTAAT: frozenset(Soort),
}


@dataclass(frozen=True, slots=True)
class Verschil:
    """A printed total next to ours, both in euros. `afronding`: rounding alone can explain the difference."""

    totaal: Gedrukt
    ons: Decimal
    afronding: bool

    @property
    def euro(self) -> Decimal:
        """Ours minus the printed one."""
        return EXACT.subtract(self.ons, self.totaal.euro)


def speling(aantal: int, eenheid: int) -> Decimal:
    """Return the largest difference in euros that rounding can explain: (n+1)/2 units, n = `aantal` bedragen."""
    return (aantal + 1) * Decimal(eenheid) / 2


def verschil(totaal: Gedrukt, optelling: Meerjarenraming, cellen: Sequence[Cel]) -> Verschil | None:
    """Return how a printed total differs from ours, or None when ours, rounded to its unit, is the same.

    Rounding can explain a difference of at most (n+1)/2 units, n being the number of bedragen under the total.
    """
    ons = berekend(totaal, optelling)
    eenheid = Decimal(totaal.eenheid)
    if afgerond(ons / eenheid) * eenheid == totaal.euro:
        return None
    ruimte = speling(aantal_onder(totaal, cellen), totaal.eenheid)
    return Verschil(totaal, ons, abs(EXACT.subtract(ons, totaal.euro)) <= ruimte)


def berekend(totaal: Gedrukt, optelling: Meerjarenraming) -> Decimal:
    """Return what our lines add up to where a total was printed, in euros with the stored sign; 0 without lines."""
    return _raming(totaal, optelling)[totaal.kolom].bedrag(totaal.grootheid)


def _raming(totaal: Gedrukt, optelling: Meerjarenraming) -> Raming:
    """Return the level that a printed total is about."""
    if totaal.pakket:
        return optelling.pakketten.get((totaal.programma, totaal.pakket), GEEN)
    return optelling.programmas.get(totaal.programma, GEEN) if totaal.programma else optelling.totaal


def aantal_onder(totaal: Gedrukt, cellen: Sequence[Cel]) -> int:
    """Return how many bedragen a printed total adds up."""
    soorten = SOORTEN[Grootheid(totaal.grootheid)]
    return sum(
        cel.aantal
        for cel in cellen
        if cel.kolom == totaal.kolom
        and cel.soort in soorten
        and totaal.programma in {"", cel.programma}
        and totaal.pakket in {"", cel.pakket}
    )
