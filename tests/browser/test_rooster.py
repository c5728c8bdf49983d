"""The grid in a real browser: by keyboard alone, with a pasted block, without JavaScript, and by two people at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

CONCEPT = """
from django.contrib.auth.models import User
from programma import publicatie
from programma.models import *
from veiligheid.namens import namens
Versie.objects.filter(status="concept").delete()
oud = Versie.objects.filter(status="gepubliceerd", document__slug="programmabegroting-2025").latest("nummer")
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
print("json", json.dumps([[f"{s} {o}", k, str(e)] for s, o, k, e in rijen.values_list(
    "regel__soort", "regel__omschrijving", "kolom__volgorde", "euro")]))
"""
NAAM_VAN_DE_EERSTE_CEL = """
document.querySelector('input.cel').getAttribute('aria-labelledby').split(' ')
  .map(id => document.getElementById(id).textContent).join(' ')
"""
GEPUBLICEERD = """
from programma.models import Programma
document = {"versie__document__slug": "programmabegroting-2025"}
print("pk", Programma.objects.filter(versie__status="gepubliceerd", **document).first().pk)
"""
REGELS = ("lasten Rampenbestrijding en crisisorganisatie", "lasten Integraal veiligheidsbeleid en openbare orde")


@pytest.fixture
def rooster(site: Site, zonder_concepten: None) -> str:
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
    pagina.focus("#id_login")
    pagina.keyboard.type(naam)
    pagina.keyboard.press("Tab")
    pagina.keyboard.type(wachtwoord)
    pagina.keyboard.press("Enter")
    pagina.wait_for_selector("table.rooster")
    return pagina, klachten


def opgeslagen(site: Site) -> dict[tuple[str, int], Decimal]:
    """Return what the concept holds: per line (soort and description) and column, in euros."""
    uitvoer = site.manage("shell", invoer=BEDRAGEN).split("json ")[-1]
    return {(regel, kolom): Decimal(euro) for regel, kolom, euro in json.loads(uitvoer)}


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
    return pagina.inner_text(f"tr[data-totaal={wat}] td[data-kolom]:nth-of-type({kolom}) > output")


def naar_de_eerste_cel(pagina: Page) -> None:
    """Press Tab until the first cell has the focus."""
    for _ in range(60):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("document.activeElement.classList.contains('cel')"):
            return
    raise AssertionError("no cell within 60 tabs")


def typ(pagina: Page, *toetsen: str) -> None:
    """Press keys one by one; what is no key is typed."""
    for toets in toetsen:
        if toets[0].isupper():
            pagina.keyboard.press(toets)
        else:
            pagina.keyboard.type(toets)


def hier(pagina: Page) -> tuple[int, int]:
    """Return the row and column of the cell that has the focus."""
    rij, kolom = pagina.evaluate(
        "(() => { const cel = document.activeElement, rijen = [...document.querySelectorAll('tr.invoer')];"
        " const r = rijen.indexOf(cel.closest('tr'));"
        " return [r, [...rijen[r].querySelectorAll('input.cel')].indexOf(cel)] })()"
    )
    return rij, kolom


def test_met_het_toetsenbord_van_inloggen_tot_opgeslagen(
    site: Site, rooster: str, wachtwoord: str, context: BrowserContext
) -> None:
    """No mouse: log in, walk, type, think again, and save; the totals follow, and the server says the same."""
    pagina, klachten = open_rooster(context, rooster, "redacteur", wachtwoord)
    naar_de_eerste_cel(pagina)
    assert hier(pagina) == (0, 0)
    typ(pagina, "-3.000", "Enter", "-2.000", "ArrowRight", "ArrowUp")
    assert hier(pagina) == (0, 1)
    assert totaal(pagina, "lasten", 1) == "\u22125.000"
    typ(pagina, "7", "Escape")
    assert waarden(pagina)[0][1] == "-3.381", "Esc gives the cell back as it was"
    typ(pagina, "F2", "0", "ArrowLeft", "ArrowLeft")
    assert hier(pagina) == (0, 1) and waarden(pagina)[0][1] == "-3.3810", "F2 keeps the arrows inside the cell"
    typ(pagina, "Escape", "Control+End")
    assert hier(pagina) == (4, 5)
    typ(pagina, "Shift+Enter", "Shift+Enter", "ArrowLeft", "ArrowDown")
    assert hier(pagina) == (3, 4)
    typ(pagina, "Control+Home")
    assert hier(pagina) == (0, 0)
    pagina.wait_for_selector("[data-status]:has-text('2 wijzigingen')")
    assert "Totaal lasten" in pagina.inner_text("[data-status]")
    live = pagina.eval_on_selector_all("tr.totaal output", "alle => alle.map(o => o.textContent)")

    typ(pagina, "Control+s")
    pagina.wait_for_selector("text=Opgeslagen om")

    assert pagina.eval_on_selector_all("tr.totaal output", "alle => alle.map(o => o.textContent)") == live
    bewaard = opgeslagen(site)
    assert [bewaard[naam, 1] for naam in REGELS] == [-3_000_000, -2_000_000]
    assert bewaard[REGELS[0], 2] == -3_381_000
    assert klachten == []


@pytest.mark.lang
def test_een_blok_plakken(site: Site, rooster: str, wachtwoord: str, context: BrowserContext) -> None:
    """Five rows of six from a spreadsheet, one cell that can be read in two ways, mended by keyboard; and undo."""
    pagina, klachten = open_rooster(context, rooster, "redacteur", wachtwoord)
    eerst = waarden(pagina)
    blok = [[f"{'-' if rij < 2 else ''}{rij + 1}.{kolom}00" for kolom in range(1, 7)] for rij in range(5)]
    blok[1][2] = "3,516"
    naar_de_eerste_cel(pagina)
    plak(pagina, "\r\n".join("\t".join(rij) for rij in blok) + "\r\n")

    assert "5 \u00d7 6 waarden geplakt, 1 vraag." in pagina.inner_text("[data-plakbalk]")
    assert waarden(pagina) == blok
    typ(pagina, "Control+z")
    assert waarden(pagina) == eerst
    typ(pagina, "Control+y")
    assert waarden(pagina) == blok
    typ(pagina, "Control+Home", "ArrowDown", "ArrowRight", "ArrowRight")
    assert pagina.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    assert "Wat betekent 3,516?" in pagina.inner_text("[aria-invalid=true] ~ .fout")
    typ(pagina, "Tab")
    assert pagina.evaluate("document.activeElement.textContent") == "3516"
    typ(pagina, "Enter")
    assert waarden(pagina)[1][2] == "3516" and pagina.query_selector("[aria-invalid=true]") is None
    typ(pagina, "-2.300", "Control+s")
    pagina.wait_for_selector("text=Opgeslagen om")

    bewaard = opgeslagen(site)
    assert len(bewaard) == 30
    assert bewaard[REGELS[1], 3] == -2_300_000 and bewaard[REGELS[0], 6] == -1_600_000
    assert klachten == []


@pytest.mark.lang
def test_wat_buiten_de_tabel_valt_wordt_gezegd(rooster: str, wachtwoord: str, context: BrowserContext) -> None:
    pagina, _ = open_rooster(context, rooster, "redacteur", wachtwoord)
    pagina.locator("input.cel").last.focus()
    plak(pagina, "1\t2\n3\t4\n")
    balk = pagina.inner_text("[data-plakbalk]")
    assert "3 waarden vielen buiten de tabel en zijn niet geplakt" in balk
    assert waarden(pagina)[4][5] == "1"
    pagina.click("text=Plakken ongedaan maken")
    assert waarden(pagina)[4][5] != "1"


@pytest.mark.lang
def test_een_wijziging_is_te_zien_en_weggaan_waarschuwt(rooster: str, wachtwoord: str, context: BrowserContext) -> None:
    pagina = context.new_page()
    vragen: list[str] = []
    pagina.on("dialog", lambda vraag: (vragen.append(vraag.type), vraag.dismiss()))
    pagina.goto(rooster)
    pagina.fill("#id_login", "redacteur")
    pagina.fill("#id_password", wachtwoord)
    pagina.keyboard.press("Enter")
    pagina.wait_for_selector("table.rooster")
    cel = pagina.locator("input.cel").first
    naam = NAAM_VAN_DE_EERSTE_CEL
    assert not pagina.evaluate(naam).strip().endswith("gewijzigd")
    cel.click()
    typ(pagina, "-1")
    assert pagina.evaluate(naam).strip().endswith("Realisatie 2023 gewijzigd")
    assert "gewijzigd" in (pagina.locator("td.bedrag").first.get_attribute("class") or "")
    assert "Meer dan 25" not in pagina.inner_text("tr.invoer")

    pagina.click(".breadcrumbs a")
    assert vragen == ["beforeunload"]
    assert pagina.locator("input.cel").first.input_value() == "-1"


def test_zonder_javascript(site: Site, rooster: str, wachtwoord: str, chromium: Browser) -> None:
    """A plain form: the same save, the same questions, nothing lost."""
    context = chromium.new_context(java_script_enabled=False)
    pagina = context.new_page()
    pagina.goto(rooster)
    pagina.fill("#id_login", "redacteur")
    pagina.fill("#id_password", wachtwoord)
    pagina.click("main [type=submit]")
    pagina.locator("input.cel").nth(0).fill("3,516")
    pagina.locator("input.cel").nth(1).fill("-4.000")
    pagina.click(".opslaan button")
    assert "Er is nog niets bewaard" in pagina.inner_text(".vragenblok")
    assert pagina.locator("input.cel").nth(1).input_value() == "-4.000"
    pagina.locator("input.cel").nth(0).fill("-3.516")
    pagina.select_option("[name=nieuw_soort]", "toevoeging")
    pagina.click("text=Lege regels toevoegen")
    pagina.fill("tr.nieuw input.tekst", "Naar de reserve")
    pagina.locator("tr.nieuw input.cel").first.fill("-12")
    pagina.click(".opslaan button")
    assert "Opgeslagen om" in pagina.inner_text(".messagelist")

    bewaard = opgeslagen(site)
    assert (bewaard[REGELS[0], 1], bewaard[REGELS[0], 2]) == (-3_516_000, -4_000_000)
    assert bewaard["toevoeging Naar de reserve", 1] == -12_000
    context.close()


def test_twee_mensen_een_cel(
    site: Site, rooster: str, wachtwoord: str, chromium: Browser, context: BrowserContext
) -> None:
    """The second one sees both amounts side by side, keeps what was typed, and chooses."""
    pagina, _ = open_rooster(context, rooster, "redacteur", wachtwoord)
    andere_context = chromium.new_context(viewport={"width": 1280, "height": 900})
    ander, _ = open_rooster(andere_context, rooster, "rik", "een-lang-wachtwoord")
    for wie, bedrag in ((pagina, "-8.000"), (ander, "-9.000")):
        wie.locator("input.cel").first.click()
        typ(wie, bedrag)
    typ(pagina, "Control+s")
    pagina.wait_for_selector("text=Opgeslagen om")
    ander.locator("input.cel").nth(1).click()
    typ(ander, "-7.000", "Control+s")

    ander.wait_for_selector(".botsingblok")
    rij = ander.inner_text(".botsingen tbody tr")
    assert [deel.split() for deel in rij.split("\t")][1:3] == [["-3.153"], ["-9.000"]]
    assert rij.split("\t")[3].split()[:2] == ["-8.000", "redacteur,"], "who, and when"
    assert overtredingen(ander) == []
    assert waarden(ander)[0][:2] == ["-9.000", "-7.000"]
    ander.check("text=mijn invoer")
    typ(ander, "Control+s")
    ander.wait_for_selector("text=Opgeslagen om")

    bewaard = opgeslagen(site)
    assert (bewaard[REGELS[0], 1], bewaard[REGELS[0], 2]) == (-9_000_000, -7_000_000)
    andere_context.close()


def status(pagina: Page, zin: str) -> None:
    """Wait until the status line says this."""
    expect(pagina.locator("[data-status]")).to_contain_text(zin)


def kolommen(pagina: Page, rij: int) -> list[str]:
    """Return the texts of a row."""
    return waarden(pagina)[rij]


@pytest.mark.lang
def test_een_blok_heen_en_terug(rooster: str, wachtwoord: str, context: BrowserContext) -> None:
    """Choose by keyboard, copy what a spreadsheet expects, and paste it back unchanged; every step can be undone."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    pagina, klachten = open_rooster(context, rooster, "redacteur", wachtwoord)
    eerst = waarden(pagina)
    naar_de_eerste_cel(pagina)
    typ(pagina, "Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "Shift+ArrowDown")
    status(pagina, "3 \u00d7 2 cellen gekozen, som min 12.390.")
    assert hier(pagina) == (0, 0) and pagina.locator("td.gekozen").count() == 6
    pagina.emulate_media(forced_colors="active")
    rand = "getComputedStyle(document.querySelector('td.gekozen'), '::after').borderTopWidth"
    assert pagina.evaluate(rand) == "2px", "not by colour only"
    pagina.emulate_media(forced_colors="none")
    assert overtredingen(pagina) == []

    typ(pagina, "Control+c")
    status(pagina, "3 \u00d7 2 cellen gekopieerd.")
    tekst = "-3.153\t-3.381\r\n-2.921\t-3.171\r\n110\t126\r\n"
    assert pagina.evaluate("navigator.clipboard.readText()") == tekst
    typ(pagina, "Escape")
    assert pagina.locator("td.gekozen").count() == 0 and waarden(pagina) == eerst, "Esc ends the choice, and no more"
    typ(pagina, "Control+v")
    assert waarden(pagina) == eerst, "what was copied comes back unchanged"
    typ(pagina, "Control+End", "ArrowUp", "ArrowUp", "ArrowLeft", "Control+v")
    assert [rij[4:] for rij in waarden(pagina)][2:] == [["-3.153", "-3.381"], ["-2.921", "-3.171"], ["110", "126"]]
    typ(pagina, "Control+z")
    assert waarden(pagina) == eerst

    typ(pagina, "Control+Home", "Shift+ArrowDown", "Control+x")
    assert [rij[0] for rij in waarden(pagina)][:3] == ["", "", "110"]
    assert pagina.evaluate("navigator.clipboard.readText()") == "-3.153\r\n-2.921\r\n"
    typ(pagina, "Control+z")
    assert waarden(pagina) == eerst
    typ(pagina, "Control+Home", "Shift+ArrowRight", "Delete")
    assert kolommen(pagina, 0)[:3] == ["", "", "-3.516"]
    typ(pagina, "Control+z")

    typ(pagina, "Control+Home", "ArrowRight", "F2", "Shift+ArrowLeft", "Shift+ArrowLeft")
    assert pagina.locator("td.gekozen").count() == 0, "F2: Shift and the arrows stay inside the text"
    typ(pagina, "Control+c")
    assert pagina.evaluate("navigator.clipboard.readText()") == "81"
    typ(pagina, "ArrowRight", "Control+c")
    assert pagina.evaluate("navigator.clipboard.readText()") == "-3.381", "nothing chosen in the text: the whole cell"
    assert waarden(pagina) == eerst and klachten == []


@pytest.mark.lang
def test_vullen(rooster: str, wachtwoord: str, context: BrowserContext) -> None:
    """Fill to the right and down, by key and by button; one value into a block, and a block that is repeated."""
    pagina, klachten = open_rooster(context, rooster, "redacteur", wachtwoord)
    eerst = waarden(pagina)
    naar_de_eerste_cel(pagina)
    typ(pagina, "Shift+ArrowRight", "Shift+ArrowRight", "Control+r")
    assert kolommen(pagina, 0) == ["-3.153"] * 3 + eerst[0][3:]
    status(pagina, "2 cellen naar rechts gevuld.")
    typ(pagina, "Control+z")
    assert waarden(pagina) == eerst
    typ(pagina, "Control+Home", "Shift+ArrowDown", "Shift+ArrowRight", "Control+d")
    assert [rij[:2] for rij in waarden(pagina)][:3] == [["-3.153", "-3.381"]] * 2 + [eerst[2][:2]]
    pagina.click("[data-doe=ongedaan]")
    assert waarden(pagina) == eerst

    pagina.locator("input.cel").nth(1).click()
    pagina.locator("input.cel").nth(9).click(modifiers=["Shift"])
    status(pagina, "2 \u00d7 3 cellen gekozen")
    pagina.click("text=Naar rechts vullen")
    status(pagina, "4 cellen naar rechts gevuld.")
    assert [rij[1:4] for rij in waarden(pagina)][:2] == [["-3.381"] * 3, ["-3.171"] * 3]
    assert hier(pagina) == (0, 1) and pagina.locator("td.gekozen").count() == 6
    pagina.click("[data-doe=ongedaan]")
    pagina.locator("input.cel").first.hover()
    pagina.mouse.down()
    pagina.locator("input.cel").nth(9).hover()
    pagina.mouse.up()
    status(pagina, "2 \u00d7 4 cellen gekozen")
    plak(pagina, "-7")
    assert [rij[:4] for rij in waarden(pagina)][:2] == [["-7"] * 4] * 2
    plak(pagina, "-1\t-2\r\n")
    assert [rij[:5] for rij in waarden(pagina)][:2] == [["-1", "-2"] * 2 + [rij[4]] for rij in eerst[:2]]
    typ(pagina, "Control+z", "Control+z")
    assert waarden(pagina) == eerst

    pagina.locator("input.cel").nth(2).click()
    pagina.click("[data-doe=kies]")
    pagina.locator("input.cel").nth(8).click()
    status(pagina, "2 \u00d7 1 cellen gekozen")
    assert pagina.get_attribute("[data-doe=kies]", "aria-pressed") == "false"
    typ(pagina, "Control+a")
    status(pagina, "5 \u00d7 6 cellen gekozen")
    assert klachten == []


@pytest.mark.lang
def test_wie_hier_nog_meer_is(rooster: str, wachtwoord: str, chromium: Browser, context: BrowserContext) -> None:
    """Each sees the other, without loading again; who leaves is gone; and without a script one sees it too."""
    pagina, klachten = open_rooster(context, rooster, "redacteur", wachtwoord)
    expect(pagina.locator("[data-aanwezig]")).to_be_empty()
    andere_context = chromium.new_context(java_script_enabled=False)
    zonder = andere_context.new_page()
    zonder.goto(rooster)
    zonder.fill("#id_login", "rik")
    zonder.fill("#id_password", "een-lang-wachtwoord")
    zonder.click("main [type=submit]")
    assert zonder.inner_text("[data-aanwezig]") == "redacteur bewerkt dit programma nu."
    andere_context.close()

    andere_context = chromium.new_context()
    with andere_context.expect_event("response", lambda antwoord: antwoord.url.endswith("/aanwezig/")):
        ander, _ = open_rooster(andere_context, rooster, "rik", "een-lang-wachtwoord")
    expect(ander.locator("[data-aanwezig]")).to_have_text("redacteur bewerkt dit programma nu.")
    with pagina.expect_response("**/aanwezig/"):
        pagina.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(pagina.locator("[data-aanwezig]")).to_have_text("rik bewerkt dit programma nu.")
    with ander.expect_response("**/aanwezig/"):
        ander.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    andere_context.close()
    pagina.reload()
    expect(pagina.locator("[data-aanwezig]")).to_be_empty()
    assert klachten == []


@pytest.mark.lang
def test_klopt_de_eenheid(site: Site, rooster: str, wachtwoord: str, context: BrowserContext) -> None:
    """A column in euros pasted in a grid of thousands: asked at once, asked when saving, and stored after a yes."""
    pagina, _ = open_rooster(context, rooster, "redacteur", wachtwoord)
    pagina.locator("input.cel").nth(2).click()
    plak(pagina, "-3.516.000\r\n-3.070.000\r\n")
    vraag = "bij Primaire begroting 2025 zijn gemiddeld 1.000 keer groter dan wat er stond. Klopt de eenheid?"
    expect(pagina.locator("[data-plakbalk]")).to_contain_text(vraag)
    typ(pagina, "Control+s")
    expect(pagina.locator(".eenheidvraag")).to_contain_text(vraag)
    assert pagina.evaluate("document.activeElement.id") == "eenheid"
    for breedte in (390, 1280):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        assert overtredingen(pagina) == []
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    assert opgeslagen(site)[REGELS[0], 3] == -3_516_000
    typ(pagina, "Tab", "Enter")
    pagina.wait_for_selector("text=Opgeslagen om")
    assert opgeslagen(site)[REGELS[0], 3] == -3_516_000_000


@pytest.mark.lang
@pytest.mark.parametrize("breedte", [1280, 390])
def test_toegankelijk(site: Site, rooster: str, wachtwoord: str, context: BrowserContext, breedte: int) -> None:
    """No axe violations and no sideways scrolling: the grid, with questions, after a refusal, and view-only."""
    pagina, _ = open_rooster(context, rooster, "redacteur", wachtwoord)
    pagina.set_viewport_size({"width": breedte, "height": 900})

    def kijk_na() -> None:
        assert overtredingen(pagina) == []
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte

    kijk_na()
    assert pagina.evaluate(
        "document.querySelector('.roostervak').scrollWidth > document.querySelector('.roostervak').clientWidth"
    )
    pagina.evaluate("document.querySelector('table.rooster').closest('.roostervak').scrollLeft = 300")
    eerste = pagina.evaluate("document.querySelector('tr.invoer th').getBoundingClientRect().left")
    assert eerste >= 0, "the first column stays in sight"
    pagina.locator("input.cel").first.focus()
    plak(pagina, "3,516\tabc\n-1\t-2\n")
    kijk_na()
    pagina.click(".opslaan button")
    pagina.wait_for_selector(".vragenblok")
    assert pagina.evaluate("document.activeElement.id") == "vragen"
    kijk_na()
    pagina.click(".vragenblok a")
    assert hier(pagina) == (0, 0)
    pagina.goto(rooster.replace("rooster/", "delete/"))
    kijk_na()
    gepubliceerd = site.manage("shell", invoer=GEPUBLICEERD).split("pk ")[-1].strip()
    pagina.goto(f"{site.adres}/beheer/programma/programma/{gepubliceerd}/rooster/")
    assert "ligt vast" in pagina.inner_text(".vast")
    kijk_na()


def test_de_getallen_van_het_script_zijn_die_van_de_server(
    rooster: str, wachtwoord: str, context: BrowserContext
) -> None:
    """One table of cases for both readers (tests/veiligheid/getallen.json)."""
    pagina, _ = open_rooster(context, rooster, "redacteur", wachtwoord)
    gevallen = json.loads((Path(__file__).parents[1] / "veiligheid" / "getallen.json").read_text(encoding="utf-8"))
    gelezen = pagina.evaluate(
        "gevallen => gevallen.map(([tekst, decimalen]) => { const u = getallen.lees(tekst, {heel: true, decimalen});"
        " return {leeg: null, getal: u.waarde, meerduidig: u.lezingen, onleesbaar: false}[u.soort]; })",
        gevallen,
    )
    assert len(gevallen) > 50
    assert list(zip(gevallen, gelezen, strict=True)) == [(geval, geval[2]) for geval in gevallen]
