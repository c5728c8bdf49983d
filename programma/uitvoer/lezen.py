"""Reading about an export: what there is to choose from, and what a filter leaves."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.db import connection

from programma.inhoud import Bestandrij, Uitgave
from programma.raming import Kolom
from programma.uitvoer.keuze import Keuzes, Optie
from programma.uitvoer.regels import KOP, met_gewijzigd, regels_sql, ruw_sql, voorwaarden, waarden
from programma.uitvoer.selectie import ALLES, GEEN_TAAKVELD, Selectie
from programma.uitvoer.sommen import Samenvatting, vat_samen
from programma.uitvoer.stuk import Proef
from veiligheid.exports import MACHINE

KEUZES = f"""
SELECT json_build_object(
  'programma', (SELECT json_agg(json_build_array(code, naam) ORDER BY code COLLATE "C")
                FROM programma_programma WHERE versie_id = %(versie)s),
  'pakket', (SELECT json_agg(json_build_array(k.code, k.naam, p.code) ORDER BY p.code COLLATE "C", k.code COLLATE "C")
             FROM programma_pakket k JOIN programma_programma p ON p.id = k.programma_id
             WHERE k.versie_id = %(versie)s),
  'taakveld', (SELECT json_agg(json_build_array(coalesce(t.code, '{GEEN_TAAKVELD}'), coalesce(t.naam, ''))
                               ORDER BY t.code COLLATE "C" NULLS LAST)
               FROM (SELECT DISTINCT taakveld_id FROM programma_begrotingsregel WHERE versie_id = %(versie)s) r
               LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id),
  'soort', (SELECT json_agg(soort ORDER BY soort COLLATE "C")
            FROM (SELECT DISTINCT soort FROM programma_begrotingsregel WHERE versie_id = %(versie)s) r),
  'kolom', (SELECT json_agg(json_build_array(jaar, fase) ORDER BY volgorde)
            FROM programma_kolom WHERE versie_id = %(versie)s)
)::text
"""  # noqa: S608 - our own text


BESTANDEN = """
(SELECT json_agg(json_build_array(naam, omvang, regels, sha256) ORDER BY naam COLLATE "C")
 FROM programma_bestand WHERE versie_id = %(versie)s AND naam NOT LIKE '%%/%%')
"""


def _cellen_sql(selectie: Selectie) -> str:
    van_regels, van_bedragen = voorwaarden(selectie, in_een_keer=True)
    return f"""(SELECT json_agg(json_build_array(c.soort, c.jaar, c.fase, c.euro, c.aantal)
                               ORDER BY c.volgorde, c.soort)
FROM (SELECT r.soort, l.jaar, l.fase, l.volgorde, sum(b.euro) AS euro, count(*) AS aantal
      FROM programma_programma p
      JOIN programma_pakket k ON k.programma_id = p.id
      JOIN programma_begrotingsregel r ON r.pakket_id = k.id
      LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
      JOIN programma_bedrag b ON b.regel_id = r.id
      JOIN programma_kolom l ON l.id = b.kolom_id
      WHERE p.versie_id = %(versie)s{van_regels}{van_bedragen}
      GROUP BY r.soort, l.id) c)"""  # noqa: S608 - our own text


def lees_keuzes(uitgave: Uitgave) -> Keuzes:
    """Return the values that the lines of a version have. One query."""
    with connection.cursor() as cursor:
        cursor.execute(KEUZES, {"versie": uitgave.versie_id})
        data: dict[str, Any] = json.loads(cursor.fetchone()[0])
    kolommen = data["kolom"] or ()
    # Two taakvelden can have the same code, each with its own years: the first name stands for both.
    taakvelden: dict[str, Optie] = {}
    for rij in data["taakveld"] or ():
        taakvelden.setdefault(rij[0], Optie(*rij))
    return Keuzes(
        programma=[Optie(*rij) for rij in data["programma"] or ()],
        pakket=[Optie(*rij) for rij in data["pakket"] or ()],
        taakveld=list(taakvelden.values()),
        soort=data["soort"] or [],
        fase=list(dict.fromkeys(fase for _, fase in kolommen)),
        jaar=sorted({jaar for jaar, _ in kolommen}),
    )


def samenvatting(uitgave: Uitgave, selectie: Selectie = ALLES) -> Samenvatting:
    """Return how many rows a filter leaves and what they add up to. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{met_gewijzigd(selectie)} SELECT {_cellen_sql(selectie)}::text", waarden(uitgave, selectie))
        return _samenvatting(cursor.fetchone()[0])


def lees_proef(uitgave: Uitgave, selectie: Selectie, aantal: int) -> Proef:
    """Return what a filter leaves, with the first `aantal` rows, and the files of the version. One query."""
    regels = regels_sql(MACHINE, selectie, ruw_sql, in_een_keer=True)
    rijen = f"SELECT json_agg(row_to_json(e)) FROM ({regels} LIMIT %(aantal)s) e ({', '.join(KOP)})"  # noqa: S608
    sql = f"{met_gewijzigd(selectie)} SELECT {_cellen_sql(selectie)}::text, ({rijen})::text, {BESTANDEN}::text"
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden(uitgave, selectie) | {"aantal": aantal})
        cellen, eerste, bestanden = cursor.fetchone()
    return Proef(
        _samenvatting(cellen),
        tuple(tuple(rij.values()) for rij in json.loads(eerste or "[]", parse_float=Decimal)),
        tuple(Bestandrij(*rij) for rij in json.loads(bestanden or "[]")),
    )


def _samenvatting(ruw: str | None) -> Samenvatting:
    cellen = json.loads(ruw or "[]", parse_float=Decimal)
    return vat_samen((soort, Kolom(jaar, fase), Decimal(euro), aantal) for soort, jaar, fase, euro, aantal in cellen)
