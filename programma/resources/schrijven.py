"""An export as a file: CSV for machines, CSV for a Dutch spreadsheet, or XLSX. What it holds says the resource."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from programma.models import Import, Versie
from programma.resources import RESOURCES
from programma.resources.regels import Regelresource
from veiligheid.bestanden import Bestandsfout
from veiligheid.bestanden.bewaking import bewaak
from veiligheid.bestanden.vorm import LANGSTE_CEL, MEESTE_BYTES, MEESTE_CELLEN, MEESTE_RIJEN, MEESTE_TEKST, MIB
from veiligheid.exports import EXCEL, MACHINE, tabel_csv_bytes
from veiligheid.formatting import decimaal
from veiligheid.werkmap import Cel, Kolom, Waarde, werkmap

VORMEN = {
    "xlsx": "Excel (.xlsx)",
    "excel": "CSV voor een Nederlands rekenblad (puntkomma, decimale komma)",
    "csv": "CSV voor een programma (komma, decimale punt)",
}
# What a cell takes in the JSON of the reader besides its text.
OMHEEN = 5


class TeGroot(ValueError):
    """The export would be a file that this site could not read again; the message is Dutch: why, and what to do."""


def tabel(versie: Versie, soort: str, *, breed: bool = False) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the header and the rows of an export of one kind; `breed`: lines with a column per kolom."""
    if breed and soort == Import.Soort.REGELS:
        return Regelresource().breed(versie)
    resource = RESOURCES[soort]()
    return resource.kop(), resource.waarden(versie)


def als_bestand(kop: Sequence[str], rijen: Iterable[Sequence[Any]], vorm: str, tijdelijk: Path) -> bytes:
    """Return an export in one of VORMEN. Raises TeGroot for what our own reader would refuse."""
    binnen = _binnen_grenzen(kop, rijen)
    inhoud = (
        als_xlsx(kop, binnen, tijdelijk) if vorm == "xlsx" else b"".join(als_csv(kop, binnen, excel=vorm == "excel"))
    )
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


def als_xlsx(kop: Sequence[str], rijen: Iterable[Sequence[Any]], tijdelijk: Path) -> bytes:
    """Return the table as a workbook: text is text, also "=1+1", and numbers are numbers."""
    uit = io.BytesIO()
    with werkmap(uit, tijdelijk) as boek:
        blad = boek.blad("Gegevens", [Kolom(naam) for naam in kop])
        blad.koppen()
        blad.schrijf([_cel(waarde) for waarde in rij] for rij in rijen)
    return uit.getvalue()


def _cel(waarde: Any) -> Waarde:
    match waarde:
        case Decimal():
            return Cel(waarde, "geld")
        case None | int():
            return waarde
        case _:
            return str(waarde)
