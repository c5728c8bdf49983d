"""Reading the Iv3 file: every row or nothing, and for each mistake a Dutch sentence with its row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programma.iv3.bestand import KOLOMMEN, Iv3, Iv3Fout, Sleutel, Verslag, lees
from tests.stukken import BEGROTING_2025, JAARREKENING_2023, iv3

vast = settings(derandomize=True, deadline=None, max_examples=100)
GOED = ("2025", "begroting", "GM0303", "Dronten", "1.1", "3514.0", "126.0")


def bestand(*rijen: Sequence[str], kop: Sequence[str] = KOLOMMEN) -> io.StringIO:
    """Return a file with these rows."""
    uit = io.StringIO(newline="")
    csv.writer(uit).writerows([kop, *rijen])
    uit.seek(0)
    return uit


def gelezen(*rijen: Sequence[str]) -> Iv3:
    return lees(bestand(*rijen), "GM0303")


def anders(**velden: str) -> list[str]:
    return [velden.get(naam, waarde) for naam, waarde in zip(KOLOMMEN, GOED, strict=True)]


class TestGoed:
    """What is read."""

    def test_bedragen_in_euro_en_met_het_teken_van_hier(self) -> None:
        (rij,) = gelezen(GOED).rijen[BEGROTING_2025]

        assert rij == ("1.1", Decimal("-3514000.00"), Decimal("126000.00"), 2)

    def test_de_demonstratie(self) -> None:
        bron = iv3()

        assert bron.gemeente == "Dronten"
        assert {sleutel: len(rijen) for sleutel, rijen in bron.rijen.items()} == {
            Sleutel(2023, Verslag.BEGROTING): 71,
            JAARREKENING_2023: 71,
            Sleutel(2024, Verslag.BEGROTING): 71,
            BEGROTING_2025: 69,
        }

    def test_een_code_is_tekst(self) -> None:
        rijen = gelezen(anders(taakveld="0.1"), anders(taakveld="0.10")).rijen[BEGROTING_2025]

        assert [rij.taakveld for rij in rijen] == ["0.1", "0.10"]

    def test_nul_heeft_geen_minteken(self) -> None:
        (rij,) = gelezen(anders(lasten_x_1000="0.0", baten_x_1000="-0.0")).rijen[BEGROTING_2025]

        assert (str(rij.lasten), str(rij.baten)) == ("0.00", "0.00")

    def test_lasten_onder_nul_zijn_een_opbrengst(self) -> None:
        (rij,) = gelezen(anders(lasten_x_1000="-31")).rijen[BEGROTING_2025]

        assert rij.lasten == 31000

    def test_andere_gemeenten_en_andere_kolommen_doen_niet_mee(self) -> None:
        kop = ["inwoners", *reversed(KOLOMMEN)]
        rijen = [["1", *reversed(rij)] for rij in (anders(gm_code="GM0001", lasten_x_1000="onzin"), GOED)]

        assert [len(r) for r in lees(bestand(*rijen, kop=kop), "GM0303").rijen.values()] == [1]

    @vast
    @given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
    def test_het_saldo_is_baten_min_lasten(self, lasten: int, baten: int) -> None:
        (rij,) = gelezen(anders(lasten_x_1000=str(lasten), baten_x_1000=f"{baten}.0")).rijen[BEGROTING_2025]

        assert rij.lasten + rij.baten == (baten - lasten) * 1000


class TestFout:
    """What is refused, and in which words."""

    @pytest.mark.parametrize(
        ("kolom", "waarde", "zin"),
        [
            ("jaar", "25", "is geen jaar"),
            ("document", "kwartaal", "is onbekend"),
            ("taakveld", "11", "is geen code"),
            ("taakveld", "1.1; DROP", "is geen code"),
            ("lasten_x_1000", "1.234,5", "is geen getal"),
            ("lasten_x_1000", "", "is geen getal"),
            ("lasten_x_1000", "nan", "is geen getal"),
            ("lasten_x_1000", "1e9", "is geen getal"),
            ("lasten_x_1000", "٣", "is geen getal"),
            ("baten_x_1000", "-99998.0", "geen cijfer"),
            ("baten_x_1000", "9" * 40, "te groot"),
            ("baten_x_1000", "1.123456", "meer dan vijf decimalen"),
        ],
    )
    def test_een_zin_met_rij_en_kolom(self, kolom: str, waarde: str, zin: str) -> None:
        with pytest.raises(Iv3Fout) as fout:
            gelezen(anders(taakveld="2.1"), anders(**{kolom: waarde}))

        (een,) = fout.value.fouten
        assert een.startswith(f"Rij 3, kolom {kolom}: ") and zin in een
        assert str(fout.value).endswith("Er is niets opgeslagen.")

    def test_alle_fouten_ineens_en_dan_een_telling(self) -> None:
        with pytest.raises(Iv3Fout) as fout:
            gelezen(*[anders(taakveld=f"{nummer % 10}.{nummer}", jaar="x") for nummer in range(25)])

        assert len(fout.value.fouten) == 25
        assert "En nog 5 fouten." in str(fout.value)

    def test_dubbel(self) -> None:
        with pytest.raises(Iv3Fout, match=r"Rij 3, kolom taakveld: '1\.1' staat al in rij 2"):
            gelezen(GOED, GOED)

    def test_een_kolom_te_weinig(self) -> None:
        with pytest.raises(Iv3Fout, match="Rij 1: de kolom baten_x_1000 ontbreekt"):
            lees(bestand(GOED[:-1], kop=KOLOMMEN[:-1]), "GM0303")

    def test_een_cel_te_weinig(self) -> None:
        with pytest.raises(Iv3Fout, match="Rij 3 heeft 6 kolommen; de kop heeft er 7"):
            gelezen(GOED, GOED[:-1])

    @pytest.mark.parametrize("inhoud", ["", "\n", "\x00", '"', "PK\x03\x04"])
    def test_geen_tabel(self, inhoud: str) -> None:
        with pytest.raises(Iv3Fout):
            lees(io.StringIO(inhoud), "GM0303")

    def test_geen_rijen_van_deze_gemeente(self) -> None:
        with pytest.raises(Iv3Fout, match="geen rijen van gemeente GM0001"):
            lees(bestand(GOED), "GM0001")

    @vast
    @given(st.text(max_size=200))
    def test_onzin_geeft_een_zin_en_nooit_iets_anders(self, onzin: str) -> None:
        with pytest.raises(Iv3Fout):
            lees(io.StringIO(onzin, newline=""), "GM0303")
