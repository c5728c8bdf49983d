"""Questions to the search index: what answers a question, and which words are near to one that answers nothing.

Only the current published version of a document is looked at, whatever the index may hold besides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from programma.inhoud import Treffer
from programma.zoeken.groep import Groep
from programma.zoeken.spelling import ruimte
from programma.zoeken.vraag import Term, Zoekvraag

PER_PAGINA = 20
# To weigh a piece costs ten times as much as to find it. Among more than this the order by title and year does.
MEESTE_GEWOGEN = 1000
MEESTE_KANDIDATEN = 2000
MEESTE_TEKENS = 6000
"""Of each text, for the passage that is shown of it."""

ZOEK = """
WITH huidig AS MATERIALIZED (
  SELECT DISTINCT ON (v.document_id) v.id, v.nummer, v.titel, v.peilmoment, d.slug, d.jaar
  FROM programma_versie v JOIN programma_document d ON d.id = v.document_id
  WHERE v.status = 'gepubliceerd' ORDER BY v.document_id, v.nummer DESC
), gevonden AS (
  SELECT id, versie_id, groep, in_kop FROM zoek_in_index({vraag}) {bedragen}
), treffers AS MATERIALIZED (
  SELECT g.id, g.versie_id, g.groep, bool_or(g.in_kop) AS in_kop, h.jaar
  FROM gevonden g JOIN huidig h ON h.id = g.versie_id GROUP BY g.id, g.versie_id, g.groep, h.jaar
), gekozen AS MATERIALIZED (
  SELECT t.id, t.versie_id, t.groep, t.in_kop, t.jaar FROM treffers t
  WHERE (%(groep)s::int IS NULL OR t.groep = %(groep)s) AND (%(jaar)s::int IS NULL OR t.jaar = %(jaar)s)
), aantal AS MATERIALIZED (SELECT count(*)::int AS n FROM gekozen
), blad AS MATERIALIZED (
  -- A page beyond the last one is the last one.
  SELECT greatest(1, least(%(blad)s, ceil((n + %(vooraf)s) / %(per)s::numeric)::int)) AS nr FROM aantal
), plaatsen AS MATERIALIZED (
  SELECT g.*, CASE WHEN (SELECT n FROM aantal) <= %(gewogen)s THEN
           (SELECT ts_rank('{{0.03, 0.1, 0.4, 1.0}}', s.woorden, {vraag}) FROM programma_zoekstuk s WHERE s.id = g.id)
         ELSE 0 END AS rang
  FROM gekozen g ORDER BY g.groep, g.in_kop DESC, rang DESC, g.jaar DESC, g.id
  OFFSET (SELECT greatest(0, (nr - 1) * %(per)s - %(vooraf)s) FROM blad)
  LIMIT (SELECT least(%(per)s, greatest(0, nr * %(per)s - %(vooraf)s)) FROM blad)
)
SELECT json_build_object(
  'blad', (SELECT nr FROM blad),
  'peilmoment', (SELECT max(peilmoment)::text FROM huidig),
  'aantallen', (SELECT json_agg(json_build_array(groep, jaar, n))
                 FROM (SELECT groep, jaar, count(*) AS n FROM treffers GROUP BY groep, jaar) a),
  'treffers', (SELECT json_agg(json_build_array(
                 p.groep, h.slug, h.titel, h.nummer, h.jaar, s.programma_slug, s.programma, s.pakket_code, s.pakket,
                 s.anker, s.sleutel, s.titel, left(s.tekst, {tekens}), s.euro::text, s.fase, s.jaar)
                 ORDER BY p.groep, p.in_kop DESC, p.rang DESC, p.jaar DESC, p.id)
               FROM plaatsen p JOIN programma_zoekstuk s ON s.id = p.id JOIN huidig h ON h.id = p.versie_id)
)::text
"""

BEDRAG = """
  UNION ALL SELECT id, versie_id, groep, false FROM programma_zoekstuk
  WHERE euro IS NOT NULL AND abs(euro) >= %(van{nummer})s AND abs(euro) < %(tot{nummer})s"""

# Words that share their beginning or their end with what was typed: an error is seldom in both.
KANDIDATEN = """
SELECT g.nr, w.woord FROM unnest(%(vormen)s::text[], %(ruimtes)s::int[]) WITH ORDINALITY AS g (vorm, ruimte, nr)
CROSS JOIN LATERAL (
  SELECT DISTINCT z.woord, z.vorm FROM programma_zoekwoord z
  WHERE z.versie_id IN (SELECT DISTINCT ON (document_id) id FROM programma_versie WHERE status = 'gepubliceerd'
                        ORDER BY document_id, nummer DESC)
    AND length(z.vorm) BETWEEN length(g.vorm) - g.ruimte AND length(g.vorm) + g.ruimte
    AND (left(z.vorm, 2) = left(g.vorm, 2) OR right(z.vorm, 3) = right(g.vorm, 3))
  ORDER BY z.vorm LIMIT %(meeste)s) w
