"""The screens of the connected parties: what the law asks can be filled in, and what is unknown has a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from programma.models import Deelname, Partijcijfers, Programma, VerbondenPartij, Versie
from programma.toetsing.controles import Code
from programma.toetsing.keuring import bevindingen
from tests.bouwers import Rollen, maak_concept
from tests.formulieren import gezien
from veiligheid.namens import namens

BEKEND = dict.fromkeys(
    (
        *("bijdrage", "eigen_vermogen_begin", "eigen_vermogen_eind"),
        *("vreemd_vermogen_begin", "vreemd_vermogen_eind", "resultaat"),
    ),
    "1.00",
)
REDEN = "Het belang van de gemeente op 1 januari of op 31 december is leeg."


@pytest.fixture
def versie(rollen: Rollen) -> Versie:
    """A concept with a party that says nothing yet."""
    concept = maak_concept(rollen)
    with namens(rollen.redacteur.pk):
        partij = VerbondenPartij.objects.create(slug="vr", naam="VR", soort="overig")
        programma = Programma.objects.get(versie=concept)
        Deelname.objects.create(
            versie=concept, programma=programma, partij=partij, naam="VR", soort="overig", te_herzien=True
        )
    return concept


def bewaar(client: Client, adres: str, data: dict[str, str]) -> str:
    """Fill in a form and save it; return the page that comes back, or "" when it was stored."""
    antwoord = client.post(adres, {**data, "gezien": gezien(client, adres)})
    return "" if antwoord.status_code == 302 else antwoord.content.decode()


def voeg_toe(client: Client, versie: Versie, **data: str) -> str:
    partij = VerbondenPartij.objects.get()
    vast = {"versie": str(versie.pk), "partij": str(partij.pk), "jaar": "2025"}
    return bewaar(client, reverse("admin:programma_partijcijfers_add"), {**vast, **data})


@pytest.mark.parametrize(
    "data",
    [
        {"belang_begin": "1.00"},
        {"belang_eind_procent": "12.5"},
        {"belang_begin": "1.00", "belang_begin_procent": "2", "onbekend_reden": " "},
    ],
)
def test_een_leeg_belang_vraagt_een_reden(client: Client, rollen: Rollen, versie: Versie, data: dict[str, str]) -> None:
    client.force_login(rollen.redacteur)

    assert REDEN in voeg_toe(client, versie, **BEKEND, **data)
    assert voeg_toe(client, versie, **BEKEND, **{**data, "onbekend_reden": "Nog niet ontvangen."}) == ""
    assert Partijcijfers.objects.count() == 1


@pytest.mark.parametrize("einde", [{"belang_eind": "-2.50"}, {"belang_eind_procent": "12.5"}])
def test_een_bedrag_of_een_percentage_is_genoeg(
    client: Client, rollen: Rollen, versie: Versie, einde: dict[str, str]
) -> None:
    client.force_login(rollen.redacteur)

    assert voeg_toe(client, versie, **BEKEND, belang_begin_procent="0", ontwikkelingen="Fusie.", **einde) == ""

    rij = Partijcijfers.objects.get()
    assert (rij.belang_begin_procent, rij.ontwikkelingen, rij.onbekend_reden) == (0, "Fusie.", "")
    assert {rij.belang_eind, rij.belang_eind_procent} in ({Decimal("-2.50"), None}, {Decimal("12.5000"), None})


@pytest.mark.parametrize("procent", ["-0.0001", "100.0001", "1.00001", "x"])
def test_geen_percentage(client: Client, rollen: Rollen, versie: Versie, procent: str) -> None:
    client.force_login(rollen.redacteur)

    assert "errorlist" in voeg_toe(client, versie, belang_begin_procent=procent, onbekend_reden="Later.")
    assert not Partijcijfers.objects.exists()


def test_het_model_vraagt_hetzelfde_als_het_formulier(versie: Versie) -> None:
    rij = Partijcijfers(versie=versie, partij=VerbondenPartij.objects.get(), jaar=2025, belang_begin=1)
    with pytest.raises(ValidationError, match="belang van de gemeente"):
        rij.clean()
    rij.belang_eind_procent = Decimal(100)
    rij.clean()


def test_wie_bewaart_heeft_gekeken(client: Client, rollen: Rollen, versie: Versie) -> None:
    """Filling in what is missing takes both findings away: that it was not looked at, and that it was empty."""
    client.force_login(rollen.redacteur)
    deelname = Deelname.objects.get()
    assert {gevonden.code for gevonden in bevindingen(versie)} >= {Code.NOG_TE_HERZIEN, Code.PARTIJ_ONVOLLEDIG}

    adres = reverse("admin:programma_deelname_change", args=[deelname.pk])
    data = {"programma": str(deelname.programma_id), "partij": str(deelname.partij_id), "naam": "VR", "soort": "overig"}
    teksten = {"openbaar_belang": "Hulp.", "bestuurlijk_belang": "Een zetel.", "vestigingsplaats": "Urk"}
    assert bewaar(client, adres, {**data, **teksten, "volgorde": "1"}) == ""
    assert voeg_toe(client, versie, onbekend_reden="Nog niet ontvangen.") == ""

    deelname.refresh_from_db()
    assert (deelname.te_herzien, deelname.vestigingsplaats) == (False, "Urk")
    assert not {gevonden.code for gevonden in bevindingen(versie)} & {Code.NOG_TE_HERZIEN, Code.PARTIJ_ONVOLLEDIG}


@pytest.mark.parametrize(("rol", "woord"), [("redacteur", "add/?"), ("auditor", "partijcijfers/?versie__id__exact")])
def test_elke_bevinding_over_een_partij_heeft_een_plek(
    client: Client, rollen: Rollen, versie: Versie, rol: str, woord: str
) -> None:
    client.force_login(getattr(rollen, rol))

    pagina = client.get(reverse("admin:programma_versie_change", args=[versie.pk])).content.decode()

    assert "Over 2025 staan geen cijfers van VR." in pagina
    assert f"/beheer/programma/partijcijfers/{woord}".replace("partijcijfers/partijcijfers", "partijcijfers") in pagina
    assert reverse("admin:programma_deelname_change", args=[Deelname.objects.get().pk]) in pagina
