"""The preview: the pages of a version at /beheer/voorbeeld/<versie>/, as readers will see them, behind the login."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

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
        if not request.user.has_perm("programma.view_versie"):
            raise PermissionDenied
        uitgave = Versie.objects.voorbeeld(versie)
        if uitgave is None:
            raise Http404
        adres = voorbeeld(uitgave)
        if uitgave.status not in IN_BEWERKING:
            *_, vervolg = request.get_full_path().split("/", 4)
            return HttpResponseRedirect(vast(uitgave).wortel + vervolg)
        antwoord = bladzijde(request, uitgave, adres, **rest)
        antwoord.headers["Cache-Control"] = "no-store"
        return antwoord

    return gevonden


def adressen(poort: Callable[[Toon], Toon]) -> list[URLPattern]:
    """Return the addresses of the preview; `poort` is the gate of the admin, which each of them passes."""
    return [
        path(f"voorbeeld/<int:versie>/{pad}", poort(_voorbeeld(toon)), name=f"voorbeeld_{naam}")
        for pad, naam, toon in BLADZIJDEN
    ]
