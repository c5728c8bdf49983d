"""Checking the history: is the chain whole, and is what stands in the tables what the history says?

Two questions, each with findings in Dutch that name the place. The chain: every event is hashed, belongs to exactly one
link, and each link holds the one before it. The replay: of every row, each event begins where the one before it ended,
and the row is now what the last one left. Whoever rewrites rows, history and chain together is found only with an
anchor from outside: a head of the chain ("<number>:<sha256>") that was written down earlier.

What no chain can show: a superuser of the database who writes through the triggers in the name of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from programma import vingerafdruk
from programma.historie import kop
from programma.keuring import bereken_controlesom
from programma.models import Gebeurtenis, Schakel, Versie

MEESTE = 100
ANKERVORM = re.compile(r"^(\d{1,18}):([0-9a-f]{64})$")

# Every SELECT gives sentences. The texts that are hashed come from the same functions as in the triggers; what they
# read is what is stored, so nothing is written out again.
GEBEURTENISSEN = """
SELECT format('Gebeurtenis %s (%s %s) is gewijzigd na het vastleggen.', id, tabel, rij) FROM programma_gebeurtenis
WHERE afdruk <> historie_afdruk(id, transactie, tabel, rij, versie_id, soort, op, door_id, databaserol, via, herkomst,
                                oud, nieuw)
ORDER BY id LIMIT {meeste}
"""
SCHAKELS = """
WITH inhoud AS MATERIALIZED (
  SELECT s.id, count(*) AS aantal, min(g.id) AS eerste, string_agg(g.afdruk, '' ORDER BY g.id) AS tekst
  FROM programma_gebeurtenis g LEFT JOIN programma_schakel s
    ON s.transactie = g.transactie AND g.id BETWEEN s.eerste AND s.laatste
  GROUP BY s.id
), keten AS (
  SELECT s.*, lag(s.id) OVER w AS voor_id, lag(s.afdruk) OVER w AS voor_afdruk
  FROM programma_schakel s WINDOW w AS (ORDER BY s.id)
)
SELECT CASE
  WHEN k.id <> coalesce(k.voor_id, 0) + 1 THEN format('Voor schakel %s ontbreken er schakels.', k.id)
  WHEN k.vorige <> coalesce(k.voor_afdruk, '') THEN format('Schakel %s sluit niet aan op de vorige.', k.id)
  WHEN k.aantal IS DISTINCT FROM i.aantal THEN
    format('Schakel %s (%s) hoort %s gebeurtenissen te hebben, en heeft er %s.', k.id, k.op, k.aantal,
           coalesce(i.aantal, 0))
  ELSE format('Schakel %s (%s) is gewijzigd na het vastleggen.', k.id, k.op) END
FROM keten k LEFT JOIN inhoud i USING (id)
WHERE k.id <> coalesce(k.voor_id, 0) + 1 OR k.vorige <> coalesce(k.voor_afdruk, '')
   OR k.aantal IS DISTINCT FROM i.aantal
   OR k.afdruk IS DISTINCT FROM historie_schakel(k.vorige, k.id, k.transactie, k.aantal, k.op, i.tekst)
UNION ALL
SELECT format('%s gebeurtenissen horen bij geen schakel van de keten, te beginnen met nummer %s.', aantal, eerste)
FROM inhoud WHERE id IS NULL
LIMIT {meeste}
"""
VERLOOP = """
WITH verloop AS (
  SELECT id, tabel, rij, soort, oud, lag(nieuw) OVER (PARTITION BY tabel, rij ORDER BY id) AS voor
  FROM programma_gebeurtenis
)
SELECT format('Gebeurtenis %s begint niet waar de vorige van %s %s eindigde.', id, tabel, rij) FROM verloop
WHERE CASE soort WHEN '+' THEN oud <> '' OR coalesce(voor, '') <> '' ELSE oud = '' OR oud IS DISTINCT FROM voor END
ORDER BY id LIMIT {meeste}
"""
# What the history says of a row, beside the row itself. A column that is younger than the last event of the row has its
# own event (historie_bijwerken), so both must have the same columns.
STAND = """
WITH laatste AS (
  SELECT g.rij, g.nieuw FROM programma_gebeurtenis g
  WHERE g.id IN (SELECT max(id) FROM programma_gebeurtenis WHERE tabel = '{tabel}' GROUP BY rij)
)
SELECT CASE
  WHEN coalesce(l.nieuw, '') = '' THEN format('%s %s staat in de tabel, maar niet in de historie.', '{tabel}', r.id)
  WHEN r.id IS NULL THEN format('%s %s staat in de historie, maar is uit de tabel verdwenen.', '{tabel}', l.rij)
  ELSE format('%s %s is gewijzigd zonder dat de historie het weet: %s.', '{tabel}', r.id,
    (SELECT string_agg(key, ', ' ORDER BY key) FROM jsonb_each(to_jsonb(r)) n
     WHERE n.value IS DISTINCT FROM l.nieuw::jsonb -> n.key)) END
