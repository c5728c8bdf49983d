"""The page of a document as a whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from programma.bladzijden.antwoord import antwoord
from programma.inhoud import Uitgave
from programma.lezing import lees_document
from programma.pagina import documentpagina
from programma.pagina.adres import Adres
from programma.raming import tel_op
from programma.tables import Programmatabel


def toon(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Show a document as a whole."""
    stuk = lees_document(uitgave)
    optelling = tel_op(stuk.cellen)
    return antwoord(
        request,
        "programma/document.html",
        gemeente=stuk.gemeente,
        pagina=documentpagina(stuk, optelling, adres),
        tabel=Programmatabel(stuk, optelling, adres),
        voorbeeld=adres.voorbeeld,
    )
