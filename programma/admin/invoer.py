"""The pages of an import: bring a file, say how it is read, see what changes, confirm, undo. Each has its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import slugify

from programma.admin.importfouten import foutenlijst, werkmap
from programma.admin.importweergave import Weergave, keuzerijen
from programma.admin.invoerformulieren import Bestandformulier, Duidingformulier
from programma.admin.levering import met_log_elders
from programma.admin.uitwisseling import export
from programma.invoer import bevestiging, verloop, vragen
from programma.invoer.grendel import (
    Botsing,
    NietOpen,
    Verouderd,
    VersieLigtVast,
    mag_importeren,
    wat_er_gebeurde,
)
from programma.invoer.herkenning import Duiding
from programma.levering import uitvoerlog
from programma.models import Import
from programma.publicatie import Geweigerd
from veiligheid.bestanden import Bestandsfout
from veiligheid.exports import EXCEL, tabel_csv_bytes
from veiligheid.werkmap import XLSX

Pagina = Callable[[HttpRequest, Import], HttpResponseBase]


@admin.register(Import)
class ImportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Imports: a list to look at, and the pages that an import goes through."""

    list_display = ["__str__", "versie", "soort", "status", "op", "door", "bevestigd_op", "bevestigd_door"]
    list_select_related = ["versie", "door", "bevestigd_door"]
    list_filter = ["versie", "soort", "status"]
    fields = [
        "versie", "soort", "status", "bestandsnaam", "sha256", "omvang", "vorm", "codering", "blad", "bronnaam",
        "waarschuwingen", "op", "door", "bevestigd_op", "bevestigd_door", "ongedaan_op", "ongedaan_door",
    ]  # fmt: skip
    change_list_template = "admin/programma/import/lijst.html"
    change_form_template = "admin/programma/import/detail.html"
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An import begins with a file, on its own page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        """What was read is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        """An import goes with its concept, and only then: see delete_view."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.versie.bewerkbaar())

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Nobody removes an import by itself: it says where figures came from."""
        raise PermissionDenied

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave the bytes of the files in the database."""
        return super().get_queryset(request).defer("inhoud")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Offer a new import to who may make one."""
        return super().changelist_view(
            request, {"mag_nieuw": mag_importeren(request.user, ""), **(extra_context or {})}
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Lead to the check, for who may import this."""
        invoer = self.get_object(request, object_id)
        if not isinstance(invoer, Import):
            return super().change_view(request, object_id, form_url, extra_context)
        eigen = {"mag_verder": mag_importeren(request.user, invoer.soort), "keuzes": keuzerijen(invoer)}
        return super().change_view(
            request,
            object_id,
            form_url,
            {**eigen, **(extra_context or {})},
        )

    def get_urls(self) -> list[URLPattern]:
        """Add the pages, before the address that takes everything for a key."""
        stappen: list[tuple[str, Pagina, tuple[str, ...]]] = [
            ("herkennen", self.herkennen, ("GET", "HEAD", "POST")),
            ("controle", self.controle, ("GET", "HEAD")),
            ("vragen", self.vragen, ("POST",)),
            ("bevestigen", self.bevestigen, ("POST",)),
            ("opnieuw", self.opnieuw, ("POST",)),
            ("ongedaan", self.ongedaan, ("POST",)),
            ("vervallen", self.vervallen, ("POST",)),
            ("fouten.csv", self.fouten, ("GET", "HEAD")),
            ("foutenblad.xlsx", self.foutenblad, ("GET", "HEAD")),
        ]
        zicht = self.admin_site.admin_view
        return [
            path("nieuw/", zicht(self.nieuw), name="programma_import_nieuw"),
            path("export/", zicht(self.export), name="programma_import_export"),
            path("<int:sleutel>/bestand/", zicht(self.bestand), name="programma_import_bestand"),
            *(
                path(
                    f"<int:sleutel>/{naam}" + ("" if "." in naam else "/"),
                    zicht(self._stap(pagina, methoden)),
                    name=f"programma_import_{naam.partition('.')[0]}",
                )
                for naam, pagina, methoden in stappen
            ),
            *super().get_urls(),
        ]

    def _stap(self, pagina: Pagina, methoden: tuple[str, ...]) -> Callable[..., HttpResponseBase]:
        """Wrap a page of an import: first the right to import this, then the method, then what was refused in Dutch."""

        def stap(request: HttpRequest, sleutel: int) -> HttpResponseBase:
            if not mag_importeren(request.user, ""):
                raise PermissionDenied
            invoer = get_object_or_404(
                Import.objects.select_related("versie__document", "door", "bevestigd_door", "ongedaan_door").defer(
                    "inhoud"
                ),
                pk=sleutel,
            )
            if not mag_importeren(request.user, invoer.soort):
                raise PermissionDenied
            if request.method not in methoden:
                return HttpResponse(
                    "Deze pagina wordt anders gevraagd.", status=405, headers={"Allow": ", ".join(methoden)}
                )
            try:
                return pagina(request, invoer)
            except Geweigerd as weigering:
                return self._weiger(request, invoer, weigering)

        return stap

    def _weiger(self, request: HttpRequest, invoer: Import, weigering: Geweigerd) -> HttpResponseBase:
        """Show why something was not done. What came in between is a 409, with mine, theirs and the original."""
        if isinstance(weigering, NietOpen):
            messages.info(request, str(weigering))
            return _naar("controle", invoer)
        if not isinstance(weigering, Botsing | VersieLigtVast | Verouderd):
            messages.error(request, str(weigering))
            return _naar("controle" if invoer.controle else "herkennen", invoer)
        return TemplateResponse(
            request,
            "admin/programma/import/botsing.html",
            {
                **self._context(request, invoer, "Niet opgeslagen"),
                "zin": str(weigering),
                "verschillen": getattr(weigering, "verschillen", ()),
                "opnieuw": invoer.open() and not isinstance(weigering, VersieLigtVast),
            },
            status=409,
        )

    def _context(self, request: HttpRequest, invoer: Import | None, titel: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": titel, "invoer": invoer}

    # --- the pages --------------------------------------------------------------------------------------------------

    def nieuw(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for a file, and read it."""
        if not mag_importeren(request.user, request.POST.get("soort") or request.GET.get("soort", "")):
            raise PermissionDenied
        data = (request.POST, request.FILES) if request.method == "POST" else ()
        formulier = Bestandformulier(*data, wie=request.user, initial=request.GET.dict())
        if request.method == "POST" and formulier.is_valid():
            antwoord = self._lees(request, formulier)
            if antwoord is not None:
                return antwoord
        return TemplateResponse(
            request,
            "admin/programma/import/nieuw.html",
            {**self._context(request, None, "Importeren"), "formulier": formulier},
        )

    def _lees(self, request: HttpRequest, formulier: Bestandformulier) -> HttpResponseBase | None:
        """Read the file; a refusal stands with the field, and nothing is stored."""
        data, bestand = formulier.cleaned_data, formulier.cleaned_data["bestand"]
        try:
            invoer = verloop.lees_in(
                data["versie"],
                inhoud=bestand.read(),
                naam=bestand.name,
                soort=data["soort"],
                door=request.user,  # type: ignore[arg-type]
            )
        except (Bestandsfout, Geweigerd) as fout:
            formulier.add_error("bestand", str(fout))
            return None
        if not invoer.open():
            messages.info(request, f"Dit bestand is al geïmporteerd. {wat_er_gebeurde(invoer)} Er verandert niets.")
            return _naar("controle", invoer)
        return _naar("controle" if invoer.controle else "herkennen", invoer)

    def herkennen(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Show how the file is read; check it when that is confirmed."""
        if not invoer.open():
            raise NietOpen(wat_er_gebeurde(invoer))
        formulier = Duidingformulier(request.POST or None, invoer=invoer, wie=request.user)
        if request.method == "POST" and formulier.is_valid():
            data = formulier.cleaned_data
            if formulier.anders() or request.POST.get("actie") == "herken":
                zelfde_blad = data["blad"] == formulier.duiding.blad
                kop = data["kop"] if zelfde_blad and data["kop"] != formulier.duiding.kop else 0
                verloop.onthoud_duiding(invoer, verloop.raad(invoer, data["soort"], data["blad"], kop))
                return _naar("herkennen", invoer)
            try:
                verloop.controleer(
                    invoer,
                    formulier.als_duiding(),
                    bronnaam=data.get("bronnaam", ""),
                    door=request.user,  # type: ignore[arg-type]
                )
                return _naar("controle", invoer)
            except VersieLigtVast:
                raise
            except Geweigerd as weigering:
                formulier.add_error(None, str(weigering))
        return TemplateResponse(
            request,
            "admin/programma/import/herkennen.html",
            {
                **self._context(request, invoer, f"Hoe lezen wij {invoer.bestandsnaam}?"),
                "formulier": formulier,
                "onbekend": not any(formulier.duiding.kolommen),
                "voorbeeld": Weergave(invoer).voorbeeld(),
                "eerder": verloop.eerder_bevestigd(invoer),
            },
        )

    def controle(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Show what the import changes, or what it changed."""
        if invoer.open() and not invoer.controle:
            return _naar("herkennen", invoer)
        return TemplateResponse(
            request,
            "admin/programma/import/controle.html",
            {
                **self._context(request, invoer, f"Controle van {invoer.bestandsnaam}"),
                "weergave": Weergave(invoer, request.GET.get("toon", ""), request.GET.get("p", "1")),
                "eerder": verloop.eerder_bevestigd(invoer) if invoer.open() else None,
                "gebeurd": "" if invoer.open() else wat_er_gebeurde(invoer),
            },
        )

    def vragen(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Keep how numbers that can be read in two ways are read, or ask all of it again."""
        door, controle = request.user, _controle(request)
        if request.POST.get("actie") == "opnieuw":
            vragen.vraag_opnieuw(invoer, controle=controle, door=door)  # type: ignore[arg-type]
            messages.info(request, "Uw keuzes zijn weg. Wij vragen het opnieuw.")
            return _naar("controle", invoer)
        keuzes = {naam.removeprefix("lees-"): str(waarde) for naam, waarde in request.POST.items()}
        aantal = vragen.beantwoord(invoer, keuzes, controle=controle, door=door)  # type: ignore[arg-type]
        messages.success(request, "Uw keuze is bewaard." if aantal == 1 else f"Uw {aantal} keuzes zijn bewaard.")
        return _naar("controle", invoer)

    def bevestigen(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Write what the check showed."""
        bevestiging.bevestig(
            invoer,
            door=request.user,  # type: ignore[arg-type]
            controle=_controle(request),
            akkoord=request.POST.get("akkoord") == "ja",
        )
        messages.success(request, f"Het bestand {invoer.bestandsnaam} is geïmporteerd.")
        return _naar("controle", invoer)

    def opnieuw(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Compare once more with what the version is now."""
        duiding = Duiding.uit_json(invoer.duiding)
        verloop.controleer(invoer, duiding, bronnaam=invoer.bronnaam, door=request.user)  # type: ignore[arg-type]
        return _naar("controle", invoer)

    def ongedaan(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Undo a confirmed import."""
        bevestiging.maak_ongedaan(invoer, door=request.user)  # type: ignore[arg-type]
        messages.success(request, f"De import van {invoer.bestandsnaam} is ongedaan gemaakt.")
        return _naar("controle", invoer)

    def vervallen(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Drop an import that was not confirmed."""
        verloop.laat_vervallen(invoer, door=request.user)  # type: ignore[arg-type]
        messages.success(request, f"De import van {invoer.bestandsnaam} is vervallen. Er is niets gewijzigd.")
        return HttpResponseRedirect(reverse("admin:programma_versie_change", args=[invoer.versie_id]))

    def fouten(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Give all errors as a file for a spreadsheet."""
        antwoord = StreamingHttpResponse(
            tabel_csv_bytes(foutenlijst(invoer), EXCEL), content_type="text/csv; charset=utf-8"
        )
        antwoord.headers["Content-Disposition"] = f'attachment; filename="fouten-import-{invoer.pk}.csv"'
        return met_log_elders(request, antwoord, uitvoerlog.EXCEL, invoer.versie)

    def foutenblad(self, request: HttpRequest, invoer: Import) -> HttpResponseBase:
        """Give the file back with its errors on a sheet of their own."""
        antwoord = HttpResponse(werkmap(invoer), content_type=XLSX)
        kaal = slugify(invoer.bestandsnaam.rpartition(".")[0]) or "bestand"
        antwoord.headers["Content-Disposition"] = f'attachment; filename="{kaal}-met-fouten.xlsx"'
        return met_log_elders(request, antwoord, "xlsx", invoer.versie)

    def bestand(self, request: HttpRequest, sleutel: int) -> HttpResponseBase:
        """Give the file as it came, to whoever may see imports. It is never shown, only downloaded."""
        invoer = get_object_or_404(Import, pk=sleutel)
        if not self.has_view_permission(request, invoer) or request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        antwoord = HttpResponse(bytes(invoer.inhoud), content_type="application/octet-stream")
        kaal = slugify(invoer.bestandsnaam.rpartition(".")[0]) or "bestand"
        antwoord.headers["Content-Disposition"] = (
            f"attachment; filename=\"{kaal}.{invoer.vorm}\"; filename*=UTF-8''{quote(invoer.bestandsnaam)}"
        )
        return met_log_elders(request, antwoord, invoer.vorm, invoer.versie)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Export rows of any version to a file."""
        return export(request, self._context(request, None, "Exporteren"))


def _controle(request: HttpRequest) -> int:
    """Return the number of the check that this person saw; 0 for anything else."""
    controle = request.POST.get("controle", "")
    return int(controle) if controle.isdecimal() and len(controle) < 10 else 0


def _naar(stap: str, invoer: Import) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:programma_import_{stap}", args=[invoer.pk]))
