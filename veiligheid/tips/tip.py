"""A tip for who writes: what could be better, in a Dutch sentence, and the passage that it is about."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

LANGSTE_PASSAGE = 120
_OMGEVING = 40


class Code(StrEnum):
    """What a tip is about."""

    LANGE_ZIN = "lange_zin"
    AFKORTING = "afkorting"
    MOEILIJK_WOORD = "moeilijk_woord"
    LINK_ZEGT_NIETS = "link_zegt_niets"
    LINK_ONVEILIG = "link_onveilig"
    TABEL_ZONDER_KOP = "tabel_zonder_kop"
    TABEL_ZONDER_BIJSCHRIFT = "tabel_zonder_bijschrift"
    KOP_ZONDER_TEKST = "kop_zonder_tekst"
    VETTE_KOP = "vette_kop"
    LAP_TEKST = "lap_tekst"
    BEDRAG_ONDUIDELIJK = "bedrag_onduidelijk"
    BEDRAG_KOMT_NIET_VOOR = "bedrag_komt_niet_voor"


class Tip(NamedTuple):
    """One tip. `passage` is a piece of the text, shortened when it is long."""

    code: Code
    zin: str
    passage: str


def kort(tekst: str) -> str:
    """Return the beginning of a passage, cut between two words, on one line."""
    heel = " ".join(tekst.split())
    if len(heel) <= LANGSTE_PASSAGE:
        return heel
    return heel[: LANGSTE_PASSAGE - 2].rpartition(" ")[0].rstrip(",;:–-") + " …"


def rondom(tekst: str, begin: int, eind: int) -> str:
    """Return a word or two with what stands around it, so that the writer can find the place."""
    links = 0 if begin <= _OMGEVING else tekst.find(" ", begin - _OMGEVING, begin) + 1 or begin
    rechts = len(tekst) if eind + _OMGEVING >= len(tekst) else tekst.rfind(" ", eind, eind + _OMGEVING)
    rechts = max(rechts, eind)
    kern = " ".join(tekst[links:rechts].split())
    return f"{'… ' if links else ''}{kern}{' …' if rechts < len(tekst) else ''}"
