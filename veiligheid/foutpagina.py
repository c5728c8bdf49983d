"""The page that a reader gets instead of what was asked: plain Dutch, no database needed."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veiligheid.aanmelden.poort import BEHEER

# What is not there may come in a moment: a publication is seen within seconds, also behind somebody else's cache.
KORT = "public, max-age=5"
KORT_BEWAARD = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def foutpagina(request: HttpRequest, status: HTTPStatus, sjabloon: str = "", **context: object) -> HttpResponse:
    """Return the page of this status (templates/<status>.html, or the one that is named).

    It says nothing of the address that was asked for, so that what may not be known cannot show in it.
    """
    context |= {"demo": settings.DEMO, "fout": status.value, "contact": settings.CONTACT_MAIL}
    antwoord = render(request, sjabloon or f"{status.value}.html", context, status=status)
    publiek = status in KORT_BEWAARD and request.method in {"GET", "HEAD"} and not request.path.startswith(BEHEER)
    antwoord.headers["Cache-Control"] = KORT if publiek else "no-store"
    return antwoord


KWARTIER = 15 * 60


def te_vaak(request: HttpRequest) -> HttpResponse:
    """Return the page for who tried too often: in a quarter of an hour they can try again."""
    antwoord = foutpagina(request, HTTPStatus.TOO_MANY_REQUESTS)
    antwoord.headers["Retry-After"] = str(KWARTIER)
    return antwoord
