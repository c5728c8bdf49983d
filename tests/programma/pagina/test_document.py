"""The document as a whole."""

from __future__ import annotations

from decimal import Decimal

from programma.pagina import documentpagina
from programma.raming import Cel, tel_op
from tests.stukken import K25, documentstuk, gelezen, programmastuk

D = Decimal


class TestDocument:
    """The document as a whole, and the list of documents."""

    def test_som_balken_en_controle(self) -> None:
        stuk = documentstuk()
        een = documentpagina(stuk, tel_op(stuk.cellen))

        assert een.som is not None and een.aansluiting is not None
        assert gelezen(een.som.uitkomst.bedrag) == 25_500_000
        assert [(balk.link.tekst, balk.aandeel.deel) for balk in een.balken] == [
            ("Programma 2 Openbare ruimte", "50% van alle lasten"),
            ("Programma 1 Veiligheid", "25% van alle lasten"),
            ("Overhead", "25% van alle lasten"),
        ]
        assert een.aansluiting.zin.startswith("Alle 24 gedrukte totalen in dit document")
        assert een.herkomst.vaste_link == "/programmabegroting-2025/versie/1/"

    def test_een_enkel_programma_heeft_geen_balken(self) -> None:
        stuk = documentstuk(cellen=programmastuk().cellen)

        assert documentpagina(stuk, tel_op(stuk.cellen)).balken == ()

    def test_zonder_bestanden_is_er_toch_een_download(self) -> None:
        stuk = documentstuk()

        (link,) = documentpagina(stuk, tel_op(stuk.cellen)).herkomst.downloads
        assert link.href == "/programmabegroting-2025/begroting.csv"

    def test_een_sluitende_begroting_kost_niets_per_inwoner(self) -> None:
        stuk = documentstuk(cellen=[Cel("1", "", "lasten", K25, D(-5)), Cel("1", "", "baten", K25, D(5))])
        een = documentpagina(stuk, tel_op(stuk.cellen)).duiding

        assert een is not None and een.per_inwoner == ""
