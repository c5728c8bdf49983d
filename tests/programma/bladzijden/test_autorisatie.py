"""The page on what the council authorised, from the database."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client

from programma import publicatie
from programma.models import Bedrag, Begrotingsregel, Document, Kolom, Versie, Wijziging
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

WORTEL = "/programmabegroting-2025/"
DAG = date(2025, 3, 6)


def _met_wijziging(versie: Versie, rollen: Rollen, raadsbesluit: str, dag: date | None) -> None:
    """Add the column na wijziging: every amount of the primaire begroting, and one change of half a euro."""
    with namens(rollen.redacteur.pk):
        primair = Kolom.objects.get(versie=versie, jaar=2025)
        Kolom.objects.filter(versie=versie, volgorde__gt=primair.volgorde).update(volgorde=F("volgorde") + 50)
        na = Kolom.objects.create(versie=versie, jaar=2025, fase="na_wijziging", volgorde=primair.volgorde + 1)
        oud = list(Bedrag.objects.filter(kolom=primair))
        Bedrag.objects.bulk_create(Bedrag(versie=versie, regel=rij.regel, kolom=na, euro=rij.euro) for rij in oud)
        wijziging = Wijziging.objects.create(
            versie=versie, nummer="1", titel="Brandweer", raadsbesluit=raadsbesluit, raadsbesluit_datum=dag
        )
        regel = Begrotingsregel.objects.filter(versie=versie, soort="lasten").order_by("pk")[0]
        Bedrag.objects.create(versie=versie, regel=regel, kolom=na, euro=Decimal("-0.50"), wijziging=wijziging)


def _stappen(client: Client, pad: str) -> list[dict[str, str]]:
    inhoud = client.get(pad + "autorisatie.csv").content.decode()
    return [rij for rij in csv.DictReader(inhoud.splitlines()) if rij["rij"] == "stap"]


class TestPagina:
    def test_aangeboden(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen, 2)

        tekst = client.get(WORTEL + "autorisatie/").content.decode()

        assert "De raad heeft nog niets geautoriseerd." in tekst
        assert "Tabel 1. Gevraagd voor 2025, per programma" in tekst
        assert f'href="{WORTEL}programma/programma-1/bedrag/lasten/primair-2025/#opbouw"' in tekst
        assert {rij["besloten"] for rij in _stappen(client, WORTEL)} == {"nee"}

    def test_vastgesteld_en_gewijzigd(self, client: Client, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        publicatie.stel_vast(eerste, door=rollen.publicist, nummer="B24.1", datum=date(2024, 11, 7))
        tweede = publicatie.maak_concept(eerste, door=rollen.redacteur)
        _met_wijziging(tweede, rollen, "B25.2", DAG)
        publiceer(tweede, rollen)

        tekst = client.get(WORTEL + "autorisatie/").content.decode()
        begroting, wijziging = _stappen(client, WORTEL)

        assert "met besluit B24.1 van 7 november 2024. Dat besluit ging over versie 1." in tekst
        assert "Geautoriseerd voor 2025" in tekst and "6 maart 2025" in tekst
        assert (begroting["raadsbesluit"], begroting["besloten"]) == ("B24.1", "ja")
        assert (wijziging["raadsbesluit"], wijziging["raadsbesluit_datum"]) == ("B25.2", "2025-03-06")
        assert Decimal(wijziging["lasten_totaal"]) == Decimal(begroting["lasten"]) - Decimal("0.50")
        assert len(_stappen(client, WORTEL + "versie/1/")) == 1

    def test_het_primaire_bedrag_veranderde_na_het_besluit(self, client: Client, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        publicatie.stel_vast(eerste, door=rollen.publicist, nummer="B24.1", datum=date(2024, 11, 7))
        tweede = publicatie.maak_concept(eerste, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Bedrag.objects.filter(versie=tweede, kolom__jaar=2025, regel__soort="lasten").update(euro=-12345)
        publiceer(tweede, rollen)

        tekst = client.get(WORTEL + "autorisatie/").content.decode()

        assert "De raad besloot over versie 1. Daarin stond" in tekst
        assert "Geautoriseerd voor" not in tekst
        assert {rij["besloten"] for rij in _stappen(client, WORTEL)} == {"nee"}
        assert "Geautoriseerd voor" in client.get(WORTEL + "versie/1/autorisatie/").content.decode()

    @pytest.mark.parametrize("soort", ["kadernota", "iv3_begroting", "iv3_jaarstukken"])
    def test_een_document_dat_niets_vraagt_heeft_de_pagina_niet(
        self, client: Client, rollen: Rollen, soort: str
    ) -> None:
        document = Document.objects.create(soort=soort, jaar=2025, titel="Ander", slug="ander-2025")
        maak_gepubliceerd(rollen, document=document)

        for pad in ("autorisatie/", "autorisatie.csv"):
            assert client.get(f"/ander-2025/{pad}").status_code == 404
        for pad in ("", "programma/programma-1/"):
            assert "autorisatie" not in client.get(f"/ander-2025/{pad}").content.decode()

    def test_het_programma_en_het_document_wijzen_erheen(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)

        programma = client.get(WORTEL + "versie/1/programma/programma-1/").content.decode()
        assert f'href="{WORTEL}versie/1/autorisatie/#programma-programma-1"' in programma
        assert f'href="{WORTEL}autorisatie/"' in client.get(WORTEL).content.decode()
        assert 'id="programma-programma-1"' in client.get(WORTEL + "versie/1/autorisatie/").content.decode()

    def test_een_concept_bestaat_niet(self, client: Client, rollen: Rollen) -> None:
        concept = maak_concept(rollen)

        assert client.get(WORTEL + "autorisatie/").status_code == 404
        assert client.get(WORTEL + "autorisatie.csv").status_code == 404
        client.force_login(rollen.auditor)
        tekst = client.get(f"/beheer/voorbeeld/{concept.pk}/autorisatie/").content.decode()
        assert "de bedragen die dit concept vraagt" in tekst


class TestDatum:
    def test_een_datum_zonder_nummer_noemt_geen_besluit(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        wijziging = Wijziging(versie=versie, nummer="1", titel="T", raadsbesluit_datum=DAG)

        with pytest.raises(ValidationError, match="nummer van het raadsbesluit"):
            wijziging.full_clean()
        with pytest.raises(IntegrityError, match="wijziging_datum_bij_besluit"), transaction.atomic():
            wijziging.save()

    def test_een_kopie_neemt_de_datum_mee(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        _met_wijziging(versie, rollen, "B25.2", DAG)
        kopie = publicatie.maak_concept(publiceer(versie, rollen), door=rollen.redacteur)

        assert Wijziging.objects.get(versie=kopie).raadsbesluit_datum == DAG
