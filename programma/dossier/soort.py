"""The dossier as a file that is kept with a publication: the last one, because it holds the others."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence

from programma.bewaard.namen import DOSSIER
from programma.bewaard.soort import Bestandsoort, Maak, Mislukt
from programma.dossier import GeenOpmaak, bouw
from programma.inhoud import Uitgave


def _namen(slugs: Iterable[str]) -> list[str]:
    return [DOSSIER]


def _stukken(uitgave: Uitgave, namen: Sequence[str]) -> Iterator[tuple[str, Maak]]:
    def maak(seconden: float) -> bytes:
        """Return the bytes of the dossier. It is not broken off when time is up."""
        try:
            return bouw(uitgave)
        except OSError as fout:
            raise Mislukt("de schijf van de site is vol of niet bereikbaar") from fout
        except GeenOpmaak as fout:
            raise Mislukt("de opmaak van de pagina’s is nog niet klaargezet (manage.py collectstatic)") from fout

    for naam in namen:
        yield naam, maak


DOSSIERS = Bestandsoort(f"python {platform.python_version()}", _namen, _stukken, van_alles=True)
