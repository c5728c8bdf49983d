"""The screens of the manuals: each can be made, and each that a manual names is there.

`make schermen` (SCHERMEN=1) writes them into docs/schermen/; otherwise they are made and thrown away.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.mensen import Mens
from tests.browser.test_rooster import naar_de_eerste_cel, plak, typ
from tests.browser.test_verhaal import FOUT, LASTEN_1E, lees_bestand, naar_de_versie, werkmap

pytestmark = pytest.mark.lang
DOCS = Path(settings.BASE_DIR, "docs")
HANDLEIDINGEN = ("handleiding-redacteur.md", "handleiding-publicist.md", "handleiding-auditor.md")
BEELD = re.compile(r"!\[([^\]]*)\]\(schermen/([a-z-]+)\.png\)")
BLOK = "-3.153\t-3.381\t3,516\r\n-2.921\t-3.171\t-3.070\r\n"
MAAT = {"width": 1100, "height": 720}


class Fotograaf:
    """Takes the screens, and remembers which."""

    def __init__(self, map: Path) -> None:
        self._map = map
        self.namen: set[str] = set()

    def neem(self, mens: Mens, naam: str) -> None:
        """Take the screen as it stands, from the top."""
        self.neem_blad(mens.pagina, naam)

    def neem_blad(self, pagina: Page, naam: str) -> None:
        """Take a page that is not the first of somebody."""
        pagina.set_viewport_size(MAAT)
        pagina.screenshot(path=self._map / f"{naam}.png", animations="disabled")
        self.namen.add(naam)


@pytest.fixture
def fotograaf(tmp_path: Path) -> Fotograaf:
    """Write into the manuals only when asked."""
    return Fotograaf(DOCS / "schermen" if os.environ.get("SCHERMEN") == "1" else tmp_path)


@pytest.fixture
def mensen(eigen_site: Site, chromium: Browser) -> Iterator[dict[str, Mens]]:
    """Those that the manuals are about, each logged in."""
    mensen = {rol: Mens(chromium, eigen_site, rol) for rol in ("redacteur", "publicist", "schrijver", "auditor")}
    yield mensen
    for mens in mensen.values():
        mens.weg()


def genoemd() -> dict[str, str]:
    """Return the images that the manuals name, with the text for who cannot see them."""
    tekst = "\n".join((DOCS / naam).read_text(encoding="utf-8") for naam in HANDLEIDINGEN)
    return {naam: alt for alt, naam in BEELD.findall(tekst)}


def test_elk_beeld_van_een_handleiding_bestaat_en_is_klein() -> None:
    for naam, alt in genoemd().items():
        beeld = DOCS / "schermen" / f"{naam}.png"
        assert beeld.is_file() and beeld.stat().st_size < 200_000, naam
        assert len(alt) > 20, f"{naam} has no text for who cannot see it"
    assert {beeld.stem for beeld in (DOCS / "schermen").glob("*.png")} == set(genoemd())


def test_elk_scherm_kan_worden_gemaakt(eigen_site: Site, mensen: dict[str, Mens], fotograaf: Fotograaf) -> None:
    """Walk through the work of the manuals, and take each screen that they name."""
    redacteur, publicist, schrijver = mensen["redacteur"], mensen["publicist"], mensen["schrijver"]
    _controle(mensen["auditor"], fotograaf)
    _begin(redacteur, fotograaf)
    _rooster(redacteur, fotograaf)
    _import(redacteur, fotograaf)
    _werk(redacteur, schrijver, fotograaf)
    _publicatie(redacteur, publicist, fotograaf)
    _nieuw_jaar(redacteur, fotograaf)
    assert fotograaf.namen == set(genoemd())


def _controle(auditor: Mens, fotograaf: Fotograaf) -> None:
    auditor.pagina.goto("/beheer/controle/")
    fotograaf.neem(auditor, "controle")


def _begin(redacteur: Mens, fotograaf: Fotograaf) -> None:
    fotograaf.neem(redacteur, "start")
    redacteur.kies("Programmabegroting 2025, versie 1")
    redacteur.druk("Nieuw concept maken")
    fotograaf.neem(redacteur, "concept")


def _rooster(redacteur: Mens, fotograaf: Fotograaf) -> None:
    pagina = redacteur.pagina
    redacteur.kies("1 Veiligheid")
    fotograaf.neem(redacteur, "rooster")
    naar_de_eerste_cel(pagina)
    plak(pagina, BLOK)
    expect(pagina.locator("[data-plakbalk]")).to_contain_text("1 vraag")
    fotograaf.neem(redacteur, "rooster-vraag")
    typ(pagina, "Control+Home", "ArrowRight", "ArrowRight", "-3.616", "Control+s")
    redacteur.leest("Opgeslagen om")
    tweede = pagina.context.new_page()
    tweede.goto(pagina.url)
    for waarde, scherm in (("-3.170", pagina), ("-3.160", tweede)):
        scherm.locator("input.cel").first.fill(waarde)
        with scherm.expect_navigation():
            scherm.locator(".opslaan button").click()
    expect(tweede.locator(".botsingblok")).to_be_visible()
    fotograaf.neem_blad(tweede, "botsing")
    tweede.close()


def _import(redacteur: Mens, fotograaf: Fotograaf) -> None:
    naar_de_versie(redacteur)
    lees_bestand(redacteur, "begroting.xlsx", werkmap(LASTEN_1E, FOUT))
    fotograaf.neem(redacteur, "import-fouten")
    naar_de_versie(redacteur)
    lees_bestand(redacteur, "begroting.xlsx", werkmap(LASTEN_1E))
    fotograaf.neem(redacteur, "import-controle")


def _werk(redacteur: Mens, schrijver: Mens, fotograaf: Fotograaf) -> None:
    naar_de_versie(redacteur)
    redacteur.kies("Opdrachten")
    redacteur.pagina.get_by_label("Schrijver voor 1E Rampenbestrijding").select_option("schrijver")
    redacteur.pagina.get_by_label("Uiterlijk voor 1E Rampenbestrijding").fill(
        (date.today() + timedelta(days=20)).isoformat()
    )
    fotograaf.neem(redacteur, "opdrachten")
    redacteur.druk("Geven")
    schrijver.pagina.goto("/beheer/opdracht/")
    with schrijver.pagina.expect_navigation():
        schrijver.pagina.get_by_role("link", name=re.compile("^1E Rampenbestrijding")).first.click()
    fotograaf.neem(schrijver, "schrijver")
    naar_de_versie(redacteur)
    redacteur.kies("Voortgang per programma")
    fotograaf.neem(redacteur, "voortgang")
    naar_de_versie(redacteur)
    redacteur.kies("Geschiedenis")
    fotograaf.neem(redacteur, "geschiedenis")


def _publicatie(redacteur: Mens, publicist: Mens, fotograaf: Fotograaf) -> None:
    naar_de_versie(redacteur)
    fotograaf.neem(redacteur, "bevindingen")
    redacteur.pagina.get_by_label("Samenvatting van de wijziging").fill("Bedragen en teksten zijn bijgewerkt.")
    redacteur.druk("Indienen")
    publicist.begin()
    fotograaf.neem(publicist, "start-publicist")
    with publicist.pagina.expect_navigation():
        publicist.pagina.get_by_role("link", name=re.compile("^Lees en keur goed")).click()
    fotograaf.neem(publicist, "ingediend")
    publicist.druk("Goedkeuren")
    fotograaf.neem(publicist, "goedgekeurd")


def _nieuw_jaar(redacteur: Mens, fotograaf: Fotograaf) -> None:
    redacteur.pagina.goto("/beheer/programma/versie/?status__exact=gepubliceerd")
    redacteur.kies("Programmabegroting 2025")
    redacteur.kies("Nieuw jaar maken")
    fotograaf.neem(redacteur, "nieuw-jaar")
    redacteur.druk("Programmabegroting 2026 maken")
    fotograaf.neem(redacteur, "nog-leeg")
