"""Sentences around amounts: one, more and none; cents where there are cents; never "€ 0 meer"."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programma.inhoud import Gedrukt, Inwoners
from programma.pagina.aansluiting import aansluiting
from programma.pagina.grafiek import bericht
from programma.pagina.pakket import aandeel
from programma.pagina.som import duiding
from programma.raming import Cel, Kolom, Raming, Stand, tel_op
from tests.stukken import K24, K25

D = Decimal
vast = settings(derandomize=True, deadline=None, max_examples=200)
bedragen = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


class TestDuiding:
    """The difference with the year before is shown to the cent when the strip above it has cents."""

    def zin(self, oud: Decimal, nieuw: Decimal) -> str:
        raming = Raming({K24: Stand(lasten=oud), K25: Stand(lasten=nieuw)})
        een = duiding(raming, [K24, K25], K25, Inwoners({}))
        return f"{een.begin} {een.verschil} {een.slot}"

    @pytest.mark.parametrize(
        ("oud", "nieuw", "zin"),
        [
            ("-100.00", "-100.30", "Dat is €\u00a00,30 meer dan in de gewijzigde begroting van 2024 (0,3%)."),
            ("-100.30", "-100.00", "Dat is €\u00a00,30 minder dan in de gewijzigde begroting van 2024 (0,3%)."),
            ("-0.25", "8", "In de gewijzigde begroting van 2024 was dat nog €\u00a00,25 kosten per saldo."),
            ("-100.00", "-101.00", "Dat is €\u00a01 meer dan in de gewijzigde begroting van 2024 (1,0%)."),
            ("-100", "0", "Dat is €\u00a0100 minder dan in de gewijzigde begroting van 2024 (100,0%)."),
        ],
    )
    def test_centen(self, oud: str, nieuw: str, zin: str) -> None:
        assert self.zin(D(oud), D(nieuw)) == zin

    @vast
    @given(bedragen, bedragen)
    def test_een_verschil_is_nooit_nul_euro(self, oud: Decimal, nieuw: Decimal) -> None:
        zin = self.zin(oud, nieuw)

        assert ("evenveel" in zin) == (oud == nieuw)
        assert "€\u00a00 " not in zin and "€\u00a00,00 " not in zin
        assert ("meer" in zin) <= (abs(nieuw) > abs(oud))
        assert ("minder" in zin) <= (abs(nieuw) < abs(oud))


class TestAansluiting:
    """The verification line: one total, several, cents, another unit, and a level that does not exist."""

    CELLEN = (Cel("1", "1E", "lasten", K25, D("-1000.50"), 3), Cel("1", "1F", "baten", K25, D(400), 1))

    def gedrukt(self, *waarden: tuple[str, str], eenheid: int = 1, pakket: str = "") -> list[Gedrukt]:
        return [Gedrukt(naam, K25, D(waarde), "1", pakket, eenheid) for naam, waarde in waarden]

    def zin(self, gedrukt: list[Gedrukt], waarin: str = "deze tabel") -> str:
        een = aansluiting(gedrukt, tel_op(self.CELLEN), self.CELLEN, waarin)
        assert een is not None
        return een.zin

    def test_het_ene_totaal(self) -> None:
        gedrukt = self.gedrukt(("baten", "400"))

        assert self.zin(gedrukt) == "Het ene gedrukte totaal in deze tabel is nagerekend en klopt."
        assert self.zin(gedrukt, "dit document").startswith("Het ene gedrukte totaal in dit document")

    @pytest.mark.parametrize(
        ("waarden", "zin"),
        [
            ([("baten", "500")], "1 van de 1 gedrukte totalen wijkt af."),
            ([("baten", "500"), ("lasten", "-1001")], "1 van de 2 gedrukte totalen wijkt af."),
            ([("baten", "401"), ("lasten", "-900"), ("saldo", "-601")], "2 van de 3 gedrukte totalen wijken af."),
        ],
    )
    def test_een_of_meer(self, waarden: list[tuple[str, str]], zin: str) -> None:
        assert self.zin(self.gedrukt(*waarden)) == zin

    @pytest.mark.parametrize(
        ("waarden", "zin"),
        [
            ([("baten", "401")], "1 van de 1 gedrukte totalen wijkt af. Dat kan door afronding komen."),
            (
                [("baten", "401"), ("saldo", "-602")],
                "2 van de 2 gedrukte totalen wijken af. Dat kan door afronding komen.",
            ),
            ([("baten", "401"), ("lasten", "-900")], "2 van de 2 gedrukte totalen wijken af."),
        ],
    )
    def test_afronding(self, waarden: list[tuple[str, str]], zin: str) -> None:
        assert self.zin(self.gedrukt(*waarden)) == zin

    def test_een_half_is_van_nul_af_gerond_net_als_in_de_tabel(self) -> None:
        assert self.zin(self.gedrukt(("lasten", "-1001"), ("saldo", "-601"), ("resultaat", "-601"))).startswith(
            "Alle 3"
        )

    @pytest.mark.parametrize(
        ("gedrukt", "afronding"),
        # Three amounts under it: rounding explains at most (3 + 1) / 2 = 2 euros.
        [("-998.50", True), ("-998.49", False), ("-1002.50", True), ("-1002.51", False)],
    )
    def test_centen_en_de_grens_van_afronding(self, gedrukt: str, afronding: bool) -> None:
        een = aansluiting(self.gedrukt(("lasten", gedrukt), pakket="1E"), tel_op(self.CELLEN), self.CELLEN, "x")

        assert een is not None
        (punt,) = een.afwijkingen
        assert punt.label == "Lasten 1E, primaire begroting 2025"
        assert punt.berekend == "−€\u00a01.000,50"
        assert punt.gedrukt == f"−€\u00a0{D(gedrukt).copy_abs():,f}".replace(",", "x").replace(".", ",").replace(
            "x", "."
        )
        assert punt.afronding is afronding

    def test_een_pakket_dat_er_niet_is(self) -> None:
        een = aansluiting(self.gedrukt(("baten", "5"), pakket="9Z"), tel_op(self.CELLEN), self.CELLEN, "x")

        assert een is not None
        assert [(punt.berekend, punt.verschil) for punt in een.afwijkingen] == [("€\u00a00", "−€\u00a05")]


class TestBericht:
    """The heading of the chart, on the boundaries of its words."""

    @pytest.mark.parametrize(
        ("waarden", "zin"),
        [
            ([100, 100], "De lasten blijven ongeveer gelijk"),
            ([1000, 1019], "De lasten blijven ongeveer gelijk"),
            ([1000, 1020], "De lasten lopen op"),
            ([1020, 1000], "De lasten dalen"),
            ([100, 100, 120], "De lasten lopen op"),
            ([100, 1000, 951], "De lasten lopen op tot 2024 en dalen daarna licht"),
            ([100, 1000, 950], "De lasten lopen op tot 2024 en dalen daarna sterk"),
            ([2000, 1000, 1049], "De lasten dalen tot 2024 en lopen daarna licht op"),
            ([2000, 1000, 1050], "De lasten dalen tot 2024 en lopen daarna sterk op"),
            ([0, 0], "De lasten per jaar"),
            ([], "De lasten per jaar"),
        ],
    )
    def test_grenzen(self, waarden: list[int], zin: str) -> None:
        assert bericht([2023 + nummer for nummer in range(len(waarden))], [D(waarde) for waarde in waarden]) == zin

    @vast
    @given(st.lists(st.decimals(1, 10**9, places=2), min_size=2, max_size=7))
    def test_andersom_gelezen_is_oplopen_dalen(self, waarden: list[Decimal]) -> None:
        jaren = list(range(2023, 2023 + len(waarden)))
        heen, terug = bericht(jaren, waarden), bericht(jaren, waarden[::-1])

        assert (heen == "De lasten lopen op") == (terug == "De lasten dalen")
        assert (heen == "De lasten blijven ongeveer gelijk") == (terug == "De lasten blijven ongeveer gelijk")


class TestAandeel:
    """What a part costs, and which part of the whole that is."""

    @pytest.mark.parametrize(
        ("lasten", "geheel", "bedrag", "deel", "breedte"),
        [
            (-999_999, -1_999_998, "€\u00a0999.999", "50% van alles", "50.0%"),
            (-1_000_000, -1_000_000, "€\u00a01,0\u00a0miljoen", "100% van alles", "100.0%"),
            (-5, -1000, "€\u00a05", "1% van alles", "0.5%"),
            (-10, 5, "€\u00a010", "", ""),
            (10, -5, "−€\u00a010", "", ""),
            (-10, -9, "€\u00a010", "", ""),
            (-10, 0, "€\u00a010", "", ""),
        ],
    )
    def test_grenzen(self, lasten: int, geheel: int, bedrag: str, deel: str, breedte: str) -> None:
        een = aandeel(D(lasten), D(geheel), 2025, "van alles")

        assert een is not None
        assert (een.bedrag, een.deel, een.breedte) == (bedrag, deel, breedte)

    @pytest.mark.parametrize("geheel", [-10, 0])
    def test_zonder_lasten_is_er_geen_aandeel(self, geheel: int) -> None:
        assert aandeel(D(0), D(geheel), 2025, "x") is None

    @vast
    @given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6).filter(any))
    def test_aandelen_vullen_de_balk(self, lasten: list[int]) -> None:
        delen = [aandeel(D(-een), D(-sum(lasten)), 2025, "x") for een in lasten]
        breedten = [D(deel.breedte.rstrip("%")) for deel in delen if deel]

        assert all(0 <= breedte <= 100 for breedte in breedten)
        assert abs(sum(breedten) - 100) <= D("0.05") * len(breedten)


def test_een_kolom_zonder_vorig_jaar_zegt_niets() -> None:
    raming = Raming({K25: Stand(lasten=D(-5)), Kolom(2023, "realisatie"): Stand(lasten=D(-4))})

    assert duiding(raming, [Kolom(2023, "realisatie"), K25], K25, Inwoners({})).verschil == ""
