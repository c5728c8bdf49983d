"""The screens of the work in a real browser: start page per role, progress, publication screen, comparison."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site
from tests.browser.test_pagina import overtredingen

pytestmark = pytest.mark.lang
BREEDTES = [1280, 390]

# A document of its own, so that what is published here is in nobody's way: a version like the demonstration, and a
# concept after it with a change of each kind.
WERK = """
from django.contrib.auth.models import User
from programma import publicatie
from programma.kopie import kopieer_alles
from programma.models import Bedrag, Begrotingsregel, Document, Doel, Pakket, Sectie, Versie
from veiligheid.namens import namens
redacteur, publicist = (User.objects.get(username=naam) for naam in ("redacteur", "publicist"))
document = Document.objects.create(soort="kadernota", jaar=2025, titel="Kadernota 2025", slug="kadernota-2025")
eerste = publicatie.nieuwe_versie(document, door=redacteur)
with namens(redacteur.pk):
    kopieer_alles(Versie.objects.get(document__slug="programmabegroting-2025", nummer=1), eerste)
publicatie.dien_in(eerste, door=redacteur, samenvatting="De eerste versie, gelijk aan de begroting.")
publicatie.keur_goed(eerste, door=publicist)
eerste = publicatie.publiceer(eerste, door=publicist)
concept = publicatie.maak_concept(eerste, door=redacteur)
with namens(redacteur.pk, via="formulier"):
    for bedrag in Bedrag.objects.filter(versie=concept, kolom__jaar=2025, regel__soort="lasten")[:2]:
        bedrag.euro -= 250000
        bedrag.save()
    regel = Begrotingsregel.objects.filter(versie=concept, soort="lasten").first()
    regel.toelichting = "De bijdrage aan de veiligheidsregio stijgt."
    regel.save()
    sectie = Sectie.objects.filter(versie=concept, pakket__isnull=False).first()
    sectie.tekst += " <script>alert(1)</script> Dit is nieuw."
    sectie.te_herzien = True
    sectie.save()
    doel = Doel.objects.filter(versie=concept).exclude(tekst="").first()
    doel.streefjaar = 2029
    doel.save()
    pakket = Pakket.objects.filter(versie=concept).first()
    leges = Begrotingsregel(versie=concept, pakket=pakket, soort="baten", omschrijving="Leges", sleutel="r-leges")
    leges.save()
print(concept.pk, eerste.pk)
"""


OPGERUIMD = """
from django.contrib.auth.models import User
from programma import publicatie
from programma.models import Versie
for versie in Versie.objects.gepubliceerd().filter(document__slug="kadernota-2025"):
    publicatie.trek_in(versie, door=User.objects.get(username="publicist"), reden="Klaar met kijken.")
