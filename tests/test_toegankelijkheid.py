"""The thirty rules of docs/toegankelijkheid.md: all are there, and what is said to guard them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[1]
RIJ = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)


def _rijen() -> list[tuple[str, ...]]:
    return RIJ.findall((WORTEL / "docs/toegankelijkheid.md").read_text(encoding="utf-8"))


def _tests(bestand: Path) -> set[str]:
    boom = ast.parse(bestand.read_text(encoding="utf-8"))
    return {knoop.name for knoop in ast.walk(boom) if isinstance(knoop, ast.FunctionDef | ast.ClassDef)}


def test_alle_dertig_regels() -> None:
    """Each rule has a test, or says why a person must look."""
    assert [int(nummer) for nummer, *_ in _rijen()] == list(range(1, 31))
    assert [nummer for nummer, _, _, test, mens in _rijen() if not test and not mens] == []


def test_elke_genoemde_test_bestaat() -> None:
    for nummer, _, _, tests, _ in _rijen():
        for naam in filter(None, tests.split("; ")):
            bestand, _, functie = naam.partition("::")
            assert (WORTEL / bestand).exists(), f"{nummer}: {bestand}"
            assert not functie or functie in _tests(WORTEL / bestand), f"{nummer}: {naam}"


def test_er_beweegt_niets() -> None:
    """Rule 27: no animation, no transition, no smooth scrolling on the public pages."""
    stijl = (WORTEL / "veiligheid/static/veiligheid/stijl.css").read_text(encoding="utf-8")
    assert not re.search(r"@keyframes|(?:animation|transition)\s*:(?!none)|scroll-behavior\s*:\s*smooth", stijl)
