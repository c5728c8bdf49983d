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

from programma.urls import bladzijden, urlpatterns
from tests.browser.conftest import PROGRAMMA, Site
from tests.browser.paginas import PAGINAS, SOORTEN, VOORAAN

AXE = Path(__file__).with_name("axe.min.js")
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The narrow screens and most pages take long: they are for the long run.
BREEDTES = (1280, 390, 320)
GROOT = "html{font-size:200%!important}"
RUIM = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)
AFGEKAPT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  const s = getComputedStyle(e);
  return e.clientHeight > 8 && !e.closest('.vh, .skip, svg') && /hidden|clip/.test(s.overflowY)
    && e.scrollHeight > e.clientHeight + 2;
}).map(e => e.outerHTML.slice(0, 100))"""


def _lang(naam: str, *waarden: object, vooraan: bool = True) -> object:
    """A case of a page: in the short run when the page is up front, else in the long one."""
    merken = () if naam in VOORAAN and vooraan else (pytest.mark.lang,)
    return pytest.param(naam, *waarden, marks=merken)


ELKE_PAGINA = [_lang(naam) for naam in SOORTEN]


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


def klopt(pagina: Page, breedte: int) -> list[str]:
    """Return what is wrong on a page as it stands, at this width."""
    fout = overtredingen(pagina)
    if pagina.evaluate("document.documentElement.scrollWidth") > breedte:
        fout.append(f"breder dan {breedte}")
    return fout


@pytest.mark.parametrize(
    ("naam", "breedte"),
    [
        _lang(naam, breedte, vooraan=breedte == 1280)
        for naam in PAGINAS
        for breedte in (BREEDTES if naam in SOORTEN else BREEDTES[:1])
    ],
)
def test_toegankelijk(chromium: Browser, site: Site, naam: str, breedte: int) -> None:
    """No axe violations, details closed and open; no complaint in the console; no page wider than the screen."""
    pagina, klachten = open_pagina(chromium, site, PAGINAS[naam], breedte)

    assert [klacht for klacht in klachten if "404" not in klacht] == []
    assert klopt(pagina, breedte) == []
    pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert klopt(pagina, breedte) == []
    assert pagina.context.cookies() == []
    pagina.context.close()


@pytest.mark.parametrize("naam", ELKE_PAGINA)
def test_volledig_zonder_javascript(chromium: Browser, site: Site, naam: str) -> None:
    met, _ = open_pagina(chromium, site, PAGINAS[naam])
    zonder, _ = open_pagina(chromium, site, PAGINAS[naam], java_script_enabled=False)

    assert zonder.inner_text("body") == met.inner_text("body")
    met.context.close()
    zonder.context.close()


def test_elk_soort_pagina_wordt_bekeken() -> None:
    """A page type that is not in PAGINAS would escape every test of this module."""
    zonder_html = {"begroting_schema", "datapackage", "nieuw", "sha256sums", "sitemap", "verifieer"}
    routes = {route.name for route in [*urlpatterns, *bladzijden] if getattr(route, "name", "")}
    paginas = {naam for naam in routes if not naam.endswith(("_csv", "_json", "_pdf", "_xlsx", "_zip"))} - zonder_html

    assert paginas <= {naam.split()[0] for naam in PAGINAS}


def test_een_keuze_zonder_javascript(chromium: Browser, site: Site) -> None:
    """A toggle is a link."""
    zonder, _ = open_pagina(chromium, site, PROGRAMMA, java_script_enabled=False)
    zonder.click("text=in euro")
    assert "bedragen=euro" in zonder.url and "6.586.000" in zonder.inner_text("table.geld")
    zonder.context.close()


@pytest.mark.parametrize("naam", [_lang(naam, vooraan=naam == "programma") for naam in SOORTEN])
def test_grote_tekst_en_ruimte(chromium: Browser, site: Site, naam: str) -> None:
    """Text twice as large, and text with the room of WCAG 1.4.12: nothing is cut off, the page does not scroll."""
    for stijl in (GROOT, RUIM):
        pagina, _ = open_pagina(chromium, site, PAGINAS[naam], bypass_csp=True)
        pagina.add_style_tag(content=stijl)
        assert pagina.evaluate(AFGEKAPT) == []
        assert pagina.evaluate("document.documentElement.scrollWidth") <= 1280
        pagina.context.close()


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


STOP = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const r = e.getBoundingClientRect(), s = getComputedStyle(e);
  return {lijn: s.outlineStyle, dik: parseFloat(s.outlineWidth), breed: r.width, hoog: r.height,
          ziet: r.bottom > 0 && r.top < innerHeight, wat: e.outerHTML.slice(0, 80)};
}"""


@pytest.mark.parametrize("naam", [_lang(naam, vooraan=naam == "programma") for naam in SOORTEN])
def test_met_het_toetsenbord(chromium: Browser, site: Site, naam: str) -> None:
    """The first tab stop goes to the content; every stop can be seen, has an outline and is large enough."""
    pagina, _ = open_pagina(chromium, site, PAGINAS[naam])
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "inhoud"

    pagina.evaluate("document.activeElement.blur()")
    stops = []
    while len(stops) < 250:
        pagina.keyboard.press("Tab")
        stop = pagina.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert [s["wat"] for s in stops if s["lijn"] == "none" or s["dik"] < 2 or not s["ziet"]] == []
    assert [s["wat"] for s in stops if s["breed"] < 24 or s["hoog"] < 20] == []
    assert stops
    pagina.context.close()


OMTREK = """() => [...document.querySelectorAll('svg[role=img] rect')].filter(e => {
  const s = getComputedStyle(e);
  return s.stroke === 'none' && s.fill !== 'none' && e.getBoundingClientRect().height > 1;
}).map(e => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("naam", [_lang(naam, vooraan=naam == "programma") for naam in SOORTEN])
def test_geforceerde_kleuren_en_afdruk(chromium: Browser, site: Site, naam: str) -> None:
    """In high contrast the bars keep an outline; in print the navigation is gone and everything is open."""
    pagina, _ = open_pagina(chromium, site, PAGINAS[naam], forced_colors="active")
    assert pagina.evaluate(OMTREK) == []
    pagina.context.close()
    afdruk, _ = open_pagina(chromium, site, PAGINAS[naam])
    afdruk.emulate_media(media="print")
    assert afdruk.evaluate("[...document.querySelectorAll('nav')].filter(n => n.getClientRects().length).length") <= 1
    assert len(afdruk.pdf(format="A4")) > 5_000
    afdruk.context.close()
