"""The public pages: which version an address names. They ignore who asks; a concept does not exist here."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from programma.bladzijden import Toon
from programma.bladzijden import vergelijken as vergelijkbladzijde
from programma.bladzijden.antwoord import antwoord
from programma.lezing import gemeentenaam, lees_home, lees_zoeken
from programma.models import Versie
from programma.pagina import actueel, begrippenpagina, homepagina, vast, zoekpagina
from programma.zoeken.groep import lees_groep
from programma.zoeken.vraag import lees_getal, lees_vraag
from veiligheid.foutpagina import foutpagina


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
    stuk = lees_home(Versie.objects.huidige_uitgaven())
    return antwoord(request, "programma/home.html", gemeente=stuk.gemeente, pagina=homepagina(stuk))


@require_safe
def vergelijken(request: HttpRequest) -> HttpResponseBase:
    """Show any two published versions side by side."""
    return vergelijkbladzijde.toon(request)


@require_safe
def verschil_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the amounts in which any two published versions differ."""
    return vergelijkbladzijde.csv(request)


@require_safe
def zoeken(request: HttpRequest) -> HttpResponse:
    """Show what answers a question, among what is published now. What makes no sense is not chosen."""
    vraag = lees_vraag(request.GET.get("q"))
    jaar, blad = lees_getal(request.GET.get("jaar")), lees_getal(request.GET.get("p"))
    gemeente, gevonden = lees_zoeken(vraag, lees_groep(request.GET.get("soort")), jaar, blad or 1)
    return antwoord(request, "programma/zoeken.html", gemeente=gemeente, pagina=zoekpagina(gemeente, gevonden))


@require_safe
def begrippen(request: HttpRequest) -> HttpResponse:
    """Show the words of the budget and what they mean."""
    gemeente = gemeentenaam()
    return antwoord(request, "programma/begrippen.html", gemeente=gemeente, pagina=begrippenpagina(gemeente))
