"""A series of observations of one indicator: pure, without Django or database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """What is known of a value. NB (niet beschikbaar) is never 0; NVT (niet van toepassing) is not missing."""

    WAARDE = "waarde"
    VOORLOPIG = "voorlopig"
    NB = "NB"
    NVT = "NVT"


@dataclass(frozen=True, slots=True)
class Punt:
    """One observation: a value (None unless the status is waarde or voorlopig), its status and a footnote."""

    waarde: Decimal | None
    status: str = Status.WAARDE
    voetnoot: str = ""


class Vraag(NamedTuple):
    """Which series is asked for: of this indicator (its key), as known at `moment`, beside `groep` as (key, name)."""

    indicator: int
    moment: datetime
    groep: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Reeks:
    """An indicator with its observations for the municipality and for one comparison group.

    `punten` and `groep` map a year to an observation. The group's year is often earlier than the last
    year of the municipality: it keeps its own.
    """

    slug: str
    naam: str
    eenheid: str
    omschrijving: str = ""
    bron: str = ""
    decimalen: int = 1
    punten: Mapping[int, Punt] = field(default_factory=dict)
    groepsnaam: str = ""
    groep: Mapping[int, Punt] = field(default_factory=dict)
    peildatum: date | None = None

    @property
    def jaren(self) -> list[int]:
        """The years with an observation of the municipality, known or not, in order."""
        return sorted(self.punten)

    def bekend(self) -> list[tuple[int, Decimal]]:
        """Return (year, value) for the years with a value, in order."""
        return [(jaar, punt.waarde) for jaar, punt in sorted(self.punten.items()) if punt.waarde is not None]

    def groepspunt(self) -> tuple[int, Decimal] | None:
        """Return (year, value) of the most recent known value of the comparison group, or None."""
        bekend = [(jaar, punt.waarde) for jaar, punt in sorted(self.groep.items()) if punt.waarde is not None]
        return bekend[-1] if bekend else None

    def vergelijking(self) -> tuple[int, Decimal, Decimal] | None:
        """Return (year, own value, group value) for the last year in which both are known, or None."""
        groep = {jaar: punt.waarde for jaar, punt in self.groep.items() if punt.waarde is not None}
        samen = [(jaar, waarde, groep[jaar]) for jaar, waarde in self.bekend() if jaar in groep]
        return samen[-1] if samen else None
