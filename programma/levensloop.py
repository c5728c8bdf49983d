"""The life of a version, from concept to the council's decision: which steps there are, and in which one it is.

Pure: no Django, no database. The verbs that take the steps are in `programma.publicatie`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Toestand(StrEnum):
    """Where a version is. Finer than its status: an approval and the council's decision count too."""

    CONCEPT = "concept"
    INGEDIEND = "ingediend"
    GOEDGEKEURD = "goedgekeurd"
    GEPUBLICEERD = "gepubliceerd"
    VASTGESTELD = "vastgesteld door de raad"
    INGETROKKEN = "ingetrokken"


# The verb that brings a version one step further. After the council's decision there is none.
VOLGENDE: Mapping[Toestand, str] = {
    Toestand.CONCEPT: "dien_in",
    Toestand.INGEDIEND: "keur_goed",
    Toestand.GOEDGEKEURD: "publiceer",
    Toestand.GEPUBLICEERD: "stel_vast",
}

NU: Mapping[Toestand, str] = {
    Toestand.CONCEPT: "een concept",
    Toestand.INGEDIEND: "ingediend en wacht op goedkeuring",
    Toestand.GOEDGEKEURD: "goedgekeurd en wacht op publicatie",
    Toestand.GEPUBLICEERD: "gepubliceerd en aangeboden aan de raad",
    Toestand.VASTGESTELD: "vastgesteld door de raad",
    Toestand.INGETROKKEN: "ingetrokken",
}


def toestand(status: str, *, goedgekeurd: bool, vastgesteld: bool) -> Toestand:
    """Return where a version of this status is. Raises ValueError for an unknown status."""
    stap = Toestand(status)
    if stap == Toestand.INGEDIEND and goedgekeurd:
        return Toestand.GOEDGEKEURD
    if stap == Toestand.GEPUBLICEERD and vastgesteld:
        return Toestand.VASTGESTELD
    return stap
