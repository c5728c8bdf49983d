"""What a reader typed, understood: words that must all be there, each with its synonyms, or an amount.

Whatever is typed is only ever words: no operator, quote or sign of it reaches PostgreSQL as more than a lexeme.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programma.zoeken.synoniemen import Alternatief, synoniemen
from programma.zoeken.taal import (
    STOPWOORDEN,
    beginnen,
    is_getal,
    lexemen,
    past,
    plat,
    stam,
    vorm,
    woorden,
)

LANGSTE_VRAAG = 100
MEESTE_WOORDEN = 8

_BEDRAG = re.compile(
    r"[-+\u2212]?\s*(?:€|eur|euro)?\s*[-+\u2212]?\s*(?P<heel>\d{1,3}(?:\.\d{3}){1,4}|\d{1,13})(?:,(?P<achter>\d{1,2}))?"
    r"(?:,-)?\s*(?P<maat>miljard|mld|miljoen|mln|mio|duizend|[x×]\s*(?:€|eur|euro)?\s*1\.?000)?\s*(?:€|eur|euro)?"
)
_MATEN = {"miljard": 9, "mld": 9, "miljoen": 6, "mln": 6, "mio": 6, "duizend": 3}
HALF = Decimal("0.5")
# Nothing that can be stored is larger (numeric(15,2), and sums of those).
GROOTSTE = Decimal(10) ** 15


class Bereik(NamedTuple):
    """Amounts (euros, without their sign) from `van` up to but not including `tot`."""

    van: Decimal
    tot: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """A word that was asked for: as typed, its form, and what else it may be called."""

    woord: str
    vorm: str
    anders: tuple[tuple[str, Alternatief], ...] = ()

    def alternatieven(self) -> tuple[Alternatief, ...]:
        """Return what may stand there, the word itself first."""
        return ((self.vorm,), *(vormen for _, vormen in self.anders))

    def tsquery(self) -> str:
        """Return our own lexemes of this word and of its synonyms, as the text of a tsquery."""
        return " | ".join(
            f"({' & '.join(_lexemen_gevraagd(woord) for woord in alternatief)})" for alternatief in self.alternatieven()
        )

    def nederlands(self) -> tuple[str, ...]:
        """Return what PostgreSQL's own Dutch has to look for besides; nothing for a number."""
        return tuple(" ".join(alternatief) for alternatief in self.alternatieven() if not is_getal(alternatief[0]))

    def in_tekst(self, gevonden: frozenset[str]) -> bool:
        """Return whether these lexemes answer the word or one of its synonyms, by our own rules."""
        return any(
            all(any(past(lexeem, woord) for lexeem in gevonden) for woord in alternatief)
            for alternatief in self.alternatieven()
        )


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """A question: as it is shown, its words (all must be there) and the amounts that it may name.

    `te_lang`: something of what was typed was left out. Without words and amounts there is nothing to look for.
    """

    tekst: str
    termen: tuple[Term, ...] = ()
    bereiken: tuple[Bereik, ...] = ()
    te_lang: bool = False

    def zoekbaar(self) -> bool:
        """Return whether there is anything to look for."""
        return bool(self.termen)

    def ook_gezocht(self) -> tuple[str, ...]:
        """Return the synonyms that are looked for too, each once."""
        return tuple(dict.fromkeys(woord for term in self.termen for woord, _ in term.anders))

    def raakt(self, woord: str) -> bool:
        """Return whether a word of a text is one that was asked for, itself or as a synonym."""
        eigen = lexemen(vorm(woord))
        return any(
            past(lexeem, gevraagd)
            for term in self.termen
            for alternatief in term.alternatieven()
            for gevraagd in alternatief
            for lexeem in eigen
        )


def _lexemen_gevraagd(gevraagd: str) -> str:
    heel = dict.fromkeys((stam(gevraagd), gevraagd))
    delen = [*(f"'{lexeem}'" for lexeem in heel), *(f"'{begin}':*" for begin in beginnen(gevraagd))]
    return f"({' | '.join(delen)})"


def lees_vraag(getypt: str | None) -> Zoekvraag:
    """Return the question in what was typed. Anything may have been typed; the answer is always a question."""
    schoon = " ".join("".join(teken if teken.isprintable() else " " for teken in (getypt or "")[:2000]).split())
    tekst = schoon[:LANGSTE_VRAAG].strip()
    termen: dict[str, Term] = {}
    for gevonden in woorden(tekst):
        eigen = vorm(gevonden[0])
        if eigen and eigen not in STOPWOORDEN:
            termen.setdefault(stam(eigen), Term(gevonden[0], eigen, synoniemen(eigen)))
    bereiken = _bereiken(tekst)
    te_lang = len(schoon) > LANGSTE_VRAAG or len(termen) > MEESTE_WOORDEN
    return Zoekvraag(tekst, tuple(termen.values())[:MEESTE_WOORDEN], bereiken, te_lang)


def _bereiken(tekst: str) -> tuple[Bereik, ...]:
    """Return the amounts that a question may name when it is nothing but an amount: as euros, and in thousands.

    A number stands for all that it is the rounding of: "3,5 miljoen" for 3.450.000 up to 3.550.000.
    """
    gevonden = _BEDRAG.fullmatch(plat(tekst))
    if gevonden is None:
        return ()
    achter = gevonden["achter"] or ""
    waarde = Decimal(gevonden["heel"].replace(".", "") + ("." + achter if achter else ""))
    marge = HALF.scaleb(-len(achter))
    if not waarde:
        return ()
    maat = gevonden["maat"]
    machten = [_MATEN.get(maat, 3)] if maat else [0, 3]
    bereiken = (Bereik((waarde - marge).scaleb(macht), (waarde + marge).scaleb(macht)) for macht in machten)
    return tuple(bereik for bereik in bereiken if bereik.van < GROOTSTE)


def lees_getal(getypt: str | None) -> int | None:
    """Return a year or the number of a page (1 to 9999), or None for anything else."""
    return int(getypt) if getypt and re.fullmatch("[1-9][0-9]{0,3}", getypt) else None
