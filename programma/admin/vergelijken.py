"""Any two versions compared, at /beheer/vergelijken/: the address holds the choice, so that it can be shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from programma.admin.levering import eis_recht, met_log_elders
from programma.admin.verschilscherm import verschilscherm
from programma.models import Versie
from programma.vergelijking import bedragen_csv, vergelijk
from veiligheid.exports import csv_antwoord, kies_vorm

Bladzijde = Callable[..., HttpResponseBase]


class Versiekeuze(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A list of all versions, of all documents."""

    def label_from_instance(self, obj: Versie) -> str:
        """Return the version with its status."""
        return str(obj)


def _versies() -> Any:
    return Versie.objects.select_related("document").order_by("-document__jaar", "document__soort", "-nummer")


class Keuzeformulier(forms.Form):
    """Which two versions."""

    a = Versiekeuze(label="Van", queryset=None, empty_label="Kies een versie")
    b = Versiekeuze(label="Naar", queryset=None, empty_label="Kies een versie")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            veld.queryset = _versies()  # type: ignore[attr-defined]


@require_safe
def vergelijken(request: HttpRequest) -> HttpResponseBase:
    """Show the difference between two versions, or the form to choose them."""
    eis_recht(request)
    volledig = {"a", "b"} <= request.GET.keys()
    formulier = Keuzeformulier(request.GET if volledig else None, initial=request.GET.dict())
    context = {**admin.site.each_context(request), "title": "Versies vergelijken", "formulier": formulier}
    if volledig and formulier.is_valid():
        oud, nieuw = formulier.cleaned_data["a"], formulier.cleaned_data["b"]
        context |= {
            "oud": oud,
            "nieuw": nieuw,
            "vraag": f"a={oud.pk}&b={nieuw.pk}&",
            "verschil": verschilscherm(
                vergelijk(oud, nieuw),
                oud,
                nieuw,
                request.GET.get("kolom", ""),
                met_historie=request.user.has_perm("programma.view_gebeurtenis"),
            ),
        }
    return TemplateResponse(request, "admin/programma/vergelijken.html", context)


@require_safe
def vergelijken_csv(request: HttpRequest) -> HttpResponseBase:
    """Return all amounts in which two versions differ, as CSV."""
    eis_recht(request)
    formulier = Keuzeformulier(request.GET)
    if not formulier.is_valid():
        raise Http404
    oud, nieuw = formulier.cleaned_data["a"], formulier.cleaned_data["b"]
    stroom = bedragen_csv(oud, nieuw, kies_vorm(request.GET.get("vorm")))
    naam = f"verschil-{oud.document.slug}-{oud.nummer}-{nieuw.document.slug}-{nieuw.nummer}.csv"
    return met_log_elders(request, csv_antwoord(stroom, naam), "csv", telbaar=True)


def adressen(poort: Callable[[Bladzijde], Bladzijde]) -> list[URLPattern]:
    """Return the addresses of the comparison; `poort` is the gate of the admin, which each of them passes."""
    return [
        path("vergelijken/", poort(vergelijken), name="vergelijken"),
        path("vergelijken/bedragen.csv", poort(vergelijken_csv), name="vergelijken_csv"),
    ]
