"""The tables of the public pages: one django-tables2 table each for the page and for the CSV."""

from programma.tables.autorisatie import Autorisatietabel, Stappentabel
from programma.tables.opbouw import Opbouwtabel, Wijzigingtabel
from programma.tables.pakket import Pakkettabel
from programma.tables.programmas import Programmatabel
from programma.tables.raming import Ramingtabel
from programma.tables.taakvelden import Taakveldtabel

__all__ = [
    "Autorisatietabel",
    "Opbouwtabel",
    "Pakkettabel",
    "Programmatabel",
    "Ramingtabel",
    "Stappentabel",
    "Taakveldtabel",
    "Wijzigingtabel",
]
