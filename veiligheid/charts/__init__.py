"""The geometry of the charts: pure. Values in, positions out; a template draws them as SVG.

An SVG without viewBox: x and width in percent, y and height in rem. So bars stretch with the page while text keeps
the reader's own size, at 320 px, in print and at 200% text. Positions are strings, ready to be placed. Every axis
starts at zero; below zero is possible. Positions are floats: they are drawn, never summed.
"""

from veiligheid.charts.afwijking import Afwijking, Afwijkingsgrafiek, afwijkingsgrafiek
from veiligheid.charts.bullet import Bullet, bullets
from veiligheid.charts.jaarlijnen import Jaarlijnen, jaarlijnen
from veiligheid.charts.kolommen import Kolomgrafiek, Kop, Serie, kolomgrafiek
from veiligheid.charts.lijnen import Lijngrafiek, lijngrafiek

__all__ = [
    "Afwijking",
    "Afwijkingsgrafiek",
    "Bullet",
    "Jaarlijnen",
    "Kolomgrafiek",
    "Kop",
    "Lijngrafiek",
    "Serie",
    "afwijkingsgrafiek",
    "bullets",
    "jaarlijnen",
    "kolomgrafiek",
    "lijngrafiek",
]
