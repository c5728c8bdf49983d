"""The pages and files of any version at /beheer/controle/<versie>/: concept, published or withdrawn, never sent on.

So what an auditor took from a concept has an address of its own, that stays when the concept is published.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from programma.admin.levering import eis_recht, met_log
from programma.bladzijden import BLADZIJDEN, Toon
from programma.inhoud import Uitgave
from programma.models import Versie
from programma.pagina import Adres, controle


def _altijd_hier(request: HttpRequest, uitgave: Uitgave) -> None:
    """Show every version, whatever its status."""


def bladzijde(
    toon: Toon,
    wortel: Callable[[Uitgave], Adres] = controle,
    elders: Callable[[HttpRequest, Uitgave], HttpResponseBase | None] = _altijd_hier,
) -> Toon:
    """Show a page or give a file of the version that the address names; a file is recorded in the export log.

    `wortel` says under which address its links stay; `elders` answers for a version not shown here.

    Rights are asked before the version is looked up: who may not look, learns nothing about which versions exist.
    """

    @require_safe
    @wraps(toon)
    def gevonden(request: HttpRequest, versie: int, **rest: Any) -> HttpResponseBase:
        eis_recht(request)
        uitgave = Versie.objects.voorbeeld(versie)
        if uitgave is None:
            raise Http404
        if antwoord := elders(request, uitgave):
            return antwoord
        *_, bestand = request.path.split("/", 4)
        return met_log(request, toon(request, uitgave, wortel(uitgave), **rest), bestand, uitgave)

    return gevonden


def adressen(poort: Callable[[Toon], Toon]) -> list[URLPattern]:
    """Return the addresses of the pages of a version; `poort` is the gate of the admin."""
    return [
        path(f"controle/<int:versie>/{pad}", poort(bladzijde(toon)), name=f"controle_{naam}")
        for pad, naam, toon in BLADZIJDEN
    ]
