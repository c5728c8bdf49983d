"""The figures that have an address of their own, and the words that name them there. Pure.

Below a programme an address names a figure with one word, `wat`:

1. lasten, baten, saldo, toevoegingen, onttrekkingen or resultaat: that total;
2. `<pakket>-<soort>`, `<pakket>-saldo` or `<pakket>-resultaat`, if there is such a pakket: the cell of the money table,
   or what the cells of that pakket add up to;
3. the sleutel of a line: that line.

The first that fits is meant. A line whose sleutel is taken by 1 or 2 is found with ".regel" behind it, which neither a
total, a cell nor a sleutel ends with. Below the document there are the totals, and per taakveld and per chapter of them
`taakveld-<code>-<wat>` and `hoofdtaakveld-<code>-<wat>`, with lasten, baten or saldo; without a code what has no
taakveld. So every figure has an address, and no word names two figures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Protocol, TypeVar

from programma.raming import Fase, Grootheid, Kolom, Soort

SLEUTEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
VOLUIT = ".regel"
GROOTHEDEN: Mapping[Soort, Grootheid] = {
    Soort.LASTEN: Grootheid.LASTEN,
    Soort.BATEN: Grootheid.BATEN,
    Soort.TOEVOEGING: Grootheid.TOEVOEGINGEN,
    Soort.ONTTREKKING: Grootheid.ONTTREKKINGEN,
}
SOORTEN: Mapping[Grootheid, Soort] = {grootheid: soort for soort, grootheid in GROOTHEDEN.items()}
"""Of the totals that lines add up to; saldo and resultaat add up other totals."""


AFGELEID = (Grootheid.SALDO, Grootheid.RESULTAAT)
"""What adds up other totals, of a pakket too."""
PER_TAAKVELD = (Grootheid.LASTEN, Grootheid.BATEN, Grootheid.SALDO)


class MetCode(Protocol):
    """What has a code: a pakket."""

    @property
    def code(self) -> str:
        """The code, as people write it: "1E"."""
        ...


P = TypeVar("P", bound=MetCode)


@dataclass(frozen=True, slots=True)
class Cijfer:
    """A figure: a total, the cell of a pakket (its code) and a soort, or a line. `woord` names it in its address.

    A total is of a programme or a document, or of one `pakket`, `taakveld` or `hoofdtaakveld` of it (its code; "" for
    what has no taakveld).
    """

    woord: str
    totaal: Grootheid | None = None
    pakket: str | None = None
    soort: Soort | None = None
    sleutel: str = ""
    taakveld: str | None = None
    hoofdtaakveld: str | None = None

    @property
    def van_taakveld(self) -> bool:
        """Whether this is a total of a taakveld, or of a chapter of them."""
        return self.taakveld is not None or self.hoofdtaakveld is not None


def pakketwoord(code: str) -> str:
    """Return a code as it stands in an address: "1E" becomes "1e". No two codes give the same word.

    Capitals become small, a space becomes "_"; digits, "-" and a "." inside stay. A letter that was small already has
    "~" before it, and any other character is "~", the number of hexadecimal digits of its code point, and those digits:
    so a word needs no escape in an address, and is never "." or "..".
    """
    return "".join(_teken(teken, 0 < plaats < len(code) - 1) for plaats, teken in enumerate(code)) or "~"


def _teken(teken: str, binnen: bool) -> str:
    if teken in ascii_uppercase:
        return teken.lower()
    if teken in digits or teken == "-" or (teken == "." and binnen):
        return teken
    if teken == " ":
        return "_"
    if teken in ascii_lowercase:
        return f"~{teken}"
    punt = f"{ord(teken):x}"
    return f"~{len(punt)}{punt}"


def kolomwoord(kolom: Kolom) -> str:
    """Return a column as it stands in an address: "na-wijziging-2024"."""
    return f"{Fase(kolom.fase).value.replace('_', '-')}-{kolom.jaar}"


def lees_kolom(woord: str, kolommen: Sequence[Kolom]) -> Kolom | None:
    """Return the column that a word names, or None."""
    return next((kolom for kolom in kolommen if kolomwoord(kolom) == woord), None)


def lees_pakket(woord: str, pakketten: Sequence[P]) -> P | None:
    """Return the pakket that a word names, or None."""
    return next((pakket for pakket in pakketten if pakketwoord(pakket.code) == woord), None)


def celwoord(code: str, soort: Soort | str) -> str:
    """Return the word of the cell of a pakket and a soort: "1e-lasten"."""
    return f"{pakketwoord(code)}-{Soort(soort).value}"


def pakketcijferwoord(code: str, grootheid: Grootheid) -> str:
    """Return the word of one of the six amounts of a pakket: "1e-lasten", "1e-saldo"."""
    if grootheid in AFGELEID:
        return f"{pakketwoord(code)}-{grootheid.value}"
    return celwoord(code, SOORTEN[grootheid])


def taakveldbegin(code: str) -> str:
    """Return how the words of a taakveld begin, up to lasten, baten or saldo: "taakveld-0.10-"."""
    return f"taakveld-{pakketwoord(code)}-"


def hoofdtaakveldbegin(code: str) -> str:
    """Return how the words of a chapter of the taakvelden begin: "hoofdtaakveld-0-"."""
    return f"hoofdtaakveld-{pakketwoord(code)}-"


def regelwoord(sleutel: str, pakketten: Sequence[MetCode]) -> str:
    """Return the word of a line: its sleutel, unless a total or a cell has that word."""
    return f"{sleutel}{VOLUIT}" if _totaal(sleutel) or _cel(sleutel, pakketten) else sleutel


def lees_cijfer(woord: str, pakketten: Sequence[MetCode]) -> Cijfer | None:
    """Return the figure that a word names, or None. Whether the line exists, only the lines can tell."""
    if gevonden := _totaal(woord) or _cel(woord, pakketten):
        return gevonden
    sleutel = woord.removesuffix(VOLUIT)
    if not SLEUTEL.fullmatch(sleutel):
        return None
    return Cijfer(regelwoord(sleutel, pakketten), sleutel=sleutel)


def lees_documentcijfer(woord: str, taakvelden: Collection[str]) -> Cijfer | None:
    """Return the figure of a document that a word names, or None. `taakvelden` are the codes that its lines have."""
    begin, _, wat = woord.rpartition("-")
    if wat not in set(PER_TAAKVELD) or not begin:
        return _totaal(woord)
    totaal = Grootheid(wat)
    for code in taakvelden:
        if f"{begin}-" == taakveldbegin(code):
            return Cijfer(woord, totaal=totaal, taakveld=code)
        hoofd = hoofdcode(code)
        if f"{begin}-" == hoofdtaakveldbegin(hoofd):
            return Cijfer(woord, totaal=totaal, hoofdtaakveld=hoofd)
    return None


def hoofdcode(code: str) -> str:
    """Return the number of the chapter that a taakveld belongs to: "0" of "0.10"."""
    return code.split(".")[0]


def _totaal(woord: str) -> Cijfer | None:
    return Cijfer(woord, totaal=Grootheid(woord)) if woord in set(Grootheid) else None


def _cel(woord: str, pakketten: Sequence[MetCode]) -> Cijfer | None:
    voor, _, wat = woord.rpartition("-")
    pakket = lees_pakket(voor, pakketten) if wat in {*Soort, *AFGELEID} else None
    if pakket is None:
        return None
    if wat in set(AFGELEID):
        return Cijfer(woord, totaal=Grootheid(wat), pakket=pakket.code)
    return Cijfer(woord, pakket=pakket.code, soort=Soort(wat))
