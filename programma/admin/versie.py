"""Documents and versions in the admin: what is the matter with a version, who did what, and the next step."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from programma import publicatie
from programma.admin import publicatiescherm
from programma.admin.handelingen import HANDELINGEN
from programma.admin.historie import MetTijdlijn
from programma.admin.nieuw_jaar import NieuwJaarScherm
from programma.models import Bestand, Bewerking, Document, Programma, Stap, Versie
from veiligheid.formulieren import Zorgvuldig

Status = Versie.Status


@admin.register(Document)
class DocumentAdmin(Zorgvuldig):
    """Documents. Their first version is made with them."""

    list_display = ["titel", "soort", "jaar", "slug"]
    list_filter = ["soort"]

    def get_readonly_fields(self, request: HttpRequest, obj: Document | None = None) -> list[str]:
        """Return the identity as read-only once a version has left the concept."""
        vast = obj is not None and obj.versies.exclude(status=Status.CONCEPT).exists()
        return ["soort", "jaar", "slug"] if vast else []

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """A document is permanent."""
        return False

    def save_model(self, request: HttpRequest, obj: Document, form: forms.ModelForm[Document], change: bool) -> None:
        """Make the first concept together with a new document, if this person may."""
        super().save_model(request, obj, form, change)
        if not change and request.user.has_perm("programma.maak_concept"):
            publicatie.nieuwe_versie(obj, door=request.user)  # type: ignore[arg-type]  # has_perm: nobody anonymous


@admin.register(Versie)
class VersieAdmin(MetTijdlijn, NieuwJaarScherm, Zorgvuldig):
    """Versions. They are made and moved by the verbs only."""

    list_display = ["titel", "nummer", "status", "ingediend_op", "goedgekeurd_op", "gepubliceerd_op"]
    list_filter = ["status", "document"]
    change_form_template = "admin/programma/versie/change_form.html"
    fieldsets = [
        (None, {"fields": ["document", "nummer", "titel", "status", "samenvatting", "reden", "voorganger"]}),
        ("Wie deed wat", {"fields": [
            ("aangemaakt_op", "aangemaakt_door"), ("ingediend_op", "ingediend_door"),
            ("goedgekeurd_op", "goedgekeurd_door"), ("gepland_op", "gepland_door"),
            ("gepubliceerd_op", "gepubliceerd_door"), ("vastgesteld_op", "vastgesteld_door"),
            ("ingetrokken_op", "ingetrokken_door")]}),
        ("Bewijs", {"fields": [
            "peilmoment", "controlesom", "anker", "historiekop", "raadsbesluit_nummer", "raadsbesluit_datum"]}),
    ]  # fmt: skip

    def tijdlijnadres(self, sleutel: int) -> tuple[str, list[str | int]]:
        """The timeline of a version is that of everything in it."""
        return "historie_versie", [sleutel]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A version is made by a verb."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Versie | None = None) -> bool:
        """Only the title of a concept can change here."""
        return super().has_change_permission(request, obj) and (obj is None or obj.bewerkbaar())

    def has_delete_permission(self, request: HttpRequest, obj: Versie | None = None) -> bool:
        """Only a concept can be thrown away."""
        return obj is not None and obj.bewerkbaar() and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Versie | None = None) -> list[str]:
        """Everything but the title."""
        return [veld.name for veld in Versie._meta.fields if veld.name not in {"id", "titel"}]

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of the steps and of the progress."""
        stap = path(
            "<int:sleutel>/stap/<slug:werkwoord>/",
            self.admin_site.admin_view(require_POST(self.stap)),
            name="programma_versie_stap",
        )
        voortgang = path(
            "<int:sleutel>/voortgang/",
            self.admin_site.admin_view(require_safe(self.voortgang)),
            name="programma_versie_voortgang",
        )
        return [stap, voortgang, *super().get_urls()]

    def voortgang(self, request: HttpRequest, sleutel: int) -> HttpResponse:
        """Show how far the version is, per programme and part, and its findings."""
        versie = get_object_or_404(Versie.objects.select_related("document"), pk=sleutel)
        if not self.has_view_permission(request, versie):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **publicatiescherm.voortgang(versie, request),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/programma/versie/voortgang.html", context)

    def stap(self, request: HttpRequest, sleutel: int, werkwoord: str) -> HttpResponse:
        """Take one step on a version; a refusal is shown, and changes nothing."""
        handeling = HANDELINGEN.get(werkwoord)
        if handeling is None:
            raise Http404
        if not request.user.has_perm(f"programma.{handeling.recht}"):
            raise PermissionDenied
        versie = get_object_or_404(Versie, pk=sleutel)
        formulier = handeling.formulier(request.POST)
        terug = reverse("admin:programma_versie_change", args=[versie.pk])
        if not formulier.is_valid():
            return self._stap_opnieuw(request, versie, publicatiescherm.Knop(werkwoord, handeling, formulier))
        try:
            uitkomst = handeling.doe(versie, door=request.user, **formulier.cleaned_data)
        except publicatie.Geweigerd as weigering:
            messages.error(request, str(weigering))
            return HttpResponseRedirect(terug)
        messages.success(request, f"{handeling.knop}: gelukt. {publicatiescherm.nu(uitkomst)}")
        if werkwoord == "publiceer":
            _maak_bestanden(request, uitkomst)
        return HttpResponseRedirect(reverse("admin:programma_versie_change", args=[uitkomst.pk]))

    def _stap_opnieuw(self, request: HttpRequest, versie: Versie, knop: publicatiescherm.Knop) -> HttpResponse:
        """Ask again for what a step needs, with what was typed; nothing has been done."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"{knop.handeling.knop}: {publicatiescherm.kort(versie)}",
            "opts": self.opts,
            "versie": versie,
            "knop": knop,
        }
        return TemplateResponse(
            request, "admin/programma/versie/stap.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the version: its findings, the difference, who did what, and the next step for this person."""
        versie = self.get_object(request, object_id)
        extra = extra_context or {}
        if isinstance(versie, Versie) and self.has_view_permission(request, versie):
            extra |= publicatiescherm.scherm(versie, request)
            extra["programmas"] = Programma.objects.filter(versie=versie)
        return super().change_view(request, object_id, form_url, extra)


def _maak_bestanden(request: HttpRequest, versie: Versie) -> None:
    """Make the files of what was just published; that may fail, the publication stands."""
    try:
        HANDELINGEN["maak_bestanden"].doe(versie, door=request.user)
    except publicatie.Geweigerd as fout:
        messages.warning(request, f"{fout} Probeer het straks opnieuw met de knop Bestanden maken.")


class Logboek(admin.ModelAdmin):  # type: ignore[type-arg]
    """What the database recorded; to read only."""

    list_filter = ["versie"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody removes."""
        return False


@admin.register(Stap)
class StapAdmin(Logboek):
    """Steps."""

    list_display = ["op", "werkwoord", "door", "versie", "reden"]
    list_select_related = ["door", "versie"]


@admin.register(Bewerking)
class BewerkingAdmin(Logboek):
    """Edits."""

    list_display = ["op", "soort", "tabel", "rijen", "door", "databaserol", "versie"]
    list_select_related = ["door", "versie"]


@admin.register(Bestand)
class BestandAdmin(Logboek):
    """Files."""

    list_display = ["naam", "versie", "regels", "omvang", "sha256"]
    list_select_related = ["versie"]
