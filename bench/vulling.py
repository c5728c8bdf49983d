"""What is measured on: the budget of the demonstration, and documents with a given number of amounts.

All of it is published through the verbs, in the site's own database role, as people would do it.
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection, transaction

from bench.database import Adressen, werk_statistiek_bij
from bench.verhouding import nl
from programma import publicatie
from programma.demo import begroting as demobegroting
from programma.models import Document, Doel, Kolom, Pakket, Programma, Sectie, Versie
from veiligheid.namens import namens

DEMOPAGINA = f"/{demobegroting.SLUG}/programma/programma-1-veiligheid/"

PROGRAMMAS = 10
PAKKETTEN = 5  # per programme
KOLOMMEN = (
    ("na_wijziging", -2),
    ("realisatie", -2),
    ("na_wijziging", -1),
    ("prognose", -1),
    ("primair", 0),
    ("raming", 1),
    ("raming", 2),
    ("raming", 3),
)

# Descriptions of 10 to 60 characters; one in fifty begins with a sign that the export has to guard.
REGELS = """
INSERT INTO programma_begrotingsregel
  (versie_id, sleutel, pakket_id, soort, omschrijving, taakveld_id, reserve, incidenteel, toelichting, volgorde)
SELECT k.versie_id, 'r' || k.id || '-' || n, k.id, CASE WHEN n %% 4 = 0 THEN 'baten' ELSE 'lasten' END,
       CASE WHEN n %% 50 = 0 THEN '-' ELSE '' END || left(repeat('Onderhoud en beheer, ', 4), 10 + n %% 50) || n,
       (SELECT id FROM programma_taakveld t ORDER BY t.id OFFSET n %% 40 LIMIT 1), '',
       (ARRAY['ja', 'nee', 'onbekend'])[1 + n %% 3], '', n
FROM programma_pakket k, generate_series(1, %(regels)s) AS n WHERE k.versie_id = %(versie)s ORDER BY k.id, n
"""
BEDRAGEN = """
INSERT INTO programma_bedrag (versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
SELECT r.versie_id, r.id, l.id, (CASE WHEN r.soort = 'baten' THEN 1 ELSE -1 END) * (r.id * 7919 %% 90000000) / 100.0,
       1, ''
FROM programma_begrotingsregel r JOIN programma_kolom l ON l.versie_id = r.versie_id
WHERE r.versie_id = %(versie)s ORDER BY r.id, l.volgorde
"""


@dataclass(frozen=True, slots=True)
class Documenten:
    """Two published documents of 10,000 and 100,000 amounts, and a concept of 10,000 amounts to write in."""

    klein: Versie
    groot: Versie
    concept: Versie


def vul(adressen: Adressen) -> Documenten:
    """Publish the budget of the demonstration and documents of 10,000 and 100,000 amounts; print how long it took."""
    call_command("laad_basis", stdout=io.StringIO())
    demobegroting.laad_en_publiceer(
        settings.BASE_DIR / "fixtures" / "demo", redacteur=_persoon("redacteur"), publicist=_persoon("publicist")
    )
    klein, groot, concept = maak_concept(2040, 10_000), maak_concept(2041, 100_000), maak_concept(2042, 10_000)
    werk_statistiek_bij(adressen)
    klein = publiceer(klein)
    begin = time.perf_counter()
    groot = publiceer(groot)
    print(f"Indienen, goedkeuren en publiceren van 100.000 bedragen: {nl(time.perf_counter() - begin)} s")
    werk_statistiek_bij(adressen)
    return Documenten(klein, groot, concept)


def publiceer_miljoen(adressen: Adressen) -> Versie:
    """Publish a document of 1,000,000 amounts; print how long it took."""
    miljoen = maak_concept(2043, 1_000_000)
    werk_statistiek_bij(adressen)
    begin = time.perf_counter()
    miljoen = publiceer(miljoen)
    print(f"\nIndienen, goedkeuren en publiceren van 1.000.000 bedragen: {nl(time.perf_counter() - begin)} s")
    werk_statistiek_bij(adressen)
    return miljoen


def redacteur() -> User:
    """Return the officer who made the documents."""
    return _persoon("redacteur")


def _persoon(rol: str) -> User:
    gebruiker, nieuw = User.objects.get_or_create(username=f"bench-{rol}", defaults={"is_staff": True})
    if nieuw:
        gebruiker.groups.add(Group.objects.get(name=rol))
    return gebruiker


@transaction.atomic
def maak_concept(jaar: int, bedragen: int) -> Versie:
    """Make a document with this number of amounts (a multiple of 400), spread evenly, in one concept."""
    regels, rest = divmod(bedragen, PROGRAMMAS * PAKKETTEN * len(KOLOMMEN))
    if rest:
        raise ValueError(f"{bedragen} amounts cannot be spread evenly")
    document = Document.objects.create(
        soort="begroting", jaar=jaar, titel=f"Programmabegroting {jaar}", slug=f"programmabegroting-{jaar}"
    )
    versie = publicatie.nieuwe_versie(document, door=_persoon("redacteur"))
    with namens(_persoon("redacteur").pk), connection.cursor() as cursor:
        _maak_kader(versie, jaar)
        cursor.execute(REGELS, {"versie": versie.pk, "regels": regels})
        # This connection checked its first foreign keys in tables of a few rows, by reading them whole, and would
        # keep that plan: a minute for 100,000 amounts instead of two seconds.
        cursor.execute("DISCARD PLANS")
        cursor.execute(BEDRAGEN, {"versie": versie.pk})
    return versie


def _maak_kader(versie: Versie, jaar: int) -> None:
    """Make columns, programmes and pakketten, the last with the text and the goal that publication asks for."""
    Kolom.objects.bulk_create(
        Kolom(versie=versie, fase=fase, jaar=jaar + verschil, volgorde=nummer)
        for nummer, (fase, verschil) in enumerate(KOLOMMEN, start=1)
    )
    programmas = Programma.objects.bulk_create(
        Programma(
            versie=versie, code=str(nummer), naam=f"Programma {nummer}", slug=f"programma-{nummer}", volgorde=nummer
        )
        for nummer in range(1, PROGRAMMAS + 1)
    )
    pakketten = Pakket.objects.bulk_create(
        Pakket(versie=versie, programma=programma, code=f"{programma.code}{letter}", naam=f"Pakket {letter}")
        for programma in programmas
        for letter in "ABCDE"[:PAKKETTEN]
    )
    Sectie.objects.bulk_create(
        Sectie(versie=versie, pakket=pakket, kop="Inhoud", tekst="Tekst.") for pakket in pakketten
    )
    Doel.objects.bulk_create(Doel(versie=versie, pakket=pakket, tekst="Een doel.") for pakket in pakketten)


def publiceer(versie: Versie) -> Versie:
    """Take a concept through the four-eyes path; return it as it is then."""
    publicatie.dien_in(versie, door=_persoon("redacteur"), samenvatting="Gevuld voor een meting.")
    publicatie.keur_goed(versie, door=_persoon("publicist"))
    return publicatie.publiceer(versie, door=_persoon("publicist"))
