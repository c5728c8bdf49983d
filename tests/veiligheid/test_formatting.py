"""Dutch notation: rounded half away from zero, never a negative zero, one minus that everybody hears."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_DOWN, Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from veiligheid.formatting import (
    afgerond,
    dag,
    datum,
    decimaal,
    duizenden,
    euro,
    kleine_letter,
    miljoen,
    moment,
    natuurlijk,
    omvang,
    opsomming,
    per_inwoner,
    percentage,
    telwoord,
)

D = Decimal
vast = settings(derandomize=True, deadline=None, max_examples=300)
# Wider than numeric(15,2): totals of many lines, and quotients with many decimals.
getallen = st.decimals(min_value=D(-(10**20)), max_value=D(10**20), places=6)
grofheid = st.integers(-6, 4)


def lees(tekst: str) -> Decimal:
    """Read Dutch notation back, or fail: groups of three, one comma, a true minus or a plus in front."""
    gevonden = re.fullmatch(r"([−+]?)(\d{1,3}(?:\.\d{3})*)(?:,(\d+))?", tekst)
    assert gevonden, tekst
    teken, heel, breuk = gevonden.groups()
    return D(f"{'-' if teken == '−' else ''}{heel.replace('.', '')}.{breuk or '0'}")


class TestAfgerond:
    """Half away from zero, on the absolute value."""

    @pytest.mark.parametrize(
        ("waarde", "decimalen", "verwacht"),
        [
            ("0.5", 0, "1"),
            ("-0.5", 0, "-1"),
            ("1.5", 0, "2"),
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("0.4999999999999999999999999999", 0, "0"),
            ("-2.4999", 0, "-2"),
            ("0.05", 1, "0.1"),
            ("-0.045", 2, "-0.05"),
            ("499", -3, "0"),
            ("500", -3, "1000"),
            ("-500", -3, "-1000"),
            ("-1499.99", -3, "-1000"),
        ],
    )
    def test_grenzen(self, waarde: str, decimalen: int, verwacht: str) -> None:
        assert afgerond(D(waarde), decimalen) == D(verwacht)

    @vast
    @given(getallen, grofheid)
    def test_als_breuk_uitgerekend(self, waarde: Decimal, decimalen: int) -> None:
        stap = Fraction(10) ** -decimalen
        stappen, rest = divmod(abs(Fraction(waarde)), stap)
        naar_boven = stappen + (rest * 2 >= stap)

        assert Fraction(afgerond(waarde, decimalen)) == (naar_boven if waarde >= 0 else -naar_boven) * stap

    @vast
    @given(getallen, grofheid)
    def test_een_ander_teken_is_alleen_een_ander_teken(self, waarde: Decimal, decimalen: int) -> None:
        assert afgerond(-waarde, decimalen) == -afgerond(waarde, decimalen)

    @vast
    @given(getallen, grofheid)
    def test_wat_rond_is_blijft(self, waarde: Decimal, decimalen: int) -> None:
        rond = afgerond(waarde, decimalen)

        assert afgerond(rond, decimalen) == rond

    def test_de_context_van_een_ander_doet_er_niet_toe(self) -> None:
        with localcontext(Context(prec=3, rounding=ROUND_DOWN)):
            assert afgerond(D("-123456789012345.675"), 2) == D("-123456789012345.68")
            assert duizenden(D("-123456789500")) == "−123.456.790"
            assert miljoen(D("-12345678.90")) == "−€\u00a012,3\u00a0miljoen"


class TestDecimaal:
    """A point between thousands, a comma before decimals, U+2212 in front."""

    @pytest.mark.parametrize(
        ("waarde", "decimalen", "plus", "verwacht"),
        [
            (0, 0, False, "0"),
            (0, 0, True, "0"),
            (0, 2, False, "0,00"),
            (999, 0, False, "999"),
            (1000, 0, False, "1.000"),
            (-1000, 0, False, "−1.000"),
            (1234567, 1, False, "1.234.567,0"),
            ("-1234.565", 2, False, "−1.234,57"),
            ("999.5", 0, False, "1.000"),
            (5, 0, True, "+5"),
            ("0.04", 1, True, "0,0"),
            (-5, 0, True, "−5"),
            ("1E+3", 0, False, "1.000"),
        ],
    )
    def test_gewoon(self, waarde: int | str, decimalen: int, plus: bool, verwacht: str) -> None:
        assert decimaal(D(waarde), decimalen, plus=plus) == verwacht

    @pytest.mark.parametrize("waarde", ["-0", "-0.4", "-0.00", "-0E+5", "-0.49999"])
    def test_nooit_min_nul(self, waarde: str) -> None:
        assert decimaal(D(waarde)) == decimaal(D(waarde), plus=True) == natuurlijk(D("-0")) == "0"
        assert duizenden(D(waarde)) == "0"
        assert euro(D(waarde)) == "€\u00a00"
        assert percentage(D("-0.04"), plus=True) == "0,0%"

    @vast
    @given(getallen, st.integers(0, 4), st.booleans())
    @example(D("-0.000001"), 0, True)
    def test_terug_te_lezen_en_nooit_min_nul(self, waarde: Decimal, decimalen: int, plus: bool) -> None:
        tekst = decimaal(waarde, decimalen, plus=plus)

        assert lees(tekst) == afgerond(waarde, decimalen)
        assert tekst.startswith("−") == (lees(tekst) < 0)
        assert tekst.startswith("+") == (plus and lees(tekst) > 0)

    @vast
    @given(getallen, st.integers(0, 4))
    def test_tekensymmetrie(self, waarde: Decimal, decimalen: int) -> None:
        assert decimaal(-waarde, decimalen).lstrip("−") == decimaal(waarde, decimalen).lstrip("−")

    def test_een_geheel_getal(self) -> None:
        assert decimaal(43210) == "43.210"


class TestNatuurlijk:
    """As many decimals as needed, no more."""

    @pytest.mark.parametrize(
        ("waarde", "plus", "verwacht"),
        [
            ("7.600", False, "7,6"),
            ("5.000", False, "5"),
            ("5", True, "+5"),
            ("1200", False, "1.200"),
            ("1E+3", False, "1.000"),
            ("-0.25", True, "−0,25"),
            ("0.000", True, "0"),
        ],
    )
    def test_gewoon(self, waarde: str, plus: bool, verwacht: str) -> None:
        assert natuurlijk(D(waarde), plus=plus) == verwacht

    @vast
    @given(getallen)
    def test_er_gaat_niets_verloren(self, waarde: Decimal) -> None:
        tekst = natuurlijk(waarde)

        assert lees(tekst) == waarde
        assert "," not in tekst or not tekst.endswith("0")


class TestGeld:
    """Euros, thousands and millions; the minus stands before the euro sign."""

    @pytest.mark.parametrize(
        ("bedrag", "verwacht"),
        [
            ("-3516000", "−3.516"),
            ("499.99", "0"),
            ("-499.99", "0"),
            ("500", "1"),
            ("-500", "−1"),
            ("-1499.50", "−1"),
            ("999500", "1.000"),
        ],
    )
    def test_duizenden(self, bedrag: str, verwacht: str) -> None:
        assert duizenden(D(bedrag)) == verwacht

    @pytest.mark.parametrize(
        ("bedrag", "centen", "verwacht"),
        [
            ("6586000", False, "€\u00a06.586.000"),
            ("-6586000", False, "−€\u00a06.586.000"),
            ("0.5", False, "€\u00a01"),
            ("-0.5", False, "−€\u00a01"),
            ("-0.49", False, "€\u00a00"),
            ("-0.49", True, "−€\u00a00,49"),
            ("6586000", True, "€\u00a06.586.000,00"),
            ("0", True, "€\u00a00,00"),
            ("9999999999999.99", True, "€\u00a09.999.999.999.999,99"),
        ],
    )
    def test_euro(self, bedrag: str, centen: bool, verwacht: str) -> None:
        assert euro(D(bedrag), centen=centen) == verwacht

    @pytest.mark.parametrize(
        ("bedrag", "verwacht"),
        [
            ("0", "€\u00a00"),
            ("999999", "€\u00a0999.999"),
            ("-999999", "−€\u00a0999.999"),
            ("1000000", "€\u00a01,0\u00a0miljoen"),
            ("-1000000", "−€\u00a01,0\u00a0miljoen"),
            ("3516000", "€\u00a03,5\u00a0miljoen"),
            ("1049999.99", "€\u00a01,0\u00a0miljoen"),
            ("1050000", "€\u00a01,1\u00a0miljoen"),
            ("1234567890", "€\u00a01.234,6\u00a0miljoen"),
        ],
    )
    def test_miljoen(self, bedrag: str, verwacht: str) -> None:
        assert miljoen(D(bedrag)) == verwacht

    @vast
    @given(getallen)
    def test_tekensymmetrie(self, bedrag: Decimal) -> None:
        for opmaak in (duizenden, euro, miljoen):
            assert opmaak(-bedrag).lstrip("−") == opmaak(bedrag).lstrip("−")

    def test_per_inwoner_rondt_niet_af(self) -> None:
        assert per_inwoner(D(-100), 3) * 3 == pytest.approx(D(-100), abs=D("1E-70"))
        assert str(per_inwoner(D(1), 3)) == "0." + "3" * 80

    def test_per_inwoner_zonder_inwoners(self) -> None:
        with pytest.raises(ZeroDivisionError):
            per_inwoner(D(1), 0)


@pytest.mark.parametrize(
    ("deel", "decimalen", "plus", "verwacht"),
    [
        ("8.825", 1, False, "8,8%"),
        ("8.85", 1, True, "+8,9%"),
        ("-8.85", 1, True, "−8,9%"),
        ("99.5", 0, False, "100%"),
        ("0.4", 0, False, "0%"),
        ("1234.5", 1, False, "1.234,5%"),
        ("0", 1, True, "0,0%"),
    ],
)
def test_percentage(deel: str, decimalen: int, plus: bool, verwacht: str) -> None:
    assert percentage(D(deel), decimalen, plus=plus) == verwacht


class TestTijd:
    """Dates in words, moments in Dutch time."""

    @pytest.mark.parametrize(
        ("dag", "verwacht"),
        [
            (date(2024, 9, 4), "4 september 2024"),
            (date(2025, 1, 31), "31 januari 2025"),
            (date(2024, 2, 29), "29 februari 2024"),
            (date(2025, 12, 1), "1 december 2025"),
        ],
    )
    def test_datum(self, dag: date, verwacht: str) -> None:
        assert datum(dag) == verwacht

    def test_elke_maand_heet_anders(self) -> None:
        assert len({datum(date(2025, maand, 1)) for maand in range(1, 13)}) == 12

    @pytest.mark.parametrize(
        ("tijdstip", "verwacht"),
        [
            (datetime(2024, 9, 4, 12, 5, tzinfo=UTC), "4 september 2024 om 14.05 uur"),
            (datetime(2024, 12, 31, 23, 0, tzinfo=UTC), "1 januari 2025 om 0.00 uur"),
            (datetime(2025, 10, 26, 0, 59, 59, tzinfo=UTC), "26 oktober 2025 om 2.59 uur"),
            (datetime(2025, 10, 26, 1, 0, tzinfo=UTC), "26 oktober 2025 om 2.00 uur"),
        ],
    )
    def test_moment(self, tijdstip: datetime, verwacht: str) -> None:
        assert moment(tijdstip) == verwacht

    def test_de_dag_is_de_nederlandse(self) -> None:
        assert dag(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)) == date(2026, 7, 1)
        assert dag(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == date(2026, 7, 2)
        assert dag(datetime(2025, 12, 31, 23, 0, tzinfo=UTC)) == date(2026, 1, 1)

    @pytest.mark.parametrize("opmaak", [dag, moment])
    def test_een_moment_zonder_zone(self, opmaak: Callable[[datetime], object]) -> None:
        with pytest.raises(ValueError, match="time zone"):
            opmaak(datetime(2025, 1, 1))


class TestOmvang:
    """Sizes of files, in kB and MB of a thousand."""

    @pytest.mark.parametrize(
        ("octetten", "verwacht"),
        [
            (0, "1\u00a0kB"),
            (1, "1\u00a0kB"),
            (1499, "1\u00a0kB"),
            (1500, "2\u00a0kB"),
            (999_499, "999\u00a0kB"),
            (999_500, "1,0\u00a0MB"),
            (999_999, "1,0\u00a0MB"),
            (1_000_000, "1,0\u00a0MB"),
            (1_049_999, "1,0\u00a0MB"),
            (1_050_000, "1,1\u00a0MB"),
            (2_345_678_901, "2.345,7\u00a0MB"),
        ],
    )
    def test_grenzen(self, octetten: int, verwacht: str) -> None:
        assert omvang(octetten) == verwacht

    @vast
    @given(st.integers(0, 10**10))
    @example(999_500)
    def test_een_groter_bestand_is_nooit_kleiner(self, octetten: int) -> None:
        def waarde(tekst: str) -> Decimal:
            getal, eenheid = tekst.split("\u00a0")
            return lees(getal) * {"kB": 1, "MB": 1000}[eenheid]

        assert waarde(omvang(octetten)) <= waarde(omvang(octetten + 1))


@pytest.mark.parametrize(
    ("aantal", "verwacht"),
    [(0, "nul"), (1, "één"), (12, "twaalf"), (13, "13"), (1234, "1.234"), (-1, "−1")],
)
def test_telwoord(aantal: int, verwacht: str) -> None:
    assert telwoord(aantal) == verwacht


@pytest.mark.parametrize(
    ("delen", "verwacht"),
    [([], ""), (["2025"], "2025"), (["2024", "2025"], "2024 en 2025"), (["a", "b", "c"], "a, b en c")],
)
def test_opsomming(delen: list[str], verwacht: str) -> None:
    assert opsomming(delen) == verwacht


@pytest.mark.parametrize(("tekst", "verwacht"), [("", ""), ("Overhead", "overhead"), ("Één", "één"), ("a B", "a B")])
def test_kleine_letter(tekst: str, verwacht: str) -> None:
    assert kleine_letter(tekst) == verwacht
