"""The pages of a version, whoever may see them: read, compute, show. Which version it is, was found before.

Readers come here through `programma.views`, colleagues with a preview through `programma.admin.voorbeeld`: what
both see is the same. Each page is a module; BLADZIJDEN is the one list of their addresses under a version. The pages
over all documents (partijen, indicatoren) have addresses of their own, in `programma.urls`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpResponseBase

from programma.bladzijden import (
    aansluiting,
    autorisatie,
    bedrag,
    bestanden,
    document,
    dossier,
    pakket,
    programma,
    rekenbladen,
    uitvoer,
)

Toon = Callable[..., HttpResponseBase]


class Bladzijde(NamedTuple):
    """A page: its address under that of the version, its name, and the function that shows it.

    The function takes the request, the version (Uitgave), under which root its links stay (Adres), and what the
    address names.
    """

    pad: str
    naam: str
    toon: Toon


BLADZIJDEN = (
    Bladzijde("", "document", document.toon),
    Bladzijde("programmas.csv", "programmas_csv", document.programmas_csv),
    Bladzijde("taakvelden.csv", "taakvelden_csv", document.taakvelden_csv),
    Bladzijde("begroting.csv", "begroting_csv", bestanden.begroting_csv),
    Bladzijde("begroting.json", "begroting_json", bestanden.begroting_json),
    Bladzijde("begroting.xlsx", "begroting_xlsx", rekenbladen.begroting),
    Bladzijde("narekenen.xlsx", "narekenen_xlsx", rekenbladen.narekenen),
    Bladzijde("dossier.zip", "dossier_zip", dossier.toon),
    Bladzijde("uitvoer/", "uitvoer", uitvoer.toon),
    Bladzijde("SHA256SUMS", "sha256sums", bestanden.somlijst),
    Bladzijde("datapackage.json", "datapackage", bestanden.datapakket),
    Bladzijde("autorisatie/", "autorisatie", autorisatie.toon),
    Bladzijde("autorisatie.csv", "autorisatie_csv", autorisatie.csv),
    Bladzijde("document.pdf", "document_pdf", bestanden.pdf),
    Bladzijde("aansluiting/", "aansluiting", aansluiting.toon),
    Bladzijde("aansluiting.csv", "aansluiting_csv", aansluiting.csv),
    Bladzijde("aansluiting.pdf", "aansluiting_pdf", bestanden.aansluiting_pdf),
    Bladzijde("programma/<slug:programma>/", "programma", programma.toon),
    Bladzijde("programma/<slug:programma>/tabel.csv", "tabel_csv", programma.tabel_csv),
    Bladzijde("programma/<slug:programma>/begroting.csv", "programma_csv", bestanden.begroting_csv),
    Bladzijde("programma/<slug:programma>/programma.pdf", "programma_pdf", bestanden.pdf),
    Bladzijde("bedrag/<str:wat>/<slug:kolom>/", "documentbedrag", bedrag.toon),
    Bladzijde("bedrag/<str:wat>/<slug:kolom>/gegevens.json", "documentbedrag_json", bedrag.als_json),
    Bladzijde("programma/<slug:programma>/pakket/<str:pakket>/", "pakket", pakket.toon),
    Bladzijde("programma/<slug:programma>/bedrag/<str:wat>/<slug:kolom>/", "bedrag", bedrag.toon),
    Bladzijde("programma/<slug:programma>/bedrag/<str:wat>/<slug:kolom>/gegevens.json", "bedrag_json", bedrag.als_json),
)
