"""The files that there are, what is in them, and how to check them."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programma.bladzijden.antwoord import antwoord
from programma.lezing import lees_gemeente
from programma.models import Versie
from programma.pagina import opendatapagina
from programma.uitvoer import BEGROTING_SCHEMA
from veiligheid.antwoord import bestand
from veiligheid.inrichting import LICENTIES
from veiligheid.kader import oorsprong


@require_safe
def toon(request: HttpRequest) -> HttpResponse:
    """Show which files there are, what is in them, and how to cite and check them. Three queries."""
    uitgaven = Versie.objects.alle_uitgaven()
    rijen = Versie.objects.bestanden([uitgave.versie_id for uitgave in uitgaven])
    gemeente = lees_gemeente(uitgaven)
    return antwoord(
        request,
        "programma/open_data.html",
        gemeente=gemeente,
        pagina=opendatapagina(gemeente, uitgaven, rijen, oorsprong(request)),
        licentie=LICENTIES.get(settings.DATA_LICENTIE),
    )


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Give what begroting.json looks like, for machines (JSON Schema). No query."""
    tekst = json.dumps(BEGROTING_SCHEMA, ensure_ascii=False, indent=2) + "\n"
    return bestand(tekst, "application/schema+json; charset=utf-8")
