"""Searching, as far as it needs no database: words, questions, synonyms, passages and spelling. Pure.

What is written in the index (`vector`) and what is asked of it (`vraag`) go through the same `taal`: so what matches in
PostgreSQL is marked on the page by the same rule.
"""

from programma.zoeken.fragment import Stukje, fragment, markeer
from programma.zoeken.groep import Groep
from programma.zoeken.vraag import LANGSTE_VRAAG, Zoekvraag, lees_vraag

__all__ = ["LANGSTE_VRAAG", "Groep", "Stukje", "Zoekvraag", "fragment", "lees_vraag", "markeer"]
