"""Making a backup: the dump and everything that proves it, as the database was at one moment, whoever is writing."""

from __future__ import annotations

import platform
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import Error, connection, transaction

from programma.reservekopie import doel, kopiemap
from programma.reservekopie.kopiemap import Kopie, Kopiefout
from programma.reservekopie.stand import Melder, Stand, lees_stand
from veiligheid import omgeving
from veiligheid.database import hulpprogramma

# Settings that say how a site works and looks. No passwords and no keys: who finds a backup must not get in with it.
INSTELLINGEN = (
    "GEMEENTE", "TOEGESTANE_HOSTS", "ACHTER_PROXY", "HTTPS_DOORSTUREN", "SITE_ADRES", "GEMEENTE_NAAM",
    "GEMEENTE_LOGO", "THEMA", "CONTACT_MAIL", "PRIVACY_ADRES", "DATA_LICENTIE", "TOEGANKELIJKHEID_STATUS",
    "TOEGANKELIJKHEID_REGISTER", "BEVEILIGING_CONTACT", "BEVEILIGING_BELEID", "BEVEILIGING_VERLOOPT", "MFA_VERPLICHT",
    "OIDC_SERVER", "OIDC_CLIENT_ID", "OIDC_NAAM", "OIDC_ACR", "WACHTWOORD_AANMELDEN", "DEMO",
)  # fmt: skip
INRICHTING = ("THEMA", "GEMEENTE_LOGO")
GEEN_DUMP = "pg_dump kon de database niet wegschrijven: "
# The transaction waits for pg_dump, and the limit for idle transactions is meant for pages.
MOMENT = """
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0
"""
SERVER = """
SELECT current_setting('server_version'), pg_encoding_to_char(encoding), datcollate, datctype
FROM pg_database WHERE datname = current_database()
"""


def maak(verzameling: Path, melden: Melder = lambda _: None) -> Kopie:
    """Make a backup of the whole database in a new folder of `verzameling` and return it.

    The dump, the exports and the head of the history are of one and the same moment. Raises Kopiefout or Programmafout;
    then there is no new backup, and nothing half.
    """
    try:
        return _maak(verzameling, melden)
    except Error as fout:
        raise Kopiefout(f"De reservekopie is niet gemaakt; de database gaf een fout: {fout}") from fout
    except OSError as fout:
        raise Kopiefout(
            f"De reservekopie kon niet worden geschreven ({fout.filename or verzameling}: {fout.strerror}). "
            "Is er genoeg ruimte, en mag deze gebruiker daar schrijven?"
        ) from fout


def _maak(verzameling: Path, melden: Melder) -> Kopie:
    eigenaar = doel.eis_eigenaar()
    pg_dump = hulpprogramma.kies("pg_dump", doel.kenmerken().hoofdversie, ingebed=is_ingebed())
    with kopiemap.nieuwe(verzameling) as werkmap:
        dump = werkmap / kopiemap.DUMP
        kopiemap.schrijf(dump, b"")
        with _moment() as (moment, snapshot), _dump(pg_dump, dump, snapshot, melden):
            server, stand = _server(), lees_stand(melden)
        _controleer_dump(pg_dump.hoofdversie, dump)
        _bewaar_inrichting(werkmap)
        inhoud = {
            "gemaakt_met": {"release": settings.RELEASE, "pg_dump": pg_dump.hoofdversie},
            "gemeente": settings.GEMEENTE,
            "eigenaar": eigenaar,
            "rollen": rollen(stand),
            "server": server,
            "stand": stand.als_json(),
        }
        melden("de sha256 van elk bestand")
        return kopiemap.bevestig(werkmap, inhoud, moment)


def is_ingebed() -> bool:
    """Whether we work with the embedded server, which has programs of its own."""
    return bool(connection.settings_dict["ENGINE"] == "veiligheid.database")


def rollen(stand: Stand) -> list[str]:
    """Return the roles that have rights in a database: they must exist before it can be put back."""
    gevonden = {regel.removesuffix(" WITH GRANT OPTION").rsplit(" ", 2)[1] for regel in stand.rechten}
    return sorted(gevonden - {"PUBLIC"})


@contextmanager
def _moment() -> Iterator[tuple[datetime, str]]:
    """Open a transaction that sees one moment; yield that moment and the name by which pg_dump can see the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MOMENT)
        cursor.execute("SELECT now(), pg_export_snapshot()")
        moment, snapshot = cursor.fetchone()
        yield moment, snapshot


@contextmanager
def _dump(pg_dump: hulpprogramma.Programma, dump: Path, snapshot: str, melden: Melder) -> Iterator[None]:
    """Write the dump while the block runs; Kopiefout afterwards when it failed."""
    naar = hulpprogramma.verbinding(connection.get_connection_params())
    opdracht = [
        str(pg_dump.pad), "--format=custom", f"--snapshot={snapshot}", "--no-password", "--lock-wait-timeout=60s",
        "--encoding=UTF8", f"--file={dump}", f"--dbname={naar.adres}",
    ]  # fmt: skip
    melden(f"de database (pg_dump {pg_dump.hoofdversie})")
    with tempfile.TemporaryFile() as meldingen:
        proces = subprocess.Popen(
            opdracht, env=dict(naar.omgeving), stdin=subprocess.DEVNULL, stdout=meldingen, stderr=meldingen
        )
        try:
            yield
            code = proces.wait()
        finally:
            if proces.poll() is None:
                proces.kill()
                proces.wait()
        if code:
            meldingen.seek(0)
            raise Kopiefout(f"{GEEN_DUMP}{hulpprogramma.laatste_regel(meldingen.read())}")


def _controleer_dump(hoofdversie: int, dump: Path) -> None:
    """Raise Kopiefout when the table of contents of the dump cannot be read: on a full disk, for instance."""
    pg_restore = hulpprogramma.kies("pg_restore", hoofdversie, ingebed=is_ingebed())
    gedaan = subprocess.run([str(pg_restore.pad), "--list", str(dump)], capture_output=True, check=False)
    if gedaan.returncode:
        raise Kopiefout(f"{GEEN_DUMP}{hulpprogramma.laatste_regel(gedaan.stderr)}")


def _server() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(SERVER)
        versie, codering, volgorde, tekens = cursor.fetchone()
    hoofdversie = doel.kenmerken().hoofdversie
    return {
        "versie": versie, "hoofdversie": hoofdversie, "codering": codering, "collatie": volgorde, "ctype": tekens,
    }  # fmt: skip


def _bewaar_inrichting(werkmap: Path) -> None:
    """Keep the settings without secrets, and the files of the house style that they name."""
    instellingen: dict[str, Any] = {naam: omgeving.tekst(naam) for naam in INSTELLINGEN if omgeving.tekst(naam)}
    software = {"release": settings.RELEASE, "django": django.__version__, "python": platform.python_version()}
    inhoud = kopiemap.als_json({"instellingen": instellingen, "software": software})
    kopiemap.schrijf(werkmap / kopiemap.INSTELLINGEN, inhoud)
    for naam in INRICHTING:
        if naam in instellingen:
            bron = Path(instellingen[naam])
            kopiemap.schrijf(werkmap / kopiemap.INRICHTING / f"{naam.lower()}{bron.suffix}", bron.read_bytes())
