"""Reading a comparison of two published versions: PostgreSQL compares, only what is shown comes to Python."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from programma.inhoud import Pakketrij, Programmarij, Uitgave
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.pagina.vergelijken import Keuze, Vraag, kies
from programma.pagina.vergelijken.keuze import ALLES
from programma.raming import Kolom
from programma.vergelijking import (
    ALLEEN_BEDRAG,
    GEPAARDE_KOLOMMEN,
    MET_HERKOMST,
    OP_HET_SCHERM,
    VAN_REGEL,
    VOLGORDE,
    cellen_van,
    gewijzigd,
    lees_delen,
    lees_rijen,
)
from programma.vergelijking import ALLES as ALLE_CELLEN
from programma.vergelijkstuk import Herkomstverschil, Kader, Regelpaar, Regelverschillen, Vergelijkstuk
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

# `past` is the filter: what is shown. The counts are of everything, so that the page can say what it leaves out.
REGELS = """
, past AS MATERIALIZED (
  SELECT a.* FROM anders a {van_regel}
  WHERE {filter} AND (%(programma)s = '' OR p.code = %(programma)s)),
zelfde AS (
  SELECT * FROM anders WHERE was = wordt AND delen_oud IS DISTINCT FROM delen_nieuw AND %(herkomst)s)
SELECT json_build_object(
  'aantal', (SELECT count(*) FROM past),
  'grootste', (SELECT max(abs(coalesce(wordt, 0) - coalesce(was, 0))) FROM anders),
  'per_paar', (SELECT json_agg(json_build_array(plek, aantal)) FROM (
                 SELECT l.plek, count(*) AS aantal FROM anders a JOIN kolommen l USING (jaar, fase)
                 WHERE a.was IS DISTINCT FROM a.wordt GROUP BY l.plek) t),
  'andere_herkomst', (SELECT count(*) FROM zelfde),
  'herkomst', (SELECT json_agg(json_build_array(l.plek, r.omschrijving, z.delen_oud::text, z.delen_nieuw::text)) FROM (
                 SELECT * FROM zelfde ORDER BY sleutel COLLATE "C", jaar, fase LIMIT {meeste_herkomst}) z
               JOIN kolommen l USING (jaar, fase) JOIN programma_begrotingsregel r ON r.id = z.regel),
  'regels', (SELECT json_agg(json_build_array(l.plek, p.code, k.code, r.soort, a.sleutel, r.omschrijving,
                               btrim(r.toelichting), a.was, a.wordt, ra.id IS NOT NULL, rb.id IS NOT NULL,
                               coalesce(nullif(ka.code, k.code), '')) ORDER BY a.rang)
             FROM (SELECT a.*, row_number() OVER (ORDER BY {volgorde}) AS rang FROM past a
                   ORDER BY rang LIMIT %(hoogstens)s) a
             JOIN kolommen l USING (jaar, fase)
             JOIN programma_begrotingsregel r ON r.id = a.regel
             JOIN programma_pakket k ON k.id = r.pakket_id
             JOIN programma_programma p ON p.id = k.programma_id
             LEFT JOIN programma_begrotingsregel ra ON ra.versie_id = %(oud)s AND ra.sleutel = a.sleutel
             LEFT JOIN programma_pakket ka ON ka.id = ra.pakket_id
             LEFT JOIN programma_begrotingsregel rb ON rb.versie_id = %(nieuw)s AND rb.sleutel = a.sleutel)
)::text
"""
ANDERS = "a.was IS DISTINCT FROM a.wordt"
BOVEN_DREMPEL = "abs(coalesce(a.wordt, 0) - coalesce(a.was, 0)) > %(drempel)s"

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
    wanneer = ALLE_CELLEN if alles else MET_HERKOMST if herkomst else ALLEEN_BEDRAG
    sql = gewijzigd(GEPAARDE_KOLOMMEN, wanneer) + REGELS.format(
        van_regel=VAN_REGEL.replace("FROM anders a", ""),
        filter=filter,
        volgorde=VOLGORDE,
        meeste_herkomst=MEESTE_HERKOMST,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, _parameters(keuze, kader_a, kader_b) | {"herkomst": herkomst})
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
    kolommen = (beveilig_sql("l.fase_oud"), "l.jaar_oud", beveilig_sql("a.fase"), "a.jaar")
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
        f"{gewijzigd(GEPAARDE_KOLOMMEN, ALLEEN_BEDRAG)} SELECT {', '.join(velden)} {VAN_REGEL}"
        f" JOIN kolommen l ON l.jaar = a.jaar AND l.fase = a.fase WHERE {ANDERS} ORDER BY {VOLGORDE}"
    )
    namen = {
        "document_a": a.document_slug,
        "versie_a": a.nummer,
        "document_b": b.document_slug,
        "versie_b": b.nummer,
    }
    return csv_bytes(CSV_KOP, [Deel(sql, _parameters(keuze, kader_a, kader_b) | namen)], vorm)
