"""The history in a real browser: a change in the grid is on the timeline, and an earlier state comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

pytestmark = pytest.mark.lang
# A document of its own, in nobody's way.
WERK = """
from django.contrib.auth.models import User
from programma import publicatie
from programma.kopie import kopieer_alles
from programma.models import Bedrag, Document, Programma, Versie
from veiligheid.namens import namens
redacteur = User.objects.get(username="redacteur")
document = Document.objects.create(soort="kadernota", jaar=2031, titel="Kadernota 2031", slug="kadernota-2031")
versie = publicatie.nieuwe_versie(document, door=redacteur)
with namens(redacteur.pk, via="rooster"):
    kopieer_alles(Versie.objects.get(document__slug="programmabegroting-2025", nummer=1), versie)
    bedrag = Bedrag.objects.filter(versie=versie, kolom__jaar=2025, regel__soort="lasten").first()
    bedrag.euro = -1234567
    bedrag.save()
print(versie.pk, Programma.objects.get(versie=versie).pk, bedrag.regel_id, bedrag.kolom_id, bedrag.pk)
"""


@pytest.fixture(scope="module")
def sleutels(site: Site, zonder_concepten: None) -> list[str]:
    """The keys of the version, its programme, a line, a column and an amount."""
    return site.manage("shell", "--no-imports", "-c", WERK).split()[-5:]


@pytest.fixture(scope="module")
def pagina(chromium: Browser, site: Site) -> Iterator[Page]:
    """A page of the redacteur."""
    accounts = json.loads((Path(site.omgeving["VAR"]) / "demo-accounts.json").read_text(encoding="utf-8"))
    pagina = chromium.new_page(viewport={"width": 1280, "height": 900})
    pagina.goto(f"{site.adres}/beheer/")
    pagina.fill("input[name=login]", "redacteur")
    pagina.fill("input[name=password]", accounts["redacteur"])
    pagina.click("main [type=submit]")
    pagina.wait_for_url("**/beheer/")
    yield pagina
    pagina.context.close()


@pytest.mark.parametrize("breedte", [1280, 390])
def test_elke_tijdlijn_is_toegankelijk(pagina: Page, site: Site, sleutels: list[str], breedte: int) -> None:
    versie, programma, regel, kolom, bedrag = sleutels
    pagina.set_viewport_size({"width": breedte, "height": 900})
    klachten: list[str] = []
    pagina.on("console", lambda bericht: bericht.type == "error" and klachten.append(bericht.text))
    for pad in (
        f"versie/{versie}/",
        f"programma/{programma}/",
        f"cel/{regel}/{kolom}/",
        f"rij/programma_bedrag/{bedrag}/",
    ):
        pagina.goto(f"{site.adres}/beheer/historie/{pad}")
        assert klachten == []
        assert pagina.get_by_text("1.234.567").count() > 0
        assert overtredingen(pagina) == []
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
        klachten.clear()  # axe itself sets styles


def test_een_eerdere_stand_terugzetten(pagina: Page, site: Site, sleutels: list[str]) -> None:
    """From the timeline of the cell back to before the last change, and the timeline says so."""
    versie, _, regel, kolom, _ = sleutels
    cel = f"{site.adres}/beheer/historie/cel/{regel}/{kolom}/"
    pagina.set_viewport_size({"width": 390, "height": 900})
    pagina.goto(cel)
    assert pagina.locator("tbody tr").count() == 2
    pagina.locator("tbody tr").nth(1).get_by_role("link", name="Stand hierna terugzetten").click()
    assert overtredingen(pagina) == []
    assert pagina.get_by_role("row", name="bedragen 0 1 0").count() == 1
    pagina.get_by_role("button", name="Zet deze stand terug").click()
    pagina.wait_for_url(f"**/beheer/programma/versie/{versie}/change/")
    pagina.goto(cel)
    laatste = pagina.locator("tbody tr").first
    assert "−1.234.567" in laatste.inner_text()
    assert "teruggezet" in laatste.inner_text()
