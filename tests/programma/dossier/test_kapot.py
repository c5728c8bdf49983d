"""verifieer.py on what is broken, malicious or no dossier at all: a Dutch sentence and an exit code, no traceback."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from programma.dossier import bouw, verifieer
from programma.models import Versie
from programma.spoor.wijzigingslog import KOP, Snede, wijzigingslog_csv
from tests.bouwers import Rollen, maak_gepubliceerd

Bestanden = dict[str, bytes]
Vraag = Callable[..., tuple[int, str]]
ROMMEL = (
    b"", b"\xff\xfe", b"[]", b"{}", b"null", b"1", b'"a"', b"[[[[[[", b"[" * 100_000, b"a,b\r\n1,2\r\n", b'"',
    b"\x00" * 50,
    b'{"soorten": 1, "verwijzingen": []}', b'[["Versie", 1]]', b'[["Versie","x"],\n["Bedrag",[1]]]\n', b"9" * 5000,
    b'{"document": "d", "titel": "t", "versie": 1, "controlesom": "", "anker": "", "peilmoment": "", '
    b'"gemaakt": "vers", "historiekop": "9:9", "gemeente": "g", "bestanden": [1]}',
)  # fmt: skip


@pytest.fixture
def bestanden(rollen: Rollen) -> Bestanden:
    """A dossier, file by file, and a log."""
    uitgave = Versie.objects.voorbeeld(maak_gepubliceerd(rollen).pk)
    assert uitgave is not None
    with zipfile.ZipFile(io.BytesIO(bouw(uitgave))) as dossier:
        return {naam: dossier.read(naam) for naam in dossier.namelist() if not naam.startswith("html/static")}


@pytest.fixture
def vraag(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Vraag:
    def stel(dossier: Bestanden | bytes, *argumenten: str, log: bytes | None = None) -> tuple[int, str]:
        pad = tmp_path / "dossier.zip"
        if isinstance(dossier, bytes):
            pad.write_bytes(dossier)
        else:
            with zipfile.ZipFile(pad, "w") as uit:
                for naam, inhoud in dossier.items():
                    uit.writestr(naam, inhoud)
        if log is not None:
            (tmp_path / "wijzigingslog.csv").write_bytes(log)
            argumenten = ("--log", str(tmp_path / "wijzigingslog.csv"), *argumenten)
        code = verifieer.main([str(pad), *argumenten])
        gezegd = capsys.readouterr()
        return code, gezegd.out + gezegd.err

    return stel


class TestRommel:
    def test_elk_bestand_vervangen_of_weg(self, bestanden: Bestanden, vraag: Vraag) -> None:
        log = b"".join(wijzigingslog_csv(Snede()))
        for naam in (naam for naam in bestanden if "/" not in naam):
            for rommel in (None, *ROMMEL):
                anders = {n: b for n, b in bestanden.items() if n != naam}
                if rommel is not None:
                    anders[naam] = rommel
                code, tekst = vraag(anders, log=log)
                assert code in {1, 2}, f"{naam} {rommel!r}: {tekst}"
                assert naam in tekst, f"{naam} {rommel!r}: {tekst}"

    def test_een_byte_omgezet(self, bestanden: Bestanden, vraag: Vraag) -> None:
        """In what is in the ZIP, found by name; in the ZIP itself, found, or at least no traceback."""
        dobbel = random.Random(5)  # noqa: S311 - not a secret
        for naam in sorted(naam for naam in bestanden if bestanden[naam] and naam != "SHA256SUMS"):
            octetten = bytearray(bestanden[naam])
            octetten[dobbel.randrange(len(octetten))] ^= 1 << dobbel.randrange(8)
            code, tekst = vraag(bestanden | {naam: bytes(octetten)})
            assert code == 1
            assert f"{naam} is niet wat SHA256SUMS zegt" in tekst
        with io.BytesIO() as uit:
            with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
                for naam, inhoud in bestanden.items():
                    pak.writestr(naam, inhoud)
            heel = uit.getvalue()
        for _ in range(40):
            octetten = bytearray(heel)
            octetten[dobbel.randrange(len(octetten))] ^= 1 << dobbel.randrange(8)
            assert vraag(bytes(octetten))[0] in {0, 1, 2}
        for einde in range(0, len(heel), len(heel) // 10):
            assert vraag(heel[:einde])[0] == 2

    @pytest.mark.parametrize(
        "log",
        [b"", b"\xff", ",".join(KOP).encode() + b"\r\n", ",".join(KOP).encode() + b"\r\n" + b"x," * 21 + b"x\r\n",
         ",".join(KOP).encode() + b'\r\n"', b"a,b\r\n", b"\x00" * 1000],
    )  # fmt: skip
    def test_een_kapotte_log(self, bestanden: Bestanden, vraag: Vraag, log: bytes) -> None:
        code, tekst = vraag(bestanden, log=log)

        assert code == 1
        assert "wijzigingslog.csv" in tekst or "niet te controleren" in tekst


class TestVijandig:
    def test_elke_manier_van_inpakken_die_hapert(self, bestanden: Bestanden, vraag: Vraag) -> None:
        dobbel = random.Random(7)  # noqa: S311 - not a secret
        for manier in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED):
            with io.BytesIO() as uit:
                with zipfile.ZipFile(uit, "w", manier) as pak:
                    for naam, inhoud in bestanden.items():
                        pak.writestr(naam, inhoud)
                heel, eerste = bytearray(uit.getvalue()), pak.infolist()[0]
            for plek in range(eerste.header_offset + 60, eerste.header_offset + 60 + eerste.compress_size // 2, 7):
                heel[plek] ^= 1 << dobbel.randrange(8)

            code, tekst = vraag(bytes(heel))

            assert code == 1
            assert f"{eerste.filename} is niet" in tekst

    def test_een_losse_regelteruggang_in_een_regel(self, bestanden: Bestanden, vraag: Vraag) -> None:
        """The CSV of each programme is cut out of the whole line by line, whatever is in it."""
        kop, rij, rest = bestanden["begroting.csv"].split(b"\r\n", 2)
        stuk = b"\r\n".join([kop, rij.replace(b",", b",a\rb", 1), rest])
        for anders in (stuk, kop + b"\r\na\r\n", b""):
            code, tekst = vraag(bestanden | {"begroting.csv": anders})
            assert code == 1
            assert "begroting.csv" in tekst

    def test_een_regel_zonder_eind_en_een_bestand_te_groot_om_te_lezen(
        self, bestanden: Bestanden, vraag: Vraag, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(verifieer, "REGEL_MAX", 30_000)
        for naam in ("begroting.csv", "inhoud.json", "publicaties.csv"):
            code, tekst = vraag(bestanden | {naam: b"a" * 40_000})
            assert code == 1
            assert f"{naam} heeft een regel van meer dan" in tekst
        monkeypatch.setattr(verifieer.Bron.lees, "__defaults__", (100,))
        assert "SHA256SUMS is te groot om te lezen" in vraag(bestanden)[1]

    def test_wat_er_staat_schrijft_of_wist_geen_oordeel(self, bestanden: Bestanden, vraag: Vraag) -> None:
        meta = json.loads(bestanden["metadata.json"])
        meta["titel"] = "x\n\nOordeel: IN ORDE.\x1b[8m\x9b2J\u202e"

        code, tekst = vraag(bestanden | {"metadata.json": json.dumps(meta).encode()})

        assert code == 1
        assert [regel for regel in tekst.splitlines() if regel.startswith("Oordeel: IN")] == []
        assert not set(tekst) & set("\x1b\x9b\u202e")


class TestBuiten:
    def test_wat_geen_dossier_is(self, vraag: Vraag, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for dossier in (b"", b"PK\x03\x04", {"a.txt": b"a"}):
            code, tekst = vraag(dossier)
            assert code == 2
            assert tekst.startswith("Er viel niets te controleren")
        for pad in (tmp_path / "weg.zip", tmp_path, "x" * 5000, "a\x00b"):
            assert verifieer.main([str(pad)]) == 2
            assert "niets te controleren" in capsys.readouterr().err

    def test_een_zip_die_uitgepakt_te_groot_is(self, vraag: Vraag, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verifieer, "LIMIET", 1000)
        code, tekst = vraag({"SHA256SUMS": b"0" * 2000, "metadata.json": b"{}"})
        assert code == 2
        assert "te groot" in tekst

    def test_een_bestand_dat_er_twee_keer_in_staat(self, vraag: Vraag) -> None:
        with io.BytesIO() as uit:
            with zipfile.ZipFile(uit, "w") as pak, pytest.warns(UserWarning, match="Duplicate"):
                pak.writestr("metadata.json", b"{}")
                pak.writestr("metadata.json", b"{}")
            code, tekst = vraag(uit.getvalue())
        assert code == 2
        assert "twee keer" in tekst

    def test_een_bestand_erbij(self, bestanden: Bestanden, vraag: Vraag) -> None:
        code, tekst = vraag(bestanden | {"extra.csv": b"a"})
        assert code == 1
        assert "extra.csv zit in het dossier, maar staat niet in SHA256SUMS" in tekst

    @pytest.mark.parametrize("anker", ["x", "1:2", "0" * 63, "é", "sha256 " + "0" * 60])
    def test_wat_geen_anker_is(self, bestanden: Bestanden, vraag: Vraag, anker: str) -> None:
        code, tekst = vraag(bestanden, "--anker", anker)
        assert code == 2
        assert "is geen anker" in tekst

    def test_een_ander_anker_een_kop_zonder_log_en_een_deel(
        self, bestanden: Bestanden, vraag: Vraag, tmp_path: Path
    ) -> None:
        assert vraag(bestanden, "--anker", "0" * 64)[0] == 1
        code, tekst = vraag(bestanden, "--anker", "1:" + "0" * 64)
        assert (code, "met --log" in tekst) == (2, True)
        deel = tmp_path / "wijzigingslog-deel-versie-1.csv"
        deel.write_bytes(b"")
        code, tekst = vraag(bestanden, "--log", str(deel))
        assert (code, "is een deel van de historie" in tekst) == (2, True)
        assert vraag(bestanden, "--log", str(tmp_path / "weg.csv"))[0] == 2

    def test_een_anker_uit_een_bestand(self, bestanden: Bestanden, vraag: Vraag, tmp_path: Path) -> None:
        anker = tmp_path / "anker.txt"
        anker.write_text(f"sha256 {Versie.objects.get().anker.upper()}\nmeer\n", encoding="utf-8")

        code, tekst = vraag(bestanden, "--anker", str(anker))

        assert "Wat u bewaarde, staat in de keten" in tekst
        assert code == 1  # without the fonts and style sheets that SHA256SUMS names
