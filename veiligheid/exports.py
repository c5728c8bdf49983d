"""CSV out of PostgreSQL, in one stream with constant memory, the same bytes on any machine.

Numbers stay numbers. A text cell that a spreadsheet would run as a formula gets one apostrophe in front;
our own reader takes it off again.
"""

from __future__ import annotations

import csv
import io
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

BLOK = 64 * 1024
BOM = "\ufeff"

# An apostrophe before a dangerous character is dangerous too: without that the reader could not tell
# "'=1" that we protected from "'=1" that somebody wrote.
GEVAARLIJK = re.compile(r"^'*[=+\-@\t\r]")


def beveilig(cel: str) -> str:
    """Return a text cell that no spreadsheet runs as a formula."""
    return f"'{cel}" if GEVAARLIJK.match(cel) else cel


def ontbeveilig(cel: str) -> str:
    """Return what `beveilig` was given."""
    return cel[1:] if cel.startswith("'") and GEVAARLIJK.match(cel[1:]) else cel


def beveilig_werkmapcel(cel: str) -> str:
    """Return the text of a cell of a workbook from which `ontbeveilig` gives back this one.

    In a workbook "=1+1" is text without an apostrophe in front. Our reader takes one off there too, for who opens a CSV
    of ours and saves it as a workbook; so a text that itself looks like one of ours gets one more.
    """
    return f"'{cel}" if cel.startswith("'") and GEVAARLIJK.match(cel) else cel


def beveilig_sql(kolom: str) -> str:
    """Return the SQL expression that does to a column what `beveilig` does to a cell.

    `kolom` is written into the statement: it must be our own text, never a visitor's.
    """
    return f"CASE WHEN {kolom} ~ E'^\\'*[=+@\\t\\r-]' THEN '''' || {kolom} ELSE {kolom} END"


@dataclass(frozen=True, slots=True)
class Vorm:
    """How a CSV is written: for machines (comma, point) or for a Dutch spreadsheet (BOM, semicolon, comma)."""

    scheiding: str = ","
    excel: bool = False

    def getal_sql(self, kolom: str) -> str:
        """Return the SQL expression that writes a number column in this form."""
        return f"replace({kolom}::text, '.', ',')" if self.excel else kolom


MACHINE = Vorm()
EXCEL = Vorm(scheiding=";", excel=True)


def kies_vorm(waarde: str | None) -> Vorm:
    """Return the form that `?vorm=` asks for; anything unknown is the machine form."""
    return EXCEL if waarde == "excel" else MACHINE


@dataclass(frozen=True, slots=True)
class Deel:
    """One SELECT of an export with its parameters; the parts of an export follow each other."""

    sql: str
    parameters: Sequence[Any] | Mapping[str, Any]


def csv_bytes(kop: Sequence[str], delen: Iterable[Deel], vorm: Vorm = MACHINE) -> Iterator[bytes]:
    """Yield a CSV: the header, then the rows of each part in order, in blocks of about 64 KiB.

    PostgreSQL writes the rows itself (COPY), so memory does not grow with their number. COPY ends a row
    with a line feed; no cell can hold one (the CHECK on names and codes), so each becomes CR LF.
    """
    buffer = bytearray(((BOM if vorm.excel else "") + vorm.scheiding.join(kop) + "\n").encode())
    with connection.cursor() as cursor:
        for deel in delen:
            opdracht = f"COPY ({deel.sql}) TO STDOUT (FORMAT csv, DELIMITER '{vorm.scheiding}')"
            # The driver's own cursor: Django's wrapper takes no parameters for COPY when it is counting queries.
            with cursor.cursor.copy(opdracht, deel.parameters) as kopie:
                for rij in kopie:
                    buffer += rij
                    if len(buffer) >= BLOK:
                        yield _leeg(buffer)
            if buffer:
                yield _leeg(buffer)
    if buffer:
        yield _leeg(buffer)


def _leeg(buffer: bytearray) -> bytes:
    """Return what the buffer holds, with the line ends of a CSV, and empty it."""
    blok = bytes(buffer).replace(b"\n", b"\r\n")
    buffer.clear()
    return blok


def tabel_csv_bytes(rijen: Iterable[Sequence[object]], vorm: Vorm = MACHINE) -> Iterator[bytes]:
    """Yield a table as CSV, a row at a time: text cells guarded, Decimals written exactly, empty for None."""
    regel = io.StringIO()
    schrijver = csv.writer(regel, delimiter=vorm.scheiding, lineterminator="\r\n")
    regel.write(BOM if vorm.excel else "")
    for rij in rijen:
        schrijver.writerow([_cel(waarde, vorm) for waarde in rij])
        yield regel.getvalue().encode()
        regel.seek(0)
        regel.truncate()


def _cel(waarde: object, vorm: Vorm) -> str:
    match waarde:
        case None:
            return ""
        case Decimal() | int():
            getal = format(waarde, "f") if isinstance(waarde, Decimal) else str(waarde)
            return getal.replace(".", ",") if vorm.excel else getal
        case _:
            return beveilig(str(waarde))


def kenmerk_van(sha256: str, vorm: Vorm) -> str:
    """Return the ETag of a file whose machine form has this sha256; the form for a spreadsheet is another file."""
    return f'"{sha256}{"-excel" if vorm.excel else ""}"' if sha256 else ""


def tabel_antwoord(rijen: Iterable[Sequence[object]], vorm: Vorm, bestandsnaam: str) -> HttpResponseBase:
    """Return a table that a page shows as a download: small enough to be known whole."""
    return csv_antwoord(b"".join(tabel_csv_bytes(rijen, vorm)), bestandsnaam)


def csv_antwoord(stroom: Iterable[bytes] | bytes, bestandsnaam: str, kenmerk: str = "") -> HttpResponseBase:
    """Return a CSV as a download. `bestandsnaam` is ASCII, made from slugs; `kenmerk` is the ETag, if known.

    What is known whole (bytes) is not streamed, and gets its ETag from its content.
    """
    return download(stroom, bestandsnaam, kenmerk=kenmerk)


def download(
    stroom: Iterable[bytes] | bytes,
    bestandsnaam: str,
    soort: str = "text/csv; charset=utf-8",
    kenmerk: str = "",
    sha256: str = "",
) -> HttpResponseBase:
    """Return a file as a download. `soort` is its media type, `kenmerk` the ETag, if known.

    `sha256` (hex) is what was stored of exactly these bytes: the header Repr-Digest says it (RFC 9530), and that goes
    with the file whoever passes it on. It says what the file should be, not what came out of the database just now.
    """
    klasse = HttpResponse if isinstance(stroom, bytes) else StreamingHttpResponse
    antwoord: HttpResponseBase = klasse(stroom, content_type=soort)
    if kenmerk:
        antwoord.headers["ETag"] = kenmerk
    if sha256:
        antwoord.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{bestandsnaam}"'
    antwoord.headers["Cache-Control"] = "public, max-age=60"
    return antwoord
