"""The buttons Importeren and Exporteren on each list, and the export itself.

The screens of django-import-export are not used: `import/` and `export/` below a model lead to our own pages, and
both ask for the right that the settings name.
"""

from __future__ import annotations

from itertools import count
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from programma.admin.levering import met_log_elders
from programma.admin.versiefilter import PARAMETER, getoonde_versies
from programma.invoer.grendel import mag_exporteren, mag_importeren
from programma.models import Import, Versie
from programma.resources import RESOURCES
from programma.resources.schrijven import VORMEN, TeGroot, als_bestand, tabel
from veiligheid.werkmap import XLSX

# Which kind of file the rows of a model come in.
SOORTEN = {
    "begrotingsregel": Import.Soort.REGELS,
    "bedrag": Import.Soort.REGELS,
    "programma": Import.Soort.PROGRAMMAS,
    "pakket": Import.Soort.PAKKETTEN,
    "doel": Import.Soort.DOELEN,
    "sectie": Import.Soort.SECTIES,
    "deelname": Import.Soort.PARTIJEN,
    "partijcijfers": Import.Soort.PARTIJCIJFERS,
}


class Uitwisseling(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list whose rows can be brought in from a spreadsheet and taken out to one."""

    change_list_template = "admin/programma/lijst.html"

    @property
    def uitwisselsoort(self) -> str:
        """The kind of file, or "" when these rows have none."""
        return str(SOORTEN.get(self.model._meta.model_name or "", ""))

    def get_urls(self) -> list[URLPattern]:
        """Add the two addresses, before the one that takes everything for the key of a row."""
        if not self.uitwisselsoort:
            return super().get_urls()
        naam = f"{self.opts.app_label}_{self.opts.model_name}"
        zicht = self.admin_site.admin_view
        return [
            path("import/", zicht(self.naar_import), name=f"{naam}_import"),
            path("export/", zicht(self.naar_export), name=f"{naam}_export"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may import these rows."""
        return bool(self.uitwisselsoort) and mag_importeren(request.user, self.uitwisselsoort)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may export these rows."""
        return bool(self.uitwisselsoort) and mag_exporteren(request.user, self.uitwisselsoort)

    def naar_import(self, request: HttpRequest) -> HttpResponse:
        """Go to the first page of an import of these rows."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(f"{reverse('admin:programma_import_nieuw')}?{self._vraag(request)}")

    def naar_export(self, request: HttpRequest) -> HttpResponse:
        """Go to the page of the export of these rows."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(f"{reverse('admin:programma_import_export')}?{self._vraag(request)}")

    def _vraag(self, request: HttpRequest) -> str:
        """Return the kind, and the version that the list was filtered on."""
        versie = request.GET.get(PARAMETER, "")
        return urlencode({"soort": self.uitwisselsoort, **({"versie": versie} if versie.isdigit() else {})})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the buttons of what this person may do."""
        naam = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        getoond = getoonde_versies(request) or []
        achter = f"?{urlencode({PARAMETER: getoond[0]})}" if len(getoond) == 1 else ""
        eigen = {
            "importadres": f"{reverse(f'{naam}_import')}{achter}" if self.has_import_permission(request) else "",
            "exportadres": f"{reverse(f'{naam}_export')}{achter}" if self.has_export_permission(request) else "",
        }
        return super().changelist_view(request, {**eigen, **(extra_context or {})})


class Exportformulier(forms.Form):
    """What to export: everything is in the address, so that an export can be asked for again."""

    versie = forms.ModelChoiceField(
        Versie.objects.select_related("document").order_by("-document__jaar", "document_id", "-nummer"), label="Versie"
    )
    soort = forms.ChoiceField(label="Wat")
    breed = forms.ChoiceField(
        label="Indeling van regels met bedragen",
        choices=[("", "een rij per bedrag"), ("1", "een rij per regel, een kolom per jaar")],
        required=False,
    )
    vorm = forms.ChoiceField(label="Bestand", choices=list(VORMEN.items()))

    def __init__(self, *args: Any, soorten: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze: Any = self.fields["soort"]
        keuze.choices = soorten


def export(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """Show what can be exported, or give the file when the address says it all. Nobody's rights: 403."""
    soorten = [(naam, etiket) for naam, etiket in Import.Soort.choices if mag_exporteren(request.user, naam)]
    soort = request.GET.get("soort", "")
    if not soorten or (soort in RESOURCES and not mag_exporteren(request.user, soort)):
        raise PermissionDenied
    if request.method not in {"GET", "HEAD"}:
        raise PermissionDenied
    gevraagd = "vorm" in request.GET
    formulier = Exportformulier(request.GET if gevraagd else None, soorten=soorten, initial=request.GET.dict())
    if gevraagd and formulier.is_valid():
        try:
            return _bestand(request, **formulier.cleaned_data)
        except TeGroot as reden:
            formulier.add_error(None, f"{reden} {_kleiner(**formulier.cleaned_data)}")
    return TemplateResponse(
        request, "admin/programma/import/export.html", {**context, "title": "Exporteren", "formulier": formulier}
    )


def _kleiner(soort: str, breed: str, **_: Any) -> str:
    """Return what can be done about an export that would be too large."""
    if soort == Import.Soort.REGELS and not breed:
        return "Kies de indeling met een rij per regel en een kolom per jaar: dat bestand is veel kleiner."
    return "Wij maken geen bestand dat u niet meer kunt importeren. Maak de teksten korter, of splits de gegevens."


def _bestand(request: HttpRequest, versie: Versie, soort: str, breed: str, vorm: str) -> HttpResponseBase:
    """Return the file as a download that nobody keeps a copy of; the export log has it."""
    kop, rijen = tabel(versie, soort, breed=bool(breed))
    indeling = "-breed" if breed and soort == Import.Soort.REGELS else ""
    naam = f"{versie.document.slug}-versie-{versie.nummer}-{soort}{indeling}"
    teller = count()
    inhoud = als_bestand(kop, (rij for rij, _ in zip(rijen, teller, strict=False)), vorm, settings.VAR)
    antwoord = HttpResponse(inhoud, content_type=XLSX if vorm == "xlsx" else "text/csv; charset=utf-8")
    achtervoegsel = "xlsx" if vorm == "xlsx" else "csv"
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}.{achtervoegsel}"'
    return met_log_elders(
        request, antwoord, achtervoegsel, versie, rijen=next(teller), alle_regels=soort == Import.Soort.REGELS
    )
