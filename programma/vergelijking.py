"""Reading the difference between two versions: PostgreSQL compares, only what differs comes to Python."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Func, JSONField

from programma.models import VERSIERIJEN, Bedrag, Versie, Versiegebonden
from programma.raming import Cel, Kolom, Meerjarenraming, tel_op
from programma.verschil import Celverschil, Deel, Rij, Verschil, vergelijk_rijen
from programma.vingerafdruk import VELDEN
from veiligheid.exports import MACHINE, Vorm, beveilig_sql, csv_bytes
from veiligheid.exports import Deel as Exportdeel

# On a screen nobody reads more; the CSV has them all.
OP_HET_SCHERM = 300

# A cell is a line in a column that both versions have. First the bedragen are compared one by one; only the cells in
# which any differs are added up. `delen` tells where an amount comes from, so that a change of source shows too.
_BEDRAGEN = """
SELECT r.sleutel, k.jaar, k.fase, coalesce(w.nummer, '') AS wijziging, r.id AS regel, b.id, b.euro, b.bronprecisie,
       concat_ws(', ', s.naam, nullif(s.bestandsnaam, ''), nullif(s.sha256, '')) AS bron, b.plaats
FROM kolommen k
JOIN programma_bedrag b ON b.kolom_id = k.{kant}
JOIN programma_begrotingsregel r ON r.id = b.regel_id
LEFT JOIN programma_wijziging w ON w.id = b.wijziging_id
LEFT JOIN programma_bron s ON s.id = b.bron_id
"""
_CELLEN = """
SELECT sleutel, jaar, fase, sum(euro) AS euro, min(regel) AS regel, array_agg(id ORDER BY id) AS bedragen,
       jsonb_agg(jsonb_build_array(wijziging, euro, bronprecisie, bron, plaats) ORDER BY wijziging COLLATE "C") AS delen
FROM {kant} JOIN cellen USING (sleutel, jaar, fase) GROUP BY sleutel, jaar, fase
"""
GEWIJZIGD = f"""
WITH kolommen AS (
  SELECT o.id AS oud, n.id AS nieuw, o.jaar, o.fase FROM programma_kolom o
  JOIN programma_kolom n ON n.jaar = o.jaar AND n.fase = o.fase
  WHERE o.versie_id = %(oud)s AND n.versie_id = %(nieuw)s),
oud AS MATERIALIZED ({_BEDRAGEN.format(kant="oud")}),
nieuw AS MATERIALIZED ({_BEDRAGEN.format(kant="nieuw")}),
cellen AS MATERIALIZED (
  SELECT DISTINCT sleutel, jaar, fase FROM oud o FULL JOIN nieuw n USING (sleutel, jaar, fase, wijziging)
  WHERE (o.euro, o.bronprecisie, o.bron, o.plaats) IS DISTINCT FROM (n.euro, n.bronprecisie, n.bron, n.plaats)),
anders AS (
  SELECT sleutel, jaar, fase, o.euro AS was, n.euro AS wordt, coalesce(n.regel, o.regel) AS regel,
         n.bedragen, o.delen AS delen_oud, n.delen AS delen_nieuw
  FROM ({_CELLEN.format(kant="oud")}) o FULL JOIN ({_CELLEN.format(kant="nieuw")}) n USING (sleutel, jaar, fase))
