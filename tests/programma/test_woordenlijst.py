"""The list of words: one home, every reference answered, plain Dutch."""

from __future__ import annotations

import re

from programma.pagina.begrippen import begrippenpagina
from programma.woordenlijst import WOORDENLIJST, woord

MEESTE_WOORDEN = 25


def test_elk_woord_staat_er_een_keer_op_alfabet() -> None:
    ankers = [gevonden.anker for gevonden in WOORDENLIJST]

    assert ankers == sorted(set(ankers))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", anker) for anker in ankers)
    assert len(ankers) >= 50


def test_elke_verwijzing_komt_uit() -> None:
    for gevonden in WOORDENLIJST:
        assert gevonden.woord not in gevonden.zie
        assert [woord(naam).woord for naam in gevonden.zie] == list(gevonden.zie)


def test_gewone_taal() -> None:
    for gevonden in WOORDENLIJST:
        zinnen = [zin for zin in re.split(r"(?<=[.?])\s|:\s", gevonden.uitleg) if zin]
        assert gevonden.uitleg[0].isupper() and gevonden.uitleg[-1] in ".?"
        assert [zin for zin in zinnen if len(zin.split()) > MEESTE_WOORDEN] == []


def test_de_pagina_heeft_alle_woorden_per_letter() -> None:
    pagina = begrippenpagina("Dronten")

    assert sum(len(letter.woorden) for letter in pagina.letters) == len(WOORDENLIJST)
    assert [letter.letter for letter in pagina.letters] == sorted({letter.letter for letter in pagina.letters})
    ankers = {uitleg.anker for letter in pagina.letters for uitleg in letter.woorden}
    assert {link.href for letter in pagina.letters for uitleg in letter.woorden for link in uitleg.zie} <= {
        f"#{anker}" for anker in ankers
    }
