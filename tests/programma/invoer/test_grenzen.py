"""What the site exports, it can read again; what it could not read again, it does not export."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from programma.invoer import verloop
from programma.models import Bedrag, Begrotingsregel, Kolom, Pakket, Sectie, Versie
from programma.resources.schrijven import TeGroot, als_bestand, tabel
from tests.bouwers import Rollen, maak_concept
from tests.conftest import Eigenaar
from tests.programma.invoer.stukken import controleer
from veiligheid import bestanden
from veiligheid.bestanden.vorm import LANGSTE_CEL, MEESTE_BYTES, MEESTE_CELLEN, MEESTE_RIJEN
from veiligheid.namens import namens

KOP = ["regel", "tekst"]


def vul_aan(versie: Versie, rollen: Rollen, aantal: int) -> None:
    """Give a version lines until it has so many amounts."""
    pakket = Pakket.objects.get(versie=versie, code="1A")
    kolommen = list(Kolom.objects.filter(versie=versie))
    te_gaan = aantal - Bedrag.objects.filter(versie=versie).count()
    with namens(rollen.redacteur.pk):
        regels = Begrotingsregel.objects.bulk_create(
            Begrotingsregel(
                versie=versie, pakket=pakket, soort="lasten", sleutel=f"lang-{nummer}", volgorde=1,
                omschrijving=f"Onderhoud en beheer van het areaal, onderdeel {nummer}",
            )
            for nummer in range(te_gaan // len(kolommen) + 1)
        )  # fmt: skip
        cellen = [(regel, kolom) for regel in regels for kolom in kolommen][:te_gaan]
        Bedrag.objects.bulk_create(
            Bedrag(versie=versie, regel=regel, kolom=kolom, euro=Decimal(-nummer) / 100, bronprecisie=1)
            for nummer, (regel, kolom) in enumerate(cellen, start=1)
        )


@pytest.mark.lang
@pytest.mark.parametrize(("vorm", "naam"), [("xlsx", "a.xlsx"), ("excel", "a.csv"), ("csv", "a.csv")])
def test_vijftigduizend_bedragen_heen_en_terug(rollen: Rollen, als_eigenaar: Eigenaar, vorm: str, naam: str) -> None:
    versie = maak_concept(rollen)
    vul_aan(versie, rollen, 50_000)
    with als_eigenaar(), connection.cursor() as cursor:
        # What other tests rolled back left tables that PostgreSQL takes for empty; a site has autovacuum.
        cursor.execute("ANALYZE programma_bedrag, programma_begrotingsregel, programma_pakket, programma_kolom")
    invoer = controleer(versie, rollen, als_bestand(*tabel(versie, "regels"), vorm, settings.VAR), naam)
    assert invoer.uitkomst["telling"]["bedrag"] == {"gelijk": 50_000}
    assert (verloop.fouten(invoer), verloop.open_vragen(invoer), verloop.veranderingen(invoer)) == (0, 0, 0)


def test_de_lezer_neemt_een_lange_export() -> None:
    """The limits of the reader leave room for 50,000 amounts in sixteen columns, with their header."""
    assert MEESTE_RIJEN > 50_000 and MEESTE_CELLEN >= 16 * 50_001


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_te_veel_rijen_of_te_lange_tekst_wordt_niet_gemaakt(vorm: str) -> None:
    rijen = (["r1", "x"] for _ in range(MEESTE_RIJEN))
    with pytest.raises(TeGroot, match=r"langer dan 60\.000 rijen"):
        als_bestand(KOP, rijen, vorm, settings.VAR)
    with pytest.raises(TeGroot, match=r"In rij 3 komt een tekst van meer dan 32\.767 tekens"):
        als_bestand(KOP, [["r1", "kort"], ["r2", "x" * (LANGSTE_CEL + 1)]], vorm, settings.VAR)


def test_te_veel_bytes_wordt_niet_gemaakt() -> None:
    rijen = (["r1", "x" * 30_000] for _ in range(MEESTE_BYTES // 30_000 + 1))
    with pytest.raises(TeGroot, match="12 MB"):
        als_bestand(KOP, rijen, "csv", settings.VAR)


@pytest.mark.parametrize("vorm", ["csv", "excel", "xlsx"])
def test_de_langste_tekst_komt_terug(vorm: str) -> None:
    langste = "=" + "é" * (LANGSTE_CEL - 2)
    inhoud = als_bestand(KOP, [["r1", langste]], vorm, settings.VAR)
    (blad,) = bestanden.lees(inhoud, "a.xlsx" if vorm == "xlsx" else "a.csv").bladen
    assert blad.rijen[1] == ["r1", langste]


def test_de_pagina_zegt_waarom_en_wat_dan(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    with namens(rollen.redacteur.pk):
        Sectie.objects.filter(versie=versie).update(tekst="woord " * 6_000)
    client.force_login(rollen.redacteur)
    antwoord = client.get(
        reverse("admin:programma_import_export"), {"versie": versie.pk, "soort": "secties", "vorm": "xlsx"}
    )
    assert antwoord["Content-Type"].startswith("text/html")
    assert "Dat past niet in een cel van een rekenblad." in antwoord.content.decode()
    assert "Maak de teksten korter" in antwoord.content.decode()
