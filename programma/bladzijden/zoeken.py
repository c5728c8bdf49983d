"""The search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programma.bladzijden.antwoord import antwoord
from programma.lezing import lees_zoeken
from programma.pagina import zoekpagina
from programma.zoeken.groep import lees_groep
from programma.zoeken.vraag import lees_getal, lees_vraag


@require_safe
def toon(request: HttpRequest) -> HttpResponse:
    """Show what answers a question, among what is published now. What makes no sense is not chosen."""
    vraag = lees_vraag(request.GET.get("q"))
    jaar, blad = lees_getal(request.GET.get("jaar")), lees_getal(request.GET.get("p"))
    gemeente, gevonden = lees_zoeken(vraag, lees_groep(request.GET.get("soort")), jaar, blad or 1)
    return antwoord(request, "programma/zoeken.html", gemeente=gemeente, pagina=zoekpagina(gemeente, gevonden))
