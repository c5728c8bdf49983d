"""The home page: what is published, with the current budget on top."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programma.bladzijden.antwoord import antwoord
from programma.lezing import lees_home
from programma.models import Versie
from programma.pagina import homepagina


@require_safe
def toon(request: HttpRequest) -> HttpResponse:
    """Show what is published, with the current budget on top."""
    stuk = lees_home(Versie.objects.huidige_uitgaven())
    return antwoord(request, "programma/home.html", gemeente=stuk.gemeente, pagina=homepagina(stuk))
