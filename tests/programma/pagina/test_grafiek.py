"""The chart of the lasten and the message above it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from programma.inhoud import Pakketrij
from programma.pagina.grafiek import bericht
from programma.raming import Cel, Fase, Kolom
from tests.stukken import K24, K25, pagina

D = Decimal


class TestGrafiek:
    """The chart of the lasten and the message above it."""

    def test_de_demonstratie(self) -> None:
        een = pagina().grafiek

        assert een is not None
        assert een.bericht == "De lasten lopen op tot 2026 en dalen daarna licht"
        assert [regel.klasse for regel in een.legenda] == ["k2", "k1"]
        assert [kolom.totaal for kolom in een.grafiek.kolommen] == [
            "6.074",
            "6.552",
            "6.586",
            "6.628",
            "6.571",
            "6.462",
        ]
        assert [kolom.onder for kolom in een.grafiek.kolommen] == [
            "Realisatie",
            "Begroting",
            "Begroting",
            *["Raming"] * 3,
        ]
        assert "2023 realisatie 6.074" in een.omschrijving

    @pytest.mark.parametrize(
        ("waarden", "zin"),
        [
            ([100, 110, 120], "De lasten lopen op"),
            ([120, 110, 100], "De lasten dalen"),
            ([1000, 1010, 1005], "De lasten blijven ongeveer gelijk"),
            ([100, 130, 90], "De lasten lopen op tot 2024 en dalen daarna sterk"),
            ([100, 90, 93], "De lasten dalen tot 2024 en lopen daarna licht op"),
            ([100, 130, 90, 120], "De lasten wisselen per jaar"),
            ([100], "De lasten per jaar"),
            ([100, -5], "De lasten per jaar"),
        ],
    )
    def test_bericht(self, waarden: list[int], zin: str) -> None:
        assert bericht([2023 + nummer for nummer in range(len(waarden))], [D(waarde) for waarde in waarden]) == zin

    def test_veel_pakketten_worden_drie_lagen(self) -> None:
        codes = ["1A", "1B", "1C", "1D"]
        bedragen = [Cel("1", code, "lasten", K25, D(-1000 * (nummer + 1))) for nummer, code in enumerate(codes)]
        een = pagina(cellen=bedragen, kolommen=[K25], pakketten=[Pakketrij(code, "P") for code in codes]).grafiek

        assert een is not None
        assert [regel.naam for regel in een.legenda] == ["Andere pakketten", "1D P", "1C P"]
        assert een.grafiek.kolommen[0].totaal == "10"

    def test_twee_begrotingen_van_hetzelfde_jaar(self) -> None:
        primair = Kolom(2024, Fase.PRIMAIR)
        bedragen = [Cel("1", "1E", "lasten", kolom, D(-9000)) for kolom in (primair, K24, K25)]
        een = pagina(cellen=bedragen, kolommen=[primair, K24, K25]).grafiek

        assert een is not None
        assert [kolom.onder for kolom in een.grafiek.kolommen] == ["Begroting", "Gewijzigd", "Begroting"]
        assert een.legenda == ()

    def test_zonder_lasten_geen_grafiek(self) -> None:
        assert pagina(cellen=[Cel("1", "1E", "baten", K25, D(5))]).grafiek is None
