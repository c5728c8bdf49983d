"""A database of our own to measure in: made on the server that the site would use, dropped afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from veiligheid import omgeving
from veiligheid.database import cluster, launcher

NAAM = "bench_veiligheid"
BASIS = Path(__file__).resolve().parent.parent


class Onmogelijk(Exception):
    """There is nothing to measure with; the text is one Dutch sentence: what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Adressen:
    """Where the database is: `maker` may create it, `eigenaar` owns it, `site` reads and writes rows."""

    maker: str
    eigenaar: str
    site: str
    datamap: Path | None
    """The cluster of the embedded server, or None on a server of somebody else."""


def zoek() -> Adressen:
    """Return the addresses on the server of DATABASE_URL, or else on the embedded one, which is started if needed."""
    if adres := omgeving.tekst("DATABASE_URL"):
        maker = omgeving.tekst("DATABASE_EIGENAAR_URL", adres)
        return Adressen(maker, _met_naam(maker), _met_naam(adres), None)
    datamap = Path(omgeving.tekst("VAR", str(BASIS / "var"))) / "postgres"
    launcher.zorg_voor(datamap)
    plaats = quote(str(launcher.socketmap(datamap)), safe="")

    def adres_van(rol: str, naam: str) -> str:
        return f"postgresql://{rol}@:{cluster.POORT}/{naam}?host={plaats}"

    return Adressen(
        adres_van(launcher.ROL_BEHEER, "postgres"),
        adres_van(launcher.ROL_EIGENAAR, NAAM),
        adres_van(launcher.ROL_SITE, NAAM),
        datamap,
    )


def _met_naam(adres: str) -> str:
    return urlsplit(adres)._replace(path=f"/{NAAM}").geturl()


@contextmanager
def eigen_database() -> Iterator[Adressen]:
    """Give a fresh, migrated database, to which this process and its children connect, and drop it afterwards.

    Everything else that the site keeps (static files, the key of the demonstration) goes to a folder of our own too.
    Call it before Django reads its settings. Raises Onmogelijk, or the launcher's Databasefout.
    """
    adressen = zoek()
    _maak(adressen)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as var:
            for naam in ("DATABASE_URL_FILE", "DATABASE_EIGENAAR_URL_FILE", "VAR_FILE", "DEBUG"):
                os.environ.pop(naam, None)
            os.environ |= {
                "DEMO": "1",
                "VAR": var,
                "GEMEENTE": "GM0303",
                "DATABASE_ALS": "site",
                "DATABASE_URL": adressen.site,
                "DATABASE_EIGENAAR_URL": adressen.eigenaar,
            }
            _migreer()
            yield adressen
    finally:
        _verwijder(adressen)
        if adressen.datamap:
            launcher.stop_als_vrij(adressen.datamap)


def _maak(adressen: Adressen) -> None:
    naam = sql.Identifier(NAAM)
    with _verbind(adressen.maker) as verbinding:
        try:
            # What a run that was killed left behind. Without FORCE: a run that is still at work keeps its database.
            verbinding.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(naam))
            verbinding.execute(sql.SQL("CREATE DATABASE {}").format(naam))
        except psycopg.errors.ObjectInUse as fout:
            raise Onmogelijk(
                f"De database {NAAM} is in gebruik: er loopt al een meting. Wacht tot die klaar is."
            ) from fout
        except psycopg.errors.InsufficientPrivilege as fout:
            raise Onmogelijk(
                f"De meting maakt een eigen database {NAAM}, en {verbinding.info.user} mag dat niet: geef die rol "
                "CREATEDB, of laat DATABASE_URL weg om de ingebouwde server te gebruiken."
            ) from fout
        if adressen.datamap:
            eigenaar, site = sql.Identifier(launcher.ROL_EIGENAAR), sql.Identifier(launcher.ROL_SITE)
            verbinding.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(naam, eigenaar))
            verbinding.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(naam, site))


def _verwijder(adressen: Adressen) -> None:
    with _verbind(adressen.maker) as verbinding:
        verbinding.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAAM)))


def _verbind(adres: str) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(adres, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as fout:
        raise Onmogelijk(f"De database antwoordt niet: {str(fout).strip().splitlines()[0]}") from fout


def _migreer() -> None:
    opdracht = [sys.executable, str(BASIS / "manage.py"), "migrate", "--verbosity", "0"]
    if subprocess.run(opdracht, env={**os.environ, "DATABASE_ALS": "eigenaar"}, check=False).returncode:
        raise Onmogelijk("De database voor de meting kon niet worden ingericht; de oorzaak staat hierboven.")


def werk_statistiek_bij(adressen: Adressen) -> None:
    """Do what autovacuum does within a minute of a large load, so that every repetition gets the same plan."""
    with _verbind(adressen.eigenaar) as verbinding:
        verbinding.execute("VACUUM ANALYZE")
