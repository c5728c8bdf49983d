"""How many queries each public page takes: the same with one programme in the database and with fifty."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from itertools import product

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicatoren.models import Gebied, Indicator, Waarneming
from programma.models import Document, Programma, Programmaindicator
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]

WORTEL = "/programmabegroting-2025/"
HOOGSTENS = 8
AANTALLEN = {
    "/": 3,
    WORTEL: 3,
    WORTEL + "versie/1/": 3,
    WORTEL + "programmas.csv": 3,
    WORTEL + "autorisatie/": 3,
    WORTEL + "autorisatie.csv": 3,
    # The version, its rows, the documents beside it, all sums, all lines, its files, the top of the JSON, municipality.
    WORTEL + "aansluiting/": 8,
    WORTEL + "aansluiting/?alles=1": 8,
    WORTEL + "aansluiting.csv": 8,
    WORTEL + "programma/programma-1/": 3,
    WORTEL + "programma/programma-1/?bedragen=inwoner&jaren=2024,2025": 3,
    WORTEL + "programma/programma-1/tabel.csv": 3,
    # Which version and which programmes; COPY itself passes Django's counting by.
    WORTEL + "programma/programma-1/begroting.csv": 2,
}


@pytest.mark.parametrize("programmas", [1, 50])
@pytest.mark.parametrize("pad", AANTALLEN)
def test_aantal_vragen(
    client: Client, rollen: Rollen, django_assert_num_queries: Tel, pad: str, programmas: int
) -> None:
    """A programme with indicators takes one query more; see the test below."""
    maak_gepubliceerd(rollen, programmas)

    with django_assert_num_queries(AANTALLEN[pad]):
        antwoord = client.get(pad)
        b"".join(antwoord) if antwoord.streaming else None

    assert antwoord.status_code == 200
    assert AANTALLEN[pad] <= HOOGSTENS


@pytest.mark.parametrize("documenten", [1, 20])
def test_home_en_document_met_een_hele_begroting_ernaast(
    client: Client, rollen: Rollen, django_assert_num_queries: Tel, documenten: int
) -> None:
    """Where the money goes is told by the Iv3 budget: home reads that one too, however many documents there are."""
    andere = list(product(["jaarstukken", "kadernota", "tussenrapportage", "iv3_jaarstukken"], range(2024, 2029)))
    maak_gepubliceerd(rollen)
    for soort, jaar in andere[: documenten - 1]:
        document = Document.objects.create(soort=soort, jaar=jaar, titel=f"{soort} {jaar}", slug=f"{soort}-{jaar}")
        maak_gepubliceerd(rollen, document=document)
    iv3 = Document.objects.create(
        soort="iv3_begroting", jaar=2025, titel="Iv3-begroting 2025", slug="iv3-begroting-2025"
    )
    maak_gepubliceerd(rollen, 3, iv3)

    with django_assert_num_queries(5):
        antwoord = client.get("/")
    assert "Waar gaat het geld heen?" in antwoord.content.decode()
    for pad in (WORTEL, "/iv3-begroting-2025/"):
        with django_assert_num_queries(3):
            client.get(pad)


PAGINAS = (
    *("/", "/zoeken/?q=programma", "/zoeken/?q=bestaatniet", "/begrippen/", "/open-data/", "/nieuw.atom"),
    *("/sitemap.xml", "/verbonden-partijen/", "/indicatoren/", "/vergelijken/"),
    *("/vergelijken/?a={slug}/1&b={slug}/1", "/vergelijken/verschil.csv?a={slug}/1&b={slug}/1"),
)
VAN_EEN_DOCUMENT = (
    *(
        "",
        "versie/1/",
        "programmas.csv",
        "aansluiting/",
        "aansluiting.csv",
        "bedrag/saldo/{kolom}/",
        "bedrag/lasten/{kolom}/gegevens.json",
    ),
    *("programma/programma-1/", "programma/programma-1/?herkomst=1", "programma/programma-1/pakket/1a/"),
    *("programma/programma-1/bedrag/1a-lasten/{kolom}/", "programma/programma-1/bedrag/1a-saldo/{kolom}/"),
    "programma/programma-1/bedrag/p1-lasten/{kolom}/",
)
ELKE_PAGINA = (*PAGINAS, *(f"/{{slug}}/{pad}" for pad in VAN_EEN_DOCUMENT))


def _vragen(client: Client) -> dict[str, int]:
    """Return how many queries each page takes."""
    geteld = {}
    for patroon in ELKE_PAGINA:
        with CaptureQueriesContext(connection) as vragen:
            antwoord = client.get(patroon.format(slug="programmabegroting-2025", kolom="primair-2025"))
            b"".join(antwoord) if antwoord.streaming else None
        assert antwoord.status_code == 200, patroon
        geteld[patroon] = len(vragen)
    return geteld


def test_elke_pagina_met_twintig_documenten_en_vijftig_programmas(client: Client, rollen: Rollen) -> None:
    """As many with one document of one programme as with twenty, of which one with fifty programmes."""
    with transaction.atomic():
        maak_gepubliceerd(rollen)
        klein = _vragen(client)
        transaction.set_rollback(True)
    soorten = ["jaarstukken", "kadernota", "tussenrapportage", "iv3_jaarstukken"]
    for soort, jaar in list(product(soorten, range(2024, 2029)))[:19]:
        document = Document.objects.create(soort=soort, jaar=jaar, titel=f"{soort} {jaar}", slug=f"{soort}-{jaar}")
        maak_gepubliceerd(rollen, document=document)
    maak_gepubliceerd(rollen, 50)

    groot = _vragen(client)

    assert groot == klein
    assert max(klein.values()) <= HOOGSTENS


@pytest.mark.parametrize("programmas", [1, 50])
@pytest.mark.parametrize("pad", ["programma/programma-1/", "programma/programma-1/tabel.csv"])
def test_indicatoren_kosten_samen_een_vraag(
    client: Client, rollen: Rollen, django_assert_num_queries: Tel, pad: str, programmas: int
) -> None:
    """Four queries: version, programme, municipality, and all series of all indicators."""
    gebied = Gebied.objects.create(code="GM0303", soort=Gebied.Soort.GEMEENTE)
    versie = maak_concept(rollen, programmas)
    with namens(rollen.redacteur.pk):
        for nummer in range(1, 4):
            indicator = Indicator.objects.create(slug=f"meting-{nummer}", naam=f"Meting {nummer}", eenheid="per 1.000")
            for jaar in (2022, 2023, 2024):
                Waarneming.objects.create(indicator=indicator, gebied=gebied, jaar=jaar, waarde=Decimal(nummer))
            for programma in Programma.objects.filter(versie=versie):
                Programmaindicator.objects.create(
                    versie=versie, programma=programma, indicator=indicator, volgorde=nummer
                )
    publiceer(versie, rollen)

    with django_assert_num_queries(4):
        antwoord = client.get(WORTEL + pad)

    assert antwoord.status_code == 200


@pytest.mark.parametrize("programmas", [1, 50])
def test_begroting_csv_leest_per_programma(
    client: Client,
    rollen: Rollen,
    django_assert_num_queries: Tel,
    monkeypatch: pytest.MonkeyPatch,
    programmas: int,
) -> None:
    """Two queries, and one COPY per programme, two of the first: a first line needs no sort of everything."""
    maak_gepubliceerd(rollen, programmas)
    kopieen: list[object] = []
    copy = psycopg.Cursor.copy

    def tellend(cursor: psycopg.Cursor[object], opdracht: object, *rest: object, **opties: object) -> object:
        kopieen.append(opdracht)
        return copy(cursor, opdracht, *rest, **opties)

    monkeypatch.setattr(psycopg.Cursor, "copy", tellend)

    with django_assert_num_queries(2):
        rijen = client.get(WORTEL + "begroting.csv").getvalue().count(b"\r\n") - 1

    assert len(kopieen) == programmas + 1
    assert rijen == programmas * 12
