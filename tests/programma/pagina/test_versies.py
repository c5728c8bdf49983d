"""The list of versions, and what a page at a fixed address says about its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from programma.inhoud import Versierij
from programma.pagina import actueel, vast, voorbeeld
from programma.pagina.herkomst import versies
from programma.pagina.versies import nieuwste
from tests.stukken import MOMENT, uitgave

DRIE = (
    Versierij(3, "gepubliceerd", MOMENT + timedelta(days=9), reden="Amendement"),
    Versierij(2, "ingetrokken", MOMENT, ingetrokken_op=MOMENT + timedelta(days=2), reden="Een fout."),
    Versierij(1, "gepubliceerd", MOMENT),
)
EERSTE = uitgave(versies=DRIE)
HIER = "/programmabegroting-2025/programma/x/"


def test_een_oudere_versie_wijst_naar_de_nieuwste() -> None:
    gevonden = nieuwste(vast(EERSTE), HIER)

    assert gevonden is not None and gevonden.vergelijk is not None
    assert (gevonden.href, gevonden.nummer, gevonden.nieuwste, gevonden.datum) == (HIER, 1, 3, "2 december 2026")
    assert gevonden.vergelijk.href == "/vergelijken/?a=programmabegroting-2025/1&b=programmabegroting-2025/3"


def test_de_nieuwste_versie_waarschuwt_niet() -> None:
    gevonden = nieuwste(vast(replace(EERSTE, nummer=3)), HIER)

    assert gevonden is not None and gevonden.vergelijk is None and gevonden.href == HIER


def test_een_gewone_pagina_en_een_voorbeeld_zeggen_niets() -> None:
    assert nieuwste(actueel(EERSTE), HIER) is None
    assert nieuwste(voorbeeld(EERSTE), HIER) is None


def test_de_lijst_noemt_ook_wat_is_ingetrokken_en_vergelijkt_wat_leesbaar_is() -> None:
    drie, twee, een = versies(EERSTE)

    assert (drie.link.href, twee.link.href, een.link.href) == ("/programmabegroting-2025/versie/3/", "", "")
    assert een.link.bij == "deze versie"
    assert (twee.status.tekst, twee.uitleg, twee.vergelijk) == ("Ingetrokken", "Een fout.", None)
    assert drie.vergelijk is not None and een.vergelijk is None
    assert drie.vergelijk.tekst == "Vergelijk versie 3 met versie 1"
    assert twee.dag is not None and twee.dag.tekst == "25 november 2026"
