"""The reconciliation of a version: the page, and every row of it as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from programma.aansluiting import controleer
from programma.bladzijden.antwoord import antwoord
from programma.inhoud import Uitgave
from programma.lezing import lees_aansluiting
from programma.pagina.aansluitpagina import CSV, aansluitpagina, csv_rijen, lees_keuze
from programma.pagina.adres import Adres, bestandsnaam
from programma.tables.aansluiting import Aansluittabel, Tellingtabel
from veiligheid.exports import kies_vorm, tabel_antwoord


def toon(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Show what agrees and what does not; without `?alles=1` only what does not."""
    stuk = lees_aansluiting(uitgave)
    keuze = lees_keuze(request.GET.get("controle"), request.GET.get("alles"))
    pagina = aansluitpagina(stuk, controleer(stuk), keuze, adres)
    return antwoord(
        request,
        "programma/aansluiting.html",
        gemeente=stuk.gemeente,
        pagina=pagina,
        telling=Tellingtabel(pagina.telling, pagina.canoniek),
        tabel=Aansluittabel(stuk, pagina.rijen, adres) if pagina.rijen else None,
        voorbeeld=adres.voorbeeld,
    )


def csv(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give every row of the report, whatever its verdict."""
    stuk = lees_aansluiting(uitgave)
    vorm = kies_vorm(request.GET.get("vorm"))
    return tabel_antwoord(csv_rijen(stuk, controleer(stuk)), vorm, bestandsnaam(uitgave, CSV))
