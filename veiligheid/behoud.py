"""What was typed is not lost when a form cannot be taken in: the answer carries it along, to be sent once more.

Three things can stand between a form in the admin and its save: the session is over, the form is older than the last
login (its CSRF token has changed since), or the database is out of reach. The answer is then a page without script:
the posted fields, hidden, in a form to the same address, with a fresh token. Sent again, it is a save as any other:
what was seen travels along, signed, so a colleague's change meanwhile still gives a conflict.

Only a post that comes from a page of our own gets this answer. Another site could otherwise let a visitor's browser
post something to us and get it back with a valid token, one press of a button away from being stored
(docs/besluiten/0008).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve, reverse

from veiligheid.aanmelden.poort import BEHEER
from veiligheid.foutpagina import foutpagina

# The field that says who was logged in when the form was filled in; signed, and no part of what was typed.
INGEVULD_DOOR = "ingevuld_door"
# What a form is sent with, and nobody typed: the same form, sent again, has another of these.
BIJWERK = frozenset({"csrfmiddlewaretoken", INGEVULD_DOOR})
ZOUT = "veiligheid.behoud"
MULTIPART = "multipart/form-data"
# Where somebody is sent who may not come in yet, and where that leads in the end.
DEUREN = {"admin:login": "account_login", "account_login": "account_login", "mfa_index": "mfa_index"}
# A restart takes seconds.
WACHTTIJD = 30

Antwoorder = Callable[[HttpRequest], HttpResponse]


def van_onszelf(request: HttpRequest) -> bool:
    """Return whether a browser says that a page of our own sent this. Scripts of others cannot set these headers."""
    oorsprong, plaats = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if oorsprong is None and plaats is None:
        return False
    return oorsprong in {None, f"{request.scheme}://{request.get_host()}"} and plaats in {None, "same-origin"}


def _geheim(request: HttpRequest) -> bool:
    """Return whether a form may hold a secret: everything about logging in, and every form with a password in it."""
    buiten = (reverse("admin:login"), reverse("admin:logout"), reverse("admin:password_change"))
    if request.path.startswith(reverse("account_login")) or request.path in buiten:
        return True
    return any("password" in naam.lower() or "wachtwoord" in naam.lower() for naam in request.POST)


def behoudbaar(request: HttpRequest) -> bool:
    """Return whether this is a form whose fields may come back in a page."""
    if request.method != "POST" or not request.path.startswith(BEHEER) or not van_onszelf(request):
        return False
    try:
        return bool(request.POST) and not _geheim(request)
    except (SuspiciousOperation, MultiPartParserError, OSError):
        # Too large, malformed or broken off: there is nothing to give back. Asked once more, such a post is empty.
        return False


def _ingevuld_door(request: HttpRequest, wie: Any) -> dict[str, Any] | None:
    """Return who filled in the form: as an earlier page of this kind signed it, or who is known now; else None."""
    try:
        eerder: dict[str, Any] = signing.loads(request.POST.get(INGEVULD_DOOR, ""), salt=ZOUT)
    except signing.BadSignature:
        return {"pk": wie.pk, "naam": wie.get_username()} if wie is not None and wie.is_authenticated else None
    return eerder


def _pagina(request: HttpRequest, status: HTTPStatus, wie: Any, **context: Any) -> HttpResponse:
    """Return the page with the fields of this post, each value once; `wie` is who was logged in, None when unknown."""
    door = _ingevuld_door(request, wie)
    velden = [(naam, waarde) for naam, waarden in request.POST.lists() if naam not in BIJWERK for waarde in waarden]
    if door:
        velden.append((INGEVULD_DOOR, signing.dumps(door, salt=ZOUT)))
    return foutpagina(
        request,
        status,
        "behoud.html",
        velden=velden,
        door=door,
        adres=request.get_full_path(),
        # As it came: what fitted in this form of sending fits in it again.
        soort=MULTIPART if request.content_type == MULTIPART else "application/x-www-form-urlencoded",
        bestand=bool(request.FILES),
        **context,
    )


def niet_aangemeld(request: HttpRequest, wie: Any, deur: str = "account_login") -> HttpResponse:
    """Return the page for a form that came without a session (403): first log in, or set up the second step.

    Not 401: that must name a way to authenticate by header, which this site has not, and a browser would ask for it in
    a window of its own. `wie` is whose session just ended, as far as that is known.
    """
    instellen = request.user.is_authenticated
    return _pagina(request, HTTPStatus.FORBIDDEN, wie, deur=reverse(deur), instellen=instellen)


def van_eerder(request: HttpRequest) -> HttpResponse:
    """Return the page for a form whose token is from before the last login (403).

    Whoever logs in gets a new token. So a form from before that always comes by here: nobody sends what somebody else
    typed without reading in whose name it will be stored.
    """
    if not request.user.is_authenticated:
        return niet_aangemeld(request, None)
    return _pagina(request, HTTPStatus.FORBIDDEN, None, nu=request.user)


def storingspagina(request: HttpRequest) -> HttpResponse:
    """Return the page for when the database is out of reach (503); with the form, when it was one of the admin."""
    if behoudbaar(request):
        antwoord = _pagina(request, HTTPStatus.SERVICE_UNAVAILABLE, None, storing=True)
    else:
        adres = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        antwoord = foutpagina(request, HTTPStatus.SERVICE_UNAVAILABLE, adres=adres)
    antwoord.headers["Retry-After"] = str(WACHTTIJD)
    return antwoord


def _naam(adres: str) -> str:
    """Return the name of an address of ours, "" for any other."""
    try:
        return resolve(urlsplit(adres).path).view_name
    except Resolver404:
        return ""


def behoud(get_response: Antwoorder) -> Antwoorder:
    """Answer with the fields in a page where a form of the admin would be sent to the login page, without them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(BEHEER):
            return get_response(request)
        # Kept, because ending the session puts somebody anonymous in its place. Not looked at yet: that is a query.
        wie = request.user
        antwoord = get_response(request)
        deur = DEUREN.get(_naam(antwoord.headers.get("Location", "")))
        return niet_aangemeld(request, wie, deur) if deur and behoudbaar(request) else antwoord

    return middleware
