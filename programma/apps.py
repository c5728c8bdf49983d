"""The budget as a Django app."""

from django.apps import AppConfig


class ProgrammaConfig(AppConfig):
    """What the council decides: documents, versions and everything in them."""

    name = "programma"
    verbose_name = "Begroting"
