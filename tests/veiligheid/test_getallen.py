"""Reading Dutch numbers: what is clear is read, what is not is asked about, and nothing is guessed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from veiligheid.formatting import afgerond, decimaal, euro, natuurlijk
from veiligheid.getallen import Meerduidig, Onleesbaar, lees, schrijf

D = Decimal
vast = settings(derandomize=True, deadline=None, max_examples=500)
grootste = D("9999999999999.99")
bedragen = st.decimals(min_value=-grootste, max_value=grootste, places=2)
# Texts that look like numbers far more often than random ones do.
bijna = st.text(alphabet="0123456789.,-−–()€ NVnv+\u00a0\u202fe%'\x00٣３", max_size=14)


class TestLees:
    """The grammar of the design, form by form."""

    @pytest.mark.parametrize(
        ("tekst", "waarde"),
        [
            ("3516", "3516"),
            ("3.516", "3516"),
            ("-3.516", "-3516"),
            ("−3.516", "-3516"),
            ("–3.516", "-3516"),
            ("- 3.516", "-3516"),
            ("+3.516", "3516"),
            ("3.516-", "-3516"),
            ("3.516 −", "-3516"),
            ("N 3.516", "-3516"),
            ("n\u00a03.516", "-3516"),
            ("V 3.516", "3516"),
            ("3.516 N", "-3516"),
            ("3.516 V", "3516"),
            ("(3.516)", "-3516"),
            ("( 3.516 )", "-3516"),
            ("€ 3.516,00", "3516"),
            ("€3.516", "3516"),
            ("€ -3.516", "-3516"),
            ("-€ 3.516", "-3516"),
            ("€ (3.516)", "-3516"),
            ("(€ 3.516)", "-3516"),
            ("N € 3.516", "-3516"),
            ("€ 3.516,-", "3516"),
            ("3.516,--", "3516"),
            ("-3.516,-", "-3516"),
            ("3\u00a0516", "3516"),
            ("3\u2009516\u2009000", "3516000"),
            ("3\u202f516,50", "3516.5"),
            (" \t3.516\r\n", "3516"),
            ("3516,5", "3516.5"),
            ("3516,50", "3516.5"),
            ("1.234.567,89", "1234567.89"),
            ("0", "0"),
            ("-0", "0"),
            ("0,5", "0.5"),
            ("12,5000", "12.5"),
            ("9.999.999.999.999,99", "9999999999999.99"),
        ],
    )
    def test_wat_duidelijk_is(self, tekst: str, waarde: str) -> None:
        gelezen = lees(tekst)

        assert gelezen == D(waarde)
        assert str(gelezen).startswith("-") == waarde.startswith("-"), "no negative zero"

    @pytest.mark.parametrize("tekst", ["", " ", "-", "–", "−", "—", " - ", "\u00a0", "\t", "€ -", "€ –"])
    def test_leeg_is_geen_nul(self, tekst: str) -> None:
        assert lees(tekst) is None

    @pytest.mark.parametrize(
        ("tekst", "mogelijkheden"),
        [
            ("3,516", ["3516", "3.516"]),
            ("-3,516", ["-3516", "-3.516"]),
            ("(3,516)", ["-3516", "-3.516"]),
            ("N 3,516", ["-3516", "-3.516"]),
            ("€ 12,500", ["12500", "12.5"]),
            ("1,000", ["1000", "1"]),
            ("3.5", ["35", "3.5"]),
            ("3.51", ["351", "3.51"]),
            ("0.516", ["516", "0.516"]),
            ("1234.567", ["1234567", "1234.567"]),
            ("1234.56", ["123456", "1234.56"]),
        ],
    )
    def test_wat_twee_dingen_kan_zijn_wordt_gevraagd(self, tekst: str, mogelijkheden: list[str]) -> None:
        with pytest.raises(Meerduidig) as fout:
            lees(tekst)

        assert list(fout.value.mogelijkheden) == [D(waarde) for waarde in mogelijkheden]

    def test_de_vraag_zegt_wat_werkt(self) -> None:
        with pytest.raises(
            Meerduidig,
            match=r"^'3,516' kan op twee manieren worden gelezen: als 3\.516 of als 3,516\. Typ 3516 of 3,52\.$",
        ):
            lees("3,516")

    @pytest.mark.parametrize("decimalen", [0, 1, 2, 3, 4])
    @pytest.mark.parametrize("heel", [True, False])
    @pytest.mark.parametrize("tekst", ["3,516", "-3,516", "3.5", "1234.567", "0.516", "999,999", "1,000"])
    def test_wat_de_vraag_voorstelt_wordt_gelezen(self, tekst: str, heel: bool, decimalen: int) -> None:
        try:
            assert lees(tekst, heel=heel, decimalen=decimalen) == D(tekst.replace(",", "."))
            assert not heel
        except Meerduidig as fout:
            voorstel = re.search(r"Typ (\S+) of (\S+)\.$", str(fout))
            assert voorstel
            gelezen = [lees(deel, heel=heel, decimalen=decimalen) for deel in voorstel.groups()]
            assert gelezen == [afgerond(waarde, decimalen) for waarde in fout.mogelijkheden]

    def test_een_kolom_met_decimalen_leest_de_komma(self) -> None:
        assert lees("3,516", heel=False, decimalen=3) == D("3.516")
        assert lees("3,5167", heel=False, decimalen=4) == D("3.5167")
        with pytest.raises(Meerduidig):
            lees("3,516", heel=False, decimalen=2)
        with pytest.raises(Meerduidig):
            lees("3,516", heel=True, decimalen=4)

    @pytest.mark.parametrize(
        ("tekst", "decimalen", "waarom"),
        [
            ("3516,5", 0, "alleen een heel getal"),
            ("3516,55", 1, "hoogstens 1"),
            ("3516,555", 2, "hoogstens 2"),
            ("12,3456", 2, "hoogstens 2"),
            ("1.234,567", 2, "hoogstens 2"),
        ],
    )
    def test_er_wordt_niets_afgerond(self, tekst: str, decimalen: int, waarom: str) -> None:
        with pytest.raises(Onleesbaar, match=f"'{tekst}' heeft te veel cijfers achter de komma, .*{waarom}"):
            lees(tekst, decimalen=decimalen)

    def test_nullen_achteraan_tellen_niet(self) -> None:
        assert lees("3516,00", decimalen=0) == 3516

    @pytest.mark.parametrize(
        "tekst",
        [
            *("1,234.56", "1,234,567", "1.23.456", "1.234.56", "12.34.567", "1..234", "1.234,", ",5", ".5", "5."),
            *("1e5", "1E5", "NaN", "nan", "sNaN", "Infinity", "-inf", "٣٥١٦", "３５１６", "³", "1_000", "0x10"),
            *("1234567890123456", "12345678901234", "100000000000000000000000000", "9" * 1000, "007", "00", "0012,5"),
            *("3\x00516", "\x00", "3.516\x00", "12\n345", "12\t345", "3\u200b516", "\u202e615.3"),
            *("--5", "-5-", "(-5)", "-(5)", "N -5", "N 5 N", "(5", "5)", "€ € 5", "€ 5 €", "N5", "N", "V", "€", "()"),
            *("5%", "5 %", "$ 5", "=1+1", "2024-2025", "#REF!", "n.v.t.", "€ 3,-,-", "3 51", "1 234 5", "1.234 567"),
        ],
    )
    def test_wat_geen_getal_is(self, tekst: str) -> None:
        with pytest.raises(Onleesbaar) as fout:
            lees(tekst)

        assert not isinstance(fout.value, Meerduidig)
        assert re.fullmatch(r"'.*' .+ Typ een getal zoals 3\.516 of -3\.516,50\.", str(fout.value))
        assert str(fout.value).isprintable()
        assert len(str(fout.value)) < 160

    @vast
    @given(bijna, st.booleans(), st.integers(0, 6))
    @example("100000000000000000000000000", True, 2)
    def test_hoogstens_onleesbaar(self, tekst: str, heel: bool, decimalen: int) -> None:
        """Whatever comes in: a finite number that fits, None, or a sentence."""
        try:
            waarde = lees(tekst, heel=heel, decimalen=decimalen)
        except Onleesbaar as fout:
            assert str(fout).isprintable()
            return
        if waarde is None:
            assert not re.search("[0-9]", tekst)
            return
        assert waarde.is_finite()
        assert abs(waarde) < 10**13
        assert waarde == afgerond(waarde, decimalen)
        assert re.sub("[^0-9]", "", tekst).rstrip("0") == re.sub("[^0-9]", "", str(waarde)).rstrip("0")

    @vast
    @given(st.text())
    def test_hoogstens_onleesbaar_bij_elke_tekst(self, tekst: str) -> None:
        try:
            lees(tekst)
        except Onleesbaar as fout:
            assert str(fout).isprintable()

    @vast
    @given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(["{}", "-{}", "{}-", "({})", "N {}", "€ {}"]))
    def test_drie_cijfers_na_een_komma_nooit_geraden(self, voor: int, na: int, vorm: str) -> None:
        with pytest.raises(Meerduidig):
            lees(vorm.format(f"{voor},{na:03}"))

    @vast
    @given(bedragen)
    def test_leest_wat_de_site_schrijft(self, bedrag: Decimal) -> None:
        """What a page shows can be copied back into the grid."""
        assert lees(decimaal(bedrag, 2)) == bedrag
        assert lees(euro(bedrag, centen=True)) == bedrag
        assert lees(natuurlijk(bedrag)) == bedrag
        if abs(bedrag) < 10**12:
            assert lees(decimaal(bedrag)) == afgerond(bedrag)


class TestSchrijf:
    """What an input shows."""

    @pytest.mark.parametrize(
        ("waarde", "decimalen", "tekst"),
        [
            ("-3516", None, "-3.516"),
            ("1234.5", None, "1.234,50"),
            ("1234.50", 2, "1.234,50"),
            ("1234", 2, "1.234,00"),
            ("1234.56", 0, "1.234,56"),
            ("-0.00", None, "0"),
            ("1E+3", None, "1.000"),
            ("0.05", None, "0,05"),
            ("3.516", None, "3,5160"),
            ("7.6", 3, "7,6000"),
        ],
    )
    def test_vorm(self, waarde: str, decimalen: int | None, tekst: str) -> None:
        assert schrijf(D(waarde), decimalen=decimalen) == tekst

    @pytest.mark.parametrize("waarde", ["NaN", "Infinity", "-Infinity", "sNaN"])
    def test_geen_getal(self, waarde: str) -> None:
        with pytest.raises(ValueError, match="finite"):
            schrijf(D(waarde))

    @vast
    @given(bedragen, st.sampled_from([None, 0, 1, 2]), st.booleans())
    @example(grootste, None, True)
    @example(-grootste, 2, True)
    def test_lees_leest_terug(self, bedrag: Decimal, decimalen: int | None, heel: bool) -> None:
        assert lees(schrijf(bedrag, decimalen=decimalen), heel=heel) == bedrag

    @vast
    @given(st.decimals(min_value=-(10**9), max_value=10**9, places=6), st.booleans())
    def test_lees_leest_terug_met_meer_decimalen(self, waarde: Decimal, heel: bool) -> None:
        assert lees(schrijf(waarde), heel=heel, decimalen=6) == waarde
