"""The name of the municipality is no secret, so it is no password either."""

from __future__ import annotations

from django.conf import settings

from indicatoren.models import Gebiedsnaam
from veiligheid.wachtwoorden import GeenContextwoorden


class GeenGemeentewoorden(GeenContextwoorden):
    """Adds every name that this municipality has or had."""

    def woorden(self) -> list[str]:
        """Return the known words and the words in the names of the municipality, in lower case."""
        namen = Gebiedsnaam.objects.filter(gebied__code=settings.GEMEENTE).values_list("naam", flat=True)
        delen = {deel for naam in namen for deel in (naam, *naam.replace("-", " ").split()) if len(deel) > 3}
        return [*super().woorden(), settings.GEMEENTE.lower(), *sorted(deel.lower() for deel in delen)]
