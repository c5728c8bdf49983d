"""An import in a real browser: from a wrong file to a changed concept and back, accessible at each step."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

KOPPEN = ["Pakket", "Soort", "Omschrijving", "Rekening 2023", "Begroting na wijziging 2024", "Begroting 2025"]
LASTEN_1E = ["1E", "lasten", "Rampenbestrijding en crisisorganisatie", 3153, 3381, 3600]
FOUT = ["1H", "lasten", "Bestaat niet", 1, "3,516", 3]
GOED = ["1F", "baten", "Integraal veiligheidsbeleid en openbare orde", 445, "312", "50"]
TOTAAL = ["Totaal lasten", None, None, 3153, 3381, 3700]
CONCEPT = """
from django.contrib.auth.models import User
from programma import publicatie
from programma.models import Versie
gepubliceerd = Versie.objects.gepubliceerd().get(document__slug="programmabegroting-2025")
versie = publicatie.maak_concept(gepubliceerd, door=User.objects.get(username="redacteur"))
print("versie", versie.pk)
"""


def werkmap(*rijen: list[object]) -> bytes:
    """Return an xlsx as an editor has it: a line with the unit, a header, lines."""
    boek = openpyxl.Workbook()
    blad = boek.active
    blad.title = "Programma 1"
    for rij in (["Bedragen x € 1.000"], KOPPEN, *rijen):
        blad.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


@pytest.fixture(scope="module")
def concept(site: Site, zonder_concepten: None) -> int:
    """A concept of the demonstration's budget."""
    return int(site.manage("shell", "-v0", invoer=CONCEPT).rsplit("versie", 1)[1])


def inloggen(chromium: Browser, site: Site, breedte: int, **opties: object) -> tuple[Page, list[str]]:
    """Open the admin as the redacteur; return the page and the list of complaints of the console."""
    wachtwoord = json.loads(Path(site.omgeving["VAR"], "demo-accounts.json").read_text(encoding="utf-8"))["redacteur"]
    context = chromium.new_context(viewport={"width": breedte, "height": 900}, **opties)
    pagina = context.new_page()
    klachten: list[str] = []
    pagina.on("console", lambda bericht: bericht.type == "error" and klachten.append(bericht.text))
    pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
    pagina.goto(f"{site.adres}/beheer/")
    pagina.fill("input[name=login]", "redacteur")
    pagina.fill("input[name=password]", wachtwoord)
    pagina.click("main [type=submit]")
    return pagina, klachten


def keur(pagina: Page, breedte: int, klachten: list[str]) -> None:
    """The page as it stands is accessible, not wider than the screen, and the console had nothing to say."""
    assert klachten == []
    assert overtredingen(pagina) == []
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    klachten.clear()  # axe itself applies two inline styles


def lees(pagina: Page, site: Site, versie: int, naam: str, inhoud: bytes) -> None:
    """Bring a file and say yes to how it is read."""
    pagina.goto(f"{site.adres}/beheer/programma/import/nieuw/?versie={versie}")
    pagina.set_input_files("input[type=file]", {"name": naam, "mimeType": "application/zip", "buffer": inhoud})
    pagina.click("text=Bestand lezen")


