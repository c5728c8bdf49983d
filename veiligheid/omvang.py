"""Middleware for the size of a request: what is too large is refused on its headers, before anything is read."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from veiligheid.foutpagina import foutpagina

Antwoorder = Callable[[HttpRequest], HttpResponseBase]

LANGSTE_LENGTE = 15
# How much, and for how long, is still taken from the line after the refusal, and thrown away.
UITLOOP = 64 * 1024 * 1024
UITLOOPTIJD = 10.0
STILTE = 1.0
BROK = 64 * 1024


def omvang(get_response: Antwoorder) -> Antwoorder:
    """Refuse a request that is too large (413), or that does not say how large it is (411).

    Stands before whatever reads the body: the check on cross-site requests already does.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        lengte = request.META.get("CONTENT_LENGTH") or "0"
        if "HTTP_TRANSFER_ENCODING" in request.META or not (lengte.isascii() and lengte.isdigit()):
            return foutpagina(request, HTTPStatus.LENGTH_REQUIRED)
        # Compared by length first: no header is worth converting a number of thousands of digits.
        if len(lengte) > LANGSTE_LENGTE or int(lengte) > settings.GROOTSTE_VERZOEK:
            grens = f"{settings.GROOTSTE_VERZOEK // 2**20} MB"
            antwoord = foutpagina(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, grens=grens)
            return _met_uitloop(antwoord, request)
        return get_response(request)

    return middleware


def _met_uitloop(antwoord: HttpResponse, request: HttpRequest) -> HttpResponseBase:
    """Return the answer so that a browser gets to see it.

    A browser goes on sending whatever the answer is. When the server closes the line meanwhile, it shows "connection
    reset" and not our page. So the page goes out first, and then what still arrives is thrown away, within limits.
    """
    lijn = request.META.get("gunicorn.socket")
    if lijn is None:
        return antwoord
    stroom = StreamingHttpResponse(_pagina_dan_rest(antwoord.content, lijn), status=antwoord.status_code)
    for naam, waarde in antwoord.headers.items():
        stroom.headers[naam] = waarde
    stroom.headers["Content-Length"] = str(len(antwoord.content))
    return stroom


def _pagina_dan_rest(pagina: bytes, lijn: Any) -> Iterator[bytes]:
    """Yield the page, then read the line empty: until it is silent for a moment, or it has been enough."""
    yield pagina
    einde = time.monotonic() + UITLOOPTIJD
    gelezen = 0
    with contextlib.suppress(OSError), selectors.DefaultSelector() as wachter:
        wachter.register(lijn, selectors.EVENT_READ)
        while gelezen < UITLOOP and time.monotonic() < einde and wachter.select(STILTE):
            brok = lijn.recv(BROK)
            if not brok:
                return
            gelezen += len(brok)
        # What still comes belongs to this request: it must not be taken for the next one.
        lijn.shutdown(socket.SHUT_RD)
