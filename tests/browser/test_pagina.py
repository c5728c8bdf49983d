"""The reader's pages in a real browser: accessible, whole without JavaScript, with the printed figures."""

from __future__ import annotations

import csv
import io
import urllib.request
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PROGRAMMA, Site

AXE = Path(__file__).with_name("axe.min.js")
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGINAS = {
    "programma": PROGRAMMA,
    "vaste versie": PROGRAMMA.replace("2025/", "2025/versie/1/", 1),
    "in euro": PROGRAMMA + "?bedragen=euro",
    "per inwoner": PROGRAMMA + "?bedragen=inwoner",
    "verandering": PROGRAMMA + "?bedragen=verandering",
    "twee jaren": PROGRAMMA + "?jaren=2024,2025",
    "document": "/programmabegroting-2025/",
    "home": "/",
    "niet gevonden": "/bestaat-niet/",
}
# The narrow screens take as long again: they are for the long run.
BREEDTES = [1280, *(pytest.param(breedte, marks=pytest.mark.lang) for breedte in (390, 320))]


def open_pagina(
    chromium: Browser, site: Site, pad: str, breedte: int = 1280, **opties: object
) -> tuple[Page, list[str]]:
    """Open a page in a fresh context; return it with the list in which its console errors and foreign requests come."""
    context = chromium.new_context(viewport={"width": breedte, "height": 900}, **opties)
    pagina = context.new_page()
    klachten: list[str] = []
    pagina.on("console", lambda bericht: bericht.type == "error" and klachten.append(bericht.text))
    pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
    pagina.on("request", lambda verzoek: verzoek.url.startswith(site.adres) or klachten.append(verzoek.url))
    pagina.goto(site.adres + pad)
    return pagina, klachten


def overtredingen(pagina: Page) -> list[str]:
    """Return the axe violations of the page as it stands."""
    pagina.wait_for_load_state()
    pagina.evaluate(AXE.read_text(encoding="utf-8"))
    uitkomst = pagina.evaluate("regels => axe.run({runOnly: regels})", REGELS)
    return [f"{fout['id']}: {knoop['html'][:120]}" for fout in uitkomst["violations"] for knoop in fout["nodes"]]


@pytest.mark.parametrize("breedte", BREEDTES)
@pytest.mark.parametrize("naam", PAGINAS)
def test_toegankelijk(chromium: Browser, site: Site, naam: str, breedte: int) -> None:
    """No axe violations, details closed and open; no complaint in the console; no page wider than the screen."""
    pagina, klachten = open_pagina(chromium, site, PAGINAS[naam], breedte)

    assert [klacht for klacht in klachten if "404" not in klacht] == []
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    assert overtredingen(pagina) == []
    pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert overtredingen(pagina) == []
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    pagina.context.close()


def test_volledig_zonder_javascript(chromium: Browser, site: Site) -> None:
    met, _ = open_pagina(chromium, site, PROGRAMMA)
    zonder, _ = open_pagina(chromium, site, PROGRAMMA, java_script_enabled=False)

    assert zonder.inner_text("main") == met.inner_text("main")
    zonder.click("text=in euro")
    assert "bedragen=euro" in zonder.url and "6.586.000" in zonder.inner_text("table.geld")
    met.context.close()
    zonder.context.close()


def test_alle_gedrukte_totalen_staan_erop(chromium: Browser, site: Site) -> None:
    """The 24 printed totals, in thousands, with the true minus, each in its own row and column."""
    pagina, _ = open_pagina(chromium, site, PROGRAMMA)
    rijen = {
        rij[0]: rij[1:]
        for rij in pagina.evaluate(
            "[...document.querySelectorAll('table.geld tbody tr')].map(r => [...r.cells].map(c => c.innerText.trim()))"
        )
    }
    namen = {
        "totaal_lasten": "Totaal lasten",
        "totaal_baten": "Totaal baten",
        "saldo": "Saldo van lasten en baten",
        "resultaat": "Resultaat programma 1",
    }
    gedrukt = list(csv.DictReader((settings.BASE_DIR / "fixtures/demo/gedrukte-totalen.csv").open(encoding="utf-8")))
    assert len(gedrukt) == 24
    for totaal in gedrukt:
        verwacht = f"{int(totaal['bedrag_x_1000']):,}".replace(",", ".").replace("-", "\u2212")
        assert rijen[namen[totaal["totaal"]]][int(totaal["jaar"]) - 2023] == verwacht
    assert "Alle 24 gedrukte totalen" in pagina.inner_text("main")
    pagina.context.close()


def test_begroting_csv_telt_op_tot_de_gedrukte_totalen(site: Site) -> None:
    """What an auditor does: add up the lines, per soort and column, in euros."""
    with urllib.request.urlopen(f"{site.adres}/programmabegroting-2025/begroting.csv") as antwoord:
        regels = list(csv.DictReader(io.StringIO(antwoord.read().decode("utf-8"), newline="")))
    som: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for regel in regels:
        som[regel["soort"], regel["jaar"]] += Decimal(regel["bedrag"])
    for totaal in csv.DictReader((settings.BASE_DIR / "fixtures/demo/gedrukte-totalen.csv").open(encoding="utf-8")):
        soorten = {
            "totaal_lasten": ["lasten"],
            "totaal_baten": ["baten"],
            "saldo": ["lasten", "baten"],
            "resultaat": ["lasten", "baten", "toevoeging", "onttrekking"],
        }[totaal["totaal"]]
        assert sum(som[soort, totaal["jaar"]] for soort in soorten) == 1000 * int(totaal["bedrag_x_1000"])


def test_met_het_toetsenbord(chromium: Browser, site: Site) -> None:
    """The first tab stop goes to the content; every stop can be seen."""
    pagina, _ = open_pagina(chromium, site, PROGRAMMA)
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "inhoud"

    stops = 0
    pagina.evaluate("document.activeElement.blur()")
    while stops < 150:
        pagina.keyboard.press("Tab")
        stop = pagina.evaluate(
            "(() => { const e = document.activeElement; if (e === document.body) return null;"
            " const r = e.getBoundingClientRect(); return [getComputedStyle(e).outlineStyle, r.width, r.height,"
            " r.bottom > 0 && r.top < innerHeight, e.outerHTML.slice(0, 80)] })()"
        )
        if stop is None:
            break
        stops += 1
        lijn, breedte, hoogte, zichtbaar, wat = stop
        assert lijn != "none" and zichtbaar, wat
        assert breedte >= 24 and hoogte >= 20, wat
    assert stops > 10
    pagina.context.close()


def test_geforceerde_kleuren_en_afdruk(chromium: Browser, site: Site) -> None:
    """In high contrast the bars keep an outline; in print everything is open and nothing is cut off."""
    pagina, _ = open_pagina(chromium, site, PROGRAMMA, forced_colors="active")
    assert pagina.evaluate("getComputedStyle(document.querySelector('.kolommen .k1')).stroke") != "none"
    pagina.context.close()
    afdruk, _ = open_pagina(chromium, site, PROGRAMMA)
    afdruk.emulate_media(media="print")
    assert afdruk.evaluate("getComputedStyle(document.querySelector('.inhoud-nav')).display") == "none"
    assert len(afdruk.pdf(format="A4")) > 20_000
    afdruk.context.close()


def test_geen_koekje_en_geen_vreemde_adressen(chromium: Browser, site: Site) -> None:
    pagina, klachten = open_pagina(chromium, site, PROGRAMMA)
    assert pagina.context.cookies() == []
    assert klachten == []
    pagina.context.close()
