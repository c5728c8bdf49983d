"""The auditor's place, at /beheer/controle/: every version with its proof, its files, samples, and the export log.

Who may read versions comes in. Nothing here writes the budget; a file that is taken leaves a row in the export log.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import URLPattern

from programma.admin.controle import begin, steekproef, uitvoerlog, versie, wijzigingslog
from programma.bladzijden import Toon


def adressen(poort: Callable[[Toon], Toon]) -> list[URLPattern]:
    """Return the addresses of the auditor; `poort` is the gate of the admin, which each of them passes."""
    delen = (begin, uitvoerlog, wijzigingslog, steekproef, versie)
    return [pagina for deel in delen for pagina in deel.adressen(poort)]
