"""How a page answers: its template, and for how long readers' machines may keep it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PUBLIEK = "public, max-age=60, stale-while-revalidate=600"


def antwoord(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """Return a page; readers' machines may keep it for a minute."""
    pagina = render(request, template, {"demo": settings.DEMO, **context})
    pagina.headers["Cache-Control"] = PUBLIEK
    return pagina
