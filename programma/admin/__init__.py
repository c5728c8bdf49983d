"""The budget in the admin. Rows of a concept can change; everything else is view-only, for everybody."""

from django.contrib import admin

from programma.admin import (
    controle,
    historie,
    invoer,
    opdracht,
    partijen,
    rijen,
    schrijven,
    start,
    vergelijken,
    versie,
    voorbeeld,
)
from programma.admin.indeling import INDELING

__all__ = [
    "controle",
    "historie",
    "invoer",
    "opdracht",
    "partijen",
    "rijen",
    "schrijven",
    "start",
    "vergelijken",
    "versie",
    "voorbeeld",
]

admin.site.indeling = INDELING  # type: ignore[attr-defined]  # veiligheid.beheer.Beheer
for paginas in (start, historie, controle, voorbeeld, schrijven, vergelijken):
    admin.site.voeg_toe(paginas.adressen)  # type: ignore[attr-defined]  # veiligheid.beheer.Beheer
