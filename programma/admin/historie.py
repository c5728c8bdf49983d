"""The history in the admin: timelines of a cell, a row, a programme or a version, and the way back to a state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from programma.herstel import gevolgen, herstel
from programma.models import Begrotingsregel, Gebeurtenis, Kolom, Programma, Schakel, Versie
from programma.publicatie import Geweigerd
from programma.spoor.historie import tabellen, tijdlijn

Bladzijde = Callable[..., HttpResponseBase]
PER_BLAD = 50
WEGEN = {
    "formulier": "formulier",
    "rooster": "rooster",
    "import": "import",
    "kopie": "kopie van een versie",
    "nieuw_jaar": "nieuw jaar",
    "herstel": "teruggezet",
    "opdracht": "opdracht van de site",
    "opening": "begin van de historie",
    "migratie": "bijwerken van de site",
    "bestanden": "bestanden bij een publicatie",
}
# What came along from elsewhere when a version was made: hundreds of rows that nobody wrote there.
MEEGEKOMEN = ("kopie", "nieuw_jaar", "opening")
ALLES = "alles"


class Zeef(forms.Form):
    """What of a timeline to show. Everything is optional.

    With `kort` it leaves out what came along from another version, until somebody asks for it.
    """

    wie = forms.ModelChoiceField(
        label="Wie", queryset=User.objects.order_by("username"), required=False, empty_label="iedereen"
    )
    soort = forms.ChoiceField(label="Wat", choices=[("", "alles"), *Gebeurtenis.Soort.choices], required=False)
    via = forms.ChoiceField(label="Via", required=False)
    vanaf = forms.DateField(label="Vanaf", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    tot_en_met = forms.DateField(label="Tot en met", widget=forms.DateInput(attrs={"type": "date"}), required=False)

    def __init__(self, *args: Any, kort: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kort = kort
        via: Any = self.fields["via"]
        begin = [("", "alles behalve wat meekwam"), (ALLES, "alles")] if kort else [("", "alles")]
        via.choices = [*begin, *WEGEN.items()]

    def zeef(self, rijen: QuerySet[Gebeurtenis]) -> QuerySet[Gebeurtenis]:
        """Return the events that pass; a field that cannot be read leaves out nothing, and says so beside it."""
        via = self.data.get("via", "")
        if self.kort and not via:
            rijen = rijen.exclude(via__in=MEEGEKOMEN)
        if not self.is_bound:
            return rijen
        self.is_valid()
        voorwaarden = {
            "wie": "door",
            "soort": "soort",
            "via": "via",
            "vanaf": "op__date__gte",
            "tot_en_met": "op__date__lte",
        }
        gekozen: dict[str, User | str | date] = {
            voorwaarden[naam]: waarde for naam, waarde in self.cleaned_data.items() if waarde and waarde != ALLES
        }
        return rijen.filter(**gekozen)


def _eis_recht(request: HttpRequest) -> None:
    if not request.user.has_perm("programma.view_gebeurtenis"):
        raise PermissionDenied


def _met_schakel(rijen: QuerySet[Gebeurtenis]) -> QuerySet[Gebeurtenis]:
    schakel = Schakel.objects.filter(
        transactie=OuterRef("transactie"), eerste__lte=OuterRef("pk"), laatste__gte=OuterRef("pk")
    )
    return rijen.annotate(schakel=Subquery(schakel.values("pk")[:1]), versienummer=F("versie_id"))


def _toon(
    request: HttpRequest,
    rijen: QuerySet[Gebeurtenis],
    titel: str,
    versie: Versie | None,
    terug: str,
    *,
    kort: bool = False,
) -> HttpResponseBase:
    """Show a timeline, the newest on top. `versie` is what an earlier state can be of; `kort` as in Zeef."""
    formulier = Zeef(request.GET or None, kort=kort)
    bladen = Paginator(_met_schakel(formulier.zeef(rijen).order_by("-pk")), PER_BLAD)
    blad = bladen.get_page(request.GET.get("blad"))
    gebeurtenissen = list(blad.object_list)
    vraag = request.GET.copy()
    vraag.pop("blad", None)
    context = {
        **admin.site.each_context(request),
        "title": titel,
        "terug": terug,
        "formulier": formulier,
        "blad": blad,
        "vraag": f"{vraag.urlencode()}&" if vraag else "",
        "voorvallen": [
            (voorval, WEGEN.get(voorval.via, voorval.via), gebeurtenis.schakel)  # type: ignore[attr-defined]
            for voorval, gebeurtenis in zip(tijdlijn(gebeurtenissen), gebeurtenissen, strict=True)
        ],
        "meegekomen": rijen.filter(via__in=MEEGEKOMEN).count() if kort and not request.GET.get("via") else 0,
        "versie": versie,
        "concept": _concept(request, versie),
    }
    return TemplateResponse(request, "admin/programma/historie.html", context)


def _concept(request: HttpRequest, versie: Versie | None) -> Versie | None:
    """Return the concept into which this person can bring an earlier state, if there is one."""
    if versie is None or not request.user.has_perm("programma.maak_concept"):
        return None
    gevonden: Versie | None = Versie.objects.filter(document=versie.document_id, status=Versie.Status.CONCEPT).first()
    return gevonden


@require_safe
def van_versie(request: HttpRequest, versie: int) -> HttpResponseBase:
    """Show what happened to a version."""
    _eis_recht(request)
    gevonden = get_object_or_404(Versie.objects.select_related("document"), pk=versie)
    terug = reverse("admin:programma_versie_change", args=[versie])
    rijen = Gebeurtenis.objects.filter(versie=versie)
    return _toon(request, rijen, f"Geschiedenis van {gevonden}", gevonden, terug, kort=True)


@require_safe
def van_programma(request: HttpRequest, programma: int) -> HttpResponseBase:
    """Show what happened to a programme and to everything in it."""
    _eis_recht(request)
    gevonden = get_object_or_404(Programma.objects.select_related("versie__document"), pk=programma)
    terug = reverse("admin:programma_programma_change", args=[programma])
    rijen = Gebeurtenis.objects.van_programma(gevonden.versie_id, programma)
    return _toon(request, rijen, f"Geschiedenis van programma {gevonden}", gevonden.versie, terug, kort=True)


@require_safe
def van_rij(request: HttpRequest, tabel: str, rij: int) -> HttpResponseBase:
    """Show what happened to one row, also when it is gone by now."""
    _eis_recht(request)
    model = tabellen().get(tabel)
    rijen = Gebeurtenis.objects.van_rij(tabel, rij)
    laatste = rijen.order_by("-pk").first()
    if model is None or laatste is None:
        raise Http404
    versie = Versie.objects.filter(pk=laatste.versie_id).first()
    terug = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
    (voorval,) = tijdlijn([laatste])
    return _toon(request, rijen, f"Geschiedenis van {voorval.onderwerp}", versie, terug)


@require_safe
def van_cel(request: HttpRequest, regel: int, kolom: int) -> HttpResponseBase:
    """Show what happened to the amounts of a line in a column."""
    _eis_recht(request)
    gevonden = get_object_or_404(Begrotingsregel.objects.select_related("versie__document"), pk=regel)
    van = get_object_or_404(Kolom, pk=kolom, versie=gevonden.versie_id)
    terug = reverse("admin:programma_begrotingsregel_change", args=[regel])
    rijen = Gebeurtenis.objects.van_cel(gevonden.versie_id, regel, kolom)
    return _toon(request, rijen, f"Geschiedenis van {gevonden}, {van}", gevonden.versie, terug)


@require_http_methods(["GET", "HEAD", "POST"])
def stand(request: HttpRequest, versie: int, schakel: int) -> HttpResponseBase:
    """Show what bringing back a state does to the concept, and do it when that is confirmed."""
    _eis_recht(request)
    if not request.user.has_perm("programma.maak_concept"):
        raise PermissionDenied
    van = get_object_or_404(Versie.objects.select_related("document"), pk=versie)
    terug = reverse("admin:historie_versie", args=[versie])
    concept = _concept(request, van)
    if concept is None:
        messages.error(request, "Er is geen concept om deze stand in terug te zetten. Maak eerst een nieuw concept.")
        return HttpResponseRedirect(terug)
    try:
        if request.method == "POST":
            herstel(concept, van=versie, schakel=schakel, door=request.user)  # type: ignore[arg-type]  # has_perm
            messages.success(request, f"De stand is teruggezet in {concept}.")
            return HttpResponseRedirect(reverse("admin:programma_versie_change", args=[concept.pk]))
        gevolg = gevolgen(concept, van=versie, schakel=schakel)
    except Geweigerd as weigering:
        messages.error(request, str(weigering))
        return HttpResponseRedirect(terug)
    context = {
        **admin.site.each_context(request),
        "title": "Eerdere stand terugzetten",
        "terug": terug,
        "concept": concept,
        "zelfde": concept.pk == versie,
        "schakel": get_object_or_404(Schakel, pk=schakel),
        "gevolgen": gevolg,
    }
    return TemplateResponse(request, "admin/programma/stand.html", context)


class MetTijdlijn:
    """For an admin of rows: the button "Geschiedenis" leads to the timeline, which knows every change by any route."""

    model: type[models.Model]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Send the reader to the timeline; that page asks for the right to see it."""
        if not object_id.isdigit():
            raise Http404
        naam, sleutels = self.tijdlijnadres(int(object_id))
        return HttpResponseRedirect(reverse(f"admin:{naam}", args=sleutels))

    def tijdlijnadres(self, sleutel: int) -> tuple[str, list[str | int]]:
        """Return the name of the page and what it is about."""
        return "historie_rij", [self.model._meta.db_table, sleutel]


def adressen(poort: Callable[[Bladzijde], Bladzijde]) -> list[URLPattern]:
    """Return the addresses of the history; `poort` is the gate of the admin, which each of them passes."""
    return [
        path("historie/versie/<int:versie>/", poort(van_versie), name="historie_versie"),
        path("historie/versie/<int:versie>/stand/<int:schakel>/", poort(stand), name="historie_stand"),
        path("historie/programma/<int:programma>/", poort(van_programma), name="historie_programma"),
        path("historie/cel/<int:regel>/<int:kolom>/", poort(van_cel), name="historie_cel"),
        path("historie/rij/<slug:tabel>/<int:rij>/", poort(van_rij), name="historie_rij"),
    ]
