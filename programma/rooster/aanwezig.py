"""Who has a grid open to edit it: a sign of life per person, in the cache that all processes share. Never public.

Nothing here expires by itself: Django's cache removes what has expired when it is read, and looking must not write.
"""

from __future__ import annotations

import time

from django.contrib.auth.models import User
from django.core.cache import cache

from veiligheid.formatting import opsomming

# Seconds after which a sign of life says nothing any more; the script gives one every half minute.
GELDIG = 180
# Whoever may edit the grid has this right; the page itself asks for all of them.
RECHT = "programma.change_bedrag"


def _sleutel(programma: int, gebruiker: int) -> str:
    return f"veiligheid:rooster:{programma}:{gebruiker}"


def meld(programma: int, gebruiker: int) -> None:
    """Record that this person has the grid of this programme open, to edit."""
    cache.set(_sleutel(programma, gebruiker), time.time(), timeout=None)


def meld_af(programma: int, gebruiker: int) -> None:
    """Record that this person left."""
    cache.delete(_sleutel(programma, gebruiker))


def anderen(programma: int, gebruiker: int) -> list[str]:
    """Return the names of the others who have the grid open, and may edit. Two queries, and nothing is written."""
    collegas = User.objects.with_perm(RECHT).filter(is_staff=True).exclude(pk=gebruiker).order_by("username")
    sleutels = {_sleutel(programma, pk): naam for pk, naam in collegas.values_list("pk", "username")}
    tekens: dict[str, float] = cache.get_many(sleutels) if sleutels else {}
    sinds = time.time() - GELDIG
    return [naam for sleutel, naam in sleutels.items() if tekens.get(sleutel, 0) >= sinds]


def zin(namen: list[str]) -> str:
    """Return the line for these names: "rosa en redacteur bewerken dit programma nu."; "" for nobody."""
    if not namen:
        return ""
    return f"{opsomming(namen)} {'bewerkt' if len(namen) == 1 else 'bewerken'} dit programma nu."
