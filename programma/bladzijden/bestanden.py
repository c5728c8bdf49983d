"""The files of a document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from programma import uitvoer
from programma.inhoud import Uitgave
from programma.pagina.adres import Adres
from veiligheid.exports import csv_antwoord, kies_vorm


def begroting_csv(
    request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str | None = None
) -> HttpResponseBase:
    """Give every line of a document, or of one programme."""
    stroom = uitvoer.begroting_csv(uitgave, programma, kies_vorm(request.GET.get("vorm")))
    if stroom is None:
        raise Http404
    naam = "-".join(deel for deel in (uitgave.document_slug, f"v{uitgave.nummer}", programma, "begroting") if deel)
    return csv_antwoord(stroom, f"{naam}.csv")
