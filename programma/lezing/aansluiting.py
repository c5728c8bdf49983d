"""Reading a version with everything to check it by: the same amounts by several ways, and the documents beside it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from programma.aansluiting import (
    Aansluitstuk,
    Ander,
    Regelsom,
    Som,
    Taakveldsom,
    Tekst,
    buren,
    van_hetzelfde_jaar,
)
from programma.inhoud import Pakketrij, Uitgave
from programma.lezing.bestandproef import GEHEEL, GROOTSTE, JSON, proeven
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Versie
from programma.raming import Kolom, Soort, Stand
from veiligheid.opmaak import in_blokken
from veiligheid.tips.bedragen import Genoemd, genoemde_bedragen
from veiligheid.tips.regels import regels as tekstregels

MEESTE_REGELS = 5_000
"""More lines than this are added up by PostgreSQL alone."""

# The version of each other document that readers could see at a moment; without one (NULL) what they see now.
ANDEREN = """
SELECT DISTINCT ON (d.id) v.id, d.slug, d.soort, d.jaar, v.titel, v.nummer, v.gepubliceerd_op,
       (SELECT json_agg(json_build_array(jaar, fase) ORDER BY volgorde)
        FROM programma_kolom WHERE versie_id = v.id)::text
FROM programma_versie v JOIN programma_document d ON d.id = v.document_id
WHERE d.slug <> %(document)s AND v.gepubliceerd_op IS NOT NULL AND CASE
  WHEN %(op)s::timestamptz IS NULL THEN v.status = 'gepubliceerd'
  ELSE v.gepubliceerd_op <= %(op)s AND (v.ingetrokken_op IS NULL OR v.ingetrokken_op > %(op)s) END
ORDER BY d.id, v.nummer DESC
"""

# Every level in one go, each added up from the bedragen themselves. Saldo and resultaat are sums of their own.
_PER_SOORT = ", ".join(
    f"{som} FILTER (WHERE r.soort = '{soort.value}'{en})"
    for som, en in (("sum(b.euro)", ""), ("count(*)", ""), ("sum(b.euro)", " AND b.wijziging_id IS NOT NULL"))
    for soort in Soort
)
_VAN = """
FROM programma_begrotingsregel r
JOIN programma_bedrag b ON b.regel_id = r.id
JOIN programma_kolom l ON l.id = b.kolom_id
"""
_KOLOM = "r.versie_id, l.volgorde, l.jaar, l.fase"
_PROGRAMMA = f"{_KOLOM}, p.volgorde, p.code"
SOMMEN = f"""
SELECT json_build_object(
  'sommen', (SELECT json_agg(json_build_array(s.versie_id, s.velden) ORDER BY s.plek) FROM (
    SELECT r.versie_id, json_build_array(
             coalesce(p.code, ''), coalesce(k.code, ''), l.jaar, l.fase, {_PER_SOORT},
             sum(b.euro) FILTER (WHERE r.soort IN ('lasten', 'baten')), sum(b.euro), max(b.bronprecisie)) AS velden,
           row_number() OVER (ORDER BY p.volgorde NULLS FIRST, p.code COLLATE "C" NULLS FIRST, k.volgorde NULLS FIRST,
                              k.code COLLATE "C" NULLS FIRST, l.volgorde) AS plek
    {_VAN}
    JOIN programma_pakket k ON k.id = r.pakket_id
    JOIN programma_programma p ON p.id = k.programma_id
    WHERE r.versie_id = ANY(%(versies)s)
    GROUP BY GROUPING SETS (({_KOLOM}), ({_PROGRAMMA}), ({_PROGRAMMA}, k.volgorde, k.code))) s),
  'taakvelden', (SELECT json_agg(json_build_array(s.versie_id, s.code, s.soort, s.jaar, s.fase, s.euro, s.aantal)
                                 ORDER BY s.code COLLATE "C", s.soort, s.jaar, s.fase) FROM (
    SELECT r.versie_id, coalesce(t.code, '') AS code, r.soort, l.jaar, l.fase, sum(b.euro) AS euro, count(*) AS aantal
    {_VAN}
    LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
    WHERE r.versie_id = ANY(%(versies)s)
    GROUP BY r.versie_id, t.code, r.soort, l.jaar, l.fase) s)
)::text
"""  # noqa: S608 - our own text

# Only texts that can name money come to Python.
_GELD = r"""~* '€|eur|miljoen|miljard|mln|mld|\mton\M|duizend'"""
_TEKSTEN = """
SELECT 0 AS eerst, p.volgorde, p.code AS programma, '' AS pakket, 0 AS dan, 0 AS plek, 'de inleiding' AS waar,
       p.inleiding AS tekst
