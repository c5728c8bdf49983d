"""Middleware for what a reader already has: a fingerprint on what is public, and 304 when it is still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags

Antwoorder = Callable[[HttpRequest], HttpResponseBase]

# Headers that describe the body, which a 304 does not have.
VAN_DE_INHOUD = {"Content-Type", "Content-Length", "Content-Disposition", "Content-Encoding"}


def etag(get_response: Antwoorder) -> Antwoorder:
    """Give each public answer an ETag, and answer 304 to who has that one. What is not public is left alone.

    A page is a pure function of what is published, so the hash of its bytes stays the same until it changes. A stream
    carries the ETag that its view gave it (a stored sha256): then nothing has been computed yet, and nothing will be.
    Django's own middleware gives no ETag to HEAD, and drops the other headers of a 304.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        antwoord = get_response(request)
        if request.method not in {"GET", "HEAD"} or antwoord.status_code != HTTPStatus.OK:
            return antwoord
        if "public" not in antwoord.headers.get("Cache-Control", "") or antwoord.has_header("Set-Cookie"):
            return antwoord
        if isinstance(antwoord, HttpResponse) and not antwoord.has_header("ETag"):
            antwoord.headers["ETag"] = f'"{hashlib.sha256(antwoord.content).hexdigest()[:32]}"'
        return _niet_veranderd(antwoord) if _heeft_al(request, antwoord) else antwoord

    return middleware


def _heeft_al(request: HttpRequest, antwoord: HttpResponseBase) -> bool:
    """Return whether If-None-Match names this ETag; weak or strong is all one here (RFC 9110, 13.1.2)."""
    eigen = antwoord.headers.get("ETag", "")
    gevraagd = parse_etags(request.headers.get("If-None-Match", ""))
    return bool(eigen) and any(kenmerk == "*" or kenmerk.removeprefix("W/") == eigen for kenmerk in gevraagd)


def _niet_veranderd(antwoord: HttpResponseBase) -> HttpResponse:
    leeg = HttpResponseNotModified()
    for naam, waarde in antwoord.headers.items():
        if naam not in VAN_DE_INHOUD:
            leeg.headers[naam] = waarde
    return leeg
