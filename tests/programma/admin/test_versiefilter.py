"""Lists of rows show what is in the making, say so, and can show every version."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from programma import publicatie
from programma.models import Begrotingsregel, Versie
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_gepubliceerd

LIJST = reverse("admin:programma_begrotingsregel_changelist")


@pytest.fixture
def versies(client: Client, rollen: Rollen) -> tuple[Versie, Versie]:
    """A published version and a concept made from it, with the redacteur logged in."""
    gepubliceerd = maak_gepubliceerd(rollen, 2)
    client.force_login(rollen.redacteur)
    return gepubliceerd, publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)


def getoond(client: Client, vraag: str = "") -> set[int]:
    """Return the versions of the rows in the list."""
    return set(client.get(LIJST + vraag).context["cl"].result_list.values_list("versie", flat=True))


def gekozen(client: Client, vraag: str = "") -> list[str]:
    """Return what the filters say is chosen, as the page says it."""
    html = client.get(LIJST + vraag).content.decode()
    return [unescape(naam).strip() for naam in re.findall(r'<li class="selected">\s*<a[^>]*>([^<]*)</a>', html)]


def test_zonder_keuze_wat_in_bewerking_is(client: Client, versies: tuple[Versie, Versie]) -> None:
    gepubliceerd, concept = versies

    assert getoond(client) == {concept.pk}
    assert gekozen(client)[0] == "In bewerking"
    assert getoond(client, "?versie__id__exact=alle") == {gepubliceerd.pk, concept.pk}
    assert gekozen(client, "?versie__id__exact=alle")[0] == "Alle versies"
    assert getoond(client, f"?versie__id__exact={gepubliceerd.pk}") == {gepubliceerd.pk}
    assert gekozen(client, f"?versie__id__exact={gepubliceerd.pk}")[0] == str(gepubliceerd)


def test_ook_wat_is_ingediend(client: Client, rollen: Rollen, versies: tuple[Versie, Versie]) -> None:
    publicatie.dien_in(versies[1], door=rollen.redacteur, samenvatting=SAMENVATTING)
    assert getoond(client) == {versies[1].pk}


def test_niets_in_bewerking_is_alles(client: Client, rollen: Rollen) -> None:
    gepubliceerd = maak_gepubliceerd(rollen)
    client.force_login(rollen.auditor)

    assert getoond(client) == {gepubliceerd.pk}
    assert gekozen(client)[0] == "Alle versies"
    assert "In bewerking" not in client.get(LIJST).content.decode()


def test_andere_filters_noemen_elk_pakket_een_keer(client: Client, versies: tuple[Versie, Versie]) -> None:
    """A copy has the same pakketten: the choice would be between twins."""
    html = client.get(LIJST).content.decode()
    assert len(re.findall(r"pakket__id__exact=\d+", html)) == 2
    alle = client.get(LIJST + "?versie__id__exact=alle").content.decode()
    assert len(re.findall(r"pakket__id__exact=\d+", alle)) == 4


def test_importeren_gaat_naar_de_getoonde_versie(client: Client, versies: tuple[Versie, Versie]) -> None:
    naar = f"{reverse('admin:programma_begrotingsregel_import')}?versie__id__exact={versies[1].pk}"
    assert f'href="{naar}"' in client.get(LIJST).content.decode()
    assert (
        "versie__id__exact"
        not in re.findall(
            r'href="([^"]*/import/[^"]*)"', client.get(LIJST + "?versie__id__exact=alle").content.decode()
        )[0]
    )


def test_de_lijst_heet_naar_wat_erin_staat(client: Client, versies: tuple[Versie, Versie]) -> None:
    html = client.get(LIJST).content.decode()
    assert "<h1>Begrotingsregels</h1>" in html and "<title>Begrotingsregels | Beheer</title>" in html
    assert "nav-sidebar" not in html


def test_een_keuze_is_alleen_een_keuze(client: Client, rollen: Rollen) -> None:
    """No windows that open over the form to make another row."""
    regel = Begrotingsregel.objects.filter(versie=maak_concept(rollen))[0]
    client.force_login(rollen.redacteur)
    html = client.get(reverse("admin:programma_begrotingsregel_change", args=[regel.pk])).content.decode()
    assert "related-widget-wrapper-link" not in html
    assert "<h1>Begrotingsregel wijzigen</h1>" in html
