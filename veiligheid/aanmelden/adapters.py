"""What allauth asks of us: who may come in, with what, and what is noted."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from veiligheid.aanmelden.logboek import noteer
from veiligheid.aanmelden.slot import neem_poging, op_slot

TE_VAAK = frozenset({"too_many_login_attempts", "rate_limited"})
STIL = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Password and session. Nobody signs up here; accounts are made by the beheerder."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Let op hoofdletters. "
            "Weet u uw wachtwoord niet meer? De beheerder kan een nieuw wachtwoord instellen."
        ),
        "incorrect_password": "Dit is niet uw wachtwoord. Let op hoofdletters.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the person whose name and password these are, or None; only failures count for the lock.

        The answer and the work done are the same for a name that does not exist, an account that is switched off and
        a wrong password.
        """
        naam = str(credentials.get("username", ""))
        poging = neem_poging(request, naam)
        gebruiker: Any = authenticate(request, **credentials) if settings.WACHTWOORD_AANMELDEN else None
        bedoeld = User.objects.filter(username=naam).values_list("pk", flat=True).first()
        if gebruiker is None:
            noteer(request, "aanmelden", "wachtwoord geweigerd", doel=bedoeld)
            return None
        poging.rollback()
        herkend: User = gebruiker
        return herkend

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return the message of an error; too many attempts is no message but a page of its own (429)."""
        if code in TE_VAAK:
            raise op_slot(self.request)
        fout: ValidationError = super().validation_error(code, *args)
        return fout

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session, and note it."""
        super().login(request, user)
        noteer(request, "aanmelden", "gelukt", wie=user.pk)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether somebody has to show again who they are: not within five minutes after they did."""
        bewijzen = get_authentication_records(self.request, self.request.user)
        nu = time.time()
        return not any(nu - bewijs["at"] < app_settings.REAUTHENTICATION_TIMEOUT for bewijs in bewijzen)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *a: Any, **k: Any
    ) -> Any:
        """Say what happened, but not that logging in or out worked: that shows."""
        if message_template not in STIL:
            super().add_message(request, level, message_template, *a, **k)


def _slot() -> MultiFernet:
    """Return the lock on the secrets of the second step: made of the secret key, older keys still open."""
    sleutels = [str(sleutel) for sleutel in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"tweede stap:{sleutel}".encode()).digest()))
            for sleutel in sleutels
        ]
    )


class TweedeStap(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step. Its secrets stand encrypted in the database: a copy of the database alone opens nothing."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "Deze code klopt niet, of is al gebruikt. Wacht tot uw app een nieuwe code toont en typ die over."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return _slot().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret; one that no key opens becomes a random one, which no code will match."""
        try:
            return _slot().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            geheim: str = generate_totp_secret()
            return geheim
