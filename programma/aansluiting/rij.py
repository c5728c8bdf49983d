"""One row of the reconciliation: what was compared with what, and the verdict. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from programma.raming import EXACT, NUL, Kolom
from veiligheid.formatting import afgerond


class Controle(StrEnum):
    """What is checked; in the order of the report."""

    GEDRUKT = "gedrukt"
    REGELS = "regels"
    NIVEAUS = "niveaus"
    SALDO = "saldo"
    TAAKVELDEN = "taakvelden"
    WIJZIGINGEN = "wijzigingen"
    DOCUMENTEN = "documenten"
    IV3 = "iv3"
    TEKSTEN = "teksten"
    BESTANDEN = "bestanden"


class Oordeel(StrEnum):
    """The four verdicts, the worst first. Their values are the words on the page and in the file."""

    VERSCHIL = "verschil"
    AFRONDING = "verschil door afronding"
    ONBEKEND = "niet te controleren"
    AAN = "sluit aan"


class Plek(NamedTuple):
    """Where a figure stands: the code of its programme and pakket ("" = all of them), its column, and which figure.

    `wat` is for people ("lasten", or words of a text); `woord` names the figure in an address (`programma.cijfer`), ""
    if it has none. Of a file, `wat` is its name.
    """

    wat: str
    programma: str = ""
    pakket: str = ""
    kolom: Kolom | None = None
    woord: str = ""


@dataclass(frozen=True, slots=True)
class Rij:
    """A row of the report. Amounts are euros with the stored sign, those in a text without; of files it is a sha256.

    `vergeleken` says what stands beside what. `speling` is the largest difference that rounding can explain. With the
    verdict "niet te controleren", `reden` says which data lack; with a
    difference, what the municipality wrote on it.
    """

    controle: Controle
    plek: Plek
    vergeleken: str
    gepubliceerd: Decimal | str | None
    nagerekend: Decimal | str | None
    oordeel: Oordeel
    speling: Decimal = NUL
    reden: str = ""

    @property
    def verschil(self) -> Decimal | None:
        """Ours minus the published one in euros; None where there are no two amounts."""
        if isinstance(self.gepubliceerd, Decimal) and isinstance(self.nagerekend, Decimal):
            return EXACT.subtract(self.nagerekend, self.gepubliceerd)
        return None


def oordeel(gepubliceerd: Decimal, nagerekend: Decimal, speling: Decimal = NUL, eenheid: int = 0) -> Oordeel:
    """Return the verdict on two amounts in euros.

    They agree when they are the same, or with an `eenheid` (1000: printed in thousands) when ours rounded to it is. A
    difference of at most `speling` can be rounding.
    """
    if gepubliceerd == nagerekend or (eenheid and afgerond(nagerekend / eenheid) * eenheid == gepubliceerd):
        return Oordeel.AAN
    return Oordeel.AFRONDING if abs(EXACT.subtract(nagerekend, gepubliceerd)) <= speling else Oordeel.VERSCHIL


def vergelijk(
    controle: Controle,
    plek: Plek,
    vergeleken: str,
    gepubliceerd: Decimal,
    nagerekend: Decimal,
    speling: Decimal = NUL,
    reden: str = "",
) -> Rij:
    """Return the row of two amounts. The `reden` is left out where they agree."""
    gevonden = oordeel(gepubliceerd, nagerekend, speling)
    zin = "" if gevonden == Oordeel.AAN else reden
    return Rij(controle, plek, vergeleken, gepubliceerd, nagerekend, gevonden, speling, zin)


def onbekend(
    controle: Controle,
    plek: Plek,
    vergeleken: str,
    reden: str,
    gepubliceerd: Decimal | str | None = None,
    nagerekend: Decimal | str | None = None,
) -> Rij:
    """Return the row of what cannot be checked, with the reason."""
    return Rij(controle, plek, vergeleken, gepubliceerd, nagerekend, Oordeel.ONBEKEND, reden=reden)


def kolomwoorden(kolom: Kolom) -> str:
    """Return a column in the middle of a sentence: "na wijziging 2024"."""
    return f"{kolom.fase.replace('_', ' ')} {kolom.jaar}"


def tel(rijen: Iterable[Rij]) -> Counter[tuple[Controle, Oordeel]]:
    """Return how often each verdict was given, per check."""
    return Counter((rij.controle, rij.oordeel) for rij in rijen)
