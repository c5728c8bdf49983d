"""The errors of an import to take along: as a list, and as a sheet in the file that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from programma.invoer import opslag
from programma.invoer.herkenning import Duiding
from programma.models import Import, Importwaarde
from programma.resources.cellen import als_tekst
from veiligheid.bestanden import bijblad, kolomletters
from veiligheid.bestanden.bijblad import Verwijzing

# An error has four parts: place, column, value, and what to do. With a fifth it is a question.
VRAAG = 5
BLAD, GEGEVENS = "Fouten", "Gegevens"
KOLOM = re.compile(r", kolom ([A-Z]{1,3})(?:$|,)")


def fouten(invoer: Import) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the number of the row and the error, in the order of the file; questions that are open too."""
    rijen = Importwaarde.objects.filter(invoer=invoer, stand="fout").order_by("rij", "id").values_list("rij", "fouten")
    for rij, lijst in rijen.iterator(chunk_size=2000):
        for fout in lijst:
            yield rij, fout


def foutenlijst(invoer: Import) -> Iterator[Sequence[str]]:
    """Yield the header and all errors of an import: place, column, value, what is wrong and how to mend it."""
    yield ("plaats", "kolom", "waarde", "wat is er, en wat kunt u doen")
    for _, fout in fouten(invoer):
        yield fout[:4]


def werkmap(invoer: Import) -> bytes:
    """Return the file as it came with a sheet "Fouten" that names each cell and leads to it.

    A CSV, or a workbook that cannot take a sheet more, comes back as a new workbook with the cells as they were read.
    """
    duiding = Duiding.uit_json(invoer.duiding)
    if invoer.vorm == "xlsx":
        try:
            return bijblad.met_blad(bytes(invoer.inhoud), BLAD, _foutrijen(invoer, duiding, invoer.blad))
        except ValueError:
            pass
    gegevens = bijblad.met_blad(bijblad.leeg(), GEGEVENS, _gegevens(invoer, duiding.blad))
    return bijblad.met_blad(gegevens, BLAD, _foutrijen(invoer, duiding, GEGEVENS))


def _gegevens(invoer: Import, blad: int) -> Iterator[list[str]]:
    """Yield the rows of a sheet as text, each at its own number."""
    geweest = 0
    for nummer, cellen in opslag.lees(invoer.pk, blad):
        yield from ([] for _ in range(nummer - geweest - 1))
        yield [als_tekst(cel) for cel in cellen]
        geweest = nummer


def _foutrijen(invoer: Import, duiding: Duiding, blad: str) -> Iterator[list[str | Verwijzing]]:
    """Yield the rows of the sheet with errors; `blad` is the sheet that they are about."""
    yield ["cel", "kolom", "waarde", "wat is er, en wat kunt u doen"]
    for rij, (plaats, kolom, waarde, melding, *_) in fouten(invoer):
        letters = _letters(duiding, str(plaats), str(kolom))
        plek = Verwijzing(f"{letters}{rij}" if letters else f"rij {rij}", blad, f"{letters or 'A'}{rij}")
        yield [plek, str(kolom or ""), str(waarde or ""), str(melding)]


def _letters(duiding: Duiding, plaats: str, kolom: str) -> str:
    """Return the letters of the column that an error is about, or "" when it is about the whole row."""
    if gevonden := KOLOM.search(plaats):
        return gevonden[1]
    for namen in (duiding.kolommen, duiding.koppen):
        if kolom and kolom in namen:
            return kolomletters(namen.index(kolom) + 1)
    return ""
