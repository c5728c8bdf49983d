"""The screens of a new year."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from programma import publicatie
from programma.models import Document, Versie
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd, publiceer


def scherm(versie: Versie, naam: str = "nieuw_jaar") -> str:
    return reverse(f"admin:programma_versie_{naam}", args=[versie.pk])


def test_eerst_zien_dan_maken(client: Client, rollen: Rollen) -> None:
    van = maak_gepubliceerd(rollen)
    client.force_login(rollen.redacteur)
    assert scherm(van) in client.get(reverse("admin:programma_versie_change", args=[van.pk])).content.decode()

    vooraf = client.get(scherm(van)).content.decode()

    assert "Programmabegroting 2025, versie 1, Primaire begroting 2026" in vooraf
    assert "Nog nergens bekend: blijft leeg, u vult dit in" in vooraf
    assert "2 van 2" in vooraf and "0 van 2" in vooraf
    assert Document.objects.count() == 1

    antwoord = client.post(scherm(van), follow=True)

    nieuw = Versie.objects.get(document__jaar=2026)
    assert antwoord.redirect_chain == [(scherm(nieuw, "nog_leeg"), 302)]
    tekst = antwoord.content.decode()
    assert "Programmabegroting 2026 is gemaakt." in tekst
    assert "Realisatie 2024: helemaal leeg, 2 van 2 regels zonder bedrag" in tekst
    assert "Primaire begroting 2029: helemaal leeg, 2 van 2" in tekst
    assert "Nog te herzien teksten: 1" in tekst and "Nog te herzien doelen: 1" in tekst


def test_twee_keer_maken_is_een_keer(client: Client, rollen: Rollen) -> None:
    van = maak_gepubliceerd(rollen)
    client.force_login(rollen.redacteur)
    client.post(scherm(van))

    tekst = client.post(scherm(van), follow=True).content.decode()

    assert "Programmabegroting 2026 is er al." in tekst
    assert Versie.objects.count() == 2
    assert "Een nieuw jaar maakt u één keer" in client.get(scherm(van)).content.decode()


@pytest.mark.parametrize("rol", ["publicist", "schrijver", "auditor", "beheerder"])
def test_wie_het_niet_mag(client: Client, rollen: Rollen, rol: str) -> None:
    van = maak_gepubliceerd(rollen)
    client.force_login(getattr(rollen, rol))
    assert client.get(scherm(van)).status_code == 403
    assert client.post(scherm(van)).status_code == 403
    assert client.get(scherm(van, "nog_leeg")).status_code == (403 if rol == "schrijver" else 200)
    assert Document.objects.count() == 1


def test_van_een_concept_of_een_oude_versie(client: Client, rollen: Rollen) -> None:
    eerste = maak_gepubliceerd(rollen)
    client.force_login(rollen.redacteur)
    concept = publicatie.maak_concept(eerste, door=rollen.redacteur)
    assert "begint met een gepubliceerde versie" in client.get(scherm(concept), follow=True).content.decode()
    publiceer(concept, rollen)
    assert "Versie 2 is nieuwer" in client.post(scherm(eerste), follow=True).content.decode()
    assert Document.objects.count() == 1


def test_een_versie_zonder_gaten(client: Client, rollen: Rollen) -> None:
    client.force_login(rollen.auditor)
    tekst = client.get(scherm(maak_concept(rollen), "nog_leeg")).content.decode()
    assert "Elke regel heeft een bedrag in elke kolom." in tekst
    assert "Alle teksten zijn bekeken." in tekst
    assert "Alle partijen zijn bekeken." in tekst and "Alle cijfers van partijen zijn bekeken." in tekst
    assert "Nog geen cijfers" not in tekst


@pytest.mark.parametrize("naam", ["nieuw_jaar", "nog_leeg"])
def test_evenveel_vragen_bij_vijftig_programmas(
    client: Client, rollen: Rollen, naam: str, django_assert_max_num_queries
) -> None:
    van = maak_gepubliceerd(rollen, 50)
    client.force_login(rollen.redacteur)
    with django_assert_max_num_queries(30):
        assert client.get(scherm(van, naam)).status_code == 200
