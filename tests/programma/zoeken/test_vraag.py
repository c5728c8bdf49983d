"""What was typed, understood: words with synonyms, or an amount. Nothing that is typed is an operator."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.zoeken.synoniemen import RIJEN, synoniemen
from programma.zoeken.taal import stam, vorm
from programma.zoeken.vraag import LANGSTE_VRAAG, MEESTE_WOORDEN, lees_getal, lees_vraag


def test_woorden_zonder_stopwoorden_en_dubbelen() -> None:
    vraag = lees_vraag("  De  controle van controles,\x00\x07 en het BELEID ")

    assert vraag.tekst == "De controle van controles, en het BELEID"
    assert [term.vorm for term in vraag.termen] == ["controle", "beleid"]


@pytest.mark.parametrize(("getypt", "ook"), [("uitgaven", "lasten"), ("inkomsten", "baten"), ("spaargeld", "reserve")])
def test_synoniemen_gaan_beide_kanten_op(getypt: str, ook: str) -> None:
    assert ook in lees_vraag(getypt).ook_gezocht()
    assert getypt in lees_vraag(ook).ook_gezocht()


def test_een_rij_synoniemen_noemt_niet_zichzelf() -> None:
    for rij in RIJEN:
        for woord in rij:
            anderen = [vormen for _, vormen in synoniemen(vorm(woord))]
            assert all(stam(vormen[0]) != stam(vorm(woord)) or len(vormen) > 1 for vormen in anderen)


@pytest.mark.parametrize(
    ("getypt", "binnen", "buiten"),
    [
        ("3.516.000", ["3516000", "3516000.49"], ["3516001", "3515999"]),
        ("3516", ["3516", "3516000", "3516499"], ["3517000", "351600"]),
        ("€ 3.516", ["3516", "3516000"], ["3517"]),
        ("-3.516", ["3516", "3516000"], ["0"]),
        ("−€ 3.516.000,00", ["3516000"], ["3516001"]),
        ("3,5 miljoen", ["3500000", "3516000", "3450000"], ["3550000", "3449999", "3.5"]),
        ("3,5 mln euro", ["3516000"], ["35"]),
        ("12,34", ["12.34"], ["12.35", "12"]),
    ],
)
def test_bedragen(getypt: str, binnen: list[str], buiten: list[str]) -> None:
    def raak(euro: str) -> bool:
        return any(bereik.van <= Decimal(euro) < bereik.tot for bereik in lees_vraag(getypt).bereiken)

    assert [euro for euro in binnen if not raak(euro)] == []
    assert [euro for euro in buiten if raak(euro)] == []


@pytest.mark.parametrize("getypt", ["brandweer", "programma 1", "0", "1.2.3", "", "3,5 kilo", "99999999999999999999"])
def test_geen_bedrag(getypt: str) -> None:
    assert lees_vraag(getypt).bereiken == ()


@given(st.one_of(st.none(), st.text(), st.text(alphabet="'\"&|!()<>:*\\%_ ab1.,-", max_size=3000)))
def test_alles_is_een_vraag(getypt: str | None) -> None:
    vraag = lees_vraag(getypt)

    assert len(vraag.tekst) <= LANGSTE_VRAAG and vraag.tekst.isprintable()
    assert len(vraag.termen) <= MEESTE_WOORDEN
    for term in vraag.termen:
        assert not set(term.tsquery()) & set('"\\%!<>;')


def test_te_lang() -> None:
    assert lees_vraag("woord " * 10_000).te_lang
    assert lees_vraag(" ".join(f"woord{nummer}" for nummer in range(12))).te_lang
    assert not lees_vraag("een gewone vraag").te_lang


@pytest.mark.parametrize(
    ("getypt", "getal"),
    [
        ("2025", 2025),
        ("1", 1),
        ("0", None),
        ("-1", None),
        ("10000", None),
        ("²", None),
        ("1\n", None),
        ("", None),
        (None, None),
    ],
)
def test_getal(getypt: str | None, getal: int | None) -> None:
    assert lees_getal(getypt) == getal
