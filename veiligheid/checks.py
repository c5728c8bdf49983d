"""What a site in production lacks, as `manage.py check --deploy` says it: warnings in Dutch, each with how to mend it.

Here is the only place that looks at the calendar: whoever runs the check wants to know about today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils import timezone

KORT_DAG = timedelta(days=30)
HOOGSTENS = timedelta(days=366)
# Setting, what readers miss without it, and what to set.
VERPLICHT = (
    ("SITE_ADRES", "De site weet niet hoe zij heet: sitemap, feed en security.txt noemen wat er gevraagd werd.",
     "Zet SITE_ADRES=https://begroting.gemeente.nl"),
    ("GEMEENTE_NAAM", "Boven de algemene pagina's en foutpagina's staat niet welke gemeente dit is.",
     "Zet GEMEENTE_NAAM, bijvoorbeeld GEMEENTE_NAAM=Dronten"),
    ("CONTACT_MAIL", "Lezers kunnen nergens een vraag, fout of drempel melden.",
     "Zet CONTACT_MAIL=begroting@gemeente.nl"),
    ("TOEGANKELIJKHEID_REGISTER", "Er is geen toegankelijkheidsverklaring; die is verplicht voor een gemeente.",
     "Zet TOEGANKELIJKHEID_STATUS en TOEGANKELIJKHEID_REGISTER zodra de verklaring in het register staat."),
    ("PRIVACY_ADRES", "De privacypagina verwijst niet naar de privacyverklaring van de gemeente.",
     "Zet PRIVACY_ADRES=https://www.gemeente.nl/privacy"),
    ("DATA_LICENTIE", "Lezers weten niet onder welke licentie zij de cijfers mogen gebruiken.",
     "Zet DATA_LICENTIE=CC0-1.0 of CC-BY-4.0"),
    ("BEVEILIGING_CONTACT", "Er is geen security.txt: wie een lek vindt, weet niet waar dat te melden.",
     "Zet BEVEILIGING_CONTACT=security@gemeente.nl of een adres met https://"),
)  # fmt: skip


@register(Tags.security, deploy=True)
def wat_ontbreekt(app_configs: Iterable[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Return a warning for each thing that a public site of a municipality must say and does not."""
    if settings.DEMO:
        return []
    return [*_leeg(), *_verlopen(settings.BEVEILIGING_VERLOOPT, timezone.localdate())]


def _leeg() -> Iterator[CheckMessage]:
    for nummer, (naam, gevolg, raad) in enumerate(VERPLICHT, start=1):
        if not getattr(settings, naam):
            yield Warning(f"{naam} is leeg. {gevolg}", hint=raad, id=f"veiligheid.W{nummer:03}")


def _verlopen(tot: date, vandaag: date) -> Iterator[CheckMessage]:
    """Yield a warning when security.txt ends within a month, ended already, or says that it holds for over a year."""
    raad = "Lees security.txt na en zet BEVEILIGING_VERLOOPT op een dag binnen een jaar, zoals 2026-12-31."
    if tot - vandaag < KORT_DAG:
        yield Warning(f"security.txt verloopt op {tot.isoformat()}.", hint=raad, id="veiligheid.W050")
    elif tot - vandaag > HOOGSTENS:
        yield Warning(f"security.txt verloopt pas op {tot.isoformat()}.", hint=raad, id="veiligheid.W051")
