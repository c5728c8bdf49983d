"""The budget in the admin. Rows of a concept can change; everything else is view-only, for everybody."""

from django.contrib import admin

from programma.admin import rijen, vergelijken, versie

__all__ = ["rijen", "vergelijken", "versie"]

admin.site.voeg_toe(vergelijken.adressen)  # type: ignore[attr-defined]  # veiligheid.beheer.Beheer
