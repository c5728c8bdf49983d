"""Work that is given out, for the officer: who writes what, who is late, and sending back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from programma import opdrachten
from programma.models import Opdracht, Pakket, Versie
from programma.publicatie import Geweigerd
from veiligheid import formatting
from veiligheid.formulieren import Zorgvuldig


class RedenForm(forms.Form):
    """Why the work goes back."""

    reden = forms.CharField(
        label="Wat moet er anders?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), label_suffix=""
    )


class GeefForm(forms.Form):
    """Who gets a pakket, and by when; a row that is left empty gives nothing."""

    schrijver = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="niemand erbij")
    uiterlijk = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, pakket: Pakket, schrijvers: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data, prefix=str(pakket.pk))
        self.pakket = pakket
        keuze = self.fields["schrijver"]
        if isinstance(keuze, forms.ModelChoiceField):
            keuze.queryset = opdrachten.schrijvers()
            keuze.widget.choices = [("", keuze.empty_label), *schrijvers]
        for naam, label in (("schrijver", "Schrijver"), ("uiterlijk", "Uiterlijk")):
            self.fields[naam].widget.attrs["aria-label"] = f"{label} voor {pakket}"

    def clean(self) -> dict[str, Any]:
        """A name without a day, or a day without a name, is half a gift."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("schrijver") and not data.get("uiterlijk") and "uiterlijk" not in self.errors:
            self.add_error("uiterlijk", "Kies de uiterste dag.")
        return data


def stand(opdracht: Opdracht) -> str:
    """Return how far an opdracht is, in words; late comes first."""
    if opdracht.status == Opdracht.Status.KLAAR:
        return f"klaar gemeld op {formatting.moment(opdracht.klaar_op)}" if opdracht.klaar_op else "klaar"
    if not opdracht.versie.bewerkbaar():
        return f"gesloten: de versie is {opdracht.versie.get_status_display()}"
    laat = "te laat, " if opdracht.te_laat(timezone.localdate()) else ""
    return f"{laat}{opdracht.get_status_display()}"


@admin.register(Opdracht)
class OpdrachtAdmin(Zorgvuldig):
    """Opdrachten. They are given per version; here one is looked at, moved to another day, sent back or withdrawn."""

    list_display = ["pakket", "schrijver", "uiterlijk", "stand", "versie"]
    list_filter = ["versie", "status", "schrijver"]
    list_select_related = ["pakket", "schrijver", "versie"]
    fields = [
        "pakket",
        "schrijver",
        "versie",
        "uiterlijk",
        "toelichting",
        "stand",
        "reden",
        "gegeven_op",
        "gegeven_door",
    ]
    readonly_fields = ["pakket", "schrijver", "versie", "stand", "reden", "gegeven_op", "gegeven_door"]
    change_form_template = "admin/programma/opdracht/change_form.html"

    @admin.display(description="stand")
    def stand(self, opdracht: Opdracht) -> str:
        """How far it is, in words."""
        return stand(opdracht)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Work is given on the screen of a version."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the screen of a version, and sending back."""
        poort = self.admin_site.admin_view
        return [
            path("versie/<int:sleutel>/", poort(self.versie), name="programma_opdracht_versie"),
            path("<int:sleutel>/terugsturen/", poort(require_POST(self.terugsturen)), name="programma_opdracht_terug"),
            *super().get_urls(),
        ]

    def terugsturen(self, request: HttpRequest, sleutel: int) -> HttpResponse:
        """Send work that is klaar back, with a reason."""
        if not request.user.has_perm("programma.change_opdracht"):
            raise PermissionDenied
        opdracht = get_object_or_404(Opdracht, pk=sleutel)
        try:
            opdrachten.stuur_terug(
                opdracht,
                door=request.user,  # type: ignore[arg-type]  # has_perm: nobody anonymous
                reden=request.POST.get("reden", ""),
            )
        except Geweigerd as weigering:
            messages.error(request, str(weigering))
        else:
            messages.success(request, f"Teruggestuurd: {opdracht}. De schrijver ziet uw reden en kan weer schrijven.")
        return HttpResponseRedirect(reverse("admin:programma_opdracht_change", args=[opdracht.pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Offer sending back when the work is klaar."""
        opdracht = self.get_object(request, object_id)
        klaar = isinstance(opdracht, Opdracht) and opdracht.status == Opdracht.Status.KLAAR
        mag = request.user.has_perm("programma.change_opdracht")
        extra = {**(extra_context or {}), "terugsturen": RedenForm() if klaar and mag else None}
        return super().change_view(request, object_id, form_url, extra)

    def versie(self, request: HttpRequest, sleutel: int) -> HttpResponse:
        """Show who writes which pakket of a version, and give pakketten out."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        versie = get_object_or_404(Versie.objects.select_related("document"), pk=sleutel)
        mag = request.user.has_perm("programma.add_opdracht") and versie.bewerkbaar()
        if request.method == "POST" and not mag:
            raise PermissionDenied
        pakketten = _pakketten(versie)
        namen = [(gebruiker.pk, gebruiker.get_username()) for gebruiker in opdrachten.schrijvers()] if mag else []
        data = request.POST if request.method == "POST" else None
        formulieren = [GeefForm(pakket, namen, data) for pakket in pakketten]
        if data is not None and all(formulier.is_valid() for formulier in formulieren):
            try:
                self._geef(request, formulieren)
            except Geweigerd as weigering:
                messages.error(request, f"Niets gegeven. {weigering}")
            else:
                return HttpResponseRedirect(request.get_full_path())
        rijen = [
            (pakket, [(opdracht, stand(opdracht)) for opdracht in pakket.opdrachten.all()], formulier)
            for pakket, formulier in zip(pakketten, formulieren, strict=True)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Opdrachten van {versie.titel}, versie {versie.nummer}",
            "versie": versie,
            "rijen": rijen,
            "mag_geven": mag and namen,
            "geen_schrijvers": mag and not namen,
        }
        return render(request, "admin/programma/opdracht/versie.html", context)

    @transaction.atomic
    def _geef(self, request: HttpRequest, formulieren: list[GeefForm]) -> None:
        """Give what was filled in, all or nothing. Raises Geweigerd."""
        gegeven = 0
        for formulier in formulieren:
            if not formulier.cleaned_data.get("schrijver"):
                continue
            _, nieuw = opdrachten.geef(
                formulier.pakket,
                formulier.cleaned_data["schrijver"],
                formulier.cleaned_data["uiterlijk"],
                door=request.user,  # type: ignore[arg-type]  # has_perm: nobody anonymous
                toelichting=request.POST.get("toelichting", "").strip(),
            )
            gegeven += nieuw
        messages.success(request, f"{gegeven} pakketten gegeven." if gegeven != 1 else "1 pakket gegeven.")


def _pakketten(versie: Versie) -> models.QuerySet[Pakket]:
    gegeven = Opdracht.objects.select_related("schrijver", "versie").order_by("uiterlijk", "pk")
    return (
        Pakket.objects.filter(versie=versie)
        .select_related("programma", "versie")
        .prefetch_related(models.Prefetch("opdrachten", gegeven))
        .order_by("programma__volgorde", "programma__code", "volgorde", "code")
    )
