"""Which version a public address names. They ignore who asks; a concept does not exist here."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from programma.bladzijden import Toon
from programma.models import Versie
from programma.pagina import actueel, vast
from veiligheid.foutpagina import foutpagina


def bladzijde(view: Toon) -> Toon:
    """Find the public version that the address names; a withdrawn one answers 410, a concept 404 like any other.

    The view gets the version and its address: pages under /versie/<n>/ keep their links inside that version.
    """

    @require_safe
    @wraps(view)
    def gevonden(request: HttpRequest, document: str, nummer: int | None = None, **rest: Any) -> HttpResponseBase:
        uitgave = Versie.objects.uitgave(document, nummer)
        if uitgave is None:
            raise Http404
        if uitgave.status == Versie.Status.INGETROKKEN:
            return foutpagina(request, HTTPStatus.GONE, reden=uitgave.reden, titel=uitgave.titel)
        adres = actueel(uitgave) if nummer is None else vast(uitgave)
        antwoord = view(request, uitgave, adres, **rest)
        if uitgave.anker:
            # A file of rows alone cannot say of which publication it is.
            antwoord.headers["X-Controlesom"], antwoord.headers["X-Anker"] = uitgave.controlesom, uitgave.anker
        return antwoord

    return gevonden
