"""The screens of a new year: first what it will make, then what is still empty."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse

from programma.jaar.nieuw_jaar import maak_plan, nieuw_jaar
from programma.jaar.nog_leeg import nog_leeg
from programma.models import Versie
from programma.publicatie import Geweigerd


class NieuwJaarScherm(admin.ModelAdmin):  # type: ignore[type-arg]
    """Adds the screens of a new year to the versions."""

    def get_urls(self) -> list[URLPattern]:
        """Add their addresses."""
        poort = self.admin_site.admin_view
        return [
            path("<int:sleutel>/nieuw-jaar/", poort(self.nieuw_jaar), name="programma_versie_nieuw_jaar"),
            path("<int:sleutel>/nog-leeg/", poort(self.nog_leeg), name="programma_versie_nog_leeg"),
            *super().get_urls(),
        ]

    def nieuw_jaar(self, request: HttpRequest, sleutel: int) -> HttpResponse:
        """Show what a new year would make out of this version; a POST makes it."""
        if not all(request.user.has_perm(f"programma.{recht}") for recht in ("maak_concept", "add_document")):
            raise PermissionDenied
        versie = get_object_or_404(Versie.objects.select_related("document"), pk=sleutel)
        try:
            if request.method == "POST":
                nieuw, plan = nieuw_jaar(versie, door=request.user)  # type: ignore[arg-type]  # has_perm: not anonymous
                messages.success(request, f"{plan.titel} is gemaakt. Hieronder staat wat nog leeg is.")
                return HttpResponseRedirect(reverse("admin:programma_versie_nog_leeg", args=[nieuw.pk]))
            plan = maak_plan(versie)
        except Geweigerd as weigering:
            messages.error(request, str(weigering))
            return HttpResponseRedirect(reverse("admin:programma_versie_change", args=[versie.pk]))
        return self._toon(request, "nieuw_jaar", versie, f"{plan.titel} maken", plan=plan)

    def nog_leeg(self, request: HttpRequest, sleutel: int) -> HttpResponse:
        """Show what a version still lacks, with a link to each place."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        versie = get_object_or_404(Versie.objects.select_related("document"), pk=sleutel)
        return self._toon(request, "nog_leeg", versie, f"Nog leeg in {versie.titel}", leeg=nog_leeg(versie))

    def _toon(self, request: HttpRequest, sjabloon: str, versie: Versie, titel: str, **inhoud: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": titel, "versie": versie, **inhoud}
        return render(request, f"admin/programma/versie/{sjabloon}.html", context)
