"""Reading what a page rests on: the rows of the budget and the observations beside it, as one piece per page."""

from programma.lezing.aansluiting import lees_aansluiting
from programma.lezing.autorisatie import lees_autorisatie
from programma.lezing.bedrag import lees_bedrag, lees_documentbedrag
from programma.lezing.document import lees_document
from programma.lezing.gemeente import lees_gemeente
from programma.lezing.home import lees_home
from programma.lezing.indicatoren import lees_indicatoren
from programma.lezing.pakket import lees_pakket
from programma.lezing.partijen import lees_partijen
from programma.lezing.programma import lees_programma
from programma.lezing.steekproef import Steekproefkader, lees_kader, lees_kandidaten
from programma.lezing.uitvoer import lees_datapakket, lees_uitvoer
from programma.lezing.vergelijking import lees_vergelijking, verschil_csv
from programma.lezing.zoeken import gemeentenaam, lees_zoeken

__all__ = [
    "Steekproefkader",
    "gemeentenaam",
    "lees_aansluiting",
    "lees_autorisatie",
    "lees_bedrag",
    "lees_datapakket",
    "lees_document",
    "lees_documentbedrag",
    "lees_gemeente",
    "lees_home",
    "lees_indicatoren",
    "lees_kader",
    "lees_kandidaten",
    "lees_pakket",
    "lees_partijen",
    "lees_programma",
    "lees_uitvoer",
    "lees_vergelijking",
    "lees_zoeken",
    "verschil_csv",
]
