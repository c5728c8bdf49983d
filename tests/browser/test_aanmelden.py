"""Logging in, in a real browser: the form, an app, a security key and the codes; each page accessible."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.test_pagina import open_pagina, overtredingen

pytestmark = pytest.mark.lang
AANMELDEN = "/beheer/aanmelden/"
WACHTWOORD = "paard nietje lamp korrel"
NIEUW = """
from django.contrib.auth.models import Group, User
persoon, _ = User.objects.get_or_create(username="{naam}", defaults={{"is_staff": True}})
persoon.set_password("{wachtwoord}")
persoon.save()
persoon.groups.set([Group.objects.get(name="beheerder")])
persoon.authenticator_set.all().delete()
"""


@pytest.fixture(scope="module")
def op_naam(site: Site) -> Site:
    """The same site by name: browsers refuse security keys on a number."""
    return replace(site, adres=site.adres.replace("127.0.0.1", "localhost"))


@pytest.fixture
def testpersoon(site: Site) -> Iterator[str]:
    """An account of its own, without a second step; other tests use those of the demonstration."""
    yield _maak(site, "testpersoon")
    _maak(site, "testpersoon")


def _maak(site: Site, naam: str) -> str:
    site.manage("shell", "-v0", invoer=NIEUW.format(naam=naam, wachtwoord=WACHTWOORD))
    return naam


def klik(pagina: Page, wat: str) -> None:
    """Click, and wait until the page that it leads to is there."""
    with pagina.expect_navigation():
        pagina.click(wat)


def vul_in(pagina: Page, naam: str, wachtwoord: str = WACHTWOORD) -> None:
    """Fill in the login form and send it."""
    pagina.fill("[name=login]", naam)
    pagina.fill("[name=password]", wachtwoord)
    klik(pagina, "main button:has-text('Aanmelden')")


def code(geheim: str, stappen: int = 0) -> str:
    return format_hotp_value(hotp_value(geheim, int(time.time()) // 30 + stappen))


def in_orde(pagina: Page, klachten: list[str], breedte: int) -> None:
    """This page: accessible, not wider than the screen, nothing in the console, one first heading."""
    assert klachten == [], pagina.url
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte, pagina.url
    assert pagina.locator("main h1").count() == 1
    assert overtredingen(pagina) == [], pagina.url
    # axe itself tries inline styles while it measures; that is not the page's.
    klachten.clear()


@pytest.mark.parametrize("breedte", [1280, 390])
def test_app_instellen_en_daarmee_aanmelden(chromium: Browser, site: Site, testpersoon: str, breedte: int) -> None:
    """The whole way, without JavaScript in the page itself: password, app, recovery codes, log out, code."""
    pagina, klachten = open_pagina(chromium, site, "/beheer/auth/user/", breedte)
    assert AANMELDEN in pagina.url
    in_orde(pagina, klachten, breedte)

    vul_in(pagina, testpersoon, "dit is het niet")
    assert pagina.title().startswith("Fout: ")
    assert "horen niet bij elkaar" in pagina.inner_text("[role=alert]")
    in_orde(pagina, klachten, breedte)
    vul_in(pagina, testpersoon)
    assert pagina.url.endswith("/beheer/auth/user/"), "on to where one wanted to go"

    klik(pagina, "a:has-text('Tweede stap')")
    assert "werkt een beveiligingssleutel niet" in pagina.inner_text("main")
    in_orde(pagina, klachten, breedte)
    klik(pagina, "text=App instellen")
    in_orde(pagina, klachten, breedte)
    assert pagina.locator(".aanmelden__code svg").bounding_box()["width"] > 120
    geheim = pagina.inner_text(".aanmelden__geheim")
    pagina.fill("[name=code]", "000000")
    klik(pagina, "button:has-text('App instellen')")
    assert "klopt niet" in pagina.inner_text("[role=alert]")
    assert pagina.inner_text(".aanmelden__geheim") == geheim, "the app needs no new scan after a typing error"
    in_orde(pagina, klachten, breedte)
    gebruikt = code(geheim)
    pagina.fill("[name=code]", gebruikt)
    klik(pagina, "button:has-text('App instellen')")

    assert "Uw herstelcodes" in pagina.inner_text("h1")
    assert pagina.locator(".aanmelden__codes li").count() == 10
    in_orde(pagina, klachten, breedte)
    for link in ("Nieuwe codes maken", "Terug, niets wijzigen", "App weghalen"):
        klik(pagina, f"a:has-text('{link}')")
        in_orde(pagina, klachten, breedte)
    pagina.goto(f"{site.adres}{AANMELDEN}tweede-stap/")
    klik(pagina, "button:has-text('Afmelden')")
    assert pagina.url.endswith(AANMELDEN)

    vul_in(pagina, testpersoon)
    assert "Tweede stap" in pagina.inner_text("h1")
    in_orde(pagina, klachten, breedte)
    pagina.fill("[name=code]", gebruikt)
    klik(pagina, "main button:has-text('Aanmelden')")
    assert "al gebruikt" in pagina.inner_text("[role=alert]")
    pagina.fill("[name=code]", code(geheim, 1))
    klik(pagina, "main button:has-text('Aanmelden')")
    assert pagina.url.endswith("/beheer/")
    pagina.context.close()


def test_ook_zonder_javascript(chromium: Browser, site: Site, testpersoon: str) -> None:
    pagina, _ = open_pagina(chromium, site, AANMELDEN, java_script_enabled=False)
    vul_in(pagina, testpersoon)
    pagina.goto(f"{site.adres}{AANMELDEN}tweede-stap/app/")
    pagina.fill("[name=code]", code(pagina.inner_text(".aanmelden__geheim")))
    klik(pagina, "button:has-text('App instellen')")

    assert "Uw herstelcodes" in pagina.inner_text("h1")
    pagina.context.close()


def test_een_beveiligingssleutel(chromium: Browser, op_naam: Site, testpersoon: str) -> None:
    """Add a key and log in with it, under the strict policy; Chromium itself plays the key."""
    pagina, klachten = open_pagina(chromium, op_naam, AANMELDEN)
    cdp = pagina.context.new_cdp_session(pagina)
    cdp.send("WebAuthn.enable")
    opties = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**opties, "automaticPresenceSimulation": True}})
    vul_in(pagina, testpersoon)
    pagina.goto(f"{op_naam.adres}{AANMELDEN}tweede-stap/")
    assert "werkt een beveiligingssleutel niet" not in pagina.inner_text("main")

    klik(pagina, "text=Sleutel toevoegen")
    in_orde(pagina, klachten, 1280)
    pagina.fill("[name=name]", "sleutelbos")
    pagina.click("#sleutel-knop")
    pagina.wait_for_url(re.compile("herstelcodes"))
    pagina.goto(f"{op_naam.adres}{AANMELDEN}tweede-stap/")
    assert "sleutelbos, toegevoegd op" in pagina.inner_text("main")
    in_orde(pagina, klachten, 1280)
    klik(pagina, "text=naam wijzigen")
    in_orde(pagina, klachten, 1280)
    pagina.fill("[name=name]", "laptop")
    klik(pagina, "text=Bewaren")
    klik(pagina, "a:has-text('weghalen')")
    assert "‘laptop’" in pagina.inner_text("main")
    in_orde(pagina, klachten, 1280)
    pagina.goto(f"{op_naam.adres}{AANMELDEN}tweede-stap/")
    klik(pagina, "button:has-text('Afmelden')")

    vul_in(pagina, testpersoon)
    in_orde(pagina, klachten, 1280)
    pagina.click("#sleutel-knop")
    pagina.wait_for_url(re.compile("/beheer/$"))
    assert klachten == []
    pagina.context.close()


@pytest.mark.parametrize("breedte", [1280, 390])
def test_te_vaak(chromium: Browser, site: Site, breedte: int) -> None:
    pagina, _ = open_pagina(chromium, site, AANMELDEN, breedte)
    for _poging in range(11):
        vul_in(pagina, f"bestaat-niet-{breedte}", "x")

    assert pagina.inner_text("h1") == "Te vaak geprobeerd"
    in_orde(pagina, [], breedte)
    pagina.context.close()


@pytest.mark.parametrize("breedte", [1280, 390])
def test_een_account_maken_en_de_tweede_stap_wissen(
    chromium: Browser, site: Site, testpersoon: str, breedte: int
) -> None:
    """What a beheerder does; and one's own password."""
    pagina, klachten = open_pagina(chromium, site, "/beheer/auth/user/add/", breedte)
    vul_in(pagina, testpersoon)
    assert "Kies een rol bij Groepen" in pagina.inner_text("main")
    in_orde(pagina, klachten, breedte)
    naam = _maak(site, "collega")
    pagina.goto(f"{site.adres}/beheer/auth/user/?q={naam}")
    klik(pagina, f"th a:has-text('{naam}')")
    klik(pagina, "button:has-text('Tweede stap wissen')")
    assert "is gewist" in pagina.inner_text(".messagelist")
    in_orde(pagina, klachten, breedte)
    pagina.goto(f"{site.adres}/beheer/password_change/")
    assert "Gebruik niet alleen woorden als gemeente" in pagina.inner_text("main")
    in_orde(pagina, klachten, breedte)
    pagina.context.close()
