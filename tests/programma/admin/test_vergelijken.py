"""Any two versions compared in the admin."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from programma import publicatie
from programma.models import Bedrag, Doel, Versie
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd
from veiligheid.namens import namens

PAD = "/beheer/vergelijken/"


@pytest.fixture
def paar(rollen: Rollen) -> tuple[Versie, Versie]:
    """A published version, and a concept with two changes."""
    oud = maak_gepubliceerd(rollen)
    nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
    with namens(rollen.redacteur.pk):
        Bedrag.objects.filter(versie=nieuw, regel__soort="lasten", kolom__jaar=2026).update(euro=Decimal("-999.50"))
        Doel.objects.filter(versie=nieuw).update(streefjaar=2028)
    return oud, nieuw


@pytest.mark.parametrize("rol", ["redacteur", "publicist", "auditor", "beheerder"])
def test_wie_mag_kijken_mag_vergelijken(client: Client, rollen: Rollen, paar: tuple[Versie, Versie], rol: str) -> None:
    oud, nieuw = paar
    client.force_login(getattr(rollen, rol))

    leeg = client.get(PAD).content.decode()
    html = client.get(PAD, {"a": oud.pk, "b": nieuw.pk}).content.decode()

    assert "Programmabegroting 2025, versie 2 (concept)" in leeg and "verschil-kop" not in leeg
    assert "\u2212€\u00a0999,50" in html and "+€\u00a00,50" in html
    assert "streefjaar" in html and "2028" in html


def test_andersom_keert_het_teken_om(client: Client, rollen: Rollen, paar: tuple[Versie, Versie]) -> None:
    oud, nieuw = paar
    client.force_login(rollen.auditor)
    html = client.get(PAD, {"a": nieuw.pk, "b": oud.pk}).content.decode()
    assert "\u2212€\u00a00,50" in html and "+€\u00a00,50" not in html


def test_met_zichzelf(client: Client, rollen: Rollen, paar: tuple[Versie, Versie]) -> None:
    client.force_login(rollen.auditor)
    assert "Niets gewijzigd" in client.get(PAD, {"a": paar[0].pk, "b": paar[0].pk}).content.decode()


def test_twee_documenten(client: Client, rollen: Rollen) -> None:
    oud = maak_gepubliceerd(rollen)
    nieuw = maak_concept(rollen, 2, maak_document(2026))
    client.force_login(rollen.auditor)
    html = client.get(PAD, {"a": oud.pk, "b": nieuw.pk}).content.decode()
    assert "Dit zijn twee documenten." in html
    assert "Programma 2 Programma 2" in html and "nieuw" in html


@pytest.mark.parametrize("vraag", [{"a": "x", "b": "1"}, {"a": "999999", "b": "999999"}, {"a": "", "b": ""}])
def test_een_onmogelijke_keuze_wordt_uitgelegd(client: Client, rollen: Rollen, vraag: dict[str, str]) -> None:
    client.force_login(rollen.auditor)
    antwoord = client.get(PAD, vraag)
    assert antwoord.status_code == 200 and "errorlist" in antwoord.content.decode()
    assert client.get(reverse("admin:vergelijken_csv"), vraag).status_code == 404


def test_de_csv(client: Client, rollen: Rollen, paar: tuple[Versie, Versie]) -> None:
    oud, nieuw = paar
    client.force_login(rollen.auditor)

    antwoord = client.get(reverse("admin:vergelijken_csv"), {"a": oud.pk, "b": nieuw.pk})
    regels = antwoord.getvalue().decode().split("\r\n")

    assert "no-store" in antwoord["Cache-Control"]
    assert "verschil-programmabegroting-2025-1-programmabegroting-2025-2.csv" in antwoord["Content-Disposition"]
    assert (
        regels[1] == "1,Programma 1,1A,Pakket 1A,lasten,p1-lasten,Regel p1-lasten,primair,2026,-1000.00,-999.50,0.50,"
    )
    assert regels[2:] == [""]


def test_niet_zonder_inloggen_en_alleen_lezen(client: Client, rollen: Rollen) -> None:
    assert client.get(PAD).status_code == 302
    client.force_login(rollen.auditor)
    assert client.post(PAD, {}).status_code == 405
