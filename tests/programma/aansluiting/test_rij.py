"""The verdicts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.aansluiting import Controle, Oordeel, Plek, Rij
from programma.aansluiting.rij import oordeel, vergelijk
from programma.toetsing.gedrukt import speling

D = Decimal
BEDRAG = st.decimals(-(10**9), 10**9, places=2)


@pytest.mark.parametrize(
    ("gepubliceerd", "nagerekend", "ruimte", "eenheid", "verwacht"),
    [
        ("-3516000", "-3516000", "0", 0, "sluit aan"),
        ("-3516000", "-3515500.00", "0", 1000, "sluit aan"),
        ("-3516000", "-3515499.99", "1000", 1000, "verschil door afronding"),
        ("-3516000", "-3515000", "1000", 1000, "verschil door afronding"),
        ("-3516000", "-3514999.99", "1000", 1000, "verschil"),
        ("0", "0.01", "0", 0, "verschil"),
        ("0.00", "-0", "0", 0, "sluit aan"),
    ],
)
def test_oordeel(gepubliceerd: str, nagerekend: str, ruimte: str, eenheid: int, verwacht: str) -> None:
    assert oordeel(D(gepubliceerd), D(nagerekend), D(ruimte), eenheid) == verwacht


@given(BEDRAG, BEDRAG, st.integers(0, 50), st.sampled_from([1, 1000]))
def test_van_het_een_naar_het_ander_is_een_ladder(a: Decimal, b: Decimal, aantal: int, eenheid: int) -> None:
    """More leeway never makes a verdict worse, and within (n+1)/2 units there is no difference."""
    ruimte = speling(aantal, eenheid)
    gevonden = oordeel(a, b, ruimte, eenheid)

    assert (gevonden == Oordeel.VERSCHIL) <= (abs(b - a) > ruimte)
    assert gevonden != Oordeel.AFRONDING or oordeel(a, b, D(0), eenheid) == Oordeel.VERSCHIL
    assert oordeel(a, b, ruimte * 2, eenheid) in {gevonden, Oordeel.AFRONDING}


def test_verschil_is_het_onze_min_het_gepubliceerde() -> None:
    een = vergelijk(Controle.REGELS, Plek("lasten"), "a, en b", D(-100), D("-99.99"), reden="waarom")

    assert (een.verschil, een.oordeel, een.reden) == (D("0.01"), "verschil", "waarom")
    assert vergelijk(Controle.REGELS, Plek("lasten"), "a, en b", D(1), D(1), reden="waarom").reden == ""


def test_een_sha256_heeft_geen_verschil() -> None:
    assert (
        Rij(Controle.BESTANDEN, Plek("begroting.csv"), "a, en b", "a" * 64, "b" * 64, Oordeel.VERSCHIL).verschil is None
    )
