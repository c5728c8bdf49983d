"""The kinds of files that a publication has, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterable

from programma.afdruk.soort import PDF
from programma.bewaard.soort import Bestandsoort
from programma.dossier.soort import DOSSIERS
from programma.rekenblad.soort import REKENBLADEN

SOORTEN: tuple[Bestandsoort, ...] = (
    PDF,
    REKENBLADEN,
    # Last: what is made of all files before it.
    DOSSIERS,
)


def alle_namen(slugs: Iterable[str]) -> list[str]:
    """Return the names of all files of a version with these programmes, in the order in which they are made."""
    rij = list(slugs)
    return [naam for soort in SOORTEN for naam in soort.namen(rij)]
