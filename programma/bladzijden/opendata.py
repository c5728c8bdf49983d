"""The files that there are, what is in them, and how to check them."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from programma.bladzijden.antwoord import antwoord
from programma.lezing import lees_gemeente
from programma.models import Versie
from programma.pagina import ankerrijen, opendatapagina
from programma.uitvoer import BEGROTING_SCHEMA
from veiligheid.antwoord import bestand
from veiligheid.exports import kies_vorm, tabel_antwoord
from veiligheid.inrichting import LICENTIES
from veiligheid.kader import oorsprong


@require_safe
def toon(request: HttpRequest) -> HttpResponse:
    """Show which files there are, what is in them, and how to cite and check them. Four queries."""
    uitgaven = Versie.objects.alle_uitgaven()
    rijen = Versie.objects.bestanden([uitgave.versie_id for uitgave in uitgaven])
    gemeente = lees_gemeente(uitgaven)
    return antwoord(
        request,
        "programma/open_data.html",
        gemeente=gemeente,
        pagina=opendatapagina(gemeente, uitgaven, rijen, oorsprong(request), Versie.objects.ankers()),
        licentie=LICENTIES.get(settings.DATA_LICENTIE),
    )


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Give what begroting.json looks like, for machines (JSON Schema). No query."""
    tekst = json.dumps(BEGROTING_SCHEMA, ensure_ascii=False, indent=2) + "\n"
    return bestand(tekst, "application/schema+json; charset=utf-8")


@require_safe
def ankers_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the chain of publications: what is needed to compute every anchor again. One query.

    A new publication adds a row at the end; no row ever changes.
    """
    vorm = kies_vorm(request.GET.get("vorm"))
    return tabel_antwoord(ankerrijen(Versie.objects.ankers()), vorm, "ankers.csv")
