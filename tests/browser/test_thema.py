"""Another municipality's colours and logo: every page type stays accessible in them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site
from tests.browser.paginas import PAGINAS, SOORTEN
from tests.browser.test_pagina import BREEDTES, klopt, open_pagina


@pytest.mark.lang
@pytest.mark.parametrize("breedte", BREEDTES)
@pytest.mark.parametrize("naam", SOORTEN)
def test_toegankelijk_in_een_ander_thema(thema_site: Site, chromium: Browser, naam: str, breedte: int) -> None:
    """No axe violations and no page wider than the screen, details closed and open."""
    pagina, klachten = open_pagina(chromium, thema_site, PAGINAS[naam], breedte)

    assert [klacht for klacht in klachten if "404" not in klacht] == []
    assert klopt(pagina, breedte) == []
    pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert klopt(pagina, breedte) == []
    pagina.context.close()


def test_de_kleuren_en_het_logo_van_de_gemeente(thema_site: Site, chromium: Browser) -> None:
    """The theme is what a reader sees: its link colour, and its logo instead of ours."""
    pagina, _ = open_pagina(chromium, thema_site, "/")
    kleur = pagina.evaluate("getComputedStyle(document.querySelector('main a')).color")
    gewoon = pagina.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--basis-color-accent-1-color-default')"
    )

    assert kleur != "rgb(15, 84, 112)" and gewoon.strip() != "#0f5470"
    assert pagina.locator("header img").count() == 1
    assert pagina.evaluate("document.querySelector('header img').naturalWidth") > 0
    pagina.context.close()
