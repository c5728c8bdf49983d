"""`make bench`: make a database of its own, fill it, measure, print, and remove it again."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import django
import psycopg

from veiligheid.database import launcher

NAAM = "bench_veiligheid"
HIER = Path(__file__).resolve().parent.parent


def _server() -> str:
    """Return the address of a server on which a database can be made: DATABASE_URL, or the embedded one."""
    if gegeven := os.environ.get("DATABASE_URL"):
        return gegeven
    datamap = Path(os.environ.get("VAR", HIER / "var")) / "postgres"
    launcher.zorg_voor(datamap)
    return f"postgresql://{launcher.ROL_BEHEER}@/postgres?host={quote(str(launcher.socketmap(datamap)), safe='')}"


def _hoofd(server: str, *opdrachten: str) -> None:
    with psycopg.connect(server, autocommit=True) as verbinding:
        for opdracht in opdrachten:
            verbinding.execute(opdracht)


def main() -> None:
    """Run every measurement against a fresh database."""
    server = _server()
    _hoofd(server, f"DROP DATABASE IF EXISTS {NAAM} WITH (FORCE)", f"CREATE DATABASE {NAAM}")
    adres = urlunsplit(urlsplit(server)._replace(path=f"/{NAAM}"))
    os.environ |= {
        "DEMO": "1",
        "DATABASE_URL": adres,
        "DATABASE_ALS": "site",
        "DJANGO_SETTINGS_MODULE": "veiligheid.settings",
    }
    try:
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=HIER, check=True)
        django.setup()
        # Only now are there settings to import models with.
        from bench import csv_uitvoer, pagina  # noqa: PLC0415

        belasting = ", ".join(f"{waarde:.1f}" for waarde in os.getloadavg())
        print(
            f"Python {platform.python_version()}, Django {django.__version__}, {os.cpu_count()} cores, load {belasting}"
        )
        pagina.meet()
        csv_uitvoer.meet(adres)
    finally:
        _hoofd(server, f"DROP DATABASE IF EXISTS {NAAM} WITH (FORCE)")


if __name__ == "__main__":
    main()
