"""A whole site of its own: an embedded cluster, the demonstration, and gunicorn; made to be killed and to come back."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from tests.duurproef.klant import Klant
from veiligheid.database import cluster, launcher

GUNICORN = ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "2", "veiligheid.wsgi:application"]
HERSTELTIJD = 120.0  # seconds in which everything must be up again on a busy machine


@dataclass(slots=True)
class Proeftuin:
    """The site in `var`. `open` is set while it serves: clients that got no answer wait for it."""

    var: Path
    poort: int
    open: threading.Event = field(default_factory=threading.Event)
    _server: subprocess.Popen[bytes] | None = None

    @property
    def adres(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.poort}"

    @property
    def datamap(self) -> Path:
        """The folder of the cluster."""
        return self.var / "postgres"

    def _omgeving(self) -> dict[str, str]:
        geleend = {
            naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("DATABASE_", "PYTEST_", "PG"))
        }
        return {**geleend, "DEMO": "1", "VAR": str(self.var)}

    def manage(self, *opdracht: str) -> str:
        """Run a manage.py command and return what it printed; it must succeed."""
        uitkomst = subprocess.run(
            [sys.executable, "manage.py", *opdracht],
            cwd=settings.BASE_DIR,
            env=self._omgeving(),
            capture_output=True,
            text=True,
            check=False,
            timeout=HERSTELTIJD,
        )
        assert uitkomst.returncode == 0, uitkomst.stdout + uitkomst.stderr
        return uitkomst.stdout

    def start(self, *opdracht: str) -> None:
        """Start the web server (or another command that serves), and wait until it serves from its database."""
        with (self.var / "site.log").open("ab") as log:
            self._server = subprocess.Popen(
                [sys.executable, *(opdracht or (*GUNICORN, "--bind", f"127.0.0.1:{self.poort}"))],
                cwd=settings.BASE_DIR,
                env=self._omgeving(),
                stdout=log,
                stderr=log,
            )
        self.wacht_tot_gereed()

    def wacht_tot_gereed(self) -> None:
        """Ask until the site answers that all is in order; then clients may go on."""
        assert self._server is not None
        for _ in range(int(HERSTELTIJD / 0.1)):
            try:
                with urllib.request.urlopen(f"{self.adres}/gezond/gereed", timeout=HERSTELTIJD):
                    self.open.set()
                    return
            except OSError:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._server.wait(0.1)
                    raise AssertionError(f"the server stopped: {self.logboek()}") from None
        raise AssertionError(f"the site did not come back: {self.logboek()}")

    def logboek(self) -> str:
        """Return the end of the log of the web server."""
        return (self.var / "site.log").read_text(errors="replace")[-4000:]

    def schiet_site(self) -> None:
        """Kill the web server and its workers, all at once."""
        self.open.clear()
        assert self._server is not None
        for pid in [self._server.pid, *_nazaten(self._server.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._server.wait()

    def schiet_database(self) -> None:
        """Kill the postmaster and all its processes; the postmaster first, so that it can react to none of it."""
        self.open.clear()
        eerst = cluster.postmaster(self.datamap)
        for pid in sorted(self.databaseprocessen(), key=lambda pid: pid != eerst):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def databaseprocessen(self) -> set[int]:
        """Return the processes of the cluster."""
        return {
            int(naam)
            for naam in os.listdir("/proc")
            if naam.isdigit() and cluster.is_server_van(int(naam), self.datamap)
        }

    def klant(self, rol: str = "redacteur") -> Klant:
        """Return somebody with this role of the demonstration, logged in."""
        klant = Klant(self.adres, self.wacht_op_open)
        klant.meld_aan(rol, json.loads((self.var / "demo-accounts.json").read_text())[rol])
        return klant

    def wacht_op_open(self) -> None:
        """Wait until the site serves again."""
        assert self.open.wait(2 * HERSTELTIJD), "the site did not come back"

    def vraag(self, sql: str, *waarden: object) -> list[tuple[Any, ...]]:
        """Return the rows of a question to the database itself."""
        with psycopg.connect(
            host=str(launcher.socketmap(self.datamap)), port=cluster.POORT, user="postgres", dbname=launcher.DATABASE
        ) as verbinding:
            return verbinding.execute(sql, waarden or None).fetchall()


def _nazaten(pid: int) -> list[int]:
    """Return the children of a process and theirs; a postmaster that a worker started is none of them."""
    kinderen: list[int] = []
    with contextlib.suppress(OSError):
        for deel in Path(f"/proc/{pid}/task").iterdir():
            kinderen += [int(kind) for kind in (deel / "children").read_text().split()]
    kinderen = [kind for kind in kinderen if not _is_postgres(kind)]
    return kinderen + [klein for kind in kinderen for klein in _nazaten(kind)]


def _is_postgres(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    return False


def vrije_poort() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        poort: int = proef.getsockname()[1]
    return poort


@contextlib.contextmanager
def proeftuin(var: Path) -> Iterator[Proeftuin]:
    """Make a site in `var`, serve it, and leave no process behind."""
    tuin = Proeftuin(var, vrije_poort())
    try:
        tuin.manage("demo", "--alleen-laden")
        tuin.start()
        yield tuin
    finally:
        if tuin._server is not None:
            tuin.schiet_site()
        tuin.schiet_database()
        if (sockets := launcher.socketmap(tuin.datamap)) != tuin.datamap:
            shutil.rmtree(sockets, ignore_errors=True)
