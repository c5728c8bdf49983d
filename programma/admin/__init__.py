"""The budget in the admin. Rows of a concept can change; everything else is view-only, for everybody."""

from programma.admin import invoer, rijen, versie

__all__ = ["invoer", "rijen", "versie"]
