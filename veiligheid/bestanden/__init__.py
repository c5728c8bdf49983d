"""Reading the spreadsheets that editors bring: guarded first, then parsed in a limited process of its own."""

from veiligheid.bestanden.lezer import lees
from veiligheid.bestanden.vorm import Bestandsfout, Blad, Cel, Werkboek, kolomletters, plaats, veilige_naam

__all__ = ["Bestandsfout", "Blad", "Cel", "Werkboek", "kolomletters", "lees", "plaats", "veilige_naam"]
