"""What a database holds, in a form to keep and to compare: exports, history, rows, guards and rights.

A backup keeps the stand of its own moment. After putting it back the stand is read again, and must be the same; the
export of each version must even be the same bytes. Everything in it is plain: text, numbers, lists and mappings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection
from psycopg import sql

from programma import uitvoer
from programma.inhoud import Uitgave
from programma.models import Gebeurtenis, Versie
from programma.spoor.historie import kop
from programma.toetsing.keuring import bereken_controlesom
from veiligheid.formatting import decimaal

Melder = Callable[[str], None]
# What is made of the rows of any version, a concept too, and is the same bytes on any machine.
UITVOER: Mapping[str, Callable[[Uitgave], Iterator[bytes]]] = {
    "begroting.csv": uitvoer.begroting_csv,
    "begroting.json": uitvoer.begroting_json,
}
MEESTE = 10

# How definitions are written depends on the search path; moments and floats on the session.
INSTELLINGEN = "SET LOCAL search_path = pg_catalog, public, pg_temp; SET LOCAL timezone = 'UTC'"
TABELLEN = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""
MIGRATIES = """SELECT app || '.' || name FROM django_migrations"""
# Without brackets and spaces: PostgreSQL writes a condition that was read back with fewer brackets.
TREKKERS = """
SELECT concat_ws(' ', c.relname, t.tgname, t.tgenabled,
                 encode(sha256(convert_to(translate(pg_get_triggerdef(t.oid), '() ', ''), 'UTF8')), 'hex'))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
"""
FUNCTIES = """
SELECT p.oid::regprocedure || ' ' || encode(sha256(convert_to(pg_get_functiondef(p.oid), 'UTF8')), 'hex')
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
"""
# What anybody but the owner may do, on what there is and (standaard) on what will be made.
RECHTEN = """
WITH ding (naam, eigenaar, recht) AS (
  SELECT 'schema ' || nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner))
  FROM pg_namespace WHERE nspname = 'public'
  UNION ALL
  SELECT CASE relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END || relname, relowner,
         coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, relowner))
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
  UNION ALL
  SELECT 'column ' || c.relname || '.' || a.attname, c.relowner, a.attacl
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE c.relnamespace = 'public'::regnamespace AND a.attacl IS NOT NULL
  UNION ALL
  SELECT 'function ' || oid::regprocedure, proowner, coalesce(proacl, acldefault('f', proowner))
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT 'default ' || defaclobjtype::text, defaclrole, defaclacl
  FROM pg_default_acl WHERE defaclnamespace = 'public'::regnamespace
)
SELECT concat_ws(' ', d.naam, coalesce(r.rolname, 'PUBLIC'), a.privilege_type,
                 CASE WHEN a.is_grantable THEN 'WITH GRANT OPTION' END)
