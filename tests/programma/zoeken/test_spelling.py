"""Did you mean: near words only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.zoeken.spelling import afstand, beste

letters = st.text(alphabet="abcde", max_size=8)


@pytest.mark.parametrize(
    ("een", "ander", "ver"),
    [
        ("controle", "controle", 0),
        ("kontrole", "controle", 1),
        ("contorle", "controle", 1),
        ("brandwer", "brandweer", 1),
    ],
)
def test_afstand(een: str, ander: str, ver: int) -> None:
    assert afstand(een, ander, 2) == ver


@given(letters, letters)
def test_afstand_is_heen_en_terug_gelijk(een: str, ander: str) -> None:
    assert afstand(een, ander, 9) == afstand(ander, een, 9)
    assert (afstand(een, ander, 9) == 0) == (een == ander)
    assert abs(len(een) - len(ander)) <= afstand(een, ander, 9) <= max(len(een), len(ander))


def test_beste() -> None:
    assert beste("brandwer", ["brandweer", "brander", "water"]) == "brandweer"
    assert beste("kontrole", ["controle", "kantine"]) == "controle"
    assert beste("xyzzy", ["controle"]) is None
    assert beste("abc", ["abd"]) is None
    assert beste("controle", ["controle"]) is None
