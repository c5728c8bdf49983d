"""publicaties.csv: the chain of publications, with everything that its anchors are computed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from programma import vingerafdruk
from programma.dossier.inhoud import moment_utc
from programma.inhoud import Uitgave
from programma.models import Gebeurtenis, Schakel, Versie

KOP = ("document", "versie", "controlesom", "peilmoment", "historiekop", "vorig_anker", "anker")


def publicaties(uitgave: Uitgave) -> Iterator[Sequence[object]]:
    """Yield the header and then every publication up to this one; of a concept, every publication so far."""
    yield KOP
    vorig = ""
    for versie in Versie.objects.exclude(anker="").select_related("document").order_by("gepubliceerd_op", "pk"):
        if versie.peilmoment is None:
            raise ValueError(f"version {versie.pk} is published without a peilmoment")
        kop = historiekop(versie, vorig)
        peilmoment = moment_utc(versie.peilmoment)
        yield (versie.document.slug, versie.nummer, versie.controlesom, peilmoment, kop, vorig, versie.anker)
        vorig = versie.anker
        if versie.pk == uitgave.versie_id:
            return


def historiekop(versie: Versie, vorig: str) -> str:
    """Return the head of the history that is in the anchor of a publication; "" before there was a history.

    When none of the heads before it gives its anchor, the last one is returned: then the anchor does not hold, and
    whoever computes it finds that.
    """
    eigen = Gebeurtenis.objects.publicatie(versie.pk)
    if eigen is None or versie.peilmoment is None:
        return ""
    koppen = Schakel.objects.filter(laatste__lt=eigen).order_by("-pk")
    laatste = ""
    for schakel in koppen.iterator():
        laatste = laatste or str(schakel)
        if vingerafdruk.anker(vorig, versie.controlesom, versie.peilmoment, str(schakel)) == versie.anker:
            return str(schakel)
    return laatste
