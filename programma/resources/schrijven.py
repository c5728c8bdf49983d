"""An export as a file: CSV for machines, CSV for a Dutch spreadsheet, or XLSX. What it holds says the resource."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from programma.models import Import, Versie
from programma.resources import RESOURCES
from programma.resources.regels import Regelresource
from veiligheid.bestanden import Bestandsfout
from veiligheid.bestanden.bewaking import bewaak
from veiligheid.bestanden.vorm import LANGSTE_CEL, MEESTE_BYTES, MEESTE_CELLEN, MEESTE_RIJEN, MEESTE_TEKST, MIB
from veiligheid.exports import EXCEL, MACHINE, tabel_csv_bytes
from veiligheid.formatting import decimaal

VORMEN = {
    "xlsx": "Excel (.xlsx)",
    "excel": "CSV voor een Nederlands rekenblad (puntkomma, decimale komma)",
    "csv": "CSV voor een programma (komma, decimale punt)",
}
# What a cell takes in the JSON of the reader besides its text.
OMHEEN = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TeGroot(ValueError):
    """The export would be a file that this site could not read again; the message is Dutch: why, and what to do."""


def tabel(versie: Versie, soort: str, *, breed: bool = False) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the header and the rows of an export of one kind; `breed`: lines with a column per kolom."""
    if breed and soort == Import.Soort.REGELS:
        return Regelresource().breed(versie)
    resource = RESOURCES[soort]()
    return resource.kop(), resource.waarden(versie)


def als_bestand(kop: Sequence[str], rijen: Iterable[Sequence[Any]], vorm: str, werkmap: Path) -> bytes:
    """Return an export in one of VORMEN. Raises TeGroot for what our own reader would refuse."""
    binnen = _binnen_grenzen(kop, rijen)
    inhoud = als_xlsx(kop, binnen, werkmap) if vorm == "xlsx" else b"".join(als_csv(kop, binnen, excel=vorm == "excel"))
    if len(inhoud) > MEESTE_BYTES:
        raise TeGroot(f"Het bestand wordt {len(inhoud) // MIB} MB; inlezen kan tot {MEESTE_BYTES // MIB} MB.")
    if vorm == "xlsx":
        try:
            bewaak(inhoud)
        except Bestandsfout as fout:
            raise TeGroot(str(fout)) from fout
    return inhoud


def _binnen_grenzen(kop: Sequence[str], rijen: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Yield the rows as long as they fit in what our reader takes."""
    cellen, octetten = len(kop), 0
    for nummer, rij in enumerate(rijen, start=2):
        if nummer > MEESTE_RIJEN:
            raise TeGroot(
                f"Het bestand wordt langer dan {decimaal(MEESTE_RIJEN)} rijen; meer kan niet worden ingelezen."
            )
        gevuld = [str(waarde) for waarde in rij if waarde not in (None, "")]
        cellen += len(gevuld)
        octetten += sum(len(tekst.encode()) + OMHEEN for tekst in gevuld)
        if cellen > MEESTE_CELLEN or octetten > MEESTE_TEKST:
            raise TeGroot("Het bestand krijgt meer cellen en tekst dan kan worden ingelezen.")
        if max(map(len, gevuld), default=0) >= LANGSTE_CEL:
            raise TeGroot(
                f"In rij {nummer} komt een tekst van meer dan {decimaal(LANGSTE_CEL)} tekens. "
                f"Dat past niet in een cel van een rekenblad. Het begin is: '{max(gevuld, key=len)[:60]}'."
            )
        yield rij


def als_csv(kop: Sequence[str], rijen: Iterable[Sequence[Any]], *, excel: bool) -> Iterator[bytes]:
    """Yield the table as CSV; text that a spreadsheet would run is guarded, numbers are written exactly."""

    def alles() -> Iterator[Sequence[Any]]:
        yield kop
        yield from rijen

    return tabel_csv_bytes(alles(), EXCEL if excel else MACHINE)


def als_xlsx(kop: Sequence[str], rijen: Iterable[Sequence[Any]], werkmap: Path) -> bytes:
    """Return the table as a workbook: text is text, also "=1+1", and numbers are numbers.

    Rows are written one by one; what does not fit in memory goes to a folder of our own under `werkmap`, never to
    the shared /tmp, and is gone afterwards.
    """
    uit = io.BytesIO()
    werkmap.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=werkmap, prefix="export-") as eigen_map:
        boek = Workbook(uit, {"constant_memory": True, "tmpdir": eigen_map})
        vet, geld = boek.add_format({"bold": True}), boek.add_format({"num_format": "#,##0.00"})
        blad = boek.add_worksheet("Gegevens")
        blad.freeze_panes(1, 0)
        for kolom, tekst in enumerate(kop):
            blad.write_string(0, kolom, tekst, vet)
        for nummer, rij in enumerate(rijen, start=1):
            for kolom, waarde in enumerate(rij):
                match waarde:
                    case None | "":
                        continue
                    case Decimal():
                        blad.write_number(nummer, kolom, float(waarde), geld)
                    case int():
                        blad.write_number(nummer, kolom, waarde)
                    case _:
                        blad.write_string(nummer, kolom, str(waarde))
        boek.close()
    return uit.getvalue()
