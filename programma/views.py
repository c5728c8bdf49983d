"""The public pages: find, compute, show. They ignore who asks; a concept does not exist here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicatoren.tables import Indicatortabel
from programma import uitvoer
from programma.inhoud import Programmastuk, Uitgave
from programma.lezing import lees_document, lees_home, lees_programma
from programma.models import Versie
from programma.pagina import actueel, documentpagina, homepagina, kies, programmapagina, vast
from programma.pagina.adres import Adres
from programma.raming import tel_op
from programma.tables import Programmatabel, Ramingtabel
from veiligheid.exports import csv_antwoord, kies_vorm, tabel_csv_bytes
from veiligheid.foutpagina import foutpagina

PUBLIEK = "public, max-age=60, stale-while-revalidate=600"

Bladzijde = Callable[..., HttpResponseBase]


def bladzijde(view: Bladzijde) -> Bladzijde:
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


def _toon(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    antwoord = render(request, template, {"demo": settings.DEMO, **context})
    antwoord.headers["Cache-Control"] = PUBLIEK
    return antwoord


def _programma(uitgave: Uitgave, slug: str) -> Programmastuk:
    stuk = lees_programma(uitgave, slug)
    if stuk is None:
        raise Http404
    return stuk


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is published, with the current budget on top."""
    uitgaven = Versie.objects.huidige_uitgaven()
    gemeente, huidig = lees_home(uitgaven)
    optelling = tel_op(huidig.cellen) if huidig else None
    pagina = homepagina(gemeente, uitgaven, huidig, optelling)
    return _toon(request, "programma/home.html", gemeente=gemeente, pagina=pagina)


@bladzijde
def document(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Show a document as a whole."""
    stuk = lees_document(uitgave)
    optelling = tel_op(stuk.cellen)
    pagina = documentpagina(stuk, optelling, adres)
    tabel = Programmatabel(stuk, optelling, adres)
    return _toon(request, "programma/document.html", gemeente=stuk.gemeente, pagina=pagina, tabel=tabel)


@bladzijde
def programma(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str) -> HttpResponse:
    """Show a programme: what it does, what it costs, and how both were checked."""
    stuk = _programma(uitgave, programma)
    keuze = kies(request.GET.get("bedragen"), request.GET.get("jaren"), stuk.kolommen, stuk.inwoners)
    optelling = tel_op(stuk.cellen)
    pagina = programmapagina(stuk, keuze, optelling, adres)
    return _toon(
        request,
        "programma/programma.html",
        gemeente=stuk.gemeente,
        pagina=pagina,
        tabel=Ramingtabel(stuk, keuze, optelling),
        indicatortabel=Indicatortabel(stuk.reeksen) if stuk.reeksen else None,
    )


@bladzijde
def tabel_csv(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str) -> HttpResponseBase:
    """Give the money table as shown, totals included, with exact amounts."""
    stuk = _programma(uitgave, programma)
    keuze = kies(request.GET.get("bedragen"), request.GET.get("jaren"), stuk.kolommen, stuk.inwoners)
    rijen = Ramingtabel(stuk, keuze, tel_op(stuk.cellen)).as_values()
    stroom = tabel_csv_bytes(rijen, kies_vorm(request.GET.get("vorm")))
    return csv_antwoord(stroom, f"{uitgave.document_slug}-{programma}-tabel.csv")


@bladzijde
def begroting_csv(
    request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str | None = None
) -> HttpResponseBase:
    """Give every line of a document, or of one programme."""
    stroom = uitvoer.begroting_csv(uitgave, programma, kies_vorm(request.GET.get("vorm")))
    if stroom is None:
        raise Http404
    naam = "-".join(deel for deel in (uitgave.document_slug, f"v{uitgave.nummer}", programma, "begroting") if deel)
    return csv_antwoord(stroom, f"{naam}.csv")
