"""The budget in the admin. Rows of a concept can change; everything else is view-only, for everybody."""

from django.contrib import admin

from programma.admin import rijen, vergelijken, versie, voorbeeld

__all__ = ["rijen", "vergelijken", "versie", "voorbeeld"]

for paginas in (voorbeeld, vergelijken):
    admin.site.voeg_toe(paginas.adressen)  # type: ignore[attr-defined]  # veiligheid.beheer.Beheer
