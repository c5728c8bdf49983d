"""Searching 20,000 blocks of text: all database work of a page of results, against PostgreSQL's own Dutch search."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from statistics import median
from typing import Any

import psycopg
from django.db import connection, transaction

from bench.database import Adressen, werk_statistiek_bij
from bench.verhouding import nl, om_beurten, toon_verhouding, toon_waarde
from bench.vulling import maak_concept, publiceer, redacteur
from programma.lezing import lees_zoeken
from programma.models import Pakket, Sectie, Versie
from programma.pagina import Gevonden
from programma.zoeken.vraag import lees_vraag
from veiligheid.formatting import decimaal
from veiligheid.namens import namens

BLOKKEN = 20_000
JAAR = 2045
KEER = 9
HOOGSTENS = 100.0
"""Milliseconds in the database for a page of results, whatever was asked."""
MEESTE_VRAGEN = 3

# From rare to in every block; the last ones find nothing, or an amount.
VRAGEN = (
    "handhavingscontroles",
    "controle",
    "gemeenten",
    "uitgaven",
    "brandweer vergunning",
    "gemeente beleid jaar",
    "kontrolle",
    "3.516.000",
)

# Text of some 60 words per block: a vocabulary of 1,500 compounds and the words that everybody searches for.
BEGIN = (
    *("veiligheids", "wijk", "water", "jeugd", "afval", "energie", "verkeers", "belasting"),
    *("natuur", "cultuur", "sport", "onderwijs", "brand", "milieu", "zorg"),
)
MIDDEN = (
    *("beheer", "controle", "beleid", "onderhoud", "plan", "toezicht", "vergunning", "uitgave"),
    *("subsidie", "regeling", "project", "voorziening"),
)
EIND = ("", "s", "kosten", "programma", "taken", "raad", "beleid", "controles")
VELE = ["gemeente", "inwoners", "jaar", "college", "begroting", "lasten", "baten"]


def _tekst(nummer: int) -> str:
    """Return the text of a block; each is another, and the same in every run."""
    woorden = []
    for plaats in range(60):
        getal = nummer * 7919 + plaats * 104_729 + (nummer * plaats) % 1009
        if plaats % 12 == 5:
            woorden.append(VELE[getal % len(VELE)])
        elif plaats % 3 == 0:
            woorden.append(BEGIN[getal % 15] + MIDDEN[getal // 15 % 12] + EIND[getal // 180 % 8])
        else:
            woorden.append(("de", "voor", "wordt", "nieuwe", "deze", "beter", "samen", "buurt")[getal % 8])
    if nummer % 400 == 0:
        woorden += ["handhavingscontroles", "brandweer", "vergunning"]
    return " ".join(woorden) + "."


def _maak_blokken(versie: Versie) -> None:
    """Add the blocks to a concept, spread over its pakketten."""
    pakketten = list(Pakket.objects.filter(versie=versie).order_by("pk"))
    with namens(redacteur().pk):
        Sectie.objects.bulk_create(
            (
                Sectie(
                    versie=versie,
                    pakket=pakketten[nummer % len(pakketten)],
                    kop=f"Onderwerp {nummer}",
                    tekst=_tekst(nummer),
                    volgorde=1 + nummer // len(pakketten),
                )
                for nummer in range(BLOKKEN)
            ),
            batch_size=2000,
        )


class _Klok:
    """Counts the statements of this connection and the milliseconds until PostgreSQL had answered each."""

    def __init__(self) -> None:
        self.vragen, self.ms = 0, 0.0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        begin = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.vragen += 1
            self.ms += (time.perf_counter() - begin) * 1e3


def _zoek(getypt: str, blad: int = 1) -> tuple[_Klok, Gevonden]:
    klok = _Klok()
    with connection.execute_wrapper(klok):
        _, gevonden = lees_zoeken(lees_vraag(getypt), None, None, blad)
    if klok.vragen > MEESTE_VRAGEN:
        raise ValueError(f"{klok.vragen} statements for {getypt}")
    return klok, gevonden


# The peer: the search of PostgreSQL's manual, over the same pieces. It misses plurals, compounds and synonyms.
MAAT = """
CREATE TEMP TABLE maat AS SELECT id, titel, tekst, to_tsvector('dutch', titel || ' ' || tekst) AS woorden
FROM programma_zoekstuk;
CREATE INDEX ON maat USING gin (woorden);
ANALYZE maat;
"""
VRAAG_MAAT = """
SELECT titel, ts_headline('dutch', tekst, q), n FROM (
  SELECT titel, tekst, q, count(*) OVER () AS n FROM maat, plainto_tsquery('dutch', %s) q
  WHERE woorden @@ q ORDER BY ts_rank(woorden, q) DESC, id LIMIT 20) t
"""


def meet(adressen: Adressen) -> None:
    """Publish the blocks, then print per question what a page of results takes, and the ratio to the peer."""
    with transaction.atomic():
        versie = maak_concept(JAAR, 400)
        _maak_blokken(versie)
    werk_statistiek_bij(adressen)
    begin = time.perf_counter()
    publiceer(versie)
    duur = time.perf_counter() - begin
    werk_statistiek_bij(adressen)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), pg_total_relation_size('programma_zoekstuk') / 2^20 FROM programma_zoekstuk")
        stukken, omvang = cursor.fetchone()
    print(f"\nZoeken in {decimaal(BLOKKEN)} tekstblokken ({decimaal(stukken)} stukken, {nl(omvang, 0)} MiB met index)")
    print(f"  indienen, goedkeuren en publiceren ervan: {nl(duur)} s")
    traagste: list[float] = []
    for getypt in VRAGEN:
        keren = [_zoek(getypt) for _ in range(KEER)]
        klok, gevonden = keren[0]
        ms = [keer.ms for keer, _ in keren[1:]]
        traagste = max(traagste, ms, key=lambda reeks: median(reeks) if reeks else 0.0)
        aantal = sum(gevonden.aantallen.values()) + len(gevonden.begrippen)
        print(f"    {getypt:24} {decimaal(aantal):>7} resultaten, {klok.vragen} vragen, {nl(median(ms))} ms")
    toon_waarde("databasetijd van de traagste pagina met resultaten", traagste, "ms", HOOGSTENS)
    with closing(psycopg.connect(adressen.eigenaar, autocommit=True)) as maat:
        maat.execute(MAAT)
        ons, kaal = om_beurten([_alle, partial(_alle_kaal, maat)], KEER)
    toon_verhouding(
        "alle vragen samen, tegenover to_tsvector('dutch') met ts_rank en ts_headline over dezelfde stukken",
        ons,
        kaal,
        None,
    )


def _alle() -> float:
    return sum(_zoek(getypt)[0].ms for getypt in VRAGEN) / 1e3


def _alle_kaal(maat: psycopg.Connection[Any]) -> float:
    begin = time.perf_counter()
    for getypt in VRAGEN:
        maat.execute(VRAAG_MAAT, [getypt]).fetchall()
    return time.perf_counter() - begin
