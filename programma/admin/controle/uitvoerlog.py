"""The export log: who took which file, and whether it was the same as before.

An auditor sees all of it; who may read versions sees what they took themselves, and nothing of anybody else.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from programma.admin.levering import eis_recht, met_log
from programma.bladzijden import Toon
from programma.levering.uitvoerlog import Zeef, melding
from programma.models import Uitlevering
from programma.querysets.uitlevering import KOP
from programma.spoor.historie import kop
from veiligheid.exports import csv_antwoord, csv_bytes, kies_vorm
from veiligheid.foutpagina import foutpagina

PER_BLAD = 50
BESTAND = "uitvoerlog.csv"


class Zeefformulier(forms.Form):
    """What of the log to show. Everything is optional; `alles` is whether this person may see everybody's rows."""

    wie = forms.TypedChoiceField(label="Wie", required=False, coerce=int, empty_value=None)
    document = forms.ChoiceField(label="Document", required=False)
    vanaf = forms.DateField(label="Vanaf", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    tot_en_met = forms.DateField(label="Tot en met", widget=forms.DateInput(attrs={"type": "date"}), required=False)

    def __init__(self, data: Any, wie_leest: int | None) -> None:
        super().__init__(data)
        self._wie_leest = wie_leest
        document: Any = self.fields["document"]
        document.choices = [("", "alle documenten"), *Uitlevering.objects.documenten(wie_leest)]
        if wie_leest is not None:
            del self.fields["wie"]
            return
        wie: Any = self.fields["wie"]
        wie.choices = [("", "iedereen"), *Uitlevering.objects.personen()]

    def zeef(self) -> Zeef:
        """Return what was chosen; a field that cannot be read leaves out nothing, and says so beside it."""
        if not self.is_bound:
            return Zeef(wie_leest=self._wie_leest)
        self.is_valid()
        gekozen = {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde not in {"", None}}
        return Zeef(**gekozen, wie_leest=self._wie_leest)


def _wie_leest(request: HttpRequest) -> int | None:
    """Return to whose rows this person is limited; None for who sees all."""
    return None if request.user.has_perm("programma.view_uitlevering") else request.user.pk


@require_safe
def toon(request: HttpRequest) -> HttpResponseBase:
    """Show the log, the newest on top. Five queries at most, however long it is."""
    eis_recht(request)
    wie_leest = _wie_leest(request)
    formulier = Zeefformulier(request.GET or None, wie_leest)
    log: Any = Uitlevering.objects.log(formulier.zeef())
    blad = Paginator(log, PER_BLAD).get_page(request.GET.get("blad"))
    vraag = request.GET.copy()
    vraag.pop("blad", None)
    context = {
        **admin.site.each_context(request),
        "title": "Uitvoerlog" if wie_leest is None else "Uitvoerlog: wat u zelf meenam",
        "alles": wie_leest is None,
        "formulier": formulier,
        "blad": blad,
        "regels": [(regel, melding(regel)) for regel in blad],
        "vraag": f"{vraag.urlencode()}&" if vraag else "",
        "csv": f"{reverse('admin:controle_uitvoerlog_csv')}{'?' if vraag else ''}{vraag.urlencode()}",
        "stand_op": timezone.now(),
        "kop": kop(),
        "terug": reverse("admin:controle"),
    }
    return TemplateResponse(request, "admin/programma/controle/uitvoerlog.html", context)


@require_safe
def als_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the log as a file, as it was before this download; what cannot be read is refused (400)."""
    eis_recht(request)
    formulier = Zeefformulier(request.GET, _wie_leest(request))
    zeef = formulier.zeef()
    if formulier.errors:
        return foutpagina(request, HTTPStatus.BAD_REQUEST)
    tot = Uitlevering.objects.aggregate(laatste=Max("pk"))["laatste"] or 0
    vorm = kies_vorm(request.GET.get("vorm"))
    stroom = csv_bytes(KOP, [Uitlevering.objects.log_csv(zeef, tot, vorm)], vorm)
    return met_log(request, csv_antwoord(stroom, BESTAND), BESTAND)


def adressen(poort: Callable[[Toon], Toon]) -> list[URLPattern]:
    """Return the addresses of the log; `poort` is the gate of the admin."""
    return [
        path("controle/uitvoerlog/", poort(toon), name="controle_uitvoerlog"),
        path("controle/uitvoerlog.csv", poort(als_csv), name="controle_uitvoerlog_csv"),
    ]
