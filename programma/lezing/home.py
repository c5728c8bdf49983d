"""Reading what the home page shows."""

from __future__ import annotations

from programma.inhoud import Documentstuk, Homestuk, Uitgave
from programma.lezing.document import lees_document
from programma.lezing.gemeente import lees_gemeente


def lees_home(uitgaven: list[Uitgave]) -> Homestuk:
    """Return what the home page rests on. Two queries, and one or two more when there is an Iv3 budget beside it.

    On top stands the newest budget of the council. Where the money goes is told by the newest document of the same or
    an earlier year that holds all parts of a budget: that one itself, or the Iv3 budget. The municipality's name is the
    one that the newest publication shows.
    """
    huidig = _eerste(uitgaven, "begroting")
    stuk = lees_document(huidig) if huidig else None
    geheel = stuk if stuk and stuk.volledig else _iv3(uitgaven, huidig)
    if stuk:
        return Homestuk(stuk.gemeente, uitgaven, stuk, geheel)
    if geheel:
        return Homestuk(geheel.gemeente, uitgaven, None, geheel)
    return Homestuk(lees_gemeente(uitgaven), uitgaven)


def _eerste(uitgaven: list[Uitgave], soort: str, tot: int = 9999) -> Uitgave | None:
    """Return the newest publication of this kind up to a year; the list is in that order."""
    return next((u for u in uitgaven if u.document_soort == soort and u.jaar <= tot), None)


def _iv3(uitgaven: list[Uitgave], huidig: Uitgave | None) -> Documentstuk | None:
    iv3 = _eerste(uitgaven, "iv3_begroting", huidig.jaar if huidig else 9999)
    return lees_document(iv3) if iv3 else None
