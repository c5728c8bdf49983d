"""Questions to the lines: of which a pakket consists, and of which a figure, with where each amount came from."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connections, models

from programma.cijfer import SOORTEN, Cijfer, celwoord, regelwoord
from programma.inhoud import Pakketrij
from programma.inhoud.opbouw import (
    Bedragrij,
    Bronrij,
    Opbouw,
    Pakketregels,
    Regelbedrag,
    Regelrij,
    Spoorrij,
    Stappenrij,
    Taakvelddeel,
    Taakveldrij,
    Wijzigingrij,
    Wijzigingsom,
)
from programma.querysets.steekproef import kandidaten
from programma.raming import Kolom, Soort
from programma.steekproef import Kandidaat

# The lines of a programme, or of one pakket, one soort, one sleutel.
_REGELS = """
WITH regel AS MATERIALIZED (
  SELECT r.id, r.sleutel, k.code AS pakket, r.soort, r.omschrijving, t.code AS taakveld, t.naam AS taakveldnaam,
         r.incidenteel, r.reserve, r.toelichting,
         row_number() OVER (ORDER BY k.volgorde, k.code COLLATE "C", r.volgorde, r.sleutel COLLATE "C") AS plek
  FROM programma_programma p
  JOIN programma_pakket k ON k.programma_id = p.id
  JOIN programma_begrotingsregel r ON r.pakket_id = k.id
  LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
  WHERE p.versie_id = %(versie)s AND p.code = %(programma)s AND (%(pakket)s::text IS NULL OR k.code = %(pakket)s)
    AND (%(soort)s::text IS NULL OR r.soort = %(soort)s) AND (%(sleutel)s::text IS NULL OR r.sleutel = %(sleutel)s)
)"""
_REGELLIJST = """(SELECT json_agg(json_build_array(sleutel, pakket, soort, omschrijving, taakveld, taakveldnaam,
                                         incidenteel, reserve, toelichting) ORDER BY plek) FROM regel)"""

VAN_PAKKET = f"""{_REGELS}
SELECT json_build_object(
  'regels', {_REGELLIJST},
  'bedragen', (SELECT json_agg(json_build_array(s.sleutel, s.jaar, s.fase, s.euro)) FROM (
                 SELECT r.sleutel, l.jaar, l.fase, sum(b.euro) AS euro
                 FROM regel r JOIN programma_bedrag b ON b.regel_id = r.id JOIN programma_kolom l ON l.id = b.kolom_id
                 GROUP BY r.sleutel, l.jaar, l.fase) s),
  'wijzigingen', (SELECT json_agg(json_build_array(s.nummer, s.wat, s.titel, s.raadsbesluit, s.datum, s.soort, s.jaar,
                                                   s.fase, s.euro)
                                  ORDER BY s.volgorde, s.nummer COLLATE "C", s.soort COLLATE "C") FROM (
                    SELECT w.nummer, w.soort AS wat, w.titel, w.raadsbesluit, w.raadsbesluit_datum AS datum, r.soort,
                           l.jaar, l.fase, l.volgorde, sum(b.euro) AS euro
                    FROM regel r JOIN programma_bedrag b ON b.regel_id = r.id
                    JOIN programma_kolom l ON l.id = b.kolom_id JOIN programma_wijziging w ON w.id = b.wijziging_id
                    GROUP BY w.id, r.soort, l.id) s)
)::text
"""  # noqa: S608 - our own text

# The history of the amounts that are there: not what was recorded and taken away again. `tot` is the moment of
# publication; what a migration wrote down, nobody changed. No name, account or role of the database leaves this query.
OPBOUW = f"""{_REGELS}, bedrag AS MATERIALIZED (
  SELECT b.id, b.euro, b.bronprecisie, b.plaats, b.wijziging_id, b.bron_id, r.sleutel, r.plek
  FROM regel r JOIN programma_bedrag b ON b.regel_id = r.id JOIN programma_kolom l ON l.id = b.kolom_id
  WHERE l.jaar = %(jaar)s AND l.fase = %(fase)s
), spoor AS (
  SELECT min(g.id) AS eerste, min(g.op) AS op, g.soort, g.via, g.herkomst, g.door_id IS NOT NULL AS binnen,
         count(DISTINCT g.rij) AS aantal
  FROM programma_gebeurtenis g
  WHERE g.tabel = 'programma_bedrag' AND g.rij IN (SELECT id FROM bedrag) AND g.versie_id = %(versie)s
    AND g.via <> 'migratie' AND (%(tot)s::timestamptz IS NULL OR g.op <= %(tot)s)
    AND (g.soort = '+' OR g.soort = '~' AND nullif(g.oud, '')::jsonb -> 'euro' <> nullif(g.nieuw, '')::jsonb -> 'euro')
  GROUP BY g.transactie, g.soort, g.via, g.herkomst, binnen
)
SELECT json_build_object(
  'regels', {_REGELLIJST},
  'bedragen', (SELECT json_agg(json_build_array(b.sleutel, b.euro, b.bronprecisie, b.plaats, w.nummer, w.soort, w.titel,
                                                w.raadsbesluit, w.raadsbesluit_datum, n.naam, n.bestandsnaam, n.sha256)
                               ORDER BY b.plek, w.nummer COLLATE "C" NULLS FIRST)
               FROM bedrag b LEFT JOIN programma_wijziging w ON w.id = b.wijziging_id
               LEFT JOIN programma_bron n ON n.id = b.bron_id),
  'reeks', (SELECT json_agg(json_build_array(s.jaar, s.fase, s.euro)) FROM (
              SELECT l.jaar, l.fase, sum(b.euro) AS euro
              FROM regel r JOIN programma_bedrag b ON b.regel_id = r.id JOIN programma_kolom l ON l.id = b.kolom_id
              GROUP BY l.jaar, l.fase) s),
  'sporen', (SELECT json_agg(json_build_array(op, soort, via, herkomst, binnen, aantal) ORDER BY eerste) FROM spoor),
  'stappen', (SELECT json_build_array(v.ingediend_op, v.goedgekeurd_op, v.vastgesteld_op, o.nummer)
              FROM programma_versie v LEFT JOIN programma_versie o ON o.id = v.voorganger_id WHERE v.id = %(versie)s)
)::text
"""  # noqa: S608 - our own text


# What the lines of one taakveld ('' for none) have of one soort in one column: per line, or if there are more than
# `meeste` per pakket. With the pakketten of the programmes that they are in, as only these tell the word of a line.
TAAKVELD = """
WITH regel AS MATERIALIZED (
  SELECT p.id AS programma, p.slug, p.volgorde AS eerst, p.code AS programmacode, k.id AS pakket_id, k.code AS pakket,
         k.naam, k.volgorde AS dan, r.sleutel, r.omschrijving, r.volgorde AS plek, sum(b.euro) AS euro
  FROM programma_begrotingsregel r
  JOIN programma_pakket k ON k.id = r.pakket_id
  JOIN programma_programma p ON p.id = k.programma_id
  JOIN programma_bedrag b ON b.regel_id = r.id
  JOIN programma_kolom l ON l.id = b.kolom_id
  LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
  WHERE r.versie_id = %(versie)s AND coalesce(t.code, '') = %(taakveld)s AND r.soort = %(soort)s
    AND l.jaar = %(jaar)s AND l.fase = %(fase)s
  GROUP BY p.id, k.id, r.id
), deel AS (
  SELECT eerst, programmacode, dan, slug, pakket, naam, plek, sleutel, omschrijving, euro
  FROM regel WHERE (SELECT count(*) FROM regel) <= %(meeste)s
  UNION ALL
  SELECT eerst, programmacode, dan, slug, pakket, naam, 0, '', '', sum(euro)
  FROM regel WHERE (SELECT count(*) FROM regel) > %(meeste)s
  GROUP BY eerst, programmacode, dan, slug, pakket, naam
)
SELECT json_build_object(
  'delen', (SELECT json_agg(json_build_array(slug, pakket, naam, sleutel, omschrijving, euro)
                            ORDER BY eerst, programmacode COLLATE "C", dan, pakket COLLATE "C", plek,
                                     sleutel COLLATE "C") FROM deel),
  'pakketten', (SELECT json_agg(json_build_array(p.slug, k.code, k.naam))
                FROM programma_pakket k JOIN programma_programma p ON p.id = k.programma_id
                WHERE p.id IN (SELECT programma FROM regel))
)::text
"""


class RegelQuerySet(models.QuerySet[Any]):
    """The lines of the budget."""

    def _lees(self, sql: str, parameters: dict[str, Any]) -> dict[str, Any]:
        alles = {"pakket": None, "soort": None, "sleutel": None} | parameters
        with connections[self.db].cursor() as cursor:
            cursor.execute(sql, alles)
            data: dict[str, Any] = json.loads(cursor.fetchone()[0], parse_float=Decimal)
        return data

    def van_pakket(self, versie: int, programma: str, pakket: str) -> Pakketregels:
        """Return the lines of a pakket (by code) of a programme (by code), with their sum per column. One query."""
        data = self._lees(VAN_PAKKET, {"versie": versie, "programma": programma, "pakket": pakket})
        return Pakketregels(
            [_regel(*rij) for rij in data["regels"] or ()],
            [Regelbedrag(regel, Kolom(jaar, fase), euro) for regel, jaar, fase, euro in data["bedragen"] or ()],
            [
                Wijzigingsom(wijzigingrij(*rij), soort, Kolom(jaar, fase), euro)
                for *rij, soort, jaar, fase, euro in data["wijzigingen"] or ()
            ],
        )

    def opbouw(self, versie: int, programma: str, cijfer: Cijfer, kolom: Kolom, tot: datetime | None) -> Opbouw:
        """Return the lines under a figure that lines add up to, with their history up to `tot`. One query.

        `cijfer` is a line, a cell, or one of the four totals of a programme (by code) that lines add up to.
        """
        soort = SOORTEN[cijfer.totaal] if cijfer.totaal else cijfer.soort
        data = self._lees(
            OPBOUW,
            {
                "versie": versie,
                "programma": programma,
                "pakket": cijfer.pakket,
                "soort": soort.value if soort else None,
                "sleutel": cijfer.sleutel or None,
                "jaar": kolom.jaar,
                "fase": kolom.fase,
                "tot": tot,
            },
        )
        return Opbouw(
            [_regel(*rij) for rij in data["regels"] or ()],
            [_bedrag(*rij) for rij in data["bedragen"] or ()],
            {Kolom(jaar, fase): euro for jaar, fase, euro in data["reeks"] or ()},
            [Spoorrij(datetime.fromisoformat(op), *rest) for op, *rest in data["sporen"] or ()],
            _stappen(*data["stappen"]),
        )

    def van_taakveld(self, versie: int, taakveld: str, soort: Soort, kolom: Kolom, meeste: int) -> list[Taakvelddeel]:
        """Return what the figure of a taakveld (by code, "" for none) adds up. One query.

        Each part is a line, or with more than `meeste` lines the lines of one pakket.
        """
        vraag = {"versie": versie, "taakveld": taakveld, "soort": soort.value, "meeste": meeste, **kolom._asdict()}
        data = self._lees(TAAKVELD, vraag)
        pakketten: dict[str, list[Pakketrij]] = {}
        for slug, code, naam in data["pakketten"] or ():
            pakketten.setdefault(slug, []).append(Pakketrij(code, naam))
        return [
            Taakvelddeel(
                *(slug, pakket, naam, sleutel, omschrijving),
                regelwoord(sleutel, pakketten[slug]) if sleutel else celwoord(pakket, soort),
                euro,
            )
            for slug, pakket, naam, sleutel, omschrijving, euro in data["delen"] or ()
        ]

    def kandidaten(self, versie: int, zaad: str, aantal: int, kolom: Kolom | None) -> list[Kandidaat]:
        """Return the amounts of a version, or of one column of it, that a sample can hold. One query."""
        return kandidaten(self.db, versie, zaad, aantal, kolom)


def _regel(
    sleutel: str, pakket: str, soort: str, omschrijving: str, taakveld: str | None, taakveldnaam: str, *rest: str
) -> Regelrij:
    veld = None if taakveld is None else Taakveldrij(taakveld, taakveldnaam)
    return Regelrij(sleutel, pakket, soort, omschrijving, veld, *rest)


def _bedrag(regel: str, euro: Decimal, precisie: int, plaats: str, *rest: Any) -> Bedragrij:
    wijziging = None if rest[0] is None else wijzigingrij(*rest[:5])
    bron = None if rest[5] is None else Bronrij(*rest[5:])
    return Bedragrij(regel, euro, precisie, plaats, wijziging, bron)


def wijzigingrij(nummer: str, soort: str, titel: str, raadsbesluit: str, datum: str | None) -> Wijzigingrij:
    """Return a change by the council from the JSON that PostgreSQL made of it."""
    return Wijzigingrij(nummer, soort, titel, raadsbesluit, date.fromisoformat(datum) if datum else None)


def _stappen(*delen: Any) -> Stappenrij:
    ingediend, goedgekeurd, vastgesteld, voorganger = delen
    momenten = [datetime.fromisoformat(op) if op else None for op in (ingediend, goedgekeurd, vastgesteld)]
    return Stappenrij(momenten[0], momenten[1], momenten[2], voorganger)
