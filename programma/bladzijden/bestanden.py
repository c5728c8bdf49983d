"""The files of a document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from programma import uitvoer
from programma.inhoud import Uitgave
from programma.pagina.adres import Adres, bestandsnaam
from veiligheid.exports import csv_antwoord, kenmerk_van, kies_vorm


def begroting_csv(
    request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str | None = None
) -> HttpResponseBase:
    """Give every line of a document, or of one programme."""
    vorm = kies_vorm(request.GET.get("vorm"))
    gevonden = uitvoer.vind_begroting_csv(uitgave, programma, vorm)
    if gevonden is None:
        raise Http404
    naam = f"programma/{programma}/begroting.csv" if programma else "begroting.csv"
    return csv_antwoord(gevonden.stroom, bestandsnaam(uitgave, naam), kenmerk_van(gevonden.sha256, vorm))
