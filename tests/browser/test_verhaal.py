"""The whole story in a real browser: from a spreadsheet to a published budget, by two people (must show 1)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PROGRAMMA, Site
from tests.browser.mensen import Mens
from tests.browser.test_rooster import naar_de_eerste_cel, plak, totaal, typ, waarden

# A block as the officer has it in a spreadsheet: the lines of the programme, the columns 2023 to 2028, x 1.000 euro.
# New against what is published: 1F lasten 2025 (was -3.070). One cell can be read in two ways.
BLOK = """\
-3.153\t-3.381\t3,516\t-3.594\t-3.672\t-3.669
-2.921\t-3.171\t-3.170\t-3.034\t-2.899\t-2.793
110\t126\t126\t126\t126\t126
445\t312\t44\t44\t44\t44
106\t256\t41\t41\t41\t41
"""
KOPPEN = ["Pakket", "Soort", "Omschrijving", "Begroting 2026", "Begroting 2027"]
LASTEN_1E = ["1E", "lasten", "Rampenbestrijding en crisisorganisatie", 3594, 3772]
FOUT = ["1H", "lasten", "Bestaat niet", 10, "3,516"]
VERKLARING = "De bijdrage aan de veiligheidsregio steeg na het drukken."


def werkmap(*rijen: list[object]) -> bytes:
    """Return an xlsx as an officer has it: the unit above it, headings, lines without a minus."""
    boek = openpyxl.Workbook()
    blad = boek.active
    blad.title = "Programma 1"
    for rij in (["Bedragen x € 1.000"], KOPPEN, *rijen):
        blad.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


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


def met_de_hand(pagina: Page, adres: str) -> int:
    """Send a step that no button offers, with the right token, and return the status of the answer."""
    status: int = pagina.evaluate(
        "async adres => (await fetch(adres, {method: 'POST', body: new URLSearchParams({csrfmiddlewaretoken:"
        " document.querySelector('[name=csrfmiddlewaretoken]').value})})).status",
        adres,
    )
    return status


def lees_bestand(mens: Mens, naam: str, inhoud: bytes) -> None:
    """Bring a file to the import, and agree with how it is read."""
    mens.kies("Importeren")
    mens.pagina.get_by_label("Bestand:").set_input_files(
        {"name": naam, "mimeType": "application/octet-stream", "buffer": inhoud}
    )
    mens.druk("Bestand lezen")
    expect(mens.pagina.get_by_label("duizenden euro's")).to_be_checked()
    mens.druk("Controleren")


def naar_de_versie(mens: Mens) -> None:
    """Go to the page of the version by the start page."""
    mens.begin()
    mens.kies("Programmabegroting 2025, versie 2")


def verklaar_de_gedrukte_totalen(mens: Mens) -> int:
    """Follow each finding that blocks to its printed total, and write why it differs; return how many there were."""
    aantal = 0
    while (blokkade := mens.pagina.locator(".bevindingenlijst--blokkade a").first).is_visible():
        versie = mens.pagina.url
        with mens.pagina.expect_navigation():
            blokkade.click()
        mens.pagina.get_by_label("Verklaring:").fill(VERKLARING)
        mens.druk("Opslaan")
        mens.pagina.goto(versie)
        aantal += 1
    return aantal


@pytest.mark.lang
def test_van_rekenblad_tot_publicatie(eigen_site: Site, redacteur: Mens, publicist: Mens) -> None:
    """Paste, mend, import, submit, read, approve, publish: by links and buttons only, each by who may."""
    pagina = redacteur.pagina

    # A concept out of what is published.
    redacteur.kies("Programmabegroting 2025, versie 1")
    redacteur.druk("Nieuw concept maken")
    redacteur.leest("Programmabegroting 2025, versie 2 is nu een concept")
    redacteur.kijkt_na()
    redacteur.kies("1 Veiligheid")

    # A block from the clipboard of a spreadsheet; one cell can be read in two ways, and is asked about.
    naar_de_eerste_cel(pagina)
    plak(pagina, BLOK.replace("\n", "\r\n"))
    expect(pagina.locator("[data-plakbalk]")).to_contain_text("5 × 6 waarden geplakt, 1 vraag.")
    redacteur.leest("Wat betekent 3,516?")
    typ(pagina, "Control+Home", "ArrowRight", "ArrowRight")
    typ(pagina, "-3.516", "Enter")
    assert pagina.query_selector("[aria-invalid=true]") is None
    assert waarden(pagina) == [rij.split("\t") for rij in BLOK.replace("3,516", "-3.516").splitlines()]
    assert totaal(pagina, "lasten", 3) == "−6.686"
    typ(pagina, "Control+s")
    redacteur.leest("Opgeslagen om")
    redacteur.kijkt_na()

    # A file with one wrong row: refused with the place of each mistake, and nothing is stored.
    naar_de_versie(redacteur)
    lees_bestand(redacteur, "begroting.xlsx", werkmap(LASTEN_1E, FOUT))
    redacteur.leest("Er is niets opgeslagen.")
    fouten = pagina.get_by_role("table", name="Fouten in het bestand")
    expect(fouten).to_contain_text("blad Programma 1, rij 4")
    expect(fouten).to_contain_text("1H")
    redacteur.leest("Eén getal kan op twee manieren worden gelezen", "blad Programma 1, rij 4, kolom E")
    expect(pagina.get_by_role("button", name=re.compile("importeren"))).to_have_count(0)
    naar_de_versie(redacteur)
    expect(pagina.get_by_role("table", name=re.compile("2027"))).to_have_count(0)
    assert "3.772" not in pagina.inner_text("main")

    # The right file: what changes is shown before, and counted.
    lees_bestand(redacteur, "begroting-goed.xlsx", werkmap(LASTEN_1E))
    redacteur.leest("−3.772.000", "−3.672.000", "−100.000")
    redacteur.kijkt_na()
    redacteur.druk("1 wijziging importeren")
    redacteur.leest("Het bestand begroting-goed.xlsx is geïmporteerd.")

    # Six printed totals differ now; publication would stop on them, so the officer writes why.
    naar_de_versie(redacteur)
    redacteur.leest("6 bevindingen houden publicatie tegen")
    assert verklaar_de_gedrukte_totalen(redacteur) == 6
    redacteur.pagina.get_by_label("Samenvatting van de wijziging").fill("Bedragen en teksten zijn bijgewerkt.")
    redacteur.druk("Indienen")
    redacteur.leest("ingediend en wacht op goedkeuring")

    # The own approval: no button, and a hand-made one is refused.
    expect(pagina.get_by_role("button", name="Goedkeuren")).to_have_count(0)
    redacteur.leest("rol publicist")
    assert met_de_hand(pagina, re.sub("change/.*", "stap/keur_goed/", pagina.url)) == 403
    pagina.reload()
    redacteur.leest("Programmabegroting 2025, versie 2 is nu ingediend en wacht op goedkeuring")

    # The second officer reads the difference, approves and publishes.
    publicist.begin()
    with publicist.pagina.expect_navigation():
        publicist.pagina.get_by_role("link", name=re.compile("^Lees en keur goed")).click()
    publicist.leest("Verschil met Programmabegroting 2025, versie 1")
    verschil = publicist.pagina.locator(".blad__verschil")
    expect(verschil).to_contain_text("−€ 100.000")
    publicist.kijkt_na()
    publicist.druk("Goedkeuren")
    publicist.druk("Nu publiceren")
    publicist.leest("gepubliceerd en aangeboden aan de raad")

    # Everybody reads the new figures, without logging in; the old version stays at its own address.
    lezer = publicist.pagina.context.browser.new_page()  # type: ignore[union-attr]
    lezer.goto(f"{eigen_site.adres}{PROGRAMMA}")
    tabel = lezer.locator("table.geld").first
    for bedrag in ("3.170", "6.686", "3.772", "6.671"):
        expect(tabel).to_contain_text(bedrag)
    lezer.goto(f"{eigen_site.adres}{PROGRAMMA.replace('2025/', '2025/versie/1/', 1)}")
    expect(lezer.locator("table.geld").first).to_contain_text("6.586")
    lezer.close()
