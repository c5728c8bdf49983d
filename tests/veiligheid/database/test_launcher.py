"""The embedded PostgreSQL for real: every test starts servers of its own in a folder of its own."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from veiligheid.database import cluster, launcher
from veiligheid.database.gebruiker import GEEN_NAAMRUIMTE
from veiligheid.database.launcher import Databasefout

WORTEL = Path(launcher.__file__).resolve().parents[2]
PAKKETTEN = Path(psycopg.__file__).resolve().parents[1]
ROOT = os.geteuid() == 0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the server's processes in /proc")
alleen_root = pytest.mark.skipif(not ROOT, reason="only root can become somebody else")


@pytest.fixture
def datamap(tmp_path: Path) -> Iterator[Path]:
    """A data folder that does not exist yet; its server is gone after the test."""
    pad = tmp_path / "postgres"
    yield pad
    ruim_op(pad)


@pytest.fixture
def openbaar() -> Iterator[Path]:
    """A folder that every account can pass through; tmp_path is private to who runs the tests."""
    pad = Path(tempfile.mkdtemp(prefix="proef-"))
    pad.chmod(0o755)
    yield pad
    for kind in pad.rglob("PG_VERSION"):
        ruim_op(kind.parent)
    shutil.rmtree(pad)


def ruim_op(datamap: Path) -> None:
    kill_alles(datamap)
    if (sockets := launcher.socketmap(datamap)) != datamap:
        shutil.rmtree(sockets, ignore_errors=True)


def processen(datamap: Path) -> set[int]:
    return {int(naam) for naam in os.listdir("/proc") if naam.isdigit() and cluster.is_server_van(int(naam), datamap)}


def kill_alles(datamap: Path) -> None:
    for pid in processen(datamap):
        # The children of a postmaster that is gone end by themselves.
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def tot(voorwaarde: Callable[[], bool], seconden: float = 15.0) -> None:
    einde = time.monotonic() + seconden
    while not voorwaarde():
        assert time.monotonic() < einde, "duurde te lang"
        time.sleep(0.01)


def verbind(datamap: Path, database: str = launcher.DATABASE, rol: str = launcher.ROL_BEHEER) -> psycopg.Connection:
    return psycopg.connect(host=str(launcher.socketmap(datamap)), port=5432, dbname=database, user=rol, autocommit=True)


def vraag(datamap: Path, sql: str) -> list[tuple]:
    with verbind(datamap) as verbinding:
        return verbinding.execute(sql).fetchall()


def omgeving(**extra: str) -> dict[str, str]:
    paden = os.pathsep.join([str(WORTEL), str(PAKKETTEN)])
    return {**os.environ, "PYTHONPATH": paden, "PYTHONDONTWRITEBYTECODE": "1", **extra}


def opdracht(werk: str, datamap: Path, python: str = sys.executable) -> list[str]:
    return [python, "-m", "veiligheid.database.launcher", werk, str(datamap)]


def voer_uit(argumenten: list[str], *, als: str | None = None, cwd: Path | str = "/", **extra: str):
    """Run to its end, output through pipes: a server that kept those open would make this time out."""
    wie = {} if als is None else {"user": als, "group": pwd.getpwnam(als).pw_gid, "extra_groups": []}
    return subprocess.run(
        argumenten, capture_output=True, text=True, timeout=40, check=False, env=omgeving(**extra), cwd=cwd, **wie
    )


def python_voor(account: str) -> str:
    """A Python that this account can run and that finds the packages; skips where there is none."""
    namen = [sys.executable, *(f"/usr{deel}/bin/python3.{sys.version_info.minor}" for deel in ("", "/local"))]
    for naam in filter(os.path.exists, namen):
        try:
            proef = voer_uit([naam, "-c", "import psycopg, veiligheid.database.launcher"], als=account)
        except PermissionError:
            continue
        if proef.returncode == 0:
            return naam
    pytest.skip(f"no Python that {account} can run together with the installed packages")


# --- what a start leaves behind -------------------------------------------------------------------------------------


def test_first_start_makes_roles_and_database(datamap: Path) -> None:
    assert launcher.zorg_voor(datamap) is True
    assert launcher.zorg_voor(datamap) is False

    rollen = vraag(
        datamap,
        "SELECT rolname, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname LIKE 'veiligheid%' ORDER BY 1",
    )
    assert rollen == [
        ("veiligheid_eigenaar", True, False, False, False),
        ("veiligheid_site", True, False, False, False),
    ]
    database = vraag(
        datamap,
        "SELECT pg_get_userbyid(datdba), datlocprovider, datlocale, pg_encoding_to_char(encoding),"
        " (SELECT array_agg(privilege_type) FROM aclexplode(datacl) WHERE grantee = 'veiligheid_site'::regrole),"
        " (SELECT count(*) FROM aclexplode(datacl) WHERE grantee = 0)"
        " FROM pg_database WHERE datname = 'veiligheid'",
    )
    assert database == [("veiligheid_eigenaar", "b", "C.UTF-8", "UTF8", ["CONNECT"], 0)]


def test_both_roles_can_log_in(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    for rol in (launcher.ROL_EIGENAAR, launcher.ROL_SITE):
        with verbind(datamap, rol=rol) as verbinding:
            assert verbinding.execute("SELECT current_user").fetchone() == (rol,)


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("listen_addresses", ""),
        ("data_checksums", "on"),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("lock_timeout", "0"),
        ("TimeZone", "UTC"),
        ("lc_messages", "C"),
        ("max_connections", "100"),
        ("log_min_messages", "warning"),
    ],
)
def test_settings(eenmalig: Path, naam: str, waarde: str) -> None:
    assert vraag(eenmalig, f"SHOW {naam}") == [(waarde,)]


@pytest.fixture(scope="module")
def eenmalig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A running server for tests that only look."""
    pad = tmp_path_factory.mktemp("eenmalig") / "postgres"
    launcher.zorg_voor(pad)
    yield pad
    ruim_op(pad)


