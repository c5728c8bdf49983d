"""Places where a database can be: an embedded cluster, or a PostgreSQL of the machine, each with manage.py."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from veiligheid.database import launcher

TIJD = 600.0  # seconds for one command on a busy machine
POSTGRESQL_15 = Path("/usr/lib/postgresql/15/bin")


@dataclass(frozen=True, slots=True)
class Plek:
    """A site without a web server: its VAR, and its database in `omgeving` when that is not the embedded one."""

    var: Path
    omgeving: Mapping[str, str] = field(default_factory=dict)

    def doe(self, *opdracht: str) -> subprocess.CompletedProcess[str]:
        """Run a manage.py command."""
        schoon = {n: w for n, w in os.environ.items() if not n.startswith(("DATABASE_", "PYTEST_", "PG"))}
        return subprocess.run(
            [sys.executable, "manage.py", *opdracht],
            cwd=settings.BASE_DIR,
            env={**schoon, "DEMO": "1", "VAR": str(self.var), **self.omgeving},
            capture_output=True,
            text=True,
            check=False,
            timeout=TIJD,
        )

    def manage(self, *opdracht: str) -> str:
        """Run a manage.py command that must succeed, and return what it printed."""
        gedaan = self.doe(*opdracht)
        assert gedaan.returncode == 0, gedaan.stdout + gedaan.stderr
        return gedaan.stdout

    def kopie(self, verzameling: Path) -> tuple[Path, dict[str, Any]]:
        """Make a backup; return its folder and its manifest."""
        eerder = set(verzameling.iterdir()) if verzameling.exists() else set()
        self.manage("backup", str(verzameling))
        (map,) = set(verzameling.iterdir()) - eerder
        return map, json.loads((map / "manifest.json").read_bytes())


@contextlib.contextmanager
def ingebed(var: Path) -> Iterator[Plek]:
    """A place with an embedded cluster, which is stopped afterwards."""
    try:
        yield Plek(var)
    finally:
        launcher.stop(var / "postgres")
        sockets = launcher.socketmap(var / "postgres")
        if sockets != (var / "postgres").resolve():
            shutil.rmtree(sockets, ignore_errors=True)


@contextlib.contextmanager
def van_de_machine(var: Path, bin: Path, locale: str) -> Iterator[Plek]:
    """A place with a new cluster of the machine's PostgreSQL, with the roles and the database of the manual."""
    map = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    wie: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(map, account.pw_uid, account.pw_gid)
        wie = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def voer_uit(naam: str, *opties: str) -> None:
        gedaan = subprocess.run(
            [str(bin / naam), *opties], check=False, capture_output=True, text=True, cwd=map, timeout=TIJD, **wie
        )
        assert gedaan.returncode == 0, gedaan.stdout + gedaan.stderr

    voer_uit("initdb", f"--pgdata={map / 'data'}", f"--locale={locale}", "--encoding=UTF8", "--auth=trust",
             "--username=postgres", "--no-sync")  # fmt: skip
    server = f"-c listen_addresses='' -c unix_socket_directories={map} -c fsync=off -p 5432"
    voer_uit("pg_ctl", f"--pgdata={map / 'data'}", "--wait", f"--log={map / 'log'}", f"--options={server}", "start")
    try:
        for opdracht in (
            "CREATE ROLE veiligheid_eigenaar LOGIN",
            "CREATE ROLE veiligheid_site LOGIN",
            "CREATE DATABASE veiligheid OWNER veiligheid_eigenaar",
        ):
            voer_uit("psql", f"--host={map}", "--username=postgres", f"--command={opdracht}")
        adres = f"@/veiligheid?host={map}"
        yield Plek(
            var,
            {
                "DATABASE_URL": f"postgres://veiligheid_site{adres}",
                "DATABASE_EIGENAAR_URL": f"postgres://veiligheid_eigenaar{adres}",
            },
        )
    finally:
        voer_uit("pg_ctl", f"--pgdata={map / 'data'}", "--mode=immediate", "stop")
        shutil.rmtree(map)
