"""What every request passes: a log line with an id, and the headers that every answer carries."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from veiligheid.foutpagina import foutpagina
from veiligheid.logregels import verzoek_id

logger = logging.getLogger("veiligheid.verzoek")

Antwoorder = Callable[[HttpRequest], HttpResponse]

LANGSTE_LENGTE = 15
VASTE_KOPPEN = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


def verzoeklog(get_response: Antwoorder) -> Antwoorder:
    """Give each request an id and one log line. The query string stays out: it can hold what a person typed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        kenmerk = secrets.token_hex(8)
        bewijs = verzoek_id.set(kenmerk)
        begin = time.perf_counter()
        try:
            antwoord = get_response(request)
            gebruiker = getattr(request, "_cached_user", None)
            logger.info(
                "verzoek",
                extra={
                    "actie": request.method,
                    "object": request.path,
                    "resultaat": antwoord.status_code,
                    "herkomst": request.META.get("REMOTE_ADDR", ""),
                    "wie": getattr(gebruiker, "pk", None) or "publiek",
                    "duur_ms": round((time.perf_counter() - begin) * 1000, 1),
                },
            )
            antwoord.headers["X-Verzoek"] = kenmerk
            return antwoord
        finally:
            verzoek_id.reset(bewijs)

    return middleware


def koppen(get_response: Antwoorder) -> Antwoorder:
    """Set the content security policy and the other fixed headers, and noindex on the demonstration.

    Policy and shape follow Django 6.0's SECURE_CSP; with that release this part can go.
    """
    vast = dict(VASTE_KOPPEN)
    vast["Content-Security-Policy"] = "; ".join(
        f"{richting} {' '.join(bronnen)}" for richting, bronnen in settings.SECURE_CSP.items()
    )
    if settings.DEMO:
        vast["X-Robots-Tag"] = "noindex, nofollow"

    def middleware(request: HttpRequest) -> HttpResponse:
        antwoord = get_response(request)
        for naam, waarde in vast.items():
            antwoord.headers.setdefault(naam, waarde)
        return antwoord

    return middleware


def omvang(get_response: Antwoorder) -> Antwoorder:
    """Refuse a request that is too large (413), or that does not say how large it is (411), before it is read.

    Stands before whatever reads the body: the check on cross-site requests already does.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META:
            return foutpagina(request, HTTPStatus.LENGTH_REQUIRED)
        lengte = request.META.get("CONTENT_LENGTH") or "0"
        if not (lengte.isascii() and lengte.isdigit()):
            return foutpagina(request, HTTPStatus.LENGTH_REQUIRED)
        # Compared by length first: no header is worth converting a number of thousands of digits.
        if len(lengte) > LANGSTE_LENGTE or int(lengte) > settings.GROOTSTE_VERZOEK:
            grens = settings.GROOTSTE_VERZOEK // 2**20
            return foutpagina(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, grens=f"{grens} MB")
        return get_response(request)

    return middleware
