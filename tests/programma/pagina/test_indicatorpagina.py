"""The page of an indicator and the list of all: figures, gaps, and who uses them."""

from __future__ import annotations

from decimal import Decimal

from indicatoren.reeks import Punt, Status
from programma.inhoud.indicatoren import Indicatorstuk
from programma.pagina.indicatorlijst import KOLOMMEN, indicatorlijst, indicatorrijen
from programma.pagina.indicatorpagina import Indicatorpagina, indicatorpagina
from tests.overzichten import document, gebruik, indicatorstuk, reeks

D = Decimal
PROGRAMMA = "/programmabegroting-2025/programma/programma-1-veiligheid/"


def pagina(stuk: Indicatorstuk) -> Indicatorpagina:
    een = indicatorpagina(stuk)
    assert een is not None
    return een


class TestPagina:
    """One indicator."""

    def test_oordeel_en_bericht(self) -> None:
        een = pagina(indicatorstuk())

        oordeel = f"{een.begin} {een.waarde}{een.slot}"
        assert oordeel == "In 2023: 1,0 (voorlopig). Dat is lager dan bij vergelijkbare gemeenten (1,1)."
        assert een.figuur is not None
        assert een.figuur.bericht == "Het cijfer steeg van 0,8 in 2021 naar 1,0 in 2023"
        assert "2021 0,8, 2022 nog niet bekend, 2023 1,0, 2024 nog niet bekend" in een.figuur.omschrijving
        assert "Vergelijkbare gemeenten: 2023 1,1." in een.figuur.omschrijving

    def test_een_gat_in_de_lijn(self) -> None:
        een = pagina(indicatorstuk()).figuur

        assert een is not None
        assert een.grafiek.lijnen == ()
        assert [jaar.onbekend for jaar in een.grafiek.jaren] == [False, True, False, True]

    def test_berichten(self) -> None:
        def bericht(punten: dict[int, str | None]) -> str:
            waarden = {j: Punt(None, Status.NB) if w is None else Punt(D(w)) for j, w in punten.items()}
            figuur = pagina(indicatorstuk(reeks(punten=waarden))).figuur
            return figuur.bericht if figuur else ""

        assert bericht({2021: "2", 2022: None, 2023: "1.5"}) == "Het cijfer daalde van 2,0 in 2021 naar 1,5 in 2023"
        assert bericht({2021: "1.04", 2023: "0.96"}) == "Het cijfer is even hoog in 2023 als in 2021: 1,0"
        assert bericht({2021: None, 2022: "2"}) == "Er is één cijfer bekend: 2,0 in 2022"
        assert bericht({2021: None}) == ""

    def test_wie_het_gebruikt_het_nieuwste_document_eerst(self) -> None:
        oud, nieuw = document(1), document(2, 2026)
        rijen = [
            gebruik(1),
            gebruik(1, doel="Minder diefstal.", pakket="1F"),
            gebruik(2, doel="", pakket="1F"),
            gebruik(2),
        ]
        stuk = indicatorstuk(uitgaven=[nieuw, oud], gebruik=rijen, vanuit={"diefstal": nieuw})

        een = pagina(stuk)

        assert [(rij.document, rij.link.href) for rij in een.programmas] == [
            ("Programmabegroting 2026", PROGRAMMA.replace("2025", "2026")),
            ("Programmabegroting 2025", PROGRAMMA),
        ]
        assert [(rij.tekst, rij.link.href) for rij in een.doelen] == [("Minder diefstal.", f"{PROGRAMMA}#pakket-1f")]
        assert een.document.tekst == "Programmabegroting 2026, versie 1"

    def test_een_doel_in_een_restpost_heeft_geen_eigen_plek(self) -> None:
        een = pagina(indicatorstuk(gebruik=[gebruik(doel="Iets.", pakket="")]))

        assert een.doelen[0].link.href == PROGRAMMA

    def test_wat_niemand_toont_bestaat_niet(self) -> None:
        assert indicatorpagina(indicatorstuk(gebruik=[], reeksen=[], vanuit={})) is None


class TestLijst:
    """All indicators."""

    def test_een_kaart_met_link_per_indicator(self) -> None:
        lijst = indicatorlijst(indicatorstuk(reeks(), reeks(slug="geweld", naam="Geweld")))

        assert [(kaart.naam, kaart.href) for kaart in lijst.kaarten] == [
            ("Diefstal", "/indicatoren/diefstal/"),
            ("Geweld", "/indicatoren/geweld/"),
        ]
        assert lijst.zin == "Hier staan de cijfers van twee indicatoren uit: Programmabegroting 2025 (versie 1)."
        assert lijst.groep == "gemeenten 25.000 tot 50.000 inwoners"

    def test_twee_groepen_worden_niet_als_een_genoemd(self) -> None:
        lijst = indicatorlijst(indicatorstuk(reeks(), reeks(slug="geweld", groepsnaam="Nederland")))

        assert lijst.groep == ""

    def test_leeg(self) -> None:
        niets = Indicatorstuk("GM0303", (), (), (), {})

        assert indicatorlijst(niets).zin == "Er is nog geen begroting gepubliceerd."
        assert "nog geen indicatoren" in indicatorlijst(indicatorstuk(gebruik=[], reeksen=[], vanuit={})).zin
        assert list(indicatorrijen(niets)) == [KOLOMMEN]

    def test_het_bestand(self) -> None:
        kop, *rijen = indicatorrijen(indicatorstuk())

        assert kop == KOLOMMEN
        assert [rij[3:7] for rij in rijen] == [
            ("Dronten", 2021, D("0.80"), "waarde"),
            ("Dronten", 2022, None, "NB"),
            ("Dronten", 2023, D("1.00"), "voorlopig"),
            ("Dronten", 2024, None, "NB"),
            ("Gemeenten 25.000 tot 50.000 inwoners", 2023, D("1.10"), "waarde"),
        ]
        assert all(len(rij) == len(KOLOMMEN) for rij in rijen)
