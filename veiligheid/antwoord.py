"""How a public page answers: its template, and for how long readers' machines may keep it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PUBLIEK = "public, max-age=60, stale-while-revalidate=600"
# Under an address that holds the fingerprint of what is there.
VOOR_ALTIJD = "public, max-age=31536000, immutable"


def antwoord(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """Return a page; readers' machines may keep it for a minute."""
    pagina = render(request, template, {"demo": settings.DEMO, **context})
    pagina.headers["Cache-Control"] = PUBLIEK
    return pagina


def bestand(inhoud: bytes | str, soort: str, bewaar: str = PUBLIEK) -> HttpResponse:
    """Return a small file that everybody may have; text is UTF-8."""
    return HttpResponse(inhoud, content_type=soort, headers={"Cache-Control": bewaar})
