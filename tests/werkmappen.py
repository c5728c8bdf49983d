"""Workbooks for tests: written part by part and byte by byte, so that they can be wrong in every way."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

MIB = 1024 * 1024
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PAKKET = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
INHOUD = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


@dataclass(frozen=True, slots=True)
class Stuk:
    """One part of a ZIP: what its headers say, and the bytes that stand there."""

    naam: str
    ingepakt: bytes
    uitgepakt: int
    crc: int = 0
    methode: int = 8
    vlaggen: int = 0


def stuk(naam: str, inhoud: str | bytes) -> Stuk:
    """Return an honest part."""
    rauw = inhoud.encode() if isinstance(inhoud, str) else inhoud
    pakker = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Stuk(naam, pakker.compress(rauw) + pakker.flush(), len(rauw), zlib.crc32(rauw))


def bom(naam: str, begin: str, blok: str, keren: int, eind: str, *, zegt: int | None = None) -> Stuk:
    """Return a part that unpacks to begin, a block many times, and an end; made without unpacking it here.

    `zegt` is the size that its headers declare, when that is not the truth.
    """
    pakker = zlib.compressobj(6, zlib.DEFLATED, -15)
    kop = pakker.compress(begin.encode()) + pakker.flush(zlib.Z_FULL_FLUSH)
    midden = pakker.compress(blok.encode()) + pakker.flush(zlib.Z_FULL_FLUSH)
    staart = pakker.compress(eind.encode()) + pakker.flush()
    lengte = len(begin) + len(blok) * keren + len(eind)
    return Stuk(naam, kop + midden * keren + staart, lengte if zegt is None else zegt)


def maak_zip(stukken: list[Stuk], *, koppen: dict[int, int] | None = None) -> bytes:
    """Return a ZIP of these parts; `koppen` lets part i say that it begins where part j does."""
    lijf = bytearray()
    begin = []
    for deel in stukken:
        begin.append(len(lijf))
        naam = deel.naam.encode()
        maten = (deel.crc, len(deel.ingepakt), deel.uitgepakt, len(naam), 0)
        lijf += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, deel.vlaggen, deel.methode, 0, 0x21, *maten)
        lijf += naam + deel.ingepakt
    opgave = bytearray()
    for nummer, deel in enumerate(stukken):
        naam = deel.naam.encode()
        plek = begin[(koppen or {}).get(nummer, nummer)]
        maten = (deel.crc, len(deel.ingepakt), deel.uitgepakt, len(naam), 0, 0, 0, 0, 0, plek)
        opgave += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, deel.vlaggen, deel.methode, 0, 0x21, *maten) + naam
    aantal = len(stukken) & 0xFFFF
    einde = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, aantal, aantal, len(opgave), len(lijf), 0)
    return bytes(lijf + opgave + einde)


def werkboek_xml(bladen: list[str]) -> str:
    rijen = "".join(f'<sheet name="{naam}" sheetId="{i}" r:id="rId{i}"/>' for i, naam in enumerate(bladen, 1))
    return f'<?xml version="1.0"?><workbook {NS} xmlns:r="{RELATIES}"><sheets>{rijen}</sheets></workbook>'


def wortel_xml() -> str:
    """Return the part that says where the workbook is."""
    rij = f'<Relationship Id="rId1" Type="{RELATIES}/officeDocument" Target="xl/workbook.xml"/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{PAKKET}">{rij}</Relationships>'


def relaties_xml(aantal: int) -> str:
    rijen = "".join(
        f'<Relationship Id="rId{i}" Type="{RELATIES}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, aantal + 1)
    )
    tekst = f'<Relationship Id="rIdS" Type="{RELATIES}/sharedStrings" Target="sharedStrings.xml"/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{PAKKET}">{rijen}{tekst}</Relationships>'


def blad_xml(rijen: str, *, na: str = "", voor: str = "") -> str:
    """Return a sheet with these rows (as XML)."""
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet {NS}>{voor}<sheetData>{rijen}</sheetData>{na}</worksheet>'


BLAD = blad_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>een</t></is></c></row>')


def stukken(blad: str | Stuk = BLAD, *meer: Stuk, naam: str = "P1") -> list[Stuk]:
    """Return the parts of a small workbook with one sheet."""
    return [
        stuk("[Content_Types].xml", INHOUD),
        stuk("_rels/.rels", wortel_xml()),
        stuk("xl/workbook.xml", werkboek_xml([naam])),
        stuk("xl/_rels/workbook.xml.rels", relaties_xml(1)),
        blad if isinstance(blad, Stuk) else stuk("xl/worksheets/sheet1.xml", blad),
        *meer,
    ]


def werkmap(blad: str | Stuk = BLAD, *meer: Stuk, naam: str = "P1") -> bytes:
    """Return a small workbook with one sheet."""
    return maak_zip(stukken(blad, *meer, naam=naam))


# --- hostile --------------------------------------------------------------------------------------------------------

RIJ = '<row><c r="A1"><v>1234567</v></c><c r="B1"><v>1234567</v></c></row>'
BLADNAAM = "xl/worksheets/sheet1.xml"
BEGIN, EINDE = blad_xml("|").split("|")
_LAGEN = "".join(f'<!ENTITY {boven} "{f"&{onder};" * 10}">' for onder, boven in pairwise("abcdefghi"))
LACH = f'<!DOCTYPE lolz [<!ENTITY a "ha">{_LAGEN}]>'
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def met_doctype(doctype: str, verwijzing: str) -> str:
    """Return a sheet with a DOCTYPE whose entity stands in cell A1."""
    cel = f'<row r="1"><c r="A1" t="inlineStr"><is><t>&{verwijzing};</t></is></c></row>'
    return blad_xml(cel).replace("<worksheet", f"{doctype}<worksheet", 1)


def veel_cellen() -> bytes:
    """512 MB of cells."""
    blok = RIJ * (MIB // len(RIJ))
    return werkmap(bom(BLADNAAM, BEGIN, blok, 512 * MIB // len(blok) + 1, EINDE))


def grote_cel() -> bytes:
    """One cell of 1 GB."""
    begin = f'{BEGIN}<row r="1"><c r="A1" t="inlineStr"><is><t>'
    return werkmap(bom(BLADNAAM, begin, "a" * MIB, 1024, f"</t></is></c></row>{EINDE}"))


def _teksten(zegt: int | None = None) -> Stuk:
    blok = "<si><t>Lasten</t></si>" * 45_000
    return bom("xl/sharedStrings.xml", f"<sst {NS}>", blok, 324 * MIB // len(blok) + 1, "</sst>", zegt=zegt)


def dimensiebom() -> bytes:
    """Two cells, in opposite corners."""
    hoek = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return werkmap(blad_xml(f'<row r="1"><c r="A1"><v>1</v></c></row>{hoek}'))


def samengevoegd() -> bytes:
    """One merged cell as large as a sheet can be."""
    cel = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return werkmap(blad_xml(cel, na='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'))


def overlappend() -> bytes:
    """Two parts that are the same bytes."""
    delen = stukken(BLAD, stuk("xl/worksheets/sheet2.xml", BLAD))
    return maak_zip(delen, koppen={5: 4})


def over_elkaar() -> bytes:
    """A part that runs on over the part after it."""
    delen = stukken()
    eerste = delen[0]
    langer = Stuk(eerste.naam, eerste.ingepakt + b"\x00" * 400, eerste.uitgepakt, eerste.crc)
    goed = maak_zip([langer, *delen[1:]])
    # The bytes that were put between are taken out of the file again, not out of its table of contents.
    einde = struct.unpack("<4s4H2LH", goed[-22:])
    plek = goed.index(b"\x00" * 400)
    korter = goed[:plek] + goed[plek + 400 :]
    return korter[:-22] + struct.pack("<4s4H2LH", *einde[:6], einde[6] - 400, 0)


def doorgelogen(zegt: int) -> bytes:
    """Shared strings of 324 MB that say that they are small."""
    return werkmap(BLAD, _teksten(zegt))


def te_ruim() -> bytes:
    """A part that is smaller than it says."""
    klein = stuk(BLADNAAM, BLAD)
    return werkmap(Stuk(klein.naam, klein.ingepakt, klein.uitgepakt + 5, klein.crc))


def versleuteld_deel() -> bytes:
    """A ZIP with a password on a part."""
    klein = stuk(BLADNAAM, BLAD)
    return werkmap(Stuk(klein.naam, klein.ingepakt, klein.uitgepakt, klein.crc, vlaggen=1))


def gelijke_namen() -> bytes:
    """The same part twice: which one is read?"""
    return werkmap(BLAD, stuk(BLADNAAM.upper(), BLAD))


def te_veel_cellen() -> bytes:
    """One cell more than is allowed, in a part that unpacks to little enough."""
    blok = '<row r="1">' + '<c r="A1"/>' * 5_000 + "</row>"
    rauw = (BEGIN + blok * 193 + EINDE).encode()
    return werkmap(stuk(BLADNAAM, rauw))


def tekstversterker(rijen: int) -> bytes:
    """One long text that many cells point to: ten per row."""
    cellen = "".join(
        f'<row r="{rij}">' + "".join(f'<c r="{kolom}{rij}" t="s"><v>0</v></c>' for kolom in "ABCDEFGHIJ") + "</row>"
        for rij in range(1, rijen + 1)
    )
    return werkmap(blad_xml(cellen), stuk("xl/sharedStrings.xml", f"<sst {NS}><si><t>{'é' * 32_000}</t></si></sst>"))


def verborgen_hoek() -> bytes:
    """The opposite corner again, but no cell says where it is."""
    return werkmap(blad_xml('<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'))


def ver_uit_elkaar() -> bytes:
    """Many sheets that each hold two cells as far apart as is allowed."""
    blad = blad_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="60000"><c r="GR60000"><v>1</v></c></row>')
    aantal = 40
    return maak_zip(
        [
            stuk("[Content_Types].xml", INHOUD),
            stuk("_rels/.rels", wortel_xml()),
            stuk("xl/workbook.xml", werkboek_xml([f"P{i}" for i in range(1, aantal + 1)])),
            stuk("xl/_rels/workbook.xml.rels", relaties_xml(aantal)),
            *(stuk(f"xl/worksheets/sheet{i}.xml", blad) for i in range(1, aantal + 1)),
        ]
    )


def breed() -> bytes:
    """A row of cells without references, wider than is allowed."""
    return werkmap(blad_xml(f'<row r="1">{"<c><v>1</v></c>" * 201}</row>'))


def in_utf16() -> bytes:
    """A sheet in another encoding, in which nothing can be searched."""
    blad = dimensie_xml().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return werkmap(stuk(BLADNAAM, blad.encode("utf-16")))


def dimensie_xml() -> str:
    return blad_xml('<row r="1"><c r="XFD1048576"><v>1</v></c></row>')


def met_voorvoegsel() -> bytes:
    """The corner once more, in a document that writes x:c for c."""
    xml = dimensie_xml()
    for element in ("worksheet", "sheetData", "row", "c", "v"):
        xml = xml.replace(f"<{element} ", f"<x:{element} ").replace(f"<{element}>", f"<x:{element}>")
        xml = xml.replace(f"</{element}>", f"</x:{element}>")
    return werkmap(xml.replace("xmlns=", "xmlns:x="))


class Vijandig(NamedTuple):
    """A hostile file: what it is called, how it is made, and what the refusal must say."""

    naam: str
    maak: Callable[[], bytes]
    reden: str


VIJANDIG = {
    "te groot": Vijandig("a.xlsx", lambda: b"PK\x03\x04".ljust(12 * MIB + 1, b"\x01"), "groter dan 12 MB"),
    "veel cellen": Vijandig("a.xlsx", veel_cellen, "uitgepakt 512 MB; hoogstens 64 MB"),
    "grote cel": Vijandig("a.xlsx", grote_cel, "uitgepakt 1024 MB; hoogstens 64 MB"),
    "gedeelde teksten": Vijandig("a.xlsx", lambda: werkmap(BLAD, _teksten()), "uitgepakt 324 MB; hoogstens 64 MB"),
    "dimensiebom": Vijandig(
        "a.xlsx", dimensiebom, "Cel XFD1048576 op blad P1 valt buiten 60.000 rijen en 200 kolommen"
    ),
    "voorvoegsel": Vijandig("a.xlsx", met_voorvoegsel, "Cel XFD1048576 op blad P1 valt buiten"),
    "verborgen hoek": Vijandig("a.xlsx", verborgen_hoek, "."),
    "breed": Vijandig("a.xlsx", breed, "Blad P1, rij 1, kolom GS: er zijn meer dan 200 kolommen"),
    "ver uit elkaar": Vijandig("a.xlsx", ver_uit_elkaar, "De cellen staan te ver uit elkaar"),
    "samengevoegd": Vijandig("a.xlsx", samengevoegd, "De samengevoegde cel A1:XFD1048576 op blad P1 valt buiten"),
    "60.009 delen": Vijandig(
        "a.xlsx",
        lambda: maak_zip([Stuk(f"xl/{i}", b"", 0, methode=0) for i in range(60_009)]),
        "60009 delen; hoogstens",
    ),
    "gelogen maat": Vijandig("a.xlsx", lambda: doorgelogen(1000), "beschadigd"),
    "grof gelogen maat": Vijandig("a.xlsx", lambda: doorgelogen(63 * MIB), "beschadigd"),
    "te ruime maat": Vijandig("a.xlsx", te_ruim, "beschadigd"),
    "overlappend": Vijandig("a.xlsx", overlappend, "beschadigd|over elkaar"),
    "over elkaar": Vijandig("a.xlsx", over_elkaar, "beschadigd|over elkaar"),
    "billion laughs": Vijandig("a.xlsx", lambda: werkmap(met_doctype(LACH, "i")), "DOCTYPE"),
    "xxe": Vijandig("a.xlsx", lambda: werkmap(met_doctype(XXE, "e")), "DOCTYPE"),
    "xxe elders": Vijandig("a.xlsx", lambda: werkmap(BLAD, stuk("docProps/app.xml", f"{XXE}<a>&e;</a>")), "DOCTYPE"),
    "utf-16": Vijandig("a.xlsx", in_utf16, "niet in UTF-8"),
    "xlsm": Vijandig("a.xlsm", werkmap, "macro's"),
    "macro's": Vijandig("a.xlsx", lambda: werkmap(BLAD, stuk("xl/vbaProject.bin", b"\x01" * 99)), "macro's"),
    "versleuteld": Vijandig("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "wachtwoord"),
    "versleuteld deel": Vijandig("a.xlsx", versleuteld_deel, "versleuteld"),
    "dubbele namen": Vijandig("a.xlsx", gelijke_namen, "dubbele namen"),
    "padnaam": Vijandig("a.xlsx", lambda: werkmap(BLAD, stuk("xl/../../etc/x", b"x")), "vreemde of dubbele namen"),
    "te veel cellen": Vijandig("a.xlsx", te_veel_cellen, "meer dan 960.000 cellen"),
    "tekstversterker": Vijandig("a.xlsx", lambda: tekstversterker(80), "te veel tekst"),
    "grotere tekstversterker": Vijandig("a.xlsx", lambda: tekstversterker(4_000), "vraagt te veel geheugen"),
    "andere zip": Vijandig("a.xlsx", lambda: maak_zip([stuk("mimetype", "x")]), "geen Excel-werkmap"),
    "aanhangsel": Vijandig("a.xlsx", lambda: werkmap() + b"x", "beschadigd"),
    "ervoor geplakt": Vijandig("a.xlsx", lambda: b"PK\x03\x04" + werkmap(), "beschadigd"),
    "csv-veld": Vijandig("a.csv", lambda: b"a;b\n1;" + b"x" * (12 * MIB - 6), "meer dan 32.767 tekens"),
    "csv-rijen": Vijandig("a.csv", lambda: b"a;b\n" * 60_001, "meer dan 60.000 rijen"),
    "csv-kolommen": Vijandig("a.csv", lambda: b"a" + b";a" * 200, "meer dan 200 kolommen"),
    "csv-scheidingen": Vijandig("a.csv", lambda: b";" * (12 * MIB), "meer dan 200 kolommen"),
    "csv-regels": Vijandig("a.csv", lambda: b"\n" * (12 * MIB), "meer dan 60.000 rijen"),
    "csv-nul": Vijandig("a.csv", lambda: b"a;b\n1;\x00", r"Op regel 2 staat byte 00 \(positie 7\)"),
    "csv-aanhaling": Vijandig("a.csv", lambda: b'a;b\n"' + b"x;\n" * (4 * MIB - 2), "aanhalingsteken"),
}
