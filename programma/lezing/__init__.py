"""Reading what a page rests on: the rows of the budget and the observations beside it, as one piece per page."""

from programma.lezing.document import lees_document
from programma.lezing.home import lees_home
from programma.lezing.programma import lees_programma
from programma.lezing.zoeken import gemeentenaam, lees_zoeken

__all__ = ["gemeentenaam", "lees_document", "lees_home", "lees_programma", "lees_zoeken"]
