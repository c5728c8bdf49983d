"""What a document becomes a year later: pure, no database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programma.jaar.jaarwisseling import (
    Regelkenmerk,
    Stuk,
    Vindplaats,
    koppel,
    met_volgend_jaar,
    verschoven,
    vindplaats,
)
from programma.raming import Fase, Kolom

vast = settings(derandomize=True, deadline=None, max_examples=150)
fasen = st.sampled_from([fase.value for fase in Fase])
kolommen = st.lists(st.builds(Kolom, st.integers(2020, 2030), fasen), unique=True, max_size=8)

R23, N24 = Kolom(2023, "realisatie"), Kolom(2024, "na_wijziging")
P25, P26, P27, P28 = (Kolom(jaar, "primair") for jaar in (2025, 2026, 2027, 2028))
N25, R24 = Kolom(2025, "na_wijziging"), Kolom(2024, "realisatie")


def stuk(nummer: int, *gevuld: Kolom, soort: str = "begroting", jaar: int = 2025, maand: int = 1) -> Stuk:
    return Stuk(nummer, f"Stuk {nummer}", soort, jaar, datetime(2026, maand, 1, tzinfo=UTC), frozenset(gevuld))


def regel(sleutel: str, omschrijving: str = "Brandweer", soort: str = "lasten", pakket: str = "1A") -> Regelkenmerk:
    return Regelkenmerk(sleutel, pakket, soort, omschrijving)


class TestVerschoven:
    """Columns move one year."""

    def test_de_zes_kolommen_van_de_wet(self) -> None:
        assert verschoven([R23, N24, P25, P26, P27, P28], "begroting", 2025) == [
            R24, N25, P26, P27, P28, Kolom(2029, "primair"),
        ]  # fmt: skip

    def test_een_nieuwe_begroting_begint_zonder_wijziging(self) -> None:
        assert Kolom(2026, "na_wijziging") not in verschoven([R23, N24, P25, N25, P26], "begroting", 2025)
        assert Kolom(2026, "na_wijziging") in verschoven([P25, N25, Kolom(2025, "realisatie")], "jaarstukken", 2025)

    @vast
    @given(kolommen, st.sampled_from(["begroting", "jaarstukken", "kadernota"]))
    def test_nooit_dubbel_en_nooit_verzonnen(self, oud: list[Kolom], soort: str) -> None:
        nieuw = verschoven(oud, soort, 2025)

        assert len(set(nieuw)) == len(nieuw)
        assert {Kolom(kolom.jaar - 1, kolom.fase) for kolom in nieuw} <= set(oud)


class TestVindplaats:
    """Where the amounts of a column are known best."""

    def test_een_plan_komt_uit_de_vorige_begroting(self) -> None:
        eigen = stuk(1, R23, N24, P25, P26, P27, P28)

        assert vindplaats(P26, eigen, [eigen]) == Vindplaats(eigen, P26)
        assert vindplaats(Kolom(2029, "primair"), eigen, [eigen]) is None
        assert vindplaats(R24, eigen, [eigen]) is None

    def test_een_raming_van_toen_is_het_voorstel_van_nu(self) -> None:
        eigen = stuk(1, P25, Kolom(2026, "raming"))

        assert vindplaats(P26, eigen, [eigen]) == Vindplaats(eigen, Kolom(2026, "raming"))

    def test_na_wijziging_is_anders_primair_met_wijzigingen(self) -> None:
        eigen = stuk(1, P25, P26)

        assert vindplaats(N25, eigen, [eigen]) == Vindplaats(eigen, P25)
        assert vindplaats(N25, stuk(1, P25, N25), []) == Vindplaats(stuk(1, P25, N25), N25)

    def test_wat_het_laatst_is_gepubliceerd_weet_het_best(self) -> None:
        eigen = stuk(1, P25, N25, maand=1)
        voorjaar = stuk(2, N25, soort="tussenrapportage", maand=5)
        najaar = stuk(3, N25, soort="tussenrapportage", jaar=2026, maand=9)

        assert vindplaats(N25, eigen, [voorjaar, najaar, eigen]) == Vindplaats(najaar, N25)

    def test_jaarstukken_gaan_voor_bij_realisatie(self) -> None:
        eigen = stuk(1, P25)
        jaarstukken = stuk(2, R24, soort="jaarstukken", jaar=2024, maand=3)
        later = stuk(3, R24, soort="tussenrapportage", maand=9)

        assert vindplaats(R24, eigen, [later, jaarstukken]) == Vindplaats(jaarstukken, R24)
        assert vindplaats(R24, eigen, [later]) == Vindplaats(later, R24)

    def test_jaarstukken_nemen_de_begroting_van_hun_jaar(self) -> None:
        eigen = stuk(1, Kolom(2024, "realisatie"), soort="jaarstukken", jaar=2024)
        begroting = stuk(2, P25, P26)

        assert vindplaats(P25, eigen, [begroting]) == Vindplaats(begroting, P25)
        assert vindplaats(P26, eigen, [begroting]) is None

    @vast
    @given(st.builds(Kolom, st.integers(2023, 2028), fasen), st.lists(kolommen, max_size=4), kolommen)
    def test_nooit_uit_een_lege_kolom_of_een_ander_jaar(
        self, kolom: Kolom, andere: list[list[Kolom]], onze: list[Kolom]
    ) -> None:
        eigen = stuk(0, *onze)
        stukken = [stuk(nummer, *gevuld, maand=nummer) for nummer, gevuld in enumerate(andere, start=1)]

        gevonden = vindplaats(kolom, eigen, stukken)

        if gevonden is None:
            assert not any(kolom in ander.kolommen for ander in [eigen]), "it was there"
        else:
            assert gevonden.kolom in gevonden.stuk.kolommen
            assert gevonden.kolom.jaar == kolom.jaar


class TestKoppel:
    """Which line of another document is which line of ours."""

    def test_op_sleutel_en_anders_op_naam(self) -> None:
        onze = [regel("r1"), regel("r2", "Handhaving"), regel("r3", "Subsidie", "baten")]
        hun = [regel("r1", "Anders genoemd"), regel("x2", " handhaving "), regel("x3", "Subsidie", "lasten")]

        assert koppel(onze, hun) == {"r1": "r1", "x2": "r2"}

    def test_dezelfde_sleutel_met_een_andere_soort_is_een_andere_regel(self) -> None:
        assert koppel([regel("r1")], [regel("r1", soort="baten")]) == {}

    def test_twee_regels_met_een_naam_worden_niet_geraden(self) -> None:
        assert koppel([regel("r1"), regel("r2")], [regel("x1")]) == {}
        assert koppel([regel("r1")], [regel("x1"), regel("x2")]) == {}

    def test_een_regel_die_al_gekoppeld_is_krijgt_er_geen_bij(self) -> None:
        assert koppel([regel("r1")], [regel("r1"), regel("x1")]) == {"r1": "r1"}

    @vast
    @given(
        st.lists(st.builds(regel, st.sampled_from("abcdef"), st.sampled_from(["A", "B"])), unique_by=lambda r: r[0]),
        st.lists(st.builds(regel, st.sampled_from("abcxyz"), st.sampled_from(["A", "B"])), unique_by=lambda r: r[0]),
    )
    def test_geen_regel_krijgt_twee_bedragen(self, onze: list[Regelkenmerk], hun: list[Regelkenmerk]) -> None:
        naar = koppel(onze, hun)

        assert len(set(naar.values())) == len(naar)
        assert set(naar.values()) <= {rij.sleutel for rij in onze}


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        ("Programmabegroting 2025", "Programmabegroting 2026"),
        ("Meerjarenbegroting 2025-2028", "Meerjarenbegroting 2026-2029"),
        ("Begroting", "Begroting 2026"),
        ("Begroting na herindeling 1984", "Begroting na herindeling 1984 2026"),
        ("Nota 12025", "Nota 12025 2026"),
    ],
)
def test_een_titel_een_jaar_later(oud: str, nieuw: str) -> None:
    assert met_volgend_jaar(oud, 2025, " ") == nieuw


def test_een_webadres_een_jaar_later() -> None:
    assert met_volgend_jaar("programmabegroting-2025", 2025, "-") == "programmabegroting-2026"
    assert met_volgend_jaar("begroting", 2025, "-") == "begroting-2026"
