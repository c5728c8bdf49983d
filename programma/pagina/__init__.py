"""The pages, ready to place: plain rows in, frozen dataclasses out. Pure: no Django, no database, no clock."""

from programma.pagina.adres import Adres, Link, actueel, vast, voorbeeld
from programma.pagina.bedrag import Bedragpagina, bedragpagina
from programma.pagina.document import Documentpagina, documentpagina
from programma.pagina.gegevens import gegevens
from programma.pagina.home import Homepagina, homepagina
from programma.pagina.keuze import Keuze, Weergave, kies, kies_jaren, kies_weergave
from programma.pagina.pakketpagina import Pakketpagina, pakketpagina
from programma.pagina.programma import Programmapagina, programmapagina

__all__ = [
    "Adres",
    "Bedragpagina",
    "Documentpagina",
    "Homepagina",
    "Keuze",
    "Link",
    "Pakketpagina",
    "Programmapagina",
    "Weergave",
    "actueel",
    "bedragpagina",
    "documentpagina",
    "gegevens",
    "homepagina",
    "kies",
    "kies_jaren",
    "kies_weergave",
    "pakketpagina",
    "programmapagina",
    "vast",
    "voorbeeld",
]
