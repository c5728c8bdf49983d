"""The pages of a version, whoever may see them: compute, show. Which version it is, was found before.

Readers come here through `programma.views`, colleagues with a preview through `programma.admin.voorbeeld`: what
both see is the same.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from indicatoren.tables import Indicatortabel
from programma import uitvoer
from programma.inhoud import Programmastuk, Uitgave
from programma.lezing import lees_document, lees_programma
from programma.pagina import documentpagina, kies, programmapagina
from programma.pagina.adres import Adres
from programma.raming import tel_op
from programma.tables import Programmatabel, Ramingtabel
from veiligheid.exports import csv_antwoord, kies_vorm, tabel_csv_bytes

PUBLIEK = "public, max-age=60, stale-while-revalidate=600"


def toon(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """Return a page; readers' machines may keep it for a minute."""
    antwoord = render(request, template, {"demo": settings.DEMO, **context})
    antwoord.headers["Cache-Control"] = PUBLIEK
    return antwoord


def _programma(uitgave: Uitgave, slug: str) -> Programmastuk:
    stuk = lees_programma(uitgave, slug)
    if stuk is None:
        raise Http404
    return stuk


def document(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Show a document as a whole."""
    stuk = lees_document(uitgave)
    optelling = tel_op(stuk.cellen)
    pagina = documentpagina(stuk, optelling, adres)
    tabel = Programmatabel(stuk, optelling, adres)
    return toon(
        request,
        "programma/document.html",
        gemeente=stuk.gemeente,
        pagina=pagina,
        tabel=tabel,
        voorbeeld=adres.voorbeeld,
    )


def programma(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str) -> HttpResponse:
    """Show a programme: what it does, what it costs, and how both were checked."""
    stuk = _programma(uitgave, programma)
    keuze = kies(request.GET.get("bedragen"), request.GET.get("jaren"), stuk.kolommen, stuk.inwoners)
    optelling = tel_op(stuk.cellen)
    pagina = programmapagina(stuk, keuze, optelling, adres)
    return toon(
        request,
        "programma/programma.html",
        gemeente=stuk.gemeente,
        pagina=pagina,
        tabel=Ramingtabel(stuk, keuze, optelling),
        indicatortabel=Indicatortabel(stuk.reeksen) if stuk.reeksen else None,
        voorbeeld=adres.voorbeeld,
    )


def tabel_csv(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str) -> HttpResponseBase:
    """Give the money table as shown, totals included, with exact amounts."""
    stuk = _programma(uitgave, programma)
    keuze = kies(request.GET.get("bedragen"), request.GET.get("jaren"), stuk.kolommen, stuk.inwoners)
    rijen = Ramingtabel(stuk, keuze, tel_op(stuk.cellen)).as_values()
    stroom = tabel_csv_bytes(rijen, kies_vorm(request.GET.get("vorm")))
    return csv_antwoord(stroom, f"{uitgave.document_slug}-{programma}-tabel.csv")


def begroting_csv(
    request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str | None = None
) -> HttpResponseBase:
    """Give every line of a document, or of one programme."""
    stroom = uitvoer.begroting_csv(uitgave, programma, kies_vorm(request.GET.get("vorm")))
    if stroom is None:
        raise Http404
    naam = "-".join(deel for deel in (uitgave.document_slug, f"v{uitgave.nummer}", programma, "begroting") if deel)
    return csv_antwoord(stroom, f"{naam}.csv")
