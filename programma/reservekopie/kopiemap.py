"""The folder of one backup: its files, their checksums, and how it comes to be in one stroke.

In a collection (the MAP of `manage.py backup`) each backup is a folder named after its moment. It holds
``database.dump``, ``instellingen.json``, what the house style needs (``inrichting/``), ``manifest.json``, which names
all of those with size and sha256, and ``SHA256SUMS``, for ``sha256sum --check``. The manifest is not in itself: its
sha256 is told when the backup is made. A folder without this name is not a backup, however much is in it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

VORM = "veiligheid-reservekopie/1"
MANIFEST = "manifest.json"
SOMMEN = "SHA256SUMS"
DUMP = "database.dump"
INSTELLINGEN = "instellingen.json"
INRICHTING = "inrichting"
BEZIG = ".bezig-"
NAAM = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z(-\d+)?")
# A relative path of plain names: what a manifest says is not to be trusted with anything else.
PAD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)?")
SHA256 = re.compile(r"[0-9a-f]{64}")
# What a file system or a previous run leaves in a folder that is otherwise empty.
MAG_ERNAAST = frozenset({"lost+found"})


class Kopiefout(Exception):
    """A backup cannot be made or put back; the text is Dutch: what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Kopie:
    """A backup of which every byte is what its manifest says."""

    map: Path
    manifest: Mapping[str, Any]
    sha256: str

    @property
    def moment(self) -> datetime:
        """The moment of the database that the backup holds."""
        return datetime.fromisoformat(self.manifest["moment"])


# --- writing ---------------------------------------------------------------------------------------------------------


