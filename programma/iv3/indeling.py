"""How an Iv3 document is laid out: which columns it has, and to which part of the budget a taakveld belongs. Pure.

The nine hoofdtaakvelden are the programmes 0 to 8. What BBV art. 8 lid 1 keeps apart from the programmes, Iv3 has in
hoofdtaakveld 0; those taakvelden are parts of their own:

* algemene dekkingsmiddelen: treasury, local taxes without a bound use, the algemene uitkering (0.5, 0.61-0.64, 0.7);
* overhead (0.4) and vennootschapsbelasting (0.9);
* overige baten en lasten (0.8): Iv3 knows no taakveld for onvoorzien alone, it is in this one.

Bestuur, burgerzaken and other buildings (0.1-0.3) stay programme 0. So do the changes of reserves (0.10), which Iv3
does not divide over programmes: its lasten are toevoegingen, its baten onttrekkingen. 0.11 is no line at all: it
is what the others add up to, and is compared with that.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from programma.iv3.bestand import Sleutel, Verslag
from programma.raming import Fase, Kolom, Soort

RESERVES = "0.10"
RESULTAAT = "0.11"


class Deel(NamedTuple):
    """A programme or another part of the budget: its code, name, name in addresses and soort."""

    code: str
    naam: str
    slug: str
    soort: str = "programma"


HOOFDTAAKVELDEN = (
    Deel("0", "Bestuur en ondersteuning", "programma-0-bestuur-en-ondersteuning"),
    Deel("1", "Veiligheid", "programma-1-veiligheid"),
    Deel("2", "Verkeer, vervoer en waterstaat", "programma-2-verkeer-vervoer-en-waterstaat"),
    Deel("3", "Economie", "programma-3-economie"),
    Deel("4", "Onderwijs", "programma-4-onderwijs"),
    Deel("5", "Sport, cultuur en recreatie", "programma-5-sport-cultuur-en-recreatie"),
    Deel("6", "Sociaal domein", "programma-6-sociaal-domein"),
    Deel("7", "Volksgezondheid en milieu", "programma-7-volksgezondheid-en-milieu"),
    Deel(
        "8",
        "Volkshuisvesting, ruimtelijke ordening en stedelijke vernieuwing",
        "programma-8-volkshuisvesting-en-ruimtelijke-ordening",
    ),
)
DEKKINGSMIDDELEN = Deel("DM", "Algemene dekkingsmiddelen", "algemene-dekkingsmiddelen", "dekkingsmiddelen")
OVERHEAD = Deel("OH", "Overhead", "overhead", "overhead")
VPB = Deel("VPB", "Vennootschapsbelasting", "vennootschapsbelasting", "vpb")
OVERIG = Deel("OV", "Overige baten en lasten, met onvoorzien", "overige-baten-en-lasten", "onvoorzien")
DELEN = (*HOOFDTAAKVELDEN, DEKKINGSMIDDELEN, OVERHEAD, OVERIG, VPB)
APART = {
    **dict.fromkeys(("0.5", "0.61", "0.62", "0.63", "0.64", "0.7"), DEKKINGSMIDDELEN),
    "0.4": OVERHEAD,
    "0.8": OVERIG,
    "0.9": VPB,
}


def deel(taakveld: str) -> Deel | None:
    """Return the part that a taakveld belongs to, or None for a hoofdtaakveld that does not exist (9.1)."""
    if taakveld in APART:
        return APART[taakveld]
    return next((hoofd for hoofd in HOOFDTAAKVELDEN if hoofd.code == taakveld.split(".")[0]), None)


def soorten(taakveld: str) -> tuple[Soort, Soort]:
    """Return what the lasten and the baten of a taakveld are in our arithmetic."""
    return (Soort.TOEVOEGING, Soort.ONTTREKKING) if taakveld == RESERVES else (Soort.LASTEN, Soort.BATEN)


def regelsleutel(taakveld: str, soort: Soort) -> str:
    """Return the sleutel of a line: "0-10-toevoeging-1"."""
    return f"{taakveld.replace('.', '-')}-{soort.value}-1"


def kolom(sleutel: Sleutel) -> Kolom:
    """Return the column that shows a report."""
    return Kolom(sleutel.jaar, Fase.PRIMAIR if sleutel.verslag == Verslag.BEGROTING else Fase.REALISATIE)


def kolommen(sleutel: Sleutel, aanwezig: Collection[Sleutel]) -> list[Sleutel]:
    """Return the columns of the document of a report, from left to right, as far as the file has them.

    A budget shows two years back what became of it, the budget of last year, and its own (BBV art. 18). Jaarstukken
    show the budget and what became of it, after what became of last year (art. 27). No year is skipped.
    """
    vorig = Sleutel(sleutel.jaar - 1, sleutel.verslag)
    eerder = [vorig] if vorig in aanwezig else []
    if sleutel.verslag == Verslag.JAARREKENING:
        begroot = Sleutel(sleutel.jaar, Verslag.BEGROTING)
        return [*eerder, *([begroot] if begroot in aanwezig else []), sleutel]
    werkelijk = Sleutel(sleutel.jaar - 2, Verslag.JAARREKENING)
    return [*([werkelijk] if eerder and werkelijk in aanwezig else []), *eerder, sleutel]
