"""Choosing a program of PostgreSQL, and telling it where the database is."""

from __future__ import annotations

from pathlib import Path

import pytest

from veiligheid.database import hulpprogramma
from veiligheid.database.hulpprogramma import Programmafout, kies, laatste_regel, verbinding


@pytest.fixture
def bin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the PATH, and no other place to find a program."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(hulpprogramma, "PLAATSEN", (tmp_path / "pg",))
    monkeypatch.setattr(hulpprogramma, "_eigen", lambda naam: None)
    return tmp_path


def maak_programma(pad: Path, zegt: str) -> None:
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(f"#!/bin/sh\necho '{zegt}'\n")
    pad.chmod(0o755)


def test_oudste_die_past(bin: Path) -> None:
    maak_programma(bin / "pg_dump", "pg_dump (PostgreSQL) 18.4")
    maak_programma(bin / "pg" / "15" / "bin" / "pg_dump", "pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)")
    maak_programma(bin / "pg" / "pgsql-16" / "bin" / "pg_dump", "pg_dump (PostgreSQL) 16.1")
    for minstens, verwacht in {14: 15, 15: 15, 16: 16, 17: 18, 18: 18}.items():
        assert kies("pg_dump", minstens, ingebed=False).hoofdversie == verwacht
    with pytest.raises(Programmafout, match=r"PostgreSQL 19 of nieuwer is nodig; gevonden is versie 18, 15, 16\."):
        kies("pg_dump", 19, ingebed=False)


def test_ontbreekt(bin: Path) -> None:
    with pytest.raises(Programmafout, match=r"niet gevonden\. Installeer .*postgresql-client-18"):
        kies("pg_dump", 18, ingebed=False)
    # What is no program of PostgreSQL does not count.
    maak_programma(bin / "pg_dump", "hallo")
    with pytest.raises(Programmafout, match="niet gevonden"):
        kies("pg_dump", 15, ingebed=False)


def test_ingebed_neemt_zijn_eigen() -> None:
    assert kies("pg_restore", 15, ingebed=True).hoofdversie == 18


def test_wachtwoord_niet_op_de_opdrachtregel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=1")
    waarden = {
        "host": "db.example.org", "port": 5433, "user": "de eigenaar", "password": "geheim'", "dbname": "x",
        "sslmode": "verify-full", "options": "-c lock_timeout=5s", "cursor_factory": object, "prepare_threshold": None,
    }  # fmt: skip
    naar = verbinding(waarden)
    assert naar.adres == "host=db.example.org port=5433 user='de eigenaar' dbname=x sslmode=verify-full"
    assert naar.omgeving["PGPASSWORD"] == "geheim'" and "PGOPTIONS" not in naar.omgeving


def test_laatste_regel() -> None:
    assert laatste_regel(b"") == "zonder melding"
    assert laatste_regel(b"a\npg_dump: error: boem\nDETAIL: b\n") == "pg_dump: error: boem"
    assert laatste_regel(b"a\nb\n") == "b"
