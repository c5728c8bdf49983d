"""The document as a whole."""

from __future__ import annotations

from decimal import Decimal

from programma.pagina import documentpagina
from programma.raming import Cel, tel_op
from tests.stukken import JAARREKENING_2023, K25, documentstuk, gelezen, iv3stuk, programmastuk

D = Decimal


class TestDocument:
    """The document as a whole, and the list of documents."""

    def test_som_balken_en_controle(self) -> None:
        stuk = documentstuk()
        een = documentpagina(stuk, tel_op(stuk.cellen))

        assert een.som is not None and een.aansluiting is not None
        assert gelezen(een.som.uitkomst.bedrag) == 25_500_000
        assert een.uitgaven is not None
        assert [(balk.naam, balk.deel) for balk in een.uitgaven.balken] == [
            ("Programma 2 Openbare ruimte", "50%"),
            ("Programma 1 Veiligheid", "25%"),
            ("Overhead", "25%"),
        ]
        assert een.aansluiting.zin.startswith("Alle 24 gedrukte totalen in dit document")
        assert een.herkomst.vaste_link == "/programmabegroting-2025/versie/1/"

    def test_een_enkel_programma_heeft_balken_per_taakveld(self) -> None:
        stuk = documentstuk(cellen=programmastuk().cellen, programmas=[programmastuk().programma])
        een = documentpagina(stuk, tel_op(stuk.cellen))

        assert een.uitgaven is not None
        assert [(balk.naam, balk.deel) for balk in een.uitgaven.balken] == [
            ("1.1 Crisisbeheersing", "53%"),
            ("1.2 Openbare orde", "47%"),
        ]
        assert een.uitgaventabel.tekst == "tabel 2"
        assert een.noot == "Hierin staat alleen programma 1 Veiligheid, niet de hele begroting."

    def test_zonder_taakvelden_en_met_een_programma_zijn_er_geen_balken(self) -> None:
        stuk = documentstuk(cellen=programmastuk().cellen, taakvelden=[])
        een = documentpagina(stuk, tel_op(stuk.cellen))

        assert (een.uitgaven, een.inkomsten) == (None, None)

    def test_een_iv3_document_zegt_wat_het_is_en_van_wie(self) -> None:
        stuk = iv3stuk()
        een = documentpagina(stuk, tel_op(stuk.cellen))

        assert "De raad besluit er niet over." in een.noot and een.noot.endswith("Bron: CBS Iv3, CC BY 4.0.")
        assert een.status.tekst == "Cijfers van het CBS"
        assert een.herkomst.bronnen == ("CBS Iv3, CC BY 4.0",)
        assert een.inkomsten is not None
        assert een.inkomsten.balken[0].bedrag == "€\u00a088,9\u00a0miljoen"
        assert een.uitvoering is None

    def test_jaarstukken_vergelijken_met_de_begroting_van_hetzelfde_jaar(self) -> None:
        stuk = iv3stuk(JAARREKENING_2023)
        een = documentpagina(stuk, tel_op(stuk.cellen))

        assert een.uitvoering is not None and een.duiding is not None
        assert een.uitvoering.bericht.startswith("De lasten waren")
        assert een.duiding.begin == "In de begroting van 2023 was dat nog"

    def test_zonder_bestanden_is_er_toch_een_download(self) -> None:
        stuk = documentstuk()

        (link,) = documentpagina(stuk, tel_op(stuk.cellen)).herkomst.downloads
        assert link.href == "/programmabegroting-2025/begroting.csv"

    def test_een_sluitende_begroting_kost_niets_per_inwoner(self) -> None:
        stuk = documentstuk(cellen=[Cel("1", "", "lasten", K25, D(-5)), Cel("1", "", "baten", K25, D(5))])
        een = documentpagina(stuk, tel_op(stuk.cellen)).duiding

        assert een is not None and een.per_inwoner == ""
