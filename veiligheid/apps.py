"""The ground as a Django app, and the admin site that it hands to the apps."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin

from veiligheid import checks


class VeiligheidConfig(AppConfig):
    """Static files and template tags; no models."""

    name = "veiligheid"
    verbose_name = "Veiligheid"
    # Registered by being imported.
    controles = (checks.wat_ontbreekt,)


class BeheerConfig(admin.AdminConfig):
    """Django's admin with our own site class: every change in it carries the name of who makes it."""

    default = False
    default_site = "veiligheid.beheer.Beheer"
