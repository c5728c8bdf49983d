"""The PDFs as files that are kept with a publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from programma.afdruk import zetten
from programma.afdruk.lezen import drukstukken
from programma.afdruk.namen import alle_namen
from programma.afdruk.opmaak import Gegevens
from programma.bewaard.soort import Bestandsoort, Maak
from programma.inhoud import Uitgave


def _stukken(uitgave: Uitgave, namen: Sequence[str]) -> Iterator[tuple[str, Maak]]:
    """Yield the PDFs that are asked for; what one rests on is read when its turn comes."""
    for naam, gegevens in drukstukken(uitgave, namen):
        yield naam, partial(_zet, gegevens)


def _zet(gegevens: Gegevens, seconden: float) -> bytes:
    return zetten.zet(gegevens, min(zetten.WACHTTIJD, seconden))


PDF = Bestandsoort(zetten.GEZET_MET, alle_namen, _stukken)
