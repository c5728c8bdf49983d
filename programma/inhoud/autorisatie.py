"""The plain rows of what the council authorised in one version. Pure: no Django, no database.

Amounts are euros (`Decimal`) with the stored sign (effect on the result).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programma.inhoud import Programmarij, Uitgave, Versierij
from programma.inhoud.opbouw import Wijzigingrij
from programma.raming import Kolom, Stand, stand

BEGROTING = "begroting"
SOORTEN = (BEGROTING, "jaarstukken", "tussenrapportage")
"""The kinds of document that tell what was authorised. A kadernota and figures of CBS ask the council for no money."""


class Autorisatiebedrag(NamedTuple):
    """What the bedragen of one soort in one column of a programme (by code) add up to, original or of one change."""

    programma: str
    soort: str
    kolom: Kolom
    euro: Decimal
    wijziging: Wijzigingrij | None = None


@dataclass(frozen=True, slots=True)
class Autorisatiestuk:
    """Everything that the page on authorisation rests on: the columns of the document year and what is in them.

    `besluit` is the first public version up to this one that the council adopted; None where that is not known, and for
    all but a budget: the decision on jaarstukken authorises nothing. Where that was an earlier version, `vastgesteld`
    is what was in it, per column and programme (by code); it is None where it is this version itself.
    """

    gemeente: str
    uitgave: Uitgave
    programmas: Sequence[Programmarij]
    kolommen: Sequence[Kolom]
    bedragen: Sequence[Autorisatiebedrag]
    besluit: Versierij | None = None
    vastgesteld: Mapping[Kolom, Mapping[str, Stand]] | None = None
    bronnen: Sequence[str] = ()


def besluit_over(uitgave: Uitgave) -> Versierij | None:
    """Return the first public version of a budget, up to this one, of which the decision of the council is recorded."""
    if uitgave.document_soort != BEGROTING:
        return None
    besloten = [
        rij
        for rij in uitgave.versies
        if rij.status == "gepubliceerd" and rij.raadsbesluit_nummer and rij.nummer <= uitgave.nummer
    ]
    return min(besloten, key=lambda rij: rij.nummer, default=None)


def standen(bedragen: Iterable[Autorisatiebedrag]) -> dict[Kolom, dict[str, Stand]]:
    """Return what the amounts add up to, per column and programme."""
    gevonden: dict[Kolom, dict[str, Stand]] = {}
    for rij in bedragen:
        per_programma = gevonden.setdefault(rij.kolom, {})
        per_programma[rij.programma] = per_programma.get(rij.programma, Stand()) + stand(rij.soort, rij.euro)
    return gevonden
