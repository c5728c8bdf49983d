"""Rich text as editors meet it: a paste from Word, by keyboard, without JavaScript; and the preview of the result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

WORD = (Path(__file__).parents[1] / "veiligheid" / "word.html").read_text(encoding="utf-8")
SCHOON = (
    "<h3>Wat gaan wij doen</h3>"
    "<p>Wij maken <strong>Dronten</strong> veiliger, <em>samen</em> met de regio.</p>"
    "<ul><li>Meer wijkagenten<ul><li>ook ’s nachts</li></ul></li><li>Betere brandweer</li></ul>"
    "<ol><li>Eerst praten</li><li>Dan doen</li></ol>"
    '<table><thead><tr><th scope="col">Jaar</th><th scope="col">Bedrag</th></tr></thead>'
    "<tbody><tr><td>2025</td><td>€ 3.516</td></tr></tbody></table>"
    '<p>Lees <a href="https://www.vrflevoland.nl/" rel="noopener">meer</a>.</p>'
)
VAK = ".tekstveld__vak"
PLAK = """html => {
  const data = new DataTransfer(); data.setData("text/html", html); data.setData("text/plain", "tekst");
  document.querySelector(".tekstveld__vak").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
# A concept of the demonstration, made through the same verb as on screen.
MAAK = """
from django.contrib.auth.models import User
from programma import publicatie
from programma.models import Sectie, Versie
gepubliceerd = Versie.objects.gepubliceerd().get(document__slug="programmabegroting-2025")
versie = publicatie.maak_concept(gepubliceerd, door=User.objects.get(username="redacteur"))
sectie = Sectie.objects.filter(versie=versie, pakket__isnull=False, thema="").order_by("pk").first()
print("RIJ", versie.pk, sectie.pk)
"""
LEES = "from programma.models import Sectie; import json; print('TEKST', json.dumps(Sectie.objects.get(pk={}).tekst))"


@pytest.fixture(scope="module")
def concept(site: Site, zonder_concepten: None) -> tuple[int, int]:
    """The ids of a concept of the demonstration, and of one text in it."""
    uitvoer = site.manage("shell", "--no-imports", "--command", MAAK)
    regel = next(regel for regel in uitvoer.splitlines() if regel.startswith("RIJ"))
    versie, sectie = (int(deel) for deel in regel.split()[1:])
    return versie, sectie


def opgeslagen(site: Site, sectie: int) -> str:
    """Return the text as it is in the database."""
    uitvoer = site.manage("shell", "--no-imports", "--command", LEES.format(sectie))
    tekst: str = json.loads(next(regel for regel in uitvoer.splitlines() if regel.startswith("TEKST"))[6:])
    return tekst


def log_in(chromium: Browser, site: Site, breedte: int = 1280, **opties: object) -> tuple[Page, list[str]]:
    """Return a page of the redacteur, and the list in which its complaints come."""
    context = chromium.new_context(viewport={"width": breedte, "height": 900}, **opties)
    pagina = context.new_page()
    klachten: list[str] = []
    pagina.on(
        "console",
        lambda bericht: bericht.type in {"error", "warning"} and klachten.append(f"{bericht.text} {bericht.location}"),
    )
    pagina.on("pageerror", lambda fout: klachten.append(fout.stack or str(fout)))
    pagina.on("request", lambda verzoek: verzoek.url.startswith(site.adres) or klachten.append(verzoek.url))
    accounts = json.loads((Path(site.omgeving["VAR"]) / "demo-accounts.json").read_text(encoding="utf-8"))
    pagina.goto(f"{site.adres}/beheer/login/")
    pagina.fill("#id_login", "redacteur")
    pagina.fill("#id_password", accounts["redacteur"])
    pagina.press("#id_password", "Enter")
    pagina.wait_for_url(f"{site.adres}/beheer/")
    return pagina, klachten


def open_tekst(pagina: Page, site: Site, sectie: int) -> None:
    """Open the screen of a text and wait for the editor."""
    pagina.goto(f"{site.adres}/beheer/programma/sectie/{sectie}/change/")
    pagina.wait_for_selector(VAK)


def test_uit_word_tot_in_het_voorbeeld(chromium: Browser, site: Site, concept: tuple[int, int]) -> None:
    """Pasted, seen as a list at once, saved, clean in the database, shown on the preview; nothing breaks the policy."""
    versie, sectie = concept
    pagina, klachten = log_in(chromium, site)
    open_tekst(pagina, site, sectie)
    pagina.click(VAK)
    pagina.keyboard.press("Control+a")
    pagina.evaluate(PLAK, WORD)
    assert pagina.locator(f"{VAK} > ul > li").count() == 2
    assert pagina.locator(f"{VAK} tr:first-child > th").count() == 2
    assert pagina.locator(f"{VAK} ol > li").all_inner_texts() == ["Eerst praten", "Dan doen"]
    pagina.click("input[name=_continue]")
    pagina.wait_for_selector(VAK)

    assert opgeslagen(site, sectie) == SCHOON
    pagina.goto(f"{site.adres}/beheer/voorbeeld/{versie}/programma/programma-1-veiligheid/")
    html = pagina.content()
    assert "<h4>Wat gaan wij doen</h4><p>Wij maken <strong>Dronten</strong> veiliger" in html
    assert pagina.title() != "gekaapt" and "Mso" not in html and "mso-" not in html
    assert "\n".join(klachten) == ""
    pagina.context.close()


@pytest.mark.parametrize("breedte", [1280, pytest.param(390, marks=pytest.mark.lang)])
def test_toegankelijk(chromium: Browser, site: Site, concept: tuple[int, int], breedte: int) -> None:
    """The text screen with a window open, and the preview; the complaints are read before axe makes its own."""
    versie, sectie = concept
    pagina, klachten = log_in(chromium, site, breedte)
    open_tekst(pagina, site, sectie)
    pagina.click(f"{VAK} p")
    assert "\n".join(klachten) == ""
    assert overtredingen(pagina) == []
    pagina.click("button:text-is('Link')")
    assert pagina.locator("dialog[open]").count() == 1
    assert overtredingen(pagina) == []
    pagina.keyboard.press("Escape")
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    klachten.clear()
    pagina.goto(f"{site.adres}/beheer/voorbeeld/{versie}/programma/programma-1-veiligheid/")
    assert "\n".join(klachten) == ""
    assert overtredingen(pagina) == []
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    pagina.context.close()


@pytest.mark.lang
def test_met_het_toetsenbord(chromium: Browser, site: Site, concept: tuple[int, int]) -> None:
    """Into the bar, along it with the arrows, into the text, and out again with Tab, also from a table."""
    _, sectie = concept
    pagina, klachten = log_in(chromium, site)
    open_tekst(pagina, site, sectie)
    pagina.focus("#id_thema")
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.textContent") == "Kop"
    for _ in range(9):
        pagina.keyboard.press("ArrowRight")
    assert pagina.evaluate("document.activeElement.textContent") == "Tabel"
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.getAttribute('role')") == "textbox"
    pagina.keyboard.press("Control+a")
    pagina.keyboard.press("Delete")
    pagina.keyboard.press("Shift+Tab")
    pagina.keyboard.press("Enter")
    pagina.wait_for_selector(f"{VAK} table")
    for tekst in "abcdefghi":
        pagina.keyboard.type(tekst)
        pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.id") == "id_programma"
    pagina.click(f"{VAK} td p:text-is('e')")
    pagina.click("button:text-is('Bijschrift')")
    pagina.keyboard.type("Negen letters")
    pagina.keyboard.press("Enter")
    pagina.wait_for_selector(f"{VAK} caption")
    pagina.keyboard.press("Alt+F10")
    assert pagina.evaluate("document.activeElement.textContent") == "Bijschrift"
    pagina.keyboard.press("Escape")
    pagina.wait_for_selector(f"{VAK}:focus")
    pagina.click("button:text-is('Eerste kolom is kop')")
    pagina.click("input[name=_continue]")
    pagina.wait_for_selector(VAK)
    assert opgeslagen(site, sectie) == (
        '<table><caption>Negen letters</caption><thead><tr><th scope="col">a</th><th scope="col">b</th>'
        '<th scope="col">c</th></tr></thead><tbody><tr><th scope="row">d</th><td>e</td><td>f</td></tr>'
        '<tr><th scope="row">g</th><td>h</td><td>i</td></tr></tbody></table>'
    )
    assert "\n".join(klachten) == ""
    pagina.context.close()


def test_een_link_heeft_een_veilig_adres(chromium: Browser, site: Site, concept: tuple[int, int]) -> None:
    _, sectie = concept
    pagina, _ = log_in(chromium, site)
    open_tekst(pagina, site, sectie)
    pagina.click(VAK)
    pagina.keyboard.press("Control+a")
    pagina.keyboard.type("hier")
    pagina.keyboard.press("Control+a")
    pagina.click("button:text-is('Link')")
    pagina.keyboard.type("javascript:alert(1)")
    pagina.keyboard.press("Enter")
    assert pagina.locator("dialog[open]").count() == 1
    pagina.fill("dialog input", "http://www.dronten.nl/")
    pagina.keyboard.press("Enter")
    assert pagina.locator("dialog[open]").count() == 1
    pagina.fill("dialog input", "https://www.dronten.nl/")
    pagina.keyboard.press("Enter")
    pagina.wait_for_selector(f"{VAK} a[href='https://www.dronten.nl/']")
    pagina.click("input[name=_continue]")
    pagina.wait_for_selector(VAK)
    assert opgeslagen(site, sectie) == '<p><a href="https://www.dronten.nl/" rel="noopener">hier</a></p>'
    assert "De link “hier” zegt niet waar hij heen gaat." in pagina.inner_text("ul.tips")
    pagina.context.close()


@pytest.mark.lang
def test_zonder_javascript_is_het_een_gewoon_tekstvak(chromium: Browser, site: Site, concept: tuple[int, int]) -> None:
    _, sectie = concept
    pagina, _ = log_in(chromium, site, java_script_enabled=False)
    pagina.goto(f"{site.adres}/beheer/programma/sectie/{sectie}/change/")
    pagina.fill("#id_tekst", "Eerste alinea,\nook deze regel.\n\nTweede: 3 < 4.")
    pagina.click("input[name=_continue]")
    assert opgeslagen(site, sectie) == "<p>Eerste alinea, ook deze regel.</p><p>Tweede: 3 &lt; 4.</p>"
    pagina.context.close()
