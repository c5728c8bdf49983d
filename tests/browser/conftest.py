"""A running site for browser tests: the demonstration itself, served by gunicorn, in a database of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Playwright, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import om_beurten

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Each test process has a site of its own.
ALLEEN = "alleen"
NAAM = f"veiligheid_browsertest_{os.environ.get('PYTEST_XDIST_WORKER', ALLEEN)}"
SJABLOON = "veiligheid_browsertest_sjabloon"
PROGRAMMA = "/programmabegroting-2025/programma/programma-1-veiligheid/"
ZONDER_CONCEPTEN = """
from programma.models import Document, Versie
Versie.objects.filter(status__in=["concept", "ingediend"]).delete()
Document.objects.filter(versies=None).delete()
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: its address, and the environment in which its commands run."""

    adres: str
    omgeving: dict[str, str]

    def manage(self, *opdracht: str, invoer: str = "") -> str:
        """Run a manage.py command against the site's database and return what it printed."""
        uitkomst = subprocess.run(
            [sys.executable, "manage.py", *opdracht],
            cwd=settings.BASE_DIR,
            env=self.omgeving,
            input=invoer,
            capture_output=True,
            text=True,
            check=True,
        )
        return uitkomst.stdout


def _database_url(naam: str, rol: str = "") -> str:
    """Return the address of a site's database, connecting as the maker of the tests, or in another role."""
    instelling = connection.settings_dict
    opties = [f"host={quote(instelling['HOST'], safe='')}"] if instelling["HOST"] else []
    if rol:
        opties.append(f"options={quote(f'-c role={rol}')}")
    wie = quote(instelling["USER"]) + (f":{quote(instelling['PASSWORD'])}" if instelling["PASSWORD"] else "")
    poort = f":{instelling['PORT']}" if instelling["PORT"] else ""
    return f"postgresql://{wie}@{poort}/{naam}?{'&'.join(opties)}"


def _in_hoofddatabase(opdracht: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(opdracht)


def _vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        poort: int = proef.getsockname()[1]
    return poort


def _wacht_tot_gereed(adres: str, server: subprocess.Popen[bytes]) -> None:
    """Ask until the site answers; the wait between two questions ends at once when the server stops."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{adres}/gezond/levend", timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(0.1)
                raise AssertionError("the server stopped") from None
    raise AssertionError("the site did not answer")


def _site(naam: str, var: Path) -> Site:
    """A site with this database and this folder, at a free port, that does not run yet."""
    omgeving = {
        **os.environ,
        "DEMO": "1",
        "VAR": str(var),
        "DATABASE_ALS": "site",
        "DATABASE_URL": _database_url(naam, "veiligheid_site"),
        "DATABASE_EIGENAAR_URL": _database_url(naam),
    }
    return Site(f"http://127.0.0.1:{_vrije_poort()}", omgeving)


@pytest.fixture(scope="session")
def sjabloon(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The folder of the demonstration, loaded and published by its own command; its database is SJABLOON.

    Made once for all test processes: a database is copied in a moment. Who ends last removes it.
    """
    basis = tmp_path_factory.getbasetemp()
    var = (basis.parent if ALLEEN not in NAAM else basis) / "sjabloon"
    with om_beurten():
        var.mkdir(exist_ok=True)
        if not (var / "klaar").exists():
            with django_db_blocker.unblock():
                _in_hoofddatabase(f"DROP DATABASE IF EXISTS {SJABLOON} WITH (FORCE)")
                _in_hoofddatabase(f"CREATE DATABASE {SJABLOON}")
            sjabloonsite = _site(SJABLOON, var)
            sjabloonsite.manage("demo", "--alleen-laden")
            # The demonstration leaves a concept open; the people of these tests begin without.
            sjabloonsite.manage("shell", "--no-imports", "--command", ZONDER_CONCEPTEN)
            (var / "klaar").touch()
        (var / f"in-gebruik-{NAAM}").touch()
    yield var
    with om_beurten():
        (var / f"in-gebruik-{NAAM}").unlink()
        if not list(var.glob("in-gebruik-*")):
            (var / "klaar").unlink()
            with django_db_blocker.unblock():
                _in_hoofddatabase(f"DROP DATABASE IF EXISTS {SJABLOON} WITH (FORCE)")


@contextlib.contextmanager
def _draaiend(
    naam: str, sjabloon: Path, var: Path, blocker: DjangoDbBlocker, meer: Mapping[str, str] | None = None
) -> Iterator[Site]:
    """The demonstration, served as `make demo` does; `meer` are settings of its own."""
    with blocker.unblock(), om_beurten():
        _in_hoofddatabase(f"DROP DATABASE IF EXISTS {naam} WITH (FORCE)")
        _in_hoofddatabase(f"CREATE DATABASE {naam} TEMPLATE {SJABLOON}")
    shutil.copytree(sjabloon, var, dirs_exist_ok=True)
    site = _site(naam, var)
    omgeving = site.omgeving | dict(meer or {})
    opdracht = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "1"]
    with (var / "site.log").open("wb") as log:
        server = subprocess.Popen(
            [*opdracht, "--bind", site.adres.removeprefix("http://"), "veiligheid.wsgi:application"],
            cwd=settings.BASE_DIR,
            env=omgeving,
            stdout=log,
            stderr=log,
        )
    try:
        _wacht_tot_gereed(site.adres, server)
        yield site
    finally:
        server.terminate()
        server.wait(20)
        with blocker.unblock():
            _in_hoofddatabase(f"DROP DATABASE IF EXISTS {naam} WITH (FORCE)")


@pytest.fixture(scope="session")
def site(
    sjabloon: Path, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The site that all browser tests share: what is published in it stays as the demonstration has it."""
    with _draaiend(NAAM, sjabloon, tmp_path_factory.mktemp("site"), django_db_blocker) as site:
        yield site


@pytest.fixture(scope="module")
def zonder_concepten(site: Site) -> Iterator[None]:
    """The shared site without anybody's work in progress, before this module and after it.

    A document has one concept at most, so what one module leaves would stand in the way of the next.
    """
    site.manage("shell", "--no-imports", "--command", ZONDER_CONCEPTEN)
    yield
    site.manage("shell", "--no-imports", "--command", ZONDER_CONCEPTEN)


@pytest.fixture(scope="module")
def eigen_site(
    sjabloon: Path, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site for this module alone, for who publishes: what is published cannot be taken back for other tests.

    Ask for it before a browser: the event loop of a browser keeps Django from the database.
    """
    with _draaiend(f"{NAAM}_eigen", sjabloon, tmp_path_factory.mktemp("site"), django_db_blocker) as site:
        yield site


@pytest.fixture(scope="module")
def thema_site(
    sjabloon: Path, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The same site as another municipality would have it: its own colours and logo. Ask for it before a browser."""
    thema = settings.BASE_DIR / "fixtures" / "thema"
    meer = {"THEMA": str(thema / "groen.css"), "GEMEENTE_LOGO": str(thema / "groen.svg")}
    var = tmp_path_factory.mktemp("site")
    with _draaiend(f"{NAAM}_thema", sjabloon, var, django_db_blocker, meer) as site:
        yield site


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, driving the Chromium of this machine.

    It ends with the module: as long as it runs there is an event loop in this thread, and Django would give the
    database tests after it a connection that nobody closes.
    """
    if CHROMIUM is None:
        pytest.skip("browser: Chromium is niet geinstalleerd op deze machine")
    with sync_playwright() as speler:
        yield speler


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium."""
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    )
    yield browser
    browser.close()
