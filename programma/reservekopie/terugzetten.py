"""Putting a backup back: into an empty database only, and only whole. What comes out is compared with what went in."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.loader import MigrationLoader

from programma.reservekopie import doel, kopiemap
from programma.reservekopie.kopiemap import Kopie, Kopiefout
from programma.reservekopie.maken import is_ingebed
from programma.reservekopie.stand import Melder, Stand, lees_stand, uit_json, verschillen
from programma.spoor.verificatie import controleer_historie
from veiligheid.database import hulpprogramma

# The first server that knows this setting; a program of that version or later writes it at the head of every script.
KENT_TRANSACTION_TIMEOUT = 17
TRANSACTION_TIMEOUT = b"SET transaction_timeout = 0;\n"
KOPREGELS = 60
BLOK = 1024 * 1024
MEESTE = 20


@dataclass(frozen=True, slots=True)
class Teruggezet:
    """What was put back: the backup, what it held, and where the files of the house style now are, if it has any."""

    kopie: Kopie
    stand: Stand
    inrichting: Path | None


def zet_terug(map: Path, sha256: str = "", melden: Melder = lambda _: None) -> Teruggezet:
    """Put a backup back into this database and prove that it is the same.

    Every checksum is looked at before anything is touched (see `kopiemap.lees`). Raises Kopiefout or Programmafout;
    then the database is as empty as it was.
    """
    melden("de sha256 van elk bestand")
    kopie = kopiemap.lees(map, sha256)
    stand = _stand(kopie)
    _eis_zelfde_software(kopie, stand)
    doel.eis_leeg(str(kopie.manifest["eigenaar"]), list(kopie.manifest["rollen"]))
    inrichting = _plaats_van_inrichting(kopie)
    programmas = _programmas(kopie)
    doel.zet_merk(doel.BEZIG)
    try:
        melden("de database terugzetten")
        _lees_dump_in(kopie.map / kopiemap.DUMP, *programmas)
        if inrichting:
            _zet_inrichting(kopie, inrichting)
        _controleer(stand, melden)
        doel.zet_merk(None)
    except BaseException as fout:
        _ruim_op(inrichting)
        if isinstance(fout, Error | OSError):
            raise Kopiefout(f"Het terugzetten is mislukt; de database is weer leeg. {fout}") from fout
        raise
    return Teruggezet(kopie, stand, inrichting)


def _stand(kopie: Kopie) -> Stand:
    try:
        return uit_json(kopie.manifest["stand"])
    except (KeyError, TypeError) as fout:
        raise Kopiefout(f"{kopie.map / kopiemap.MANIFEST} zegt niet wat er in de database stond ({fout}).") from fout


def _eis_zelfde_software(kopie: Kopie, stand: Stand) -> None:
    """Raise Kopiefout unless this release has the tables of the backup, and this is the site of that municipality."""
    if kopie.manifest["gemeente"] != settings.GEMEENTE:
        raise Kopiefout(
            f"De reservekopie is van gemeente {kopie.manifest['gemeente']}; "
            f"deze site is van {settings.GEMEENTE} (GEMEENTE)."
        )
    hier = {f"{app}.{naam}" for app, naam in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    toen = set(stand.migraties)
    if anders := sorted(hier ^ toen):
        release = kopie.manifest["gemaakt_met"]["release"]
        raise Kopiefout(
            f"De reservekopie is gemaakt met uitgave {release} van deze site, en die heeft andere tabellen dan deze "
            f"uitgave ({', '.join(anders[:3])}). Zet terug met dezelfde uitgave, en voer daarna manage.py migrate van "
            "de nieuwe uit."
        )


def _plaats_van_inrichting(kopie: Kopie) -> Path | None:
    """Return where the files of the house style go, None when there are none. Raises Kopiefout when it is taken."""
    if not any(pad.startswith(f"{kopiemap.INRICHTING}/") for pad in kopie.manifest["bestanden"]):
        return None
    plaats = Path(settings.VAR, f"inrichting-{kopie.map.name}")
    if plaats.exists():
        raise Kopiefout(f"{plaats} bestaat al; haal die map weg. Er is niets teruggezet.")
    return plaats


def _zet_inrichting(kopie: Kopie, plaats: Path) -> None:
    """Copy the files of the house style that the manifest names: what lies beside them, nobody looked at."""
    plaats.mkdir(mode=0o700, parents=True)
    for pad in kopie.manifest["bestanden"]:
        if pad.startswith(f"{kopiemap.INRICHTING}/"):
            shutil.copyfile(kopie.map / pad, plaats / Path(pad).name, follow_symlinks=False)


def _programmas(kopie: Kopie) -> tuple[hulpprogramma.Programma, hulpprogramma.Programma]:
    """Return the pg_restore that can read the dump, and a psql."""
    minstens = int(kopie.manifest["gemaakt_met"]["pg_dump"])
    ingebed = is_ingebed()
    return hulpprogramma.kies("pg_restore", minstens, ingebed=ingebed), hulpprogramma.kies("psql", 15, ingebed=ingebed)


def _lees_dump_in(dump: Path, pg_restore: hulpprogramma.Programma, psql: hulpprogramma.Programma) -> None:
    """Run the dump as one transaction. Raises Kopiefout when anything of it fails; then nothing of it is left.

    pg_restore writes a script and psql runs it, so that the one setting that an older server does not know can be left
    out. The last word, COMMIT, is given only after pg_restore has said that its script is whole.
    """
    naar = hulpprogramma.verbinding(connection.get_connection_params())
    oud = doel.kenmerken().hoofdversie < KENT_TRANSACTION_TIMEOUT
    lees = [str(pg_restore.pad), "--no-owner", "--file=-", str(dump)]
    schrijf = [
        str(psql.pad), "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", f"--dbname={naar.adres}",
    ]  # fmt: skip
    connection.close()
    with tempfile.TemporaryFile() as leesfouten, tempfile.TemporaryFile() as schrijffouten:
        lezer = subprocess.Popen(lees, stdout=subprocess.PIPE, stderr=leesfouten, env=dict(naar.omgeving))
        schrijver = subprocess.Popen(
            schrijf, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=schrijffouten, env=dict(naar.omgeving)
        )
        try:
            heel = _voer_door(lezer, schrijver, zonder_timeout=oud)
        finally:
            for proces in (lezer, schrijver):
                if proces.poll() is None:
                    proces.kill()
                proces.wait()
        if heel and not schrijver.returncode:
            return
        schuldige = leesfouten if lezer.returncode > 0 else schrijffouten
        schuldige.seek(0)
        raise Kopiefout(
            "PostgreSQL kon de reservekopie niet inlezen; er is niets teruggezet. "
            f"{hulpprogramma.laatste_regel(schuldige.read())}"
        )


def _voer_door(lezer: subprocess.Popen[bytes], schrijver: subprocess.Popen[bytes], *, zonder_timeout: bool) -> bool:
    """Pass the script on, in a transaction; True when it was passed on whole and was committed."""
    if lezer.stdout is None or schrijver.stdin is None:
        return False
    try:
        with lezer.stdout as van, schrijver.stdin as naar:
            naar.write(b"BEGIN;\n")
            _kop(van, naar, zonder_timeout=zonder_timeout)
            shutil.copyfileobj(van, naar, BLOK)
            if lezer.wait():
                # Without this psql would see an end, and an end is no refusal.
                schrijver.kill()
                return False
            naar.write(b"COMMIT;\n")
    except BrokenPipeError:
        return False
    return schrijver.wait() == 0


def _kop(van: IO[bytes], naar: IO[bytes], *, zonder_timeout: bool) -> None:
    """Pass on the first lines of a script, all settings, without the one that an older server does not know."""
    for _ in range(KOPREGELS):
        regel = van.readline()
        if not (zonder_timeout and regel == TRANSACTION_TIMEOUT):
            naar.write(regel)
        if not regel or regel.startswith((b"CREATE", b"COPY")):
            return


def _controleer(toen: Stand, melden: Melder) -> None:
    """Raise Kopiefout when what is in the database is not what the manifest says, or does not hold by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT bewaking_in_orde()")
        bewaakt = bool(cursor.fetchone()[0])
    with transaction.atomic():
        gevonden = verschillen(toen, lees_stand(melden))
    if not bewaakt:
        gevonden.append("Er ontbreken triggers die gepubliceerde versies bewaken, of zij staan uit.")
    melden("de historie")
    gevonden += controleer_historie(toen.kop).afwijkingen
    if gevonden:
        raise Kopiefout(
            "Wat is teruggezet, is niet wat er bewaard was; het is weer weggehaald en de database is leeg.\n"
            + "\n".join(gevonden[:MEESTE])
        )


def _ruim_op(inrichting: Path | None) -> None:
    """Leave nothing behind, whatever went wrong."""
    if inrichting:
        shutil.rmtree(inrichting, ignore_errors=True)
    connection.close()
    doel.maak_leeg()


def ankers(stand: Stand) -> Mapping[str, str]:
    """Return the anchor of each publication in the backup, by version."""
    return {versie: rij["anker"] for versie, rij in stand.versies.items() if rij["anker"]}
