"""In which versions, and with which programmes, an observation is shown: for who has to find the place on paper."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from indicatoren.models import INWONERS, Waarneming
from programma.spoor.historie import Rij

MEESTE = 3
TABEL = Waarneming._meta.db_table
# A version shows what was known at its peilmoment; one that was never published, what is known now.
GETOOND = """
SELECT i.indicator_id, w.rij, v.titel || ', versie ' || v.nummer, string_agg(DISTINCT p.code, ', ' ORDER BY p.code)
FROM unnest(%(rijen)s::bigint[], %(indicatoren)s::bigint[], %(momenten)s::timestamptz[]) w (rij, indicator, moment)
JOIN (
  SELECT versie_id, programma_id, indicator_id FROM programma_programmaindicator
  UNION SELECT d.versie_id, k.programma_id, d.indicator_id
        FROM programma_doelindicator d JOIN programma_doel o ON o.id = d.doel_id
        JOIN programma_pakket k ON k.id = o.pakket_id
  UNION SELECT p.versie_id, p.id, i.id FROM programma_programma p CROSS JOIN indicatoren_indicator i
        WHERE i.slug = %(inwoners)s
) i ON i.indicator_id = w.indicator
JOIN programma_versie v ON v.id = i.versie_id AND (v.peilmoment IS NULL OR v.peilmoment >= w.moment)
JOIN programma_programma p ON p.id = i.programma_id
GROUP BY i.indicator_id, w.rij, v.id, v.titel, v.nummer ORDER BY v.id DESC
"""


def getoond(rijen: Mapping[Rij, str]) -> dict[Rij, str]:
    """Return of the observations among these rows (with their content as JSON text) where they are shown, in words.

    Rows that cannot be read, and observations that nothing shows, are left out. One query.
    """
    feiten = [feit for (tabel, rij), tekst in rijen.items() if tabel == TABEL and (feit := _lees(rij, tekst))]
    if not feiten:
        return {}
    sleutels, indicatoren, momenten = map(list, zip(*feiten, strict=True))
    plaatsen: dict[Rij, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            GETOOND, {"rijen": sleutels, "indicatoren": indicatoren, "momenten": momenten, "inwoners": INWONERS}
        )
        for _, rij, versie, programmas in cursor.fetchall():
            plaatsen[TABEL, rij].append(f"{versie}, programma {programmas}")
    return {rij: _opsomming(delen) for rij, delen in plaatsen.items()}


def _lees(rij: int, tekst: str) -> tuple[int, int, datetime] | None:
    """Return (key, indicator, moment) of an observation, or None when somebody made something else of its text."""
    try:
        kolommen = json.loads(tekst)
        return rij, int(kolommen["indicator_id"]), datetime.fromisoformat(kolommen["vastgelegd_op"])
    except (ValueError, TypeError, LookupError):
        return None


def _opsomming(delen: list[str]) -> str:
    rest = len(delen) - MEESTE
    return "; ".join(delen[:MEESTE]) + (f"; en nog {rest} versies" if rest > 0 else "")
