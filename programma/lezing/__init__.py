"""Reading what a page rests on: the rows of the budget and the observations beside it, as one piece per page."""

from programma.lezing.document import lees_document
from programma.lezing.home import lees_home
from programma.lezing.indicatoren import lees_indicatoren
from programma.lezing.partijen import lees_partijen
from programma.lezing.programma import lees_programma

__all__ = ["lees_document", "lees_home", "lees_indicatoren", "lees_partijen", "lees_programma"]
