"""The geometry of the charts: everything stays on the page, to scale, and nothing is made up."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veiligheid.charts import Kolomgrafiek, Kop, Lijngrafiek, Serie, bullets, kolomgrafiek, lijngrafiek
from veiligheid.charts.kolommen import BOVEN, ONDER
from veiligheid.formatting import decimaal, duizenden

D = Decimal
waarden = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def maat(tekst: str) -> float:
    """Return the number of a position."""
    return float(tekst.removesuffix("%").removesuffix("rem"))


def een_decimaal(waarde: Decimal) -> str:
    return decimaal(waarde, 1)


def kolommen(*series: list[int], focus: int | None = None) -> Kolomgrafiek:
    """Draw these series, the first at the bottom, in columns from 2023 on."""
    koppen = [Kop(str(2023 + plaats), "Begroting") for plaats in range(len(series[0]) if series else 0)]
    return kolomgrafiek([Serie("s", [D(w) for w in serie]) for serie in series], koppen, duizenden, focus)


def lijn(punten: dict[int, str | None], groep: tuple[int, str] | None = None) -> Lijngrafiek:
    """Draw these years, which hold at least one value."""
    grafiek = lijngrafiek(
        {jaar: None if waarde is None else D(waarde) for jaar, waarde in punten.items()},
        een_decimaal,
        (groep[0], D(groep[1])) if groep else None,
    )
    assert grafiek is not None
    return grafiek


class TestKolommen:
    """The stacked columns of the lasten."""

    def test_zoals_ontworpen(self) -> None:
        grafiek = kolommen([3_153_000, 3_516_000], [2_921_000, 3_070_000], focus=1)

        eerste, tweede = grafiek.kolommen
        assert [kolom.totaal for kolom in grafiek.kolommen] == ["6.074", "6.586"]
        assert [blok.waarde for blok in eerste.blokken] == ["3.153", "2.921"]
        assert [blok.nummer for blok in tweede.blokken] == ["1", "2"]
        assert (eerste.boven, eerste.onder) == ("2023", "Begroting")
        assert grafiek.nullijn == f"{ONDER:.3f}rem"
        assert maat(tweede.blokken[1].y) == pytest.approx(BOVEN, abs=0.001)
        assert grafiek.focus is not None
        assert maat(grafiek.focus.x) + maat(grafiek.focus.breedte) / 2 == pytest.approx(maat(tweede.x), abs=0.02)

    def test_de_as_begint_bij_nul(self) -> None:
        grafiek = kolommen([1000, 2000, 4000])

        hoogten = [maat(kolom.blokken[0].hoogte) for kolom in grafiek.kolommen]
        assert hoogten[1] == pytest.approx(2 * hoogten[0], abs=0.01)
        assert hoogten[2] == pytest.approx(4 * hoogten[0], abs=0.01)

    def test_een_laag_heeft_alleen_een_totaal(self) -> None:
        (kolom,) = kolommen([5_000_000]).kolommen

        assert (kolom.totaal, [blok.waarde for blok in kolom.blokken]) == ("5.000", [""])

    def test_een_kolom_wordt_niet_de_hele_breedte(self) -> None:
        grafiek = kolommen([5000], focus=0)

        assert maat(grafiek.breedte) <= 20
        assert maat(grafiek.kolommen[0].x) == 50

    def test_een_klein_blok_heeft_geen_tekst(self) -> None:
        (kolom,) = kolommen([5_000_000], [20_000]).kolommen

        assert [blok.waarde for blok in kolom.blokken] == ["5.000", ""]

    def test_alles_nul(self) -> None:
        grafiek = kolommen([0, 0], [0, 0])

        assert [(kolom.blokken, kolom.totaal) for kolom in grafiek.kolommen] == [((), "0"), ((), "0")]

    def test_onder_nul_hangt_onder_de_as(self) -> None:
        grafiek = kolommen([3000, 3000], [-1000, 1000])

        gewoon, hangend = grafiek.kolommen[0].blokken
        nul = maat(grafiek.nullijn)
        assert nul < ONDER
        assert maat(gewoon.y) + maat(gewoon.hoogte) == pytest.approx(nul, abs=0.002)
        assert maat(hangend.y) == pytest.approx(nul, abs=0.002)
        assert maat(hangend.y) + maat(hangend.hoogte) <= ONDER + 0.002

    def test_zonder_kolommen(self) -> None:
        assert kolomgrafiek([], [], duizenden).kolommen == ()

    @given(st.lists(st.tuples(waarden, waarden, waarden), min_size=1, max_size=8))
    def test_alles_past_en_niets_overlapt(self, rijen: list[tuple[Decimal, Decimal, Decimal]]) -> None:
        series = [Serie("s", [rij[nummer] for rij in rijen]) for nummer in range(3)]
        grafiek = kolomgrafiek(series, [Kop(str(plaats)) for plaats in range(len(rijen))], duizenden)

        for kolom in grafiek.kolommen:
            assert maat(kolom.links) >= 0
            assert maat(kolom.links) + maat(grafiek.breedte) <= 100
            randen = sorted((maat(blok.y), maat(blok.y) + maat(blok.hoogte)) for blok in kolom.blokken)
            assert all(boven >= BOVEN - 0.15 and onder <= ONDER + 0.15 for boven, onder in randen)
            assert all(een[1] <= twee[0] + 0.01 for een, twee in pairwise(randen))


class TestLijn:
    """The small chart of an indicator."""

    def test_zoals_ontworpen(self) -> None:
        grafiek = lijn({2021: "0.8", 2022: "1.5", 2023: "1.0", 2024: None, 2025: None}, (2023, "1.1"))

        assert [stip.x for stip in grafiek.stippen] == ["7.00%", "33.00%", "59.00%"]
        assert [stip.waarde for stip in grafiek.stippen] == ["0,8", "1,5", "1,0"]
        assert [stip.jaar for stip in grafiek.stippen] == ["2021", "2022", "2023"]
        assert len(grafiek.lijnen) == 2
        assert grafiek.groep is not None
        assert (grafiek.groep.waarde, grafiek.groep.lijn, grafiek.groep.jaar) == ("1,1", "59.00%", "")

    def test_een_jaar_zonder_waarde_is_een_gat(self) -> None:
        grafiek = lijn({2019: "1", 2020: "2", 2021: None, 2023: "3", 2024: "4"})

        assert [stip.jaar for stip in grafiek.stippen] == ["2019", "2020", "2023", "2024"]
        assert [(regel.x1, regel.x2) for regel in grafiek.lijnen] == [
            (grafiek.stippen[0].x, grafiek.stippen[1].x),
            (grafiek.stippen[2].x, grafiek.stippen[3].x),
        ]
        stap = maat(grafiek.stippen[1].x) - maat(grafiek.stippen[0].x)
        assert maat(grafiek.stippen[2].x) - maat(grafiek.stippen[1].x) == pytest.approx(3 * stap, abs=0.02)

    def test_niets_bekend(self) -> None:
        assert lijngrafiek({2024: None}, een_decimaal, (2023, D(1))) is None
        assert lijngrafiek({}, een_decimaal) is None

    @pytest.mark.parametrize(
        ("eigen", "groep", "onder"),
        [("1.0", "1.1", True), ("1.1", "1.0", False), ("8", "8", False), ("1.0", "9.0", False), ("0.0", "0.3", False)],
    )
    def test_het_laatste_label_wijkt_voor_de_groep(self, eigen: str, groep: str, onder: bool) -> None:
        laatste = lijn({2022: "1.5", 2023: eigen}, (2023, groep)).stippen[-1]

        assert (maat(laatste.label) > maat(laatste.y)) == onder

    def test_een_groep_met_een_ander_jaar_heeft_dat_jaar_erbij(self) -> None:
        grafiek = lijn({2022: "1.5", 2023: "1.0"}, (2022, "1.1"))

        assert grafiek.groep is not None
        assert (grafiek.groep.lijn, grafiek.groep.jaar) == ("", "2022")

    def test_een_enkel_jaar_en_alles_nul(self) -> None:
        grafiek = lijn({2023: "0"}, (2023, "0"))

        assert grafiek.lijnen == ()
        assert (grafiek.stippen[0].x, grafiek.stippen[0].y) == ("33.00%", "6.000rem")

    def test_onder_nul_blijft_de_as_op_nul(self) -> None:
        grafiek = lijn({2022: "-1", 2023: "1"})

        assert maat(grafiek.stippen[0].y) > maat(grafiek.nullijn) > maat(grafiek.stippen[1].y)

    def test_veel_jaren_hebben_alleen_aan_de_einden_tekst(self) -> None:
        grafiek = lijn(dict.fromkeys(range(2010, 2024), "1"))

        assert [stip.jaar for stip in grafiek.stippen if stip.jaar] == ["2010", "2023"]

    @given(st.dictionaries(st.integers(1990, 2040), st.one_of(st.none(), waarden), max_size=12), waarden)
    def test_alles_past(self, punten: dict[int, Decimal | None], groep: Decimal) -> None:
        bekend = [jaar for jaar, waarde in punten.items() if waarde is not None]
        grafiek = lijngrafiek(punten, een_decimaal, (2023, groep))

        assert (grafiek is None) == (not bekend)
        if grafiek is not None:
            assert len(grafiek.stippen) == len(bekend)
            assert all(7 <= maat(stip.x) <= 59 and 2 <= maat(stip.y) <= 6.01 for stip in grafiek.stippen)


class TestBullets:
    """A bar for what it became and a mark for what was planned, all on one scale."""

    def test_de_balk_begint_bij_nul(self) -> None:
        een, twee = bullets([(Decimal(50), Decimal(100)), (Decimal(100), Decimal(0))])

        assert (een.nul, een.x, een.breedte, een.streep) == ("0.60%", "0.60%", "49.40%", "99.40%")
        assert (twee.x, twee.breedte, twee.streep) == ("0.60%", "98.80%", "0.60%")

    def test_onder_nul(self) -> None:
        (een,) = bullets([(Decimal(-50), Decimal(50))])

        assert (een.nul, een.x, een.breedte, een.streep) == ("50.00%", "0.60%", "49.40%", "99.40%")

    def test_niets(self) -> None:
        assert bullets([]) == ()
        assert bullets([(Decimal(0), Decimal(0))])[0].breedte == "0.00%"

    @given(st.lists(st.tuples(waarden, waarden), min_size=1, max_size=8))
    def test_alles_past_en_de_langste_vult(self, paren: list[tuple[Decimal, Decimal]]) -> None:
        for bullet in bullets(paren):
            x, breedte, streep = (float(maat.rstrip("%")) for maat in (bullet.x, bullet.breedte, bullet.streep))
            assert x >= -0.01 and x + breedte <= 100.01 and -0.01 <= streep <= 100.01
