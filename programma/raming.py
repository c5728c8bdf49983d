"""The arithmetic of the budget: exact, pure, without Django or database.

Sign: the stored sign is the effect on the result. Lasten and toevoegingen lower it and are normally negative,
baten and onttrekkingen raise it and are normally positive. So every total is a plain sum (BBV art. 17):

    saldo     = lasten + baten
    resultaat = saldo + toevoegingen + onttrekkingen

An unusual sign (negative baten) occurs in real budgets and is summed like any other. Unit: euros, `Decimal`.
Nothing here rounds; rounding happens only where an amount is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact, Overflow
from enum import StrEnum
from typing import NamedTuple

NUL = Decimal(0)

# numeric(15,2) summed over millions of lines needs under 28 digits; 60 leaves room, and anything inexact is an error.
EXACT = Context(prec=60, traps=[Inexact, Overflow])


class Soort(StrEnum):
    """What a line is: lasten, baten, or a change of the reserves (toevoeging, onttrekking)."""

    LASTEN = "lasten"
    BATEN = "baten"
    TOEVOEGING = "toevoeging"
    ONTTREKKING = "onttrekking"


class Grootheid(StrEnum):
    """The six amounts that every level has: four sums and two derived ones."""

    LASTEN = "lasten"
    BATEN = "baten"
    SALDO = "saldo"
    TOEVOEGINGEN = "toevoegingen"
    ONTTREKKINGEN = "onttrekkingen"
    RESULTAAT = "resultaat"


class Fase(StrEnum):
    """The stage of the figures in a column: measured (realisatie), as decided, or expected."""

    REALISATIE = "realisatie"
    NA_WIJZIGING = "na_wijziging"
    PRIMAIR = "primair"
    RAMING = "raming"
    PROGNOSE = "prognose"


class Kolom(NamedTuple):
    """A column of the budget table: a year and the stage its figures are in. Sorts by year, then stage."""

    jaar: int
    fase: str


class Cel(NamedTuple):
    """The sum of the bedragen of one soort in one column of one pakket (euros, stored sign), and how many they are."""

    programma: str
    pakket: str
    soort: str
    kolom: Kolom
    euro: Decimal
    aantal: int = 1


@dataclass(frozen=True, slots=True)
class Stand:
    """The four sums of one column at one level, in euros. Stands add up like numbers; `Stand()` is zero."""

    lasten: Decimal = NUL
    baten: Decimal = NUL
    toevoegingen: Decimal = NUL
    onttrekkingen: Decimal = NUL

    @property
    def saldo(self) -> Decimal:
        """Lasten and baten together: what the programme costs (negative) before the reserves."""
        return EXACT.add(self.lasten, self.baten)

    @property
    def resultaat(self) -> Decimal:
        """The saldo after toevoegingen and onttrekkingen (BBV art. 17 under e)."""
        return EXACT.add(self.saldo, EXACT.add(self.toevoegingen, self.onttrekkingen))

    def __add__(self, ander: Stand) -> Stand:
        return Stand(
            EXACT.add(self.lasten, ander.lasten),
            EXACT.add(self.baten, ander.baten),
            EXACT.add(self.toevoegingen, ander.toevoegingen),
            EXACT.add(self.onttrekkingen, ander.onttrekkingen),
        )

    def __neg__(self) -> Stand:
        return Stand(
            EXACT.minus(self.lasten),
            EXACT.minus(self.baten),
            EXACT.minus(self.toevoegingen),
            EXACT.minus(self.onttrekkingen),
        )

    def __sub__(self, ander: Stand) -> Stand:
        return self + -ander

    def bedrag(self, grootheid: Grootheid | str) -> Decimal:
        """Return one of the six amounts by name. Raises ValueError for an unknown name."""
        bedrag: Decimal = getattr(self, Grootheid(grootheid).value)
        return bedrag


def stand(soort: Soort | str, euro: Decimal) -> Stand:
    """Return the stand of a single amount of this soort. Raises ValueError for an unknown soort."""
    match Soort(soort):
        case Soort.LASTEN:
            return Stand(lasten=euro)
        case Soort.BATEN:
            return Stand(baten=euro)
        case Soort.TOEVOEGING:
            return Stand(toevoegingen=euro)
        case Soort.ONTTREKKING:
            return Stand(onttrekkingen=euro)


@dataclass(frozen=True, slots=True)
class Raming(Mapping[Kolom, Stand]):
    """The stands of one level (pakket, programma, document), per column. A missing column reads as zero."""

    standen: Mapping[Kolom, Stand] = field(default_factory=dict)

    def __getitem__(self, kolom: Kolom) -> Stand:
        return self.standen.get(kolom, Stand())

    def __iter__(self) -> Iterator[Kolom]:
        return iter(self.standen)

    def __len__(self) -> int:
        return len(self.standen)

    def __contains__(self, kolom: object) -> bool:
        return kolom in self.standen

    def __add__(self, ander: Raming) -> Raming:
        return Raming({kolom: self[kolom] + ander[kolom] for kolom in {**self.standen, **ander.standen}})

    def __neg__(self) -> Raming:
        return Raming({kolom: -stand for kolom, stand in self.standen.items()})

    def __sub__(self, ander: Raming) -> Raming:
        return self + -ander


@dataclass(frozen=True, slots=True)
class Meerjarenraming:
    """A whole document added up: per pakket, per programma and in all.

    `pakketten` is keyed by (programma code, pakket code), `programmas` by programma code.
    """

    pakketten: Mapping[tuple[str, str], Raming]
    programmas: Mapping[str, Raming]
    totaal: Raming


def tel_op(cellen: Iterable[Cel]) -> Meerjarenraming:
    """Add cells up at each level. Every level is summed from the cells themselves, never from rounded figures."""
    pakketten: dict[tuple[str, str], dict[Kolom, Stand]] = {}
    programmas: dict[str, dict[Kolom, Stand]] = {}
    totaal: dict[Kolom, Stand] = {}
    for cel in cellen:
        erbij = stand(cel.soort, cel.euro)
        niveaus = (
            pakketten.setdefault((cel.programma, cel.pakket), {}),
            programmas.setdefault(cel.programma, {}),
            totaal,
        )
        for niveau in niveaus:
            niveau[cel.kolom] = niveau.get(cel.kolom, Stand()) + erbij
    return Meerjarenraming(
        {sleutel: Raming(standen) for sleutel, standen in pakketten.items()},
        {code: Raming(standen) for code, standen in programmas.items()},
        Raming(totaal),
    )
