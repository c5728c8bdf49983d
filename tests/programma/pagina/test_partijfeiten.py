"""What the law asks of a party as names with values: for print, and where there is no way to its own page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.inhoud import Cijferrij, Partijrij
from programma.pagina.partijfeiten import TEKSTEN, feiten, ontbrekende_teksten
from tests.overzichten import SLUG, cijfers, deelname, document

D = Decimal
VOL = Partijrij(
    "Veiligheidsregio", "VR", "gemeenschappelijke_regeling", "1E", "Brandweer.", SLUG, "Lelystad", "Snelle hulp.",
    "Een zetel.\n\nEén stem.",
)  # fmt: skip
KAAL = Partijrij("Bank", "", "overig", slug="bank")


def als_dict(rij: Partijrij, rijen: list[Cijferrij], soort: str = "begroting") -> dict[str, tuple[str, ...]]:
    return dict(feiten(rij, rijen, document(1, 2025, soort)))


def test_alles_bekend() -> None:
    rij = cijfers(1, 2025, bijdrage=D(12), risico="Rente.", ontwikkelingen="Fusie.")

    assert als_dict(VOL, [cijfers(1, 2025, "bank"), rij]) == {
        "Vestigingsplaats": ("Lelystad",),
        "Openbaar belang": ("Snelle hulp.",),
        "Bestuurlijk belang": ("Een zetel.", "Eén stem."),
        "Belang van de gemeente op 1 januari 2025": ("€\u00a0150.000",),
        "Belang van de gemeente op 31 december 2025": ("2,5%",),
        "Eigen vermogen op 1 januari 2025": ("€\u00a01.000.000",),
        "Eigen vermogen op 31 december 2025": ("€\u00a01.100.001",),
        "Vreemd vermogen op 1 januari 2025": ("€\u00a05.000.000",),
        "Vreemd vermogen op 31 december 2025": ("€\u00a00",),
        "Resultaat van de partij in 2025": ("\u2212€\u00a025.000",),
        "Bijdrage van de gemeente in 2025": ("€\u00a012",),
        "Ontwikkelingen in 2025": ("Fusie.",),
        "Risico’s in 2025": ("Rente.",),
    }


def test_onbekend_heeft_een_reden() -> None:
    gevonden = als_dict(VOL, [cijfers(1, 2025, belang_begin=None, onbekend_reden="Nog niet ontvangen.")])

    assert gevonden["Belang van de gemeente op 1 januari 2025"] == ("onbekend",)
    assert gevonden["Waarom onbekend?"] == ("Nog niet ontvangen.",)


@pytest.mark.parametrize(("soort", "aantal"), [("begroting", 9), ("jaarstukken", 9), ("kadernota", 0)])
def test_een_document_dat_zwijgt(soort: str, aantal: int) -> None:
    """Eight figures are unknown, with one reason, where the law asks them; elsewhere nothing is said."""
    gevonden = als_dict(KAAL, [cijfers(1, 2025)], soort)

    assert len(gevonden) == aantal
    assert sum(waarden == ("onbekend",) for waarden in gevonden.values()) == max(0, aantal - 1)


@given(st.sets(st.sampled_from(sorted(TEKSTEN))), st.sets(st.sampled_from(sorted(TEKSTEN))))
def test_een_tekst_ontbreekt_als_geen_enkele_rij_haar_heeft(een: set[str], ander: set[str]) -> None:
    rijen = [deelname(1, **dict.fromkeys(leeg, " ")) for leeg in (een, ander)]

    assert ontbrekende_teksten(rijen) == [wat for veld, wat in TEKSTEN.items() if veld in een & ander]
