"""The workbooks of a version: kept with a publication, or made when asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase

from programma.bewaard.namen import BEGROTING, NAREKENEN
from programma.bladzijden.antwoord import PUBLIEK
from programma.bladzijden.bestanden import bewaard, lees_selectie, weiger
from programma.inhoud import Uitgave
from programma.pagina.adres import Adres, bestandsnaam
from programma.rekenblad.begroting import schrijf_begroting
from programma.rekenblad.narekenen import schrijf_narekenen
from programma.uitvoer import ALLES, Selectiefout
from veiligheid.werkmap import XLSX, TeVeel

KEUZE = "begroting-selectie.xlsx"
"""What a file with not all lines is called once downloaded."""


def begroting(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give the lines of a document as a workbook: all, or those that the filter leaves.

    All lines of a publication are the bytes that were kept; before those are made there is nothing (404).
    """
    try:
        selectie = lees_selectie(request, uitgave)
        if selectie == ALLES and not adres.voorbeeld:
            return bewaard(uitgave, BEGROTING, XLSX)
        naam = BEGROTING if selectie == ALLES else KEUZE
        return _maak(request, uitgave, naam, lambda doel: schrijf_begroting(uitgave, doel, selectie))
    except Selectiefout as fout:
        return weiger(request, adres, fout)
    except TeVeel as fout:
        return weiger(request, adres, Selectiefout(f"Dit past niet in een rekenblad: {fout}. Kies minder regels."))


def narekenen(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give the workbook to recompute a document with: of a publication the bytes that were kept, or 404."""
    if not adres.voorbeeld:
        return bewaard(uitgave, NAREKENEN, XLSX)
    try:
        return _maak(request, uitgave, NAREKENEN, lambda doel: schrijf_narekenen(uitgave, doel))
    except TeVeel as fout:
        return weiger(request, adres, Selectiefout(f"Dit past niet in een rekenblad: {fout}."))


def _maak(request: HttpRequest, uitgave: Uitgave, naam: str, schrijf: Callable[[IO[bytes]], None]) -> HttpResponseBase:
    """Give a workbook that is made now. It goes to a file that is gone when the answer has been given."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    doel = tempfile.TemporaryFile(dir=settings.VAR)  # noqa: SIM115 - the answer closes it
    try:
        if request.method != "HEAD":
            schrijf(doel)
    except BaseException:
        doel.close()
        raise
    doel.seek(0)
    antwoord = FileResponse(doel, as_attachment=True, filename=bestandsnaam(uitgave, naam), content_type=XLSX)
    antwoord.headers["Cache-Control"] = PUBLIEK
    return antwoord
