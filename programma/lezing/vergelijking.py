"""Reading a comparison of two published versions: PostgreSQL compares, only what is shown comes to Python."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from programma.inhoud import Pakketrij, Programmarij, Uitgave
from programma.inhoud.vergelijking import Herkomstverschil, Kader, Regelpaar, Regelverschillen, Vergelijkstuk
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.pagina.vergelijken import Keuze, Vraag, kies
from programma.pagina.vergelijken.keuze import ALLES
from programma.raming import Kolom
from programma.vergelijking import OP_HET_SCHERM, cellen_van, lees_delen, lees_rijen
from programma.verschil import vergelijk_rijen
from veiligheid.exports import Deel, Vorm, beveilig_sql, csv_bytes

MEESTE_HERKOMST = 25
# Of two documents these always differ, and say nothing to who compares budgets; lines are compared by their amounts.
NIET_TUSSEN_DOCUMENTEN = frozenset({"Kolom", "Bron", "Wijziging", "GedruktTotaal", "Begrotingsregel"})

KADERS = """
SELECT v.id, json_build_object(
  'programmas', (SELECT json_agg(json_build_array(code, naam, slug, soort) ORDER BY volgorde, code COLLATE "C")
                 FROM programma_programma WHERE versie_id = v.id),
  'pakketten', (SELECT json_agg(json_build_array(p.code, k.code, k.naam, k.restpost)
                                ORDER BY k.volgorde, k.code COLLATE "C")
                FROM programma_pakket k JOIN programma_programma p ON p.id = k.programma_id WHERE k.versie_id = v.id),
  'kolommen', (SELECT json_agg(json_build_array(jaar, fase, id) ORDER BY volgorde)
               FROM programma_kolom WHERE versie_id = v.id)
)::text
FROM programma_versie v WHERE v.id IN (%s, %s)
"""

# `plek` numbers the pairs of columns from zero. A cell is a line in a pair; the line is named by its sleutel.
KOLOMMEN = """
SELECT p.oud, p.nieuw, k.jaar, k.fase, o.jaar AS jaar_oud, o.fase AS fase_oud, p.plek::int - 1 AS plek
FROM unnest(%(van)s::bigint[], %(naar)s::bigint[]) WITH ORDINALITY AS p(oud, nieuw, plek)
JOIN programma_kolom o ON o.id = p.oud JOIN programma_kolom k ON k.id = p.nieuw
"""
_ONDER = """
LEFT JOIN programma_wijziging w ON w.id = b.wijziging_id
LEFT JOIN programma_bron s ON s.id = b.bron_id
"""
_BRON = "concat_ws(', ', s.naam, nullif(s.bestandsnaam, ''), nullif(s.sha256, ''))"
# A sum of hashes: the same bedragen under a cell give the same one, in whatever order.
_KENMERK = f"sum(hashtextextended(concat_ws('|', w.nummer, b.euro, b.bronprecisie, {_BRON}, b.plaats), 0))"
_KANT = """
SELECT r.sleutel, c.* FROM (
  SELECT b.regel_id AS regel, k.plek, sum(b.euro) AS euro, {kenmerk} AS kenmerk
  FROM kolommen k JOIN programma_bedrag b ON b.kolom_id = k.{kant} {onder}
  GROUP BY b.regel_id, k.plek) c
JOIN programma_begrotingsregel r ON r.id = c.regel
"""


def _anders(wanneer: str, *, herkomst: bool) -> str:
    """Return the WITH clause whose `anders` are the cells of which `wanneer` holds; our own text.

    With `herkomst` a cell with the same amount from elsewhere can be told from one that is the same.
    """
    kenmerk, onder = (_KENMERK, _ONDER) if herkomst else ("0", "")
    oud, nieuw = (_KANT.format(kant=kant, kenmerk=kenmerk, onder=onder) for kant in ("oud", "nieuw"))
    return f"""
WITH kolommen AS ({KOLOMMEN}), oud AS ({oud}), nieuw AS ({nieuw}),
anders AS MATERIALIZED (
  SELECT sleutel, plek, o.euro AS was, n.euro AS wordt, coalesce(n.regel, o.regel) AS regel, o.regel AS regel_oud,
         n.regel AS regel_nieuw, o.euro = n.euro AND o.kenmerk <> n.kenmerk AS herkomst
  FROM oud o FULL JOIN nieuw n USING (sleutel, plek) WHERE {wanneer})