"""  # noqa: S608 - our own text
VOLGORDE = """abs(coalesce(a.wordt, 0) - coalesce(a.was, 0)) DESC, a.sleutel COLLATE "C", a.jaar, a.fase COLLATE "C" """
VAN_REGEL = """
FROM anders a
JOIN programma_begrotingsregel r ON r.id = a.regel
JOIN programma_pakket k ON k.id = r.pakket_id
JOIN programma_programma p ON p.id = k.programma_id
"""
SCHERM = f"""{GEWIJZIGD}
SELECT p.code, k.code, a.sleutel, r.omschrijving, r.soort, a.jaar, a.fase, a.was, a.wordt, r.toelichting,
       coalesce(nu.id, 0), coalesce(kolom.nieuw, 0), coalesce(a.bedragen, '{{}}'),
       a.delen_oud::text, a.delen_nieuw::text, count(*) OVER ()
{VAN_REGEL}
LEFT JOIN programma_begrotingsregel nu ON nu.versie_id = %(nieuw)s AND nu.sleutel = a.sleutel
LEFT JOIN kolommen kolom ON kolom.jaar = a.jaar AND kolom.fase = a.fase
ORDER BY {VOLGORDE} LIMIT %(hoogstens)s
"""

SOMMEN = """
SELECT r.versie_id, p.code, k.code, r.soort, l.jaar, l.fase, sum(b.euro), count(*)
FROM programma_begrotingsregel r
JOIN programma_bedrag b ON b.regel_id = r.id
JOIN programma_kolom l ON l.id = b.kolom_id
JOIN programma_pakket k ON k.id = r.pakket_id
JOIN programma_programma p ON p.id = k.programma_id
WHERE r.versie_id IN (%(oud)s, %(nieuw)s) AND (%(kolommen)s::bigint[] IS NULL OR l.id = ANY(%(kolommen)s))
GROUP BY r.versie_id, p.code, k.code, r.soort, l.jaar, l.fase
"""

CSV_KOP = (
    *("programma_code", "programma", "pakket_code", "pakket", "soort", "regel", "omschrijving", "fase", "jaar"),
    *("oud", "nieuw", "verschil", "toelichting"),
)


def vergelijk(oud: Versie, nieuw: Versie, *, hoogstens: int = OP_HET_SCHERM) -> Verschil:
    """Return everything in which two versions, of any documents, differ. Three queries.

    At most `hoogstens` amounts, the largest differences first; `alle_cellen` says how many there are.
    """
    cellen, aantal = _cellen(oud, nieuw, hoogstens)
    som_oud, som_nieuw = _sommen(oud, nieuw)
    was, wordt = lees_rijen(oud.pk, nieuw.pk)
    return Verschil(
        titel_oud=oud.titel,
        titel_nieuw=nieuw.titel,
        rijen=vergelijk_rijen(was, wordt),
        cellen=cellen,
        alle_cellen=aantal,
        oud=som_oud,
        nieuw=som_nieuw,
    )


def lees_delen(ruw: str | None) -> tuple[Deel, ...]:
    """Return the bedragen under a cell from the JSON that PostgreSQL made of them."""
    return tuple(
        Deel(wijziging, Decimal(euro), precisie, bron, plaats)
        for wijziging, euro, precisie, bron, plaats in json.loads(ruw or "[]", parse_float=Decimal)
    )


def _cellen(oud: Versie, nieuw: Versie, hoogstens: int) -> tuple[list[Celverschil], int]:
    with connection.cursor() as cursor:
        cursor.execute(SCHERM, {"oud": oud.pk, "nieuw": nieuw.pk, "hoogstens": hoogstens})
        rijen = cursor.fetchall()
    cellen = [
        Celverschil(
            programma, pakket, sleutel, omschrijving, soort, Kolom(jaar, fase), was, wordt, toelichting.strip(), pk,
            kolom_pk, tuple(bedragen), lees_delen(delen_oud), lees_delen(delen_nieuw),
        )
        for programma, pakket, sleutel, omschrijving, soort, jaar, fase, was, wordt, toelichting, pk, kolom_pk,
            bedragen, delen_oud, delen_nieuw, _ in rijen
    ]  # fmt: skip
    return cellen, rijen[0][-1] if rijen else 0


def cellen_van(oud: int, nieuw: int, kolommen: Sequence[int] | None = None) -> tuple[list[Cel], list[Cel]]:
    """Return the sums of two versions per pakket, soort and column: of all columns, or of these. One query."""
    cellen: dict[int, list[Cel]] = {oud: [], nieuw: []}
    with connection.cursor() as cursor:
        cursor.execute(SOMMEN, {"oud": oud, "nieuw": nieuw, "kolommen": None if kolommen is None else list(kolommen)})
        for versie, programma, pakket, soort, jaar, fase, euro, aantal in cursor.fetchall():
            cellen[versie].append(Cel(programma, pakket, soort, Kolom(jaar, fase), euro, aantal))
    return cellen[oud], cellen[nieuw]


def _sommen(oud: Versie, nieuw: Versie) -> tuple[Meerjarenraming, Meerjarenraming]:
    was, wordt = cellen_van(oud.pk, nieuw.pk)
    return tel_op(was), tel_op(wordt)


def sommen(versie: Versie) -> Meerjarenraming:
    """Return the sums of a version. One query."""
    return _sommen(versie, versie)[0]


def _als_json(model: type[Versiegebonden], versies: list[int]) -> tuple[str, tuple[Any, ...]]:
    """Return the SELECT (with its parameters) of (version, key, the fields of VELDEN as one JSON array)."""
    velden = [F(veld) for veld in VELDEN[model.__name__]]
    vraag = (
        model._default_manager.filter(versie__in=versies)
        .order_by()
        .values_list("versie_id", "pk", Func(*velden, function="jsonb_build_array", output_field=JSONField()))
    )
    sql, parameters = vraag.query.sql_with_params()
    return sql, tuple(parameters)


def lees_rijen(oud: int, nieuw: int, zonder: Container[str] = ()) -> tuple[list[Rij], list[Rij]]:
    """Return the rows of either version that the other does not have in exactly this form. One query.

    All kinds but amounts and those in `zonder`, and per kind the fields that count for the controlesom: two versions
    without a difference have the same controlesom, and the other way round.
    """
    delen: list[str] = []
    parameters: list[Any] = []
    for model in VERSIERIJEN:
        if model is Bedrag or model.__name__ in zonder:
            continue
        sql, waarden = _als_json(model, [oud, nieuw])
        delen.append(f"SELECT '{model.__name__}' AS soort, q.* FROM ({sql}) AS q (versie, pk, rij)")  # noqa: S608
        parameters += waarden
    vraag = (
        "SELECT soort, rij::text, array_agg(pk ORDER BY pk) FILTER (WHERE versie = %s),"  # noqa: S608 - our own text
        f" array_agg(pk ORDER BY pk) FILTER (WHERE versie = %s) FROM ({' UNION ALL '.join(delen)}) alles"
        " GROUP BY soort, rij HAVING count(*) FILTER (WHERE versie = %s) <> count(*) FILTER (WHERE versie = %s)"
        " ORDER BY min(pk)"
    )
    kanten = [oud, nieuw]
    uit: tuple[list[Rij], list[Rij]] = ([], [])
    with connection.cursor() as cursor:
        cursor.execute(vraag, [*kanten, *parameters, *kanten])
        for soort, ruw, was, wordt in cursor.fetchall():
            waarden = tuple(json.loads(ruw, parse_float=Decimal))
            gelijk = min(len(was or ()), len(wordt or ()))
            for kant, sleutels in zip(uit, (was, wordt), strict=True):
                kant += [Rij(soort, waarden, pk) for pk in (sleutels or [])[gelijk:]]
    return uit


def bedragen_csv(oud: Versie, nieuw: Versie, vorm: Vorm = MACHINE) -> Iterator[bytes]:
    """Yield the amounts that differ as CSV, all of them, the largest difference first.

    Euros with the stored sign; an empty cell is an amount that is not there.
    """
    teksten = ("p.code", "p.naam", "k.code", "k.naam", "r.soort", "a.sleutel", "r.omschrijving", "a.fase")
    getallen = ("a.was", "a.wordt", "coalesce(a.wordt, 0) - coalesce(a.was, 0)")
    # A line end inside a cell would become a line of its own: COPY ends rows with it.
    toelichting = r"regexp_replace(r.toelichting, '\s+', ' ', 'g')"
    velden = [
        *(beveilig_sql(veld) for veld in teksten),
        "a.jaar",
        *(vorm.getal_sql(f"({veld})") for veld in getallen),
        f"nullif({beveilig_sql(toelichting)}, '')",
    ]
    sql = (
        f"{GEWIJZIGD} SELECT {', '.join(velden)} {VAN_REGEL}"  # noqa: S608 - our own text
        f" WHERE a.was IS DISTINCT FROM a.wordt ORDER BY {VOLGORDE}"
    )
    return csv_bytes(CSV_KOP, [Exportdeel(sql, {"oud": oud.pk, "nieuw": nieuw.pk})], vorm)