def test_nobody_else_may_enter(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    assert stat.S_IMODE(launcher.socketmap(datamap).stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(f"{datamap}.log").stat().st_mode) == 0o600


def test_half_finished_setup_is_completed(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    with verbind(datamap, "postgres") as verbinding:
        verbinding.execute("DROP DATABASE veiligheid")
        verbinding.execute("DROP ROLE veiligheid_site")
    assert launcher.zorg_voor(datamap) is False
    assert vraag(datamap, "SELECT 1") == [(1,)]
    with verbind(datamap, rol=launcher.ROL_SITE):
        pass


# --- paths ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "naam",
    [
        "met spatie en 'enkele' en \"dubbele\" aanhaling",
        "komma,in,het,pad",
        "ge\u00efnstalleerd $HOME `id` %s \\n",
        "lang/" + "/".join(["k" * 50] * 4),
        "x" * 200,
    ],
    ids=["quotes", "komma", "tekens", "diep", "200"],
)
def test_awkward_paths(tmp_path: Path, naam: str) -> None:
    datamap = tmp_path / naam
    try:
        assert launcher.zorg_voor(datamap) is True
        assert vraag(datamap, "SHOW data_directory") == [(str(datamap),)]
        sockets = launcher.socketmap(datamap)
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        launcher.stop(datamap)
        assert not (sockets / ".s.PGSQL.5432").exists()
    finally:
        ruim_op(datamap)


def test_socket_folder_is_known_beforehand_and_short_enough() -> None:
    assert launcher.socketmap(Path("/srv/veiligheid/var/postgres")) == Path("/srv/veiligheid/var/postgres")
    lang = Path("/srv") / ("x" * 150)
    assert launcher.socketmap(lang) == launcher.socketmap(lang)
    assert launcher.socketmap(lang) != launcher.socketmap(lang.with_name("y" * 150))
    assert len(bytes(launcher.socketmap(lang) / ".s.PGSQL.5432")) <= 103


@pytest.fixture
def lang_pad(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A data folder with so long a path that its socket lies elsewhere, and that place."""
    pad = tmp_path / ("x" * 150)
    sockets = launcher.socketmap(pad)
    yield pad, sockets
    kill_alles(pad)
    if sockets.is_symlink():
        sockets.unlink()
    shutil.rmtree(sockets, ignore_errors=True)


def test_socket_folder_with_wrong_mode_is_refused(lang_pad: tuple[Path, Path]) -> None:
    datamap, sockets = lang_pad
    sockets.mkdir(mode=0o755)
    with pytest.raises(Databasefout, match="geen privémap"):
        launcher.zorg_voor(datamap)
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o755


def test_socket_folder_that_is_a_symlink_is_refused(lang_pad: tuple[Path, Path], tmp_path: Path) -> None:
    datamap, sockets = lang_pad
    elders = tmp_path / "elders"
    elders.mkdir(mode=0o700)
    sockets.symlink_to(elders)
    with pytest.raises(Databasefout, match="geen privémap"):
        launcher.zorg_voor(datamap)
    assert list(elders.iterdir()) == []


@alleen_root
def test_socket_folder_of_somebody_else_is_refused(lang_pad: tuple[Path, Path]) -> None:
    datamap, sockets = lang_pad
    sockets.mkdir(mode=0o700)
    os.chown(sockets, 65534, 65534)
    with pytest.raises(Databasefout, match="geen privémap"):
        launcher.zorg_voor(datamap)


def test_relative_path_and_symlink_name_the_same_cluster(datamap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launcher.zorg_voor(datamap)
    (datamap.parent / "wijst").symlink_to(datamap)
    monkeypatch.chdir(datamap.parent)
    assert launcher.zorg_voor(Path("postgres")) is False
    assert launcher.zorg_voor(datamap.parent / "wijst") is False


def test_modes_of_existing_folders_stay(tmp_path: Path) -> None:
    prive = tmp_path / "prive"
    prive.mkdir(mode=0o700)
    (prive / "var").mkdir(mode=0o700)
    datamap = prive / "var" / "postgres"
    try:
        assert launcher.zorg_voor(datamap) is True
        assert [stat.S_IMODE(pad.stat().st_mode) for pad in (prive, prive / "var")] == [0o700, 0o700]
    finally:
        ruim_op(datamap)


# --- never over somebody's data -------------------------------------------------------------------------------------


def test_folder_with_other_things_is_refused(datamap: Path) -> None:
    datamap.mkdir()
    (datamap / "begroting.xlsx").write_text("onvervangbaar")
    with pytest.raises(Databasefout, match="niet leeg"):
        launcher.zorg_voor(datamap)
    assert {pad.name: pad.read_text() for pad in datamap.iterdir()} == {"begroting.xlsx": "onvervangbaar"}


def test_other_major_version_is_refused(datamap: Path) -> None:
    datamap.mkdir(mode=0o700)
    (datamap / "PG_VERSION").write_text("16\n")
    with pytest.raises(Databasefout, match=r"PostgreSQL 16 .* pg_dump"):
        launcher.zorg_voor(datamap)
    assert [pad.name for pad in datamap.iterdir()] == ["PG_VERSION"]


def test_file_in_the_way_is_refused(datamap: Path) -> None:
    datamap.write_text("een bestand")
    with pytest.raises(Databasefout):
        launcher.zorg_voor(datamap)
    assert datamap.read_text() == "een bestand"


@pytest.mark.lang
def test_empty_folder_is_used(datamap: Path) -> None:
    datamap.mkdir()
    assert launcher.zorg_voor(datamap) is True


@pytest.mark.lang
def test_first_start_that_is_killed_leaves_no_half_cluster(datamap: Path) -> None:
    proces = subprocess.Popen(opdracht("start", datamap), env=omgeving(), cwd="/")
    tot(lambda: any(datamap.parent.glob(".initdb-*/base")))
    proces.kill()
    proces.wait()
    assert not datamap.exists()
    assert launcher.zorg_voor(datamap) is True


@pytest.mark.lang
def test_remains_of_a_killed_first_start_are_removed(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    launcher.stop(datamap)
    ander = datamap.with_name(".initdb-van-een-ander")
    ander.mkdir()
    rest = Path(tempfile.mkdtemp(prefix=cluster.in_aanbouw(datamap), dir=datamap.parent))
    (rest / "PG_VERSION").write_text("18\n")
    launcher.zorg_voor(datamap)
    assert (rest.exists(), ander.exists()) == (False, True)


@pytest.mark.lang
def test_broken_configuration_gives_the_reason_at_once(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    launcher.stop(datamap)
    with (datamap / "postgresql.conf").open("a") as bestand:
        bestand.write("\nonzin_instelling = 7\n")
    begin = time.monotonic()
    with pytest.raises(Databasefout, match=r"onzin_instelling|configuration file"):
        launcher.zorg_voor(datamap)
    assert time.monotonic() - begin < 5


# --- after a crash --------------------------------------------------------------------------------------------------


def schrijf(datamap: Path, nummer: int) -> None:
    with verbind(datamap) as verbinding:
        verbinding.execute("CREATE TABLE IF NOT EXISTS proef (nummer integer PRIMARY KEY)")
        verbinding.execute("INSERT INTO proef VALUES (%s)", [nummer])


def test_after_kill_9_of_everything(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    schrijf(datamap, 1)
    kill_alles(datamap)
    assert launcher.zorg_voor(datamap) is True
    assert vraag(datamap, "SELECT nummer FROM proef") == [(1,)]


def test_after_kill_9_of_the_postmaster_with_a_client_at_work(datamap: Path) -> None:
    """The orphaned backend holds shared memory for a while: the start waits for it instead of running beside it."""
    launcher.zorg_voor(datamap)
    schrijf(datamap, 1)
    with contextlib.closing(verbind(datamap)) as verbinding:
        wees = verbinding.info.backend_pid
        # Busy in a loop that does not look whether the postmaster lives.
        verbinding.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 20000000)")
        tot(lambda: vraag(datamap, f"SELECT state FROM pg_stat_activity WHERE pid = {wees}") == [("active",)])
        pid = cluster.postmaster(datamap)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert launcher.zorg_voor(datamap) is True
        assert not cluster.is_server_van(wees, datamap)
    assert vraag(datamap, "SELECT nummer FROM proef") == [(1,)]


def vervang_pid(datamap: Path, pid: int) -> None:
    bestand = datamap / "postmaster.pid"
    regels = bestand.read_text().splitlines(keepends=True)
    bestand.write_text("".join([f"{pid}\n", *regels[1:]]))


def test_foreign_living_pid_in_the_pid_file(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    schrijf(datamap, 1)
    kill_alles(datamap)
    vreemd = subprocess.Popen(["sleep", "60"], cwd=datamap)
    try:
        vervang_pid(datamap, vreemd.pid)
        assert launcher.zorg_voor(datamap) is True
        assert vreemd.poll() is None, "het vreemde proces is met rust gelaten"
        assert vraag(datamap, "SELECT nummer FROM proef") == [(1,)]
    finally:
        vreemd.kill()
        vreemd.wait()


def test_server_of_another_cluster_in_the_pid_file(datamap: Path, eenmalig: Path) -> None:
    launcher.zorg_voor(datamap)
    kill_alles(datamap)
    ander = cluster.postmaster(eenmalig)
    assert ander is not None
    vervang_pid(datamap, ander)
    assert launcher.zorg_voor(datamap) is True
    launcher.stop(datamap)
    assert cluster.postmaster(eenmalig) == ander


def test_foreign_pid_in_both_lock_files(datamap: Path) -> None:
    """After a reboot both old numbers can have gone to strangers."""
    launcher.zorg_voor(datamap)
    kill_alles(datamap)
    vreemden = [subprocess.Popen(["sleep", "60"]) for _ in range(2)]
    try:
        vervang_pid(datamap, vreemden[0].pid)
        (datamap / ".s.PGSQL.5432.lock").write_text(f"{vreemden[1].pid}\n{datamap}\n")
        assert launcher.zorg_voor(datamap) is True
    finally:
        for vreemd in vreemden:
            vreemd.kill()
            vreemd.wait()


def test_zombie_in_the_pid_file(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    kill_alles(datamap)
    zombie = subprocess.Popen(["true"])
    tot(lambda: Path(f"/proc/{zombie.pid}/stat").read_text().split()[2] == "Z")
    vervang_pid(datamap, zombie.pid)
    assert launcher.zorg_voor(datamap) is True
    zombie.wait()


def test_killed_server_that_nobody_reaps(datamap: Path) -> None:
    """The server's own parent lives on and does not look: its number stays in use as a zombie."""
    code = "import sys, pathlib; from veiligheid.database import launcher\n"
    code += "launcher.zorg_voor(pathlib.Path(sys.argv[1])); print('ja', flush=True); sys.stdin.read()"
    ouder = subprocess.Popen(
        [sys.executable, "-c", code, str(datamap)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=omgeving(),
        cwd="/",
    )
    assert ouder.stdout is not None
    assert ouder.stdout.readline() == b"ja\n"
    kill_alles(datamap)
    assert launcher.zorg_voor(datamap) is True
    ouder.communicate()


@pytest.mark.parametrize("inhoud", [b"", b"\0" * 64], ids=["leeg", "nullen"])
def test_pid_file_lost_in_a_power_cut(datamap: Path, inhoud: bytes) -> None:
    launcher.zorg_voor(datamap)
    kill_alles(datamap)
    (datamap / "postmaster.pid").write_bytes(inhoud)
    os.utime(datamap / "postmaster.pid", (1, 1))
    assert launcher.zorg_voor(datamap) is True


@pytest.mark.lang
def test_frozen_server_is_left_alone(datamap: Path) -> None:
    """A living postmaster that does not answer is never worked around: two servers on one cluster destroy it."""
    launcher.zorg_voor(datamap)
    pid = cluster.postmaster(datamap)
    assert pid is not None
    logboek = cluster.logeinde(datamap)
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(Databasefout, match="antwoordt niet binnen 5 seconden"):
            # Long enough to get past two looks of two seconds, to where a server would be started.
            launcher.zorg_voor(datamap, wacht=5)
        assert cluster.logeinde(datamap) == logboek, "er is geen tweede server geprobeerd"
    finally:
        os.kill(pid, signal.SIGCONT)
    assert launcher.zorg_voor(datamap) is False
    assert cluster.postmaster(datamap) == pid


@pytest.mark.lang
def test_moved_cluster(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    schrijf(datamap, 1)
    kill_alles(datamap)
    verhuisd = datamap.rename(datamap.with_name("verhuisd"))
    try:
        assert launcher.zorg_voor(verhuisd) is True
        assert vraag(verhuisd, "SELECT nummer FROM proef") == [(1,)]
    finally:
        ruim_op(verhuisd)


@pytest.mark.lang
def test_twenty_crashes(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    for ronde in range(20):
        schrijf(datamap, ronde)
        kill_alles(datamap)
        vreemd = subprocess.Popen(["sleep", "60"])
        vervang_pid(datamap, vreemd.pid)
        begin = time.monotonic()
        assert launcher.zorg_voor(datamap) is True
        assert time.monotonic() - begin <= 15
        vreemd.kill()
        vreemd.wait()
        assert vraag(datamap, "SELECT array_agg(nummer ORDER BY nummer) FROM proef") == [(list(range(ronde + 1)),)]


# --- many at once, stopping, the command line -----------------------------------------------------------------------


@pytest.mark.lang
@pytest.mark.parametrize("eerste", [True, False], ids=["eerste start", "na kill -9"])
def test_eight_at_once(datamap: Path, eerste: bool) -> None:
    if not eerste:
        launcher.zorg_voor(datamap)
        kill_alles(datamap)
    acht = [
        subprocess.Popen(opdracht("start", datamap), stdout=subprocess.PIPE, text=True, env=omgeving(), cwd="/")
        for _ in range(8)
    ]
    zinnen = [proces.communicate(timeout=40)[0] for proces in acht]
    assert [proces.returncode for proces in acht] == [0] * 8
    assert sorted("is gestart" in zin for zin in zinnen) == [False] * 7 + [True]


def test_lock_that_is_held_too_long(datamap: Path) -> None:
    with cluster.slot(datamap, time.monotonic() + 5), pytest.raises(Databasefout, match="ander proces"):
        launcher.zorg_voor(datamap, wacht=0.2)


def test_stop_is_quiet_and_complete(datamap: Path) -> None:
    launcher.stop(datamap)
    launcher.zorg_voor(datamap)
    launcher.stop(datamap)
    assert processen(datamap) == set()
    assert not (datamap / "postmaster.pid").exists()
    launcher.stop(datamap)


def test_stop_leaves_a_foreign_process_alone(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    kill_alles(datamap)
    vreemd = subprocess.Popen(["sleep", "60"])
    try:
        vervang_pid(datamap, vreemd.pid)
        launcher.stop(datamap)
        assert vreemd.poll() is None
    finally:
        vreemd.kill()
        vreemd.wait()


@pytest.mark.lang
def test_stop_only_when_free(datamap: Path) -> None:
    assert launcher.stop_als_vrij(datamap) is False
    launcher.zorg_voor(datamap)
    with verbind(datamap):
        assert launcher.stop_als_vrij(datamap) is False
    assert launcher.stop_als_vrij(datamap) is True
    assert processen(datamap) == set()
    assert launcher.stop_als_vrij(datamap) is False


def test_command_line(datamap: Path) -> None:
    def uitkomst(werk: str) -> tuple[int, str]:
        gedaan = voer_uit(opdracht(werk, datamap))
        return gedaan.returncode, gedaan.stdout + gedaan.stderr

    assert uitkomst("status") == (1, f"De database in {datamap} draait niet.\n")
    assert uitkomst("start") == (0, f"De database in {datamap} is gestart.\n")
    assert uitkomst("start") == (0, f"De database in {datamap} draaide al.\n")
    assert uitkomst("status") == (0, f"De database in {datamap} draait.\n")
    assert uitkomst("stop") == (0, f"De database in {datamap} is gestopt.\n")
    (datamap / "PG_VERSION").write_text("9\n")
    code, zin = uitkomst("start")
    assert code == 1
    assert zin.count("\n") == 1


def test_environment_of_the_caller_does_not_interfere(datamap: Path) -> None:
    gedaan = voer_uit(
        opdracht("start", datamap), PGPORT="6000", PGDATA="/nergens", PGUSER="iemand", PGDATABASE="x", LC_ALL="xx_YY"
    )
    assert gedaan.returncode == 0, gedaan.stderr
    assert vraag(datamap, "SELECT 1") == [(1,)]


def test_working_folder_that_is_gone(datamap: Path, tmp_path: Path) -> None:
    weg = tmp_path / "weg"
    weg.mkdir()
    code = "import os, sys, pathlib; os.rmdir(os.getcwd())\nfrom veiligheid.database import launcher\n"
    code += "launcher.zorg_voor(pathlib.Path(sys.argv[1]))"
    gedaan = voer_uit([sys.executable, "-c", code, str(datamap)], cwd=weg)
    assert gedaan.returncode == 0, gedaan.stderr


# --- who runs it ----------------------------------------------------------------------------------------------------


@alleen_root
def test_root_in_a_namespace_keeps_its_files(datamap: Path) -> None:
    datamap.parent.chmod(0o700)
    launcher.zorg_voor(datamap)
    if Path(f"/proc/{cluster.postmaster(datamap)}/uid_map").read_text().split()[1:] != ["0", "1"]:
        pytest.skip("user namespaces are forbidden here")
    assert {pad.stat().st_uid for pad in (datamap, datamap / "PG_VERSION")} == {0}


@alleen_root
def test_root_without_namespaces_uses_another_account(openbaar: Path) -> None:
    var = openbaar / "var"
    var.mkdir(mode=0o755)
    datamap = var / "postgres"
    gedaan = voer_uit(opdracht("start", datamap), **{GEEN_NAAMRUIMTE: "1"})
    if gedaan.returncode and "als root" in gedaan.stderr:
        pytest.skip("no other account can reach the PostgreSQL programs here")
    assert gedaan.returncode == 0, gedaan.stderr
    assert datamap.stat().st_uid != 0
    assert (var.stat().st_uid, stat.S_IMODE(var.stat().st_mode)) == (0, 0o755)
    schrijf(datamap, 1)
    kill_alles(datamap)
    # The account stays, also when namespaces are allowed again.
    assert launcher.zorg_voor(datamap) is True
    assert vraag(datamap, "SELECT nummer FROM proef") == [(1,)]


@alleen_root
def test_root_without_namespaces_takes_over_its_own_cluster(openbaar: Path) -> None:
    datamap = openbaar / ("x" * 150) / "postgres"
    assert launcher.zorg_voor(datamap) is True
    schrijf(datamap, 1)
    launcher.stop(datamap)
    gedaan = voer_uit(opdracht("start", datamap), **{GEEN_NAAMRUIMTE: "1"})
    if gedaan.returncode and "als root" in gedaan.stderr:
        pytest.skip("no other account can reach the PostgreSQL programs here")
    assert gedaan.returncode == 0, gedaan.stderr
    assert vraag(datamap, "SELECT nummer FROM proef") == [(1,)]


@alleen_root
def test_root_without_any_way_says_what_to_do(tmp_path: Path) -> None:
    prive = tmp_path / "prive"
    prive.mkdir(mode=0o700)
    gedaan = voer_uit(opdracht("start", prive / "postgres"), **{GEEN_NAAMRUIMTE: "1"})
    assert gedaan.returncode == 1
    assert "start als gewone gebruiker, of zet DATABASE_URL" in gedaan.stderr
    assert not (prive / "postgres").exists()
    assert stat.S_IMODE(prive.stat().st_mode) == 0o700


@alleen_root
@pytest.mark.lang
def test_ordinary_user_in_a_private_folder(openbaar: Path) -> None:
    python = python_voor("nobody")
    prive = openbaar / "thuis van 'iemand'"
    prive.mkdir(mode=0o700)
    shutil.chown(prive, "nobody")
    datamap = prive / "var" / "postgres"
    eerst = voer_uit(opdracht("start", datamap, python), als="nobody")
    assert (eerst.returncode, "is gestart" in eerst.stdout) == (0, True), eerst.stderr
    schrijf(datamap, 1)
    kill_alles(datamap)
    # Root helps out: the cluster, its log and its lock stay the user's.
    assert launcher.zorg_voor(datamap) is True
    assert vraag(datamap, "SELECT nummer FROM proef") == [(1,)]
    assert {pad.stat().st_uid for pad in prive.rglob("*")} == {pwd.getpwnam("nobody").pw_uid}
    daarna = voer_uit(opdracht("stop", datamap, python), als="nobody")
    assert daarna.returncode == 0, daarna.stderr


@alleen_root
@pytest.mark.lang
def test_root_in_the_private_folder_of_somebody_else(openbaar: Path) -> None:
    """Not even in a namespace can root pass there, so the cluster becomes that person's, who can go on with it."""
    python = python_voor("nobody")
    prive = openbaar / "prive"
    prive.mkdir(mode=0o700)
    shutil.chown(prive, "nobody")
    datamap = prive / "postgres"
    assert launcher.zorg_voor(datamap) is True
    launcher.stop(datamap)
    assert {pad.stat().st_uid for pad in prive.rglob("*")} == {pwd.getpwnam("nobody").pw_uid}
    daarna = voer_uit(opdracht("start", datamap, python), als="nobody")
    assert daarna.returncode == 0, daarna.stderr


@alleen_root
def test_ordinary_user_on_the_cluster_of_root(openbaar: Path) -> None:
    python = python_voor("nobody")
    datamap = openbaar / "postgres"
    launcher.zorg_voor(datamap)
    gedaan = voer_uit(opdracht("start", datamap, python), als="nobody")
    assert gedaan.returncode == 1
    assert "kies een" in gedaan.stderr
    assert "Traceback" not in gedaan.stderr


@alleen_root
def test_ordinary_user_without_write_permission(openbaar: Path) -> None:
    python = python_voor("nobody")
    gedaan = voer_uit(opdracht("start", openbaar / "var" / "postgres", python), als="nobody")
    assert (gedaan.returncode, gedaan.stderr.count("\n")) == (1, 1)
    assert "mag schrijven" in gedaan.stderr


# --- the Django backend ---------------------------------------------------------------------------------------------

WERKER = """
import sys
from pathlib import Path
from django.conf import settings
from veiligheid.database import launcher
datamap = Path(sys.argv[1])
settings.configure(DATABASES={"default": {
    "ENGINE": "veiligheid.database", "NAME": sys.argv[2], "USER": launcher.ROL_SITE,
    "HOST": str(launcher.socketmap(datamap)), "DATAMAP": datamap}})
import django
django.setup()
from django.db import connection
for _ in sys.stdin:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, pg_postmaster_start_time()::text")
            print(*cursor.fetchone(), flush=True)
    except Exception as fout:
        print(type(fout).__module__, type(fout).__name__, str(fout).splitlines()[-1], flush=True)
    connection.close()
"""


@pytest.fixture
def werker(datamap: Path) -> Iterator[Callable[[], str]]:
    """A process that lives on like a gunicorn worker; calling it makes one request and returns its answer."""
    yield from _werker(datamap, launcher.DATABASE)


def _werker(datamap: Path, database: str) -> Iterator[Callable[[], str]]:
    proces = subprocess.Popen(
        [sys.executable, "-c", WERKER, str(datamap), database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=omgeving(PGPORT="6000"),
        cwd="/",
    )
    assert proces.stdin is not None
    assert proces.stdout is not None

    def verzoek() -> str:
        proces.stdin.write("\n")
        proces.stdin.flush()
        return proces.stdout.readline()

    yield verzoek
    proces.communicate()


def test_backend_starts_the_server_and_starts_it_again(datamap: Path, werker: Callable[[], str]) -> None:
    eerste = werker()
    assert eerste.startswith("veiligheid_site ")
    assert werker() == eerste
    kill_alles(datamap)
    tweede = werker()
    assert tweede.startswith("veiligheid_site ")
    assert tweede != eerste


def test_backend_gives_an_operational_error_with_the_reason(datamap: Path, werker: Callable[[], str]) -> None:
    datamap.mkdir()
    (datamap / "iets").write_text("")
    antwoord = werker()
    assert antwoord.startswith("django.db.utils OperationalError ")
    assert "niet leeg" in antwoord


def test_backend_does_not_start_anything_for_a_wrong_database_name(datamap: Path) -> None:
    launcher.zorg_voor(datamap)
    pid = cluster.postmaster(datamap)
    werker = _werker(datamap, "bestaat_niet")
    assert 'database "bestaat_niet" does not exist' in next(werker)()
    assert next(werker, None) is None
    assert cluster.postmaster(datamap) == pid