"""


@pytest.fixture(scope="module")
def versies(site: Site) -> Iterator[tuple[int, int]]:
    """The concept with changes, and the published version that it was copied from; withdrawn afterwards."""
    concept, eerste = site.manage("shell", "--no-imports", "-c", WERK).split()[-2:]
    yield int(concept), int(eerste)
    site.manage("shell", "--no-imports", "-c", OPGERUIMD)


@pytest.fixture(scope="module")
def ingelogd(chromium: Browser, site: Site) -> Iterator[dict[str, BrowserContext]]:
    """A browser context per role, logged in once."""
    accounts = json.loads((Path(site.omgeving["VAR"]) / "demo-accounts.json").read_text(encoding="utf-8"))
    contexten = {}
    for rol, wachtwoord in accounts.items():
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        pagina = context.new_page()
        pagina.goto(f"{site.adres}/beheer/")
        pagina.fill("input[name=username], input[name=login]", rol)
        pagina.fill("input[name=password]", wachtwoord)
        pagina.click("main [type=submit], #content [type=submit]")
        pagina.wait_for_url("**/beheer/")
        pagina.close()
        contexten[rol] = context
    yield contexten
    for context in contexten.values():
        context.close()


def open_als(
    ingelogd: dict[str, BrowserContext], site: Site, rol: str, pad: str, breedte: int = 1280
) -> tuple[Page, list[str]]:
    """Open a page as this role; return it with its console errors and foreign requests."""
    pagina = ingelogd[rol].new_page()
    pagina.set_viewport_size({"width": breedte, "height": 900})
    klachten: list[str] = []
    pagina.on("console", lambda bericht: bericht.type == "error" and klachten.append(bericht.text))
    pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
    pagina.on("request", lambda verzoek: verzoek.url.startswith(site.adres) or klachten.append(verzoek.url))
    pagina.goto(site.adres + pad)
    return pagina, klachten


def keur(pagina: Page, klachten: list[str], breedte: int) -> None:
    """No axe violations, details closed and open; no complaint; no page wider than the screen."""
    assert klachten == []
    for _ in range(2):
        assert overtredingen(pagina) == []
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
        pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    pagina.close()


@pytest.mark.parametrize("breedte", BREEDTES)
@pytest.mark.parametrize("rol", ["redacteur", "publicist", "schrijver", "auditor", "beheerder"])
def test_startpagina(
    ingelogd: dict[str, BrowserContext], site: Site, versies: tuple[int, int], rol: str, breedte: int
) -> None:
    pagina, klachten = open_als(ingelogd, site, rol, "/beheer/", breedte)
    assert pagina.inner_text("h1") == "Start"
    assert pagina.is_visible("text=Wat wacht op mij")
    keur(pagina, klachten, breedte)


@pytest.mark.parametrize("breedte", BREEDTES)
@pytest.mark.parametrize("wat", ["voortgang", "concept", "gepubliceerd", "vergelijken", "vergelijken-leeg", "gelijk"])
def test_schermen(
    ingelogd: dict[str, BrowserContext], site: Site, versies: tuple[int, int], wat: str, breedte: int
) -> None:
    concept, eerste = versies
    pad = {
        "voortgang": f"/beheer/programma/versie/{concept}/voortgang/",
        "concept": f"/beheer/programma/versie/{concept}/change/",
        "gepubliceerd": f"/beheer/programma/versie/{eerste}/change/",
        "vergelijken": f"/beheer/vergelijken/?a={eerste}&b={concept}",
        "vergelijken-leeg": "/beheer/vergelijken/",
        "gelijk": f"/beheer/vergelijken/?a={eerste}&b={eerste}",
    }[wat]
    pagina, klachten = open_als(ingelogd, site, "redacteur", pad, breedte)
    keur(pagina, klachten, breedte)


def test_het_verschil_toont_woorden_en_voert_niets_uit(
    ingelogd: dict[str, BrowserContext], site: Site, versies: tuple[int, int]
) -> None:
    """Text of an editor is shown as text, never run."""
    pagina, klachten = open_als(ingelogd, site, "publicist", f"/beheer/programma/versie/{versies[0]}/change/")
    assert "<script>alert(1)</script> Dit is nieuw." in " ".join(pagina.locator("ins").all_inner_texts())
    tabel = pagina.inner_text("table:has(#bedragen-titel)")
    assert "\u2212€\u00a0250.000" in tabel
    assert "De bijdrage aan de veiligheidsregio stijgt." in tabel and "geen toelichting gegeven" in tabel
    assert klachten == []
    pagina.close()


@pytest.mark.parametrize("breedte", BREEDTES)
def test_zonder_samenvatting_geen_indiening(
    ingelogd: dict[str, BrowserContext], site: Site, versies: tuple[int, int], breedte: int
) -> None:
    """What the browser would stop is stopped by the site too, on a page that asks again."""
    pad = f"/beheer/programma/versie/{versies[0]}/change/"
    pagina, klachten = open_als(ingelogd, site, "redacteur", pad, breedte)
    pagina.evaluate("document.querySelectorAll('form').forEach(f => { f.noValidate = true })")
    pagina.click("button:has-text('Indienen')")
    assert pagina.is_visible("text=Er is nog niets gedaan.")
    keur(pagina, [klacht for klacht in klachten if "422" not in klacht], breedte)


def test_elk_vak_en_elke_bevinding_leidt_ergens_heen(
    ingelogd: dict[str, BrowserContext], site: Site, versies: tuple[int, int]
) -> None:
    pagina, _ = open_als(ingelogd, site, "redacteur", f"/beheer/programma/versie/{versies[0]}/voortgang/")
    adressen = pagina.evaluate(
        "[...new Set([...document.querySelectorAll('.matrix td a, .bevindingenlijst a')].map(a => a.href))]"
    )
    assert len(adressen) > 8
    for adres in adressen:
        antwoord = pagina.request.get(adres)
        assert antwoord.status == 200 and antwoord.url.split("#")[0] == adres.split("#")[0], adres
    assert {"klaar", "nog te herzien"} <= set(pagina.locator(".matrix td strong").all_inner_texts())
    pagina.close()


def test_van_concept_tot_vastgesteld_met_de_knoppen(
    ingelogd: dict[str, BrowserContext], site: Site, versies: tuple[int, int]
) -> None:
    """The whole way, each by who may: nobody sees a button that would refuse them."""
    concept = versies[0]
    site.manage(
        "shell", "--no-imports", "-c",
        "from programma.models import GedruktTotaal, Sectie; from django.contrib.auth.models import User\n"
        "from veiligheid.namens import namens\n"
        "with namens(User.objects.get(username='redacteur').pk):\n"
        f"    Sectie.objects.filter(versie={concept}).update(te_herzien=False)\n"
        f"    GedruktTotaal.objects.filter(versie={concept}).update(toelichting='Na de tweede ronde.')",
    )  # fmt: skip
    pad = f"/beheer/programma/versie/{concept}/change/"

    pagina, _ = open_als(ingelogd, site, "publicist", pad)
    assert pagina.is_visible("text=staat hier geen knop om dit te doen")
    assert "redacteur" in pagina.inner_text(".blad__volgende")
    pagina.close()
    pagina, _ = open_als(ingelogd, site, "redacteur", pad)
    samenvatting = "De lasten van 2025 zijn bijgewerkt.\nDe leges zijn nieuw."
    for intrekken in (True, False):
        pagina.fill("#dien_in_samenvatting", samenvatting)
        pagina.click("button:has-text('Indienen')")
        assert "ingediend en wacht op goedkeuring" in pagina.inner_text(".messagelist")
        assert samenvatting in pagina.inner_text(".blad__gezegd")
        assert pagina.locator(".blad__volgende button").all_inner_texts() == ["Indiening intrekken"]
        assert "rol publicist" in pagina.inner_text(".blad__volgende")
        if intrekken:
            assert overtredingen(pagina) == []
            pagina.click("button:has-text('Indiening intrekken')")
            assert "is nu een concept" in pagina.inner_text(".messagelist")
            assert pagina.input_value("#dien_in_samenvatting") == samenvatting
    pagina.close()

    pagina, _ = open_als(ingelogd, site, "publicist", "/beheer/")
    pagina.click("text=Lees en keur goed: Kadernota 2025")
    pagina.click("button:has-text('Goedkeuren')")
    assert "goedgekeurd en wacht op publicatie" in pagina.inner_text(".messagelist")
    pagina.click("button:has-text('Nu publiceren')")
    assert "gepubliceerd en aangeboden aan de raad" in pagina.inner_text(".messagelist")
    pagina.fill("#stel_vast_nummer", "2024-31")
    pagina.fill("#stel_vast_datum", "2024-11-07")
    pagina.click("button:has-text('Raadsbesluit vastleggen')")
    assert "vastgesteld door de raad" in pagina.inner_text(".messagelist")
    assert pagina.inner_text("[aria-current=step]").startswith("Vastgesteld")
    pagina.close()
