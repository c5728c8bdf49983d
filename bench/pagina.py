"""The programme page, uncached, against a bare Django view that returns the same bytes through the same middleware."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import override_settings

from bench import adressen
from bench.verhouding import paren, toon
from bench.verzoek import haal
from indicatoren.inlezen import lees_indicatoren, lees_inwoners
from programma.demobegroting import SLUG, laad_en_publiceer
from programma.inlezen import lees_taakvelden

PAD = f"/{SLUG}/programma/programma-1-veiligheid/"
KEER = 9


def persoon(rol: str) -> User:
    """Return the one person with this role."""
    gebruiker, _ = User.objects.get_or_create(username=f"bench-{rol}")
    gebruiker.groups.add(Group.objects.get(name=rol))
    return gebruiker


def _cpu(pad: str, keer: int) -> float:
    """Return the CPU seconds of this process per request."""
    begin = time.process_time()
    for _ in range(keer):
        haal(pad)
    return (time.process_time() - begin) / keer


def meet() -> None:
    """Load the budget of the demonstration and print what its page costs."""
    fixtures = settings.BASE_DIR / "fixtures"
    lees_indicatoren(fixtures / "indicatoren.csv")
    lees_inwoners(fixtures / "inwoners.csv")
    lees_taakvelden(fixtures / "taakvelden.csv")
    laad_en_publiceer(fixtures / "demo", redacteur=persoon("redacteur"), publicist=persoon("publicist"))
    opslag = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(ROOT_URLCONF="bench.adressen", STORAGES=opslag):
        opdrachten: list[str] = []
        with connection.execute_wrapper(lambda doe, sql, *rest: (opdrachten.append(sql), doe(sql, *rest))[1]):
            adressen.INHOUD["pagina"] = haal(PAD)
        assert haal("/kaal/") == adressen.INHOUD["pagina"]
        metingen = paren(lambda: _cpu(PAD, 60), lambda: _cpu("/kaal/", 1500), KEER)
        print(f"\nProgrammapagina: {len(adressen.INHOUD['pagina']):,} bytes, {len(opdrachten)} databasevragen")
        toon("CPU per verzoek, zonder cache, tegen een kale view met dezelfde bytes en middleware", metingen, 80)
