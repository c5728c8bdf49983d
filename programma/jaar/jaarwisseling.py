"""What a document becomes a year later: its columns, where the amounts of each come from, and its name.

Pure: no Django, no database. Nothing is invented: a column that no published document knows stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from programma.raming import Fase, Kolom

# Stages that say how a year went on: the newest published document knows best.
VERLOOP = frozenset({Fase.REALISATIE, Fase.NA_WIJZIGING, Fase.PROGNOSE})
# Stages of a year as it is planned: a raming of last year's budget is this year's proposal.
PLANNEN = (Fase.PRIMAIR, Fase.RAMING)
# Years in a title that are shifted along: "Meerjarenbegroting 2025-2028".
OMTREK = 5


@dataclass(frozen=True, slots=True)
class Stuk:
    """A published version that may know amounts. `kolommen` are those in which it has any."""

    versie_id: int
    naam: str
    soort: str
    jaar: int
    gepubliceerd_op: datetime
    kolommen: frozenset[Kolom]


class Vindplaats(NamedTuple):
    """Where the amounts of a column come from: a column of a published version."""

    stuk: Stuk
    kolom: Kolom


class Regelkenmerk(NamedTuple):
    """What a line is known by: its sleutel, or else its pakket, soort and description."""

    sleutel: str
    pakket: str
    soort: str
    omschrijving: str

    @property
    def naam(self) -> tuple[str, str, str]:
        """The line without its sleutel; capitals and spaces do not matter."""
        return self.pakket, self.soort, " ".join(self.omschrijving.split()).casefold()


class Celbron(NamedTuple):
    """The sum of the bedragen of a line in a column, in euros; the coarsest precision; how many were changes."""

    euro: Decimal
    bronprecisie: int
    wijzigingen: int


def verschoven(kolommen: Iterable[Kolom], soort: str, jaar: int) -> list[Kolom]:
    """Return the columns of the document of the year after `jaar`, in the same order.

    A new budget begins without changes: a column of the new year itself that says how it went on (na wijziging,
    prognose, realisatie) is left out, and comes with the first change.
    """
    nieuw = [Kolom(kolom.jaar + 1, kolom.fase) for kolom in kolommen]
    if soort != "begroting":
        return nieuw
    return [kolom for kolom in nieuw if kolom.jaar <= jaar or kolom.fase not in VERLOOP]


def vindplaats(kolom: Kolom, eigen: Stuk, stukken: Iterable[Stuk]) -> Vindplaats | None:
    """Return where the amounts of a column are known best, or None. `eigen` is the version of last year.

    How a year went on is known by the jaarstukken of that year (realisatie), else by what was published last. Begroting
    na wijziging, when no document has it, is the primaire begroting with all its changes. A plan is known by the
    version of last year itself, as primair or as raming, else by a published budget of that year.
    """
    alle = [eigen, *(stuk for stuk in stukken if stuk.versie_id != eigen.versie_id)]
    if kolom.fase in VERLOOP:
        kent = [stuk for stuk in alle if kolom in stuk.kolommen]
        if kent:
            return Vindplaats(max(kent, key=lambda stuk: _gezag(stuk, kolom)), kolom)
        if kolom.fase != Fase.NA_WIJZIGING:
            return None
        kolom = Kolom(kolom.jaar, Fase.PRIMAIR)
    return _plan(kolom, [eigen]) or _plan(
        kolom, [stuk for stuk in alle if stuk.soort == "begroting" and stuk.jaar == kolom.jaar]
    )


def _gezag(stuk: Stuk, kolom: Kolom) -> tuple[bool, datetime]:
    definitief = kolom.fase == Fase.REALISATIE and stuk.soort == "jaarstukken" and stuk.jaar == kolom.jaar
    return definitief, stuk.gepubliceerd_op


def _plan(kolom: Kolom, stukken: Sequence[Stuk]) -> Vindplaats | None:
    fasen = [kolom.fase, *(fase for fase in PLANNEN if fase != kolom.fase)] if kolom.fase in PLANNEN else [kolom.fase]
    return next(
        (
            Vindplaats(stuk, Kolom(kolom.jaar, fase))
            for fase in fasen
            for stuk in stukken
            if Kolom(kolom.jaar, fase) in stuk.kolommen
        ),
        None,
    )


def koppel(regels: Iterable[Regelkenmerk], bekend: Iterable[Regelkenmerk]) -> Mapping[str, str]:
    """Return per sleutel in `bekend` the sleutel of our line that it is about.

    By sleutel, when the soort is the same; else by pakket, soort and description, when only one line on both sides is
    called that. What is not in the answer has no line with us.
    """
    onze = {regel.sleutel: regel for regel in regels}
    uitkomst: dict[str, str] = {}
    over: list[Regelkenmerk] = []
    for regel in bekend:
        zelfde = onze.get(regel.sleutel)
        if zelfde is not None and zelfde.soort == regel.soort:
            uitkomst[regel.sleutel] = regel.sleutel
        else:
            over.append(regel)
    vrij = _per_naam(regel for regel in onze.values() if regel.sleutel not in uitkomst)
    for naam, kandidaten in _per_naam(over).items():
        onze_regels = vrij.get(naam, [])
        if len(kandidaten) == len(onze_regels) == 1:
            uitkomst[kandidaten[0].sleutel] = onze_regels[0].sleutel
    return uitkomst


def _per_naam(regels: Iterable[Regelkenmerk]) -> dict[tuple[str, str, str], list[Regelkenmerk]]:
    per_naam: dict[tuple[str, str, str], list[Regelkenmerk]] = {}
    for regel in regels:
        per_naam.setdefault(regel.naam, []).append(regel)
    return per_naam


def met_volgend_jaar(tekst: str, jaar: int, scheiding: str) -> str:
    """Return a title or slug a year later: the years in it are shifted, or the new year is added after `scheiding`.

    >>> met_volgend_jaar("Meerjarenbegroting 2025-2028", 2025, " ")
    'Meerjarenbegroting 2026-2029'
    """

    def verschuif(gevonden: re.Match[str]) -> str:
        getal = int(gevonden[0])
        return str(getal + 1) if abs(getal - jaar) <= OMTREK else gevonden[0]

    nieuw = re.sub(r"(?<!\d)\d{4}(?!\d)", verschuif, tekst)
    return nieuw if nieuw != tekst else f"{tekst}{scheiding}{jaar + 1}"
