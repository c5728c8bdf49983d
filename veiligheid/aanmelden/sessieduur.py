"""How long a session in the admin lasts: half an hour without a request, eight hours in all."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from veiligheid.aanmelden.logboek import noteer
from veiligheid.aanmelden.poort import BEHEER

STIL = 30 * 60
HOOGSTENS = 8 * 3600
# The last request is written down at most once a minute: a page with ten requests is one write.
NAUWKEURIG = 60
SLEUTEL = "veiligheid_duur"

Antwoorder = Callable[[HttpRequest], HttpResponse]


def _verlopen(request: HttpRequest, nu: float) -> bool:
    """Return whether this session is over; write down that it was used when it is not."""
    wie, begin, laatst = request.session.get(SLEUTEL, (request.user.pk, nu, 0.0))
    if wie != request.user.pk:
        begin, laatst = nu, 0.0
    if laatst and (nu - laatst > STIL or nu - begin > HOOGSTENS):
        return True
    if nu - laatst > NAUWKEURIG:
        request.session[SLEUTEL] = (request.user.pk, begin, nu)
    return False


def sessieduur(get_response: Antwoorder) -> Antwoorder:
    """End sessions that are over, in the admin only: a public page never looks at a session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(BEHEER):
            return get_response(request)
        if request.user.is_authenticated and _verlopen(request, time.time()):
            noteer(request, "afmelden", "sessie verlopen", wie=request.user.pk)
            logout(request)
            messages.info(request, "U bent afgemeld omdat u een tijd niets deed, of al acht uur was aangemeld.")
        antwoord = get_response(request)
        antwoord.headers.setdefault("Cache-Control", "no-store")
        antwoord.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return antwoord

    return middleware
