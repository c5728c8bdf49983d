"""The Iv3 file of CBS: its rows, read strictly. Pure: lines of text in, rows or a list of what is wrong out.

Columns `jaar, document, gm_code, gemeente, taakveld, lasten_x_1000, baten_x_1000` are needed, others are skipped. The
file holds lasten and baten both positive, in thousands of euros; a row here has euros with the sign that this project
stores: lasten negative. Codes are text: 0.1 is not 0.10.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

KOLOMMEN = ("jaar", "document", "gm_code", "gemeente", "taakveld", "lasten_x_1000", "baten_x_1000")
# CBS writes "no figure" as a number that nobody could spend.
GEEN_CIJFER = Decimal(-99998)
GROOTSTE = Decimal(10) ** 10
MEESTE_FOUTEN = 20

_GETAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_JAAR = re.compile(r"(19|20|21)\d\d", re.ASCII)
_TAAKVELD = re.compile(r"\d\.\d{1,3}[a-z]?", re.ASCII)


class Verslag(StrEnum):
    """Which report the municipality gave: the plan, or what became of it."""

    BEGROTING = "begroting"
    JAARREKENING = "jaarrekening"


class Sleutel(NamedTuple):
    """A year and a report: what one column of a document shows."""

    jaar: int
    verslag: Verslag


class Rij(NamedTuple):
    """The lasten and baten of a taakveld in euros, with the stored sign, and the row of the file (the header is 1)."""

    taakveld: str
    lasten: Decimal
    baten: Decimal
    nummer: int


class Iv3Fout(ValueError):
    """A file that could not be read; `fouten` are Dutch sentences with row and column."""

    def __init__(self, fouten: Sequence[str]) -> None:
        self.fouten = tuple(fouten)
        meer = len(fouten) - MEESTE_FOUTEN
        zinnen = [*fouten[:MEESTE_FOUTEN], *([f"En nog {meer} fouten."] if meer > 0 else [])]
        super().__init__("\n".join([*zinnen, "Er is niets opgeslagen."]))


@dataclass(frozen=True, slots=True)
class Iv3:
    """What the file holds of one municipality: its name, and its rows per year and report, in the order of the file."""

    gemeente: str
    rijen: Mapping[Sleutel, Sequence[Rij]]


@dataclass(slots=True)
class _Lezer:
    """The state of reading: what was found so far, and what was wrong."""

    gm_code: str
    gemeente: str = ""
    rijen: dict[Sleutel, list[Rij]] = field(default_factory=dict)
    gezien: dict[tuple[Sleutel, str], int] = field(default_factory=dict)
    fouten: list[str] = field(default_factory=list)

    def fout(self, nummer: int, kolom: str, waarde: str, wat: str) -> None:
        self.fouten.append(f"Rij {nummer}, kolom {kolom}: {waarde[:40]!r} {wat}")

    def lees(self, nummer: int, rij: Mapping[str, str]) -> None:
        if not _JAAR.fullmatch(rij["jaar"]):
            self.fout(nummer, "jaar", rij["jaar"], "is geen jaar. Vul vier cijfers in, zoals 2025.")
            return
        if rij["document"] not in set(Verslag):
            self.fout(nummer, "document", rij["document"], "is onbekend. Gebruik begroting of jaarrekening.")
            return
        if not _TAAKVELD.fullmatch(rij["taakveld"]):
            self.fout(nummer, "taakveld", rij["taakveld"], "is geen code van een taakveld, zoals 1.1 of 6.71a.")
            return
        sleutel = Sleutel(int(rij["jaar"]), Verslag(rij["document"]))
        eerder = self.gezien.setdefault((sleutel, rij["taakveld"]), nummer)
        if eerder != nummer:
            self.fout(nummer, "taakveld", rij["taakveld"], f"staat al in rij {eerder}. Haal een van beide weg.")
            return
        bedragen = {kolom: self._bedrag(nummer, kolom, rij[kolom]) for kolom in KOLOMMEN[-2:]}
        lasten, baten = bedragen.values()
        if lasten is not None and baten is not None:
            self.gemeente = rij["gemeente"]
            nieuw = Rij(rij["taakveld"], -lasten if lasten else lasten, baten, nummer)
            self.rijen.setdefault(sleutel, []).append(nieuw)

    def _bedrag(self, nummer: int, kolom: str, tekst: str) -> Decimal | None:
        """Return an amount of the file in euros, or None with a sentence about what is wrong."""
        if not _GETAL.fullmatch(tekst):
            self.fout(nummer, kolom, tekst, "is geen getal. Gebruik een punt voor decimalen, zoals 2316.0.")
            return None
        getal = Decimal(tekst)
        if getal == GEEN_CIJFER:
            self.fout(nummer, kolom, tekst, "betekent dat het CBS geen cijfer heeft. Vul het in of haal de rij weg.")
            return None
        if abs(getal) >= GROOTSTE:
            self.fout(nummer, kolom, tekst, "is te groot. Bedragen staan in duizenden euro’s.")
            return None
        euro = getal.scaleb(3)
        if euro != euro.quantize(Decimal("0.01")):
            self.fout(nummer, kolom, tekst, "heeft meer dan vijf decimalen. Dat is minder dan een cent.")
            return None
        return euro.quantize(Decimal("0.01")) + 0


def lees(regels: Iterable[str], gm_code: str) -> Iv3:
    """Return the rows of one municipality. All or nothing: raises Iv3Fout with everything that is wrong.

    Rows of other municipalities are passed over unread.
    """
    lezer = _Lezer(gm_code)
    for nummer, rij in _rijen(regels):
        if rij["gm_code"] == gm_code:
            lezer.lees(nummer, rij)
    if lezer.fouten:
        raise Iv3Fout(lezer.fouten)
    if not lezer.rijen:
        raise Iv3Fout([f"Het bestand heeft geen rijen van gemeente {gm_code} (kolom gm_code)."])
    return Iv3(lezer.gemeente, lezer.rijen)


def _rijen(regels: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below the header with their number in the file. Raises Iv3Fout for what is no such table."""
    lezer = csv.reader(regels, strict=True)
    try:
        kop = [naam.strip().lstrip("\ufeff") for naam in next(lezer, [])]
        mist = [naam for naam in KOLOMMEN if naam not in kop]
        if mist:
            raise Iv3Fout([f"Rij 1: de kolom {naam} ontbreekt. Gebruik het Iv3-bestand van het CBS." for naam in mist])
        plaats = {naam: kop.index(naam) for naam in KOLOMMEN}
        for nummer, cellen in enumerate(lezer, start=2):
            if not cellen:
                continue
            if len(cellen) != len(kop):
                raise Iv3Fout([f"Rij {nummer} heeft {len(cellen)} kolommen; de kop heeft er {len(kop)}."])
            yield nummer, {naam: cellen[plek].strip() for naam, plek in plaats.items()}
    except csv.Error as fout:
        raise Iv3Fout([f"Rij {lezer.line_num}: dit is geen CSV met komma’s ({fout})."]) from fout
    except UnicodeDecodeError as fout:
        raise Iv3Fout([f"Na rij {lezer.line_num}: het bestand is geen UTF-8."]) from fout
