"""The pages of logging in. allauth does the work; here stands what they need more, and what they leave out."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base import views as stap
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as herstel
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as sleutel
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.socialaccount.views import login_cancelled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from veiligheid.aanmelden import poort
from veiligheid.aanmelden.logboek import noteer
from veiligheid.beheer import beheerpagina

View = Callable[..., HttpResponseBase]
PROVIDER = "gemeente"
# What a login service that is down, or speaks no OpenID Connect, makes of itself.
ONBEREIKBAAR = (RequestException, KeyError, ValueError)

logger = logging.getLogger(__name__)


def _is_adres(request: HttpRequest) -> bool:
    """Return whether the site was asked for by number (127.0.0.1), where browsers refuse security keys."""
    try:
        ipaddress.ip_address(split_domain_port(request.get_host())[0].strip("[]"))
    except ValueError:
        return False
    return True


def pagina(scherm: type[Any], **opties: Any) -> View:
    """Return an allauth view as a page of the admin, with what its template needs to know of this site."""
    vast = scherm.as_view(extra_context={"demo": settings.DEMO}, **opties)

    @wraps(vast)
    def met_stand(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if poort.stand(request) is poort.Stand.OPNIEUW:
            return poort.naar_aanmelden(request)
        antwoord: HttpResponseBase = vast(request, *args, **kwargs)
        return antwoord

    return beheerpagina(require_http_methods(["GET", "HEAD", "POST"])(met_stand))


class Aanmelden(LoginView):  # type: ignore[misc]
    """Name and password, or the way to the login service."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log in, unless that goes by the login service only."""
        if not settings.WACHTWOORD_AANMELDEN:
            raise PermissionDenied
        antwoord: HttpResponse = super().post(request, *args, **kwargs)
        return antwoord

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which ways in there are."""
        return {
            **super().get_context_data(**kwargs),
            "met_wachtwoord": settings.WACHTWOORD_AANMELDEN,
            "dienst": settings.AANMELDDIENST,
            "tweede_stap_verplicht": settings.MFA_VERPLICHT,
        }


class TweedeStap(stap.IndexView):  # type: ignore[misc]
    """The ways in which this person shows the second step; the only page for whom has none yet."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether it must, and whether a security key can work at this address."""
        gegevens: dict[str, Any] = super().get_context_data(**kwargs)
        soorten = set(gegevens["authenticators"])
        return {
            **gegevens,
            "adres": _is_adres(self.request),
            "ingesteld": bool(soorten & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}),
            "verplicht": settings.MFA_VERPLICHT,
        }


class Code(stap.AuthenticateView):  # type: ignore[misc]
    """The second step while logging in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether this person has security keys at all."""
        sleutels = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        return {**super().get_context_data(**kwargs), "heeft_sleutel": sleutels.exists()}


class _Instellen:
    """Setting up a second step: noted, and this session has shown it by doing so."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Store it."""
        antwoord: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        self.request.session[poort.INGESTELD] = self.request.user.pk
        noteer(self.request, "tweede stap instellen", "gelukt", wie=self.request.user.pk)
        return antwoord


class AppInstellen(_Instellen, app.ActivateTOTPView):  # type: ignore[misc]
    """Set up an app that shows codes."""


class SleutelToevoegen(_Instellen, sleutel.AddWebAuthnView):  # type: ignore[misc]
    """Add a security key."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the form that was filled in, and add whether a key can work here."""
        gegevens = super().get_context_data()
        return {**gegevens, **kwargs, "adres": _is_adres(self.request)}


class _Weghalen:
    """Taking a second step away: noted."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it."""
        antwoord: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        noteer(self.request, "tweede stap weghalen", "gelukt", wie=self.request.user.pk)
        return antwoord


class AppWeghalen(_Weghalen, app.DeactivateTOTPView):  # type: ignore[misc]
    """Take the app away."""


class SleutelWeghalen(_Weghalen, sleutel.RemoveWebAuthnView):  # type: ignore[misc]
    """Take a security key away."""


def _met_dienst(view: View) -> View:
    """Return a view of the login service: it exists only where there is one, and then this is all that it answers."""

    @wraps(view)
    def als_hij_er_is(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.AANMELDDIENST is None:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except ONBEREIKBAAR as fout:
            logger.warning("aanmelddienst onbereikbaar", exc_info=fout)
            noteer(request, "aanmelden", "aanmelddienst mislukt")
            mislukt = {"demo": settings.DEMO}
            return render(request, "socialaccount/authentication_error.html", mislukt, status=HTTPStatus.BAD_GATEWAY)

    return beheerpagina(als_hij_er_is)


aanmelden = pagina(Aanmelden)
wachtwoord_opnieuw = pagina(ReauthenticateView)
tweede_stap = pagina(TweedeStap)
code = pagina(Code)
code_opnieuw = pagina(stap.ReauthenticateView)
app_instellen = pagina(AppInstellen)
app_weghalen = pagina(AppWeghalen)
herstelcodes = pagina(herstel.ViewRecoveryCodesView)
herstelcodes_nieuw = pagina(herstel.GenerateRecoveryCodesView)
sleutel_toevoegen = pagina(SleutelToevoegen)
sleutel_opnieuw = pagina(sleutel.ReauthenticateWebAuthnView)
sleutel_naam = pagina(sleutel.EditWebAuthnView, success_url=reverse_lazy("mfa_index"))
sleutel_weghalen = pagina(SleutelWeghalen, success_url=reverse_lazy("mfa_index"))
naar_dienst = _met_dienst(require_POST(openid.login))
van_dienst = _met_dienst(require_safe(openid.callback))
dienst_afgebroken = _met_dienst(require_safe(login_cancelled))
