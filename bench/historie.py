"""What the history costs: a write of 10,000 amounts, as an import does it, and the verification of a million events."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal

import psycopg
from django.db import connection

from bench.database import Adressen, werk_statistiek_bij
from bench.verhouding import nl, om_beurten, toon_verhouding
from programma.models import Gebeurtenis, Versie
from programma.spoor.verificatie import controleer_historie
from veiligheid.formatting import decimaal

AANTAL = 10_000
CENT = Decimal("0.01")
KEER = 7
GEBEURTENISSEN = 1_000_000
KEER_CONTROLE = 3
GRENS = 10.0
"""Seconds that the verification of a million events may take."""

# The amounts of a concept in one statement, one transaction; a cent more each time, so that every row changes.
SCHRIJF = """
UPDATE programma_bedrag SET euro = euro + %s
WHERE id IN (SELECT id FROM programma_bedrag WHERE versie_id = %s ORDER BY id LIMIT %s)
"""
# The peer: the same rows, hashed once by PostgreSQL, and nothing compared.
MAAT = "SELECT count(sha256(convert_to(oud || nieuw, 'UTF8'))) FROM programma_gebeurtenis"
TREKKERS = "ALTER TABLE programma_bedrag {} TRIGGER bewaak_historie_wijzigen"


def meet(adressen: Adressen, concept: Versie) -> None:
    """Print the ratio of the same write with the history on and off. Needs the owner, who can switch triggers."""
    print(f"\nHistorie: {AANTAL} bedragen wijzigen in één transactie")
    with closing(psycopg.connect(adressen.eigenaar, autocommit=True)) as verbinding:

        def schrijf(stand: str) -> Callable[[], float]:
            def meting() -> float:
                verbinding.execute(TREKKERS.format(stand))
                begin = time.perf_counter()
                gewijzigd = verbinding.execute(SCHRIJF, [CENT, concept.pk, AANTAL]).rowcount
                duur = time.perf_counter() - begin
                if stand == "DISABLE":
                    # Back to what the history says.
                    verbinding.execute(SCHRIJF, [-CENT, concept.pk, AANTAL])
                if gewijzigd != AANTAL:
                    raise ValueError(f"{gewijzigd} amounts were written, not {AANTAL}")
                return duur

            return meting

        try:
            met, zonder = om_beurten([schrijf("ENABLE"), schrijf("DISABLE")], KEER)
        finally:
            verbinding.execute(TREKKERS.format("ENABLE"))
    toon_verhouding("met historie en keten, tegenover dezelfde opdracht zonder", met, zonder, None)


def meet_controle(adressen: Adressen, concept: Versie) -> None:
    """Print the ratio of the whole verification of a million events to hashing them once. Makes the events first."""
    with closing(psycopg.connect(adressen.eigenaar, autocommit=True)) as verbinding:
        while (aantal := Gebeurtenis.objects.count()) < GEBEURTENISSEN:
            if not verbinding.execute(SCHRIJF, [CENT, concept.pk, min(AANTAL, GEBEURTENISSEN - aantal)]).rowcount:
                raise ValueError("no amounts to change")
    werk_statistiek_bij(adressen)
    print(f"\nHistorie: {decimaal(aantal)} gebeurtenissen controleren")
    ons, maat = om_beurten([_controle, _maat], KEER_CONTROLE)
    toon_verhouding(
        "sha256, keten, verloop en tabellen, tegenover count(sha256(...)) over dezelfde rijen", ons, maat, None
    )
    oordeel = "gehaald" if max(ons) <= GRENS else "NIET gehaald"
    print(
        f"    langste {nl(max(ons))} s; doel hoogstens {nl(GRENS, 0)} s op een machine die verder niets doet: {oordeel}"
    )


def _controle() -> float:
    begin = time.perf_counter()
    oordeel = controleer_historie()
    duur = time.perf_counter() - begin
    if not oordeel.in_orde:
        raise ValueError(f"the history is not in order: {oordeel.afwijkingen[0]}")
    return duur


def _maat() -> float:
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(MAAT)
    return time.perf_counter() - begin
