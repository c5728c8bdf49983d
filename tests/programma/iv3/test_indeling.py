"""Which part of the budget a taakveld belongs to, and which columns a document shows."""

from __future__ import annotations

import pytest

from programma.iv3 import indeling
from programma.iv3.bestand import Sleutel, Verslag
from programma.raming import Soort
from tests.stukken import BEGROTING_2025, JAARREKENING_2023, iv3

B23, B24 = Sleutel(2023, Verslag.BEGROTING), Sleutel(2024, Verslag.BEGROTING)


@pytest.mark.parametrize(
    ("taakveld", "code"),
    [
        *(("0.1", "0"), ("0.2", "0"), ("0.3", "0"), ("0.10", "0"), ("1.2", "1"), ("6.71a", "6"), ("8.3", "8")),
        *(("0.4", "OH"), ("0.5", "DM"), ("0.61", "DM"), ("0.64", "DM"), ("0.7", "DM"), ("0.8", "OV"), ("0.9", "VPB")),
    ],
)
def test_elk_taakveld_hoort_ergens_bij(taakveld: str, code: str) -> None:
    deel = indeling.deel(taakveld)

    assert deel is not None and deel.code == code


def test_wat_niet_bestaat_hoort_nergens_bij() -> None:
    assert indeling.deel("9.1") is None


def test_wat_geen_programma_is_heeft_een_eigen_soort() -> None:
    assert [deel.soort for deel in indeling.DELEN] == [
        *["programma"] * 9,
        *("dekkingsmiddelen", "overhead", "onvoorzien", "vpb"),
    ]
    assert len({deel.slug for deel in indeling.DELEN}) == len({deel.code for deel in indeling.DELEN}) == 13


def test_lasten_van_0_10_zijn_toevoegingen() -> None:
    assert indeling.soorten("0.10") == (Soort.TOEVOEGING, Soort.ONTTREKKING)
    assert indeling.soorten("0.1") == (Soort.LASTEN, Soort.BATEN)


def test_elke_regel_heeft_een_eigen_sleutel() -> None:
    codes = {rij.taakveld for rijen in iv3().rijen.values() for rij in rijen}
    sleutels = [indeling.regelsleutel(code, soort) for code in codes for soort in indeling.soorten(code)]

    assert len(set(sleutels)) == len(sleutels) == 2 * len(codes)
    assert indeling.regelsleutel("0.10", Soort.TOEVOEGING) == "0-10-toevoeging-1"


class TestKolommen:
    """The columns of a document, as far as the file has them."""

    alles = frozenset({B23, JAARREKENING_2023, B24, BEGROTING_2025})

    def test_een_begroting_kijkt_twee_jaar_terug(self) -> None:
        assert indeling.kolommen(BEGROTING_2025, self.alles) == [JAARREKENING_2023, B24, BEGROTING_2025]
        assert indeling.kolommen(B24, self.alles) == [B23, B24]

    def test_een_gat_wordt_niet_getoond(self) -> None:
        assert indeling.kolommen(BEGROTING_2025, {JAARREKENING_2023, BEGROTING_2025}) == [BEGROTING_2025]

    def test_jaarstukken_staan_naast_de_begroting(self) -> None:
        vorig = Sleutel(2022, Verslag.JAARREKENING)

        assert indeling.kolommen(JAARREKENING_2023, self.alles) == [B23, JAARREKENING_2023]
        assert indeling.kolommen(JAARREKENING_2023, {vorig, JAARREKENING_2023}) == [vorig, JAARREKENING_2023]
