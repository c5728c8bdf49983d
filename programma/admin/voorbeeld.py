"""The preview: the pages of a version at /beheer/voorbeeld/<versie>/, as readers will see them, behind the login.

A file that is taken from here leaves a row in the export log, as one from /beheer/controle/ does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from programma.admin.controle.levering import eis_recht, met_log
from programma.bladzijden import BLADZIJDEN, Toon
from programma.models import Versie
from programma.pagina import vast, voorbeeld

IN_BEWERKING = {Versie.Status.CONCEPT, Versie.Status.INGEDIEND}


def _voorbeeld(bladzijde: Toon) -> Toon:
    """Show a page of a version that readers cannot see yet; one that they could is shown where they find it.

    Rights are asked before the version is looked up: who may not look, learns nothing about which versions exist.
    """

    @require_safe
    @wraps(bladzijde)
    def gevonden(request: HttpRequest, versie: int, **rest: Any) -> HttpResponseBase:
        eis_recht(request)
        uitgave = Versie.objects.voorbeeld(versie)
        if uitgave is None:
            raise Http404
        adres = voorbeeld(uitgave)
        if uitgave.status not in IN_BEWERKING:
            *_, vervolg = request.get_full_path().split("/", 4)
            return HttpResponseRedirect(vast(uitgave).wortel + vervolg)
        *_, bestand = request.path.split("/", 4)
        return met_log(request, bladzijde(request, uitgave, adres, **rest), bestand, uitgave)

    return gevonden


def adressen(poort: Callable[[Toon], Toon]) -> list[URLPattern]:
    """Return the addresses of the preview; `poort` is the gate of the admin, which each of them passes."""
    return [
        path(f"voorbeeld/<int:versie>/{pad}", poort(_voorbeeld(toon)), name=f"voorbeeld_{naam}")
        for pad, naam, toon in BLADZIJDEN
    ]
