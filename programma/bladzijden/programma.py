"""The page of a programme, and its money table as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from indicatoren.tables import Indicatortabel
from programma.bladzijden.antwoord import antwoord
from programma.inhoud import Programmastuk, Uitgave
from programma.lezing import lees_programma
from programma.pagina import Keuze, kies, programmapagina
from programma.pagina.adres import Adres
from programma.raming import tel_op
from programma.tables import Ramingtabel
from veiligheid.exports import kies_vorm, tabel_antwoord


def _stuk(uitgave: Uitgave, slug: str) -> Programmastuk:
    stuk = lees_programma(uitgave, slug)
    if stuk is None:
        raise Http404
    return stuk


def keuze_uit(request: HttpRequest, stuk: Programmastuk) -> Keuze:
    """Return how the reader wants to see the money table."""
    vraag = request.GET
    return kies(vraag.get("bedragen"), vraag.get("jaren"), stuk.kolommen, stuk.inwoners, vraag.get("herkomst"))


def toon(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str) -> HttpResponse:
    """Show a programme: what it does, what it costs, and how both were checked."""
    stuk = _stuk(uitgave, programma)
    keuze = keuze_uit(request, stuk)
    optelling = tel_op(stuk.cellen)
    return antwoord(
        request,
        "programma/programma.html",
        gemeente=stuk.gemeente,
        pagina=programmapagina(stuk, keuze, optelling, adres),
        tabel=Ramingtabel(stuk, keuze, optelling, adres),
        indicatortabel=Indicatortabel(stuk.reeksen, adres.indicator) if stuk.reeksen else None,
        voorbeeld=adres.voorbeeld,
    )


def tabel_csv(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str) -> HttpResponseBase:
    """Give the money table as shown, totals included, with exact amounts."""
    stuk = _stuk(uitgave, programma)
    keuze = keuze_uit(request, stuk)
    rijen = Ramingtabel(stuk, keuze, tel_op(stuk.cellen)).as_values()
    return tabel_antwoord(rijen, kies_vorm(request.GET.get("vorm")), f"{uitgave.document_slug}-{programma}-tabel.csv")
