"""Questions to the export log: its rows, each with the last time before that the same file was handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connections, models

from programma.levering.uitvoerlog import SOORTEN, Eerder, Logregel, Versiestand, Zeef, lees_sommen
from veiligheid.exports import MACHINE, Deel, Vorm, beveilig_sql

# Days are those of the Netherlands: what is chosen is what the page shows.
_VAN = """
FROM programma_uitlevering u
WHERE (%(wie_leest)s::bigint IS NULL OR u.door_id = %(wie_leest)s)
  AND (%(wie)s::bigint IS NULL OR u.door_id = %(wie)s)
  AND (%(document)s::text IS NULL OR u.document = %(document)s)
  AND (%(vanaf)s::date IS NULL OR u.op >= %(vanaf)s::date::timestamp AT TIME ZONE 'Europe/Amsterdam')
  AND (%(tot_en_met)s::date IS NULL OR u.op < (%(tot_en_met)s::date + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')
"""
AANTAL = f"SELECT count(*) {_VAN}"
_EERDER = """SELECT z.*, y.sha256 FROM programma_uitlevering z
  JOIN programma_afloop y ON y.uitlevering_id = z.id AND y.voltooid
  WHERE a.voltooid AND u.versie_id IS NOT NULL AND z.id < u.id AND z.document = u.document AND z.bestand = u.bestand
    AND z.vorm = u.vorm AND md5(z.vraag) = md5(u.vraag) AND z.vraag = u.vraag
    AND (%(wie_leest)s::bigint IS NULL OR z.door_id = %(wie_leest)s)"""
# What came before is looked up for the rows of this page only, in the index uitlevering_zelfde. When the same version
# gave other bytes, that counts most: a version that was taken in between may not hide it.
REGELS = f"""
SELECT u.id, u.op, coalesce(nullif(trim(concat(p.first_name, ' ', p.last_name)), ''), p.username), u.titel,
       u.versie_id, u.document, u.versienummer, u.versiestatus, coalesce(v.status, ''),
       u.bestand, u.vorm, u.vraag, coalesce(a.rijen, u.rijen), u.sommen::text, a.voltooid, a.omvang,
       coalesce(a.sha256, ''),
       e.id, e.op, e.versie_id, e.document, e.versienummer, e.versiestatus, coalesce(w.status, ''), e.sha256
FROM (SELECT u.* {_VAN} ORDER BY u.id DESC LIMIT %(aantal)s OFFSET %(vanaf_rij)s) u
JOIN auth_user p ON p.id = u.door_id
LEFT JOIN programma_versie v ON v.id = u.versie_id
LEFT JOIN programma_afloop a ON a.uitlevering_id = u.id
LEFT JOIN LATERAL (
  SELECT * FROM (({_EERDER} AND z.versie_id = u.versie_id ORDER BY z.id DESC LIMIT 1)
    UNION ALL ({_EERDER} ORDER BY z.id DESC LIMIT 1)) k
  ORDER BY k.versie_id = u.versie_id AND k.sha256 <> a.sha256 DESC, k.id DESC LIMIT 1) e ON true
LEFT JOIN programma_versie w ON w.id = e.versie_id
ORDER BY u.id DESC
"""  # noqa: S608 - our own text
KOP = (
    *("nummer", "op", "wie", "document", "versie", "status", "bestand", "vorm", "filter", "rijen", *SOORTEN),
    *("afloop", "afloop_op", "omvang", "sha256"),
)
DOCUMENTEN = """
SELECT DISTINCT ON (document COLLATE "C") document, titel FROM programma_uitlevering u
WHERE document <> '' AND (%(wie_leest)s::bigint IS NULL OR u.door_id = %(wie_leest)s)
ORDER BY document COLLATE "C", id DESC
"""
PERSONEN = """
SELECT id, coalesce(nullif(trim(concat(first_name, ' ', last_name)), ''), username) FROM auth_user u
WHERE EXISTS (SELECT FROM programma_uitlevering WHERE door_id = u.id)
ORDER BY 2, 1
"""


def _parameters(zeef: Zeef) -> dict[str, int | str | date | None]:
    return {
        "wie": zeef.wie,
        "document": zeef.document,
        "vanaf": zeef.vanaf,
        "tot_en_met": zeef.tot_en_met,
        "wie_leest": zeef.wie_leest,
    }


def _moment_sql(kolom: str) -> str:
    return f"""to_char({kolom} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _csv_sql(vorm: Vorm) -> str:
    sommen = ", ".join(vorm.getal_sql(f"(u.sommen ->> '{soort}')") for soort in SOORTEN)
    return f"""
SELECT u.id, {_moment_sql("u.op")}, {beveilig_sql("p.username")}, u.document, u.versienummer, u.versiestatus, u.bestand,
       u.vorm, {beveilig_sql("u.vraag")}, coalesce(a.rijen, u.rijen), {sommen},
       CASE a.voltooid WHEN true THEN 'voltooid' WHEN false THEN 'afgebroken' ELSE 'niet afgerond' END,
       {_moment_sql("a.op")}, a.omvang, a.sha256
FROM (SELECT u.* {_VAN} AND u.id <= %(tot)s) u
JOIN auth_user p ON p.id = u.door_id LEFT JOIN programma_afloop a ON a.uitlevering_id = u.id
ORDER BY u.id DESC
"""  # noqa: S608 - our own text


def _stand(rij: Sequence[Any]) -> Versiestand | None:
    versie, document, nummer, status, nu = rij
    return None if versie is None else Versiestand(versie, document, nummer, status, nu)


def _regel(rij: Sequence[Any]) -> Logregel:
    nummer, op, wie, titel = rij[:4]
    bestand, vorm, vraag, rijen, sommen, voltooid, omvang, sha256 = rij[9:17]
    eerder = _stand(rij[19:24])
    return Logregel(
        nummer,
        op,
        wie,
        titel,
        _stand(rij[4:9]),
        bestand,
        vorm,
        vraag,
        rijen,
        lees_sommen(sommen),
        voltooid,
        omvang,
        sha256,
        Eerder(rij[17], rij[18], eerder, rij[24]) if eerder else None,
    )


class Log:
    """The rows of the log that pass a sieve, the newest first, for a paginator: counted and sliced in the database."""

    def __init__(self, zeef: Zeef, alias: str) -> None:
        self._parameters = _parameters(zeef)
        self._alias = alias

    def _rijen(self, vraag: str, parameters: Mapping[str, int | str | date | None]) -> list[Any]:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(vraag, parameters)
            return list(cursor.fetchall())

    def count(self) -> int:
        """Return how many rows there are. One query."""
        ((aantal,),) = self._rijen(AANTAL, self._parameters)
        return int(aantal)

    __len__ = count

    def __getitem__(self, deel: slice) -> list[Logregel]:
        """Return a page of rows. One query."""
        van, tot = deel.start or 0, deel.stop
        return [
            _regel(rij)
            for rij in self._rijen(REGELS, {**self._parameters, "vanaf_rij": van, "aantal": max(tot - van, 0)})
        ]


class UitleveringQuerySet(models.QuerySet[Any]):
    """The export log."""

    def log(self, zeef: Zeef) -> Log:
        """Return the rows that pass, to count and to slice."""
        return Log(zeef, self.db)

    def log_csv(self, zeef: Zeef, tot: int, vorm: Vorm = MACHINE) -> Deel:
        """Return the SELECT of the log as a file: KOP, the newest first, up to and including row number `tot`."""
        return Deel(_csv_sql(vorm), {**_parameters(zeef), "tot": tot})

    def documenten(self, wie_leest: int | None) -> list[tuple[str, str]]:
        """Return the documents in the log as (slug, title), or in one's own part of it. One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(DOCUMENTEN, {"wie_leest": wie_leest})
            return list(cursor.fetchall())

    def personen(self) -> list[tuple[int, str]]:
        """Return who stands in the log as (key, name). One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(PERSONEN)
            return list(cursor.fetchall())
