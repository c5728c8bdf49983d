"""The pages, ready to place: plain rows in, frozen dataclasses out. Pure: no Django, no database, no clock."""

from programma.pagina.adres import Adres, Link, actueel, vast, voorbeeld
from programma.pagina.begrippen import Begrippenpagina, begrippenpagina
from programma.pagina.document import Documentpagina, documentpagina
from programma.pagina.home import Homepagina, homepagina
from programma.pagina.keuze import Keuze, Weergave, kies, kies_jaren, kies_weergave
from programma.pagina.programma import Programmapagina, programmapagina
from programma.pagina.zoeken import Gevonden, Zoekpagina, zoekpagina

__all__ = [
    "Adres",
    "Begrippenpagina",
    "Documentpagina",
    "Gevonden",
    "Homepagina",
    "Keuze",
    "Link",
    "Programmapagina",
    "Weergave",
    "Zoekpagina",
    "actueel",
    "begrippenpagina",
    "documentpagina",
    "homepagina",
    "kies",
    "kies_jaren",
    "kies_weergave",
    "programmapagina",
    "vast",
    "voorbeeld",
    "zoekpagina",
]
