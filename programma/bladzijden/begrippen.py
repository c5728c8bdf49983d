"""The glossary."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programma.bladzijden.antwoord import antwoord
from programma.lezing import gemeentenaam
from programma.pagina import begrippenpagina


@require_safe
def toon(request: HttpRequest) -> HttpResponse:
    """Show the words of the budget and what they mean."""
    gemeente = gemeentenaam()
    return antwoord(request, "programma/begrippen.html", gemeente=gemeente, pagina=begrippenpagina(gemeente))
