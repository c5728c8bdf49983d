"""The page of a pakket."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from programma.bladzijden.antwoord import antwoord
from programma.bladzijden.programma import keuze_uit
from programma.inhoud import Uitgave
from programma.lezing import lees_pakket
from programma.pagina import pakketpagina
from programma.pagina.adres import Adres
from programma.raming import tel_op
from programma.tables import Pakkettabel


def toon(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str, pakket: str) -> HttpResponse:
    """Show a pakket: what it does, and what each of its lines costs."""
    stuk = lees_pakket(uitgave, programma, pakket)
    if stuk is None:
        raise Http404
    keuze = keuze_uit(request, stuk.programma)
    optelling = tel_op(stuk.programma.cellen)
    return antwoord(
        request,
        "programma/pakket.html",
        gemeente=stuk.programma.gemeente,
        pagina=pakketpagina(stuk, keuze, optelling, adres),
        tabel=Pakkettabel(stuk, keuze, optelling, adres),
        voorbeeld=adres.voorbeeld,
    )
