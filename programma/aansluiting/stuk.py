"""Everything that a reconciliation rests on, as plain rows. Pure.

Amounts are euros (`Decimal`) with the stored sign (effect on the result). The same amount is here by several ways:
added up by PostgreSQL per level (`Som`), per line (`Regelsom`), per taakveld (`Taakveldsom`), and as the pages have it
(`cellen`). What the checks do is to hold them next to each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from programma.cijfer import GROOTHEDEN
from programma.inhoud import Bestandrij, Gedrukt, Pakketrij, Programmarij, Uitgave
from programma.raming import Cel, Grootheid, Kolom, Soort, Stand
from veiligheid.tips.bedragen import Genoemd


class Som(NamedTuple):
    """One column of one level, added up by PostgreSQL in one go: of a pakket, a programme or the document.

    `programma` and `pakket` are codes, "" for all of them. `saldo` and `resultaat` are sums of their own, not of the
    four. `aantallen` and `wijzigingen` are per soort, in the order of `Soort`: how many bedragen, and what changes of
    the council put into them. `precisie` is 1000 if any of these amounts was taken over in thousands.
    """

    programma: str
    pakket: str
    kolom: Kolom
    stand: Stand
    saldo: Decimal
    resultaat: Decimal
    aantallen: tuple[int, ...]
    wijzigingen: tuple[Decimal, ...]
    precisie: int = 1

    def aantal(self, soorten: frozenset[Soort]) -> int:
        """Return how many bedragen of these soorten there are."""
        return sum(aantal for soort, aantal in zip(Soort, self.aantallen, strict=True) if soort in soorten)

    def euro(self, soort: Soort) -> Decimal:
        """Return the sum of one soort."""
        return self.stand.bedrag(GROOTHEDEN[soort])

    def bedrag(self, grootheid: Grootheid) -> Decimal:
        """Return one of the six amounts, as PostgreSQL added it up."""
        if grootheid == Grootheid.SALDO:
            return self.saldo
        return self.resultaat if grootheid == Grootheid.RESULTAAT else self.stand.bedrag(grootheid)


class Regelsom(NamedTuple):
    """What a line has in a column: in all, and what changes of the council put into it."""

    programma: str
    pakket: str
    soort: str
    sleutel: str
    omschrijving: str
    kolom: Kolom
    euro: Decimal
    aantal: int = 1
    wijziging: Decimal = Decimal(0)
    precisie: int = 1


class Taakveldsom(NamedTuple):
    """What the lines of a taakveld (its code, "" for none) have of one soort in a column, and how many bedragen."""

    code: str
    soort: str
    kolom: Kolom
    euro: Decimal
    aantal: int = 1


class Tekst(NamedTuple):
    """A text that names amounts, and under which programme and pakket it stands (codes, "" for none)."""

    plaats: str
    programma: str
    pakket: str
    genoemd: tuple[Genoemd, ...]


class Bestandproef(NamedTuple):
    """A file of the version: as it was recorded, its sha256 computed now ("" if that was not done), and why not.

    Of a file whose bytes are kept, `gemaakt_van` is the controlesom of the version that it was made from.
    """

    bestand: Bestandrij
    nu: str = ""
    reden: str = ""
    gemaakt_van: str = ""


@dataclass(frozen=True, slots=True)
class Ander:
    """Another published document to compare with: its current version, or that of the moment looked at."""

    versie_id: int
    slug: str
    soort: str
    jaar: int
    titel: str
    nummer: int
    gepubliceerd_op: datetime | None
    kolommen: Sequence[Kolom] = ()
    sommen: Sequence[Som] = ()
    taakvelden: Sequence[Taakveldsom] = ()

    @property
    def naam(self) -> str:
        """Its name in a sentence: "Jaarstukken 2025, versie 1"."""
        return f"{self.titel}, versie {self.nummer}"


@dataclass(frozen=True, slots=True)
class Aansluitstuk:
    """A version with everything to check it by.

    `cellen` are the amounts that the page of the document adds up per programme, `sommen` those of PostgreSQL at every
    level. `regels` is None where there are too many to add up one by one. `pakketten` is keyed by programme code.
    """

    gemeente: str
    uitgave: Uitgave
    programmas: Sequence[Programmarij]
    pakketten: Mapping[str, Sequence[Pakketrij]]
    kolommen: Sequence[Kolom]
    cellen: Sequence[Cel]
    sommen: Sequence[Som]
    regels: Sequence[Regelsom] | None
    gedrukt: Sequence[Gedrukt] = ()
    taakvelden: Sequence[Taakveldsom] = ()
    teksten: Sequence[Tekst] = ()
    bestanden: Sequence[Bestandproef] = ()
    vorig: Ander | None = None
    volgend: Ander | None = None
    iv3: Ander | None = None
    bronnen: Sequence[str] = ()

    @property
    def volledig(self) -> bool:
        """Whether this is a whole budget: with the general means that pay for the programmes (BBV art. 8 lid 1)."""
        return any(rij.soort == "dekkingsmiddelen" for rij in self.programmas)

    @property
    def stand_van(self) -> datetime | None:
        """The moment up to which publications count: that of the newest one that the report looks at."""
        anderen = (ander.gepubliceerd_op for ander in (self.vorig, self.volgend, self.iv3) if ander)
        return max((op for op in (self.uitgave.gepubliceerd_op, *anderen) if op), default=None)
