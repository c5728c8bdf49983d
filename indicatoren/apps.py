"""Observations as a Django app."""

from django.apps import AppConfig


class IndicatorenConfig(AppConfig):
    """What is measured, of which area, and when it became known."""

    name = "indicatoren"
    verbose_name = "Indicatoren en waarnemingen"
