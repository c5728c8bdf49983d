"""The client programs of PostgreSQL (pg_dump, pg_restore, psql): which one fits a server, and how it connects.

A program must be at least as new as what it reads: an older pg_dump refuses a newer server, and an older pg_restore
cannot read a newer dump. Of those that fit, the oldest is taken: it speaks most like the server.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import pq
from psycopg.conninfo import make_conninfo

from veiligheid.database.cluster import Databasefout, vind_programma

# Where packages of Debian and Red Hat put each major version; what stands on the PATH may be a wrapper that guesses.
PLAATSEN = (Path("/usr/lib/postgresql"), Path("/usr"))
VERSIE = re.compile(r"\(PostgreSQL\) (\d+)")


class Programmafout(Exception):
    """A program of PostgreSQL is missing, too old, or failed; the text is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Programma:
    """A program: where it is, and its major version."""

    pad: Path
    hoofdversie: int


@dataclass(frozen=True, slots=True)
class Verbinding:
    """How a program reaches the database: a connection string without a password, and its environment."""

    adres: str
    omgeving: Mapping[str, str]


def kies(naam: str, minstens: int, *, ingebed: bool) -> Programma:
    """Return the oldest program `naam` of at least major version `minstens`.

    With the embedded server it is the server's own. Raises Programmafout when none will do.
    """
    gevonden = [_eigen(naam)] if ingebed else list(_kandidaten(naam))
    passend = [programma for programma in gevonden if programma is not None and programma.hoofdversie >= minstens]
    if passend:
        return min(passend, key=lambda programma: programma.hoofdversie)
    bekend = ", ".join(str(programma.hoofdversie) for programma in gevonden if programma is not None)
    raise Programmafout(
        f"{naam} van PostgreSQL {minstens} of nieuwer is nodig"
        + (f"; gevonden is versie {bekend}." if bekend else " en is niet gevonden.")
        + f" Installeer de programma's van PostgreSQL {minstens} (op Debian: postgresql-client-{minstens})."
    )


def verbinding(waarden: Mapping[str, Any]) -> Verbinding:
    """Return how a program reaches what psycopg reaches with `waarden`. The password is not on its command line."""
    bekend = {optie.keyword.decode() for optie in pq.Conninfo.get_defaults()} - {"password", "options"}
    delen = {naam: waarde for naam, waarde in waarden.items() if naam in bekend and waarde not in (None, "")}
    # The limits of the site (`options`, PGOPTIONS) are for pages. Messages must be in one language.
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam != "PGOPTIONS"} | {"LC_ALL": "C"}
    if waarden.get("password"):
        omgeving["PGPASSWORD"] = str(waarden["password"])
    return Verbinding(make_conninfo(**delen), omgeving)


def laatste_regel(uitvoer: bytes) -> str:
    """Return what a program complained about: its first line that says error, else its last."""
    regels = [regel.strip() for regel in uitvoer.decode(errors="replace").splitlines() if regel.strip()]
    ernstig = [regel for regel in regels if re.search(r"\b(error|fatal)\b", regel, re.IGNORECASE)]
    return (ernstig[:1] or regels[-1:] or ["zonder melding"])[0]


def _kandidaten(naam: str) -> Iterator[Programma | None]:
    if op_pad := shutil.which(naam):
        yield _programma(Path(op_pad))
    for plaats in PLAATSEN:
        for pad in sorted((*plaats.glob(f"[0-9]*/bin/{naam}"), *plaats.glob(f"pgsql-[0-9]*/bin/{naam}"))):
            yield _programma(pad)
    yield _eigen(naam)


def _eigen(naam: str) -> Programma | None:
    with suppress(Databasefout):
        return _programma(vind_programma(naam))
    return None


def _programma(pad: Path) -> Programma | None:
    """Return a program with its version; None when it does not run or says no version."""
    try:
        uitvoer = subprocess.run([str(pad), "--version"], capture_output=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    versie = VERSIE.search(uitvoer.decode(errors="replace"))
    return Programma(pad, int(versie[1])) if versie else None
