"""Reading a document whole."""

from __future__ import annotations

from programma.inhoud import Documentstuk, Uitgave
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Versie


def lees_document(uitgave: Uitgave) -> Documentstuk:
    """Return everything that the page of a document rests on. Two queries."""
    inhoud = Versie.objects.documentinhoud(uitgave.versie_id)
    _, gemeente, inwoners = gemeente_op(moment_van(uitgave))
    return Documentstuk(
        gemeente=gemeente,
        uitgave=uitgave,
        programmas=inhoud.programmas,
        kolommen=inhoud.kolommen,
        cellen=inhoud.cellen,
        gedrukt=inhoud.gedrukt,
        inwoners=inwoners,
        bestanden=inhoud.bestanden,
        bronnen=inhoud.bronnen,
        taakvelden=inhoud.taakvelden,
    )
