"""The page where one chooses what to export: a form whose address is the filter, and what it leaves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from programma import uitvoer
from programma.bladzijden.antwoord import antwoord
from programma.bladzijden.bestanden import weiger
from programma.inhoud import Uitgave
from programma.lezing import lees_uitvoer
from programma.pagina import EERSTE_RIJEN, uitvoerpagina
from programma.pagina.adres import Adres
from programma.uitvoer import Selectiefout


def toon(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Show the form, how many rows the filter leaves, what they add up to and the first of them.

    A form sends its empty fields too: then the address becomes the one that means this filter.
    """
    keuzes = uitvoer.lees_keuzes(uitgave)
    vraag = dict(request.GET.lists())
    try:
        selectie = uitvoer.lees_selectie(vraag)
        uitvoer.keur(selectie, keuzes)
    except Selectiefout as fout:
        return weiger(request, adres, fout)
    if vraag != selectie.parameters():
        return HttpResponseRedirect(adres.uitvoer(selectie.vraag()))
    stuk = lees_uitvoer(uitgave, selectie, keuzes, EERSTE_RIJEN)
    return antwoord(
        request,
        "programma/uitvoer.html",
        gemeente=stuk.gemeente,
        pagina=uitvoerpagina(stuk, adres),
        voorbeeld=adres.voorbeeld,
    )
