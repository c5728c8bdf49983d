"""How many queries each public page takes: the same with one programme in the database and with fifty."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.bouwers import Rollen, maak_document, maak_gepubliceerd

WORTEL = "/programmabegroting-2025/"
AANTALLEN = {
    "/": 3,
    WORTEL: 3,
    WORTEL + "versie/1/": 3,
    WORTEL + "programma/programma-1/": 3,
    WORTEL + "programma/programma-1/?bedragen=inwoner&jaren=2024,2025": 3,
    WORTEL + "programma/programma-1/tabel.csv": 3,
    # Which version and which programmes; COPY itself passes Django's counting by.
    WORTEL + "programma/programma-1/begroting.csv": 2,
}


@pytest.mark.parametrize("programmas", [1, 50])
@pytest.mark.parametrize("pad", AANTALLEN)
def test_aantal_vragen(client: Client, rollen: Rollen, django_assert_num_queries, pad: str, programmas: int) -> None:
    """A page with indicators takes one query more; see the test below."""
    maak_gepubliceerd(rollen, programmas, maak_document())

    with django_assert_num_queries(AANTALLEN[pad]):
        antwoord = client.get(pad)
        b"".join(antwoord) if antwoord.streaming else None

    assert antwoord.status_code == 200


@pytest.mark.parametrize("programmas", [1, 20])
def test_begroting_csv_leest_per_programma(client: Client, rollen: Rollen, programmas: int) -> None:
    """Two queries and one COPY per programme , never one per line."""
    maak_gepubliceerd(rollen, programmas)

    rijen = client.get(WORTEL + "begroting.csv").getvalue().count(b"\r\n") - 1

    assert rijen == programmas * 12
