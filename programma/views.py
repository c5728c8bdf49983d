"""The public pages: which version an address names. They ignore who asks; a concept does not exist here."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programma.bladzijden import Toon
from programma.bladzijden.antwoord import PUBLIEK, antwoord
from programma.feed import HOEVEEL, nieuws
from programma.lezing import lees_gemeente, lees_home
from programma.models import Versie
from programma.pagina import actueel, homepagina, opendatapagina, vast
from programma.pagina import sitemap as sitemap_van
from programma.raming import tel_op
from veiligheid.antwoord import bestand
from veiligheid.foutpagina import foutpagina
from veiligheid.inrichting import LICENTIES
from veiligheid.kader import oorsprong, vaste_paden


def bladzijde(view: Toon) -> Toon:
    """Find the public version that the address names; a withdrawn one answers 410, a concept 404 like any other.

    The view gets the version and its address: pages under /versie/<n>/ keep their links inside that version.
    """

    @require_safe
    @wraps(view)
    def gevonden(request: HttpRequest, document: str, nummer: int | None = None, **rest: Any) -> HttpResponseBase:
        uitgave = Versie.objects.uitgave(document, nummer)
        if uitgave is None:
            raise Http404
        if uitgave.status == Versie.Status.INGETROKKEN:
            return foutpagina(request, HTTPStatus.GONE, reden=uitgave.reden, titel=uitgave.titel)
        adres = actueel(uitgave) if nummer is None else vast(uitgave)
        return view(request, uitgave, adres, **rest)

    return gevonden


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is published, with the current budget on top."""
    uitgaven = Versie.objects.huidige_uitgaven()
    gemeente, huidig = lees_home(uitgaven)
    optelling = tel_op(huidig.cellen) if huidig else None
    pagina = homepagina(gemeente, uitgaven, huidig, optelling)
    return antwoord(request, "programma/home.html", gemeente=gemeente, pagina=pagina)


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
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
def nieuw(request: HttpRequest) -> HttpResponse:
    """Give the last publications as a feed. Two queries."""
    uitgaven = Versie.objects.laatste_uitgaven(HOEVEEL)
    feed = nieuws(lees_gemeente(uitgaven), uitgaven, oorsprong(request), request.path)
    return bestand(feed, "application/atom+xml; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Give the addresses of all public pages to search engines: of a document its current version. One query."""
    pagina = sitemap_van(vaste_paden(), Versie.objects.sitemap(), oorsprong(request))
    kaart = render(request, "programma/sitemap.xml", {"pagina": pagina}, content_type="application/xml; charset=utf-8")
    kaart.headers["Cache-Control"] = PUBLIEK
    return kaart
