"""The lines of a version as CSV: leaf rows only, in one fixed order, the same bytes always (ONTWERP.md section 5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from programma.inhoud import Uitgave
from veiligheid.exports import MACHINE, Deel, Vorm, beveilig, beveilig_sql, csv_bytes

KOP = (
    "document",
    "versie",
    "programma_code",
    "programma",
    "pakket_code",
    "pakket",
    "soort",
    "taakveld",
    "regel",
    "omschrijving",
    "incidenteel",
    "fase",
    "jaar",
    "bedrag",
    "bronprecisie",
)

# The programmes in order, and beside each the fingerprint that was stored of the file that is asked for.
PROGRAMMAS = """
SELECT p.id, p.slug, b.sha256
FROM programma_programma p LEFT JOIN programma_bestand b ON b.versie_id = p.versie_id AND b.naam = %s
WHERE p.versie_id = %s ORDER BY p.code COLLATE "C"
"""


def regels_sql(vorm: Vorm) -> str:
    """Return the SELECT of one programme's lines, in order. Taken per programme, a first row needs no sort of all.

    The inner SELECT guards the texts and finds the place of each line once, not again for each of its amounts; the
    outer sort then compares numbers. Together that halves the time.
    """
    return f"""
SELECT %s::text, %s::int, r.programma_code, r.programma, r.pakket_code, r.pakket, r.soort, r.taakveld, r.sleutel,
       r.omschrijving, r.incidenteel, l.fase, l.jaar, {vorm.getal_sql("b.euro")}, b.bronprecisie
FROM (SELECT r.id, {beveilig_sql("p.code")} AS programma_code, {beveilig_sql("p.naam")} AS programma,
             {beveilig_sql("k.code")} AS pakket_code, {beveilig_sql("k.naam")} AS pakket, r.soort,
             {beveilig_sql("t.code")} AS taakveld, r.sleutel, {beveilig_sql("r.omschrijving")} AS omschrijving,
             nullif(r.incidenteel, 'onbekend') AS incidenteel,
             row_number() OVER (ORDER BY p.code COLLATE "C", k.code COLLATE "C", r.soort COLLATE "C",
                                r.sleutel COLLATE "C") AS plaats
      FROM programma_programma p
      JOIN programma_pakket k ON k.programma_id = p.id
      JOIN programma_begrotingsregel r ON r.pakket_id = k.id
      LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
      WHERE p.id = %s) r
JOIN programma_bedrag b ON b.regel_id = r.id
JOIN programma_kolom l ON l.id = b.kolom_id
LEFT JOIN programma_wijziging w ON w.id = b.wijziging_id
ORDER BY r.plaats, l.jaar, l.fase COLLATE "C", w.nummer COLLATE "C" NULLS FIRST
"""  # noqa: S608 - the expressions come from this module, never from a visitor


@dataclass(frozen=True, slots=True)
class Uitvoer:
    """A file to give: its bytes, still to be read, and the sha256 that was stored of its machine form ("" if none)."""

    stroom: Iterator[bytes]
    sha256: str


def begroting_csv(uitgave: Uitgave, programma: str | None = None, vorm: Vorm = MACHINE) -> Iterator[bytes] | None:
    """Return the lines of a version (or of one programme, by slug) as CSV; None when it has no such programme."""
    gevonden = vind_begroting_csv(uitgave, programma, vorm)
    return None if gevonden is None else gevonden.stroom


def vind_begroting_csv(uitgave: Uitgave, programma: str | None = None, vorm: Vorm = MACHINE) -> Uitvoer | None:
    """Return the lines of a version (or of one programme, by slug) as CSV; None when it has no such programme.

    Amounts are euros with two decimals and the stored sign. The programmes are looked up at once; the rows
    are read while the caller reads the result.
    """
    naam = f"programma/{programma}/begroting.csv" if programma is not None else "begroting.csv"
    with connection.cursor() as cursor:
        cursor.execute(PROGRAMMAS, [naam, uitgave.versie_id])
        gevonden = [(sleutel, sha256) for sleutel, slug, sha256 in cursor.fetchall() if programma in (None, slug)]
    if programma is not None and not gevonden:
        return None
    sql = regels_sql(vorm)
    delen = (Deel(sql, [beveilig(uitgave.document_slug), uitgave.nummer, sleutel]) for sleutel, _ in gevonden)
    return Uitvoer(csv_bytes(KOP, delen, vorm), (gevonden[0][1] if gevonden else "") or "")


@dataclass(frozen=True, slots=True)
class Vingerafdruk:
    """What is kept of a file: its size in bytes, the number of lines after the header, and its sha256."""

    omvang: int
    regels: int
    sha256: str


def meet(stroom: Iterator[bytes]) -> Vingerafdruk:
    """Read a CSV to the end and return its fingerprint."""
    som, omvang, regels = hashlib.sha256(), 0, 0
    for blok in stroom:
        som.update(blok)
        omvang += len(blok)
        regels += blok.count(b"\n")
    return Vingerafdruk(omvang, regels - 1, som.hexdigest())
