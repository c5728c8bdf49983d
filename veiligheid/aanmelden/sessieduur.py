"""How long a session in the admin lasts: half an hour without a request, eight hours in all."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from veiligheid.aanmelden.logboek import noteer
from veiligheid.aanmelden.poort import BEHEER

STIL = 30 * 60
HOOGSTENS = 8 * 3600
# The last request is written down at most once a minute: a page with ten requests is one write.
NAUWKEURIG = 60
SLEUTEL = "veiligheid_duur"

Antwoorder = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a session, in seconds from now: when nothing more is asked, and at the very most."""

    stil: int
    hoogstens: int


def rest(request: HttpRequest) -> Rest | None:
    """Return how long this session still lasts; None for who has none. The moments are those that `_verlopen` uses."""
    if not request.user.is_authenticated or SLEUTEL not in request.session:
        return None
    _, begin, laatst = request.session[SLEUTEL]
    nu = time.time()
    hoogstens = int(begin + HOOGSTENS - nu)
    return Rest(min(int(laatst + STIL - nu), hoogstens), hoogstens)


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


@require_POST
def blijf(request: HttpRequest) -> HttpResponse:
    """Answer how long the session still lasts. That somebody asked is what makes it last; only a press asks this."""
    over = rest(request)
    return JsonResponse(asdict(over) if over else {})
