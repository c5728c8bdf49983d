"""The process that parses one file: started by path, with limits of its own, without Django and without secrets.

It reads the file from standard input and writes lines of JSON: first what the file is (or why it is refused), then a
line per row. Text is "s…", a number "n…", a day "d…", a moment "t…". Whatever happens here, even an abort, ends here.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import resource
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

BESTURING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What UTF-8 looks like when it stands among cp1252: é, ë and the like, dashes and quotes, the euro sign.
UTF8_ERTUSSEN = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x93-\xa6]|\xe2\x82\xac")
SCHEIDINGEN = (";", "\t", ",")
PROEFRIJEN = 50
EXCEL_KOLOMMEN = 16_384
LOSSE_CEL = str | bool | None


class Weigering(Exception):
    """Why the file is refused, in Dutch, and where: sheet, row and column (1-based), or nowhere in particular."""

    def __init__(self, reden: str, *waar: object) -> None:
        super().__init__(reden)
        self.waar = waar


class Uitvoer:
    """The rows as they go out, within the limits of rows, columns, cells and text."""

    def __init__(self, grenzen: dict[str, int]) -> None:
        self.grenzen = grenzen
        self.regels: list[bytes] = []
        self.cellen = 0
        self.octetten = 0

    def blad(self, naam: str, rijen: Iterable[list[Any]]) -> int:
        """Take the rows of a sheet; return how many there are, up to the last that holds something."""
        eerste = len(self.regels)
        gevuld = 0
        for nummer, rij in enumerate(rijen, 1):
            if nummer > self.grenzen["rijen"]:
                raise Weigering(
                    f"heeft meer dan {_punten(self.grenzen['rijen'])} rijen. Verdeel het over meer bestanden.", naam
                )
            cellen = self._rij(naam, nummer, rij)
            gevuld = nummer if cellen else gevuld
            self._erbij(json.dumps(cellen, ensure_ascii=False, separators=(",", ":")).encode())
        del self.regels[eerste + gevuld :]
        return gevuld

    def _erbij(self, regel: bytes) -> None:
        self.octetten += len(regel)
        if self.octetten > self.grenzen["tekst"]:
            raise Weigering("Het bestand bevat te veel tekst. Verdeel het over meer bestanden.")
        self.regels.append(regel)

    def _rij(self, naam: str, nummer: int, rij: list[Any]) -> list[LOSSE_CEL]:
        laatste = len(rij)
        while 0 < laatste <= EXCEL_KOLOMMEN and rij[laatste - 1] in ("", None):
            laatste -= 1
        if laatste > self.grenzen["kolommen"]:
            raise Weigering(
                f"er zijn meer dan {self.grenzen['kolommen']} kolommen. Verwijder wat u niet inleest.",
                *(naam, nummer, self.grenzen["kolommen"] + 1),
            )
        cellen = [self._cel(waarde, naam, nummer, kolom) for kolom, waarde in enumerate(rij[:laatste], 1)]
        self.cellen += laatste - cellen.count(None)
        if self.cellen > self.grenzen["cellen"]:
            raise Weigering(
                f"Het bestand heeft meer dan {_punten(self.grenzen['cellen'])} gevulde cellen. "
                "Verdeel het over meer bestanden."
            )
        return cellen

    def _cel(self, waarde: object, *waar: object) -> LOSSE_CEL:
        if isinstance(waarde, float):
            return _getal(waarde, waar)
        match waarde:
            case "" | None:
                return None
            case str():
                return f"s{self._tekst(waarde, waar)}"
            case bool():
                return waarde
            case int():
                return f"n{waarde}"
            case datetime():
                return f"t{waarde.isoformat()}"
            case date():
                return f"d{waarde.isoformat()}"
            case time() | timedelta():
                return f"s{waarde}"
        raise Weigering("hier staat iets dat geen tekst, getal of datum is.", *waar)

    def _tekst(self, tekst: str, waar: tuple[object, ...]) -> str:
        if len(tekst) > self.grenzen["cel"]:
            raise Weigering(f"deze cel heeft meer dan {_punten(self.grenzen['cel'])} tekens. Kort de tekst in.", *waar)
        tekst = tekst.replace("\r\n", "\n")
        if besturing := BESTURING.search(tekst):
            raise Weigering(
                f"hier staat een onzichtbaar teken (U+{ord(besturing[0]):04X}). Typ de cel opnieuw.",
                *waar,
            )
        return unicodedata.normalize("NFC", tekst)


def _punten(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")


def _getal(waarde: float, waar: tuple[object, ...]) -> str:
    """Return a number as a person sees it in a spreadsheet: fifteen digits, so 0.1 + 0.2 is 0.3."""
    if not math.isfinite(waarde):
        raise Weigering("hier staat een getal dat niet bestaat.", *waar)
    return f"n{waarde:.15g}"


# --- XLSX -----------------------------------------------------------------------------------------------------------


def lees_xlsx(inhoud: bytes, uitvoer: Uitvoer) -> dict[str, Any]:
    """Return what the workbook is; its rows go to `uitvoer`. Sheets that hold no table (charts) are left out."""
    werkboek = CalamineWorkbook.from_filelike(io.BytesIO(inhoud))
    bladen = []
    waarschuwingen = []
    oppervlak = 0
    for meta in werkboek.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        blad = werkboek.get_sheet_by_name(meta.name)
        oppervlak += blad.total_height * blad.total_width
        if oppervlak > uitvoer.grenzen["oppervlak"]:
            raise Weigering("De cellen staan te ver uit elkaar. Kopieer alleen de tabel naar een nieuwe werkmap.")
        bladen.append([meta.name, uitvoer.blad(meta.name, _rijen(blad))])
        if meta.visible is not SheetVisibleEnum.Visible:
            waarschuwingen.append(f"Blad {meta.name} is verborgen. Het is wel gelezen.")
    if not any(rijen for _, rijen in bladen):
        raise Weigering("Het bestand is leeg: er staat in geen enkele cel iets.")
    return {"bladen": bladen, "codering": "", "waarschuwingen": waarschuwingen}


def _rijen(blad: CalamineSheet) -> Iterator[list[Any]]:
    """Yield the rows from row 1 and column A on; the library begins at the first column that is used."""
    if blad.start is None:
        return
    ervoor = [None] * blad.start[1]
    for rij in blad.iter_rows():
        yield ervoor + rij


# --- CSV ------------------------------------------------------------------------------------------------------------


def lees_csv(inhoud: bytes, uitvoer: Uitvoer) -> dict[str, Any]:
    """Return what the CSV is; its rows go to `uitvoer`."""
    tekst, codering = ontcijfer(inhoud)
    waarschuwingen = []
    if codering == "cp1252":
        waarschuwingen.append("De letters zijn gelezen als cp1252 (Windows). Controleer letters met een accent.")
    csv.field_size_limit(uitvoer.grenzen["cel"])
    scheiding, rest = _gekozen(tekst)
    regels = csv.reader(io.StringIO(rest, newline=""), delimiter=scheiding, strict=True)
    gelezen = uitvoer.blad("", _records(regels, overgeslagen=rest is not tekst))
    if not gelezen:
        raise Weigering("Het bestand is leeg: er staat in geen enkele cel iets.")
    return {"bladen": [["", gelezen]], "codering": codering, "waarschuwingen": waarschuwingen}


def _records(regels: Iterator[list[str]], *, overgeslagen: bool) -> Iterator[list[str]]:
    """Yield the records; a first line that only names the separator counts as an empty row."""
    nummer = int(overgeslagen)
    if overgeslagen:
        yield []
    while True:
        nummer += 1
        try:
            yield next(regels)
        except StopIteration:
            return
        except csv.Error as fout:
            if "field larger" in str(fout):
                raise Weigering(
                    f"hier staat een veld van meer dan {_punten(csv.field_size_limit())} tekens, "
                    "of een aanhalingsteken dat niet wordt gesloten.",
                    *("", nummer),
                ) from None
            raise Weigering(
                "de aanhalingstekens kloppen niet. Sla het bestand opnieuw op uit uw rekenprogramma.", "", nummer
            ) from None


def ontcijfer(inhoud: bytes) -> tuple[str, str]:
    """Return the text and how it was written; a refusal names the byte that does not fit."""
    if inhoud[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Weigering(f"Het bestand is UTF-16 (het begint met byte {inhoud[:2].hex(' ').upper()}). {ALS_UTF8}")
    nul = inhoud.find(b"\x00")
    if nul >= 0:
        raise _byte(inhoud, nul, "Dat hoort niet in tekst.")
    if inhoud.startswith(b"\xef\xbb\xbf"):
        try:
            return inhoud[3:].decode(), "utf-8 met BOM"
        except UnicodeDecodeError as fout:
            raise _byte(inhoud, fout.start + 3, "Dat is geen UTF-8, terwijl het bestand zegt dat te zijn.") from None
    try:
        return inhoud.decode(), "utf-8"
    except UnicodeDecodeError as fout:
        geen_utf8 = fout.start
    if gemengd := UTF8_ERTUSSEN.search(inhoud):
        plek = max(gemengd.start(), geen_utf8)
        raise _byte(inhoud, plek, "Het bestand mengt UTF-8 en Windows-1252.")
    try:
        return inhoud.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as fout:
        raise _byte(inhoud, fout.start, "Dat is geen UTF-8 en geen Windows-1252 (cp1252).") from None


ALS_UTF8 = "Sla het op als 'CSV UTF-8' of als .xlsx."


def _byte(inhoud: bytes, plek: int, uitleg: str) -> Weigering:
    regel = inhoud.count(b"\n", 0, plek) + 1
    return Weigering(f"Op regel {regel} staat byte {inhoud[plek]:02X} (positie {plek + 1}). {uitleg} {ALS_UTF8}")


def _gekozen(tekst: str) -> tuple[str, str]:
    """Return the separator and what is left to read: what "sep=" names, or what gives the most regular table."""
    if genoemd := re.match(r"sep=([;,\t])\r?\n", tekst):
        return genoemd[1], tekst[genoemd.end() :]
    begin = tekst[:100_000]
    return max(SCHEIDINGEN, key=lambda scheiding: _regelmaat(begin, scheiding)), tekst


def _regelmaat(begin: str, scheiding: str) -> tuple[int, int]:
    """Return how many of the first rows have the usual number of fields, and that number; nothing for one field."""
    aantallen: Counter[int] = Counter()
    try:
        for rij in csv.reader(io.StringIO(begin, newline=""), delimiter=scheiding):
            if any(rij):
                aantallen[len(rij)] += 1
            if aantallen.total() == PROEFRIJEN:
                break
    except csv.Error:
        pass
    velden, keren = max(aantallen.items(), key=lambda paar: (paar[1], paar[0]), default=(0, 0))
    return (keren, velden) if velden > 1 else (0, 0)


# --- the process ----------------------------------------------------------------------------------------------------


def begrens(geheugen: int, seconden: int) -> None:
    """Limit this process: memory in bytes, processor time in seconds, no files to write, no dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (geheugen, geheugen))
    resource.setrlimit(resource.RLIMIT_CPU, (seconden, seconden))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hoofd() -> None:
    """Read the file on standard input in the form, and within the limits, that the arguments name."""
    vorm, grenzen = sys.argv[1], json.loads(sys.argv[2])
    begrens(grenzen["geheugen"], grenzen["seconden"])
    uitvoer = Uitvoer(grenzen)
    try:
        inhoud = sys.stdin.buffer.read()
        kop = lees_xlsx(inhoud, uitvoer) if vorm == "xlsx" else lees_csv(inhoud, uitvoer)
    except Weigering as fout:
        kop, uitvoer.regels = {"fout": str(fout), "waar": fout.waar}, []
    except (CalamineError, MemoryError, ValueError, OverflowError, OSError):
        kop, uitvoer.regels = {"fout": "", "waar": []}, []
    sys.stdout.buffer.write(b"\n".join([json.dumps(kop).encode(), *uitvoer.regels]))


if __name__ == "__main__":
    hoofd()
