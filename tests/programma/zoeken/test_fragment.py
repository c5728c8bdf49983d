"""The passage around what was asked for: all of it text that was there, marked where it answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from programma.zoeken import fragment, lees_vraag, markeer

LANG = "Eerst iets anders. " * 40 + "De handhavingscontroles beginnen in mei. " + "Daarna nog meer. " * 40


def test_een_passage_rond_het_woord() -> None:
    stukjes = fragment(LANG, lees_vraag("controle"))

    assert [stukje.tekst for stukje in stukjes if stukje.raak] == ["handhavingscontroles"]
    assert stukjes[0].tekst.startswith("… ") and stukjes[-1].tekst.endswith(" …")
    assert 100 < sum(len(stukje.tekst) for stukje in stukjes) < 260


def test_ook_een_synoniem_en_een_verwant_woord() -> None:
    assert [s.tekst for s in markeer("De lasten en de baten", lees_vraag("uitgaven")) if s.raak] == ["lasten"]
    assert [s.tekst for s in fragment("Wij handhaven streng", lees_vraag("handhaaft")) if s.raak] == ["handhaven"]


def test_zonder_treffer_het_begin() -> None:
    stukjes = fragment(LANG, lees_vraag("brandweer"))

    assert stukjes[0].tekst.startswith("Eerst iets anders.") and not any(stukje.raak for stukje in stukjes)
    assert fragment("", lees_vraag("brandweer")) == ()


@given(st.text(max_size=600), st.text(min_size=1, max_size=20))
def test_de_stukjes_zijn_samen_de_tekst(tekst: str, getypt: str) -> None:
    vraag = lees_vraag(getypt)

    assert "".join(stukje.tekst for stukje in markeer(tekst, vraag)) == tekst
    passage = "".join(stukje.tekst for stukje in fragment(tekst, vraag, 80)).removeprefix("… ").removesuffix(" …")
    assert passage in " ".join(tekst.split())
