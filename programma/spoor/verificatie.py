"""Checking the history: is the chain whole, and is what stands in the tables what the history says?

Two questions, each with findings in Dutch that name the place. The chain: every event is hashed, belongs to exactly one
link, and each link holds the one before it. The replay: of every row, each event begins where the one before it ended,
and the row is now what the last one left. Whoever rewrites rows, history and chain together is found only with an
anchor from outside: a head of the chain ("<number>:<sha256>") that was written down earlier, or the anchor on the page
of a publication (a sha256).

Nothing here relies on what whoever owns the database can replace: the texts that are hashed are built here, not by the
functions of the triggers, and which tables have a history is known here.

What no chain can show: whoever writes through the triggers in the name of somebody else, as a superuser of the database
or with the role of the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from programma import vingerafdruk
from programma.models import Gebeurtenis, Schakel, Versie
from programma.spoor.getoond import getoond
from programma.spoor.historie import BEWAAKT, Rij, kop, plaatsen, verschil
from programma.toetsing.keuring import bereken_controlesom

MEESTE = 100
TABELLEN = tuple(model._meta.db_table for model in BEWAAKT)
KOPVORM = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
PUBLICATIEVORM = re.compile(r"[0-9a-f]{64}")
Melder = Callable[[str], None]

# For this transaction only. Moments are written as text, so in one zone; what JSON looks like depends on nothing else.
# A million events are a matter of reading: with all cores at once, and by index where the order matters.
INSTELLINGEN = """
SET LOCAL search_path = pg_catalog, public, pg_temp;
SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;
SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1;
SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0
"""
# Materialized: with its LIMIT inside, the planner would walk an index on one core, in the hope of a hundred findings.
GEBEURTENISSEN = r"""
WITH gewijzigd AS MATERIALIZED (
  SELECT id, tabel, rij, coalesce(nullif(nieuw, ''), oud) AS inhoud FROM programma_gebeurtenis
  WHERE afdruk <> encode(sha256(convert_to(concat_ws(E'\n',
    id, transactie, tabel, rij, coalesce(versie_id::text, ''), soort, to_char(op, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    coalesce(door_id::text, ''), databaserol, via, herkomst, oud, nieuw), 'UTF8')), 'hex')
)
SELECT id, tabel, rij, inhoud FROM gewijzigd ORDER BY id LIMIT {meeste}
"""
SCHAKELS = r"""
WITH keten AS (
  SELECT s.*, lag(s.id) OVER w AS voor_id, lag(s.afdruk) OVER w AS voor_afdruk,
         lag(s.laatste) OVER (PARTITION BY s.transactie ORDER BY s.eerste, s.id) AS vorig_einde
  FROM programma_schakel s WINDOW w AS (ORDER BY s.id)
), inhoud AS MATERIALIZED (
  SELECT s.id, i.* FROM programma_schakel s CROSS JOIN LATERAL (
    SELECT count(*) AS aantal, min(g.id) AS eerste, max(g.id) AS laatste,
           string_agg(g.afdruk, '' ORDER BY g.id) AS tekst
    FROM programma_gebeurtenis g WHERE g.id BETWEEN s.eerste AND s.laatste AND g.transactie = s.transactie) i
)
SELECT CASE
  WHEN k.id <> coalesce(k.voor_id, 0) + 1 THEN format('Voor schakel %s ontbreken er schakels.', k.id)
  WHEN k.vorige <> coalesce(k.voor_afdruk, '') THEN format('Schakel %s sluit niet aan op de vorige.', k.id)
  WHEN k.aantal <> i.aantal THEN
    format('Schakel %s (%s) hoort %s gebeurtenissen te hebben, en heeft er %s.', k.id, k.op, k.aantal, i.aantal)
  WHEN k.eerste <= k.vorig_einde THEN format('Schakel %s overlapt een andere.', k.id)
  ELSE format('Schakel %s (%s) is gewijzigd na het vastleggen.', k.id, k.op) END
FROM keten k JOIN inhoud i USING (id)
WHERE k.id <> coalesce(k.voor_id, 0) + 1 OR k.vorige <> coalesce(k.voor_afdruk, '') OR k.eerste <= k.vorig_einde
   OR (k.aantal, k.eerste, k.laatste) IS DISTINCT FROM (i.aantal, i.eerste, i.laatste)
   OR k.afdruk <> encode(sha256(convert_to(
        concat_ws(E'\n', k.vorige, k.id, k.transactie, k.aantal,
                  to_char(k.op, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), coalesce(i.tekst, '')), 'UTF8')), 'hex')
ORDER BY k.id LIMIT {meeste}
"""
# Links that do not overlap and have the number of events that they say, cover all events if the numbers add up.
ELKE_IN_EEN = """
SELECT (SELECT count(*) FROM programma_gebeurtenis) = (SELECT coalesce(sum(aantal), 0) FROM programma_schakel)
"""
LOS = """
WITH los AS MATERIALIZED (
  SELECT g.id, g.tabel, g.rij, coalesce(nullif(g.nieuw, ''), g.oud) AS inhoud
  FROM programma_gebeurtenis g LEFT JOIN programma_schakel s
    ON s.transactie = g.transactie AND g.id BETWEEN s.eerste AND s.laatste
  WHERE s.id IS NULL
)
SELECT id, tabel, rij, inhoud FROM los ORDER BY id LIMIT {meeste}
"""
VERLOOP = """
WITH verloop AS (
  SELECT id, tabel, rij, soort, oud, nieuw, lag(nieuw) OVER (PARTITION BY tabel, rij ORDER BY id) AS voor
  FROM programma_gebeurtenis
)
SELECT id, tabel, rij, coalesce(nullif(oud, ''), nieuw) FROM verloop
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
SELECT coalesce(r.id, l.rij), CASE WHEN r.id IS NULL THEN '' ELSE to_jsonb(r)::text END, coalesce(l.nieuw, '')
FROM {tabel} r FULL JOIN laatste l ON l.rij = r.id
WHERE CASE WHEN r.id IS NULL THEN l.nieuw <> '' ELSE to_jsonb(r)::text IS DISTINCT FROM l.nieuw END
ORDER BY 1 LIMIT {meeste}
"""
# The bytes of a file are not in the history, but its sha256 is.
BESTANDEN = r"""
SELECT format('%s van %s, versie %s', b.naam, v.titel, v.nummer)
FROM programma_bestand b JOIN programma_versie v ON v.id = b.versie_id
LEFT JOIN programma_bestandinhoud i ON i.bestand_id = b.id
WHERE (i.bestand_id IS NULL AND b.naam ~ '\.(pdf|xlsx|zip)$') OR encode(sha256(i.inhoud), 'hex') <> b.sha256
ORDER BY b.id LIMIT {meeste}
"""
TREKKERS = """
SELECT c.relname || ' ' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND t.tgname LIKE 'bewaak%' AND t.tgenabled IN ('O', 'A')
"""
NODIG = [
    *(f"{tabel} bewaak_historie_{wat}" for tabel in TABELLEN for wat in ("toevoegen", "wijzigen", "verwijderen")),
    "programma_openstaand bewaak_zegel",
    "programma_gebeurtenis bewaak_alleen_toevoegen",
    "programma_schakel bewaak_alleen_toevoegen",
]


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


def controleer_historie(anker: str = "", melden: Melder = lambda _: None) -> Oordeel:
    """Return what is wrong with the history and with the rows that it speaks of, at most 100 findings a question.

    `anker` comes from outside: a head that was written down earlier, or the anchor of a publication. `melden` is told
    in Dutch what is being checked. Raises ValueError when the anchor does not look like one. Everything is looked at
    as it was at one moment, whoever is writing meanwhile.
    """
    anker = anker.strip().removeprefix("sha256 ").lower()
    if anker and not (KOPVORM.fullmatch(anker) or PUBLICATIEVORM.fullmatch(anker)):
        raise ValueError(
            f"{anker!r} is geen anker. Dat ziet eruit als 1234:en dan 64 cijfers en letters a tot f, of als de 64 "
            "tekens achter Anker op de pagina van een publicatie."
        )
    delen = (_keten_en_stand, _verloop)
    with _moment() as moment, ThreadPoolExecutor(len(delen)) as banen:
        # A connection for each part, for as many cores; in a transaction of somebody else no other sees the same.
        elders = [banen.submit(_elders, deel, melden, moment) for deel in delen] if moment else []
        afwijkingen = [*_anker(anker), *_gebeurtenissen_en_publicaties(melden)]
        for gevonden in [baan.result() for baan in elders] or [list(deel(melden)) for deel in delen]:
            afwijkingen += gevonden
        return Oordeel(tuple(afwijkingen), Gebeurtenis.objects.count(), kop())


@contextmanager
def _moment(bestaand: str = "") -> Iterator[str]:
    """Open a transaction that sees one moment, a new one or an existing one; yield its name.

    The name is "" inside a transaction that was open already.
    """
    eigen = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if eigen:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(f"SET TRANSACTION SNAPSHOT '{bestaand}'" if bestaand else "SELECT pg_export_snapshot()")
            bestaand = bestaand or str(cursor.fetchone()[0])
        cursor.execute(INSTELLINGEN)
        yield bestaand


def _elders(deel: Callable[[Melder], Iterator[str]], melden: Melder, moment: str) -> list[str]:
    """Return what a part finds, on a connection of this thread that sees the same moment."""
    try:
        with _moment(moment):
            return list(deel(melden))
    finally:
        connection.close()


def _gebeurtenissen_en_publicaties(melden: Melder) -> Iterator[str]:
    melden("de triggers, de sha256 van elke gebeurtenis en de publicaties")
    yield from _trekkers()
    yield from _gebeurtenissen(GEBEURTENISSEN, "is gewijzigd na het vastleggen")
    yield from _publicaties()
    yield from (f"De inhoud van bestand {naam} klopt niet met wat is gepubliceerd." for (naam,) in _rijen(BESTANDEN))


def _keten_en_stand(melden: Melder) -> Iterator[str]:
    melden("de keten")
    yield from (zin for (zin,) in _rijen(SCHAKELS))
    if _rijen(ELKE_IN_EEN) != [(True,)]:
        yield from _gebeurtenissen(LOS, "hoort bij geen schakel van de keten")
    melden("wat er in de tabellen staat")
    for tabel in TABELLEN:
        yield from _stand(tabel)


def _verloop(melden: Melder) -> Iterator[str]:
    melden("het verloop van elke rij")
    yield from _gebeurtenissen(VERLOOP, "begint niet waar de vorige van deze rij eindigde")


def _rijen(vraag: str, tabel: str = "") -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(vraag.format(meeste=MEESTE, tabel=tabel))
        return list(cursor.fetchall())


def _gebeurtenissen(vraag: str, wat: str) -> Iterator[str]:
    """Name the events that a question finds, and the place of the row that each is about."""
    gevonden = _rijen(vraag)
    namen = _plaatsen({(tabel, rij): inhoud for _, tabel, rij, inhoud in gevonden})
    yield from (f"Gebeurtenis {nummer} {wat}: {namen[tabel, rij]}." for nummer, tabel, rij, _ in gevonden)


def _plaatsen(rijen: Mapping[Rij, str]) -> dict[Rij, str]:
    """Return where rows are; of an observation also the versions and programmes that show it."""
    waar = getoond(rijen)
    return {rij: f"{waar[rij]}, {naam}" if rij in waar else naam for rij, naam in plaatsen(rijen).items()}


def _stand(tabel: str) -> Iterator[str]:
    """Compare the rows of a table with what the history left of them."""
    gevonden = _rijen(STAND, tabel)
    namen = _plaatsen({(tabel, rij): toen or nu for rij, nu, toen in gevonden})
    for rij, nu, toen in gevonden:
        plaats = namen[tabel, rij]
        if not toen:
            yield f"{plaats} staat in de tabel, maar niet in de historie."
        elif not nu:
            yield f"{plaats} staat in de historie, maar is uit de tabel verdwenen."
        else:
            yield f"{plaats} is gewijzigd zonder dat de historie het weet: {verschil(tabel, toen, nu)}."


def _trekkers() -> Iterator[str]:
    """Name the triggers that are gone or off: from then on the history misses what happens."""
    werkend = {naam for (naam,) in _rijen(TREKKERS)}
    for nodig in NODIG:
        if nodig not in werkend:
            tabel, trekker = nodig.split(" ")
            yield f"De trigger {trekker} op {tabel} ontbreekt of staat uit: wijzigingen komen niet meer in de historie."


def _anker(anker: str) -> Iterator[str]:
    """Compare the chain with an anchor from outside."""
    if PUBLICATIEVORM.fullmatch(anker):
        if not Versie.objects.filter(anker=anker).exists():
            yield f"Geen enkele publicatie heeft het anker {anker}: zij is weg of herschreven."
        return
    vorm = KOPVORM.fullmatch(anker)
    if vorm is None:
        return
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

    That head is kept with the publication (migration 0018). It has to be a link of before the publication itself; what
    was published before there was a history has none.
    """
    moment, historiekop = versie.peilmoment, versie.historiekop
    if moment is None or vingerafdruk.anker(vorig, versie.controlesom, moment, historiekop) != versie.anker:
        return False
    eigen = Gebeurtenis.objects.publicatie(versie.pk)
    vorm = KOPVORM.fullmatch(historiekop)
    if eigen is None or vorm is None:
        return not historiekop
    return Schakel.objects.filter(pk=int(vorm[1]), afdruk=vorm[2], laatste__lt=eigen).exists()
