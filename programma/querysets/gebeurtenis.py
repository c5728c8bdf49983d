"""Questions to the history: the events of a row, a cell, a programme, a publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL

# Every event of the version whose row belongs to the programme: through its pakket, its line or its goal too, also when
# those are gone by now.
VAN_PROGRAMMA = """
WITH g AS MATERIALIZED (
  SELECT id, tabel, rij, coalesce(nullif(nieuw, ''), oud)::jsonb AS j FROM programma_gebeurtenis WHERE versie_id = %s
), deel (programma) AS (VALUES (%s::bigint)),
pakket AS (
  SELECT DISTINCT rij FROM g, deel WHERE tabel = 'programma_pakket' AND (j->>'programma_id')::bigint = programma
), regel AS (
  SELECT DISTINCT rij FROM g
  WHERE tabel = 'programma_begrotingsregel' AND (j->>'pakket_id')::bigint IN (SELECT rij FROM pakket)
), doel AS (
  SELECT DISTINCT rij FROM g WHERE tabel = 'programma_doel' AND (j->>'pakket_id')::bigint IN (SELECT rij FROM pakket)
)
SELECT id FROM g, deel
WHERE (tabel = 'programma_programma' AND rij = programma) OR (j->>'programma_id')::bigint = programma
   OR (j->>'pakket_id')::bigint IN (SELECT rij FROM pakket) OR (j->>'regel_id')::bigint IN (SELECT rij FROM regel)
   OR (j->>'doel_id')::bigint IN (SELECT rij FROM doel)
"""
VAN_CEL = """
SELECT id FROM programma_gebeurtenis
WHERE versie_id = %s AND tabel = 'programma_bedrag'
  AND coalesce(nullif(nieuw, ''), oud)::jsonb @> jsonb_build_object('regel_id', %s::bigint, 'kolom_id', %s::bigint)
"""


# What is no edit by a person: rows as they were copied, and the history's own bookkeeping.
GEEN_MENSENWERK = ["kopie", "opening", "migratie"]
LAATSTE_PER_RIJ = """
SELECT DISTINCT ON (g.tabel, g.rij) g.id
FROM programma_gebeurtenis g JOIN unnest(%s::text[], %s::bigint[]) AS u (tabel, rij) USING (tabel, rij)
WHERE g.via <> ALL (%s) ORDER BY g.tabel, g.rij, g.id DESC
"""


class GebeurtenisQuerySet(models.QuerySet[Any]):
    """The history."""

    def van_rij(self, tabel: str, rij: int) -> GebeurtenisQuerySet:
        """Return what happened to one row."""
        return self.filter(tabel=tabel, rij=rij)

    def laatste_van_mensen(self, rijen: Iterable[tuple[str, int]]) -> GebeurtenisQuerySet:
        """Return of each of these rows (table, key) the last event that was an edit; a row without one is left out."""
        lijst = list(rijen)
        parameters = [[tabel for tabel, _ in lijst], [rij for _, rij in lijst], GEEN_MENSENWERK]
        gevonden = self.filter(pk__in=RawSQL(LAATSTE_PER_RIJ, parameters))  # noqa: S611 - our own text, with parameters
        return gevonden.defer("oud", "nieuw")

    def van_cel(self, versie: int, regel: int, kolom: int) -> GebeurtenisQuerySet:
        """Return what happened to the amounts of a line in a column, the changes by the council among them."""
        return self.filter(pk__in=RawSQL(VAN_CEL, [versie, regel, kolom]))  # noqa: S611 - our own text, with parameters

    def van_programma(self, versie: int, programma: int) -> GebeurtenisQuerySet:
        """Return what happened to a programme and to everything in it."""
        return self.filter(pk__in=RawSQL(VAN_PROGRAMMA, [versie, programma]))  # noqa: S611 - idem

    def publicatie(self, versie: int) -> int | None:
        """Return the number of the event that published a version, or None when that was before the history."""
        nummer: int | None = (
            self.filter(tabel="programma_versie", rij=versie, soort="~", nieuw__contains='"status": "gepubliceerd"')
            .exclude(oud__contains='"status": "gepubliceerd"')
            .values_list("pk", flat=True)
            .first()
        )
        return nummer