"""  # noqa: S608 - our own text


ALLE_CELLEN = "TRUE"
ANDER_BEDRAG = "o.euro IS DISTINCT FROM n.euro"
ANDER_BEDRAG_OF_HERKOMST = f"({ANDER_BEDRAG} OR o.kenmerk <> n.kenmerk)"
ANDERS = "a.was IS DISTINCT FROM a.wordt"
BOVEN_DREMPEL = "abs(coalesce(a.wordt, 0) - coalesce(a.was, 0)) > %(drempel)s"
VOLGORDE = 'abs(coalesce(a.wordt, 0) - coalesce(a.was, 0)) DESC, a.sleutel COLLATE "C", a.plek'
VAN_REGEL = """
JOIN programma_begrotingsregel r ON r.id = a.regel
JOIN programma_pakket k ON k.id = r.pakket_id
JOIN programma_programma p ON p.id = k.programma_id
"""
_DELEN = f"""
(SELECT jsonb_agg(jsonb_build_array(coalesce(w.nummer, ''), b.euro, b.bronprecisie, {_BRON}, b.plaats)
                  ORDER BY w.nummer COLLATE "C" NULLS FIRST)
 FROM programma_bedrag b {_ONDER} WHERE b.regel_id = a.regel_{{kant}} AND b.kolom_id = l.{{kant}})::text
"""  # noqa: S608 - our own text

# `past` is the filter: what is shown. The counts are of everything, so that the page can say what it leaves out.
REGELS = f"""
, past AS MATERIALIZED (
  SELECT a.* FROM anders a {VAN_REGEL} WHERE {{filter}} AND (%(programma)s = '' OR p.code = %(programma)s))
