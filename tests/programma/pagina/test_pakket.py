"""The blocks of the pakketten: text, themes and goals."""

from __future__ import annotations

from decimal import Decimal

from programma.inhoud import Doelrij, Sectierij
from programma.raming import Cel
from tests.stukken import K25, pagina

D = Decimal


class TestPakketten:
    """Text, themes and goals."""

    def test_de_pakketten_zonder_restpost(self) -> None:
        een, twee = pagina().pakketten

        assert (een.anker, een.titel) == ("pakket-1e", "1E Rampenbestrijding en crisisorganisatie")
        assert een.aandeel is not None and twee.aandeel is not None
        assert (een.aandeel.bedrag, een.aandeel.deel) == ("€\u00a03,5\u00a0miljoen", "53% van het programma")
        assert (twee.aandeel.deel, twee.aandeel.breedte) == ("47% van het programma", "46.6%")

    def test_koppen_in_volgorde_met_de_doelen_voor_de_laatste(self) -> None:
        een, twee = pagina().pakketten

        assert [blok.kop for blok in een.blokken] == ["Inhoud", "Ontwikkelingen", "Doelen", "Focus in 2025"]
        assert [blok.kop for blok in twee.blokken] == ["Inhoud", "Ontwikkelingen", "Doelen voor 2025", "Focus in 2025"]

    def test_geen_doel_heeft_een_reden(self) -> None:
        doelen = pagina().pakketten[0].blokken[2]

        assert (doelen.doelen, len(doelen.opmerkingen)) == ((), 1)
        assert doelen.opmerkingen[0].startswith("Dit pakket heeft geen eigen doel. De wet")

    def test_doelen_met_en_zonder_getal(self) -> None:
        doelen = pagina().pakketten[1].blokken[2].doelen

        assert [doel.streef for doel in doelen] == ["7,6", "+5%", "", ""]
        assert doelen[0].klein == ("Eenheid: rapportcijfer", "Nulmeting 2019: 7,6")
        assert doelen[1].klein == ("Ten opzichte van 2019",)

    def test_een_daling_en_een_ander_streefjaar(self) -> None:
        doel = Doelrij("1E", "Minder", relatief=True, streefwaarde=D("-2.50"), nuljaar=2020, streefjaar=2030)
        blok = pagina(doelen=[doel]).pakketten[0].blokken[2]

        assert (blok.doelen[0].streef, blok.doelen[0].klein) == (
            "−2,5%",
            ("Ten opzichte van 2020", "Te bereiken in 2030"),
        )

    def test_themas(self) -> None:
        focus = pagina().pakketten[1].blokken[3]

        assert [thema.naam for thema in focus.themas] == [
            "Cybercrime en digitale veiligheid",
            "Ondermijning",
            "Maatschappelijke onrust",
            "Zorg en veiligheid",
            "Evenementen",
        ]
        assert all(thema.alineas for thema in focus.themas)

    def test_alineas_en_lege_secties(self) -> None:
        secties = [Sectierij("1E", "Inhoud", "", "Een.\r\n\r\nTwee\nregels.\n\n\n"), Sectierij("1E", "Leeg", "", " \n")]
        blokken = pagina(secties=secties, doelen=[]).pakketten[0].blokken

        assert [(blok.kop, blok.alineas) for blok in blokken] == [("Inhoud", ("Een.", "Twee regels."))]

    def test_alleen_doelen_en_tekst_van_het_programma_zelf(self) -> None:
        een = pagina(secties=[Sectierij("", "Visie", "", "Veilig.")])

        assert [blok.kop for blok in een.pakketten[1].blokken] == ["Doelen voor 2025"]
        assert [blok.kop for blok in een.algemeen] == ["Visie"]

    def test_een_aandeel_boven_het_geheel_wordt_niet_genoemd(self) -> None:
        bedragen = [Cel("1", "1E", "lasten", K25, D(-30_000)), Cel("1", "1F", "lasten", K25, D(20_000))]
        een, twee = pagina(cellen=bedragen).pakketten

        assert een.aandeel is not None and twee.aandeel is not None
        assert (een.aandeel.bedrag, een.aandeel.deel, een.aandeel.breedte) == ("€\u00a030.000", "", "")
        assert twee.aandeel.bedrag == "−€\u00a020.000"
