"""The files of a version: every line of it or of a filter, and what was made once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from programma import uitvoer
from programma.afdruk.namen import AANSLUITING, DOCUMENT, programmanaam
from programma.bladzijden.antwoord import PUBLIEK
from programma.inhoud import Uitgave
from programma.lezing import lees_datapakket
from programma.models import Bestandinhoud, Versie
from programma.pagina.adres import Adres, bestandsnaam
from programma.uitvoer import Programmadeel, Selectie, Selectiefout, selectiefout
from veiligheid.antwoord import bestand
from veiligheid.exports import EXCEL, MACHINE, Vorm, download, kenmerk_van
from veiligheid.foutpagina import foutpagina
from veiligheid.inrichting import LICENTIES

JSON = "application/json; charset=utf-8"
CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
TEKST = "text/plain; charset=utf-8"


def lees_selectie(request: HttpRequest, uitgave: Uitgave, naast: Iterable[str] = (), vast: str = "") -> Selectie:
    """Return the filter of an address. Raises Selectiefout for what is unknown, also to this version.

    `naast` are parameters that are no filter; `vast` is one that the path has given already. One query, or none.
    """
    vraag = dict(request.GET.lists())
    if vast in vraag:
        raise Selectiefout(f"Laat de parameter “{vast}” weg: dat deel staat al in het adres.")
    selectie = uitvoer.lees_selectie(vraag, tuple(naast))
    if not selectie.leeg:
        uitvoer.keur(selectie, uitvoer.lees_keuzes(uitgave))
    return selectie


def weiger(request: HttpRequest, adres: Adres, fout: Selectiefout) -> HttpResponse:
    """Return the page for who asked for a filter that there is not: what is wrong, and where one can choose."""
    return foutpagina(
        request,
        HTTPStatus.BAD_REQUEST,
        "programma/selectiefout.html",
        zin=str(fout),
        formulier=adres.uitvoer(),
        voorbeeld=adres.voorbeeld,
    )


def begroting_csv(
    request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str | None = None
) -> HttpResponseBase:
    """Give the lines of a document, or of one programme, as CSV: all, or those that the filter leaves."""
    naam = f"programma/{programma}/begroting.csv" if programma else "begroting.csv"
    delen = uitvoer.programmas(uitgave, naam)
    eigen = next((deel for deel in delen if deel.slug == programma), None)
    if programma and eigen is None:
        raise Http404
    try:
        vorm = _lees_vorm(request)
        selectie = lees_selectie(request, uitgave, ("vorm",), "programma" if eigen else "")
    except Selectiefout as fout:
        return weiger(request, adres, fout)
    kop = _Kop.van(uitgave, selectie, delen, vorm)
    if eigen is not None:
        selectie = replace(selectie, programma=(eigen.code,))
    stroom = uitvoer.begroting_csv(uitgave, selectie, vorm, delen)
    return kop.antwoord(request, stroom, _bestandsnaam(uitgave, naam, kop), CSV)


def begroting_json(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give the lines of a document as one JSON document: all, or those that the filter leaves."""
    delen = uitvoer.programmas(uitgave, "begroting.json")
    try:
        selectie = lees_selectie(request, uitgave)
    except Selectiefout as fout:
        return weiger(request, adres, fout)
    stroom = uitvoer.begroting_json(uitgave, selectie, delen)
    kop = _Kop.van(uitgave, selectie, delen)
    return kop.antwoord(request, stroom, _bestandsnaam(uitgave, "begroting.json", kop), JSON)


def somlijst(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Give the sha256 of every file of a version, as `sha256sum --check` reads it; 404 before publication.

    With ?namen=download the files have the names that a browser gives them, and this one comes as a download too.
    """
    rijen = Versie.objects.bestanden([uitgave.versie_id]).get(uitgave.versie_id)
    if not rijen:
        raise Http404
    if request.GET.get("namen") != "download":
        return bestand(uitvoer.sha256sums(rijen), TEKST)
    antwoord = bestand(uitvoer.sha256sums(rijen, partial(bestandsnaam, uitgave)), TEKST)
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{bestandsnaam(uitgave, "SHA256SUMS")}"'
    return antwoord


def datapakket(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponse:
    """Give the description of every file of a version for machines (Frictionless); 404 before publication."""
    stuk = lees_datapakket(uitgave)
    if not stuk.bestanden:
        raise Http404
    licentie = (settings.DATA_LICENTIE, *LICENTIES[settings.DATA_LICENTIE]) if settings.DATA_LICENTIE else None
    return bestand(uitvoer.datapackage(stuk, licentie, demo=settings.DEMO), JSON)


def pdf(request: HttpRequest, uitgave: Uitgave, adres: Adres, programma: str | None = None) -> HttpResponseBase:
    """Give a document, or one programme, in print. It was made soon after publication; before that it is not there."""
    return bewaard(uitgave, programmanaam(programma) if programma else DOCUMENT, PDF)


def aansluiting_pdf(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give the reconciliation in print, as it was at the publication."""
    return bewaard(uitgave, AANSLUITING, PDF)


def bewaard(uitgave: Uitgave, naam: str, soort: str) -> HttpResponseBase:
    """Give a file whose bytes were kept, with its sha256 in the headers; 404 when there is none. One query."""
    inhoud = Bestandinhoud.objects.filter(bestand__versie=uitgave.versie_id, bestand__naam=naam)
    gevonden = inhoud.values_list("inhoud", "bestand__sha256").first()
    if gevonden is None:
        raise Http404
    octetten, sha256 = gevonden
    antwoord = download(bytes(octetten), bestandsnaam(uitgave, naam), soort, f'"{sha256}"', sha256)
    antwoord.headers["Cache-Control"] = PUBLIEK
    return antwoord


def _lees_vorm(request: HttpRequest) -> Vorm:
    waarde = request.GET.get("vorm", "")
    if waarde not in {"", "excel"}:
        raise selectiefout("vorm", waarde, ["excel"])
    return EXCEL if waarde else MACHINE


def _bestandsnaam(uitgave: Uitgave, naam: str, kop: _Kop) -> str:
    """Return what an export is called once it is downloaded: a part is never taken for the whole."""
    kaal, _, soort = bestandsnaam(uitgave, naam).rpartition(".")
    return f"{kaal}{'-selectie' if kop.deel else ''}.{soort}"


class _Kop(NamedTuple):
    """What the headers of an export say: its ETag, and of a file that was recorded its sha256.

    `deel`: a filter left something out.
    """

    kenmerk: str = ""
    sha256: str = ""
    deel: bool = False

    @classmethod
    def van(cls, uitgave: Uitgave, selectie: Selectie, delen: list[Programmadeel], vorm: Vorm = MACHINE) -> _Kop:
        """Return the headers of an export before it is read. What is published is fixed: its filter names its bytes."""
        vastgelegd = delen[0].sha256 if delen else ""
        if not vastgelegd:
            return cls(deel=not selectie.leeg)
        if not selectie.leeg:
            wat = f"{vastgelegd}?{selectie.vraag()}"
            return cls(kenmerk_van(hashlib.sha256(wat.encode()).hexdigest(), vorm), deel=True)
        kenmerk = kenmerk_van(vastgelegd, vorm)
        return cls(kenmerk) if vorm.excel else cls(kenmerk, vastgelegd)

    def antwoord(
        self, request: HttpRequest, stroom: Iterable[bytes], bestandsnaam: str, soort: str
    ) -> HttpResponseBase:
        """Return the export as a download. HEAD reads nothing."""
        inhoud = () if request.method == "HEAD" else stroom
        return download(inhoud, bestandsnaam, soort, self.kenmerk, self.sha256)
