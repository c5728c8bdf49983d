"""The preview: the pages of a version at /beheer/voorbeeld/<versie>/, as readers will see them, behind the login."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from programma import bladzijden
from programma.models import Versie
from programma.pagina import vast, voorbeeld

Bladzijde = Callable[..., HttpResponseBase]
IN_BEWERKING = {Versie.Status.CONCEPT, Versie.Status.INGEDIEND}


def _voorbeeld(bladzijde: Bladzijde) -> Bladzijde:
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


def adressen(poort: Callable[[Bladzijde], Bladzijde]) -> list[URLPattern]:
    """Return the addresses of the preview; `poort` is the gate of the admin, which each of them passes."""
    paginas: dict[str, Bladzijde] = {
        "": bladzijden.document,
        "begroting.csv": bladzijden.begroting_csv,
        "programma/<slug:programma>/": bladzijden.programma,
        "programma/<slug:programma>/tabel.csv": bladzijden.tabel_csv,
        "programma/<slug:programma>/begroting.csv": bladzijden.begroting_csv,
    }
    namen = ["document", "begroting_csv", "programma", "tabel_csv", "programma_csv"]
    return [
        path(f"voorbeeld/<int:versie>/{pad}", poort(_voorbeeld(pagina)), name=f"voorbeeld_{naam}")
        for naam, (pad, pagina) in zip(namen, paginas.items(), strict=True)
    ]
