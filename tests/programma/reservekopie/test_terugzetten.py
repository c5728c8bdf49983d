"""A backup, put back in an empty database, is the same; otherwise that database stays empty."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from programma.models import Versie
from programma.reservekopie import doel, kopiemap, terugzetten
from programma.reservekopie.kopiemap import DUMP, MANIFEST, SOMMEN, Kopie, Kopiefout
from programma.reservekopie.maken import maak
from programma.reservekopie.terugzetten import zet_terug
from programma.spoor import historie
from programma.spoor.verificatie import controleer_historie
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd
from tests.programma.reservekopie.conftest import als_maker

NAMEN = ("rosa", "rik", "paula", "pim", "sam", "anna", "bas")
# How the schema of a new database is, for everybody but its owner.
SCHEMA = """
SELECT pg_get_userbyid(nspowner), nspacl::text, obj_description(oid, 'pg_namespace') FROM pg_namespace
WHERE nspname = 'public'
"""


def vraag(tekst: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(tekst)
        return list(cursor.fetchall())


def is_leeg() -> bool:
    return doel._inhoud() == [] and vraag("SELECT count(*) FROM pg_default_acl") == [(0,)]


def vervang(kopie: Kopie, verander: Callable[[dict[str, Any]], None]) -> None:
    """Change a manifest, with all sums right again: only what is put back can then show it."""
    manifest = json.loads((kopie.map / MANIFEST).read_bytes())
    verander(manifest)
    (kopie.map / MANIFEST).unlink()
    (kopie.map / SOMMEN).unlink()
    moment = kopie.moment
    werkmap = kopie.map.rename(kopie.map.parent / ".bezig-0")
    inhoud = {naam: waarde for naam, waarde in manifest.items() if naam not in ("vorm", "moment", "bestanden")}
    assert kopiemap.bevestig(werkmap, inhoud, moment).map == kopie.map


def test_teruggezet(kopie: Kopie, leeg: str) -> None:
    """Elsewhere than it was made, too: nothing in a backup says where it is."""
    kop = kopie.manifest["stand"]["kop"]
    with als_maker(leeg):
        zet_terug(kopie.map, kopie.sha256)
        # Putting back is no event, and what is done after it has its place in the same chain.
        assert historie.kop() == kop
        rollen = Rollen(*(User.objects.get(username=naam) for naam in NAMEN))
        maak_concept(rollen, document=maak_document(jaar=2031))
        assert historie.kop() != kop
        assert controleer_historie(kop).afwijkingen == ()
        assert vraag(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ) == [(None,)]


def test_opdrachten(vaste_rollen: Rollen, leeg: str, tmp_path: Path, settings: LazySettings) -> None:
    """Both commands as whoever keeps the site types them, with files of a house style, and a second restore."""
    settings.VAR = tmp_path / "var"
    (tmp_path / "stijl.css").write_text(":root { --x: #fff }\n")
    maak_gepubliceerd(vaste_rollen)
    uit, terug = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("THEMA", str(tmp_path / "stijl.css"))
        omgeving.setenv("OIDC_SECRET", "ditisgeheim")
        with als_maker():
            call_command("backup", str(tmp_path / "kopieen"), stdout=uit)
    map = next((tmp_path / "kopieen").iterdir())
    sha256 = kopiemap.lees(map).sha256
    assert historie.kop() in uit.getvalue() and sha256 in uit.getvalue()
    instellingen = (map / "instellingen.json").read_text()
    assert "stijl.css" in instellingen and "ditisgeheim" not in instellingen
    with als_maker(leeg):
        call_command("herstel", str(map), sha256=sha256, stdout=terug)
        assert "Teruggezet en gecontroleerd" in terug.getvalue() and "Verzegel niets opnieuw" in terug.getvalue()
        with pytest.raises(CommandError, match=r"is niet leeg\. Gevonden: tabel account_emailaddress, "):
            call_command("herstel", str(map))
        assert Versie.objects.count() == 1
    huisstijl = tmp_path / "var" / f"inrichting-{map.name}" / "thema.css"
    assert huisstijl.read_text() == ":root { --x: #fff }\n"
    call_command("herstel", str(map), alleen_controleren=True, stdout=uit)
    assert "is heel" in uit.getvalue()


@pytest.mark.parametrize(
    "opdracht",
    [
        "CREATE TABLE oud (a int)",
        "CREATE VIEW oud AS SELECT 1",
        "CREATE SEQUENCE oud",
        "CREATE FUNCTION oud() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TYPE oud AS ENUM ('a')",
        "CREATE SCHEMA oud",
    ],
)
def test_alleen_in_een_lege_database(kopie: Kopie, leeg: str, opdracht: str) -> None:
    with als_maker(leeg):
        with connection.cursor() as cursor:
            cursor.execute(opdracht)
        with pytest.raises(Kopiefout, match=rf"{leeg} is niet leeg\. Gevonden: \w+ oud"):
            zet_terug(kopie.map)
        assert len(doel._inhoud()) == 1


def test_beschadigd(kopie: Kopie, leeg: str) -> None:
    dump = kopie.map / DUMP
    inhoud = bytearray(dump.read_bytes())
    inhoud[len(inhoud) // 2] ^= 1
    dump.write_bytes(inhoud)
    with als_maker(leeg):
        with pytest.raises(Kopiefout, match=r"Het bestand database\.dump in .* is niet wat het was"):
            zet_terug(kopie.map)
        assert is_leeg()


def _korter(dump: Path) -> None:
    dump.write_bytes(dump.read_bytes()[:-2000])


def _rommel(dump: Path) -> None:
    inhoud = bytearray(dump.read_bytes())
    inhoud[len(inhoud) // 2 :] = bytes(len(inhoud) - len(inhoud) // 2)
    dump.write_bytes(inhoud)


@pytest.mark.parametrize("beschadig", [_korter, _rommel, lambda dump: dump.write_bytes(b"geen dump")])
def test_dump_die_niet_in_te_lezen_is(kopie: Kopie, leeg: str, beschadig: Callable[[Path], object]) -> None:
    """With sums that were made right too, PostgreSQL itself is the one to refuse; nothing of it may stay."""
    beschadig(kopie.map / DUMP)
    vervang(kopie, lambda manifest: None)
    with als_maker(leeg):
        schema = vraag(SCHEMA)
        with pytest.raises(Kopiefout, match="kon de reservekopie niet inlezen"):
            zet_terug(kopie.map)
        assert is_leeg() and vraag(SCHEMA) == schema


def _kop(stand: dict[str, Any]) -> None:
    stand["kop"] = f"{stand['kop'][:-1]}{'0' if stand['kop'][-1] != '0' else '1'}"


def _uitvoer(stand: dict[str, Any]) -> None:
    stand["versies"]["programmabegroting-2030/1"]["bestanden"]["begroting.csv"]["sha256"] = "0" * 64


def _rij(stand: dict[str, Any]) -> None:
    stand["tabellen"]["programma_bedrag"] += 1


def _recht(stand: dict[str, Any]) -> None:
    stand["rechten"].append("table programma_bedrag veiligheid_site TRUNCATE")


@pytest.mark.parametrize(
    ("verander", "zin"),
    [
        pytest.param(_kop, "De kop van de historie is", marks=pytest.mark.lang),
        (_uitvoer, "programmabegroting-2030/1: begroting.csv is niet meer hetzelfde"),
        pytest.param(_rij, "De tabel programma_bedrag heeft", marks=pytest.mark.lang),
        pytest.param(_recht, "rechten", marks=pytest.mark.lang),
    ],
)
def test_niet_wat_het_was(kopie: Kopie, leeg: str, verander: Callable[[dict[str, Any]], None], zin: str) -> None:
    vervang(kopie, lambda manifest: verander(manifest["stand"]))
    with als_maker(leeg):
        schema = vraag(SCHEMA)
        with pytest.raises(Kopiefout, match=zin):
            zet_terug(kopie.map)
        assert is_leeg() and vraag(SCHEMA) == schema
        assert doel._afgebroken() == ""


def test_wat_naast_de_huisstijl_ligt_gaat_niet_mee(tmp_path: Path) -> None:
    """Only what the manifest names was looked at; a link beside it could name any file of whoever puts it back."""
    bron = tmp_path / "kopie" / "inrichting"
    bron.mkdir(parents=True)
    (bron / "thema.css").write_text("a")
    (bron / "erbij.css").write_text("b")
    (bron / "geheim.css").symlink_to("/etc/passwd")
    kopie = Kopie(bron.parent, {"bestanden": {"database.dump": {}, "inrichting/thema.css": {}}}, "")

    terugzetten._zet_inrichting(kopie, tmp_path / "terug")

    assert [pad.name for pad in (tmp_path / "terug").iterdir()] == ["thema.css"]
    assert (tmp_path / "terug").stat().st_mode & 0o077 == 0


@pytest.mark.lang
def test_daarna_kan_het_alsnog(kopie: Kopie, leeg: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure, of whatever kind, the same database takes the backup."""

    def stuk(*_: object) -> None:
        raise KeyboardInterrupt

    with als_maker(leeg):
        with monkeypatch.context() as tijdelijk, pytest.raises(KeyboardInterrupt):
            tijdelijk.setattr(terugzetten, "_controleer", stuk)
            zet_terug(kopie.map)
        assert is_leeg()
        zet_terug(kopie.map)
        assert controleer_historie().afwijkingen == ()


