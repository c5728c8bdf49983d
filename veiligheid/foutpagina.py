"""The page that a reader gets instead of what was asked: plain Dutch, no database needed."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def foutpagina(request: HttpRequest, status: HTTPStatus, **context: object) -> HttpResponse:
    """Return the page of this status (templates/<status>.html), never kept by a cache."""
    context["demo"] = settings.DEMO
    antwoord = render(request, f"{status.value}.html", context, status=status)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord
