"""Questions to versions: which one readers see, and the plain rows of its programmes and of the whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connections, models

from programma.inhoud import (
    Ankerrij,
    Bestandrij,
    Cijferrij,
    Doelrij,
    Gedrukt,
    Pakketrij,
    Partijrij,
    Programmarij,
    Sectierij,
    Sitemaprij,
    Taakveldcel,
    Uitgave,
    Versierij,
)
from programma.querysets.partijen import CIJFERS
from programma.raming import Cel, Kolom

# Of a version that was never published everything known now counts: {peilmoment}.
_VERSIE = """
SELECT v.id, d.slug, d.soort, d.jaar, v.titel, v.nummer, v.status, v.gepubliceerd_op, {peilmoment}, v.controlesom,
       v.anker, v.raadsbesluit_nummer, v.raadsbesluit_datum, v.ingetrokken_op, v.reden, v.historiekop, {versies}
FROM programma_versie v JOIN programma_document d ON d.id = v.document_id
"""
# All public versions of the same document: a page names them, and says whether it is the newest.
_VERSIES = """
(SELECT json_agg(json_build_array(z.nummer, z.status, z.gepubliceerd_op, z.raadsbesluit_nummer, z.raadsbesluit_datum,
                                  z.ingetrokken_op, z.reden) ORDER BY z.nummer DESC)
 FROM programma_versie z WHERE z.document_id = v.document_id AND z.status IN ('gepubliceerd', 'ingetrokken'))::text
