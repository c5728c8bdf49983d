"""The budget in the admin. Rows of a concept can change; everything else is view-only, for everybody."""

from django.contrib import admin

from programma.admin import historie, opdracht, rijen, schrijven, versie, voorbeeld

__all__ = ["historie", "opdracht", "rijen", "schrijven", "versie", "voorbeeld"]

admin.site.voeg_toe(historie.adressen)  # type: ignore[attr-defined]
admin.site.voeg_toe(voorbeeld.adressen)  # type: ignore[attr-defined]  # veiligheid.beheer.Beheer
admin.site.voeg_toe(schrijven.adressen)  # type: ignore[attr-defined]
