"""The lines of a version as CSV and as rows: leaf rows only, one fixed order, the same bytes always (ONTWERP.md 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from programma.inhoud import Uitgave
from programma.uitvoer.selectie import ALLES, GEEN_TAAKVELD, Selectie
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
RIJEN_PER_KEER = 5000

# The programmes in order, and beside each what was stored of the file that is asked for, and its first pakket.
PROGRAMMAS = """
SELECT p.id, p.code, p.slug, coalesce(b.sha256, ''),
       (SELECT k.id FROM programma_pakket k WHERE k.programma_id = p.id ORDER BY k.code COLLATE "C" LIMIT 1)
FROM programma_programma p LEFT JOIN programma_bestand b ON b.versie_id = p.versie_id AND b.naam = %s
WHERE p.versie_id = %s ORDER BY p.code COLLATE "C"
"""

# What came along with a copy, a new year or a change of the database itself, nobody changed.
MEEGEKOMEN = ("kopie", "nieuw_jaar", "opening", "migratie")
# A line changed when it came or its own content did (not its place), or when one of its amounts came, went or changed.
GEWIJZIGD = """
SELECT DISTINCT v.regel FROM (
  SELECT g.tabel, g.rij, g.soort, nullif(g.oud, '')::jsonb AS oud, nullif(g.nieuw, '')::jsonb AS nieuw
  FROM programma_gebeurtenis g
  WHERE g.versie_id = %(versie)s AND g.tabel IN ('programma_bedrag', 'programma_begrotingsregel')
    AND g.op >= %(vanaf)s AND (%(tot)s::timestamptz IS NULL OR g.op <= %(tot)s) AND g.via <> ALL(%(meegekomen)s)
) g, LATERAL (VALUES
  (CASE WHEN g.tabel = 'programma_bedrag' THEN (g.oud ->> 'regel_id')::bigint ELSE g.rij END),
  (CASE WHEN g.tabel = 'programma_bedrag' THEN (g.nieuw ->> 'regel_id')::bigint ELSE g.rij END)) AS v (regel)
WHERE v.regel IS NOT NULL AND (g.soort <> '~' OR CASE WHEN g.tabel = 'programma_bedrag'
  THEN (g.oud - 'bron_id' - 'plaats') IS DISTINCT FROM (g.nieuw - 'bron_id' - 'plaats')
  ELSE (g.oud - 'volgorde') IS DISTINCT FROM (g.nieuw - 'volgorde') END)
"""


# The lines of one part of an export: a programme, its first pakket alone, or all but that.
DEEL = """p.id = %(programma)s AND (%(alleen)s::bigint IS NULL OR k.id = %(alleen)s)
        AND (%(zonder)s::bigint IS NULL OR k.id <> %(zonder)s)"""


class Programmadeel(NamedTuple):
    """A programme as a part of an export, with the sha256 of the file that was asked for ("" if none).

    `eerste_pakket` is the key of its first pakket, None when it has none.
    """

    id: int
    code: str
    slug: str
    sha256: str
    eerste_pakket: int | None = None


def programmas(uitgave: Uitgave, bestand: str = "") -> list[Programmadeel]:
    """Return the programmes of a version in order, and beside each what was stored of this file. One query."""
    with connection.cursor() as cursor:
        cursor.execute(PROGRAMMAS, [bestand, uitgave.versie_id])
        return [Programmadeel(*rij) for rij in cursor.fetchall()]


def gewijzigde_regels(uitgave: Uitgave, selectie: Selectie) -> list[int] | None:
    """Return the keys of the lines that changed since a day, or None when the filter does not ask. At most one query.

    Of a version that was published its history ends there. What is not the version's own doing does not count:
    MEEGEKOMEN. No name or account leaves this query.
    """
    if selectie.gewijzigd_sinds is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(GEWIJZIGD, waarden(uitgave, selectie))
        return [regel for (regel,) in cursor.fetchall()]


def met_gewijzigd(selectie: Selectie) -> str:
    """Return how a question to all programmes at once begins: with the lines that changed, if the filter asks."""
    return f"WITH gewijzigd AS MATERIALIZED ({GEWIJZIGD})" if selectie.gewijzigd_sinds else ""


def voorwaarden(selectie: Selectie, *, in_een_keer: bool = False) -> tuple[str, str]:
    """Return the SQL conditions of a filter on the lines (p, k, r, t) and on their amounts (l), each with its AND.

    An export goes through the programmes one by one: the lines that changed were found before, and which programme it
    is, is no condition. A question to all programmes (`in_een_keer`) asks for both, and begins with `met_gewijzigd`.
    """
    taakveld = f"coalesce(t.code, '{GEEN_TAAKVELD}')"
    regels = [
        f" AND {kolom} = ANY(%({veld})s)"
        for veld, kolom in (("pakket", "k.code"), ("taakveld", taakveld), ("soort", "r.soort"))
        if getattr(selectie, veld)
    ]
    if selectie.gewijzigd_sinds is not None:
        regels.append(" AND r.id IN (SELECT regel FROM gewijzigd)" if in_een_keer else " AND r.id = ANY(%(gewijzigd)s)")
    if in_een_keer and selectie.programma:
        regels.append(" AND p.code = ANY(%(programmas)s)")
    bedragen = [f" AND l.{veld} = ANY(%({veld})s)" for veld in ("fase", "jaar") if getattr(selectie, veld)]
    return "".join(regels), "".join(bedragen)


def waarden(uitgave: Uitgave, selectie: Selectie) -> dict[str, Any]:
    """Return the parameters of every question here about this version and this filter."""
    dag = selectie.gewijzigd_sinds
    return {
        "document": uitgave.document_slug,
        "nummer": uitgave.nummer,
        "versie": uitgave.versie_id,
        "programmas": list(selectie.programma),
        "vanaf": timezone.make_aware(datetime.combine(dag, time.min)) if dag else None,
        "tot": uitgave.gepubliceerd_op,
        "meegekomen": list(MEEGEKOMEN),
        **{veld: list(getattr(selectie, veld)) for veld in ("pakket", "taakveld", "soort", "fase", "jaar")},
    }


def ruw_sql(kolom: str) -> str:
    """Return a text column as it is: what `beveilig_sql` is for a CSV, for who writes cells with a type."""
    return kolom


def regels_sql(
    vorm: Vorm, selectie: Selectie = ALLES, tekst: Callable[[str], str] = beveilig_sql, *, in_een_keer: bool = False
) -> str:
    """Return the SELECT of one programme's lines, in order. Taken per programme, a first row needs no sort of all.

    The inner SELECT guards the texts and finds the place of each line once, not again for each of its amounts; the
    outer sort then compares numbers. Together that halves the time. Parameters: those of `waarden`, with those of DEEL
    and `gewijzigd`; `in_een_keer` takes all programmes in one sort, and needs neither.
    """
    van_regels, van_bedragen = voorwaarden(selectie, in_een_keer=in_een_keer)
    welke = "p.versie_id = %(versie)s" if in_een_keer else DEEL
    return f"""
