"""Reading one file that an editor brought: refuse early, guard, parse in a child process, and give back plain cells."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from veiligheid.bestanden import bewaking
from veiligheid.bestanden.vorm import (
    LANGSTE_CEL,
    MEESTE_BYTES,
    MEESTE_CELLEN,
    MEESTE_KOLOMMEN,
    MEESTE_RIJEN,
    MEESTE_TEKST,
    MIB,
    Bestandsfout,
    Blad,
    Cel,
    Werkboek,
    plaats,
    veilige_naam,
)
from veiligheid.exports import ontbeveilig

KIND = Path(__file__).with_name("kind.py")
GRENZEN = {
    "rijen": MEESTE_RIJEN,
    "kolommen": MEESTE_KOLOMMEN,
    "cellen": MEESTE_CELLEN,
    "oppervlak": 4 * MEESTE_CELLEN,
    "cel": LANGSTE_CEL,
    "tekst": MEESTE_TEKST,
    "geheugen": 1024 * MIB,
    "seconden": 30,
}
WACHTTIJD = 40
# As many children at once per process of the site; each may take `geheugen`.
TEGELIJK = threading.BoundedSemaphore(2)

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ONLEESBAAR = f"Het bestand kon niet worden gelezen: het is beschadigd of vraagt te veel geheugen. {bewaking.OPNIEUW}"


def lees(inhoud: bytes, naam: str) -> Werkboek:
    """Return what an uploaded CSV or XLSX holds. `naam` is the name it was given; it is only looked at, never used.

    Raises Bestandsfout for everything that is too large, hostile, damaged, or not such a file.
    """
    if len(inhoud) > MEESTE_BYTES:
        raise Bestandsfout(
            f"{veilige_naam(naam)} is groter dan {MEESTE_BYTES // MIB} MB. "
            "Verwijder plaatjes en bladen die u niet inleest, of verdeel het over meer bestanden."
        )
    vorm = _vorm(inhoud, naam)
    waarschuwingen = bewaking.bewaak(inhoud) if vorm == "xlsx" else []
    kop, rijen = _ontleed(inhoud, vorm)
    maak = _csv_cel if vorm == "csv" else _cel
    return Werkboek(
        bladen=[Blad(blad, _neem(rijen, aantal, maak)) for blad, aantal in kop["bladen"]],
        vorm=vorm,
        codering=kop["codering"],
        sha256=hashlib.sha256(inhoud).hexdigest(),
        waarschuwingen=[*kop["waarschuwingen"], *waarschuwingen],
    )


def _vorm(inhoud: bytes, naam: str) -> str:
    """Return "csv" or "xlsx": what the name says and the content is. Raises Bestandsfout when they do not agree."""
    getoond = veilige_naam(naam)
    achter = PurePosixPath(getoond).suffix.lower()
    if achter in {".xlsm", ".xltm", ".xlam"}:
        raise Bestandsfout(f"{getoond} kan macro's bevatten. Sla het op als gewone werkmap (.xlsx).")
    if achter not in {".csv", ".xlsx"}:
        raise Bestandsfout(f"{getoond} is geen .xlsx of .csv. Kies in uw rekenprogramma 'opslaan als' en dan .xlsx.")
    if not inhoud:
        raise Bestandsfout(f"{getoond} is leeg (0 bytes). Kies het bestand opnieuw.")
    if inhoud.startswith(_OLE):
        raise Bestandsfout(
            f"{getoond} is beveiligd met een wachtwoord, of is een werkmap in de oude vorm (.xls). "
            "Haal het wachtwoord eraf en sla het op als .xlsx."
        )
    if inhoud.startswith(_ZIP) != (achter == ".xlsx"):
        raise Bestandsfout(
            f"{getoond} heet {achter}, maar de inhoud is iets anders. "
            "Open het in uw rekenprogramma en sla het op als .xlsx of .csv."
        )
    return achter[1:]


def _ontleed(inhoud: bytes, vorm: str) -> tuple[dict[str, Any], Iterator[bytes]]:
    """Return what the child says the file is, and its rows as lines. Raises Bestandsfout for whatever goes wrong."""
    if not TEGELIJK.acquire(timeout=WACHTTIJD):
        raise Bestandsfout("Er worden nu al andere bestanden gelezen. Probeer het over een minuut opnieuw.")
    try:
        kind = subprocess.run(
            [sys.executable, "-I", str(KIND), vorm, json.dumps(GRENZEN)],
            input=inhoud,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            timeout=WACHTTIJD,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Bestandsfout(ONLEESBAAR) from None
    finally:
        TEGELIJK.release()
    if kind.returncode:
        raise Bestandsfout(ONLEESBAAR)
    eerste, *regels = kind.stdout.split(b"\n")
    kop = json.loads(eerste)
    if "fout" in kop:
        raise Bestandsfout(_reden(kop["fout"], kop["waar"]))
    return kop, iter(regels)


def _reden(reden: str, waar: list[Any]) -> str:
    """Return the refusal of the child as a sentence, with the place in front when it has one."""
    match waar:
        case [blad, rij, kolom]:
            plek = plaats(blad, rij, kolom)
        case [blad, rij]:
            plek = f"blad {blad}, rij {rij}" if blad else f"rij {rij}"
        case [blad]:
            return f"Blad {blad} {reden}" if blad else f"Het bestand {reden}"
        case _:
            return reden or ONLEESBAAR
    return f"{plek[0].upper()}{plek[1:]}: {reden}"


def _neem(rijen: Iterator[bytes], aantal: int, maak: Callable[[str | bool | None], Cel]) -> list[list[Cel]]:
    """Return the next rows of the child as cells."""
    return [[maak(waarde) for waarde in json.loads(next(rijen))] for _ in range(aantal)]


def _cel(waarde: str | bool | None) -> Cel:
    """Return a cell as the child wrote it: a letter for its kind, then the value."""
    if not isinstance(waarde, str):
        return waarde
    soort, tekst = waarde[0], waarde[1:]
    match soort:
        case "n":
            return Decimal(tekst)
        case "d":
            return date.fromisoformat(tekst)
        case "t":
            return datetime.fromisoformat(tekst)
        case _:
            # Who opens a CSV of ours in a spreadsheet and saves it as a workbook, keeps its apostrophes.
            return ontbeveilig(tekst)


def _csv_cel(waarde: str | bool | None) -> Cel:
    """Return a cell of a CSV: text, without the apostrophe that our own exports put before a dangerous one."""
    return ontbeveilig(waarde[1:]) or None if isinstance(waarde, str) else waarde
