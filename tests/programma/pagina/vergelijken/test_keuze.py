"""Which columns stand side by side, and the addresses of each choice."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from programma.inhoud import Programmarij, Uitgave
from programma.inhoud.vergelijking import Kader, Paar
from programma.pagina.vergelijken import Vraag, formulier, kies, vind, voorstel
from programma.pagina.vergelijken.kanten import kanten, zin
from programma.pagina.vergelijken.keuze import opties, paarnaam
from programma.raming import Fase, Kolom
from tests.stukken import K23, K24, K25, K26, uitgave

K25R = Kolom(2025, Fase.REALISATIE)
K25M = Kolom(2025, Fase.RAMING)
A1, A2 = uitgave(nummer=1), uitgave(nummer=2)
STUKKEN = uitgave(document_slug="jaarstukken-2025", document_soort="jaarstukken", titel="Jaarstukken 2025")


def kader(*kolommen: Kolom) -> Kader:
    return Kader([Programmarij("1", "Veiligheid", "veiligheid")], {}, {kolom: n for n, kolom in enumerate(kolommen)})


class TestOpties:
    """Like with like."""

    def test_van_een_document_dezelfde_kolommen(self) -> None:
        alle, *los = opties(A1, kader(K23, K24, K25), A2, kader(K24, K25, K26))

        assert (alle.code, alle.paren) == ("alle", (Paar(K24, K24), Paar(K25, K25)))
        assert [optie.code for optie in los] == ["na_wijziging-2024", "primair-2025"]

    def test_een_enkele_gelijke_kolom_en_geen(self) -> None:
        assert [optie.code for optie in opties(A1, kader(K25), A2, kader(K25))] == ["primair-2025"]
        assert opties(A1, kader(K23), A2, kader(K25)) == ()
        assert kies(Vraag(), A1, kader(K23), A2, kader(K25)).paren == ()

    def test_van_twee_documenten_eerst_waar_ze_over_gaan(self) -> None:
        gevonden = opties(A1, kader(K24, K25, K26), STUKKEN, kader(K24, K25, K25R))

        assert [optie.code for optie in gevonden] == [
            "primair-2025,realisatie-2025",
            "na_wijziging-2024",
            "primair-2025",
        ]
        assert gevonden[0].naam == "primaire begroting 2025 naast realisatie 2025"

    def test_hetzelfde_jaar_in_een_andere_fase(self) -> None:
        vorige = uitgave(document_slug="programmabegroting-2024", titel="Programmabegroting 2024", jaar=2024)

        gevonden = opties(vorige, kader(K24, K25M), A1, kader(K25))

        assert [optie.code for optie in gevonden] == ["na_wijziging-2024,primair-2025", "raming-2025,primair-2025"]


class TestAdres:
    """The address holds the choice, and nothing that is the default."""

    def test_alleen_wat_anders_is(self) -> None:
        keuze = kies(Vraag("primair-2025", "10000", "1"), A1, kader(K24, K25), A2, kader(K24, K25))
        begin = "/vergelijken/?a=programmabegroting-2025/1&b=programmabegroting-2025/2"

        assert keuze.adres() == f"{begin}&kolom=primair-2025&toon=10000&programma=1"
        assert keuze.adres(kolom="alle", toon="verschillen", programma="") == begin

    @given(st.text(), st.text(), st.text())
    def test_onzin_is_de_standaard(self, kolom: str, toon: str, programma: str) -> None:
        argumenten = (A1, kader(K24, K25), A2, kader(K24, K25))
        bekend = {
            "alle",
            "na_wijziging-2024",
            "primair-2025",
            "alles",
            "verschillen",
            "10000",
            "100000",
            "1000000",
            "1",
        }
        if not {kolom, toon, programma} & bekend:
            assert kies(Vraag(kolom, toon, programma), *argumenten) == kies(Vraag(), *argumenten)


class TestZin:
    """The sentence names both stages."""

    def test_twee_fasen(self) -> None:
        namen = kanten(A1, STUKKEN)
        assert zin([Paar(K25, K23)], namen) == (
            "De primaire begroting 2025 in Programmabegroting 2025 naast de realisatie 2023 in Jaarstukken 2025."
        )
        assert paarnaam(Paar(K25, K25)) == "primaire begroting 2025"

    def test_meer_kolommen_en_geen(self) -> None:
        namen = kanten(A1, A2)
        verwacht = (
            "Twee kolommen in versie 1 naast dezelfde in versie 2: de realisatie 2023 en de primaire begroting 2025."
        )
        assert zin([Paar(K23, K23), Paar(K25, K25)], namen) == verwacht
        assert zin([], namen) == "Versie 1 en versie 2 hebben geen kolom die naast elkaar kan."


class TestVoorstel:
    """Which two versions the form proposes."""

    def paar(self, *uitgaven: Uitgave, b: Uitgave | None = None) -> tuple[str, str] | None:
        gevonden = voorstel(uitgaven, b)
        return (gevonden[0].kenmerk, gevonden[1].kenmerk) if gevonden else None

    def test_de_laatste_twee_versies_anders_het_vorige_document(self) -> None:
        vorig = uitgave(document_slug="programmabegroting-2024", jaar=2024)

        assert self.paar(STUKKEN, A2, A1, vorig) == (A1.kenmerk, A2.kenmerk)
        assert self.paar(STUKKEN, A1, vorig) == (vorig.kenmerk, A1.kenmerk)
        assert self.paar(STUKKEN, A1) == (STUKKEN.kenmerk, A1.kenmerk)
        assert self.paar(A1) == (A1.kenmerk, A1.kenmerk)
        assert self.paar(A1, A2, STUKKEN, b=STUKKEN) == (A2.kenmerk, STUKKEN.kenmerk)
        assert self.paar() is None

    def test_het_formulier_noemt_alles_wat_gepubliceerd_is(self) -> None:
        gemaakt = formulier([A2, A1], (A1, A2))

        assert [optie.waarde for optie in gemaakt.opties] == [A2.kenmerk, A1.kenmerk]
        assert gemaakt.opties[0].tekst == "Programmabegroting 2025, versie 2 (23 november 2026)"
        assert vind([A2, A1], A1.kenmerk) == A1 and vind([A2], None) is None
        assert formulier([uitgave(gepubliceerd_op=datetime(2025, 1, 1, tzinfo=UTC))], None).a == ""
