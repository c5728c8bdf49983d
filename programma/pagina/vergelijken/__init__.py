"""The comparison of two published versions, ready to place. Pure: plain rows in, frozen dataclasses out."""

from programma.pagina.vergelijken.formulier import formulier, vind, voorstel
from programma.pagina.vergelijken.keuze import Keuze, Vraag, kies
from programma.pagina.vergelijken.keuzepagina import Keuzepagina, keuzepagina
from programma.pagina.vergelijken.pagina import Vergelijkpagina, vergelijkpagina

__all__ = [
    "Keuze",
    "Keuzepagina",
    "Vergelijkpagina",
    "Vraag",
    "formulier",
    "keuzepagina",
    "kies",
    "vergelijkpagina",
    "vind",
    "voorstel",
]
