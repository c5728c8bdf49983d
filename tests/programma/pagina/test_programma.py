"""The page of a programme: names, contents, neighbours."""

from __future__ import annotations

import pytest

from programma.inhoud import Partijrij, Programmarij
from tests.stukken import pagina


class TestAanhef:
    """Names and the table of contents."""

    def test_titel_kruimels_en_inhoud(self) -> None:
        een = pagina()

        assert een.titel == "Programma 1 Veiligheid – Programmabegroting 2025 – Gemeente Dronten"
        assert [link.tekst for link in een.kruimels] == ["Home", "Programmabegroting 2025", "Programma 1 Veiligheid"]
        assert [link.href for link in een.inhoud] == [
            *("#pakket-1e", "#pakket-1f", "#kosten", "#indicatoren", "#partijen", "#herkomst")
        ]

    def test_een_ander_onderdeel_heet_geen_programma(self) -> None:
        een = pagina(programma=Programmarij("OH", "Overhead", "overhead", "overhead"))

        assert (een.bovenkop, een.onderdeel) == ("Overhead", "overhead")
        assert een.titel.startswith("Overhead –")

    def test_de_begrippen_zijn_die_van_de_tabel(self) -> None:
        woorden = [begrip.woord for begrip in pagina().tabel.begrippen]

        assert "Onttrekking aan reserves" in woorden and "Toevoeging aan reserves" not in woorden
        assert "Primaire begroting" in woorden and "Prognose" not in woorden

    def test_partijen(self) -> None:
        een = pagina()

        assert een.partijenzin.endswith("Bij dit programma hoort één verbonden partij.")
        (partij,) = een.partijen
        assert (partij.naam, partij.soort) == ("Veiligheidsregio Flevoland (VRF)", "Gemeenschappelijke regeling")
        assert partij.hoort_bij is not None and partij.hoort_bij.href == "#pakket-1e"

    def test_meer_partijen_en_geen(self) -> None:
        drie = [Partijrij(naam, "", "overig") for naam in "abc"]

        assert pagina(partijen=drie).partijenzin.endswith("Bij dit programma horen drie verbonden partijen.")
        assert pagina(partijen=[]).partijenzin == ""

    @pytest.mark.parametrize(
        ("plaats", "vorige", "volgende"),
        [(0, None, "Programma 2 Ruimte"), (1, "Programma 0 Bestuur", "Overhead"), (2, "Programma 2 Ruimte", None)],
    )
    def test_buren(self, plaats: int, vorige: str | None, volgende: str | None) -> None:
        lijst = [
            Programmarij("0", "Bestuur", "bestuur"),
            Programmarij("2", "Ruimte", "ruimte"),
            Programmarij("OH", "Overhead", "overhead", "overhead"),
        ]
        een = pagina(programmas=lijst, programma=lijst[plaats])

        assert [buur and buur.tekst for buur in (een.vorige, een.volgende)] == [vorige, volgende]
