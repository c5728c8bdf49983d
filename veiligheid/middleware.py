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

# All that a browser with pages and forms sends; no address of the site knows another method.
METHODEN = ("GET", "HEAD", "POST")
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
    # Django's middleware for this one stands further in: what is refused before it would go without.
    vast = {**VASTE_KOPPEN, "X-Frame-Options": settings.X_FRAME_OPTIONS}
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


def methode(get_response: Antwoorder) -> Antwoorder:
    """Refuse a method that no address knows, before anything looks at it; and give each refusal its page (405)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        toegestaan = ", ".join(METHODEN)
        if request.method in METHODEN:
            antwoord = get_response(request)
            if antwoord.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
                return antwoord
            toegestaan = antwoord.headers.get("Allow", toegestaan)
        pagina = foutpagina(request, HTTPStatus.METHOD_NOT_ALLOWED)
        pagina.headers["Allow"] = toegestaan
        return pagina

    return middleware
