"""`manage.py wis_tweede_stap NAAM`: for the beheerder who lost everything, when there is no other beheerder to help."""

from __future__ import annotations

import logging
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

logger = logging.getLogger("veiligheid.aanmelden")


class Command(BaseCommand):
    help = "Wis de tweede stap en de herstelcodes van een account; daarna stelt die persoon een nieuwe in."

    def add_arguments(self, parser: Any) -> None:
        """Add the name of the account."""
        parser.add_argument("gebruikersnaam", help="De gebruikersnaam van het account.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and note it."""
        naam = options["gebruikersnaam"]
        gebruiker = User.objects.filter(username=naam).first()
        if gebruiker is None:
            raise CommandError(f"Er is geen account met de gebruikersnaam {naam!r}. Let op hoofdletters.")
        aantal, _ = Authenticator.objects.filter(user=gebruiker).delete()
        logger.warning(
            "tweede stap wissen: gelukt",
            extra={
                "actie": "tweede stap wissen",
                "object": f"account {gebruiker.pk}",
                "resultaat": "gelukt",
                "herkomst": "opdracht",
                "wie": "opdracht",
            },
        )
        self.stdout.write(f"De tweede stap van {naam} is gewist ({aantal} onderdelen).")