SELECT json_build_object(
  'aantal', (SELECT count(*) FROM past),
  'grootste', (SELECT max(abs(coalesce(wordt, 0) - coalesce(was, 0))) FROM anders),
  'per_paar', (SELECT json_agg(json_build_array(plek, aantal)) FROM (
                 SELECT plek, count(*) AS aantal FROM anders a WHERE {ANDERS} GROUP BY plek) t),
  'andere_herkomst', (SELECT count(*) FROM anders WHERE herkomst),
  'herkomst', (SELECT json_agg(json_build_array(a.plek, r.omschrijving, {_DELEN.format(kant="oud")},
                                                {_DELEN.format(kant="nieuw")}))
               FROM (SELECT * FROM anders WHERE herkomst ORDER BY sleutel COLLATE "C", plek LIMIT {MEESTE_HERKOMST}) a
               JOIN kolommen l USING (plek) JOIN programma_begrotingsregel r ON r.id = a.regel),
  'regels', (SELECT json_agg(json_build_array(a.plek, p.code, k.code, r.soort, a.sleutel, r.omschrijving,
                               btrim(r.toelichting), a.was, a.wordt, ra.id IS NOT NULL, rb.id IS NOT NULL,
                               coalesce(nullif(ka.code, k.code), '')) ORDER BY {VOLGORDE})
             FROM (SELECT a.* FROM past a ORDER BY {VOLGORDE} LIMIT %(hoogstens)s) a {VAN_REGEL}
             LEFT JOIN programma_begrotingsregel ra ON ra.versie_id = %(oud)s AND ra.sleutel = a.sleutel
             LEFT JOIN programma_pakket ka ON ka.id = ra.pakket_id
             LEFT JOIN programma_begrotingsregel rb ON rb.versie_id = %(nieuw)s AND rb.sleutel = a.sleutel)
)::text
"""  # noqa: S608 - our own text

CSV_KOP = (
    *("document_a", "versie_a", "document_b", "versie_b", "programma_code", "programma", "pakket_code", "pakket"),
    *("soort", "regel", "omschrijving", "fase_a", "jaar_a", "fase_b", "jaar_b", "bedrag_a", "bedrag_b", "verschil"),
    "toelichting",
)


def lees_vergelijking(a: Uitgave, b: Uitgave, vraag: Vraag) -> tuple[Vergelijkstuk, Keuze]:
    """Return everything that a comparison rests on, and the choice it was read for. At most five queries."""
    kader_a, kader_b = _kaders(a, b)
    keuze = kies(vraag, a, kader_a, b, kader_b)
    kolommen = [sleutel for paar in keuze.paren for sleutel in (kader_a.kolommen[paar.a], kader_b.kolommen[paar.b])]
    cellen_a, cellen_b = cellen_van(a.versie_id, b.versie_id, kolommen)
    zelfde_document = a.document_slug == b.document_slug
    was, wordt = lees_rijen(a.versie_id, b.versie_id, () if zelfde_document else NIET_TUSSEN_DOCUMENTEN)
    stuk = Vergelijkstuk(
        gemeente=gemeente_op(moment_van(b))[1],
        a=a,
        b=b,
        kader_a=kader_a,
        kader_b=kader_b,
        paren=keuze.paren,
        cellen_a=cellen_a,
        cellen_b=cellen_a if a.versie_id == b.versie_id else cellen_b,
        regels=_regels(keuze, kader_a, kader_b, zelfde_document),
        rijen=vergelijk_rijen(was, wordt),
    )
    return stuk, keuze


def _kaders(a: Uitgave, b: Uitgave) -> tuple[Kader, Kader]:
    with connection.cursor() as cursor:
        cursor.execute(KADERS, [a.versie_id, b.versie_id])
        kaders = {versie: _kader(json.loads(ruw)) for versie, ruw in cursor.fetchall()}
    return kaders[a.versie_id], kaders[b.versie_id]


def _kader(data: dict[str, Any]) -> Kader:
    pakketten: dict[str, list[Pakketrij]] = defaultdict(list)
    for programma, *rij in data["pakketten"] or ():
        pakketten[programma].append(Pakketrij(*rij))
    return Kader(
        [Programmarij(*rij) for rij in data["programmas"] or ()],
        dict(pakketten),
        {Kolom(jaar, fase): sleutel for jaar, fase, sleutel in data["kolommen"] or ()},
    )


def _parameters(keuze: Keuze, kader_a: Kader, kader_b: Kader) -> dict[str, Any]:
    return {
        "oud": keuze.a.versie_id,
        "nieuw": keuze.b.versie_id,
        "van": [kader_a.kolommen[paar.a] for paar in keuze.paren],
        "naar": [kader_b.kolommen[paar.b] for paar in keuze.paren],
        "programma": keuze.programma,
        "drempel": keuze.drempel,
        "hoogstens": OP_HET_SCHERM,
    }


def _regels(keuze: Keuze, kader_a: Kader, kader_b: Kader, herkomst: bool) -> Regelverschillen:
    alles = keuze.toon == ALLES
    filter = "TRUE" if alles else BOVEN_DREMPEL if keuze.drempel else ANDERS
    wanneer = ALLE_CELLEN if alles else ANDER_BEDRAG_OF_HERKOMST if herkomst else ANDER_BEDRAG
    sql = _anders(wanneer, herkomst=herkomst) + REGELS.format(filter=filter)
    with connection.cursor() as cursor:
        cursor.execute(sql, _parameters(keuze, kader_a, kader_b))
        data = json.loads(cursor.fetchone()[0], parse_float=Decimal)
    return Regelverschillen(
        regels=[_regelpaar(rij) for rij in data["regels"] or ()],
        aantal=data["aantal"],
        per_paar=dict(data["per_paar"] or ()),
        grootste=Decimal(data["grootste"] or 0),
        andere_herkomst=data["andere_herkomst"],
        herkomst=[
            Herkomstverschil(paar, omschrijving, lees_delen(oud), lees_delen(nieuw))
            for paar, omschrijving, oud, nieuw in data["herkomst"] or ()
        ],
    )


def _regelpaar(rij: Sequence[Any]) -> Regelpaar:
    *begin, a, b, in_a, in_b, pakket_a = rij
    van, naar = (None if bedrag is None else Decimal(bedrag) for bedrag in (a, b))
    return Regelpaar._make((*begin, van, naar, in_a, in_b, pakket_a))


def verschil_csv(a: Uitgave, b: Uitgave, vraag: Vraag, vorm: Vorm) -> Iterator[bytes]:
    """Yield all amounts that differ in the chosen columns as CSV, the largest difference first, whatever its size.

    Euros with the stored sign; an empty cell is an amount that is not there. One query and one COPY.
    """
    kader_a, kader_b = _kaders(a, b)
    keuze = kies(vraag, a, kader_a, b, kader_b)
    teksten = ("p.code", "p.naam", "k.code", "k.naam", "r.soort", "a.sleutel", "r.omschrijving")
    kolommen = (beveilig_sql("l.fase_oud"), "l.jaar_oud", beveilig_sql("l.fase"), "l.jaar")
    getallen = ("a.was", "a.wordt", "coalesce(a.wordt, 0) - coalesce(a.was, 0)")
    # A line end inside a cell would become a line of its own: COPY ends rows with it.
    toelichting = r"regexp_replace(r.toelichting, '\s+', ' ', 'g')"
    velden = [
        *("%(document_a)s::text", "%(versie_a)s::int", "%(document_b)s::text", "%(versie_b)s::int"),
        *(beveilig_sql(veld) for veld in teksten),
        *kolommen,
        *(vorm.getal_sql(f"({veld})") for veld in getallen),
        f"nullif({beveilig_sql(toelichting)}, '')",
    ]
    sql = (
        f"{_anders(ANDER_BEDRAG, herkomst=False)} SELECT {', '.join(velden)} FROM anders a {VAN_REGEL}"  # noqa: S608
        f" JOIN kolommen l USING (plek) ORDER BY {VOLGORDE}"
    )
    namen = {
        "document_a": a.document_slug,
        "versie_a": a.nummer,
        "document_b": b.document_slug,
        "versie_b": b.nummer,
    }
    return csv_bytes(CSV_KOP, [Deel(sql, _parameters(keuze, kader_a, kader_b) | namen)], vorm)
