"""Writing a workbook (XLSX) row by row, in constant memory: text is text, numbers are numbers, the bytes are the same.

XlsxWriter makes the package, the styles and the settings of a sheet. The cells are written here, for two reasons: it
takes a third of the time, and no text can become anything else. XlsxWriter's own string cell in constant memory passes
a text that begins with "<r>" and ends with "</r>" on as XML; here every text is escaped.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from veiligheid.exports import beveilig_werkmapcel

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEESTE_RIJEN = 1_048_576
"""Rows of a sheet, its header included: what the format can hold."""
LANGSTE_TEKST = 32_767
"""Characters of a cell (UTF-16): what the format can hold."""
GEMAAKT = datetime(2000, 1, 1)
"""When every workbook says that it was made: the real moment would change the bytes."""
BLOK = 512
"""Rows that are held before they are written."""

# What XML cannot hold is written as _x0007_; a text that looks like that gets its first sign written so.
NIET_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

STIJLEN: dict[str, dict[str, Any]] = {
    "": {},
    "kop": {"bold": True, "bottom": 1},
    "titel": {"bold": True, "font_size": 14},
    "geld": {"num_format": "#,##0.00"},
    "getal": {"num_format": "0"},
    "loop": {"text_wrap": True, "valign": "top"},
    "vet": {"bold": True},
    "vet geld": {"bold": True, "num_format": "#,##0.00"},
}


class TeVeel(ValueError):
    """More than a sheet can hold. The text is Dutch, and goes on after a colon."""


class Formule(NamedTuple):
    """A live formula in English notation, with the value that it has now, for who shows it without computing."""

    tekst: str
    waarde: str | Decimal | int


class Cel(NamedTuple):
    """A cell with a style of its own, one of STIJLEN."""

    waarde: str | int | Decimal | Formule | None
    stijl: str


class Kolom(NamedTuple):
    """A column: its header, its width in characters, and the style of its cells, one of STIJLEN."""

    kop: str
    breedte: float = 12
    stijl: str = ""


Waarde = str | int | Decimal | Formule | Cel | None


@dataclass
class Blad:
    """A sheet, written from the top down: each row once, in order. Rows and columns count from 1 and A."""

    naam: str
    _blad: Any
    _stijlen: dict[str, int]
    _kolommen: tuple[Kolom, ...]
    rijen: int = 0
    """How many rows there are now."""
    _buffer: list[str] = field(default_factory=list)

    def rij(self, *waarden: Waarde) -> int:
        """Write the next row, from its first column; return its number. Raises TeVeel."""
        return self.schrijf([waarden])

    def schrijf(self, rijen: Iterable[Sequence[Any]]) -> int:
        """Write rows; return the number of the last. None and "" leave a cell empty. Raises TeVeel."""
        vast = [(xl_col_to_name(plek), self._stijl(kolom.stijl)) for plek, kolom in enumerate(self._kolommen)]
        buffer = self._buffer
        for nummer, rij in enumerate(rijen, self.rijen + 1):
            if nummer > MEESTE_RIJEN:
                raise TeVeel(f"er zijn meer regels dan er op een blad passen ({MEESTE_RIJEN - 1})")
            cellen = "".join(
                [
                    f'<c r="{letter}{nummer}"{stijl}{_inhoud(waarde)}'
                    if type(waarde) is not Cel
                    else f'<c r="{letter}{nummer}"{self._stijl(waarde.stijl)}{_inhoud(waarde.waarde)}'
                    for (letter, stijl), waarde in zip(vast, rij, strict=False)
                    if waarde is not None and waarde != ""
                ]
            )
            buffer.append(f'<row r="{nummer}">{cellen}</row>')
            self.rijen = nummer
            if len(buffer) >= BLOK:
                self._leeg()
        self._leeg()
        return self.rijen

    def koppen(self) -> int:
        """Write the headers of the columns and keep them in sight from here on; return the number of that row."""
        nummer = self.rij(*(Cel(kolom.kop, "kop") for kolom in self._kolommen))
        self._blad.freeze_panes(nummer, 0)
        return nummer

    def filterbaar(self, koprij: int) -> None:
        """Let who reads filter and sort the rows from this header to the last row."""
        self._blad.autofilter(koprij - 1, 0, max(self.rijen, koprij) - 1, len(self._kolommen) - 1)

    def vooraan(self) -> None:
        """Let the workbook open with this sheet."""
        self._blad.activate()

    def _stijl(self, naam: str) -> str:
        nummer = self._stijlen[naam]
        return f' s="{nummer}"' if nummer else ""

    def _leeg(self) -> None:
        self._blad.fh.write("".join(self._buffer))
        self._buffer.clear()

    def _sluit(self) -> None:
        """Tell XlsxWriter how far the sheet goes."""
        if self.rijen:
            self._blad._check_dimensions(0, 0)
            self._blad._check_dimensions(self.rijen - 1, len(self._kolommen) - 1)


@dataclass
class Werkmap:
    """A workbook that is being written, sheet after sheet."""

    _boek: Any
    _stijlen: dict[str, int]
    _bladen: list[Blad] = field(default_factory=list)

    def blad(self, naam: str, kolommen: Iterable[Kolom]) -> Blad:
        """Add a sheet with these columns, after those that there are; any of them can be written to at any time.

        `naam` has at most 31 characters, and none of []:*?/\\.
        """
        rij = tuple(kolommen)
        vel = self._boek.add_worksheet(naam)
        for plek, kolom in enumerate(rij):
            vel.set_column(plek, plek, kolom.breedte)
        self._bladen.append(Blad(naam, vel, self._stijlen, rij))
        return self._bladen[-1]

    def _sluit(self) -> None:
        for blad in self._bladen:
            blad._sluit()


@contextmanager
def werkmap(doel: IO[bytes], tijdelijk: Path, titel: str = "") -> Iterator[Werkmap]:
    """Write a workbook into `doel` (seekable); it is whole when the block ends.

    What does not fit in memory goes to a folder of our own under `tijdelijk`, never to the shared /tmp, and is gone
    afterwards, whatever happens.
    """
    tijdelijk.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=tijdelijk, prefix="werkmap-") as eigen_map:
        boek = Workbook(doel, {"constant_memory": True, "tmpdir": eigen_map})
        boek.set_properties({"title": titel, "created": GEMAAKT})
        stijlen = {
            naam: boek.add_format(eigenschappen)._get_xf_index() if eigenschappen else 0
            for naam, eigenschappen in STIJLEN.items()
        }
        map_ = Werkmap(boek, stijlen)
        try:
            yield map_
            map_._sluit()
        except BaseException:
            for blad in boek.worksheets():
                blad._opt_close()
            boek.fileclosed = True
            raise
        boek.close()


def _inhoud(waarde: object) -> str:
    """Return the rest of a cell after its style, up to and with its end. Raises TypeError and TeVeel."""
    if type(waarde) is str:
        return f' t="inlineStr"><is>{_tekst(waarde)}</is></c>'
    if type(waarde) is int:
        return f"><v>{waarde}</v></c>"
    if type(waarde) is Decimal:
        return f"><v>{_getal(waarde)}</v></c>"
    if type(waarde) is Formule:
        return _formule(waarde)
    raise TypeError(f"a cell holds no {type(waarde).__name__}")


def _getal(waarde: Decimal) -> str:
    """Return a number as the format writes it. Raises ValueError for what is not finite."""
    if not waarde.is_finite():
        raise ValueError(f"a cell holds no {waarde}")
    return f"{waarde:f}" if waarde else "0"


def _formule(formule: Formule) -> str:
    waarde = formule.waarde
    als_tekst = isinstance(waarde, str)
    uitkomst = _ontsnap(waarde) if isinstance(waarde, str) else _getal(Decimal(waarde))
    soort = ' t="str"' if als_tekst else ""
    return f"{soort}><f>{_ontsnap(formule.tekst)}</f><v>{uitkomst}</v></c>"


@lru_cache(maxsize=2048)
def _tekst(waarde: str) -> str:
    """Return a text as XML. Names and codes come back on many rows. Raises TeVeel."""
    # One for the apostrophe that may come in front.
    if len(waarde) >= LANGSTE_TEKST // 2 and len(waarde.encode("utf-16-le")) // 2 >= LANGSTE_TEKST:
        raise TeVeel(f"een tekst is langer dan in een cel past; het begin is “{waarde[:40]}”")
    bewaar = ' xml:space="preserve"' if waarde[:1].isspace() or waarde[-1:].isspace() or "\n" in waarde else ""
    return f"<t{bewaar}>{_ontsnap(beveilig_werkmapcel(waarde))}</t>"


def _ontsnap(tekst: str) -> str:
    veilig = tekst.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return NIET_IN_XML.sub(lambda teken: f"_x{ord(teken[0]):04X}_", veilig)