FROM ding d CROSS JOIN LATERAL aclexplode(d.recht) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE a.grantee <> d.eigenaar
"""
BEWAARD = """
SELECT b.versie_id, b.naam, octet_length(i.inhoud), encode(sha256(i.inhoud), 'hex')
FROM programma_bestand b JOIN programma_bestandinhoud i ON i.bestand_id = b.id ORDER BY b.versie_id, b.naam
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a database holds at one moment.

    `kop` is the head of the history, `gebeurtenissen` their number, `tabellen` the rows per table. `versies` has of
    each version, by "<document>/<nummer>": status, controlesom (computed now, not the stored one), anker, and of each
    of its exports and stored files the size and sha256. `trekkers`, `functies` and `rechten` are lines of text.
    """

    kop: str
    gebeurtenissen: int
    tabellen: dict[str, int]
    migraties: list[str]
    versies: dict[str, dict[str, Any]]
    trekkers: list[str]
    functies: list[str]
    rechten: list[str]

    def als_json(self) -> dict[str, Any]:
        """Return the stand as JSON holds it."""
        return {veld.name: getattr(self, veld.name) for veld in fields(self)}


def uit_json(inhoud: Mapping[str, Any]) -> Stand:
    """Return a stand that a manifest holds. Raises KeyError when something of it is missing."""
    return Stand(**{veld.name: inhoud[veld.name] for veld in fields(Stand)})


def lees_stand(melden: Melder = lambda _: None) -> Stand:
    """Return the stand of the database as the present transaction sees it, which must see one moment only."""
    with connection.cursor() as cursor:
        cursor.execute(INSTELLINGEN)
    return Stand(
        kop=kop(),
        gebeurtenissen=Gebeurtenis.objects.count(),
        tabellen=_aantallen(),
        migraties=_namen(MIGRATIES),
        versies=_versies(melden),
        trekkers=_namen(TREKKERS),
        functies=_namen(FUNCTIES),
        rechten=_namen(RECHTEN),
    )


def verschillen(toen: Stand, nu: Stand) -> list[str]:
    """Return in which ways a database is not what it was: Dutch sentences that name the place; [] when it is."""
    gevonden = []
    if toen.kop != nu.kop:
        gevonden.append(f"De kop van de historie is {nu.kop or 'leeg'} en was {toen.kop or 'leeg'}.")
    gevonden += _versieverschillen(toen.versies, nu.versies)
    gevonden += [
        f"De tabel {tabel} heeft {_rijen(nu.tabellen.get(tabel))} en had {_rijen(toen.tabellen.get(tabel))}."
        for tabel in sorted({*toen.tabellen, *nu.tabellen})
        if toen.tabellen.get(tabel) != nu.tabellen.get(tabel)
    ]
    for wat in ("migraties", "trekkers", "functies", "rechten"):
        eerst, later = set(getattr(toen, wat)), set(getattr(nu, wat))
        gevonden += [f"Verdwenen of veranderd ({wat}): {regel}." for regel in sorted(eerst - later)[:MEESTE]]
        gevonden += [f"Erbij of veranderd ({wat}): {regel}." for regel in sorted(later - eerst)[:MEESTE]]
    return gevonden


def _versieverschillen(toen: Mapping[str, Any], nu: Mapping[str, Any]) -> Iterator[str]:
    for versie in sorted({*toen, *nu}):
        eerst, later = toen.get(versie), nu.get(versie)
        if eerst is None or later is None:
            yield f"Versie {versie} is er {'nu niet meer' if later is None else 'nu bij'}."
            continue
        for wat in ("status", "controlesom", "anker"):
            if eerst[wat] != later[wat]:
                yield f"Versie {versie}: {wat} is {later[wat] or 'leeg'} en was {eerst[wat] or 'leeg'}."
        for naam in sorted({*eerst["bestanden"], *later["bestanden"]}):
            if eerst["bestanden"].get(naam) != later["bestanden"].get(naam):
                yield f"Versie {versie}: {naam} is niet meer hetzelfde, byte voor byte."


def _rijen(aantal: int | None) -> str:
    if aantal is None:
        return "geen plaats"
    return f"{decimaal(aantal)} {'rij' if aantal == 1 else 'rijen'}"


def _namen(vraag: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        return sorted(naam for (naam,) in cursor.fetchall())


def _aantallen() -> dict[str, int]:
    """Return the number of rows of every table, in one question."""
    delen = [
        sql.SQL("SELECT {}, count(*) FROM public.{}").format(sql.Literal(tabel), sql.Identifier(tabel))
        for tabel in _namen(TABELLEN)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(delen))
        return dict(sorted(cursor.fetchall()))


def _versies(melden: Melder) -> dict[str, dict[str, Any]]:
    bewaard: dict[int, dict[str, Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BEWAARD)
        for versie_id, naam, omvang, sha256 in cursor.fetchall():
            bewaard.setdefault(versie_id, {})[naam] = {"omvang": omvang, "sha256": sha256}
    gevonden = {}
    for versie in Versie.objects.select_related("document").order_by("document__slug", "nummer"):
        # As readers meet it: what was recorded of it at publication stands in some of its files.
        uitgave = Versie.objects.voorbeeld(versie.pk)
        if uitgave is None:
            continue
        melden(f"de uitvoer van {uitgave.kenmerk}")
        gevonden[uitgave.kenmerk] = {
            "status": versie.status,
            "controlesom": bereken_controlesom(versie),
            "anker": versie.anker,
            "bestanden": {**bewaard.get(versie.pk, {}), **dict(_uitvoer(uitgave))},
        }
    return gevonden


def _uitvoer(uitgave: Uitgave) -> Iterator[tuple[str, dict[str, Any]]]:
    for naam, maak in UITVOER.items():
        afdruk = uitvoer.meet(maak(uitgave))
        yield naam, {"omvang": afdruk.omvang, "sha256": afdruk.sha256}
