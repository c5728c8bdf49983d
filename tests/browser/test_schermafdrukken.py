"""`make screenshots`: every page type at two widths into docs/schermen/openbaar/, for people to look at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.conftest import Site
from tests.browser.paginas import PAGINAS
from tests.browser.test_pagina import open_pagina

pytestmark = pytest.mark.lang

HOOGTE = {1280: 1100, 390: 1200}


def _map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the pictures go: into the manuals when they are asked for, else out of the way."""
    if os.environ.get("SCHERMEN"):
        return settings.BASE_DIR / "docs" / "schermen" / "openbaar"
    return tmp_path_factory.mktemp("schermen")


def test_elke_pagina_op_de_foto(site: Site, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each page can be pictured at 1280 and 390 px, and none of the pictures is blank."""
    doel = _map(tmp_path_factory)
    doel.mkdir(parents=True, exist_ok=True)
    for naam, pad in PAGINAS.items():
        for breedte, hoogte in HOOGTE.items():
            pagina, _ = open_pagina(chromium, site, pad, breedte)
            pagina.set_viewport_size({"width": breedte, "height": hoogte})
            foto = doel / f"{naam.replace(' ', '-')}-{breedte}.png"
            pagina.screenshot(path=foto)
            pagina.context.close()
            # A palette is enough for flat colours, and a third of the size.
            Image.open(foto).convert("RGB").quantize(128).save(foto, optimize=True)
            assert foto.stat().st_size > 5_000, naam
