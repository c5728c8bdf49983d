"""Words are compared without accents, plurals and the seams of compounds; whatever is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.zoeken.taal import delen, lexemen, past, stam, vorm, woorden


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ("gemeente", "gemeenten"),
        ("controle", "controles"),
        ("uitgave", "uitgaven"),
        ("taak", "taken"),
        ("huis", "huizen"),
        ("brief", "brieven"),
        ("school", "scholen"),
        ("budget", "budgets"),
        ("budget", "budgetten"),
        ("programma", "programma's"),
        ("programma", "programma’s"),
        ("boa", "boa's"),
        ("mogelijkheid", "mogelijkheden"),
        ("Coöperatie", "cooperaties"),
        ("ambtenaar", "ambtenaren"),
        ("reserve", "reserves"),
        ("evenement", "evenementen"),
        ("3.516.000", "3516000"),
    ],
)
def test_zelfde_stam(een: str, ander: str) -> None:
    assert stam(vorm(een)) == stam(vorm(ander))


@pytest.mark.parametrize(("een", "ander"), [("lasten", "lastig"), ("raad", "rand"), ("1,5", "15"), ("kas", "kast")])
def test_andere_stam(een: str, ander: str) -> None:
    assert stam(vorm(een)) != stam(vorm(ander))


@pytest.mark.parametrize(
    ("gevraagd", "woord", "gevonden"),
    [
        ("controle", "handhavingscontroles", True),
        ("controles", "handhavingscontrole", True),
        ("controle", "controleplan", True),
        ("controle", "handhavingscontroleplan", True),
        ("lasten", "kapitaallasten", True),
        ("zorg", "jeugdzorg", True),
        ("regio", "veiligheidsregio’s", True),
        ("lasten", "belasting", False),
        ("zorg", "verzorgen", False),
        ("3516", "35160", False),
    ],
)
def test_samenstellingen(gevraagd: str, woord: str, gevonden: bool) -> None:
    assert any(past(lexeem, vorm(gevraagd)) for lexeem in lexemen(vorm(woord))) is gevonden


@given(st.text())
def test_wat_er_ook_staat_een_lexeem_is_veilig(tekst: str) -> None:
    """Between quotes in a tsquery nothing but letters, digits and a comma ever stands."""
    for gevonden in woorden(tekst):
        for lexeem in lexemen(vorm(gevonden[0])):
            assert all(teken.isalnum() or teken == "," for teken in lexeem)


@given(st.from_regex(r"[a-z]{1,40}", fullmatch=True))
def test_een_woord_vindt_zichzelf_en_zijn_delen_zijn_eindes(woord: str) -> None:
    eigen = stam(woord)

    assert any(past(lexeem, woord) for lexeem in lexemen(woord))
    assert all(eigen.endswith(deel) and re.search("[aeiouy]", deel) for deel in delen(eigen))
