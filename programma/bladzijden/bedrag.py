"""The page that says where a figure comes from, and the same for machines."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from programma.bladzijden.antwoord import PUBLIEK, antwoord
from programma.inhoud import Uitgave
from programma.inhoud.opbouw import Bedragstuk
from programma.lezing import lees_bedrag, lees_documentbedrag
from programma.pagina import bedragpagina, gegevens
from programma.pagina.adres import Adres
from programma.raming import tel_op
from programma.tables import Opbouwtabel, Wijzigingtabel


def _stuk(uitgave: Uitgave, programma: str | None, wat: str, kolom: str) -> Bedragstuk:
    stuk = lees_bedrag(uitgave, programma, wat, kolom) if programma else lees_documentbedrag(uitgave, wat, kolom)
    if stuk is None:
        raise Http404
    return stuk


def toon(
    request: HttpRequest, uitgave: Uitgave, adres: Adres, wat: str, kolom: str, programma: str | None = None
) -> HttpResponse:
    """Show where a figure of a programme, or (without `programma`) of the whole document, comes from."""
    stuk = _stuk(uitgave, programma, wat, kolom)
    optelling = tel_op(stuk.cellen)
    wijzigingen = Wijzigingtabel(stuk, optelling)
    return antwoord(
        request,
        "programma/bedrag.html",
        gemeente=stuk.gemeente,
        pagina=bedragpagina(stuk, optelling, adres),
        tabel=Opbouwtabel(stuk, optelling, adres),
        wijzigingen=wijzigingen if wijzigingen.data else None,
        voorbeeld=adres.voorbeeld,
    )


def als_json(
    request: HttpRequest, uitgave: Uitgave, adres: Adres, wat: str, kolom: str, programma: str | None = None
) -> HttpResponse:
    """Give the figure with everything under it as JSON."""
    stuk = _stuk(uitgave, programma, wat, kolom)
    pagina = HttpResponse(gegevens(stuk, tel_op(stuk.cellen)), content_type="application/json; charset=utf-8")
    pagina.headers["Cache-Control"] = PUBLIEK
    return pagina