ORDER BY g.nr, w.woord
"""


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What was found: how many per kind and year of document, and one page of it.

    `peilmoment` is that of the newest publication; None when nothing has been published.
    """

    aantallen: Mapping[tuple[Groep, int], int]
    treffers: Sequence[Treffer]
    blad: int
    peilmoment: datetime | None


def zoek(vraag: Zoekvraag, groep: Groep | None, jaar: int | None, blad: int, vooraf: int = 0) -> Uitkomst:
    """Return a page of what answers a question. One query.

    `groep` and `jaar` choose among what was found; the counts are of everything. `vooraf` results that come from
    elsewhere stand before the first one. A question without words finds nothing.
    """
    tsquery, parameters = _tsquery(vraag)
    bedragen = ""
    for nummer, bereik in enumerate(vraag.bereiken):
        bedragen += BEDRAG.format(nummer=nummer)
        parameters |= {f"van{nummer}": bereik.van, f"tot{nummer}": bereik.tot}
    parameters |= {
        "groep": None if groep is None else int(groep),
        "jaar": jaar,
        "blad": blad,
        "vooraf": vooraf,
        "per": PER_PAGINA,
        "gewogen": MEESTE_GEWOGEN,
    }
    with connection.cursor() as cursor:
        cursor.execute(ZOEK.format(vraag=tsquery, bedragen=bedragen, tekens=MEESTE_TEKENS), parameters)
        data = json.loads(cursor.fetchone()[0])
    peilmoment = data["peilmoment"]
    return Uitkomst(
        {(Groep(groep), jaar): aantal for groep, jaar, aantal in data["aantallen"] or ()},
        [_treffer(rij) for rij in data["treffers"] or ()],
        data["blad"],
        datetime.fromisoformat(peilmoment) if peilmoment else None,
    )


def _treffer(rij: list[Any]) -> Treffer:
    groep, *midden, euro, fase, jaar = rij
    velden = [Groep(groep), *midden, None if euro is None else Decimal(euro), fase, jaar]
    return Treffer(*velden)


def _tsquery(vraag: Zoekvraag) -> tuple[str, dict[str, Any]]:
    """Return the SQL of the tsquery and its parameters: per word our lexemes or those of PostgreSQL's Dutch.

    Only parameters hold what was typed. A question of no words is the empty query, which finds nothing.
    """
    delen, parameters = [], dict[str, Any]()
    for nummer, term in enumerate(vraag.termen):
        alternatieven = [f"%(eigen{nummer})s::tsquery"]
        parameters[f"eigen{nummer}"] = term.tsquery()
        for plaats, woorden in enumerate(term.nederlands()):
            alternatieven.append(f"plainto_tsquery('dutch', %(nl{nummer}_{plaats})s)")
            parameters[f"nl{nummer}_{plaats}"] = woorden
        delen.append(f"({' || '.join(alternatieven)})")
    return f"({' && '.join(delen)})" if delen else "(''::tsquery)", parameters


def buurwoorden(termen: Sequence[Term]) -> list[list[str]]:
    """Return for each of these words the words of the index that may have been meant, unweighed. One query."""
    gevonden: list[list[str]] = [[] for _ in termen]
    parameters: dict[str, Any] = {
        "vormen": [term.vorm for term in termen],
        "ruimtes": [ruimte(term.vorm) for term in termen],
        "meeste": MEESTE_KANDIDATEN,
    }
    with connection.cursor() as cursor:
        cursor.execute(KANDIDATEN, parameters)
        for nummer, woord in cursor.fetchall():
            gevonden[nummer - 1].append(woord)
    return gevonden
