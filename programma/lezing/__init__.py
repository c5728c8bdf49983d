"""Reading what a page rests on: the rows of the budget and the observations beside it, as one piece per page."""

from programma.lezing.document import lees_document
from programma.lezing.gemeente import lees_gemeente
from programma.lezing.home import lees_home
from programma.lezing.programma import lees_programma

__all__ = ["lees_document", "lees_gemeente", "lees_home", "lees_programma"]
