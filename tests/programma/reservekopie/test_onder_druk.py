"""A backup while people save and import; put back on an empty cluster, every export is the same bytes."""

from __future__ import annotations

import itertools
import json
import random
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from programma.reservekopie import kopiemap
from tests.duurproef.proeftuin import Proeftuin, proeftuin
from tests.duurproef.test_kill import Proef, maak_proef
from tests.programma.reservekopie.plekken import Plek, ingebed

pytestmark = pytest.mark.lang

SCHRIJVERS, INVOERDERS = 4, 2
AANTAL_KOPIEEN = 2
KOP = "SELECT count(*), (SELECT count(*) FROM programma_import WHERE status = 'bevestigd') FROM programma_schakel"
AFDRUKKEN = """
import json
from programma.models import Bestand
from programma.publicatie import als_uitgave
bestanden = Bestand.objects.select_related("versie__document")
print(json.dumps([[als_uitgave(bestand.versie).kenmerk, bestand.naam, bestand.sha256] for bestand in bestanden]))
"""


@pytest.fixture(scope="module")
def tuin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proeftuin]:
    """A site of its own, that serves."""
    var = tmp_path_factory.mktemp("druk")
    # First without a clock: to make a demonstration is no recovery.
    Plek(var).manage("demo", "--alleen-laden")
    with proeftuin(var) as site:
        yield site


def _kopieer(proef: Proef, verzameling: Path) -> list[tuple[int, int]]:
    """Make backups while the others work; return how many links and imports there were before and after each."""
    gezien = []
    try:
        for _ in range(AANTAL_KOPIEEN):
            proef.teller.wacht("opslaan", SCHRIJVERS)
            gezien += [*proef.tuin.vraag(KOP)]
            Plek(proef.tuin.var).manage("backup", str(verzameling))
            gezien += [*proef.tuin.vraag(KOP)]
        proef.teller.wacht("bevestigen", 1)
    finally:
        proef.klaar.set()
        proef.teller.stop()
    return [(int(schakels), int(imports)) for schakels, imports in gezien]


def test_terug_op_een_leeg_cluster(tuin: Proeftuin, tmp_path: Path) -> None:
    proef, kopieen = maak_proef(tuin), tmp_path / "kopieen"
    klanten = [tuin.klant() for _ in range(SCHRIJVERS + INVOERDERS)]
    nummers = itertools.count(1)
    with ThreadPoolExecutor(len(klanten) + 1) as baan:
        werk: list[Future[Any]] = []
        for nummer, klant in enumerate(klanten):
            lot = random.Random(nummer)  # noqa: S311 - the same in every run
            if nummer < SCHRIJVERS:
                werk.append(baan.submit(proef.schrijf, klant, lot))
            else:
                werk.append(baan.submit(proef.voer_in, klant, lot, nummers))
        gezien = baan.submit(_kopieer, proef, kopieen).result()
        for een in werk:
            een.result()

    for nummer, map in enumerate(sorted(kopieen.iterdir())):
        manifest = json.loads((map / "manifest.json").read_bytes())
        schakels, (voor, na) = int(manifest["stand"]["kop"].partition(":")[0]), gezien[2 * nummer : 2 * nummer + 2]
        assert voor[0] <= schakels <= na[0] and voor[0] < na[0], "nobody wrote during this backup: nothing was tried"
        with ingebed(tmp_path / f"terug{nummer}") as leeg:
            sha256 = kopiemap.lees(map).sha256
            assert "Teruggezet en gecontroleerd" in leeg.manage("herstel", str(map), "--sha256", sha256)
            _, terug = leeg.kopie(tmp_path / f"kopie-van-terug{nummer}")
            assert terug["stand"] == manifest["stand"]
            assert "In orde" in leeg.manage("verifieer", "--anker", manifest["stand"]["kop"])
            if nummer == 0:
                _als_vers_geinstalleerd(terug["stand"], tmp_path)
                _als_bij_publicatie(leeg, terug["stand"])
                # The demonstration goes on where it was, with accounts that can log in again.
                leeg.manage("demo", "--alleen-laden")
                assert "In orde" in leeg.manage("verifieer", "--anker", manifest["stand"]["kop"])
    assert gezien[-1][1], "no import was confirmed meanwhile"


def _als_vers_geinstalleerd(stand: dict[str, Any], tmp_path: Path) -> None:
    """The rights, triggers and functions are those that a new installation gets of its migrations."""
    with ingebed(tmp_path / "vers") as vers:
        vers.manage("migrate", "--verbosity", "0")
        _, manifest = vers.kopie(tmp_path / "kopie-van-vers")
    for wat in ("migraties", "rechten", "trekkers", "functies"):
        assert stand[wat] == manifest["stand"][wat]


def _als_bij_publicatie(plek: Plek, stand: dict[str, Any]) -> None:
    """The exports of what is published have the sha256 that was recorded when it was published."""
    toen = json.loads(plek.manage("shell", "--verbosity", "0", "-c", AFDRUKKEN).strip().splitlines()[-1])
    vergeleken = 0
    for kenmerk, naam, sha256 in toen:
        if bestand := stand["versies"][kenmerk]["bestanden"].get(naam):
            assert bestand["sha256"] == sha256, f"{naam} of {kenmerk}"
            vergeleken += naam in {"begroting.csv", "begroting.json"}
    assert vergeleken


def test_een_byte_anders_wordt_geweigerd(tuin: Proeftuin, tmp_path: Path) -> None:
    """By name, whichever file it is in and wherever; and the database is not touched."""
    goed, _ = Plek(tuin.var).kopie(tmp_path / "kopieen")
    with ingebed(tmp_path / "leeg") as leeg:
        for bestand in sorted(pad for pad in goed.rglob("*") if pad.is_file()):
            naam = bestand.relative_to(goed).as_posix()
            inhoud = bestand.read_bytes()
            for deel in (0, 1, 2, 3, 5, 8, 13, 20):
                stuk = bytearray(inhoud)
                stuk[min(len(stuk) - 1, len(stuk) * deel // 20)] ^= 1
                bestand.write_bytes(stuk)
                with pytest.raises(kopiemap.Kopiefout, match="beschadigd") as weigering:
                    kopiemap.lees(goed)
                assert naam in str(weigering.value)
            geweigerd = leeg.doe("herstel", str(goed))
            assert geweigerd.returncode == 1 and naam in geweigerd.stderr and "beschadigd" in geweigerd.stderr
            bestand.write_bytes(inhoud)
        shutil.copytree(goed, tmp_path / "elders")
        assert "Teruggezet" in leeg.manage("herstel", str(tmp_path / "elders"))
