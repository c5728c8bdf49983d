"""The budget in the admin. Rows of a concept can change; everything else is view-only, for everybody."""

from programma.admin import rijen, versie

__all__ = ["rijen", "versie"]
