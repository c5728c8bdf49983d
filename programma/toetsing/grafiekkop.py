"""The figures for which an officer wrote a heading over a chart, so that nobody overlooks that they changed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from programma.raming import EXACT, Kolom, Raming
from veiligheid.formatting import euro


def cijfers(kolommen: Sequence[Kolom], raming: Raming) -> str:
    """Return the lasten per column, as the chart shows them (a cost is positive), to the cent, for people to read.

    "realisatie 2023: € 6.074.000; na wijziging 2024: € 6.552.000". Two sets of figures are the same if this is.
    """
    return "; ".join(f"{kolom.fase.replace('_', ' ')} {kolom.jaar}: {_lasten(raming, kolom)}" for kolom in kolommen)


def _lasten(raming: Raming, kolom: Kolom) -> str:
    lasten = EXACT.minus(raming[kolom].lasten)
    return euro(lasten, centen=lasten != lasten.to_integral_value())
