"""Units and signs: exact in both directions, whatever the editor chose."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.raming import Soort
from programma.rooster.weergave import Eenheid, Teken, Weergave
from veiligheid import getallen

bedrag = st.integers(-(10**15) + 1, 10**15 - 1).map(lambda centen: Decimal(centen).scaleb(-2))
weergave = st.builds(Weergave, st.sampled_from(Eenheid), st.sampled_from(Teken))


@given(weergave, st.sampled_from([*Soort]), bedrag)
def test_wat_er_staat_is_wat_er_is(weergave: Weergave, soort: Soort, euro: Decimal) -> None:
    """Reading what is shown gives the stored euros back, to the cent: a thousand-view loses nothing."""
    assert weergave.lees(soort, weergave.toon(soort, euro)) == euro


@pytest.mark.parametrize(
    ("eenheid", "teken", "soort", "euro", "tekst"),
    [
        (1000, "effect", "lasten", "-3516000", "-3.516"),
        (1000, "gedrukt", "lasten", "-3516000", "3.516"),
        (1000, "gedrukt", "toevoeging", "-1000", "1"),
        (1000, "gedrukt", "baten", "110000", "110"),
        (1000, "effect", "lasten", "-1234.56", "-1,23456"),
        (1000, "effect", "lasten", "-1235", "-1,2350"),
        (1, "effect", "lasten", "-1234.56", "-1.234,56"),
        (1, "gedrukt", "lasten", "0", "0"),
    ],
)
def test_in_woorden(eenheid: int, teken: str, soort: str, euro: str, tekst: str) -> None:
    weergave = Weergave(Eenheid(eenheid), Teken(teken))
    assert weergave.toon(soort, Decimal(euro)) == tekst
    assert weergave.lees(soort, tekst) == Decimal(euro)


def test_leeg_is_geen_nul() -> None:
    assert Weergave().toon("lasten", None) == ""
    assert Weergave().lees("lasten", " ") is None
    assert Weergave().lees("lasten", "0") == 0


def test_te_groot_en_te_fijn() -> None:
    with pytest.raises(getallen.Onleesbaar, match="te groot"):
        Weergave().lees("lasten", "9999999999999")
    with pytest.raises(getallen.Onleesbaar):
        Weergave(Eenheid.EURO).lees("lasten", "1,2345")
    with pytest.raises(getallen.Meerduidig):
        Weergave().lees("lasten", "3,516")
