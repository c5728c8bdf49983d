"""The page that a reader gets instead of what was asked: plain Dutch, no database needed."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def foutpagina(request: HttpRequest, status: HTTPStatus, sjabloon: str = "", **context: object) -> HttpResponse:
    """Return the page of this status (templates/<status>.html, or the one that is named), never kept by a cache."""
    context["demo"] = settings.DEMO
    antwoord = render(request, sjabloon or f"{status.value}.html", context, status=status)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


KWARTIER = 15 * 60


def te_vaak(request: HttpRequest) -> HttpResponse:
    """Return the page for who tried too often: in a quarter of an hour they can try again."""
    antwoord = foutpagina(request, HTTPStatus.TOO_MANY_REQUESTS)
    antwoord.headers["Retry-After"] = str(KWARTIER)
    return antwoord
