"""The database as its owner sees it: may this role copy it whole, is it empty, and how it becomes empty again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from programma.reservekopie.kopiemap import Kopiefout

SPREEK_AAN = "Zet DATABASE_EIGENAAR_URL op het adres met de rol van de eigenaar."
# What somebody made in this database. What belongs to an extension goes with the extension, which is named itself.
INHOUD = """
WITH van_uitbreiding AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e')
SELECT naam FROM (
  SELECT 1 AS soort, 'tabel ' || c.oid::regclass AS naam FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM van_uitbreiding u WHERE u.classid = 'pg_class'::regclass AND u.objid = c.oid)
  UNION ALL
  SELECT 2, 'functie ' || p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM van_uitbreiding u WHERE u.classid = 'pg_proc'::regclass AND u.objid = p.oid)
  UNION ALL
  SELECT 3, 'type ' || t.oid::regtype FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM van_uitbreiding u WHERE u.classid = 'pg_type'::regclass AND u.objid = t.oid)
  UNION ALL
  SELECT 4, 'schema ' || nspname FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
  UNION ALL
  SELECT 6, 'teller ' || c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM van_uitbreiding u WHERE u.classid = 'pg_class'::regclass AND u.objid = c.oid)
  UNION ALL
  SELECT 5, 'uitbreiding ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
) t ORDER BY soort, naam COLLATE "C"
"""
KENMERKEN = """
SELECT current_user::text, pg_has_role(current_user, d.datdba, 'USAGE'), pg_has_role(current_user, n.nspowner, 'USAGE'),
       pg_encoding_to_char(d.encoding), d.datname::text, current_setting('server_version_num')::int / 10000
FROM pg_database d, pg_namespace n WHERE d.datname = current_database() AND n.nspname = 'public'
"""
EIGENAREN = """
SELECT DISTINCT pg_get_userbyid(c.relowner)::text, pg_has_role(current_user, c.relowner, 'USAGE')
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S', 'v', 'm') ORDER BY 1
"""
# The schema as PostgreSQL makes it: of the owner of the database, and everybody may look for names in it.
LEEG = """
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
COMMENT ON SCHEMA public IS 'standard public schema'
"""
BEZIG = "Hier werd een reservekopie teruggezet; zij is nog niet gecontroleerd."


@dataclass(frozen=True, slots=True)
class Kenmerken:
    """As whom we work, in which database of which major version, and what we may.

    `eigenaar` and `schema` say whether we own the database, and its schema public.
    """

    rol: str
    eigenaar: bool
    schema: bool
    codering: str
    naam: str
    hoofdversie: int


def kenmerken() -> Kenmerken:
    """Return what the database is and what we are in it."""
    with connection.cursor() as cursor:
        cursor.execute(KENMERKEN)
        return Kenmerken(*cursor.fetchone())


def eis_eigenaar() -> str:
    """Return the role that owns everything here. Raises Kopiefout when we cannot read everything of it."""
    with connection.cursor() as cursor:
        cursor.execute(EIGENAREN)
        eigenaren = dict(cursor.fetchall())
    rol = kenmerken().rol
    if not eigenaren:
        raise Kopiefout("Deze database is leeg; er is nog niets om te bewaren. Voer eerst manage.py migrate uit.")
    if not all(eigenaren.values()):
        raise Kopiefout(f"De rol {rol} bezit deze database niet, en kan haar dus niet heel lezen. {SPREEK_AAN}")
    if len(eigenaren) > 1:
        raise Kopiefout(
            f"De tabellen zijn van meer dan één rol ({', '.join(eigenaren)}). Geef ze aan één eigenaar met "
            "REASSIGN OWNED, en maak daarna de reservekopie."
        )
    return str(next(iter(eigenaren)))


def eis_leeg(eigenaar: str, rollen: Sequence[str]) -> None:
    """Raise Kopiefout unless this database is empty and everything for a restore is there.

    `eigenaar` is the role that owned everything, `rollen` those that had rights on it.
    """
    nu = kenmerken()
    if inhoud := _inhoud():
        meer = f" en nog {len(inhoud) - 5} andere dingen" if len(inhoud) > 5 else ""
        raise Kopiefout(
            f"De database {nu.naam} is niet leeg. Gevonden: {', '.join(inhoud[:5])}{meer}. Terugzetten kan alleen in "
            f"een lege database; er is niets veranderd.{_afgebroken()} Maak een nieuwe database en wijs die aan."
        )
    if nu.codering != "UTF8":
        raise Kopiefout(f"De database {nu.naam} heeft de codering {nu.codering}; maak er een met ENCODING 'UTF8'.")
    if ontbreekt := _ontbrekende_rollen([eigenaar, *rollen]):
        opdrachten = " ".join(f"CREATE ROLE {rol} LOGIN PASSWORD '…';" for rol in ontbreekt)
        raise Kopiefout(f"Deze rollen ontbreken op de server. Laat een beheerder uitvoeren: {opdrachten}")
    if nu.rol != eigenaar:
        raise Kopiefout(
            f"In de reservekopie is alles van de rol {eigenaar}; u werkt nu als {nu.rol}. Werk als {eigenaar}. "
            f"{SPREEK_AAN}"
        )
    if not (nu.eigenaar and nu.schema):
        raise Kopiefout(
            f"De database {nu.naam} is niet van {eigenaar}. Maak haar met: CREATE DATABASE {nu.naam} OWNER {eigenaar};"
        )


def maak_leeg() -> None:
    """Take everything away again that a failed restore put in this database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'")
        cursor.execute(LEEG)
    zet_merk(None)


def zet_merk(tekst: str | None) -> None:
    """Say on the database itself that a restore is going on: one that is killed cannot clean up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('COMMENT ON DATABASE %%I IS %%L', current_database(), %s::text)", [tekst])
        cursor.execute(cursor.fetchone()[0])


def _inhoud() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(INHOUD)
        return [naam for (naam,) in cursor.fetchall()]


def _afgebroken() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        if cursor.fetchone()[0] != BEZIG:
            return ""
    return " Een eerder herstel in deze database is afgebroken voordat het was gecontroleerd; vertrouw haar niet."


def _ontbrekende_rollen(rollen: Sequence[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname::text FROM pg_roles")
        bekend = {rol for (rol,) in cursor.fetchall()}
    return [rol for rol in dict.fromkeys(rollen) if rol not in bekend]
