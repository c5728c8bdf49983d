"""The pages, ready to place: plain rows in, frozen dataclasses out. Pure: no Django, no database, no clock."""

from programma.pagina.adres import Adres, Link, actueel, controle, vast, voorbeeld
from programma.pagina.autorisatie import Autorisatiepagina, autorisatiepagina, autorisatierijen
from programma.pagina.bedrag import Bedragpagina, bedragpagina
from programma.pagina.begrippen import Begrippenpagina, begrippenpagina
from programma.pagina.document import Documentpagina, documentpagina
from programma.pagina.gegevens import gegevens
from programma.pagina.home import Homepagina, homepagina
from programma.pagina.indicatorlijst import Indicatorlijst, indicatorlijst, indicatorrijen
from programma.pagina.indicatorpagina import Indicatorpagina, indicatorpagina
from programma.pagina.keuze import Keuze, Weergave, kies, kies_jaren, kies_weergave
from programma.pagina.opendata import Opendatapagina, ankerrijen, opendatapagina
from programma.pagina.pakketpagina import Pakketpagina, pakketpagina
from programma.pagina.partij import Partijpagina, partijpagina
from programma.pagina.partijlijst import Partijlijst, partijlijst, partijrijen
from programma.pagina.programma import Programmapagina, programmapagina
from programma.pagina.sitemap import sitemap
from programma.pagina.uitvoer import EERSTE_RIJEN, Uitvoerpagina, uitvoerpagina
from programma.pagina.zoeken import Gevonden, Zoekpagina, zoekpagina

__all__ = [
    "EERSTE_RIJEN",
    "Adres",
    "Autorisatiepagina",
    "Bedragpagina",
    "Begrippenpagina",
    "Documentpagina",
    "Gevonden",
    "Homepagina",
    "Indicatorlijst",
    "Indicatorpagina",
    "Keuze",
    "Link",
    "Opendatapagina",
    "Pakketpagina",
    "Partijlijst",
    "Partijpagina",
    "Programmapagina",
    "Uitvoerpagina",
    "Weergave",
    "Zoekpagina",
    "actueel",
    "ankerrijen",
    "autorisatiepagina",
    "autorisatierijen",
    "bedragpagina",
    "begrippenpagina",
    "controle",
    "documentpagina",
    "gegevens",
    "homepagina",
    "indicatorlijst",
    "indicatorpagina",
    "indicatorrijen",
    "kies",
    "kies_jaren",
    "kies_weergave",
    "opendatapagina",
    "pakketpagina",
    "partijlijst",
    "partijpagina",
    "partijrijen",
    "programmapagina",
    "sitemap",
    "uitvoerpagina",
    "vast",
    "voorbeeld",
    "zoekpagina",
]
