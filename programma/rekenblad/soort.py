"""The workbooks as files that are kept with a publication."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import IO

from django.conf import settings

from programma.bewaard.namen import BEGROTING, NAREKENEN
from programma.bewaard.soort import Bestandsoort, Maak, Mislukt
from programma.inhoud import Uitgave
from programma.rekenblad.begroting import schrijf_begroting
from programma.rekenblad.narekenen import schrijf_narekenen
from veiligheid.werkmap import TeVeel

Schrijf = Callable[[Uitgave, IO[bytes]], None]
SCHRIJVERS: dict[str, Schrijf] = {BEGROTING: schrijf_begroting, NAREKENEN: schrijf_narekenen}


def _namen(slugs: Iterable[str]) -> list[str]:
    return list(SCHRIJVERS)


def _stukken(uitgave: Uitgave, namen: Sequence[str]) -> Iterator[tuple[str, Maak]]:
    for naam in namen:
        yield naam, partial(_maak, SCHRIJVERS[naam], uitgave)


def _maak(schrijf: Schrijf, uitgave: Uitgave, seconden: float) -> bytes:
    """Return the bytes of a workbook. It is not broken off when time is up: a large one takes seconds."""
    try:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.VAR) as doel:
            schrijf(uitgave, doel)
            doel.seek(0)
            return doel.read()
    except TeVeel as fout:
        raise Mislukt(str(fout)) from fout
    except OSError as fout:
        raise Mislukt("de schijf van de site is vol of niet bereikbaar") from fout


REKENBLADEN = Bestandsoort(f"xlsxwriter {version('xlsxwriter')}", _namen, _stukken)
