"""The pages, ready to place: plain rows in, frozen dataclasses out. Pure: no Django, no database, no clock."""

from programma.pagina.adres import Adres, Link, actueel, vast, voorbeeld
from programma.pagina.document import Documentpagina, documentpagina
from programma.pagina.home import Homepagina, homepagina
from programma.pagina.keuze import Keuze, Weergave, kies, kies_jaren, kies_weergave
from programma.pagina.opendata import Opendatapagina, opendatapagina
from programma.pagina.programma import Programmapagina, programmapagina
from programma.pagina.sitemap import sitemap

__all__ = [
    "Adres",
    "Documentpagina",
    "Homepagina",
    "Keuze",
    "Link",
    "Opendatapagina",
    "Programmapagina",
    "Weergave",
    "actueel",
    "documentpagina",
    "homepagina",
    "kies",
    "kies_jaren",
    "kies_weergave",
    "opendatapagina",
    "programmapagina",
    "sitemap",
    "vast",
    "voorbeeld",
]
