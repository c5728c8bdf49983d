"""`make bench`: make a database of its own, fill it, measure, print, and remove it again."""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path

import django
import psycopg
from django.db import connections

from bench.database import Adressen, Onmogelijk, eigen_database
from bench.verhouding import nl
from veiligheid.database.cluster import Databasefout


def main() -> int:
    """Run every measurement against a fresh database. Returns 0, or 1 when there was nothing to measure with."""
    begin = time.monotonic()
    try:
        with eigen_database() as adressen:
            os.environ["DJANGO_SETTINGS_MODULE"] = "veiligheid.settings"
            django.setup()
            # Only now are there settings to import models with.
            from bench import csv_uitvoer, geheugen, historie, invoer, pagina, vulling, werkmap, zoeken  # noqa: PLC0415

            print(_machine(adressen))
            try:
                documenten = vulling.vul(adressen)
                pagina.meet()
                csv_uitvoer.meet(adressen, documenten.groot)
                werkmap.meet(documenten.klein, documenten.groot)
                historie.meet(adressen, documenten.concept)
                invoer.meet(documenten.klein, vulling.redacteur())
                zoeken.meet(adressen)
                # Late: it makes a million events, which the others need not wade through.
                historie.meet_controle(adressen, documenten.concept)
                # Last: no municipality has a million amounts, and the goals of the others were set without them.
                miljoen = vulling.publiceer_miljoen(adressen)
                csv_uitvoer.meet_miljoen(adressen, miljoen)
                geheugen.meet(csv_uitvoer.adres_van(documenten.klein), csv_uitvoer.adres_van(miljoen))
            finally:
                connections.close_all()
    except (Onmogelijk, Databasefout) as fout:
        print(fout, file=sys.stderr)
        return 1
    print(f"\nKlaar in {nl(time.monotonic() - begin, 0)} s; belasting aan het eind {nl(os.getloadavg()[0])}.")
    return 0


def _machine(adressen: Adressen) -> str:
    """Return on what this runs: processor, memory, load, versions."""
    with psycopg.connect(adressen.site) as verbinding:
        rij = verbinding.execute("SHOW server_version").fetchone()
    processor = _regel(Path("/proc/cpuinfo"), "model name") or platform.machine()
    geheugen = _regel(Path("/proc/meminfo"), "MemTotal").removesuffix(" kB")
    werkgeheugen = f", {nl(int(geheugen) / 2**20, 0)} GiB" if geheugen else ""
    belasting = " / ".join(nl(waarde) for waarde in os.getloadavg())
    return (
        f"{os.cpu_count()} × {processor}{werkgeheugen}, {platform.system()} {platform.release()}; "
        f"belasting {belasting}\n"
        f"Python {platform.python_version()}, Django {django.__version__}, psycopg {psycopg.__version__}, "
        f"PostgreSQL {rij[0] if rij else '?'}"
    )


def _regel(bestand: Path, naam: str) -> str:
    """Return what stands behind `naam` in a file of "name : value" lines, or "" without that."""
    try:
        regels = bestand.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((regel.partition(":")[2].strip() for regel in regels if regel.startswith(naam)), "")


if __name__ == "__main__":
    sys.exit(main())
