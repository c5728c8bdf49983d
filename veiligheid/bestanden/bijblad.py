"""A workbook given back with one sheet more: what was there stays as it is, byte for byte where it can.

The workbook is not read and written again, which would lose what our reader does not know (colours, formulas, charts).
The new sheet is a part of its own; the three parts that list the sheets each get one element more. Only for files
that passed the guard.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from veiligheid.bestanden.vorm import LANGSTE_CEL, kolomletters

HOOFD = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
VERBAND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# "Strict Open XML" has the same elements under other names.
STRIKT = {
    HOOFD: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    VERBAND: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
PAKKET = "http://schemas.openxmlformats.org/package/2006"
BLADSOORT = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# What XML cannot hold, not even escaped.
GEEN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_LEEG: dict[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{PAKKET}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PAKKET}/relationships"><Relationship Id="rId1" Type='
    f'"{VERBAND}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{HOOFD}"><sheets></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PAKKET}/relationships"></Relationships>',
}


class Verwijzing(NamedTuple):
    """A text in a cell that leads to a cell of another sheet."""

    tekst: str
    blad: str
    cel: str


Rijen = Iterable[Sequence[str | Verwijzing]]


def leeg() -> bytes:
    """Return a workbook without any sheet, to add sheets to."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for naam, tekst in _LEEG.items():
            doel.writestr(naam, tekst)
    return uit.getvalue()


def met_blad(inhoud: bytes, naam: str, rijen: Rijen) -> bytes:
    """Return the workbook with one sheet more, last; all its cells are text, also "=1+1".

    A name that is taken gets a number. Raises ValueError for a workbook that lists its sheets in a way that no
    spreadsheet program does.
    """
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED, True, 1) as doel:
        blad, anders, strikt = _vermeld(bron, naam)
        for deel in bron.infolist():
            if deel.filename in anders:
                doel.writestr(deel.filename, anders[deel.filename])
                continue
            with bron.open(deel) as lezer, doel.open(deel.filename, "w") as schrijver:
                shutil.copyfileobj(lezer, schrijver, 1024 * 1024)
        with doel.open(blad, "w") as schrijver:
            for stuk in _blad(rijen, strikt=strikt):
                schrijver.write(stuk.encode())
    return uit.getvalue()


def _vermeld(bron: zipfile.ZipFile, naam: str) -> tuple[str, dict[str, str], bool]:
    """Return the name of the part that the new sheet gets, the parts that name it, and whether they are "strict"."""
    delen = {deel.lower(): deel for deel in bron.namelist()}
    try:
        boek, verband, soorten = (
            delen[deel] for deel in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[content_types].xml")
        )
    except KeyError as fout:
        raise ValueError(f"{fout} is missing") from fout
    nummer = next(nummer for nummer in range(1, len(delen) + 2) if _deel(nummer) not in delen)
    tekst = bron.read(boek).decode()
    strikt = STRIKT[HOOFD] in tekst
    hoofd, relatie = (STRIKT[HOOFD], STRIKT[VERBAND]) if strikt else (HOOFD, VERBAND)
    volgende = max([int(gevonden) for gevonden in re.findall(r"\bsheetId\s*=\s*[\"'](\d{1,9})", tekst)], default=0) + 1
    anders = {
        boek: _voeg_toe(
            tekst,
            "sheets",
            f'<sheet xmlns="{hoofd}" xmlns:r="{relatie}" name={quoteattr(_vrij(naam, tekst))} '
            f'sheetId="{volgende}" r:id="bijblad{nummer}"/>',
        ),
        verband: _voeg_toe(
            bron.read(verband).decode(),
            "Relationships",
            f'<Relationship xmlns="{PAKKET}/relationships" Id="bijblad{nummer}" Type="{relatie}/worksheet" '
            f'Target="/{_deel(nummer)}"/>',
        ),
        soorten: _voeg_toe(
            bron.read(soorten).decode(),
            "Types",
            f'<Override xmlns="{PAKKET}/content-types" PartName="/{_deel(nummer)}" ContentType="{BLADSOORT}"/>',
        ),
    }
    return _deel(nummer), anders, strikt


def _deel(nummer: int) -> str:
    return f"xl/worksheets/bijblad{nummer}.xml"


def _voeg_toe(tekst: str, lijst: str, element: str) -> str:
    """Return the XML with one element more at the end of a list. Raises ValueError when it has no such list."""
    einde = [gevonden.start() for gevonden in re.finditer(rf"</(?:\w+:)?{lijst}\s*>", tekst)]
    if not einde:
        raise ValueError(f"no list of {lijst}")
    return f"{tekst[: einde[-1]]}{element}{tekst[einde[-1] :]}"


def _vrij(naam: str, boek: str) -> str:
    """Return the name, with a number when a sheet of the workbook has it already."""
    namen = {unescape(gevonden).casefold() for gevonden in re.findall(r"\bname\s*=\s*[\"']([^\"']*)", boek)}
    keuzes = [naam, *(f"{naam} {nummer}" for nummer in range(2, len(namen) + 3))]
    return next(keuze for keuze in keuzes if keuze.casefold() not in namen)


def _blad(rijen: Rijen, *, strikt: bool) -> Iterator[str]:
    """Yield the XML of a sheet."""
    verwijzingen = []
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{STRIKT[HOOFD] if strikt else HOOFD}"><sheetData>'
    for nummer, rij in enumerate(rijen, start=1):
        cellen = []
        for kolom, waarde in enumerate(rij, start=1):
            plek = f"{kolomletters(kolom)}{nummer}"
            if isinstance(waarde, Verwijzing):
                doel = quoteattr("'{}'!{}".format(waarde.blad.replace("'", "''"), waarde.cel))
                verwijzingen.append(f'<hyperlink ref="{plek}" location={doel}/>')
            tekst = waarde.tekst if isinstance(waarde, Verwijzing) else waarde
            if tekst:
                schoon = escape(GEEN_XML.sub("\ufffd", tekst[:LANGSTE_CEL]))
                cellen.append(f'<c r="{plek}" t="inlineStr"><is><t xml:space="preserve">{schoon}</t></is></c>')
        yield f'<row r="{nummer}">{"".join(cellen)}</row>'
    yield "</sheetData>"
    if verwijzingen:
        yield f"<hyperlinks>{''.join(verwijzingen)}</hyperlinks>"
    yield "</worksheet>"
