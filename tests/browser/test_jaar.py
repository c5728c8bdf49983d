"""From the published 2025 to a published 2026 without typing one amount that is known (must show 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PROGRAMMA, Site
from tests.browser.mensen import Mens

pytestmark = pytest.mark.lang
# What nobody published yet, x 1.000 euro: the result of 2024 and the budget of 2029, per line of the programme.
ONBEKEND = {
    "Realisatie 2024": ["-3.402", "-3.090", "128", "331", "256"],
    "Primaire begroting 2029": ["-3.701", "-2.801", "126", "44", "41"],
}
TEKST_2026 = "In 2026 oefenen wij ook met een lange stroomstoring."


@pytest.fixture(scope="module")
def redacteur(eigen_site: Site, chromium: Browser) -> Iterator[Mens]:
    """The budget officer."""
    mens = Mens(chromium, eigen_site, "redacteur")
    yield mens
    mens.weg()


@pytest.fixture(scope="module")
def publicist(eigen_site: Site, chromium: Browser) -> Iterator[Mens]:
    """The second officer."""
    mens = Mens(chromium, eigen_site, "publicist")
    yield mens
    mens.weg()


def lege_kolommen(pagina: Page) -> set[str]:
    """Return the columns that the page says are empty altogether."""
    zinnen = pagina.get_by_text(re.compile("helemaal leeg, 5 van 5 regels")).all_inner_texts()
    return {zin.partition(":")[0] for zin in zinnen}


def vul_de_lege_cellen(pagina: Page) -> set[str]:
    """Type an amount in each empty cell of the grid; return the headings of the columns in which was typed."""
    getypt = set()
    for kolom, kop in enumerate(pagina.locator("table.rooster thead th[data-kolom]").all_inner_texts()):
        cellen = [rij.locator("input.cel").nth(kolom) for rij in pagina.locator("tr.invoer").all()]
        leeg = [(rij, cel) for rij, cel in enumerate(cellen) if cel.input_value() == ""]
        for rij, cel in leeg:
            cel.click()
            pagina.keyboard.type(ONBEKEND[kop][rij])
            getypt.add(kop)
    return getypt


def bekijk_alle(mens: Mens, soort: str, versie: str) -> int:
    """Follow each text or goal that is still to be looked at, say that it stays, and save; return how many."""
    aantal = 0
    while True:
        mens.pagina.goto(versie)
        mens.kies("Wat is nog leeg")
        link = mens.pagina.get_by_role("link", name=re.compile(f"Nog te herzien {soort}: "))
        if link.count() == 0:
            return aantal
        with mens.pagina.expect_navigation():
            link.click()
        with mens.pagina.expect_navigation():
            mens.pagina.locator("#result_list tbody th a").first.click()
        if aantal == 0 and soort == "teksten":
            mens.pagina.locator(".tekstveld__vak").first.fill(TEKST_2026)
        mens.druk("Opslaan")
        aantal += 1


def test_van_2025_naar_een_gepubliceerd_2026(eigen_site: Site, redacteur: Mens, publicist: Mens) -> None:
    pagina = redacteur.pagina

    # The new year, out of what is published.
    redacteur.kies("Programmabegroting 2025, versie 1")
    redacteur.kies("Nieuw jaar maken")
    redacteur.kijkt_na()
    redacteur.druk("Programmabegroting 2026 maken")
    redacteur.leest("Programmabegroting 2026 is gemaakt.")
    redacteur.kijkt_na()
    assert lege_kolommen(pagina) == set(ONBEKEND)
    redacteur.kies("Naar de versie, met alle bevindingen")
    versie = pagina.url

    # Only what nobody published is typed: the cells that are empty, all of them in the columns that the page named.
    redacteur.kies("1 Veiligheid")
    bekend = pagina.locator("input.cel").evaluate_all("c => c.filter(c => c.value).map(c => [c.name, c.value])")
    assert len(bekend) == 20
    assert vul_de_lege_cellen(pagina) == set(ONBEKEND)
    pagina.keyboard.press("Control+s")
    redacteur.leest("Opgeslagen om")
    nu = dict(pagina.locator("input.cel").evaluate_all("c => c.map(c => [c.name, c.value])"))
    assert [nu[naam] for naam, _ in bekend] == [waarde for _, waarde in bekend], "no known amount was touched"
    assert len(nu) == 30 and all(nu.values())

    # Every text, goal and party is looked at; one text is changed.
    assert bekijk_alle(redacteur, "teksten", versie) > 1
    assert bekijk_alle(redacteur, "doelen", versie) > 1
    assert bekijk_alle(redacteur, "partijen", versie) > 0
    assert bekijk_alle(redacteur, "jaren met cijfers", versie) > 0
    pagina.goto(versie)
    expect(pagina.locator(".bevindingenlijst--blokkade")).to_have_count(0)
    redacteur.pagina.get_by_label("Samenvatting van de wijziging").fill("Bedragen en teksten zijn bijgewerkt.")
    redacteur.druk("Indienen")
    redacteur.leest("ingediend en wacht op goedkeuring")

    publicist.begin()
    with publicist.pagina.expect_navigation():
        publicist.pagina.get_by_role("link", name=re.compile("^Lees en keur goed: Programmabegroting 2026")).click()
    publicist.kijkt_na()
    publicist.druk("Goedkeuren")
    publicist.druk("Nu publiceren")
    publicist.leest("gepubliceerd en aangeboden aan de raad")

    # Everybody reads 2026: the shifted columns, the known amounts, and the text.
    lezer = publicist.pagina.context.browser.new_page()  # type: ignore[union-attr]
    lezer.goto(eigen_site.adres + PROGRAMMA.replace("2025", "2026"))
    tabel = lezer.locator("table.geld").first
    for kop in ("2024", "2025", "2026", "2027", "2028", "2029"):
        expect(tabel.locator("thead")).to_contain_text(kop)
    for bedrag in ("3.594", "3.402", "3.701"):
        expect(tabel).to_contain_text(bedrag)
    expect(lezer.locator("main")).to_contain_text(TEKST_2026)
    lezer.goto(eigen_site.adres + PROGRAMMA)
    expect(lezer.locator("table.geld").first).to_contain_text("6.586")
    lezer.close()
