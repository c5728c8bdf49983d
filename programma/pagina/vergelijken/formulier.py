"""The form in which a reader chooses two published versions, and which two it proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from programma.inhoud import Uitgave
from veiligheid.formatting import dag, datum

ONBEKEND = "Deze keuze bestaat niet. Kies twee versies uit de lijst."
NIETS = "Er is nog niets gepubliceerd. Er valt dus nog niets te vergelijken."


class Optie(NamedTuple):
    """A version to choose: its name in the address and for people."""

    waarde: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Formulier:
    """The form: all published versions, and which are chosen on either side ("" if there are none)."""

    opties: tuple[Optie, ...]
    a: str
    b: str


def vind(uitgaven: Sequence[Uitgave], kenmerk: str | None) -> Uitgave | None:
    """Return the published version that an address names as in "programmabegroting-2025/2", or None."""
    return next((uitgave for uitgave in uitgaven if uitgave.kenmerk == kenmerk), None)


def voorstel(uitgaven: Sequence[Uitgave], b: Uitgave | None = None) -> tuple[Uitgave, Uitgave] | None:
    """Return the two versions to propose, the older first; None when nothing was published.

    `b` is the newer one, if it is known; else it is the last version of the newest budget (of whatever there is,
    without a budget). Beside it: the version before it of the same document, else the newest document of the same kind
    before it, else the newest other one.
    """
    volgorde = sorted(uitgaven, key=lambda rij: (rij.document_soort != "begroting", -rij.jaar, -rij.nummer))
    nieuw = b or next(iter(volgorde), None)
    if nieuw is None:
        return None
    kandidaten = [
        *(rij for rij in volgorde if rij.document_slug == nieuw.document_slug and rij.nummer < nieuw.nummer),
        *(rij for rij in volgorde if rij.document_soort == nieuw.document_soort and rij.jaar < nieuw.jaar),
        *(rij for rij in volgorde if rij.kenmerk != nieuw.kenmerk),
        nieuw,
    ]
    return kandidaten[0], nieuw


def formulier(uitgaven: Sequence[Uitgave], gekozen: tuple[Uitgave, Uitgave] | None) -> Formulier:
    """Return the form with this choice filled in."""
    opties = tuple(Optie(uitgave.kenmerk, _tekst(uitgave)) for uitgave in uitgaven)
    a, b = (gekozen[0].kenmerk, gekozen[1].kenmerk) if gekozen else ("", "")
    return Formulier(opties, a, b)


def _tekst(uitgave: Uitgave) -> str:
    wanneer = f" ({datum(dag(uitgave.gepubliceerd_op))})" if uitgave.gepubliceerd_op else ""
    return f"{uitgave.titel}, versie {uitgave.nummer}{wanneer}"
