"""Observations in the admin: add, never change. PostgreSQL would refuse it; the screens do not offer it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from indicatoren.models import Gebied, Gebiedsnaam, Indicator, Waarneming
from veiligheid.formulieren import Zorgvuldig


class AlleenToevoegen(Zorgvuldig):
    """A model of which rows can only be added."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes a row."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody removes a row."""
        return False


@admin.register(Gebied)
class GebiedAdmin(Zorgvuldig):
    """Areas; code and kind are fixed once made."""

    list_display = ["code", "soort"]
    list_filter = ["soort"]
    search_fields = ["code", "namen__naam"]

    def get_readonly_fields(self, request: HttpRequest, obj: Gebied | None = None) -> list[str]:
        """Return the identity of an existing area as read-only."""
        return ["code", "soort"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody removes an area."""
        return False


@admin.register(Gebiedsnaam)
class GebiedsnaamAdmin(AlleenToevoegen):
    """Names of areas."""

    list_display = ["naam", "gebied", "vastgelegd_op"]
    list_select_related = ["gebied"]
    autocomplete_fields = ["gebied"]


@admin.register(Indicator)
class IndicatorAdmin(Zorgvuldig):
    """Indicators; with observations their meaning is fixed."""

    list_display = ["naam", "eenheid", "bbv_nummer", "hoofdtaakveld", "vervallen"]
    list_filter = ["hoofdtaakveld", "vervallen"]
    search_fields = ["naam", "bbv_nummer"]

    def get_readonly_fields(self, request: HttpRequest, obj: Indicator | None = None) -> list[str]:
        """Return what the database will not let change any more."""
        if obj is None:
            return []
        if obj.waarnemingen.exists():
            return ["slug", "naam", "eenheid", "omschrijving", "bron", "decimalen"]
        return ["slug"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody removes an indicator; `vervallen` says that it is no longer used."""
        return False


@admin.register(Waarneming)
class WaarnemingAdmin(AlleenToevoegen):
    """Observations."""

    list_display = ["indicator", "gebied", "jaar", "waarde", "status", "vastgelegd_op"]
    list_select_related = ["indicator", "gebied"]
    list_filter = ["status", "jaar"]
    search_fields = ["indicator__naam", "gebied__code"]
    autocomplete_fields = ["indicator", "gebied"]

    def save_model(self, request: HttpRequest, obj: Waarneming, form: ModelForm[Waarneming], change: bool) -> None:
        """Record who added it."""
        obj.vastgelegd_door_id = request.user.pk
        super().save_model(request, obj, form, change)
