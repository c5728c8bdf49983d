"""What a reader chooses: whatever the address says, there is a page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.inhoud import Inwoners
from programma.pagina import Keuze, Weergave, kies, kies_jaren, kies_weergave
from programma.pagina.keuze import herkomstlink, herkomstzin, weergavelinks
from programma.raming import Kolom
from tests.stukken import INWONERS, K23, K24, K25, K26, K27, K28, pagina

KOLOMMEN = [K23, K24, K25, K26, K27, K28]


class TestKeuze:
    """The query string: whatever it says, there is a page."""

    @pytest.mark.parametrize("raw", [None, "", "euro ", "EURO", "onzin", "1", "duizend,euro", "\x00"])
    def test_onzin_is_de_standaard(self, raw: str | None) -> None:
        assert kies_weergave(raw, inwoners_bekend=True) == Weergave.DUIZEND

    def test_inwoner_alleen_met_inwoners(self) -> None:
        assert kies_weergave("inwoner", inwoners_bekend=True) == Weergave.INWONER
        assert kies_weergave("inwoner", inwoners_bekend=False) == Weergave.DUIZEND

    @pytest.mark.parametrize(
        ("raw", "gekozen"),
        [
            ("2024,2025", (K24, K25)),
            ("2025,2024,2025", (K24, K25)),
            ("2025,x", (K25,)),
            ("1999", None),
            ("9" * 9999, None),
        ],
    )
    def test_jaren(self, raw: str, gekozen: tuple[Kolom, ...] | None) -> None:
        assert kies_jaren(raw, KOLOMMEN) == (gekozen or tuple(KOLOMMEN))

    @given(st.text(), st.text())
    def test_elke_tekst_geeft_een_keuze(self, bedragen: str, jaren: str) -> None:
        keuze = kies(bedragen, jaren, KOLOMMEN, INWONERS)

        assert keuze.kolommen
        assert keuze.alles == (len(keuze.kolommen) == len(KOLOMMEN))

    @given(st.sampled_from(Weergave), st.lists(st.sampled_from(KOLOMMEN), min_size=1, unique=True), st.booleans())
    def test_een_keuze_overleeft_haar_adres(self, weergave: Weergave, kolommen: list[Kolom], herkomst: bool) -> None:
        keuze = Keuze(weergave, tuple(sorted(kolommen)), len(kolommen) == len(KOLOMMEN), herkomst)
        velden = dict(deel.split("=") for deel in keuze.query().strip("?").split("&") if deel)

        opnieuw = kies(velden.get("bedragen"), velden.get("jaren"), KOLOMMEN, INWONERS, velden.get("herkomst"))
        assert opnieuw == keuze

    @pytest.mark.parametrize("raw", [None, "", "0", "2", "ja", "1 ", "11"])
    def test_alleen_een_een_maakt_alles_een_link(self, raw: str | None) -> None:
        assert not kies(None, None, KOLOMMEN, INWONERS, raw).herkomst
        assert kies(None, None, KOLOMMEN, INWONERS, "1").query() == "?herkomst=1"

    def test_de_keuze_voor_links_blijft_bij_de_andere_keuzes(self) -> None:
        keuze = kies("euro", "2024,2025", KOLOMMEN, INWONERS, "1")
        aan, uit = (herkomstlink(een, K25, "/p/", "t") for een in (replace(keuze, herkomst=False), keuze))

        assert aan is not None and aan.href == "/p/?bedragen=euro&jaren=2024,2025&herkomst=1#t"
        assert uit is not None and uit.href == "/p/?bedragen=euro&jaren=2024,2025#t"
        assert {link.href.count("herkomst=1") for link in weergavelinks(keuze, INWONERS, "/p/", "t")} == {1}

    @pytest.mark.parametrize(
        ("jaren", "herkomst", "zin", "link"),
        [
            (None, None, "een bedrag van 2025", True),
            (None, "1", "een bedrag om", True),
            ("2025", None, "een bedrag van 2025", False),
            ("2023", None, "", True),
        ],
    )
    def test_de_zin_noemt_alleen_wat_een_link_is(
        self, jaren: str | None, herkomst: str | None, zin: str, link: bool
    ) -> None:
        keuze = kies(None, jaren, KOLOMMEN, INWONERS, herkomst)

        assert zin in herkomstzin(keuze, K25) and bool(zin) == bool(herkomstzin(keuze, K25))
        assert bool(herkomstlink(keuze, K25, "/p/", "t")) == link

    def test_links_houden_de_jaren_vast(self) -> None:
        balk = pagina("euro", "2024,2025").tabel
        hier = "/programmabegroting-2025/programma/programma-1-veiligheid/"

        assert [(link.tekst, link.gekozen) for link in balk.weergaven] == [
            ("× € 1.000", False),
            ("in euro’s", True),
            ("per inwoner", False),
            ("% verandering", False),
        ]
        assert balk.weergaven[2].href == f"{hier}?bedragen=inwoner&jaren=2024,2025#tabel1-titel"
        assert balk.csv.href == f"{hier}tabel.csv?bedragen=euro&jaren=2024,2025"
        assert balk.jaren == ("toon alle jaren", f"{hier}?bedragen=euro#tabel1-titel", "")

    def test_minder_jaren_en_geen_inwoners(self) -> None:
        balk = pagina(inwoners=Inwoners({})).tabel

        assert balk.jaren is not None and balk.jaren.tekst == "toon alleen 2024 en 2025"
        assert [link.tekst for link in balk.weergaven] == ["× € 1.000", "in euro’s", "% verandering"]
