"""The plain rows of the indicators that current published versions use: pure data, no Django, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicatoren.reeks import Reeks
from programma.inhoud import Programmarij, Uitgave


@dataclass(frozen=True, slots=True)
class Gebruik:
    """That a version uses an indicator: on the page of a programme, or (with `doel`) to measure a goal of a pakket.

    `indicator` is its key. `groep` is (key, name) of the programme's comparison group, as known at the peilmoment.
    `pakket` is the code of the goal's pakket; of a goal in a restpost it is "", because that has no part of the page.
    """

    versie_id: int
    indicator: int
    slug: str
    programma: Programmarij
    groep: tuple[int, str] | None = None
    doel: str | None = None
    pakket: str = ""


@dataclass(frozen=True, slots=True)
class Indicatorstuk:
    """What the pages of indicators rest on: all of them, or one.

    `uitgaven` are the current published versions, the newest publication first. Each series is as known at the
    peilmoment of the newest of them that uses it: `vanuit` maps its slug to that version.
    """

    gemeente: str
    uitgaven: Sequence[Uitgave]
    gebruik: Sequence[Gebruik]
    reeksen: Sequence[Reeks]
    vanuit: Mapping[str, Uitgave]
