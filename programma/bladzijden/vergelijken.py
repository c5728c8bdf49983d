"""Two published versions side by side, and the amounts that differ as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from programma.bladzijden.antwoord import antwoord
from programma.inhoud import Uitgave
from programma.inhoud.vergelijking import Paar
from programma.lezing import lees_gemeente, lees_vergelijking, verschil_csv
from programma.models import Versie
from programma.pagina.vergelijken import (
    Vergelijkpagina,
    Vraag,
    formulier,
    keuzepagina,
    vergelijkpagina,
    vind,
    voorstel,
)
from programma.pagina.vergelijken.bedragen import Kolomgroep, Programmablok
from programma.tables.verschil import Verschiltabel
from programma.woorden import WOORDEN
from veiligheid.exports import csv_antwoord, kenmerk_van, kies_vorm


def _vraag(request: HttpRequest) -> Vraag:
    return Vraag(*(request.GET.get(veld, "") for veld in Vraag._fields))


@require_safe
def toon(request: HttpRequest) -> HttpResponse:
    """Show two versions side by side, or the form to choose them.

    What is not published does not exist here: a concept, a withdrawn version and nonsense have the same answer.
    """
    uitgaven = Versie.objects.alle_uitgaven()
    gevraagd = {veld: vind(uitgaven, request.GET[veld]) for veld in ("a", "b") if veld in request.GET}
    a, b = gevraagd.get("a"), gevraagd.get("b")
    if a and b:
        return _vergelijking(request, uitgaven, a, b)
    fout = None in gevraagd.values()
    keuze = voorstel(uitgaven) if fout else voorstel(uitgaven, b)
    if a and keuze and not fout:
        keuze = (a, keuze[1])
    gemeente = lees_gemeente(uitgaven)
    pagina = keuzepagina(gemeente, formulier(uitgaven, keuze), fout=fout)
    gekregen = antwoord(request, "programma/vergelijken_kies.html", gemeente=gemeente, pagina=pagina)
    gekregen.status_code = HTTPStatus.NOT_FOUND if fout else HTTPStatus.OK
    return gekregen


def _vergelijking(request: HttpRequest, uitgaven: list[Uitgave], a: Uitgave, b: Uitgave) -> HttpResponse:
    stuk, keuze = lees_vergelijking(a, b, _vraag(request))
    pagina = vergelijkpagina(stuk, keuze, formulier(uitgaven, (a, b)), WOORDEN)
    return antwoord(
        request,
        "programma/vergelijken.html",
        gemeente=stuk.gemeente,
        pagina=pagina,
        verdeeltabel=_verdeeltabel(pagina),
        tabellen=_tabellen(pagina, stuk.paren),
    )


def _tabellen(pagina: Vergelijkpagina, paren: Sequence[Paar]) -> list[tuple[Programmablok, Verschiltabel]]:
    """Return each programme with its table; the first explains the signs."""
    wat = "versies" if pagina.namen.zelfde_document else "documenten"
    return [
        (
            blok,
            Verschiltabel(
                f"{blok.titel} in beide {wat}",
                blok.anker,
                blok.groepen,
                pagina.namen,
                paren,
                centen=pagina.centen,
                uitleg=not nummer,
            ),
        )
        for nummer, blok in enumerate(pagina.blokken)
    ]


def _verdeeltabel(pagina: Vergelijkpagina) -> Verschiltabel | None:
    """Return the table with the numbers of the chart."""
    if pagina.verdeling is None:
        return None
    titel = f"Tabel 1. Resultaat per onderdeel, {pagina.verdeling.paar}"
    groepen = [Kolomgroep("", pagina.verdeling.rijen)]
    return Verschiltabel(titel, "tabel1", groepen, pagina.namen, (), centen=pagina.centen)


@require_safe
def csv(request: HttpRequest) -> HttpResponseBase:
    """Give every amount in which two versions differ, of the chosen columns."""
    uitgaven = Versie.objects.alle_uitgaven()
    a, b = (vind(uitgaven, request.GET.get(veld)) for veld in ("a", "b"))
    if a is None or b is None:
        raise Http404
    vraag, vorm = _vraag(request), kies_vorm(request.GET.get("vorm"))
    # What is published is fixed, so what was asked says what the answer is.
    wat = "\n".join([a.kenmerk, a.controlesom, b.kenmerk, b.controlesom, *vraag])
    kenmerk = kenmerk_van(hashlib.sha256(wat.encode()).hexdigest(), vorm)
    naam = f"verschil-{a.kenmerk}-{b.kenmerk}.csv".replace("/", "-")
    return csv_antwoord(verschil_csv(a, b, vraag, vorm), naam, kenmerk)
