"""What the page of the exports rests on: pure rows."""

from __future__ import annotations

from dataclasses import dataclass

from programma.inhoud import Bestandrij, Uitgave
from programma.uitvoer.keuze import Keuzes
from programma.uitvoer.selectie import Selectie
from programma.uitvoer.sommen import Samenvatting


@dataclass(frozen=True, slots=True)
class Proef:
    """What a filter leaves: the summary, its first rows (as `rijen` has them), and the stored files of the version."""

    samenvatting: Samenvatting
    rijen: tuple[tuple[object, ...], ...] = ()
    bestanden: tuple[Bestandrij, ...] = ()


@dataclass(frozen=True, slots=True)
class Uitvoerstuk:
    """Everything that the page of the exports rests on: what there is to choose, what was chosen, what that leaves."""

    gemeente: str
    uitgave: Uitgave
    keuzes: Keuzes
    selectie: Selectie
    proef: Proef
