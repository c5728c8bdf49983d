"""A dump, put back in an empty database, is verified green there; and its chain goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from programma import historie
from programma.verificatie import controleer_historie
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd
from veiligheid.database.cluster import vind_programma

KOPIE = "veiligheid_teruggezet"


def draai(naam: str, *opties: str) -> None:
    """Run a program of PostgreSQL against the server of the tests, as who made the test database."""
    ingebouwd = connection.settings_dict["ENGINE"] == "veiligheid.database"
    programma = str(vind_programma(naam)) if ingebouwd else shutil.which(naam)
    assert programma, f"{naam} ontbreekt"
    waarden = connection.get_connection_params()
    namen = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    omgeving = os.environ | {naam: str(waarden[sleutel]) for sleutel, naam in namen.items() if waarden.get(sleutel)}
    subprocess.run([programma, *opties], env=omgeving, check=True, capture_output=True)


@contextmanager
def in_database(naam: str) -> Iterator[None]:
    """Let Django work in another database of the same server."""
    instelling = connection.settings_dict
    eigen = instelling["NAME"]
    connection.close()
    instelling["NAME"] = naam
    try:
        yield
    finally:
        connection.close()
        instelling["NAME"] = eigen


def test_teruggezet(vaste_rollen: Rollen, tmp_path: Path) -> None:
    maak_gepubliceerd(vaste_rollen)
    kop, bestand = historie.kop(), str(tmp_path / "kopie.dump")
    draai("pg_dump", "--format=custom", f"--file={bestand}", connection.settings_dict["NAME"])
    draai("createdb", KOPIE)
    try:
        draai("pg_restore", "--exit-on-error", f"--dbname={KOPIE}", bestand)
        with in_database(KOPIE):
            # Putting back is no event.
            assert historie.kop() == kop
            assert controleer_historie(kop).afwijkingen == ()

            maak_concept(vaste_rollen, document=maak_document(jaar=2030))
            assert historie.kop() != kop
            assert controleer_historie(kop).afwijkingen == ()
    finally:
        draai("dropdb", "--force", KOPIE)
