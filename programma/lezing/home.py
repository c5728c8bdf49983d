"""Reading what the home page shows."""

from __future__ import annotations

from django.conf import settings

from programma.inhoud import Documentstuk, Uitgave
from programma.lezing.document import lees_document
from programma.lezing.gemeente import gemeente_op, moment_van


def lees_home(uitgaven: list[Uitgave]) -> tuple[str, Documentstuk | None]:
    """Return the municipality's name and the budget to show on top: the newest of the published ones. Two queries.

    The name is the one that the newest publication shows; before the first publication it is the code.
    """
    begrotingen = [uitgave for uitgave in uitgaven if uitgave.document_soort == "begroting"]
    if begrotingen:
        stuk = lees_document(begrotingen[0])
        return stuk.gemeente, stuk
    if uitgaven:
        return gemeente_op(moment_van(uitgaven[0]))[1], None
    return settings.GEMEENTE, None
