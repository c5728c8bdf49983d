"""The frame: links only to pages that exist, one current entry, the same on every error page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import include, path, resolve

from veiligheid import kader
from veiligheid.views import colofon

zoek = path("zoeken/", colofon, name="zoeken")
indicatoren = path("indicatoren/", colofon, name="indicatoren")
urlpatterns = [path("", include(([indicatoren, zoek], "programma"))), path("", include("veiligheid.urls"))]
handler404 = "veiligheid.views.fout_404"


def huidige(pad: str) -> dict[str, str]:
    gemaakt = kader.kader(pad)
    return {ingang.tekst: ingang.huidig for ingang in (*gemaakt.hoofdmenu, *gemaakt.voetmenu) if ingang.huidig}


def test_alleen_bladzijden_die_er_zijn() -> None:
    gemaakt = kader.kader()

    for ingang in (*gemaakt.hoofdmenu, *gemaakt.voetmenu):
        assert resolve(ingang.href)
    assert {"Begroting", "Open data"} <= {ingang.tekst for ingang in gemaakt.hoofdmenu}
    assert [ingang.tekst for ingang in gemaakt.voetmenu][:3] == ["Toegankelijkheid", "Privacy", "Colofon"]


def test_een_nieuwe_bladzijde_staat_vanzelf_in_het_menu(settings: Any) -> None:
    """The namespace of the first include is the one that reverse finds; the site then has a page on indicators."""
    zonder = {ingang.tekst for ingang in kader.kader().hoofdmenu}
    settings.ROOT_URLCONF = __name__

    met = kader.kader("/indicatoren/geluid/")

    assert ("Indicatoren", "/indicatoren/", "true") in met.hoofdmenu
    assert met.zoeken == "/zoeken/"
    assert "Indicatoren" not in zonder or "/indicatoren/" in kader.vaste_paden()


@pytest.mark.parametrize(
    ("pad", "verwacht"),
    [
        ("/", {"Begroting": "page"}),
        ("/programmabegroting-2025/", {"Begroting": "true"}),
        ("/programmabegroting-2025/versie/1/programma/x/", {"Begroting": "true"}),
        ("/open-data/", {"Open data": "page"}),
        ("/privacy/", {"Privacy": "page"}),
        ("/beheer/voorbeeld/3/", {}),
        ("/beheer/aanmelden/", {}),
        ("", {}),
    ],
)
def test_het_huidige_deel(pad: str, verwacht: dict[str, str]) -> None:
    assert huidige(pad) == verwacht


def test_de_naam_van_de_site(settings: Any) -> None:
    verzoek = RequestFactory().get("/")

    assert kader.oorsprong(verzoek) == "http://testserver"
    settings.SITE_ADRES = "https://begroting.example.org"
    assert kader.oorsprong(verzoek) == "https://begroting.example.org"


def test_zoeken_op_de_foutpagina_als_het_er_is(settings: Any, client: Client, db: None) -> None:
    assert 'role="search"' not in client.get("/niets/").content.decode() or kader.kader().zoeken
    settings.ROOT_URLCONF = __name__

    pagina = client.get("/a/b/c/").content.decode()

    assert pagina.count('role="search"') == 2
    assert pagina.count('action="/zoeken/"') == 2
