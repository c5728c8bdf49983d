"""The admin site itself: screens under headings, and pages of the apps behind its gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import RequestFactory

from tests.bouwers import Rollen


@pytest.fixture
def indeling() -> Iterator[None]:
    """Two headings, one model under the first and two under the last."""
    gewoon = admin.site.indeling
    admin.site.indeling = (("Eerst", ("programma.Versie",)), ("Laatst", ("programma.Stap", "programma.Bestand")))
    yield
    admin.site.indeling = gewoon


def namen(groepen: list[dict[str, list[dict[str, str]]]]) -> list[list[str]]:
    return [[scherm["object_name"] for scherm in groep["models"]] for groep in groepen]


def test_wat_niet_genoemd_is_staat_onder_zijn_app_voor_de_laatste_kop(rollen: Rollen, indeling: None) -> None:
    verzoek = RequestFactory().get("/beheer/")
    verzoek.user = rollen.redacteur

    groepen = admin.site.get_app_list(verzoek)

    koppen = [groep["name"] for groep in groepen]
    assert (koppen[0], koppen[-1]) == ("Eerst", "Laatst")
    assert "Begroting" in koppen[1:-1] and len(koppen) > 3
    assert (namen(groepen)[0], namen(groepen)[-1]) == (["Versie"], ["Stap", "Bestand"])
    alle = [naam for groep in namen(groepen) for naam in groep]
    assert len(alle) == len(set(alle)) and "Begrotingsregel" in alle


def test_niemand_ziet_meer_dan_de_rechten_zeggen(rollen: Rollen, indeling: None) -> None:
    verzoek = RequestFactory().get("/beheer/")
    verzoek.user = rollen.schrijver
    assert admin.site.get_app_list(verzoek) == []
    verzoek.user = rollen.redacteur
    assert "User" not in [naam for groep in namen(admin.site.get_app_list(verzoek)) for naam in groep]


def test_een_app_alleen_blijft_zoals_hij_is(rollen: Rollen, indeling: None) -> None:
    verzoek = RequestFactory().get("/beheer/programma/")
    verzoek.user = rollen.redacteur
    [app] = admin.site.get_app_list(verzoek, "programma")
    assert app["app_label"] == "programma" and app["app_url"] == "/beheer/programma/"
