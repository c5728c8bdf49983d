"""What can be printed: nothing without a glyph reaches the typesetter, and what can be drawn stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.afdruk import kind
from programma.afdruk.tekens import BREUK, DEKKING, LANGSTE_WOORD, bekend, drukbaar, drukbare_gegevens

PROEF = b"""#set document(title: "Proef", date: none)
#set text(lang: "nl", font: ("Afdruk Sans",))
#let d = json(bytes(sys.inputs.data))
#for t in d.teksten [#text(t) #strong(t) #emph(t) #text(font: ("Afdruk Serif",), t)#parbreak()]
"""


@pytest.mark.parametrize(
    "tekst",
    ["Ümit Şahin, Łódź, ĳ en Ĳ", "€ 1.000 − 5 %", "#import *x* _y_ $z$ <a> @b `c` \\d", "Ελλάδα Москва שלום سلام"],
)
def test_wat_een_letter_heeft_blijft_staan(tekst: str) -> None:
    assert drukbaar(tekst) == tekst


@pytest.mark.parametrize(
    ("tekst", "gedrukt"),
    [
        ("Hoi 😀!", "Hoi [U+1F600]!"),
        ("日本", "[U+65E5][U+672C]"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\x01b", "a[U+0001]b"),
        ("e\u0301", "é"),
        ("Ж\u0301", "Ж[U+0301]"),
        ("soft\u00adhyphen\u200b\ufeff", "softhyphen"),
        ("a\tb\r\nc", "a b\nc"),
    ],
)
def test_wat_geen_letter_heeft_krijgt_een_naam(tekst: str, gedrukt: str) -> None:
    assert drukbaar(tekst) == gedrukt


def test_een_lang_woord_kan_breken() -> None:
    gedrukt = drukbaar("x" * 100 + " kort")

    assert max(map(len, gedrukt.replace(" ", BREUK).split(BREUK))) == LANGSTE_WOORD
    assert gedrukt.replace(BREUK, "") == "x" * 100 + " kort"


@given(st.text())
def test_alles_is_drukbaar(tekst: str) -> None:
    gedrukt = drukbaar(tekst)

    assert all(bekend(teken) or teken == BREUK for teken in gedrukt)
    assert max(map(len, gedrukt.replace(BREUK, "\n").split() or [""])) <= LANGSTE_WOORD


def test_gegevens_houden_hun_vorm() -> None:
    gegevens = {
        "tekst": "😀",
        "link": "https://x.nl/" + "a" * 50,
        "lijst": [1, None, True, ("日",)],
        "getal": 1.5,
        "code": "f" * 64,
    }

    assert drukbare_gegevens(gegevens) == {
        "tekst": "[U+1F600]",
        "link": "https://x.nl/" + "a" * 50,
        "lijst": [1, None, True, ["[U+65E5]"]],
        "getal": 1.5,
        "code": "f" * 64,
    }


def test_de_dekking_staat_op_volgorde() -> None:
    grenzen = [grens for reeks in DEKKING for grens in reeks]

    assert grenzen == sorted(grenzen)
    assert not any(
        unicodedata.category(chr(teken))[0] == "M"
        for eerste, laatste in DEKKING
        for teken in range(eerste, laatste + 1)
    )


def test_elk_teken_van_de_dekking_heeft_een_letter() -> None:
    """PDF/UA-1 refuses a text with a character that no font can draw, so that setting them is the proof."""
    tekens = "".join(chr(teken) for eerste, laatste in DEKKING for teken in range(eerste, laatste + 1))
    regels = [tekens[plaats : plaats + 40] for plaats in range(0, len(tekens), 40)]

    assert kind.zet(PROEF, _gegevens(regels)).startswith(b"%PDF-")
    with pytest.raises(RuntimeError, match="could not be displayed"):
        kind.zet(PROEF, _gegevens(["😀"]))


def _gegevens(teksten: list[str]) -> str:
    return kind.json.dumps({"teksten": teksten, "blokken": []})
