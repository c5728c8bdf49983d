"""publicaties.csv: the chain of publications, with everything that its anchors are computed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from programma.dossier.inhoud import moment_utc
from programma.inhoud import Uitgave
from programma.models import Versie

KOP = ("document", "versie", "controlesom", "peilmoment", "historiekop", "vorig_anker", "anker")


def publicaties(uitgave: Uitgave) -> Iterator[Sequence[object]]:
    """Yield the header and then every publication up to this one; of a concept, every publication so far. One query."""
    yield KOP
    for rij in Versie.objects.ankers():
        peilmoment = moment_utc(rij.peilmoment)
        yield rij.document, rij.versie, rij.controlesom, peilmoment, rij.historiekop, rij.vorig, rij.anker
        if (rij.document, rij.versie) == (uitgave.document_slug, uitgave.nummer):
            return
