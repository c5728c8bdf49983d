"""The folder of a backup: whole or not there, and every byte of it guarded."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from programma.reservekopie import kopiemap
from programma.reservekopie.kopiemap import DUMP, MANIFEST, SOMMEN, Kopie, Kopiefout

MOMENT = datetime(2026, 11, 27, 2, 30, 5, tzinfo=UTC)


def maak_kopie(verzameling: Path) -> Kopie:
    with kopiemap.nieuwe(verzameling) as werkmap:
        kopiemap.schrijf(werkmap / DUMP, bytes(range(256)) * 20)
        kopiemap.schrijf(werkmap / "inrichting" / "thema.css", b":root {}\n")
        return kopiemap.bevestig(werkmap, {"gemeente": "GM0303"}, MOMENT)


def test_heel(tmp_path: Path) -> None:
    kopie = maak_kopie(tmp_path / "kopieen")
    assert kopie.map == tmp_path / "kopieen" / "2026-11-27T02-30-05Z"
    gelezen = kopiemap.lees(kopie.map, kopie.sha256)
    assert (gelezen.manifest, gelezen.moment, gelezen.sha256) == (kopie.manifest, MOMENT, kopie.sha256)
    assert [pad.name for pad in kopie.map.parent.iterdir()] == [kopie.map.name]
    # Nobody else on the machine may read it, and the sums are those of a program that everybody has.
    assert all(stat.S_IMODE(pad.stat().st_mode) & 0o077 == 0 for pad in (kopie.map, *kopie.map.rglob("*")))
    subprocess.run(["sha256sum", "--check", "--strict", SOMMEN], cwd=kopie.map, check=True, capture_output=True)


def test_zelfde_moment_krijgt_een_eigen_map(tmp_path: Path) -> None:
    assert [maak_kopie(tmp_path).map.name for _ in range(2)] == ["2026-11-27T02-30-05Z", "2026-11-27T02-30-05Z-2"]


@pytest.mark.parametrize("pad", [DUMP, "inrichting/thema.css", MANIFEST, SOMMEN])
def test_een_byte_anders(tmp_path: Path, pad: str) -> None:
    kopie = maak_kopie(tmp_path)
    bestand = kopie.map / pad
    goed = bestand.read_bytes()
    for plek in {0, 1, len(goed) // 3, len(goed) // 2, len(goed) - 2, len(goed) - 1}:
        for bit in (0, 5):
            fout = bytearray(goed)
            fout[plek] ^= 1 << bit
            bestand.write_bytes(fout)
            with pytest.raises(Kopiefout, match="beschadigd") as weigering:
                kopiemap.lees(kopie.map)
            assert pad in str(weigering.value)
    bestand.write_bytes(goed)
    assert kopiemap.lees(kopie.map).sha256 == kopie.sha256


@pytest.mark.parametrize("pad", [DUMP, "inrichting/thema.css", SOMMEN])
@pytest.mark.parametrize("hoe", ["weg", "leeg", "korter", "langer", "map"])
def test_niet_heel(tmp_path: Path, pad: str, hoe: str) -> None:
    kopie = maak_kopie(tmp_path)
    bestand = kopie.map / pad
    goed = bestand.read_bytes()
    bestand.unlink()
    match hoe:
        case "map":
            bestand.mkdir()
        case "leeg" | "korter" | "langer":
            bestand.write_bytes({"leeg": b"", "korter": goed[:-1], "langer": goed + b"\0"}[hoe])
    with pytest.raises(Kopiefout, match="beschadigd") as weigering:
        kopiemap.lees(kopie.map)
    # When the sums are gone or cut off, nothing vouches for the manifest.
    assert pad in str(weigering.value)


def _vervang(map: Path, verander: Callable[[dict[str, object]], None]) -> str:
    """Change the manifest as somebody would who also makes all the sums right."""
    manifest = json.loads((map / MANIFEST).read_bytes())
    verander(manifest)
    (map / MANIFEST).write_bytes(kopiemap.als_json(manifest))
    namen = sorted(pad.relative_to(map).as_posix() for pad in map.rglob("*") if pad.is_file() and pad.name != SOMMEN)
    sommen = "".join(f"{kopiemap.meet(map / naam)['sha256']}  {naam}\n" for naam in namen)
    (map / SOMMEN).write_text(sommen)
    return sommen


def test_alles_samen_vervangen(tmp_path: Path) -> None:
    kopie = maak_kopie(tmp_path)
    _vervang(kopie.map, lambda manifest: manifest.update(gemeente="GM0014"))
    assert kopiemap.lees(kopie.map).manifest["gemeente"] == "GM0014"
    with pytest.raises(Kopiefout, match=r"manifest\.json.*de sha256 is [0-9a-f]{64} en niet "):
        kopiemap.lees(kopie.map, kopie.sha256)


@pytest.mark.parametrize("naam", ["../elders", "/etc/passwd", "a/b/c", "a//b", "", ".verborgen", "a\nb"])
def test_geen_namen_buiten_de_map(tmp_path: Path, naam: str) -> None:
    kopie = maak_kopie(tmp_path)

    def verander(manifest: dict[str, object]) -> None:
        bestanden = manifest["bestanden"]
        assert isinstance(bestanden, dict)
        bestanden[naam] = bestanden[DUMP]

    _vervang(kopie.map, verander)
    with pytest.raises(Kopiefout, match=r"manifest\.json"):
        kopiemap.lees(kopie.map)


@pytest.mark.parametrize(
    "inhoud", [b"", b"[]", b"{}", b"null", b"\xff", b'{"vorm": "veiligheid-reservekopie/1"}', b"[" * 5000]
)
def test_geen_manifest(tmp_path: Path, inhoud: bytes) -> None:
    kopie = maak_kopie(tmp_path)
    (kopie.map / MANIFEST).write_bytes(inhoud)
    (kopie.map / SOMMEN).write_text(f"{kopiemap.meet(kopie.map / MANIFEST)['sha256']}  {MANIFEST}\n")
    with pytest.raises(Kopiefout, match=r"manifest\.json"):
        kopiemap.lees(kopie.map)


def test_snelkoppeling(tmp_path: Path) -> None:
    kopie = maak_kopie(tmp_path)
    elders = (kopie.map / DUMP).rename(tmp_path / "elders")
    (kopie.map / DUMP).symlink_to(elders)
    with pytest.raises(Kopiefout, match=r"database\.dump"):
        kopiemap.lees(kopie.map)


def test_verkeerde_map(tmp_path: Path) -> None:
    kopie = maak_kopie(tmp_path / "kopieen")
    with pytest.raises(Kopiefout, match=f"noem er een, zoals {kopie.map}"):
        kopiemap.lees(kopie.map.parent)
    with pytest.raises(Kopiefout, match="geen reservekopie"):
        kopiemap.lees(tmp_path)
    with pytest.raises(Kopiefout, match="geen map"):
        kopiemap.lees(tmp_path / "weg")
    with pytest.raises(Kopiefout, match="geen sha256"):
        kopiemap.lees(kopie.map, "abc")


def test_map_met_iets_anders(tmp_path: Path) -> None:
    (tmp_path / "belastingaangifte.pdf").touch()
    with pytest.raises(Kopiefout, match=r"iets anders dan reservekopieën \(belastingaangifte\.pdf\)"):
        maak_kopie(tmp_path)
    assert [pad.name for pad in tmp_path.iterdir()] == ["belastingaangifte.pdf"]


def test_map_is_zelf_een_kopie(tmp_path: Path) -> None:
    kopie = maak_kopie(tmp_path)
    with pytest.raises(Kopiefout, match="is zelf een reservekopie"):
        maak_kopie(kopie.map)
    with pytest.raises(Kopiefout, match="is een bestand"):
        maak_kopie(kopie.map / DUMP)


def test_afgebroken(tmp_path: Path) -> None:
    """What fails half-way leaves nothing; what was killed half-way is no backup, and goes at the next."""
    with pytest.raises(RuntimeError), kopiemap.nieuwe(tmp_path) as werkmap:
        kopiemap.schrijf(werkmap / DUMP, b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []

    gedood = tmp_path / ".bezig-1"
    gedood.mkdir()
    (gedood / DUMP).write_bytes(b"half")
    with pytest.raises(Kopiefout, match="geen reservekopie"):
        kopiemap.lees(gedood)
    kopie = maak_kopie(tmp_path)
    assert list(tmp_path.iterdir()) == [kopie.map]


def test_twee_tegelijk(tmp_path: Path) -> None:
    with kopiemap.nieuwe(tmp_path), pytest.raises(Kopiefout, match="wordt al een reservekopie gemaakt"):
        maak_kopie(tmp_path)
    assert maak_kopie(tmp_path).map.is_dir()


def test_schijf_eerst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file and folder is on the disk before the backup gets its name."""
    veilig: list[str] = []
    echt, hernoem = os.fsync, Path.rename

    def fsync(handvat: int) -> None:
        veilig.append(os.readlink(f"/proc/self/fd/{handvat}"))
        echt(handvat)

    def rename(van: Path, naar: Path) -> Path:
        namen = {Path(pad).name for pad in veilig}
        assert {DUMP, "thema.css", "inrichting", MANIFEST, SOMMEN, van.name} <= namen
        return hernoem(van, naar)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    maak_kopie(tmp_path)
    assert veilig[-1] == str(tmp_path)