SELECT %(document)s::text, %(nummer)s::int, r.programma_code, r.programma, r.pakket_code, r.pakket, r.soort, r.taakveld,
       r.sleutel, r.omschrijving, r.incidenteel, l.fase, l.jaar, {vorm.getal_sql("b.euro")}, b.bronprecisie
FROM (SELECT r.id, {tekst("p.code")} AS programma_code, {tekst("p.naam")} AS programma,
             {tekst("k.code")} AS pakket_code, {tekst("k.naam")} AS pakket, r.soort,
             {tekst("t.code")} AS taakveld, r.sleutel, {tekst("r.omschrijving")} AS omschrijving,
             nullif(r.incidenteel, 'onbekend') AS incidenteel,
             row_number() OVER (ORDER BY p.code COLLATE "C", k.code COLLATE "C", r.soort COLLATE "C",
                                r.sleutel COLLATE "C") AS plaats
      FROM programma_programma p
      JOIN programma_pakket k ON k.programma_id = p.id
      JOIN programma_begrotingsregel r ON r.pakket_id = k.id
      LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
      WHERE {welke}{van_regels}) r
JOIN programma_bedrag b ON b.regel_id = r.id
JOIN programma_kolom l ON l.id = b.kolom_id{van_bedragen}
LEFT JOIN programma_wijziging w ON w.id = b.wijziging_id
ORDER BY r.plaats, l.jaar, l.fase COLLATE "C", w.nummer COLLATE "C" NULLS FIRST
"""  # noqa: S608 - the expressions come from this module, never from a visitor


def gekozen(delen: list[Programmadeel], selectie: Selectie) -> list[Programmadeel]:
    """Return the programmes that a filter leaves."""
    return [deel for deel in delen if not selectie.programma or deel.code in selectie.programma]


def per_programma(
    sql: str, uitgave: Uitgave, selectie: Selectie, delen: list[Programmadeel], document: str = ""
) -> Iterator[Deel]:
    """Yield the SELECT of each programme that the filter leaves. At most one query, when the first is asked for.

    The first programme comes in two parts, its first pakket before the rest: then even of a million lines the first row
    waits for the sort of a small part only.
    """
    parameters = waarden(uitgave, selectie) | {"gewijzigd": gewijzigde_regels(uitgave, selectie)}
    parameters |= {"document": document} if document else {}
    for nummer, deel in enumerate(gekozen(delen, selectie)):
        eerst = deel.eerste_pakket if nummer == 0 else None
        if eerst is not None:
            yield Deel(sql, parameters | {"programma": deel.id, "alleen": eerst, "zonder": None})
        yield Deel(sql, parameters | {"programma": deel.id, "alleen": None, "zonder": eerst})


def begroting_csv(
    uitgave: Uitgave,
    selectie: Selectie = ALLES,
    vorm: Vorm = MACHINE,
    delen: list[Programmadeel] | None = None,
) -> Iterator[bytes]:
    """Return the lines of a version that a filter leaves, as CSV; a value that is not there leaves nothing.

    Amounts are euros with two decimals and the stored sign. The programmes are looked up at once (`delen`: they were
    already); the rows are read while the caller reads the result, by COPY, so memory does not grow with their number.
    """
    delen = programmas(uitgave) if delen is None else delen
    sql = regels_sql(vorm, selectie)
    return csv_bytes(KOP, per_programma(sql, uitgave, selectie, delen, beveilig(uitgave.document_slug)), vorm)


def rijen(
    uitgave: Uitgave, selectie: Selectie = ALLES, delen: list[Programmadeel] | None = None
) -> Iterator[tuple[object, ...]]:
    """Return the same lines as rows of KOP, for who writes cells with a type: texts as they are, not guarded.

    `versie`, `jaar` and `bronprecisie` are int, `bedrag` is a Decimal with two decimals; `taakveld` and `incidenteel`
    are None where a CSV has nothing. A server-side cursor keeps memory constant.
    """
    delen = programmas(uitgave) if delen is None else delen
    return _rijen(per_programma(regels_sql(MACHINE, selectie, ruw_sql), uitgave, selectie, delen))


def _rijen(delen: Iterator[Deel]) -> Iterator[tuple[object, ...]]:
    for deel in delen:
        with connection.chunked_cursor() as cursor:
            cursor.execute(deel.sql, deel.parameters)
            while stapel := cursor.fetchmany(RIJEN_PER_KEER):
                yield from stapel
