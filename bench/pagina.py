"""The programme page, uncached, against a bare Django view that returns the same bytes through the same middleware."""

from __future__ import annotations

import time
from functools import partial

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import adressen
from bench.verhouding import om_beurten, toon_verhouding
from bench.verzoek import Mislukt, haal
from bench.vulling import DEMOPAGINA

KEER = 11
PER_KEER = 50
KALE_PER_KEER = 1500
DOEL = 80.0


def _cpu(pad: str, keer: int) -> float:
    """Return the CPU seconds of this process per request; what PostgreSQL uses itself is not in it."""
    begin = time.process_time()
    for _ in range(keer):
        haal(pad)
    return (time.process_time() - begin) / keer


def meet() -> None:
    """Print what the page of the demonstration costs."""
    eigen_adressen, settings.ROOT_URLCONF = settings.ROOT_URLCONF, "bench.adressen"
    try:
        with CaptureQueriesContext(connection) as vragen:
            pagina = adressen.INHOUD["pagina"] = haal(DEMOPAGINA)
            aantal = len(vragen)
        if haal("/kaal/") != pagina:
            raise Mislukt("de kale view geeft andere bytes dan de pagina")
        ons, maat = om_beurten([partial(_cpu, DEMOPAGINA, PER_KEER), partial(_cpu, "/kaal/", KALE_PER_KEER)], KEER)
    finally:
        settings.ROOT_URLCONF = eigen_adressen
    print(f"\nProgrammapagina van de demonstratie: {len(pagina)} bytes, {aantal} databasevragen, zonder cache")
    toon_verhouding("CPU per verzoek, tegen een kale Django-view met dezelfde middleware en bytes", ons, maat, DOEL)
