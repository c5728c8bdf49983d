"""The preview: the pages of a version at /beheer/voorbeeld/<versie>/, as readers will see them, behind the login.

A file that is taken from here leaves a row in the export log, as one from /beheer/controle/ does.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path

from programma.admin.controle.versie import bladzijde
from programma.bladzijden import BLADZIJDEN, Toon
from programma.inhoud import Uitgave
from programma.models import Versie
from programma.pagina import vast, voorbeeld

IN_BEWERKING = {Versie.Status.CONCEPT, Versie.Status.INGEDIEND}


def _naar_lezers(request: HttpRequest, uitgave: Uitgave) -> HttpResponseBase | None:
    """Send who asks for a version that readers can see, to where they find it; None for one that they cannot."""
    if uitgave.status in IN_BEWERKING:
        return None
    *_, vervolg = request.get_full_path().split("/", 4)
    return HttpResponseRedirect(vast(uitgave).wortel + vervolg)


def adressen(poort: Callable[[Toon], Toon]) -> list[URLPattern]:
    """Return the addresses of the preview; `poort` is the gate of the admin, which each of them passes."""
    return [
        path(f"voorbeeld/<int:versie>/{pad}", poort(bladzijde(toon, voorbeeld, _naar_lezers)), name=f"voorbeeld_{naam}")
        for pad, naam, toon in BLADZIJDEN
    ]
