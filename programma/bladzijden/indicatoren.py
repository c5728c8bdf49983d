"""The pages of the indicators that current published versions use."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from indicatoren.tables import Indicatortabel, Reekstabel
from programma.bladzijden.antwoord import antwoord
from programma.inhoud.indicatoren import Indicatorstuk
from programma.lezing import lees_indicatoren
from programma.pagina import indicatorlijst, indicatorpagina, indicatorrijen
from programma.pagina.adres import indicator as adres
from veiligheid.exports import kies_vorm, tabel_antwoord


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Show every indicator as a card, and all of them as a table."""
    stuk = lees_indicatoren()
    return antwoord(
        request,
        "programma/indicatoren.html",
        gemeente=stuk.gemeente,
        pagina=indicatorlijst(stuk),
        tabel=Indicatortabel(stuk.reeksen, adres) if stuk.reeksen else None,
    )


@require_safe
def lijst_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the figures of every indicator, a row per area and year."""
    return tabel_antwoord(indicatorrijen(lees_indicatoren()), kies_vorm(request.GET.get("vorm")), "indicatoren.csv")


def _stuk(slug: str) -> Indicatorstuk:
    stuk = lees_indicatoren(slug)
    if not stuk.reeksen:
        raise Http404
    return stuk


@require_safe
def toon(request: HttpRequest, indicator: str) -> HttpResponse:
    """Show one indicator; what no current published version shows does not exist."""
    stuk = _stuk(indicator)
    return antwoord(
        request,
        "programma/indicator.html",
        gemeente=stuk.gemeente,
        pagina=indicatorpagina(stuk),
        tabel=Reekstabel(stuk.reeksen[0]),
    )


@require_safe
def tabel_csv(request: HttpRequest, indicator: str) -> HttpResponseBase:
    """Give the table of one indicator, with exact figures."""
    tabel = Reekstabel(_stuk(indicator).reeksen[0])
    return tabel_antwoord(tabel.as_values(), kies_vorm(request.GET.get("vorm")), tabel.bestandsnaam)
