"""What is said about a file: where a cell stands, and what the file is called."""

from __future__ import annotations

import pytest
from openpyxl.utils import get_column_letter

from veiligheid.bestanden.vorm import kolomletters, plaats, veilige_naam


def test_kolomletters_als_in_excel() -> None:
    assert [kolomletters(kolom) for kolom in range(1, 16_385)] == [get_column_letter(k) for k in range(1, 16_385)]


@pytest.mark.parametrize(
    ("blad", "rij", "kolom", "zin"),
    [
        ("P1", 14, 6, "blad P1, rij 14, kolom F"),
        ("", 1, 28, "rij 1, kolom AB"),
        ("", 50_000, 200, "rij 50000, kolom GR"),
    ],
)
def test_plaats(blad: str, rij: int, kolom: int, zin: str) -> None:
    assert plaats(blad, rij, kolom) == zin


@pytest.mark.parametrize(
    ("naam", "getoond"),
    [
        ("begroting 2026.xlsx", "begroting 2026.xlsx"),
        ("../../etc/x.xlsx", "x.xlsx"),
        ("C:\\Users\\rosa\\x.xlsx", "x.xlsx"),
        ("a\x00\n\x1b[2Jb.csv", "a[2Jb.csv"),
        ("gnp\u202excod.xlsx", "gnpxcod.xlsx"),
        ("", "zonder naam"),
        ("..", "zonder naam"),
        ("/", "zonder naam"),
        ("\u200b", "zonder naam"),
    ],
)
def test_een_naam_wordt_veilig_getoond(naam: str, getoond: str) -> None:
    assert veilige_naam(naam) == getoond


def test_een_lange_naam_houdt_zijn_einde() -> None:
    getoond = veilige_naam("x" * 295 + ".xlsx")

    assert len(getoond) == 100
    assert getoond.endswith(".xlsx")
