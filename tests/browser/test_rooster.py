"""The grid in a real browser: by keyboard alone, with a pasted block, without JavaScript, and by two people at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

CONCEPT = """
from django.contrib.auth.models import User
from programma import publicatie
from programma.models import *
from veiligheid.namens import namens
Versie.objects.filter(status="concept").delete()
oud = Versie.objects.filter(status="gepubliceerd").latest("nummer")
rik, nieuw = User.objects.get_or_create(username="rik", defaults={"is_staff": True})
rik.set_password("een-lang-wachtwoord")
rik.save()
rik.groups.set(User.objects.get(username="redacteur").groups.all())
versie = publicatie.maak_concept(oud, door=rik)
with namens(rik.pk):
    Wijziging.objects.create(versie=versie, nummer="2025-1", titel="Eerste wijziging")
print("pk", Programma.objects.get(versie=versie).pk)
"""
BEDRAGEN = """
import json
from programma.models import *
rijen = Bedrag.objects.filter(versie__status="concept").order_by("regel__volgorde", "regel__sleutel", "kolom__volgorde")
print("json", json.dumps([[r, k, w or "", str(e)] for r, k, w, e in rijen.values_list(
    "regel__omschrijving", "kolom__volgorde", "wijziging__nummer", "euro")]))
"""
KOLOMMEN = 6


@pytest.fixture
def rooster(site: Site) -> str:
    """The address of the grid of a fresh concept."""
    sleutel = site.manage("shell", invoer=CONCEPT).split("pk ")[-1].strip()
    return f"{site.adres}/beheer/programma/programma/{sleutel}/rooster/"


@pytest.fixture
def wachtwoord(site: Site) -> str:
    """The password of the demo's redacteur."""
    accounts = json.loads((Path(site.omgeving["VAR"]) / "demo-accounts.json").read_text(encoding="utf-8"))
    return str(accounts["redacteur"])


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of its own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def open_rooster(context: BrowserContext, adres: str, naam: str, wachtwoord: str) -> tuple[Page, list[str]]:
    """Log in with the keyboard and go on to the grid; return the page and the list of its complaints."""
    pagina = context.new_page()
    klachten: list[str] = []
    pagina.on("console", lambda bericht: bericht.type == "error" and klachten.append(bericht.text))
    pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
    pagina.on("dialog", lambda vraag: vraag.accept())
    pagina.goto(adres)
    pagina.focus("#id_username")
    pagina.keyboard.type(naam)
    pagina.keyboard.press("Tab")
    pagina.keyboard.type(wachtwoord)
    pagina.keyboard.press("Enter")
    pagina.wait_for_selector("table.rooster")
    return pagina, klachten


def opgeslagen(site: Site) -> dict[tuple[str, int, str], Decimal]:
    """Return what the concept holds: per description, column and change, in euros."""
    uitvoer = site.manage("shell", invoer=BEDRAGEN).split("json ")[-1]
    return {(naam, kolom, wijziging): Decimal(euro) for naam, kolom, wijziging, euro in json.loads(uitvoer)}


def plak(pagina: Page, tekst: str) -> None:
    """Paste a text in the cell that has the focus, as the clipboard of a spreadsheet does."""
    pagina.evaluate(
        "t => { const d = new DataTransfer(); d.setData('text/plain', t); document.activeElement.dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: d, bubbles: true, cancelable: true})); }",
        tekst,
    )


def waarden(pagina: Page) -> list[list[str]]:
    """Return the texts of the cells, row by row."""
    rijen: list[list[str]] = pagina.evaluate(
        "[...document.querySelectorAll('tr.invoer')].map(r => [...r.querySelectorAll('input.cel')].map(c => c.value))"
    )
    return rijen


def totaal(pagina: Page, wat: str, kolom: int) -> str:
    """Return a total as it stands on the screen."""
    return pagina.inner_text(f"tr[data-totaal={wat}] td[data-kolom]:nth-of-type({kolom + 1}) > output")


def test_kijk(site: Site, rooster: str, wachtwoord: str, context: BrowserContext) -> None:
    pagina, klachten = open_rooster(context, rooster, "redacteur", wachtwoord)
    print(klachten)
    pagina.screenshot(path="/tmp/r1.png", full_page=True)
    pagina.locator("input.cel").first.focus()
    plak(pagina, "-3.200\t3,516\tabc\n-1\t-2\n")
    pagina.wait_for_timeout(1200)
    print(klachten, waarden(pagina)[:3], overtredingen(pagina))
    pagina.screenshot(path="/tmp/r2.png", full_page=True)
    pagina.set_viewport_size({"width": 390, "height": 844})
    print(pagina.evaluate("document.documentElement.scrollWidth"), overtredingen(pagina))
    pagina.screenshot(path="/tmp/r3.png", full_page=True)
    pagina.set_viewport_size({"width": 1280, "height": 844})
    pagina.click(".opslaan button")
    pagina.wait_for_selector(".vragenblok")
    print(overtredingen(pagina), klachten)
    pagina.screenshot(path="/tmp/r4.png", full_page=True)
    assert 0
