"""Where the money goes and where it comes from."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from programma.inhoud import Taakveldcel
from programma.pagina.adres import actueel
from programma.pagina.taakveld import taakveldregels
from programma.pagina.verdeling import Verdeling, inkomsten, uitgaven, uitgaven_per_taakveld
from programma.raming import Kolom, tel_op
from tests.stukken import K25, documentstuk, iv3stuk

D = Decimal
vast = settings(derandomize=True, deadline=None, max_examples=100)


def uit(*baten: int, meeste: int = 8) -> Verdeling | None:
    """Return the bars of taakvelden 1.0, 1.1 … with these baten."""
    cellen = [Taakveldcel(f"1.{n}", f"Bron {n}", "baten", K25, D(euro)) for n, euro in enumerate(baten)]
    return inkomsten(taakveldregels(cellen), K25, meeste)


class TestUitgaven:
    """Per programme and other part, with links inside the version."""

    def test_van_groot_naar_klein(self) -> None:
        stuk = documentstuk()
        een = uitgaven(stuk, tel_op(stuk.cellen), K25, actueel(stuk.uitgave))

        assert een is not None
        assert een.bericht == "De meeste lasten gaan naar Openbare ruimte: 50%"
        assert een.uitleg == "Lasten in 2025 per onderdeel, van groot naar klein."
        assert [(balk.naam, balk.href, balk.breedte) for balk in een.balken] == [
            ("Programma 2 Openbare ruimte", "/programmabegroting-2025/programma/programma-2-openbare-ruimte/", "50.0%"),
            ("Programma 1 Veiligheid", "/programmabegroting-2025/programma/programma-1-veiligheid/", "25.0%"),
            ("Overhead", "/programmabegroting-2025/programma/overhead/", "25.0%"),
        ]

    def test_elk_onderdeel_met_lasten_heeft_een_balk(self) -> None:
        stuk = iv3stuk()
        een = uitgaven(stuk, tel_op(stuk.cellen), Kolom(2025, "primair"), actueel(stuk.uitgave))

        assert een is not None and len(een.balken) == 12
        assert "Vennootschapsbelasting" not in [balk.naam for balk in een.balken]

    def test_per_taakveld(self) -> None:
        een = uitgaven_per_taakveld(taakveldregels(documentstuk().taakvelden), K25)

        assert een is not None
        assert een.bericht == "De meeste lasten gaan naar crisisbeheersing: 53%"
        assert [balk.naam for balk in een.balken] == ["1.1 Crisisbeheersing", "1.2 Openbare orde"]


class TestInkomsten:
    """Per source: the smallest together, those below zero in words."""

    def test_de_kleinste_zijn_samen_een_balk(self) -> None:
        een = uit(50, 20, 10, 9, 8, 3, meeste=3)

        assert een is not None
        assert [(balk.naam, balk.deel) for balk in een.balken] == [
            *(("Bron 0", "50%"), ("Bron 1", "20%"), ("Bron 2", "10%"), ("Alle 3 andere samen", "20%")),
        ]

    def test_een_enkele_rest_houdt_haar_naam(self) -> None:
        een = uit(50, 20, 10, 9, meeste=3)

        assert een is not None
        assert [balk.naam for balk in een.balken] == ["Bron 0", "Bron 1", "Bron 2", "Bron 3"]

    def test_onder_nul_heeft_geen_balk_maar_telt_mee(self) -> None:
        een = uit(60, 50, -10)

        assert een is not None
        assert [balk.deel for balk in een.balken] == ["60%", "50%"]
        assert een.rest == "Zonder balk, want onder nul: Bron 2 (−€\u00a010)."

    def test_wat_bijna_niets_is_is_niet_niets(self) -> None:
        een = uit(100_000, 1)

        assert een is not None and een.balken[1].deel == "minder dan 1%"

    def test_zonder_iets_om_te_vergelijken(self) -> None:
        assert uit() is None and uit(5) is None and uit(5, 0) is None and uit(5, -5) is None and uit(9, 3, -8) is None

    def test_een_afkorting_houdt_haar_hoofdletters(self) -> None:
        cellen = [Taakveldcel("0.61", "OZB woningen", "baten", K25, D(9)), Taakveldcel("0.2", "B", "baten", K25, D(1))]
        een = inkomsten(taakveldregels(cellen), K25)

        assert een is not None and een.bericht == "De meeste baten komen uit OZB woningen: 90%"

    @vast
    @given(st.lists(st.integers(1, 10**9), min_size=2, max_size=30), st.integers(1, 8))
    def test_de_balken_zijn_samen_het_geheel(self, baten: list[int], meeste: int) -> None:
        een = uit(*baten, meeste=meeste)

        assert een is not None
        breedtes = [D(balk.breedte.rstrip("%")) for balk in een.balken]
        assert abs(sum(breedtes) - 100) <= D("0.05") * len(breedtes)
        los = breedtes if len(baten) <= meeste + 1 else breedtes[:-1]
        assert los == sorted(los, reverse=True) and len(breedtes) <= meeste + 1