"""
_OPENBAAR = "WHERE v.status IN ('gepubliceerd', 'ingetrokken')"
UITGAVE = _VERSIE.format(peilmoment="v.peilmoment", versies=_VERSIES) + _OPENBAAR
UITGAVEN = (
    _VERSIE.format(peilmoment="v.peilmoment", versies="NULL")
    + "WHERE v.status = 'gepubliceerd' ORDER BY d.jaar DESC, d.soort, d.slug, v.nummer DESC"
)
VOORBEELD = _VERSIE.format(peilmoment="coalesce(v.peilmoment, clock_timestamp())", versies=_VERSIES) + "WHERE v.id = %s"

# One statement for everything on a programme page that is not an observation: a page costs four queries, with
# one programme in the database or with fifty. json_agg keeps numeric exact; it is read back as Decimal.
INHOUD = f"""
SELECT json_build_object(
  'programmas', (SELECT json_agg(json_build_array(code, naam, slug, soort) ORDER BY volgorde, code COLLATE "C")
                 FROM programma_programma WHERE versie_id = %(versie)s),
  'inleiding', p.inleiding,
  'portefeuillehouder', p.portefeuillehouder,
  'grafiekkop', p.grafiekkop,
  'groep', (SELECT json_build_array(p.vergelijkingsgroep_id, n.naam) FROM indicatoren_gebiedsnaam n
            WHERE n.gebied_id = p.vergelijkingsgroep_id AND n.vastgelegd_op <= %(moment)s
            ORDER BY n.vastgelegd_op DESC, n.id DESC LIMIT 1),
  'kolommen', (SELECT json_agg(json_build_array(jaar, fase) ORDER BY volgorde)
               FROM programma_kolom WHERE versie_id = %(versie)s),
  'pakketten', (SELECT json_agg(json_build_array(code, naam, restpost) ORDER BY volgorde, code COLLATE "C")
                FROM programma_pakket WHERE programma_id = p.id),
  'secties', (SELECT json_agg(json_build_array(coalesce(k.code, ''), s.kop, s.thema, s.tekst)
                              ORDER BY k.volgorde NULLS FIRST, s.volgorde, s.id)
              FROM programma_sectie s LEFT JOIN programma_pakket k ON k.id = s.pakket_id
              WHERE s.versie_id = %(versie)s AND (s.programma_id = p.id OR k.programma_id = p.id)),
  'doelen', (SELECT json_agg(json_build_array(k.code, o.tekst, o.vervallen_reden, o.eenheid, o.nulwaarde, o.nuljaar,
                                              o.relatief, o.streefwaarde, o.streefjaar, o.toelichting)
                             ORDER BY k.volgorde, o.volgorde, o.id)
             FROM programma_doel o JOIN programma_pakket k ON k.id = o.pakket_id
             WHERE o.versie_id = %(versie)s AND k.programma_id = p.id),
  'partijen', (SELECT json_agg(json_build_array(m.naam, m.afkorting, m.soort, coalesce(k.code, ''), m.taak, v.slug,
                                                m.vestigingsplaats, m.openbaar_belang, m.bestuurlijk_belang)
                               ORDER BY m.volgorde, m.naam COLLATE "C")
               FROM programma_deelname m JOIN programma_verbondenpartij v ON v.id = m.partij_id
               LEFT JOIN programma_pakket k ON k.id = m.pakket_id
               WHERE m.programma_id = p.id),
  'partijcijfers', (SELECT json_agg(json_build_array({CIJFERS}) ORDER BY v.slug COLLATE "C")
                    FROM programma_partijcijfers c JOIN programma_verbondenpartij v ON v.id = c.partij_id
                    JOIN programma_versie w ON w.id = c.versie_id
                    JOIN programma_document d ON d.id = w.document_id AND d.jaar = c.jaar
                    WHERE c.versie_id = %(versie)s
                      AND c.partij_id IN (SELECT partij_id FROM programma_deelname WHERE programma_id = p.id)),
  'cellen', (SELECT json_agg(json_build_array(c.pakket, c.soort, c.jaar, c.fase, c.euro, c.aantal)) FROM (
                SELECT k.code AS pakket, r.soort, l.jaar, l.fase, sum(b.euro) AS euro, count(*) AS aantal
                FROM programma_pakket k
                JOIN programma_begrotingsregel r ON r.pakket_id = k.id
                JOIN programma_bedrag b ON b.regel_id = r.id
                JOIN programma_kolom l ON l.id = b.kolom_id
                WHERE k.programma_id = p.id
                GROUP BY k.code, r.soort, l.jaar, l.fase) c),
  'gedrukt', (SELECT json_agg(json_build_array(g.grootheid, l.jaar, l.fase, g.euro, coalesce(k.code, ''), g.eenheid)
                              ORDER BY g.grootheid, l.jaar, l.fase)
              FROM programma_gedrukttotaal g JOIN programma_kolom l ON l.id = g.kolom_id
              LEFT JOIN programma_pakket k ON k.id = g.pakket_id
              WHERE g.programma_id = p.id),
  'indicatoren', (SELECT json_agg(indicator_id ORDER BY volgorde, id)
                  FROM programma_programmaindicator WHERE programma_id = p.id),
  'bronnen', (SELECT json_agg(DISTINCT naam) FROM programma_bron WHERE versie_id = %(versie)s),
  'bestanden', (SELECT json_agg(json_build_array(naam, omvang, regels, sha256) ORDER BY naam COLLATE "C")
                FROM programma_bestand
                WHERE versie_id = %(versie)s
                  AND naam IN ('begroting.csv', 'document.pdf', 'programma/' || p.slug || '/begroting.csv',
                               'programma/' || p.slug || '/programma.pdf'))
)::text
FROM programma_programma p WHERE p.versie_id = %(versie)s AND p.slug = %(slug)s
"""  # noqa: S608 - our own text

DOCUMENT = """
SELECT json_build_object(
  'programmas', (SELECT json_agg(json_build_array(code, naam, slug, soort, inleiding, portefeuillehouder)
                                 ORDER BY volgorde, code COLLATE "C")
                 FROM programma_programma WHERE versie_id = %(versie)s),
  'kolommen', (SELECT json_agg(json_build_array(jaar, fase) ORDER BY volgorde)
               FROM programma_kolom WHERE versie_id = %(versie)s),
  'cellen', (SELECT json_agg(json_build_array(c.programma, c.pakket, c.soort, c.jaar, c.fase, c.euro, c.aantal)) FROM (
                SELECT p.code AS programma, k.code AS pakket, r.soort, l.jaar, l.fase, sum(b.euro) AS euro,
                       count(*) AS aantal
                FROM programma_programma p
                JOIN programma_pakket k ON k.programma_id = p.id
                JOIN programma_begrotingsregel r ON r.pakket_id = k.id
                JOIN programma_bedrag b ON b.regel_id = r.id
                JOIN programma_kolom l ON l.id = b.kolom_id
                WHERE p.versie_id = %(versie)s
                GROUP BY p.code, k.code, r.soort, l.jaar, l.fase) c),
  'taakvelden', (SELECT json_agg(json_build_array(c.code, c.naam, c.soort, c.jaar, c.fase, c.euro, c.aantal,
                                                    coalesce(p.slug, ''), coalesce(g.code, ''))) FROM (
                   SELECT coalesce(t.code, '') AS code, coalesce(t.naam, k.naam) AS naam,
                          CASE WHEN t.id IS NULL THEN k.id END AS pakket_id, r.soort, l.jaar, l.fase,
                          sum(b.euro) AS euro, count(*) AS aantal
                   FROM programma_begrotingsregel r
                   JOIN programma_pakket k ON k.id = r.pakket_id
                   JOIN programma_bedrag b ON b.regel_id = r.id
                   JOIN programma_kolom l ON l.id = b.kolom_id
                   LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
                   WHERE r.versie_id = %(versie)s
                   GROUP BY 1, 2, 3, r.soort, l.jaar, l.fase) c
                 LEFT JOIN programma_pakket g ON g.id = c.pakket_id AND NOT EXISTS (
                   SELECT FROM programma_begrotingsregel z WHERE z.pakket_id = g.id AND z.taakveld_id IS NOT NULL)
                 LEFT JOIN programma_programma p ON p.id = g.programma_id),
  'gedrukt', (SELECT json_agg(json_build_array(g.grootheid, l.jaar, l.fase, g.euro, coalesce(p.code, ''),
                                               coalesce(k.code, ''), g.eenheid, g.toelichting)
                              ORDER BY p.code COLLATE "C", g.grootheid, l.jaar, l.fase)
              FROM programma_gedrukttotaal g JOIN programma_kolom l ON l.id = g.kolom_id
              LEFT JOIN programma_programma p ON p.id = g.programma_id
              LEFT JOIN programma_pakket k ON k.id = g.pakket_id
              WHERE g.versie_id = %(versie)s),
  'bronnen', (SELECT json_agg(DISTINCT naam) FROM programma_bron WHERE versie_id = %(versie)s),
  'bestanden', (SELECT json_agg(json_build_array(naam, omvang, regels, sha256) ORDER BY naam COLLATE "C")
                FROM programma_bestand WHERE versie_id = %(versie)s)
)::text
"""

# The pages of the current versions, for search engines: each row a document and a path below it. A new kind of page
# adds its SELECT here.
SITEMAP = """
WITH huidig AS (
  SELECT DISTINCT ON (v.document_id) v.id, d.slug, d.soort, d.jaar, v.gepubliceerd_op
  FROM programma_versie v JOIN programma_document d ON d.id = v.document_id
  WHERE v.status = 'gepubliceerd' ORDER BY v.document_id, v.nummer DESC)
