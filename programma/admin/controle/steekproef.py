"""A sample of the amounts of a version: its address holds the seed, so that anybody can draw it again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from programma.admin.controle.versie import bladzijde
from programma.bladzijden import Toon
from programma.cijfer import kolomwoord, lees_kolom
from programma.inhoud import Uitgave
from programma.lezing import Steekproefkader, lees_kader, lees_kandidaten
from programma.pagina.adres import Adres
from programma.pagina.steekproef import steekproefpagina, steekproefrijen
from programma.pagina.vergelijken.keuze import kolomnaam
from programma.spoor.historie import kop
from programma.steekproef import AANTAL, MEESTE, Steekproef, grootste, trek
from veiligheid.exports import kies_vorm, tabel_antwoord
from veiligheid.foutpagina import foutpagina
from veiligheid.tekens import geen_stuurtekens


class Steekproefformulier(forms.Form):
    """How many amounts, of which column, with which seed."""

    aantal = forms.IntegerField(label="Hoeveel bedragen", min_value=1, max_value=MEESTE)
    kolom = forms.ChoiceField(label="Uit welke kolom", required=False)
    zaad = forms.CharField(
        label="Zaad",
        max_length=64,
        validators=[geen_stuurtekens],
        help_text="Een getal of woord dat u zelf kiest en in uw dossier opschrijft. Met hetzelfde zaad krijgt iedereen "
        "dezelfde steekproef.",
    )

    def __init__(self, *args: Any, kader: Steekproefkader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kader = kader
        keuze: Any = self.fields["kolom"]
        keuze.choices = [("", "alle kolommen"), *((kolomwoord(k), kolomnaam(k)) for k in kader.kolommen)]

    def steekproef(self) -> Steekproef:
        """Return the sample that was asked for. The form must be valid. One query."""
        zaad, aantal = self.cleaned_data["zaad"], self.cleaned_data["aantal"]
        kolom = lees_kolom(self.cleaned_data["kolom"], self._kader.kolommen)
        return trek(lees_kandidaten(self._kader.uitgave, zaad, aantal, kolom), zaad, aantal)

    def vraag(self) -> str:
        """Return the choice as a query string. The form must be valid."""
        gekozen = {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde not in {"", None}}
        return urlencode(sorted(gekozen.items()))


def toon(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Show the form, and the sample when it was filled in. At most four queries."""
    kader = lees_kader(uitgave)
    begin = {"aantal": AANTAL, "zaad": secrets.randbelow(10**8)}
    formulier = Steekproefformulier(request.GET if "zaad" in request.GET else None, initial=begin, kader=kader)
    context = {
        **admin.site.each_context(request),
        "title": f"Steekproef uit {uitgave.titel}, versie {uitgave.nummer}",
        "uitgave": uitgave,
        "formulier": formulier,
        "stand_op": timezone.now(),
        "kop": kop(),
        "terug": reverse("admin:controle"),
    }
    if formulier.is_bound and formulier.is_valid():
        steekproef = formulier.steekproef()
        context |= {
            "steekproef": steekproef,
            "pagina": steekproefpagina(steekproef, adres, kader.pakketten),
            "csv": f"{adres.bestand('steekproef.csv')}?{formulier.vraag()}",
            "vast": grootste(steekproef.gevraagd),
        }
    return TemplateResponse(request, "admin/programma/controle/steekproef.html", context)


def als_csv(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give the sample as a file; what cannot be read is refused (400)."""
    kader = lees_kader(uitgave)
    formulier = Steekproefformulier(request.GET, kader=kader)
    if not formulier.is_valid():
        return foutpagina(request, HTTPStatus.BAD_REQUEST)
    rijen = steekproefrijen(formulier.steekproef(), uitgave, adres, kader.pakketten)
    naam = f"{uitgave.document_slug}-v{uitgave.nummer}-steekproef.csv"
    return tabel_antwoord(rijen, kies_vorm(request.GET.get("vorm")), naam)


def adressen(poort: Callable[[Toon], Toon]) -> list[URLPattern]:
    """Return the addresses of the sample; `poort` is the gate of the admin."""
    return [
        path("controle/<int:versie>/steekproef/", poort(bladzijde(toon)), name="controle_steekproef"),
        path(
            "controle/<int:versie>/steekproef.csv",
            poort(bladzijde(als_csv)),
            name="controle_steekproef_csv",
        ),
    ]
