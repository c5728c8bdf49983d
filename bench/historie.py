"""What the history costs: a write of 10,000 amounts, as an import does it, with its triggers and without them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

import psycopg

from bench.database import Adressen
from bench.verhouding import om_beurten, toon_verhouding
from programma.models import Versie

AANTAL = 10_000
KEER = 7

# The amounts of a concept in one statement, one transaction; a cent more each time, so that every row changes.
SCHRIJF = """
UPDATE programma_bedrag SET euro = euro + 0.01
WHERE id IN (SELECT id FROM programma_bedrag WHERE versie_id = %s ORDER BY id LIMIT %s)
"""
TREKKERS = "ALTER TABLE programma_bedrag {} TRIGGER bewaak_historie_wijzigen"


def meet(adressen: Adressen, concept: Versie) -> None:
    """Print the ratio of the same write with the history on and off. Needs the owner, who can switch triggers."""
    print(f"\nHistorie: {AANTAL} bedragen wijzigen in één transactie")
    with closing(psycopg.connect(adressen.eigenaar, autocommit=True)) as verbinding:

        def schrijf(stand: str) -> Callable[[], float]:
            def meting() -> float:
                verbinding.execute(TREKKERS.format(stand))
                begin = time.perf_counter()
                gewijzigd = verbinding.execute(SCHRIJF, [concept.pk, AANTAL]).rowcount
                duur = time.perf_counter() - begin
                if gewijzigd != AANTAL:
                    raise ValueError(f"{gewijzigd} amounts were written, not {AANTAL}")
                return duur

            return meting

        try:
            met, zonder = om_beurten([schrijf("ENABLE"), schrijf("DISABLE")], KEER)
        finally:
            verbinding.execute(TREKKERS.format("ENABLE"))
    toon_verhouding("met historie en keten, tegenover dezelfde opdracht zonder", met, zonder, None)
