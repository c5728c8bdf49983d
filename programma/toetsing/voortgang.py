"""How far a version is: per programme, pakket and part of the work, in words. Pure: no Django, no database.

What counts as klaar is decided here and nowhere else. It says how far the work is, not whether a version may be
published: that is what `controles` is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Onderdeel(StrEnum):
    """A part of the work on a programme, in the order in which the page shows it."""

    INLEIDING = "inleiding"
    TEKSTEN = "teksten"
    DOELEN = "doelen"
    BEDRAGEN = "bedragen"
    PARTIJEN = "partijen"
    INDICATOREN = "indicatoren"


class Stand(StrEnum):
    """How far a part is. The value is what people read."""

    LEEG = "leeg"
    BEGONNEN = "begonnen"
    HERZIEN = "nog te herzien"
    KLAAR = "klaar"
    NIET_NODIG = "niet nodig"


class Telling(NamedTuple):
    """How much there is of a part: `aantal` pieces, of which `gevuld` are filled in and `te_herzien` still old."""

    aantal: int = 0
    gevuld: int = 0
    te_herzien: int = 0

    def plus(self, ander: Telling) -> Telling:
        """Return both together."""
        return Telling(self.aantal + ander.aantal, self.gevuld + ander.gevuld, self.te_herzien + ander.te_herzien)


NIETS = Telling()


@dataclass(frozen=True, slots=True)
class Pakketstand:
    """What there is of a pakket: a count per part. Lines count as bedragen, filled when they have an amount."""

    pk: int
    code: str
    naam: str
    restpost: bool = False
    tellingen: Mapping[Onderdeel, Telling] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Programmastand:
    """What there is of a programme. `tellingen` are those of the programme itself, apart from its pakketten.

    `kolommen` is the number of columns of the version, `gevulde_kolommen` in how many the programme has an amount.
    """

    pk: int
    code: str
    naam: str
    soort: str
    inleiding: bool
    pakketten: Sequence[Pakketstand] = ()
    tellingen: Mapping[Onderdeel, Telling] = field(default_factory=dict)
    kolommen: int = 0
    gevulde_kolommen: int = 0


class Cel(NamedTuple):
    """One field of the matrix: how far, and what that means here ("3 van 4 pakketten")."""

    onderdeel: Onderdeel
    stand: Stand
    uitleg: str


class Pakketregel(NamedTuple):
    """A row of the matrix for a pakket."""

    pakket: Pakketstand
    cellen: tuple[Cel, ...]


class Programmaregel(NamedTuple):
    """A row of the matrix, with the rows of its pakketten."""

    programma: Programmastand
    cellen: tuple[Cel, ...]
    pakketten: tuple[Pakketregel, ...]


PER_PAKKET = (Onderdeel.TEKSTEN, Onderdeel.DOELEN, Onderdeel.BEDRAGEN, Onderdeel.PARTIJEN, Onderdeel.INDICATOREN)
WAT: Mapping[Onderdeel, tuple[str, str]] = {
    Onderdeel.TEKSTEN: ("tekst", "teksten"),
    Onderdeel.DOELEN: ("doel", "doelen"),
    Onderdeel.BEDRAGEN: ("regel", "regels"),
    Onderdeel.PARTIJEN: ("partij", "partijen"),
    Onderdeel.INDICATOREN: ("indicator", "indicatoren"),
}


def _aantal(aantal: int, onderdeel: Onderdeel) -> str:
    enkel, meer = WAT[onderdeel]
    return f"{aantal} {enkel if aantal == 1 else meer}"


def _stand(telling: Telling, compleet: bool = True) -> Stand:
    """Return how far a part is that is klaar when every piece is filled, and `compleet` says that none is missing."""
    if not telling.gevuld:
        return Stand.BEGONNEN if telling.aantal else Stand.LEEG
    if telling.te_herzien:
        return Stand.HERZIEN
    return Stand.KLAAR if compleet and telling.gevuld == telling.aantal else Stand.BEGONNEN


def _uitleg(telling: Telling, onderdeel: Onderdeel) -> str:
    if telling.te_herzien:
        return f"{telling.te_herzien} van {_aantal(telling.aantal, onderdeel)}"
    if telling.gevuld < telling.aantal:
        return f"{telling.gevuld} van {_aantal(telling.aantal, onderdeel)} gevuld"
    return _aantal(telling.aantal, onderdeel) if telling.aantal else f"nog geen {WAT[onderdeel][1]}"


def _vrij(telling: Telling, onderdeel: Onderdeel) -> Cel:
    """Return a part that need not be there: without any, nothing is asked."""
    if not telling.aantal:
        return Cel(onderdeel, Stand.NIET_NODIG, f"geen {WAT[onderdeel][1]}")
    return Cel(onderdeel, _stand(telling), _uitleg(telling, onderdeel))


def pakketcellen(pakket: Pakketstand) -> tuple[Cel, ...]:
    """Return the fields of a pakket. A restpost needs no text and no goal; parties and indicators are never needed."""
    cellen = []
    for onderdeel in PER_PAKKET:
        telling = pakket.tellingen.get(onderdeel, NIETS)
        vrij = onderdeel in {Onderdeel.PARTIJEN, Onderdeel.INDICATOREN} or (
            pakket.restpost and onderdeel in {Onderdeel.TEKSTEN, Onderdeel.DOELEN}
        )
        cellen.append(
            _vrij(telling, onderdeel) if vrij else Cel(onderdeel, _stand(telling), _uitleg(telling, onderdeel))
        )
    return tuple(cellen)


def _per_pakket(programma: Programmastand, onderdeel: Onderdeel) -> Cel:
    """Return texts or goals: klaar when each pakket that needs them has them. Counted in pakketten."""
    nodig = [pakket for pakket in programma.pakketten if not pakket.restpost]
    eigen = programma.tellingen.get(onderdeel, NIETS)
    alles = eigen
    for pakket in programma.pakketten:
        alles = alles.plus(pakket.tellingen.get(onderdeel, NIETS))
    if not nodig and not alles.aantal:
        return Cel(onderdeel, Stand.NIET_NODIG if programma.pakketten else Stand.LEEG, "geen pakketten")
    met = sum(1 for pakket in nodig if pakket.tellingen.get(onderdeel, NIETS).gevuld)
    stand = _stand(alles, compleet=met == len(nodig))
    if stand == Stand.HERZIEN:
        return Cel(onderdeel, stand, _uitleg(alles, onderdeel))
    return Cel(onderdeel, stand, f"{met} van {len(nodig)} {'pakket' if len(nodig) == 1 else 'pakketten'}")


def _bedragen(programma: Programmastand) -> Cel:
    """Return the amounts: klaar when each line has one and each column of the version is filled."""
    alles = NIETS
    for pakket in programma.pakketten:
        alles = alles.plus(pakket.tellingen.get(Onderdeel.BEDRAGEN, NIETS))
    compleet = programma.gevulde_kolommen == programma.kolommen
    stand = _stand(alles, compleet)
    if stand == Stand.BEGONNEN and not compleet and alles.gevuld == alles.aantal:
        uitleg = f"{programma.gevulde_kolommen} van {programma.kolommen} kolommen"
    else:
        uitleg = _uitleg(alles, Onderdeel.BEDRAGEN)
    return Cel(Onderdeel.BEDRAGEN, stand, uitleg)


def _indicatoren(programma: Programmastand) -> Cel:
    """Return the indicators: a programme must have some (BBV art. 25), another part of the budget need not."""
    telling = programma.tellingen.get(Onderdeel.INDICATOREN, NIETS)
    if programma.soort != "programma":
        return _vrij(telling, Onderdeel.INDICATOREN)
    return Cel(Onderdeel.INDICATOREN, _stand(telling), _uitleg(telling, Onderdeel.INDICATOREN))


def _partijen(programma: Programmastand) -> Cel:
    """Return the connected parties: a programme may have none; what there is, needs its task in words."""
    alles = programma.tellingen.get(Onderdeel.PARTIJEN, NIETS)
    for pakket in programma.pakketten:
        alles = alles.plus(pakket.tellingen.get(Onderdeel.PARTIJEN, NIETS))
    return _vrij(alles, Onderdeel.PARTIJEN)


def _inleiding(programma: Programmastand) -> Cel:
    if programma.inleiding:
        return Cel(Onderdeel.INLEIDING, Stand.KLAAR, "geschreven")
    return Cel(Onderdeel.INLEIDING, Stand.LEEG, "nog geen tekst")


def programmacellen(programma: Programmastand) -> tuple[Cel, ...]:
    """Return the fields of a programme, in the order of Onderdeel."""
    return (
        _inleiding(programma),
        _per_pakket(programma, Onderdeel.TEKSTEN),
        _per_pakket(programma, Onderdeel.DOELEN),
        _bedragen(programma),
        _partijen(programma),
        _indicatoren(programma),
    )


def matrix(programmas: Iterable[Programmastand]) -> list[Programmaregel]:
    """Return the progress of a version: a row per programme, and under it one per pakket."""
    return [
        Programmaregel(
            programma,
            programmacellen(programma),
            tuple(Pakketregel(pakket, pakketcellen(pakket)) for pakket in programma.pakketten),
        )
        for programma in programmas
    ]


def klaar_van(regels: Iterable[Programmaregel]) -> tuple[int, int]:
    """Return how many fields of the programmes are klaar, of how many. What is not needed is left out."""
    cellen = [cel for regel in regels for cel in regel.cellen if cel.stand != Stand.NIET_NODIG]
    return sum(cel.stand == Stand.KLAAR for cel in cellen), len(cellen)
