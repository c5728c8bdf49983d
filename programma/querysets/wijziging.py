"""Questions to the changes by the council: of what they and the budget before them consist, per programme."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connections, models

from programma.inhoud import Programmarij
from programma.inhoud.autorisatie import Autorisatiebedrag
from programma.querysets.regel import wijzigingrij
from programma.raming import Kolom

# The columns of one year: of the version itself split by change, and of the version that the council adopted (by its
# number; NULL for none) whole.
AUTORISATIE = """
WITH bedrag AS (
  SELECT b.versie_id, p.code AS programma, r.soort, l.jaar, l.fase, b.wijziging_id, sum(b.euro) AS euro
  FROM programma_bedrag b
  JOIN programma_kolom l ON l.id = b.kolom_id
  JOIN programma_begrotingsregel r ON r.id = b.regel_id
  JOIN programma_pakket k ON k.id = r.pakket_id
  JOIN programma_programma p ON p.id = k.programma_id
  WHERE l.jaar = %(jaar)s AND b.versie_id IN (%(versie)s, (
    SELECT a.id FROM programma_versie a JOIN programma_versie e ON e.document_id = a.document_id
    WHERE e.id = %(versie)s AND a.nummer = %(besluit)s))
  GROUP BY b.versie_id, p.code, r.soort, l.jaar, l.fase, b.wijziging_id
)
SELECT json_build_object(
  'programmas', (SELECT json_agg(json_build_array(code, naam, slug, soort) ORDER BY volgorde, code COLLATE "C")
                 FROM programma_programma WHERE versie_id = %(versie)s),
  'kolommen', (SELECT json_agg(json_build_array(jaar, fase) ORDER BY volgorde)
               FROM programma_kolom WHERE versie_id = %(versie)s AND jaar = %(jaar)s),
  'bedragen', (SELECT json_agg(json_build_array(s.programma, s.soort, s.jaar, s.fase, s.euro, w.nummer, w.soort,
                                                w.titel, w.raadsbesluit, w.raadsbesluit_datum)
                               ORDER BY s.programma COLLATE "C", w.nummer COLLATE "C" NULLS FIRST, s.soort, s.fase)
               FROM bedrag s LEFT JOIN programma_wijziging w ON w.id = s.wijziging_id
               WHERE s.versie_id = %(versie)s),
  'vastgesteld', (SELECT json_agg(json_build_array(programma, soort, jaar, fase, euro))
                  FROM bedrag WHERE versie_id <> %(versie)s),
  'bronnen', (SELECT json_agg(DISTINCT naam) FROM programma_bron WHERE versie_id = %(versie)s)
)::text
"""


class Autorisatie(NamedTuple):
    """The rows of the page on authorisation, read in one query."""

    programmas: Sequence[Programmarij]
    kolommen: Sequence[Kolom]
    bedragen: Sequence[Autorisatiebedrag]
    vastgesteld: Sequence[Autorisatiebedrag]
    bronnen: Sequence[str]


class WijzigingQuerySet(models.QuerySet[Any]):
    """The changes by the council."""

    def autorisatie(self, versie: int, jaar: int, besluit: int | None = None) -> Autorisatie:
        """Return what is in the columns of a year, per programme, soort and change. One query.

        `besluit` is the number of the earlier version of the same document that the council adopted: what was in its
        columns of that year comes along.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(AUTORISATIE, {"versie": versie, "jaar": jaar, "besluit": besluit})
            data: dict[str, Any] = json.loads(cursor.fetchone()[0], parse_float=Decimal)
        return Autorisatie(
            [Programmarij(*rij) for rij in data["programmas"] or ()],
            [Kolom(*rij) for rij in data["kolommen"] or ()],
            [_bedrag(*rij) for rij in data["bedragen"] or ()],
            [_bedrag(*rij, None) for rij in data["vastgesteld"] or ()],
            sorted(data["bronnen"] or ()),
        )


def _bedrag(programma: str, soort: str, jaar: int, fase: str, euro: Decimal | int, *rest: Any) -> Autorisatiebedrag:
    wijziging = None if rest[0] is None else wijzigingrij(*rest)
    return Autorisatiebedrag(programma, soort, Kolom(jaar, fase), Decimal(euro), wijziging)
