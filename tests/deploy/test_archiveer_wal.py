"""The archive for WAL: never over another file, never half under its name, 0 only when it holds exactly this file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

NAAM = "000000010000000000000001"


@pytest.fixture
def archief(tmp_path: Path) -> Path:
    (tmp_path / "wal").mkdir()
    (tmp_path / "bron").write_bytes(b"een" * 1000)
    return tmp_path / "wal"


def archiveer(archief: Path, **omgeving: str) -> int:
    opdracht = [str(settings.BASE_DIR / "deploy" / "archiveer-wal"), str(archief), str(archief.parent / "bron"), NAAM]
    return subprocess.run(opdracht, check=False, capture_output=True, env={**os.environ, **omgeving}).returncode


def test_bewaard_en_nog_eens_aangeboden(archief: Path) -> None:
    for _ in range(2):
        assert archiveer(archief) == 0
        assert [pad.name for pad in archief.iterdir()] == [NAAM]
        assert (archief / NAAM).read_bytes() == b"een" * 1000


def test_nooit_over_een_ander_heen(archief: Path) -> None:
    (archief / NAAM).write_bytes(b"ander")
    assert archiveer(archief) != 0
    assert [(pad.name, pad.read_bytes()) for pad in archief.iterdir()] == [(NAAM, b"ander")]


@pytest.mark.parametrize("stuk", ["cp", "sync", "ln"])
def test_wat_mislukt_laat_niets_achter(archief: Path, stuk: str) -> None:
    """A full disk, for instance: PostgreSQL must hear it, and must be able to offer the file again."""
    bin = archief.parent / "bin"
    bin.mkdir()
    (bin / stuk).write_text("#!/bin/sh\nexit 1\n")
    (bin / stuk).chmod(0o755)
    assert archiveer(archief, PATH=f"{bin}:{os.environ['PATH']}") != 0
    assert list(archief.iterdir()) == []
    assert archiveer(archief) == 0


def test_eenheden_noemen_opdrachten_die_er_zijn() -> None:
    """Each timer has its service, and each service runs a command that exists."""
    deploy = settings.BASE_DIR / "deploy"
    for timer in deploy.glob("*.timer"):
        regels = timer.with_suffix(".service").read_text().splitlines()
        (opdracht,) = [regel.split()[2] for regel in regels if regel.startswith("ExecStart=")]
        assert (settings.BASE_DIR / "programma" / "management" / "commands" / f"{opdracht}.py").exists()
    assert len(list(deploy.glob("*.timer"))) == 2
