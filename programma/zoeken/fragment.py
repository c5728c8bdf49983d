"""The passage of a text around what was asked for, in pieces: what is marked and what is not. Nothing is HTML here."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from programma.zoeken.taal import gelijk_begin, plat, woorden
from programma.zoeken.vraag import Zoekvraag

LENGTE = 220
VOORAF = 60
BESLETEL = "…"
_MINSTENS_GELIJK = 5


class Stukje(NamedTuple):
    """A piece of a passage; `raak` says that it is what was asked for."""

    tekst: str
    raak: bool = False


Plaats = tuple[int, int]


def markeer(tekst: str, vraag: Zoekvraag) -> tuple[Stukje, ...]:
    """Return a whole text in pieces, with each word that was asked for marked."""
    return _in_stukjes(tekst, _raak(tekst, vraag))


def fragment(tekst: str, vraag: Zoekvraag, lengte: int = LENGTE) -> tuple[Stukje, ...]:
    """Return the passage that holds the most of what was asked for, about `lengte` characters, or the beginning."""
    vlak = " ".join(tekst.split())
    raak = _raak(vlak, vraag) or _verwant(vlak, vraag)
    begin, eind = _venster(vlak, raak, lengte)
    binnen = [(van - begin, tot - begin) for van, tot in raak if begin <= van and tot <= eind]
    stukjes = _in_stukjes(vlak[begin:eind].rstrip(), binnen)
    voor = (Stukje(BESLETEL + " "),) if begin else ()
    na = (Stukje(" " + BESLETEL),) if eind < len(vlak) else ()
    return (*voor, *stukjes, *na)


def _raak(tekst: str, vraag: Zoekvraag) -> list[Plaats]:
    return [gevonden.span() for gevonden in woorden(tekst) if vraag.raakt(gevonden[0])]


def _verwant(tekst: str, vraag: Zoekvraag) -> list[Plaats]:
    """Return words that begin as a word asked for does: what PostgreSQL's own Dutch found (handhaaft, handhaven)."""
    gevraagd = [term.vorm for term in vraag.termen]
    return [
        gevonden.span()
        for gevonden in woorden(tekst)
        if any(gelijk_begin(plat(gevonden[0]), woord) >= _MINSTENS_GELIJK for woord in gevraagd)
    ]


def _venster(tekst: str, raak: list[Plaats], lengte: int) -> Plaats:
    """Return from where to where to show: the first place from which the most words that were asked for fit in."""
    if len(tekst) <= lengte:
        return 0, len(tekst)
    begin = 0
    if raak:
        einden = [tot for _, tot in raak]
        ruim = lengte - VOORAF
        tellingen = [bisect_right(einden, van + ruim) - nummer for nummer, (van, _) in enumerate(raak)]
        begin = max(0, raak[tellingen.index(max(tellingen))][0] - VOORAF)
    begin = min(begin, len(tekst) - lengte)
    eind = begin + lengte
    # Whole words only; a word longer than the passage is cut all the same.
    if begin and (spatie := tekst.find(" ", begin, begin + VOORAF)) >= 0:
        begin = spatie + 1
    if eind < len(tekst) and (spatie := tekst.rfind(" ", eind - VOORAF, eind)) >= 0:
        eind = spatie
    return begin, eind


def _in_stukjes(tekst: str, raak: list[Plaats]) -> tuple[Stukje, ...]:
    stukjes, hier = [], 0
    for van, tot in raak:
        stukjes += [Stukje(tekst[hier:van]), Stukje(tekst[van:tot], True)]
        hier = tot
    stukjes.append(Stukje(tekst[hier:]))
    return tuple(stukje for stukje in stukjes if stukje.tekst)
