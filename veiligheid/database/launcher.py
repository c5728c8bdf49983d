"""Starts and stops the embedded PostgreSQL, and sees to its roles and its database.

``python -m veiligheid.database.launcher start|stop|status DATAMAP`` does the same for people.

Whether a server lives is asked of the server (``SELECT 1``), never of a file. After a start the cluster holds two roles
and one database; everything in that database comes from the migrations.
"""

import argparse
import enum
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from veiligheid.database import cluster
from veiligheid.database.cluster import Databasefout, controleer_socketmap, socketmap

__all__ = [
    "DATABASE",
    "ROL_BEHEER",
    "ROL_EIGENAAR",
    "ROL_SITE",
    "Databasefout",
    "controleer_socketmap",
    "server_antwoordde",
    "socketmap",
    "stop",
    "stop_als_vrij",
    "zorg_voor",
]

ROL_BEHEER = "postgres"
ROL_EIGENAAR = "veiligheid_eigenaar"
ROL_SITE = "veiligheid_site"
DATABASE = "veiligheid"

WACHT_OP_VERTREK = 1.0  # seconds
WACHT_OP_STOP = 60.0  # seconds; a fast shutdown still writes everything to disk

# One question for the usual case, in which everything is there already.
INGERICHT = """
    SELECT count(*) FROM pg_database d
    WHERE d.datname = %(database)s
      AND (SELECT count(*) FROM pg_roles WHERE rolname IN (%(eigenaar)s, %(site)s)) = 2
      AND EXISTS (SELECT FROM aclexplode(d.datacl) a JOIN pg_roles r ON r.oid = a.grantee
                  WHERE r.rolname = %(site)s AND a.privilege_type = 'CONNECT')
      AND NOT EXISTS (SELECT FROM aclexplode(d.datacl) a WHERE a.grantee = 0)
"""

# A server that was killed leaves backends behind for a moment, and a stopping one leaves its lock.
GAAT_VOORBIJ = ("pre-existing shared memory block", "lock file")

# What a server says while it starts, recovers or stops: soon it answers, or is gone.
GAAT_OPEN_OF_DICHT = ("the database system is", "terminating connection")

# Processes that we started, kept so that they can be reaped when they end before we do.
_gestart: list[subprocess.Popen[bytes]] = []


class Toestand(enum.Enum):
    """What a server answers."""

    ZWIJGT = enum.auto()
    NIET_INGERICHT = enum.auto()
    INGERICHT = enum.auto()


def zorg_voor(datamap: Path, *, wacht: float = 15.0) -> bool:
    """Make sure that within `wacht` seconds a server answers on ``socketmap(datamap)``; True when this call started it.

    Makes the cluster, the roles and the database where they are missing, and never overwrites anything. Safe to call
    from many processes at once. Raises Databasefout with the reason.
    """
    einde = time.monotonic() + wacht
    try:
        datamap = datamap.resolve()
        if _peil(datamap) is Toestand.INGERICHT:
            return False
        with cluster.slot(datamap, einde):
            return _start(datamap, einde, wacht)
    except OSError as fout:
        raise _onbereikbaar(datamap, fout) from fout
    except psycopg.Error as fout:
        raise Databasefout(
            f"De database in {datamap} is niet in te richten: {_regel(fout)}; zie {datamap}.log."
        ) from fout


def stop(datamap: Path) -> None:
    """Shut the server down, breaking off what its clients do, and wait for it; quiet when nothing runs.

    Raises Databasefout when it does not stop.
    """
    try:
        datamap = datamap.resolve()
        if not datamap.exists():
            return
        einde = time.monotonic() + WACHT_OP_STOP
        with cluster.slot(datamap, einde):
            _stop(datamap, einde)
    except OSError as fout:
        raise _onbereikbaar(datamap, fout) from fout


def stop_als_vrij(datamap: Path) -> bool:
    """Shut the server down when nobody else is connected; True when it did. Raises Databasefout like `stop`."""
    try:
        datamap = datamap.resolve()
        if not datamap.exists():
            return False
        einde = time.monotonic() + WACHT_OP_STOP
        with cluster.slot(datamap, einde):
            if not _komt_vrij(datamap):
                return False
            _stop(datamap, einde)
            return True
    except OSError as fout:
        raise _onbereikbaar(datamap, fout) from fout


def server_antwoordde(fout: psycopg.OperationalError) -> bool:
    """Whether a failed connection got as far as a server that is open for business, so that starting one is no help."""
    # libpq gives no SQLSTATE for a refused connection. Our servers speak one language: lc_messages is C.
    tekst = str(fout)
    return "FATAL:" in tekst and not any(begin in tekst for begin in GAAT_OPEN_OF_DICHT)


def _start(datamap: Path, einde: float, wacht: float) -> bool:
    server: subprocess.Popen[bytes] | None = None
    vanaf = cluster.logeinde(datamap)
    while (toestand := _peil(datamap)) is Toestand.ZWIJGT:
        _reap()
        dood = server is not None and server.poll() is not None
        melding = cluster.laatste_logregel(datamap, vanaf, server.pid) if server is not None else ""
        if dood and not any(tekst in melding for tekst in GAAT_VOORBIJ):
            raise Databasefout(
                f"De database in {datamap} start niet: {melding or 'zonder melding'}; zie {datamap}.log."
            )
        if time.monotonic() > einde:
            raise _te_laat(datamap, wacht, melding)
        if (server is None or dood) and cluster.postmaster(datamap) is None:
            vanaf = cluster.logeinde(datamap)
            server = cluster.start_server(datamap, einde)
            _gestart.append(server)
        time.sleep(cluster.PAUZE if not dood else 10 * cluster.PAUZE)
    if toestand is Toestand.NIET_INGERICHT:
        _richt_in(datamap)
    return server is not None