FROM programma_programma p WHERE p.versie_id = %(versie)s
UNION ALL
SELECT 1, coalesce(p.volgorde, 9999), coalesce(p.code, ''), coalesce(k.code, ''), coalesce(k.volgorde, 0), s.volgorde,
       concat_ws(', ', 'de tekst ' || s.kop, nullif(s.thema, '')), s.tekst
FROM programma_sectie s LEFT JOIN programma_pakket k ON k.id = s.pakket_id
LEFT JOIN programma_programma p ON p.id = coalesce(s.programma_id, k.programma_id) WHERE s.versie_id = %(versie)s
UNION ALL
SELECT 2, p.volgorde, p.code, k.code, k.volgorde, o.volgorde, 'een doel',
       concat_ws(E'\\n\\n', o.tekst, o.vervallen_reden, o.toelichting)
FROM programma_doel o JOIN programma_pakket k ON k.id = o.pakket_id
JOIN programma_programma p ON p.id = k.programma_id WHERE o.versie_id = %(versie)s
UNION ALL
SELECT 3, p.volgorde, p.code, k.code, k.volgorde, r.volgorde, 'de toelichting bij regel ' || r.sleutel, r.toelichting
FROM programma_begrotingsregel r JOIN programma_pakket k ON k.id = r.pakket_id
JOIN programma_programma p ON p.id = k.programma_id WHERE r.versie_id = %(versie)s AND r.toelichting <> ''
"""
EIGEN = f"""
SELECT json_build_object(
  'pakketten', (SELECT json_agg(json_build_array(p.code, k.code, k.naam, k.restpost)
                                ORDER BY k.volgorde, k.code COLLATE "C")
                FROM programma_pakket k JOIN programma_programma p ON p.id = k.programma_id
                WHERE k.versie_id = %(versie)s),
  'aantal', (SELECT count(*) FROM programma_begrotingsregel WHERE versie_id = %(versie)s),
  'regels', (SELECT json_agg(json_build_array(s.programma, s.pakket, s.soort, s.sleutel, s.omschrijving, s.jaar, s.fase,
                                              s.euro, s.aantal, s.wijziging, s.precisie) ORDER BY s.plek)
             FROM (
    SELECT p.code AS programma, k.code AS pakket, r.soort, r.sleutel, r.omschrijving, l.jaar, l.fase,
           sum(b.euro) AS euro, count(*) AS aantal, sum(b.euro) FILTER (WHERE b.wijziging_id IS NOT NULL) AS wijziging,
           max(b.bronprecisie) AS precisie,
           row_number() OVER (ORDER BY p.volgorde, p.code COLLATE "C", k.volgorde, k.code COLLATE "C", r.volgorde,
                              r.sleutel COLLATE "C", l.volgorde) AS plek
    {_VAN}
    JOIN programma_pakket k ON k.id = r.pakket_id
    JOIN programma_programma p ON p.id = k.programma_id
    WHERE r.versie_id = %(versie)s
      AND (SELECT count(*) FROM programma_begrotingsregel WHERE versie_id = %(versie)s) <= %(meeste)s
    GROUP BY p.id, k.id, r.id, l.id) s),
  'teksten', (SELECT json_agg(json_build_array(t.waar, t.programma, t.pakket, t.tekst)
                              ORDER BY t.eerst, t.volgorde, t.programma COLLATE "C", t.dan, t.pakket COLLATE "C",
                                       t.plek, t.waar COLLATE "C", t.tekst COLLATE "C")
              FROM ({_TEKSTEN}) t WHERE t.tekst {_GELD}),
  'bestanden', (SELECT json_agg(json_build_array(
                    b.naam, b.omvang, b.regels, b.sha256,
                    CASE WHEN b.omvang <= %(grootste)s THEN encode(sha256(i.inhoud), 'hex') END, i.controlesom)
                  ORDER BY b.naam COLLATE "C")
                FROM programma_bestand b LEFT JOIN programma_bestandinhoud i ON i.bestand_id = b.id
                WHERE b.versie_id = %(versie)s AND (NOT %(eerste)s OR b.naam LIKE %(geheel)s OR b.naam = %(json)s))
)::text
"""  # noqa: S608 - our own text


def lees_aansluiting(uitgave: Uitgave, *, bij_publicatie: bool = False) -> Aansluitstuk:
    """Return everything to check a version by. Six queries, and the COPY of its lines.

    The other documents are those that readers can see now, or with `bij_publicatie` those of the moment at which this
    version was published: then it is the same whenever it is read, and of the files only those are looked at that were
    there at once.
    """
    op = uitgave.gepubliceerd_op if bij_publicatie else None
    inhoud = Versie.objects.documentinhoud(uitgave.versie_id)
    anderen = _anderen(uitgave, op)
    vorig, volgend = buren(uitgave, inhoud.kolommen, anderen)
    gelijk = van_hetzelfde_jaar(uitgave, anderen)
    gekozen = {ander.versie_id: ander for ander in (vorig, volgend, gelijk) if ander}
    sommen, taakvelden = _sommen([uitgave.versie_id, *gekozen])
    compleet = {
        versie: replace(ander, sommen=sommen[versie], taakvelden=taakvelden[versie])
        for versie, ander in gekozen.items()
    }
    vraag = {
        "versie": uitgave.versie_id,
        "meeste": MEESTE_REGELS,
        "grootste": GROOTSTE,
        "eerste": bij_publicatie,
        "json": JSON,
        "geheel": f"%{GEHEEL}",
    }
    eigen = _lees(EIGEN, vraag)
    _, gemeente, _ = gemeente_op(moment_van(uitgave))
    return Aansluitstuk(
        gemeente=gemeente,
        uitgave=uitgave,
        programmas=inhoud.programmas,
        pakketten=_pakketten(eigen["pakketten"] or ()),
        kolommen=inhoud.kolommen,
        cellen=inhoud.cellen,
        sommen=sommen[uitgave.versie_id],
        regels=[_regel(rij) for rij in eigen["regels"] or ()] if eigen["aantal"] <= MEESTE_REGELS else None,
        gedrukt=inhoud.gedrukt,
        taakvelden=taakvelden[uitgave.versie_id],
        teksten=[tekst for rij in eigen["teksten"] or () if (tekst := _tekst(*rij)).genoemd],
        bestanden=proeven(uitgave, inhoud.programmas, eigen["bestanden"] or ()),
        vorig=compleet.get(vorig.versie_id) if vorig else None,
        bronnen=inhoud.bronnen,
        volgend=compleet.get(volgend.versie_id) if volgend else None,
        iv3=compleet.get(gelijk.versie_id) if gelijk else None,
    )


def _lees(sql: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return what a query gives as JSON, each fraction an exact Decimal."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        data: dict[str, Any] = json.loads(cursor.fetchone()[0], parse_float=Decimal)
    return data


def _anderen(uitgave: Uitgave, op: datetime | None) -> list[Ander]:
    with connection.cursor() as cursor:
        cursor.execute(ANDEREN, {"document": uitgave.document_slug, "op": op})
        return [
            replace(Ander(*rij[:7]), kolommen=[Kolom(*kolom) for kolom in json.loads(rij[7] or "[]")])
            for rij in cursor.fetchall()
        ]


def _sommen(versies: Sequence[int]) -> tuple[dict[int, list[Som]], dict[int, list[Taakveldsom]]]:
    """Return the sums per level and per taakveld, by version."""
    data = _lees(SOMMEN, {"versies": list(versies)})
    sommen: dict[int, list[Som]] = defaultdict(list)
    taakvelden: dict[int, list[Taakveldsom]] = defaultdict(list)
    for versie, velden in data["sommen"] or ():
        sommen[versie].append(_som(velden))
    for versie, code, soort, jaar, fase, euro, aantal in data["taakvelden"] or ():
        taakvelden[versie].append(Taakveldsom(code, soort, Kolom(jaar, fase), euro, aantal))
    return sommen, taakvelden


def _som(velden: Sequence[Any]) -> Som:
    programma, pakket, jaar, fase, *getallen, saldo, resultaat, precisie = velden
    bedragen, aantallen, wijzigingen = getallen[:4], getallen[4:8], getallen[8:]
    stand = Stand(*(Decimal(bedrag or 0) for bedrag in bedragen))
    erbij = tuple(Decimal(bedrag or 0) for bedrag in wijzigingen)
    kolom = Kolom(jaar, fase)
    return Som(programma, pakket, kolom, stand, Decimal(saldo or 0), resultaat, tuple(aantallen), erbij, precisie)


def _pakketten(rijen: Iterable[Sequence[Any]]) -> dict[str, list[Pakketrij]]:
    pakketten: dict[str, list[Pakketrij]] = defaultdict(list)
    for programma, *rij in rijen:
        pakketten[programma].append(Pakketrij(*rij))
    return dict(pakketten)


def _regel(rij: Sequence[Any]) -> Regelsom:
    programma, pakket, soort, sleutel, omschrijving, jaar, fase, euro, aantal, wijziging, precisie = rij
    erbij = Decimal(wijziging or 0)
    kolom = Kolom(jaar, fase)
    return Regelsom(programma, pakket, soort, sleutel, omschrijving, kolom, euro, aantal, erbij, precisie)


def _tekst(plaats: str, programma: str, pakket: str, tekst: str) -> Tekst:
    """Return a text with the amounts that its sentences name; the cells of a table in it have units of their own."""
    genoemd: list[Genoemd] = []
    for regel in tekstregels(in_blokken(tekst)):
        genoemd += genoemde_bedragen(regel.tekst) if regel.proza else ()
    return Tekst(" ".join(plaats.split()), programma, pakket, tuple(genoemd))
