"""One address of each type of public page, on the demonstration; what holds for pages is tested on all of them."""

from __future__ import annotations

from tests.browser.conftest import PROGRAMMA

DOCUMENT = "/programmabegroting-2025/"
NU = "primair-2025/"
# By name of the route, or with a space behind it another state of that page.
PAGINAS = {
    "home": "/",
    "document": DOCUMENT,
    "document iv3": "/iv3-jaarstukken-2023/",
    "document vast": DOCUMENT + "versie/1/",
    "programma": PROGRAMMA,
    "programma vast": PROGRAMMA.replace("2025/", "2025/versie/1/", 1),
    "programma euro": PROGRAMMA + "?bedragen=euro",
    "programma inwoner": PROGRAMMA + "?bedragen=inwoner",
    "programma verandering": PROGRAMMA + "?bedragen=verandering",
    "programma jaren": PROGRAMMA + "?jaren=2024,2025",
    "programma herkomst": PROGRAMMA + "?herkomst=1",
    "aansluiting": DOCUMENT + "aansluiting/",
    "aansluiting alles": "/iv3-begroting-2024/aansluiting/?alles=1&controle=documenten",
    "pakket": PROGRAMMA + "pakket/1f/",
    "autorisatie": DOCUMENT + "autorisatie/",
    "bedrag": PROGRAMMA + "bedrag/1e-lasten/" + NU,
    "bedrag totaal": PROGRAMMA + "bedrag/resultaat/" + NU,
    "documentbedrag": DOCUMENT + "bedrag/saldo/" + NU,
    "uitvoer": DOCUMENT + "uitvoer/",
    "uitvoer keuze": DOCUMENT + "uitvoer/?jaar=2025&pakket=1E&soort=lasten",
    "uitvoer iv3": "/iv3-jaarstukken-2023/uitvoer/",
    "vergelijken": "/vergelijken/?a=iv3-begroting-2024/1&b=iv3-begroting-2025/1",
    "vergelijken keuze": "/vergelijken/",
    "vergelijken zelfde": "/vergelijken/?a=programmabegroting-2025/1&b=programmabegroting-2025/1",
    "partijen": "/verbonden-partijen/",
    "partij": "/verbonden-partijen/veiligheidsregio-flevoland/",
    "indicatoren": "/indicatoren/",
    "indicator": "/indicatoren/diefstal-uit-woning/",
    "zoeken": "/zoeken/?q=brandweer",
    "zoeken leeg": "/zoeken/",
    "zoeken niets": "/zoeken/?q=brandwer",
    "begrippen": "/begrippen/",
    "open_data": "/open-data/",
    "toegankelijkheid": "/toegankelijkheid/",
    "privacy": "/privacy/",
    "colofon": "/colofon/",
    "fout 404": "/bestaat-niet/",
}
# Looked at in the short run; the others are for the long one.
VOORAAN = ("home", "document", "programma", "bedrag", "vergelijken", "fout 404")
# Another state of a page has the same parts; it is looked at in one width and one theme.
SOORTEN = tuple(naam for naam in PAGINAS if " " not in naam or naam == "fout 404")
