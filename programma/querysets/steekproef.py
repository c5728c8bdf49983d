"""The candidates of a sample: the amounts of a version in layers by size, of each those with the smallest lots."""

from __future__ import annotations

from typing import Any

from django.db import connections

from programma.raming import Kolom
from programma.steekproef import Kandidaat, grootste

# `programma.steekproef` says what this does; the tests hold it to that. Sums of numeric are exact, and layers are
# found by multiplying, not by dividing. The order is by bytes, so the same in every database.
KANDIDATEN = r"""
WITH cel AS (
  SELECT r.id, r.sleutel, l.jaar, l.fase, sum(b.euro) AS euro, abs(sum(b.euro)) AS grootte
  FROM programma_begrotingsregel r
  JOIN programma_bedrag b ON b.regel_id = r.id JOIN programma_kolom l ON l.id = b.kolom_id
  WHERE r.versie_id = %(versie)s
    AND (%(fase)s::text IS NULL OR (l.fase = %(fase)s AND l.jaar = %(jaar)s::int))
  GROUP BY r.id, l.id
), plek AS (
  SELECT cel.*, row_number() OVER w AS plek FROM cel
  WINDOW w AS (ORDER BY grootte DESC, sleutel COLLATE "C", jaar, fase COLLATE "C")
), stapel AS (
  SELECT plek.*,
         sum(grootte) FILTER (WHERE plek > %(grootste)s) OVER (ORDER BY plek) - grootte AS voor,
         sum(grootte) FILTER (WHERE plek > %(grootste)s) OVER () AS geheel
  FROM plek
), laag AS (
  SELECT id, sleutel, jaar, fase, euro, grootte, plek,
         CASE WHEN plek <= %(grootste)s THEN 0
              ELSE 1 + (3 * voor >= geheel)::int + (3 * voor >= 2 * geheel)::int END AS laag
  FROM stapel
), lot AS (
  SELECT laag.*, encode(sha256(convert_to(concat_ws(E'\n', %(zaad)s::text, sleutel, fase, jaar), 'UTF8')), 'hex') AS lot
  FROM laag
), beurt AS (
  SELECT lot.*, count(*) OVER (PARTITION BY laag) AS omvang, sum(grootte) OVER (PARTITION BY laag) AS som,
         row_number() OVER (PARTITION BY laag ORDER BY lot COLLATE "C", sleutel COLLATE "C", jaar, fase COLLATE "C")
           AS beurt
  FROM lot
)
SELECT p.slug, p.code, p.naam, k.code, k.naam, r.soort, c.sleutel, r.omschrijving, c.jaar, c.fase, c.euro, c.laag,
       c.lot, c.omvang, c.som
FROM beurt c
JOIN programma_begrotingsregel r ON r.id = c.id
JOIN programma_pakket k ON k.id = r.pakket_id JOIN programma_programma p ON p.id = k.programma_id
WHERE c.beurt <= %(aantal)s
"""


def kandidaten(alias: str, versie: int, zaad: str, aantal: int, kolom: Kolom | None) -> list[Kandidaat]:
    """Return the amounts of a version, or of one column of it, that a sample of `aantal` can hold. One query."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            KANDIDATEN,
            {
                "versie": versie,
                "zaad": zaad,
                "aantal": aantal,
                "grootste": grootste(aantal),
                "fase": kolom.fase if kolom else None,
                "jaar": kolom.jaar if kolom else None,
            },
        )
        return [_kandidaat(*rij) for rij in cursor.fetchall()]


def _kandidaat(*rij: Any) -> Kandidaat:
    plaats, kolom, rest = rij[:8], Kolom(*rij[8:10]), rij[10:]
    velden: tuple[Any, ...] = (*plaats, kolom, *rest)
    return Kandidaat(*velden)