@pytest.mark.parametrize("breedte", [1280, pytest.param(390, marks=pytest.mark.lang)])
def test_van_een_fout_bestand_naar_een_gewijzigd_concept(
    chromium: Browser, site: Site, concept: int, breedte: int
) -> None:
    pagina, klachten = inloggen(chromium, site, breedte)
    pagina.goto(f"{site.adres}/beheer/programma/import/nieuw/?versie={concept}")
    keur(pagina, breedte, klachten)

    lees(pagina, site, concept, "fout.xlsx", werkmap(LASTEN_1E, FOUT))
    if "herkennen" in pagina.url:
        assert pagina.is_checked("input[name=eenheid][value='1000']")
        assert pagina.is_checked("input[name=teken][value=gedrukt]")
        keur(pagina, breedte, klachten)
        pagina.click("button:has-text('Controleren')")
    assert "Er is 1 rij met een fout. Er is niets opgeslagen." in pagina.inner_text("main")
    assert "Bedoelt u '1E' of '1F'?" in pagina.inner_text("main")
    assert "Eén getal kan op twee manieren worden gelezen" in pagina.inner_text("main")
    assert pagina.locator("button:has-text('importeren')").count() == 0
    with pagina.expect_download() as download:
        pagina.click("text=Uw bestand met de fouten erbij")
    assert download.value.suggested_filename == "fout-met-fouten.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).sheetnames == [
        "Programma 1",
        "Fouten",
    ]
    keur(pagina, breedte, klachten)

    lees(pagina, site, concept, "goed.xlsx", werkmap(LASTEN_1E, GOED))
    pagina.click("button:has-text('Controleren')")
    tekst = pagina.inner_text("main")
    assert "−3.600.000" in tekst and "−3.516.000" in tekst and "−84.000" in tekst
    keur(pagina, breedte, klachten)
    for stand in ("gelijk", "nieuw", "fout"):
        pagina.click(f".keuze a:has-text('{stand}')")
        keur(pagina, breedte, klachten)
    pagina.click("button:has-text('importeren')")
    assert "Het bestand goed.xlsx is geïmporteerd." in pagina.inner_text("body")
    keur(pagina, breedte, klachten)

    lees(pagina, site, concept, "goed.xlsx", zoals_bewaard(pagina))
    assert "Dit bestand is al geïmporteerd." in pagina.inner_text("body")
    pagina.click("button:has-text('Import ongedaan maken')")
    assert "is ongedaan gemaakt." in pagina.inner_text("body")
    pagina.goto(f"{site.adres}/beheer/programma/import/export/?versie={concept}")
    keur(pagina, breedte, klachten)
    assert klachten == []
    pagina.context.close()


def zoals_bewaard(pagina: Page) -> bytes:
    """Return the bytes of the import that the page shows, as the site kept them."""
    return pagina.context.request.get(pagina.url.replace("/controle/", "/bestand/")).body()


@pytest.mark.lang
def test_alles_werkt_zonder_javascript(chromium: Browser, site: Site, concept: int) -> None:
    pagina, _ = inloggen(chromium, site, 1280, java_script_enabled=False)
    lees(pagina, site, concept, "kaal.xlsx", werkmap([*LASTEN_1E[:4], "3,381", "3,600"], TOTAAL))
    pagina.click("button:has-text('Controleren')")
    assert "2 getallen kunnen op twee manieren worden gelezen" in pagina.inner_text("main")
    pagina.check("input[name=lees-E3][value=duizend]")
    pagina.click("button:has-text('Keuzes bewaren')")
    assert "Eén getal kan op twee manieren worden gelezen" in pagina.inner_text("main")
    pagina.check("input[name=lees-F3][value=duizend]")
    pagina.click("button:has-text('Keuzes bewaren')")
    assert "1 sluit niet aan" in pagina.inner_text("main")
    pagina.click("button:has-text('importeren')")
    assert "Gekozen door" in pagina.inner_text("main")
    pagina.click("button:has-text('Import ongedaan maken')")
    assert "is ongedaan gemaakt." in pagina.inner_text("body")
    with pagina.expect_download() as download:
        pagina.goto(f"{site.adres}/beheer/programma/import/export/?versie={concept}&soort=regels&breed=1")
        pagina.select_option("select[name=soort]", "regels")
        pagina.click("button:has-text('Exporteren')")
    assert download.value.suggested_filename == "programmabegroting-2025-versie-2-regels-breed.xlsx"
    pagina.context.close()


def test_een_botsing_is_leesbaar(chromium: Browser, site: Site, concept: int) -> None:
    pagina, klachten = inloggen(chromium, site, 390)
    lees(pagina, site, concept, "botst.xlsx", werkmap([*LASTEN_1E[:5], 3700]))
    pagina.click("button:has-text('Controleren')")
    site.manage(
        "shell",
        "-v0",
        invoer=(
            "from programma.models import Bedrag\n"
            f"Bedrag.objects.filter(versie={concept}, euro=-3516000).update(euro=-3517000)\n"
        ),
    )
    pagina.click("button:has-text('importeren')")
    assert "Een collega wijzigde dit intussen. Er is niets opgeslagen." in pagina.inner_text("main")
    assert all("409" in klacht for klacht in klachten)
    klachten.clear()
    keur(pagina, 390, klachten)
    pagina.click("button:has-text('Opnieuw controleren')")
    assert "−3.517.000" in pagina.inner_text("main")
    pagina.context.close()
