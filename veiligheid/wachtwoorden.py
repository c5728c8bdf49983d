"""How passwords are kept, and which ones are too easy to guess here."""

from __future__ import annotations

import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

# What somebody who knows this site tries first.
# fmt: off
WOORDEN = [
    "gemeenteraad", "programma", "jaarstukken", "jaarrekening", "begroting", "gemeente", "veiligheid", "wachtwoord",
    "redacteur", "publicist", "schrijver", "auditor", "beheerder", "beheer", "welkom", "geheim", "jaar", "raad",
    "maart", "april", "juni", "juli", "augustus", "september", "oktober", "november", "december", "januari",
    "februari", "lente", "zomer", "herfst", "winter",
]
# fmt: on
MINSTE_EIGEN_LETTERS = 8


class Argon2Zuinig(Argon2PasswordHasher):
    """Argon2id with OWASP's second profile: 19 MiB per login instead of 100, so that sixteen at once fit."""

    memory_cost = 19456
    time_cost = 2
    parallelism = 1


class GeenContextwoorden:
    """Refuses a password that is little more than words which everybody here knows, with a year behind it."""

    def woorden(self) -> list[str]:
        """Return the words that do not count, in lower case."""
        return WOORDEN

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError when fewer than eight letters are left without known words, digits and signs."""
        rest = password.lower()
        # Longer words first: "gemeenteraad" must not leave "raad" behind.
        for woord in sorted(self.woorden(), key=len, reverse=True):
            rest = rest.replace(woord, " ")
        if len(re.sub(r"[\W\d_]", "", rest)) < MINSTE_EIGEN_LETTERS:
            raise ValidationError(
                "Dit wachtwoord is te makkelijk te raden: het bestaat vooral uit bekende woorden, cijfers en tekens. "
                "Neem vier losse woorden die niets met de gemeente of de begroting te maken hebben.",
                code="contextwoord",
            )

    def get_help_text(self) -> str:
        """Return the rule, for the form."""
        return (
            "Gebruik niet alleen woorden als gemeente, begroting, een maand of een jaartal. "
            "Vier losse woorden achter elkaar zijn goed te onthouden en moeilijk te raden."
        )
