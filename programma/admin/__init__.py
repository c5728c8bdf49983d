"""The budget in the admin. Rows of a concept can change; everything else is view-only, for everybody."""

from django.contrib import admin

from programma.admin import rijen, versie, voorbeeld

__all__ = ["rijen", "versie", "voorbeeld"]

admin.site.voeg_toe(voorbeeld.adressen)  # type: ignore[attr-defined]  # veiligheid.beheer.Beheer
