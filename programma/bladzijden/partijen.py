"""The pages of the connected parties, over all current published versions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from programma.bladzijden.antwoord import antwoord
from programma.lezing import lees_partijen
from programma.pagina import partijlijst, partijpagina, partijrijen
from veiligheid.exports import kies_vorm, tabel_antwoord


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Show every party, by the four legal kinds."""
    stuk = lees_partijen()
    return antwoord(request, "programma/partijen.html", gemeente=stuk.gemeente, pagina=partijlijst(stuk))


@require_safe
def lijst_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the figures of every party, a row per year."""
    return tabel_antwoord(partijrijen(lees_partijen()), kies_vorm(request.GET.get("vorm")), "partijen.csv")


@require_safe
def toon(request: HttpRequest, partij: str) -> HttpResponse:
    """Show one party; what no current published version mentions does not exist."""
    stuk = lees_partijen(partij)
    pagina = partijpagina(stuk, partij)
    if pagina is None:
        raise Http404
    return antwoord(request, "programma/partij.html", gemeente=stuk.gemeente, pagina=pagina)
