"""The files of a document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from programma import uitvoer
from programma.afdruk.namen import AANSLUITING, DOCUMENT, programmanaam
from programma.bladzijden.antwoord import PUBLIEK
from programma.inhoud import Uitgave
from programma.models import Bestandinhoud
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


def pdf(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str | None = None) -> HttpResponse:
    """Give a document, or one programme, in print. It was made soon after publication; before that it is not there."""
    return _bewaard(uitgave, programmanaam(programma) if programma else DOCUMENT)


def aansluiting_pdf(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Give the reconciliation in print, as it was at the publication."""
    return _bewaard(uitgave, AANSLUITING)


def _bewaard(uitgave: Uitgave, naam: str) -> HttpResponse:
    """Give a PDF whose bytes are kept; 404 when it was not made yet."""
    inhoud = Bestandinhoud.objects.filter(bestand__versie=uitgave.versie_id, bestand__naam=naam)
    bewaard = inhoud.values_list("inhoud", flat=True).first()
    if bewaard is None:
        raise Http404
    antwoord = HttpResponse(bytes(bewaard), content_type="application/pdf")
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{bestandsnaam(uitgave, naam)}"'
    antwoord.headers["Cache-Control"] = PUBLIEK
    return antwoord
