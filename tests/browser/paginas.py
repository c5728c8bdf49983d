"""One address of each type of public page, on the demonstration; what holds for pages is tested on all of them."""

from __future__ import annotations

from tests.browser.conftest import PROGRAMMA

DOCUMENT = "/programmabegroting-2025/"
# By name of the route, or a name with a space for another state of the same page.
PAGINAS = {
    "home": "/",
    "document": DOCUMENT,
    "programma": PROGRAMMA,
    "programma vast": PROGRAMMA.replace("2025/", "2025/versie/1/", 1),
    "programma euro": PROGRAMMA + "?bedragen=euro",
    "programma inwoner": PROGRAMMA + "?bedragen=inwoner",
    "programma verandering": PROGRAMMA + "?bedragen=verandering",
    "programma jaren": PROGRAMMA + "?jaren=2024,2025",
    "fout 404": "/bestaat-niet/",
}
# Looked at in the short run; the others are for the long one.
VOORAAN = ("home", "document", "programma", "fout 404")