@pytest.mark.lang
def test_gedood_voor_de_controle(kopie: Kopie, leeg: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A restore that was killed cannot clean up: the next one says what it finds."""

    def stuk(*_: object) -> None:
        raise KeyboardInterrupt

    with als_maker(leeg):
        with monkeypatch.context() as tijdelijk, pytest.raises(KeyboardInterrupt):
            tijdelijk.setattr(terugzetten, "_controleer", stuk)
            tijdelijk.setattr(terugzetten, "_ruim_op", lambda *_: None)
            zet_terug(kopie.map)
        with pytest.raises(Kopiefout, match="is afgebroken voordat het was gecontroleerd"):
            zet_terug(kopie.map)


@pytest.mark.parametrize(
    ("waarden", "zin"),
    [
        ({"gemeente": "GM0014"}, "is van gemeente GM0014"),
        ({"rollen": ["veiligheid_site", "rol_van_elders"]}, "CREATE ROLE rol_van_elders LOGIN"),
        ({"eigenaar": "veiligheid_site"}, "is alles van de rol veiligheid_site"),
        ({"gemaakt_met": {"release": "9", "pg_dump": 99}}, "pg_restore van PostgreSQL 99 of nieuwer is nodig"),
    ],
)
def test_wat_eerst_nodig_is(kopie: Kopie, leeg: str, waarden: Mapping[str, Any], zin: str) -> None:
    vervang(kopie, lambda manifest: manifest.update(waarden))
    with als_maker(leeg):
        with pytest.raises(Exception, match=zin):
            zet_terug(kopie.map)
        assert is_leeg()


def test_andere_uitgave(kopie: Kopie, leeg: str) -> None:
    vervang(kopie, lambda manifest: manifest["stand"]["migraties"].append("programma.9999_later"))
    with als_maker(leeg), pytest.raises(Kopiefout, match=r"andere tabellen .*programma\.9999_later"):
        zet_terug(kopie.map)


def test_de_site_mag_niet_kopieren(vaste_rollen: Rollen, tmp_path: Path) -> None:
    with pytest.raises(Kopiefout, match="veiligheid_site bezit deze database niet"):
        maak(tmp_path / "kopieen")
    assert not (tmp_path / "kopieen").exists()


def test_lege_database_bewaren(leeg: str, tmp_path: Path) -> None:
    with als_maker(leeg), pytest.raises(CommandError, match="er is nog niets om te bewaren"):
        call_command("backup", str(tmp_path / "kopieen"))


def test_mislukte_dump_laat_niets_achter(vaste_rollen: Rollen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verbinding = connection.get_connection_params

    def elders() -> dict[str, Any]:
        return {**verbinding(), "dbname": "bestaat_niet"}

    with als_maker():
        doel.eis_eigenaar()
        with (
            monkeypatch.context() as tijdelijk,
            pytest.raises(Kopiefout, match=r'pg_dump kon .*database "bestaat_niet" does not exist'),
        ):
            tijdelijk.setattr(connection, "get_connection_params", elders)
            maak(tmp_path / "kopieen")
    assert list((tmp_path / "kopieen").iterdir()) == []