FROM {tabel} r FULL JOIN laatste l ON l.rij = r.id
WHERE CASE WHEN r.id IS NULL THEN l.nieuw <> '' ELSE to_jsonb(r)::text IS DISTINCT FROM l.nieuw END
ORDER BY coalesce(r.id, l.rij) LIMIT {meeste}
"""
BEWAAKTE_TABELLEN = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname = 'bewaak_historie_toevoegen' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""


@dataclass(frozen=True, slots=True)
class Oordeel:
    """What a verification found: sentences that each name a place (none = in order), and what was looked at."""

    afwijkingen: tuple[str, ...]
    gebeurtenissen: int
    kop: str

    @property
    def in_orde(self) -> bool:
        """Whether nothing was found."""
        return not self.afwijkingen


def controleer_historie(anker: str = "") -> Oordeel:
    """Return what is wrong with the history and with the rows that it speaks of, at most 100 findings a question.

    `anker` is a head that was written down earlier. Raises ValueError when it does not look like one.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Moments are compared as text: in one zone, whatever the connection is set to. A million rows are sorted.
        cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL work_mem = '64MB'")
        afwijkingen = tuple(_afwijkingen(anker))
    return Oordeel(afwijkingen, Gebeurtenis.objects.count(), kop())


def _afwijkingen(anker: str) -> Iterator[str]:
    yield from _anker(anker)
    for vraag in (GEBEURTENISSEN, SCHAKELS, VERLOOP):
        yield from _zinnen(vraag.format(meeste=MEESTE))
    for tabel in _bewaakte_tabellen():
        yield from _zinnen(STAND.format(tabel=tabel, meeste=MEESTE))
    yield from _publicaties()


def _zinnen(vraag: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        return [zin for (zin,) in cursor.fetchall()]


def _bewaakte_tabellen() -> list[str]:
    return _zinnen(BEWAAKTE_TABELLEN)


def _anker(anker: str) -> Iterator[str]:
    """Compare the chain with a head from outside."""
    if not anker:
        return
    vorm = ANKERVORM.match(anker.strip())
    if vorm is None:
        raise ValueError(f"{anker!r} is geen anker. Dat ziet eruit als 1234:en dan 64 cijfers en letters a tot f.")
    schakel = Schakel.objects.filter(pk=int(vorm[1])).first()
    if schakel is None:
        yield f"De historie is korter dan het anker: schakel {vorm[1]} is er niet meer."
    elif schakel.afdruk != vorm[2]:
        yield f"De historie tot en met schakel {vorm[1]} is niet meer die van het anker: zij is herschreven."


def _publicaties() -> Iterator[str]:
    """Compute the controlesom and the anchor of every publication again."""
    vorig = ""
    for versie in Versie.objects.exclude(anker="").select_related("document").order_by("gepubliceerd_op", "pk"):
        if bereken_controlesom(versie) != versie.controlesom:
            yield f"{versie}: de inhoud is niet meer wat is gepubliceerd (de controlesom klopt niet)."
        if not _hoort_bij(versie, vorig):
            yield f"{versie}: het anker hoort niet bij de vorige publicatie en de historie van toen."
        vorig = versie.anker


def _hoort_bij(versie: Versie, vorig: str) -> bool:
    """Return whether the anchor of a publication follows from the one before it and a head of the history of then.

    That head is one of those before the link of the publication itself, most often the last. What was published before
    there was a history has none.
    """
    if versie.peilmoment is None:
        return False
    eigen = Gebeurtenis.objects.publicatie(versie.pk)
    if eigen is None:
        return vingerafdruk.anker(vorig, versie.controlesom, versie.peilmoment) == versie.anker
    koppen = Schakel.objects.filter(laatste__lt=eigen).order_by("-pk")
    return any(
        vingerafdruk.anker(vorig, versie.controlesom, versie.peilmoment, str(schakel)) == versie.anker
        for schakel in koppen.iterator()
    )
