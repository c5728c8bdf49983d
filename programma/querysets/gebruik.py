"""Questions to the use of indicators: which programmes and goals of which versions lean on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections, models

from programma.inhoud import Programmarij
from programma.inhoud.indicatoren import Gebruik

GEBRUIK = """
SELECT g.versie_id, g.indicator_id, i.slug, p.code, p.naam, p.slug, p.soort, p.vergelijkingsgroep_id, n.naam,
       g.doel, g.pakket
FROM (
  SELECT versie_id, programma_id, indicator_id, NULL AS doel, '' AS pakket, 0 AS plek, volgorde, id
  FROM programma_programmaindicator WHERE versie_id = ANY (%(versies)s)
  UNION ALL
  SELECT d.versie_id, k.programma_id, d.indicator_id, o.tekst, CASE WHEN k.restpost THEN '' ELSE k.code END,
         1 + k.volgorde, o.volgorde, d.id
  FROM programma_doelindicator d
  JOIN programma_doel o ON o.id = d.doel_id
  JOIN programma_pakket k ON k.id = o.pakket_id
  WHERE d.versie_id = ANY (%(versies)s)
) g
JOIN programma_versie v ON v.id = g.versie_id
JOIN programma_programma p ON p.id = g.programma_id
JOIN indicatoren_indicator i ON i.id = g.indicator_id
LEFT JOIN LATERAL (
  SELECT naam FROM indicatoren_gebiedsnaam
  WHERE gebied_id = p.vergelijkingsgroep_id AND vastgelegd_op <= v.peilmoment
  ORDER BY vastgelegd_op DESC, id DESC LIMIT 1
) n ON true
WHERE %(slug)s::text IS NULL OR i.slug = %(slug)s
ORDER BY g.versie_id, p.volgorde, p.code COLLATE "C", g.plek, g.volgorde, g.id
"""


class GebruikQuerySet(models.QuerySet[Any]):
    """Indicators on the pages of programmes."""

    def gebruik(self, versies: Sequence[int], slug: str | None = None) -> list[Gebruik]:
        """Return where these published versions use indicators, or the one with this slug. One query.

        Per version in the order of its programmes; the programme's own list comes before its goals.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(GEBRUIK, {"versies": list(versies), "slug": slug})
            rijen = cursor.fetchall()
        return [
            Gebruik(versie, sleutel, slug, Programmarij(*rij), (groep, naam) if naam else None, doel, pakket)
            for versie, sleutel, slug, *rij, groep, naam, doel, pakket in rijen
        ]
