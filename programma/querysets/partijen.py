"""Questions to the connected parties: what versions say of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import connections, models

from programma.inhoud import Cijferrij, Programmarij
from programma.inhoud.partijen import Deelnamerij

# The fields of Cijferrij in their order, of figures c of party v. json_agg keeps numeric exact: it is read as Decimal.
CIJFERS = """c.versie_id, v.slug, c.jaar, c.bijdrage, c.eigen_vermogen_begin, c.eigen_vermogen_eind,
  c.vreemd_vermogen_begin, c.vreemd_vermogen_eind, c.resultaat, c.risico, c.onbekend_reden, c.belang_begin,
  c.belang_begin_procent, c.belang_eind, c.belang_eind_procent, c.ontwikkelingen"""
GENOEMD = f"""
SELECT json_build_object(
  'deelnames', (SELECT json_agg(json_build_array(m.versie_id, v.slug, m.naam, m.afkorting, m.soort, m.taak,
                                                 m.openbaar_belang, m.vestigingsplaats, m.bestuurlijk_belang,
                                                 p.code, p.naam, p.slug, p.soort)
                                ORDER BY m.versie_id, p.volgorde, p.code COLLATE "C", m.volgorde, m.id)
                FROM programma_deelname m
                JOIN programma_verbondenpartij v ON v.id = m.partij_id
                JOIN programma_programma p ON p.id = m.programma_id
                WHERE m.versie_id = ANY (%(versies)s) AND (%(slug)s::text IS NULL OR v.slug = %(slug)s)),
  'cijfers', (SELECT json_agg(json_build_array({CIJFERS})
                              ORDER BY c.versie_id, v.slug COLLATE "C", c.jaar)
              FROM programma_partijcijfers c
              JOIN programma_verbondenpartij v ON v.id = c.partij_id
              WHERE c.versie_id = ANY (%(versies)s) AND (%(slug)s::text IS NULL OR v.slug = %(slug)s))
)::text
"""  # noqa: S608 - our own text


class PartijQuerySet(models.QuerySet[Any]):
    """Connected parties."""

    def genoemd(self, versies: Sequence[int], slug: str | None = None) -> tuple[list[Deelnamerij], list[Cijferrij]]:
        """Return what these versions say of every party, or of the one with this slug. One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(GENOEMD, {"versies": list(versies), "slug": slug})
            data = json.loads(cursor.fetchone()[0], parse_float=Decimal)
        deelnames = [
            Deelnamerij(*rij[:7], Programmarij(*rij[9:]), *rij[7:9])  # type: ignore[call-arg]  # as many as GENOEMD has
            for rij in data["deelnames"] or ()
        ]
        return deelnames, [Cijferrij(*rij) for rij in data["cijfers"] or ()]
