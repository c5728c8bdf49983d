"""People at work on a running site: each with an account of the demonstration, by links and buttons."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, expect

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

BREEDTES = (390, 1280)


class Mens:
    """Somebody with a browser of their own, logged in; `klachten` is what the console said that should not be."""

    def __init__(self, chromium: Browser, site: Site, rol: str) -> None:
        self.klachten: list[str] = []
        context = chromium.new_context(base_url=site.adres, viewport={"width": 1280, "height": 900})
        self.pagina = context.new_page()
        self.pagina.on("pageerror", lambda fout: self.klachten.append(str(fout)))
        self.pagina.on("console", self._luister)
        accounts = json.loads(Path(site.omgeving["VAR"], "demo-accounts.json").read_text(encoding="utf-8"))
        self.pagina.goto("/beheer/")
        self.pagina.get_by_label("Gebruikersnaam").fill(rol)
        self.pagina.get_by_label("Wachtwoord").fill(accounts[rol])
        self.pagina.keyboard.press("Enter")
        expect(self.pagina.get_by_role("heading", name="Wat wacht op mij")).to_be_visible()

    def _luister(self, bericht: ConsoleMessage) -> None:
        if bericht.type == "error" and bericht.location["url"] and " 403 " not in bericht.text:
            self.klachten.append(f"{self.pagina.url}: {bericht.text}")

    def begin(self) -> None:
        """Go to the start page."""
        self.pagina.goto("/beheer/")

    def kies(self, naam: str) -> None:
        """Follow the link with exactly this name."""
        with self.pagina.expect_navigation():
            self.pagina.get_by_role("link", name=naam, exact=True).first.click()

    def druk(self, naam: str) -> None:
        """Press the button with this name, which sends a form."""
        with self.pagina.expect_navigation():
            self.pagina.get_by_role("button", name=naam).first.click()

    def leest(self, *zinnen: str) -> None:
        """Require that the page says this."""
        for zin in zinnen:
            expect(self.pagina.locator("body")).to_contain_text(zin)

    def kijkt_na(self) -> None:
        """Require that the page is accessible and not wider than the screen, on a telephone and on a desk."""
        for breedte in BREEDTES:
            self.pagina.set_viewport_size({"width": breedte, "height": 900})
            assert overtredingen(self.pagina) == [], (self.pagina.url, breedte)
            assert self.pagina.evaluate("document.documentElement.scrollWidth") <= breedte, (self.pagina.url, breedte)

    def weg(self) -> None:
        """Close the browser; nothing may have gone wrong in it."""
        self.pagina.context.close()
        assert self.klachten == []