@contextmanager
def nieuwe(verzameling: Path) -> Iterator[Path]:
    """Yield a private folder to fill with a new backup; give it its name with `bevestig` before the end.

    What is not named is removed, also what an earlier run that was killed left. Raises Kopiefout when the collection
    holds something that is no backup, or when another backup is being made in it.
    """
    _maak_verzameling(verzameling)
    handvat = os.open(verzameling, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handvat, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Kopiefout(f"In {verzameling} wordt al een reservekopie gemaakt; wacht tot die klaar is.") from None
        for rest in verzameling.glob(f"{BEZIG}*"):
            shutil.rmtree(rest)
        werkmap = verzameling / f"{BEZIG}{os.getpid()}"
        werkmap.mkdir(mode=0o700)
        try:
            yield werkmap
        finally:
            shutil.rmtree(werkmap, ignore_errors=True)
    finally:
        os.close(handvat)


def schrijf(bestand: Path, inhoud: bytes) -> None:
    """Write a private file of a backup that is being made."""
    bestand.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(bestand, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as open_bestand:
        open_bestand.write(inhoud)


def bevestig(werkmap: Path, inhoud: Mapping[str, Any], moment: datetime) -> Kopie:
    """Write the manifest and the checksums of a filled folder and give it the name of its moment.

    Everything is on the disk before the name is: a power cut leaves a whole backup, or none.
    """
    bestanden = {pad: meet(werkmap / pad) for pad in sorted(_paden(werkmap))}
    manifest = {"vorm": VORM, "moment": moment.astimezone(UTC).isoformat(), **inhoud, "bestanden": bestanden}
    tekst = als_json(manifest)
    schrijf(werkmap / MANIFEST, tekst)
    sha256 = hashlib.sha256(tekst).hexdigest()
    schrijf(werkmap / SOMMEN, _sommen(bestanden, sha256))
    for map, _, namen in os.walk(werkmap):
        for naam in (*namen, "."):
            _fsync(Path(map, naam))
    plaats = _vrije_plaats(werkmap.parent, moment)
    werkmap.rename(plaats)
    _fsync(plaats.parent)
    return Kopie(plaats, manifest, sha256)


def als_json(inhoud: Mapping[str, Any]) -> bytes:
    """Return plain content as the bytes of a JSON file that people can read too; the same content, the same bytes."""
    return json.dumps(inhoud, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def meet(bestand: Path) -> dict[str, Any]:
    """Return the size in bytes and the sha256 of a file."""
    with bestand.open("rb") as open_bestand:
        som = hashlib.file_digest(open_bestand, "sha256").hexdigest()
        return {"omvang": open_bestand.tell(), "sha256": som}


def _maak_verzameling(verzameling: Path) -> None:
    try:
        verzameling.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise Kopiefout(f"{verzameling} is een bestand; kies een map voor de reservekopieën.") from None
    if (verzameling / MANIFEST).exists():
        raise Kopiefout(
            f"{verzameling} is zelf een reservekopie; kies de map erboven. Elke kopie krijgt daarin een eigen map."
        )
    vreemd = sorted(
        pad.name
        for pad in verzameling.iterdir()
        if not (pad.name in MAG_ERNAAST or pad.name.startswith(BEZIG) or NAAM.fullmatch(pad.name))
    )
    if vreemd:
        raise Kopiefout(
            f"In {verzameling} staat iets anders dan reservekopieën ({', '.join(vreemd[:3])}); "
            "kies een lege map, of de map van eerdere reservekopieën."
        )


def _paden(map: Path) -> Iterator[str]:
    return (pad.relative_to(map).as_posix() for pad in map.rglob("*") if pad.is_file())


def _sommen(bestanden: Mapping[str, Mapping[str, Any]], manifest: str) -> bytes:
    regels = {pad: str(bestanden[pad]["sha256"]) for pad in bestanden} | {MANIFEST: manifest}
    return "".join(f"{regels[pad]}  {pad}\n" for pad in sorted(regels)).encode()


def _vrije_plaats(verzameling: Path, moment: datetime) -> Path:
    naam = moment.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    plaats, nummer = verzameling / naam, 1
    while plaats.exists():
        nummer += 1
        plaats = verzameling / f"{naam}-{nummer}"
    return plaats


def _fsync(pad: Path) -> None:
    handvat = os.open(pad, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handvat)
    finally:
        os.close(handvat)


# --- reading ---------------------------------------------------------------------------------------------------------


def lees(map: Path, sha256: str = "") -> Kopie:
    """Return a backup after looking at every byte of it.

    `sha256` is that of the manifest, as it was told when the backup was made: without it, whoever changes a file and
    all checksums with it is not seen. Raises Kopiefout that names the file that is missing, cut off or changed.
    """
    if sha256 and not SHA256.fullmatch(sha256):
        raise Kopiefout(f"{sha256!r} is geen sha256; dat zijn 64 cijfers en letters a tot f.")
    if not map.is_dir():
        raise Kopiefout(f"{map} is geen map.")
    if not (map / MANIFEST).is_file():
        raise Kopiefout(_geen_kopie(map))
    tekst = _lees_bestand(map, MANIFEST)
    eigen = hashlib.sha256(tekst).hexdigest()
    if sha256 and eigen != sha256:
        raise _beschadigd(map, MANIFEST, f"de sha256 is {eigen} en niet {sha256}")
    sommen = _lees_bestand(map, SOMMEN)
    if f"{eigen}  {MANIFEST}\n".encode() not in sommen.splitlines(keepends=True):
        raise _beschadigd(map, MANIFEST, f"de sha256 is niet die in {SOMMEN}, of {SOMMEN} zelf is veranderd")
    manifest = _ontleed(map, tekst)
    if sommen != _sommen(manifest["bestanden"], eigen):
        raise _beschadigd(map, SOMMEN, f"dit is niet wat {MANIFEST} zegt")
    for pad, toen in manifest["bestanden"].items():
        _controleer(map, pad, toen)
    return Kopie(map, manifest, eigen)


def _ontleed(map: Path, tekst: bytes) -> dict[str, Any]:
    """Return the manifest; only what a backup of this form can say gets through."""
    try:
        manifest = json.loads(tekst)
        goed = manifest["vorm"] == VORM and datetime.fromisoformat(manifest["moment"]).tzinfo is not None
        for pad, toen in manifest["bestanden"].items():
            goed = goed and PAD.fullmatch(pad) is not None and isinstance(toen["omvang"], int)
            goed = goed and SHA256.fullmatch(toen["sha256"]) is not None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        goed = False
    if not goed or DUMP not in manifest["bestanden"]:
        raise _beschadigd(map, MANIFEST, f"dit is geen inhoudsopgave van de vorm {VORM}")
    return dict(manifest)


def _controleer(map: Path, pad: str, toen: Mapping[str, Any]) -> None:
    bestand = map / pad
    if not bestand.is_file() or bestand.is_symlink():
        raise _beschadigd(map, pad, "het bestand ontbreekt")
    try:
        nu = meet(bestand)
    except OSError as fout:
        raise _beschadigd(map, pad, f"het is niet te lezen: {fout.strerror}") from fout
    if nu["omvang"] != toen["omvang"]:
        raise _beschadigd(map, pad, f"het is {nu['omvang']} bytes lang en hoort {toen['omvang']} bytes te zijn")
    if nu["sha256"] != toen["sha256"]:
        raise _beschadigd(map, pad, f"de sha256 is {nu['sha256']} en hoort {toen['sha256']} te zijn")


def _lees_bestand(map: Path, naam: str) -> bytes:
    try:
        return (map / naam).read_bytes()
    except FileNotFoundError:
        raise _beschadigd(map, naam, "het bestand ontbreekt") from None
    except OSError as fout:
        raise _beschadigd(map, naam, f"het is niet te lezen: {fout.strerror}") from fout


def _geen_kopie(map: Path) -> str:
    kopieen = sorted(pad.name for pad in map.iterdir() if NAAM.fullmatch(pad.name))
    if kopieen:
        return f"In {map} staan {len(kopieen)} reservekopieën; noem er een, zoals {map / kopieen[-1]} (de laatste)."
    return f"{map} is geen reservekopie: {MANIFEST} ontbreekt."


def _beschadigd(map: Path, pad: str, reden: str) -> Kopiefout:
    return Kopiefout(
        f"De reservekopie is beschadigd. Het bestand {pad} in {map} is niet wat het was: {reden}. "
        "Er is niets teruggezet. Neem een andere reservekopie."
    )