def _peil(datamap: Path) -> Toestand:
    controleer_socketmap(datamap)
    try:
        with _verbind(datamap) as verbinding:
            namen = {"database": DATABASE, "eigenaar": ROL_EIGENAAR, "site": ROL_SITE}
            rij = verbinding.execute(INGERICHT, namen).fetchone()
    except psycopg.OperationalError as fout:
        if server_antwoordde(fout):
            raise Databasefout(
                f"De database in {datamap} draait maar weigert een verbinding: {_regel(fout)}; "
                f"stop hem met python -m veiligheid.database.launcher stop en probeer het opnieuw."
            ) from fout
        return Toestand.ZWIJGT
    if not (datamap / "postmaster.pid").exists():
        # Only possible where the socket lies outside the data folder.
        raise Databasefout(
            f"Er antwoordt nog een server waarvan de map {datamap} is weggehaald; "
            f"hij stopt binnen een minuut vanzelf, probeer het daarna opnieuw."
        )
    return Toestand.INGERICHT if rij == (1,) else Toestand.NIET_INGERICHT


def _verbind(datamap: Path) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(
        host=str(socketmap(datamap)),
        port=cluster.POORT,
        user=ROL_BEHEER,
        dbname="postgres",
        connect_timeout=2,
        autocommit=True,
    )


def _richt_in(datamap: Path) -> None:
    """Make what is missing of the roles, the database and its rights; a start that was killed half-way is finished."""
    database, eigenaar, site = (sql.Identifier(naam) for naam in (DATABASE, ROL_EIGENAAR, ROL_SITE))
    with _verbind(datamap) as verbinding:
        rollen = {naam for (naam,) in verbinding.execute("SELECT rolname FROM pg_roles")}
        for rol in {ROL_EIGENAAR, ROL_SITE} - rollen:
            maak_rol = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
            verbinding.execute(maak_rol.format(sql.Identifier(rol)))
        databases = {naam for (naam,) in verbinding.execute("SELECT datname FROM pg_database")}
        if DATABASE not in databases:
            verbinding.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, eigenaar))
        verbinding.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        verbinding.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, site))


def _stop(datamap: Path, einde: float) -> None:
    pid = cluster.postmaster(datamap)
    if pid is None:
        return
    cluster.vraag_te_stoppen(pid)
    while cluster.is_server_van(pid, datamap):
        if time.monotonic() > einde:
            raise Databasefout(
                f"De database in {datamap} stopt niet binnen {WACHT_OP_STOP:.0f} seconden; zie {datamap}.log."
            )
        time.sleep(cluster.PAUZE)
    _reap()


def _komt_vrij(datamap: Path) -> bool:
    # A client that has just closed its connection is still counted until its backend has gone.
    einde = time.monotonic() + WACHT_OP_VERTREK
    while anderen := _aantal_anderen(datamap):
        if time.monotonic() > einde:
            return False
        time.sleep(cluster.PAUZE)
    return anderen is not None


def _aantal_anderen(datamap: Path) -> int | None:
    """Return how many clients other than ourselves are connected, or None when no server answers."""
    controleer_socketmap(datamap)
    vraag = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    try:
        with _verbind(datamap) as verbinding:
            rij = verbinding.execute(vraag).fetchone()
    except psycopg.OperationalError:
        return None
    return int(rij[0]) if rij else None


def _reap() -> None:
    _gestart[:] = [proces for proces in _gestart if proces.poll() is None]


def _te_laat(datamap: Path, wacht: float, melding: str) -> Databasefout:
    reden = melding or "er kwam geen melding"
    if cluster.postmaster(datamap) is not None:
        reden = "PostgreSQL draait daar wel, maar herstelt nog of luistert in een andere map; probeer het zo opnieuw"
    return Databasefout(
        f"De database in {datamap} antwoordt niet binnen {wacht:.0f} seconden: {reden}; zie {datamap}.log."
    )


def _onbereikbaar(datamap: Path, fout: OSError) -> Databasefout:
    return Databasefout(
        f"De database in {datamap} is niet te bereiken ({fout.filename or datamap}: {fout.strerror}); "
        f"kies een map waarin deze gebruiker mag schrijven, of zet DATABASE_URL op een eigen PostgreSQL."
    )


def _regel(fout: psycopg.Error) -> str:
    return str(fout).strip().splitlines()[-1].strip()


def _status(datamap: Path) -> bool:
    return _peil(datamap.resolve()) is not Toestand.ZWIJGT


def main(argumenten: list[str] | None = None) -> int:
    """Do what is asked on the command line; returns 0, or 1 when it failed or when `status` finds no server."""
    lezer = argparse.ArgumentParser(prog="python -m veiligheid.database.launcher", description=__doc__)
    lezer.add_argument("opdracht", choices=["start", "stop", "status"])
    lezer.add_argument("datamap", type=Path)
    keuze = lezer.parse_args(argumenten)
    try:
        if keuze.opdracht == "start":
            zin = "is gestart" if zorg_voor(keuze.datamap) else "draaide al"
        elif keuze.opdracht == "stop":
            stop(keuze.datamap)
            zin = "is gestopt"
        else:
            zin = "draait" if _status(keuze.datamap) else "draait niet"
    except Databasefout as fout:
        sys.stderr.write(f"{fout}\n")
        return 1
    sys.stdout.write(f"De database in {keuze.datamap} {zin}.\n")
    return 1 if zin == "draait niet" else 0


if __name__ == "__main__":
    sys.exit(main())
