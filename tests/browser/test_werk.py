"""Work that is given out, in a real browser: a new year, a pakket to a schrijver, klaar, and back with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

pytestmark = pytest.mark.lang
BREEDTES = [1280, 390]
TEKST = "Wij oefenen in 2026 ook met een lange stroomstoring."
# The editor of a text, which takes the place of its textarea.
VAK = ".tekstveld__vak"
REDEN = "Noem ook de buurtapps."

SESSIE = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
gebruiker = User.objects.get(username="{rol}")
sessie = SessionStore()
sessie[SESSION_KEY] = str(gebruiker.pk)
sessie[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
sessie[HASH_SESSION_KEY] = gebruiker.get_session_auth_hash()
sessie.create()
print("SESSIE", settings.SESSION_COOKIE_NAME, sessie.session_key)
"""

Als = Callable[[str], Page]


@pytest.fixture(scope="module")
def als(site: Site, zonder_concepten: None, chromium: Browser) -> Iterator[Als]:
    """Return the page of somebody who is logged in."""
    paginas: dict[str, Page] = {}
    klachten: list[str] = []

    def pagina_van(rol: str) -> Page:
        if rol not in paginas:
            uitvoer = site.manage("shell", "--no-imports", "--command", SESSIE.format(rol=rol))
            naam, sleutel = re.search(r"SESSIE (\S+) (\S+)", uitvoer).groups()  # type: ignore[union-attr]
            context = chromium.new_context(base_url=site.adres, viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": naam, "value": sleutel, "url": site.adres}])
            pagina = context.new_page()
            pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
            pagina.on("console", lambda bericht: _klaagt(bericht) and klachten.append(f"{pagina.url}: {bericht.text}"))
            paginas[rol] = pagina
        return paginas[rol]

    yield pagina_van
    for pagina in paginas.values():
        pagina.context.close()
    assert klachten == []


def _klaagt(bericht: ConsoleMessage) -> bool:
    """Return whether a page complains. What axe itself does in it has no address."""
    return bericht.type == "error" and bool(bericht.location["url"]) and " 409 " not in bericht.text


def bekijk(pagina: Page, doe: Callable[[], object]) -> None:
    """Go to a page, and look at it: axe 0, and no wider than the screen."""
    with pagina.expect_navigation():
        doe()
    for breedte in reversed(BREEDTES):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        assert overtredingen(pagina) == [], (pagina.url, breedte)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte, (pagina.url, breedte)


def test_een_nieuw_jaar_en_een_nieuwe_schrijver(als: Als) -> None:
    """The whole way, by buttons and links only; each page that it passes is looked at."""
    redacteur, schrijver = als("redacteur"), als("schrijver")

    # The officer makes 2026 out of the published 2025, after seeing where the amounts come from.
    redacteur.goto("/beheer/")
    redacteur.get_by_role("link", name="Programmabegroting 2025, versie 1", exact=True).first.click()
    bekijk(redacteur, redacteur.get_by_role("link", name="Nieuw jaar maken").click)
    rij = redacteur.get_by_role("row", name=re.compile("Begroting na wijziging 2025"))
    expect(rij).to_contain_text("Programmabegroting 2025, versie 1, Primaire begroting 2025")
    expect(redacteur.get_by_role("row", name=re.compile("Realisatie 2024"))).to_contain_text("blijft leeg")
    bekijk(redacteur, redacteur.get_by_role("button", name="Programmabegroting 2026 maken").click)
    expect(redacteur.get_by_text("Primaire begroting 2029: helemaal leeg, 5 van 5 regels")).to_be_visible()

    # Pakket 1E goes to the schrijver.
    bekijk(redacteur, redacteur.get_by_role("link", name="Geef de pakketten aan schrijvers").click)
    redacteur.get_by_label("Schrijver voor 1E Rampenbestrijding").select_option("schrijver")
    redacteur.get_by_label("Uiterlijk voor 1E Rampenbestrijding").fill((date.today() + timedelta(days=20)).isoformat())
    redacteur.get_by_label("Wat vraagt u van de schrijver?").fill("Graag met de plannen voor 2026.")
    bekijk(redacteur, redacteur.get_by_role("button", name="Geven").click)
    overzicht = redacteur.url
    expect(redacteur.get_by_role("row", name=re.compile("1E Rampenbestrijding"))).to_contain_text("open")

    # The schrijver sees that one pakket, and cannot say klaar before looking at everything.
    bekijk(schrijver, lambda: schrijver.goto("/beheer/opdracht/"))
    assert "1F" not in schrijver.inner_text("main")
    bekijk(schrijver, schrijver.get_by_role("link", name="1E Rampenbestrijding").click)
    expect(schrijver.get_by_text("Graag met de plannen voor 2026.")).to_be_visible()
    schrijver.locator(VAK).first.fill(TEKST)
    bekijk(schrijver, schrijver.get_by_role("button", name="Bewaren en klaar melden").click)
    expect(schrijver.get_by_text("Nog niet klaar gemeld.")).to_be_visible()
    expect(schrijver.locator(VAK).first).to_contain_text(TEKST)
    for vakje in schrijver.get_by_label("Ongewijzigd akkoord").all():
        vakje.check()
    bekijk(schrijver, schrijver.get_by_role("button", name="Bewaren en klaar melden").click)
    expect(schrijver.get_by_role("row", name=re.compile("1E Rampenbestrijding"))).to_contain_text("klaar gemeld op")
    bekijk(schrijver, schrijver.get_by_role("link", name="1E Rampenbestrijding").click)
    expect(schrijver.get_by_text("U kunt hier nu niet schrijven.")).to_be_visible()

    # The officer reads, and sends it back with a reason.
    redacteur.goto(overzicht)
    rij = redacteur.get_by_role("row", name=re.compile("1E Rampenbestrijding"))
    expect(rij).to_contain_text("klaar gemeld op")
    bekijk(redacteur, rij.get_by_role("link", name="schrijver").click)
    redacteur.get_by_label("Wat moet er anders?").fill(REDEN)
    redacteur.get_by_role("button", name="Terugsturen").click()
    expect(redacteur.get_by_text("Teruggestuurd:")).to_be_visible()

    # The schrijver reads why, and can write again.
    bekijk(schrijver, schrijver.reload)
    expect(schrijver.get_by_text(REDEN)).to_be_visible()
    schrijver.locator("input[name='sectie-nieuw-kop']").fill("Buurtapps")
    schrijver.locator(VAK).last.fill("Er zijn 40 buurtapps.")
    schrijver.get_by_role("button", name="Bewaren", exact=True).click()
    expect(schrijver.get_by_text("Bewaard: 1 onderdeel gewijzigd.")).to_be_visible()
    assert "Buurtapps" in schrijver.content()


def test_twee_schermen_botsen_zonder_iets_te_verliezen(als: Als) -> None:
    """The same text in two windows: the second save answers with both texts, and keeps what was typed."""
    schrijver = als("schrijver")
    schrijver.goto("/beheer/opdracht/")
    schrijver.get_by_role("link", name="1E Rampenbestrijding").click()
    tweede = schrijver.context.new_page()
    tweede.goto(schrijver.url)
    schrijver.locator(VAK).first.fill("Uit het eerste scherm.")
    schrijver.get_by_role("button", name="Bewaren", exact=True).click()
    tweede.locator(VAK).first.fill("Uit het tweede scherm.")

    bekijk(tweede, tweede.get_by_role("button", name="Bewaren", exact=True).click)

    botsing = tweede.get_by_role("table", name="Wat u en uw collega allebei wijzigden")
    expect(botsing).to_contain_text("Uit het eerste scherm.")
    expect(botsing).to_contain_text("Uit het tweede scherm.")
    expect(tweede.locator(VAK).first).to_contain_text("Uit het tweede scherm.")
    tweede.get_by_role("button", name="Bewaren", exact=True).click()
    expect(tweede.get_by_text("Bewaard: 1 onderdeel gewijzigd.")).to_be_visible()
    tweede.close()