SELECT h.slug, h.soort, h.gepubliceerd_op, plek.programma, plek.pakket, plek.partij
FROM huidig h CROSS JOIN LATERAL (
  SELECT '' AS programma, '' AS pakket, '' AS partij
  UNION ALL SELECT slug, '', '' FROM programma_programma WHERE versie_id = h.id
  UNION ALL SELECT p.slug, k.code, '' FROM programma_pakket k JOIN programma_programma p ON p.id = k.programma_id
            WHERE k.versie_id = h.id
  UNION ALL SELECT '', '', p.slug FROM programma_deelname m JOIN programma_verbondenpartij p ON p.id = m.partij_id
            WHERE m.versie_id = h.id
) plek
ORDER BY h.jaar DESC, h.slug COLLATE "C", plek.partij COLLATE "C", plek.programma COLLATE "C", plek.pakket COLLATE "C"
"""
# Every publication there ever was, in the order in which their anchors hang together.
ANKERS = """
SELECT d.slug, v.titel, v.nummer, v.gepubliceerd_op, v.peilmoment, v.controlesom, v.historiekop,
       coalesce(lag(v.anker) OVER (ORDER BY v.gepubliceerd_op, v.id), ''), v.anker
FROM programma_versie v JOIN programma_document d ON d.id = v.document_id
WHERE v.anker <> '' ORDER BY v.gepubliceerd_op, v.id
"""
BESTANDEN = """
SELECT versie_id, naam, omvang, regels, sha256 FROM programma_bestand
WHERE versie_id = ANY(%s) ORDER BY versie_id, naam COLLATE "C"
"""


class Programmainhoud:
    """The rows of one programme, read in one query; `None` fields are absent in the database."""

    def __init__(self, slug: str, ruw: str) -> None:
        data = _lees_json(ruw)
        rijen = [Programmarij(*rij) for rij in data["programmas"]]
        eigen = next(rij for rij in rijen if rij.slug == slug)
        self.programma = Programmarij(
            *(eigen.code, eigen.naam, eigen.slug, eigen.soort),
            *(data["inleiding"], data["portefeuillehouder"], data["grafiekkop"]),
        )
        self.programmas = rijen
        self.groep: tuple[int, str] | None = tuple(data["groep"]) if data["groep"] else None
        self.kolommen = [Kolom(*rij) for rij in data["kolommen"] or ()]
        self.pakketten = [Pakketrij(*rij) for rij in data["pakketten"] or ()]
        self.secties = [Sectierij(*rij) for rij in data["secties"] or ()]
        self.doelen = [Doelrij(*rij) for rij in data["doelen"] or ()]
        self.partijen = [Partijrij(*rij) for rij in data["partijen"] or ()]
        self.partijcijfers = [Cijferrij(*rij) for rij in data["partijcijfers"] or ()]
        self.cellen = [
            Cel(eigen.code, pakket, soort, Kolom(jaar, fase), euro, aantal)
            for pakket, soort, jaar, fase, euro, aantal in data["cellen"] or ()
        ]
        self.gedrukt = [
            Gedrukt(grootheid, Kolom(jaar, fase), euro, eigen.code, pakket, eenheid)
            for grootheid, jaar, fase, euro, pakket, eenheid in data["gedrukt"] or ()
        ]
        self.indicatoren: list[int] = data["indicatoren"] or []
        self.bestanden = [Bestandrij(*rij) for rij in data["bestanden"] or ()]
        self.bronnen: list[str] = sorted(data["bronnen"] or ())


class Documentinhoud:
    """The rows of one document as a whole, read in one query."""

    def __init__(self, ruw: str) -> None:
        data = _lees_json(ruw)
        self.programmas = [Programmarij(*rij) for rij in data["programmas"] or ()]
        self.kolommen = [Kolom(*rij) for rij in data["kolommen"] or ()]
        self.cellen = [
            Cel(programma, pakket, soort, Kolom(jaar, fase), euro, aantal)
            for programma, pakket, soort, jaar, fase, euro, aantal in data["cellen"] or ()
        ]
        self.taakvelden = [
            Taakveldcel(code, naam, soort, Kolom(jaar, fase), euro, *rest)
            for code, naam, soort, jaar, fase, euro, *rest in data["taakvelden"] or ()
        ]
        self.gedrukt = [
            Gedrukt(grootheid, Kolom(jaar, fase), euro, *rest)
            for grootheid, jaar, fase, euro, *rest in data["gedrukt"] or ()
        ]
        self.bestanden = [Bestandrij(*rij) for rij in data["bestanden"] or ()]
        self.bronnen: list[str] = sorted(data["bronnen"] or ())


def _moment(tekst: str | None) -> datetime | None:
    return datetime.fromisoformat(tekst) if tekst else None


def _versierij(rij: Sequence[Any]) -> Versierij:
    """Return a version in the list from the JSON that PostgreSQL made of it."""
    nummer, status, gepubliceerd_op, besluit, besluit_datum, ingetrokken_op, reden = rij
    datum = date.fromisoformat(besluit_datum) if besluit_datum else None
    return Versierij(nummer, status, _moment(gepubliceerd_op), besluit, datum, _moment(ingetrokken_op), reden)


def _uitgave(rij: Sequence[Any]) -> Uitgave:
    *velden, versies = rij
    return replace(Uitgave(*velden), versies=tuple(map(_versierij, json.loads(versies or "[]"))))


def _lees_json(ruw: str) -> dict[str, Any]:
    """Return JSON from PostgreSQL with every fraction as an exact Decimal."""
    data: dict[str, Any] = json.loads(ruw, parse_float=Decimal)
    return data


class VersieQuerySet(models.QuerySet[Any]):
    """Versions."""

    def gepubliceerd(self, op: datetime | None = None) -> VersieQuerySet:
        """Return the versions that readers may see now, or that they could see at moment `op`."""
        if op is None:
            return self.filter(status="gepubliceerd")
        return self.filter(gepubliceerd_op__lte=op).exclude(ingetrokken_op__lte=op)

    def in_bewerking(self) -> VersieQuerySet:
        """Return the versions that are being made: concept or ingediend."""
        return self.filter(status__in=["concept", "ingediend"])

    def _uitgaven(self, voorwaarde: str, parameters: list[str | int]) -> list[Uitgave]:
        with connections[self.db].cursor() as cursor:
            cursor.execute(f"{UITGAVE} {voorwaarde}", parameters)
            return [_uitgave(rij) for rij in cursor.fetchall()]

    def uitgave(self, document: str, nummer: int | None = None) -> Uitgave | None:
        """Return the public version of a document: this number, or the current one. None if there is none.

        The current version is the highest number that is gepubliceerd; when all have been withdrawn, the last
        withdrawn one, so that its address can say so. A concept is never returned. One query.
        """
        if nummer is None:
            volgorde = "AND d.slug = %s ORDER BY v.status = 'gepubliceerd' DESC, v.nummer DESC LIMIT 1"
            uitgaven = self._uitgaven(volgorde, [document])
        else:
            uitgaven = self._uitgaven("AND d.slug = %s AND v.nummer = %s", [document, nummer])
        return uitgaven[0] if uitgaven else None

    def voorbeeld(self, versie: int) -> Uitgave | None:
        """Return any version, a concept too, as readers would meet it now. For the admin only. One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(VOORBEELD, [versie])
            rij = cursor.fetchone()
        return _uitgave(rij) if rij else None

    def huidige_uitgaven(self) -> list[Uitgave]:
        """Return the current published version of each document, newest year first. One query."""
        return self._uitgaven(
            "AND v.status = 'gepubliceerd' AND NOT EXISTS (SELECT 1 FROM programma_versie w "
            "WHERE w.document_id = v.document_id AND w.status = 'gepubliceerd' AND w.nummer > v.nummer) "
            "ORDER BY d.jaar DESC, d.soort",
            [],
        )

    def alle_uitgaven(self) -> list[Uitgave]:
        """Return every published version of every document, the newest year and number first. One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(UITGAVEN)
            return [_uitgave(rij) for rij in cursor.fetchall()]

    def laatste_uitgaven(self, aantal: int) -> list[Uitgave]:
        """Return the versions that were published last and still are, newest first. One query."""
        return self._uitgaven(
            "AND v.status = 'gepubliceerd' ORDER BY v.gepubliceerd_op DESC, v.id DESC LIMIT %s", [aantal]
        )

    def bestanden(self, versies: Sequence[int]) -> dict[int, list[Bestandrij]]:
        """Return the files of these versions, by version, sorted by name. One query."""
        gevonden: dict[int, list[Bestandrij]] = {}
        with connections[self.db].cursor() as cursor:
            cursor.execute(BESTANDEN, [list(versies)])
            for versie, *rij in cursor.fetchall():
                gevonden.setdefault(versie, []).append(Bestandrij(*rij))
        return gevonden

    def ankers(self) -> list[Ankerrij]:
        """Return every publication, withdrawn ones too, in the order of the chain of anchors. One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(ANKERS)
            return [Ankerrij(*rij) for rij in cursor.fetchall()]

    def sitemap(self) -> list[Sitemaprij]:
        """Return the pages of the current versions. One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(SITEMAP)
            return [Sitemaprij(*rij) for rij in cursor.fetchall()]

    def programmainhoud(self, versie: int, slug: str, moment: datetime) -> Programmainhoud | None:
        """Return the rows of a programme in a version, or None when it has no programme of that name. One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(INHOUD, {"versie": versie, "slug": slug, "moment": moment})
            rij = cursor.fetchone()
        return Programmainhoud(slug, rij[0]) if rij else None

    def documentinhoud(self, versie: int) -> Documentinhoud:
        """Return the rows of a version as a whole, its cells summed per pakket. One query."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(DOCUMENT, {"versie": versie})
            return Documentinhoud(cursor.fetchone()[0])
