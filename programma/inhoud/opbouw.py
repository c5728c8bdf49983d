"""The plain rows of which a figure consists: lines, amounts, and where both came from. Pure: no Django, no database.

Amounts are euros (`Decimal`) with the stored sign (effect on the result).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from programma.cijfer import Cijfer
from programma.inhoud import (
    Bestandrij,
    Gedrukt,
    Inwoners,
    Pakketrij,
    Programmarij,
    Programmastuk,
    Taakveldcel,
    Uitgave,
)
from programma.raming import Cel, Kolom


class Taakveldrij(NamedTuple):
    """A national unit of municipal tasks (BBV art. 66)."""

    code: str
    naam: str


class Bronrij(NamedTuple):
    """Where an amount was taken from: what it is, and the file with its sha256 (both may be "")."""

    naam: str
    bestandsnaam: str = ""
    sha256: str = ""


class Wijzigingrij(NamedTuple):
    """A change by the council; `raadsbesluit` is the number of its decision, or "", and `datum` the day of it."""

    nummer: str
    soort: str
    titel: str
    raadsbesluit: str = ""
    datum: date | None = None


@dataclass(frozen=True, slots=True)
class Regelrij:
    """A line of the budget, without its amounts."""

    sleutel: str
    pakket: str
    soort: str
    omschrijving: str
    taakveld: Taakveldrij | None = None
    incidenteel: str = "onbekend"
    reserve: str = ""
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Bedragrij:
    """An amount of a line in one column: the original one, or what a `wijziging` did to it."""

    regel: str
    euro: Decimal
    bronprecisie: int = 1
    plaats: str = ""
    wijziging: Wijzigingrij | None = None
    bron: Bronrij | None = None


class Spoorrij(NamedTuple):
    """What the history says: so many amounts were recorded ("+") or changed ("~"), when, and by which way in.

    `binnen` says that it was done through the site, by somebody with an account; who that was is not read.
    """

    op: datetime
    soort: str
    via: str
    herkomst: str
    binnen: bool
    aantal: int


class Stappenrij(NamedTuple):
    """When a version went through its steps, as far as it did; `voorganger` is the number that it was copied from."""

    ingediend_op: datetime | None = None
    goedgekeurd_op: datetime | None = None
    vastgesteld_op: datetime | None = None
    voorganger: int | None = None


GEEN_STAPPEN = Stappenrij()


@dataclass(frozen=True, slots=True)
class Opbouw:
    """What lies under a figure: its lines, their amounts in its column, and their history.

    `reeks` is what the lines add up to in each column.
    """

    regels: Sequence[Regelrij]
    bedragen: Sequence[Bedragrij]
    reeks: Mapping[Kolom, Decimal] = field(default_factory=dict)
    sporen: Sequence[Spoorrij] = ()
    stappen: Stappenrij = GEEN_STAPPEN


class Taakvelddeel(NamedTuple):
    """What a line puts into a taakveld in one column, or with sleutel "" all lines of one soort of a pakket.

    `programma` is the slug of its programme, `pakket` the code; `woord` names the figure in its address.
    """

    programma: str
    pakket: str
    pakketnaam: str
    sleutel: str
    omschrijving: str
    woord: str
    euro: Decimal


@dataclass(frozen=True, slots=True)
class Bedragstuk:
    """Everything that the page of one figure rests on. `programma` is None for a figure of the whole document.

    `opbouw` is None where the figure adds up other figures that have a page of their own. `taakvelden` (all of the
    document) and `taakvelddelen` are there for the figure of a taakveld.
    """

    gemeente: str
    uitgave: Uitgave
    cijfer: Cijfer
    kolom: Kolom
    kolommen: Sequence[Kolom]
    programma: Programmarij | None
    programmas: Sequence[Programmarij]
    pakketten: Sequence[Pakketrij]
    cellen: Sequence[Cel]
    gedrukt: Sequence[Gedrukt]
    inwoners: Inwoners
    opbouw: Opbouw | None = None
    bestanden: Sequence[Bestandrij] = ()
    bronnen: Sequence[str] = ()
    taakvelden: Sequence[Taakveldcel] = ()
    taakvelddelen: Sequence[Taakvelddeel] = ()


class Regelbedrag(NamedTuple):
    """What the bedragen of a line add up to in one column."""

    regel: str
    kolom: Kolom
    euro: Decimal


class Wijzigingsom(NamedTuple):
    """What a change by the council did to one soort in one column of a pakket."""

    wijziging: Wijzigingrij
    soort: str
    kolom: Kolom
    euro: Decimal


@dataclass(frozen=True, slots=True)
class Pakketregels:
    """The lines of a pakket with their amounts per column, and the changes by the council that touched them."""

    regels: Sequence[Regelrij] = ()
    bedragen: Sequence[Regelbedrag] = ()
    wijzigingen: Sequence[Wijzigingsom] = ()


@dataclass(frozen=True, slots=True)
class Pakketstuk:
    """Everything that the page of one pakket rests on: its programme (without indicators) and its own lines."""

    programma: Programmastuk
    pakket: Pakketrij
    inhoud: Pakketregels
