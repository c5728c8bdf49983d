"""Which document's figures of a party hold, and which the law asks but nobody gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.inhoud import Inwoners, nieuwste_eerst
from programma.pagina.cijfers import (
    BELANG,
    WETTELIJK,
    Jaarcijfers,
    belang,
    cijfers_per_partij,
    is_bekend,
    ontbrekend,
)
from tests.overzichten import SLUG, cijfers, deelname, document, partijenstuk

D = Decimal


def bijdragen(*rijen: tuple[int, int, int], jaren: tuple[int, ...] = (2025, 2024, 2023)) -> dict[int, tuple[int, str]]:
    """Return per year (version, contribution) that hold, of rows (version, year, contribution) in three documents."""
    documenten = [document(versie, jaar) for versie, jaar in enumerate(jaren, 1)]
    rijen_ = [cijfers(versie, jaar, bijdrage=D(bedrag)) for versie, jaar, bedrag in rijen]
    stuk = partijenstuk(*documenten, cijfers=rijen_)
    return {
        jaar.jaar: (jaar.uitgave.versie_id, str(jaar.waarde("bijdrage")))
        for jaar in cijfers_per_partij(stuk)[SLUG]
        if jaar.rij
    }


class TestWelkCijferGeldt:
    """The document that was published last wins, whatever year it is on and however the rows come in."""

    def test_het_laatst_gepubliceerde_document_wint(self) -> None:
        """Version 3 is on the oldest year and was published last."""
        assert bijdragen((1, 2024, 10), (2, 2024, 20), (3, 2024, 30), (1, 2026, 1)) == {
            2024: (3, "30"),
            2026: (1, "1"),
        }

    def test_de_volgorde_van_de_rijen_maakt_niet_uit(self) -> None:
        rijen = [(1, 2024, 10), (2, 2024, 20), (2, 2023, 21), (1, 2023, 11)]

        uitkomsten = [bijdragen(*volgorde) for volgorde in permutations(rijen)]

        assert all(uitkomst == {2023: (2, "21"), 2024: (2, "20")} for uitkomst in uitkomsten)

    def test_onbekend_in_het_nieuwste_blijft_onbekend(self) -> None:
        """A row is never put together from two documents: the older figure does not fill the gap."""
        stuk = partijenstuk(
            document(1),
            document(2, 2024),
            cijfers=[cijfers(1, 2025), cijfers(2, 2025, resultaat=None, onbekend_reden="Nog niet af.")],
        )

        jaar = next(jaar for jaar in cijfers_per_partij(stuk)[SLUG] if jaar.jaar == 2025)

        assert (jaar.uitgave.versie_id, jaar.waarde("resultaat"), jaar.reden) == (2, None, "Nog niet af.")

    def test_elke_partij_heeft_haar_eigen_cijfers(self) -> None:
        stuk = partijenstuk(
            deelnames=[deelname(1), deelname(1, "bank")], cijfers=[cijfers(1, 2025), cijfers(1, 2024, "bank")]
        )

        jaren = {slug: [jaar.jaar for jaar in rijen if jaar.rij] for slug, rijen in cijfers_per_partij(stuk).items()}

        assert jaren == {SLUG: [2025], "bank": [2024]}

    def test_cijfers_van_een_partij_die_niemand_noemt_staan_nergens(self) -> None:
        assert set(cijfers_per_partij(partijenstuk(cijfers=[cijfers(1, 2025, "geheim")]))) == {SLUG}

    @given(st.lists(st.tuples(st.integers(1, 3), st.integers(2020, 2030)), max_size=20, unique=True))
    def test_elk_jaar_een_rij_uit_het_nieuwste_document(self, paren: list[tuple[int, int]]) -> None:
        gevonden = bijdragen(*((versie, jaar, versie * 10_000 + jaar) for versie, jaar in paren))

        nieuwste = {jaar: max(versie for versie, ander in paren if ander == jaar) for _, jaar in paren}
        assert gevonden == {jaar: (versie, str(versie * 10_000 + jaar)) for jaar, versie in nieuwste.items()}


def test_een_concept_heeft_geen_plaats_in_de_volgorde() -> None:
    assert [een.versie_id for een in nieuwste_eerst([document(1), document(3), document(2)])] == [3, 2, 1]
    with pytest.raises(ValueError, match="not published"):
        nieuwste_eerst([document(1, gepubliceerd_op=None)])


class TestWatDeWetVraagt:
    """BBV art. 15 lid 2: of the year of the document, in a begroting and in jaarstukken."""

    @pytest.mark.parametrize("soort", ["begroting", "jaarstukken"])
    def test_een_document_dat_zwijgt_over_zijn_eigen_jaar(self, soort: str) -> None:
        (jaar,) = cijfers_per_partij(partijenstuk(document(1, 2025, soort), cijfers=[]))[SLUG]

        assert (jaar.jaar, jaar.rij) == (2025, None)
        assert jaar.ontbreekt == tuple(WETTELIJK.values())
        assert "noemt over dit jaar geen cijfers" in jaar.reden

    @pytest.mark.parametrize("soort", ["kadernota", "tussenrapportage"])
    def test_andere_documenten_hoeven_niets(self, soort: str) -> None:
        assert cijfers_per_partij(partijenstuk(document(1, 2025, soort), cijfers=[]))[SLUG] == ()

    def test_een_ander_jaar_is_niet_verplicht(self) -> None:
        stuk = partijenstuk(cijfers=[cijfers(1, 2025), cijfers(1, 2026, resultaat=None, onbekend_reden="Later.")])

        assert [jaar.ontbreekt for jaar in cijfers_per_partij(stuk)[SLUG]] == [(), ()]

    def test_de_bijdrage_staat_niet_in_de_lijst_van_de_wet(self) -> None:
        stuk = partijenstuk(cijfers=[cijfers(1, 2025, bijdrage=None, onbekend_reden="Later.")])

        (jaar,) = cijfers_per_partij(stuk)[SLUG]

        assert jaar.ontbreekt == () and jaar.waarde("bijdrage") is None

    def test_de_zinnen(self) -> None:
        def jaar(jaartal: int, **onbekend: None) -> Jaarcijfers:
            return Jaarcijfers(jaartal, document(1), cijfers(1, jaartal, **onbekend), verplicht=True)

        zinnen = ontbrekend(
            [
                jaar(2023, resultaat=None),
                jaar(2024),
                jaar(2025, resultaat=None),
                Jaarcijfers(2026, document(1), None, True),
            ]
        )

        assert zinnen == (
            "Over 2023 en 2025 ontbreekt één cijfer van de zeven die de wet vraagt: het resultaat van de partij.",
            "Over 2026 ontbreken alle cijfers die de wet vraagt: het belang van de gemeente op 1 januari, het belang "
            "van de gemeente op 31 december, het eigen vermogen op 1 januari, het eigen vermogen op 31 december, het "
            "vreemd vermogen op 1 januari, het vreemd vermogen op 31 december en het resultaat van de partij.",
        )

    @given(st.lists(st.sets(st.sampled_from(sorted(WETTELIJK))), min_size=1, max_size=6))
    def test_elk_ontbrekend_cijfer_wordt_een_keer_genoemd(self, gaten: list[set[str]]) -> None:
        def leeg(gat: set[str]) -> dict[str, None]:
            return dict.fromkeys([*gat, *(f"{naam}_procent" for naam in gat if naam in BELANG)])

        rijen = [
            Jaarcijfers(2020 + plek, document(1), cijfers(1, 2020 + plek, **leeg(gat)), True)
            for plek, gat in enumerate(gaten)
        ]

        jaren = Counter(
            woord for zin in ontbrekend(rijen) for woord in zin.replace(",", "").split() if woord[:2] == "20"
        )

        assert jaren == Counter(str(2020 + plek) for plek, gat in enumerate(gaten) if gat)


class TestBelang:
    """What the municipality has in the party: in euros, in percent, or both; either makes it known."""

    @pytest.mark.parametrize(
        ("bedrag", "procent", "tekst"),
        [
            (None, None, ""),
            (D(0), None, "€\u00a00"),
            (D("1234567.50"), None, "€\u00a01.234.568"),
            (D(-5), None, "\u2212€\u00a05"),
            (None, D("0.0000"), "0%"),
            (None, D("12.5000"), "12,5%"),
            (None, D("33.3333"), "33,3333%"),
            (D(1000), D("100.0000"), "€\u00a01.000 (100%)"),
        ],
    )
    @pytest.mark.parametrize("naam", BELANG)
    def test_in_woorden(self, naam: str, bedrag: Decimal | None, procent: Decimal | None, tekst: str) -> None:
        rij = cijfers(1, 2025, **dict.fromkeys(BELANG), **{f"{een}_procent": None for een in BELANG})
        rij = replace(rij, **{naam: bedrag, f"{naam}_procent": procent})

        assert belang(rij, naam) == tekst
        assert is_bekend(rij, naam) == bool(tekst)
        assert [is_bekend(rij, een) for een in BELANG if een != naam] == [False]

    def test_van_voor_het_veld_zonder_reden_zegt_de_pagina_dat_het_document_zwijgt(self) -> None:
        rij = cijfers(1, 2025, belang_begin=None)

        jaar = Jaarcijfers(2025, document(1), rij, verplicht=True)

        assert (rij.onbekend_reden, jaar.reden) == ("", "De Programmabegroting 2025 noemt dit cijfer niet.")
        assert jaar.ontbreekt == ("Belang van de gemeente op 1 januari",)
        assert Jaarcijfers(2025, document(1), cijfers(1, 2025), verplicht=True).reden == ""


class TestPerInwoner:
    """The contribution divided by the inhabitants of that year, or of the last known year before it."""

    @pytest.mark.parametrize(
        ("inwoners", "verwacht"),
        [({2025: 50_000}, D(60)), ({2024: 40_000}, D(75)), ({2026: 1}, None), ({2025: 0}, None), ({}, None)],
    )
    def test_deling(self, inwoners: dict[int, int], verwacht: Decimal | None) -> None:
        jaar = Jaarcijfers(2025, document(1), cijfers(1, 2025), True)

        assert jaar.per_inwoner(Inwoners(inwoners)) == verwacht

    def test_zonder_bijdrage(self) -> None:
        jaar = Jaarcijfers(2025, document(1), cijfers(1, 2025, bijdrage=None), True)

        assert jaar.per_inwoner(Inwoners({2025: 50_000})) is None
