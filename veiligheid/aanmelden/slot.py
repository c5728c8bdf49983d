"""The lock: ten failures per account and thirty per address in a quarter of an hour, counted over all processes.

The counters are allauth's, in the cache that PostgreSQL holds. The name that was typed is the key, whether such an
account exists or not, so the answer tells nobody which accounts there are; browser and host name play no part.
"""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from django.core.cache import cache
from django.http import HttpRequest

from veiligheid.aanmelden.logboek import noteer
from veiligheid.foutpagina import te_vaak

GRENZEN = {"mislukt": "30/15m/ip,10/15m/key"}
# A code of an app works for three half minutes: the one before, this one and the next.
CODE_GELDIG = 120


def op_slot(request: HttpRequest) -> ImmediateHttpResponse:
    """Return the exception that answers 429, after noting it."""
    noteer(request, "aanmelden", "vergrendeld")
    return ImmediateHttpResponse(te_vaak(request))


def neem_poging(request: HttpRequest, naam: str) -> Any:
    """Count an attempt for `naam` and this address; call `rollback()` on what comes back when it succeeds.

    Counted before the password is looked at, so a hundred attempts at the same moment do not slip through. Raises
    ImmediateHttpResponse with a 429 page when there is no attempt left.
    """
    poging = ratelimit.consume(request, app="veiligheid", action="mislukt", config=GRENZEN, key=naam.lower())
    if poging is None:
        raise op_slot(request)
    return poging


def verbruik(gebruiker: int, code: str) -> bool:
    """Return whether this person uses this code for the first time; it is spent from then on."""
    kenmerk = hashlib.sha256(f"{gebruiker}:{normalize_user_code(code)}".encode()).hexdigest()
    return bool(cache.add(f"veiligheid:code:{kenmerk}", True, timeout=CODE_GELDIG))
