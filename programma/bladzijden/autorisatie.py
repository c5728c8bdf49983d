"""The page on what the council authorised, and its steps as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from programma.bladzijden.antwoord import antwoord
from programma.inhoud import Uitgave
from programma.inhoud.autorisatie import Autorisatiestuk
from programma.lezing import lees_autorisatie
from programma.pagina import autorisatiepagina, autorisatierijen
from programma.pagina.adres import Adres, bestandsnaam
from programma.tables import Autorisatietabel, Stappentabel
from veiligheid.exports import kies_vorm, tabel_antwoord


def _stuk(uitgave: Uitgave) -> Autorisatiestuk:
    stuk = lees_autorisatie(uitgave)
    if stuk is None:
        raise Http404
    return stuk


def toon(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Show per programme which lasten and baten the council authorised, decision by decision."""
    stuk = _stuk(uitgave)
    pagina = autorisatiepagina(stuk, adres)
    return antwoord(
        request,
        "programma/autorisatie.html",
        gemeente=stuk.gemeente,
        pagina=pagina,
        tabel=Autorisatietabel(pagina, adres),
        tabellen=[(blok, Stappentabel(blok, nummer, adres)) for nummer, blok in enumerate(pagina.blokken, start=2)],
        voorbeeld=adres.voorbeeld,
    )


def csv(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give every step of every programme, with exact amounts."""
    naam = bestandsnaam(uitgave, "autorisatie.csv")
    return tabel_antwoord(autorisatierijen(_stuk(uitgave)), kies_vorm(request.GET.get("vorm")), naam)
