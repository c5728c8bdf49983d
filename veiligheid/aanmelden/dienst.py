"""Logging in with the organisation's own login service (OpenID Connect), when there is one.

Only existing, active accounts come in. The first time the account is found by its e-mail address, which the service
must have verified; from then on the account is bound to the service's permanent number of that person (`sub`). A
preferred username is not used: the standard allows services to change it and to give it to somebody else.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import render

from veiligheid.aanmelden.logboek import noteer


def _zelfde_persoon(gegevens: dict[str, Any]) -> bool:
    """Return whether token and user information are about one person, who logged in as strongly as is asked."""
    token, informatie = gegevens.get("id_token") or {}, gegevens.get("userinfo") or {}
    if not token.get("sub") or informatie.get("sub", token["sub"]) != token["sub"]:
        return False
    eis = (settings.AANMELDDIENST or {}).get("acr")
    return not eis or token.get("acr") == eis


def _account(sociallogin: Any) -> User | None:
    """Return the one account that this person may use, or None."""
    if sociallogin.is_existing:
        gebruiker: User = sociallogin.user
        return gebruiker
    adressen = [adres.email for adres in sociallogin.email_addresses if adres.verified is True]
    if len(adressen) != 1:
        return None
    gevonden = list(User.objects.filter(email__iexact=adressen[0])[:2])
    if len(gevonden) != 1 or gevonden[0].email.lower() != adressen[0].lower():
        return None
    if SocialAccount.objects.filter(user=gevonden[0]).exists():
        # Bound to another person of the service: an address that was given to somebody else opens nothing.
        return None
    return gevonden[0]


class Dienst(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The login service's side of allauth."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: the beheerder makes accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let in whom we know; everybody else gets a page that says whom to ask."""
        gebruiker = _account(sociallogin) if _zelfde_persoon(sociallogin.account.extra_data) else None
        if gebruiker is None or not gebruiker.is_active or not gebruiker.is_staff:
            noteer(request, "aanmelden", "aanmelddienst geweigerd", doel=gebruiker.pk if gebruiker else None)
            pagina = render(request, "aanmelden/onbekend.html", {"demo": settings.DEMO}, status=HTTPStatus.FORBIDDEN)
            raise ImmediateHttpResponse(pagina)
        if not sociallogin.is_existing:
            sociallogin.connect(request, gebruiker)
            noteer(request, "koppelen aan aanmelddienst", "gelukt", wie=gebruiker.pk)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        """Note that it went wrong."""
        noteer(request, "aanmelden", "aanmelddienst mislukt")
