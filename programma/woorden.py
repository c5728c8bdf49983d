"""How the models call their fields and choices, for pages that know no models."""

from __future__ import annotations

from programma.models import VERSIERIJEN
from programma.pagina.rijverschil import Woordenboek
from veiligheid.opmaak import kale_tekst

VELDEN = [(model.__name__, veld) for model in VERSIERIJEN for veld in model._meta.concrete_fields]

WOORDEN = Woordenboek(
    velden={(soort, veld.name): str(veld.verbose_name) for soort, veld in VELDEN},
    keuzes={
        (soort, veld.name): {waarde: str(woord) for waarde, woord in veld.flatchoices}
        for soort, veld in VELDEN
        if veld.choices
    },
    kaal=kale_tekst,
)
