"""The page of a document as a whole, and its two tables as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from programma.bladzijden.antwoord import antwoord
from programma.inhoud import Uitgave
from programma.lezing import lees_document
from programma.pagina import documentpagina
from programma.pagina.adres import Adres
from programma.raming import tel_op
from programma.tables import Programmatabel, Taakveldtabel
from veiligheid.exports import kies_vorm, tabel_antwoord
from veiligheid.tables import Tabel


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
        taakveldtabel=Taakveldtabel(stuk, adres) if stuk.met_taakvelden else None,
        voorbeeld=adres.voorbeeld,
    )


def programmas_csv(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give the table of the programmes as shown, with exact amounts."""
    stuk = lees_document(uitgave)
    return _als_bestand(request, uitgave, Programmatabel(stuk, tel_op(stuk.cellen), adres))


def taakvelden_csv(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give the table of the taakvelden as shown, with exact amounts; 404 where the document has none."""
    stuk = lees_document(uitgave)
    if not stuk.met_taakvelden:
        raise Http404
    return _als_bestand(request, uitgave, Taakveldtabel(stuk, adres))


def _als_bestand(request: HttpRequest, uitgave: Uitgave, tabel: Tabel) -> HttpResponseBase:
    return tabel_antwoord(
        tabel.as_values(), kies_vorm(request.GET.get("vorm")), f"{uitgave.document_slug}-{tabel.bestandsnaam}"
    )
