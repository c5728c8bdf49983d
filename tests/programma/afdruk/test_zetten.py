"""The child that sets a PDF: what goes wrong in it is a Dutch sentence, and ends there."""

from __future__ import annotations

from pathlib import Path

import pytest

from programma.afdruk import zetten
from tests.programma.afdruk.stukken import programma


def test_dezelfde_bytes_als_in_dit_proces() -> None:
    pdf = zetten.zet(programma())

    assert pdf.startswith(b"%PDF-1.7")
    assert zetten.zet(programma()) == pdf


def test_gegevens_die_niet_kloppen(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(zetten.Zetfout, match="stopte met een fout"):
        zetten.zet({**programma(), "blokken": [{"soort": "onbekend"}]})

    assert "unknown block" in caplog.text


def test_een_sjabloon_dat_niet_ophoudt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sjabloon = tmp_path / "lus.typ"
    sjabloon.write_text("#let f(n) = range(100000).map(x => range(100000).sum()).sum()\n#f(1)", encoding="utf-8")
    monkeypatch.setattr(zetten, "SJABLOON", sjabloon)

    with pytest.raises(zetten.Zetfout, match="duurde langer dan 1 seconden"):
        zetten.zet({"blokken": []}, 1)
    assert zetten.TEGELIJK.acquire(blocking=False)
    zetten.TEGELIJK.release()


def test_het_kind_leest_geen_bestanden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sjabloon = tmp_path / "lees.typ"
    sjabloon.write_text('#set document(title: "x")\n#read("/etc/passwd")', encoding="utf-8")
    monkeypatch.setattr(zetten, "SJABLOON", sjabloon)

    with pytest.raises(zetten.Zetfout):
        zetten.zet({"blokken": []})


def test_te_weinig_geheugen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zetten, "GEHEUGEN", 60 * 1024 * 1024)

    with pytest.raises(zetten.Zetfout, match="stopte met een fout"):
        zetten.zet(programma())


def test_zonder_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zetten.sys, "executable", "/bestaat/niet")

    with pytest.raises(zetten.Zetfout, match="start niet"):
        zetten.zet(programma())


def test_een_tegelijk() -> None:
    with zetten.TEGELIJK, pytest.raises(zetten.Zetfout, match="een andere PDF"):
        zetten.zet(programma(), 0.01)
