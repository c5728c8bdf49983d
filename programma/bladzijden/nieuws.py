"""What is new, for feed readers, and where everything is, for search engines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programma.bladzijden.antwoord import PUBLIEK
from programma.feed import HOEVEEL, nieuws
from programma.lezing import lees_gemeente
from programma.models import Versie
from programma.pagina import sitemap as sitemap_van
from veiligheid.antwoord import bestand
from veiligheid.kader import oorsprong, vaste_paden


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the last publications as a feed. Two queries."""
    uitgaven = Versie.objects.laatste_uitgaven(HOEVEEL)
    tekst = nieuws(lees_gemeente(uitgaven), uitgaven, oorsprong(request), request.path)
    return bestand(tekst, "application/atom+xml; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Give the addresses of all public pages to search engines: of a document its current version. One query."""
    pagina = sitemap_van(vaste_paden(), Versie.objects.sitemap(), oorsprong(request))
    kaart = render(request, "programma/sitemap.xml", {"pagina": pagina}, content_type="application/xml; charset=utf-8")
    kaart.headers["Cache-Control"] = PUBLIEK
    return kaart
