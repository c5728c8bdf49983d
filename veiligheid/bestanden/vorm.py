"""What a file that was brought may be, and what is left of it after reading; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath

MIB = 1024 * 1024
MEESTE_BYTES = 12 * MIB
MEESTE_RIJEN = 60_000
MEESTE_KOLOMMEN = 200
# As many as the widest of our own exports has: lines with amounts in long form, sixteen columns.
MEESTE_CELLEN = 16 * MEESTE_RIJEN
# In bytes, all cells together.
MEESTE_TEKST = 32 * MIB
# What a cell of Excel itself can hold.
LANGSTE_CEL = 32_767
LANGSTE_NAAM = 100

Cel = str | Decimal | date | datetime | bool | None


class Bestandsfout(ValueError):
    """The file is refused; the message is Dutch: what is wrong, where, which limit, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Blad:
    """One sheet. `rijen[0]` is row 1 and `rijen[0][0]` column A; a row ends at its last filled cell, so rows differ.

    Text is NFC and never empty (an empty cell is None). In a CSV every filled cell is text, as it was typed.
    """

    naam: str
    rijen: list[list[Cel]]


@dataclass(frozen=True, slots=True)
class Werkboek:
    """A file that was read: its sheets, how it was written, the fingerprint of its bytes, and what to tell the editor.

    `vorm` is "csv" or "xlsx"; `codering` is "utf-8", "utf-8 met BOM", "cp1252", or "" for a workbook. A CSV has one
    sheet, without a name.
    """

    bladen: list[Blad]
    vorm: str
    codering: str
    sha256: str
    waarschuwingen: list[str]


def kolomletters(kolom: int) -> str:
    """Return the letters of a column, 1-based: 1 is "A", 27 is "AA"."""
    letters = ""
    while kolom > 0:
        kolom, rest = divmod(kolom - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def plaats(blad: str, rij: int, kolom: int) -> str:
    """Return where a cell stands, 1-based: "blad P1, rij 14, kolom F"; a CSV has no sheet name."""
    cel = f"rij {rij}, kolom {kolomletters(kolom)}"
    return f"blad {blad}, {cel}" if blad else cel


def veilige_naam(naam: str) -> str:
    """Return the name of a file as it can be shown: no folders, nothing invisible, not too long."""
    laatste = PurePosixPath(naam.replace("\\", "/")).name
    zichtbaar = "".join(teken for teken in laatste if teken.isprintable()).strip()
    if len(zichtbaar) > LANGSTE_NAAM:
        zichtbaar = f"{zichtbaar[: LANGSTE_NAAM - 10]}…{zichtbaar[-9:]}"
    return zichtbaar if zichtbaar.strip(".") else "zonder naam"
