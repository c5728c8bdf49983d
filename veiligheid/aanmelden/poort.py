"""The second step at the gate of the admin: who has none yet sees only the page on which to set it up."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

BEHEER = "/beheer/"
# In the session in which the second step was set up: that person has just proven to hold it.
INGESTELD = "veiligheid_tweede_stap"


Antwoorder = Callable[[HttpRequest], HttpResponse]


class Stand(Enum):
    """What the second step still asks of this session."""

    IN_ORDE = auto()
    INSTELLEN = auto()
    OPNIEUW = auto()


def stand(request: HttpRequest) -> Stand:
    """Return what this session lacks.

    A session in which the person never showed their second step, while they have one, is not theirs beyond doubt: it
    may have been opened with a stolen password before the step was set up. It has to log in again.
    """
    if not request.user.is_authenticated:
        return Stand.IN_ORDE
    manieren = {bewijs.get("method") for bewijs in get_authentication_records(request, request.user)}
    if "socialaccount" in manieren:
        return Stand.IN_ORDE
    if not Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        return Stand.INSTELLEN
    getoond = "mfa" in manieren or request.session.get(INGESTELD) == request.user.pk
    return Stand.IN_ORDE if getoond else Stand.OPNIEUW


def naar_aanmelden(request: HttpRequest) -> HttpResponse:
    """End a session without second step and return the way to the login page."""
    logout(request)
    return HttpResponseRedirect(reverse("account_login"))


def _omleiding(request: HttpRequest) -> HttpResponse | None:
    """Return where somebody has to go first who wants into the admin; None when nothing is in the way."""
    if not settings.MFA_VERPLICHT or not request.path.startswith(BEHEER):
        return None
    if request.path.startswith(reverse("account_login")) or request.path == reverse("admin:logout"):
        return None
    nu = stand(request)
    if nu is Stand.OPNIEUW:
        return naar_aanmelden(request)
    return HttpResponseRedirect(reverse("mfa_index")) if nu is Stand.INSTELLEN else None


def poort(get_response: Antwoorder) -> Antwoorder:
    """Hold everything below /beheer/, so that no page there can forget to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return _omleiding(request) or get_response(request)

    return middleware
