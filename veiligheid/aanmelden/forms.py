"""allauth's forms with our words, and with codes that work once."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as HerkenForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from veiligheid.aanmelden.logboek import noteer
from veiligheid.aanmelden.slot import verbruik

# What the WebAuthn library raises for an answer that is no answer; it checks form, not sense.
ONLEESBAAR = (ValueError, TypeError, KeyError, AttributeError, IndexError)


def _zonder_voorbeeld(formulier: forms.Form) -> None:
    """Take the example texts out of the fields: a label says it already, and stays when one types."""
    for veld in formulier.fields.values():
        veld.widget.attrs.pop("placeholder", None)


class AanmeldForm(LoginForm):  # type: ignore[misc]
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _zonder_voorbeeld(self)
        self.fields["login"].label = "Gebruikersnaam"
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].label = "Wachtwoord"
        self.fields["password"].help_text = ""


class WachtwoordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _zonder_voorbeeld(self)
        self.fields["password"].label = "Uw wachtwoord"
        self.fields["password"].help_text = ""


def _benoem_sleutel(formulier: forms.Form) -> None:
    """Ask for the name of a key, of no more than eighty characters."""
    formulier.fields["name"].label = "Naam van de sleutel"
    formulier.fields["name"].widget.attrs["maxlength"] = 80
    formulier.fields["name"].validators.append(MaxLengthValidator(80))


class _EenmaligeCode(forms.Form):
    """A code of the app or a recovery code; each works once, and a wrong one is noted."""

    user: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _zonder_voorbeeld(self)
        self.fields["code"].label = "Code"
        self.fields["code"].help_text = "De zes cijfers uit uw app, of een van uw herstelcodes."

    def clean_code(self) -> str:
        """Return the code, or say that it is wrong."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP and not verbruik(self.user.pk, code):
                raise get_adapter().validation_error("incorrect_code")
        except ValidationError:
            noteer(context.request, "aanmelden", "tweede stap geweigerd", doel=self.user.pk)
            raise
        return code


class CodeForm(_EenmaligeCode, AuthenticateForm):  # type: ignore[misc]
    """The second step while logging in."""


class CodeOpnieuwForm(_EenmaligeCode, HerkenForm):  # type: ignore[misc]
    """The second step again, before something that matters."""


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app; it is spent too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _zonder_voorbeeld(self)
        self.fields["code"].label = "Code"
        self.fields["code"].help_text = "De zes cijfers die uw app nu toont."
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """Return the code, or say that it is wrong."""
        code: str = super().clean_code()
        verbruik(self.user.pk, code)
        return code


class _Sleutelantwoord(forms.Form):
    """What a security key answered. It comes from a script, so a person cannot mend it: one message for all."""

    def _lees(self, lezer: Any) -> Any:
        try:
            return lezer()
        except ValidationError:
            raise
        except ONLEESBAAR as fout:
            raise get_adapter().validation_error("incorrect_code") from fout


class SleutelForm(_Sleutelantwoord, AddWebAuthnForm):  # type: ignore[misc]
    """A new security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _benoem_sleutel(self)

    def clean(self) -> dict[str, Any]:
        """Return name and credential, checked."""
        gegevens: dict[str, Any] = self._lees(super().clean)
        return gegevens


class SleutelNaamForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _benoem_sleutel(self)


class SleutelCodeForm(_Sleutelantwoord, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A security key as the second step."""

    def clean_credential(self) -> Authenticator:
        """Return the key that answered, or say that it did not."""
        try:
            sleutel: Authenticator = self._lees(super().clean_credential)
        except ValidationError:
            noteer(context.request, "aanmelden", "tweede stap geweigerd", doel=self.user.pk)
            raise
        return sleutel


class SleutelOpnieuwForm(SleutelCodeForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A security key again, before something that matters."""

    reauthenticated = True
