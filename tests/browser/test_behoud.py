"""A session that ends while somebody types: nothing is lost, and there is a warning before it happens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

MAAK = """
import json
from django.contrib.auth.models import User
from programma import publicatie
from programma.models import Programma, Sectie, Versie
gepubliceerd = Versie.objects.gepubliceerd().get(document__slug="programmabegroting-2025")
versie = publicatie.maak_concept(gepubliceerd, door=User.objects.get(username="redacteur"))
sectie = Sectie.objects.filter(versie=versie, pakket__isnull=False, thema="").order_by("pk").first()
print("RIJ", json.dumps([Programma.objects.get(versie=versie).pk, sectie.pk]))
"""
VERLOOP = """
from importlib import import_module
from django.conf import settings
from django.contrib.sessions.models import Session
from veiligheid.aanmelden.sessieduur import SLEUTEL
opslag = import_module(settings.SESSION_ENGINE).SessionStore
for sleutel in Session.objects.values_list("session_key", flat=True):
    sessie = opslag(sleutel)
    if SLEUTEL in sessie:
        wie, begin, laatst = sessie[SLEUTEL]
        sessie[SLEUTEL] = (wie, begin, laatst - 3600)
        sessie.save()
"""
LEES = """
import json
from programma.models import Bedrag, Sectie
bedrag = Bedrag.objects.filter(versie__status="concept").order_by(
    "regel__soort", "regel__volgorde", "regel__sleutel", "kolom__volgorde")
print("RIJ", json.dumps([sorted(str(b.euro) for b in bedrag.filter(euro=-3123000)), Sectie.objects.get(pk={}).kop]))
"""
KNOP = "Opnieuw versturen"


def uitkomst(site: Site, opdracht: str) -> list[object]:
    """Run this in the site and return what it printed."""
    uitvoer = site.manage("shell", "--no-imports", "--command", opdracht)
    gevonden: list[object] = json.loads(next(r for r in uitvoer.splitlines() if r.startswith("RIJ"))[4:])
    return gevonden


@pytest.fixture(scope="module")
def concept(site: Site, zonder_concepten: None) -> tuple[str, str, int]:
    """The addresses of a grid and of a text of a fresh concept, and the id of that text."""
    programma, sectie = uitkomst(site, MAAK)
    beheer = f"{site.adres}/beheer/programma"
    return f"{beheer}/programma/{programma}/rooster/", f"{beheer}/sectie/{sectie}/change/", int(str(sectie))


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of its own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def meld_aan(pagina: Page, site: Site) -> None:
    """Fill in the login form that is on the screen, and send it."""
    accounts = json.loads((Path(site.omgeving["VAR"]) / "demo-accounts.json").read_text(encoding="utf-8"))
    pagina.fill("[name=login]", "redacteur")
    pagina.fill("[name=password]", accounts["redacteur"])
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")


def in_orde(pagina: Page) -> None:
    """Require that this page is accessible and fits, on a telephone and on a desk."""
    for breedte in (390, 1280):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        assert overtredingen(pagina) == [], breedte
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte


@pytest.mark.lang
def test_typen_afgemeld_worden_en_toch_bewaren(
    site: Site, concept: tuple[str, str, int], context: BrowserContext
) -> None:
    """In the grid and in a text: the session ends, somebody saves, logs in in a second tab, and sends both again."""
    rooster, tekst = context.new_page(), context.new_page()
    rooster.goto(concept[0])
    meld_aan(rooster, site)
    tekst.goto(concept[1])
    rooster.locator("input.cel").first.fill("-3.123")
    tekst.fill("#id_kop", 'Een "nieuwe" kop & meer')
    site.manage("shell", "--no-imports", "--command", VERLOOP)

    rooster.keyboard.press("Control+s")
    expect(rooster.get_by_text("U was aangemeld als redacteur")).to_be_visible()
    in_orde(rooster)
    assert uitkomst(site, LEES.format(concept[2]))[0] == []

    with context.expect_page() as nieuw:
        rooster.get_by_role("link", name="Meld u aan in een nieuw tabblad").click()
    meld_aan(nieuw.value, site)
    expect(nieuw.value.get_by_role("heading", name="Wat wacht op mij")).to_be_visible()

    rooster.get_by_role("button", name=KNOP).click()
    expect(rooster.get_by_text("Het formulier dat u stuurde is van vóór u zich aanmeldde")).to_be_visible()
    in_orde(rooster)
    rooster.get_by_role("button", name=KNOP).click()
    expect(rooster.get_by_text("Opgeslagen om")).to_be_visible()

    tekst.locator("[name=_save]").first.click()
    expect(tekst.get_by_text("U bent aangemeld als redacteur")).to_be_visible()
    tekst.get_by_role("button", name=KNOP).click()
    expect(tekst.locator(".messagelist .success")).to_be_visible()
    assert uitkomst(site, LEES.format(concept[2])) == [["-3123000.00"], 'Een "nieuwe" kop & meer']


def test_een_waarschuwing_vooraf_en_alleen_op_verzoek_langer(
    site: Site, concept: tuple[str, str, int], context: BrowserContext
) -> None:
    """Five minutes before the end, with the time and a button; nothing is prolonged before it is pressed."""
    pagina = context.new_page()
    klachten: list[str] = []
    gevraagd: list[str] = []

    def luister(verzoek: Request) -> None:
        if "aangemeld-blijven" in verzoek.url:
            gevraagd.append(verzoek.method)

    pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
    pagina.on("request", luister)
    pagina.clock.install()
    pagina.goto(concept[1])
    meld_aan(pagina, site)
    balk = pagina.locator(".sessiebalk")
    expect(balk).to_be_hidden()
    pagina.clock.fast_forward("24:00")
    expect(balk).to_be_hidden()

    pagina.clock.fast_forward("02:00")
    expect(balk.get_by_role("status")).to_contain_text("afgemeld, omdat u een tijd niets opvroeg")
    in_orde(pagina)
    assert gevraagd == []
    pagina.focus("#id_kop")
    with pagina.expect_response("**/aangemeld-blijven/"):
        balk.get_by_role("button", name="Aangemeld blijven").click()
    pagina.clock.fast_forward("00:10")
    expect(balk).to_be_hidden()
    assert gevraagd == ["POST"]
    expect(pagina.locator("#id_kop")).to_be_focused()

    pagina.clock.fast_forward("31:00")
    expect(balk.get_by_role("status")).to_contain_text("U bent afgemeld")
    expect(balk.get_by_role("button")).to_be_hidden()
    assert (gevraagd, klachten) == (["POST"], [])


def test_geen_waarschuwing_waar_niets_te_typen_valt(
    site: Site, concept: tuple[str, str, int], context: BrowserContext
) -> None:
    """Reading is not losing: a page without a form says nothing."""
    pagina = context.new_page()
    pagina.goto(f"{site.adres}/beheer/password_change/done/")
    meld_aan(pagina, site)

    assert pagina.locator("script[data-stil]").count() == 1
    assert pagina.locator(".sessiebalk").count() == 0
