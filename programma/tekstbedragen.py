"""Amounts in prose beside those of the budget: a tip for each that the table does not have. Pure, knows no database.

A text and its table drift apart when the table changes. All that can be known is that an amount does not occur; the
tip says so and asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from programma.raming import NUL, Grootheid, Stand, stand
from veiligheid.formatting import euro
from veiligheid.tips.bedragen import Genoemd, genoemde_bedragen
from veiligheid.tips.regels import Tekstregel
from veiligheid.tips.tip import Code, Tip, rondom

# Further off than this, "the nearest amount" is no help.
DICHTBIJ = Decimal("0.25")


class Post(NamedTuple):
    """What one bedrag adds to a line in a column: euros, stored sign. `kolom` only tells columns apart."""

    programma: str
    pakket: str
    regel: Hashable
    soort: str
    kolom: Hashable
    euro: Decimal


@dataclass(frozen=True, slots=True)
class Bekend:
    """The amounts that a text may name without a question: `wiens` they are ("pakket 1E"), in euros, without sign.

    `bedragen` are those of its lines, pakketten and totals in each column, `verschillen` what lies between two columns
    of one of these: "de lasten stijgen met € 135.000".
    """

    wiens: str
    bedragen: frozenset[Decimal]
    verschillen: frozenset[Decimal]

    def heeft(self, genoemd: Genoemd) -> bool:
        """Return whether some amount, rounded as the text rounds it, is what the text says."""
        return any(genoemd.kan_zijn(bedrag) for bedragen in (self.bedragen, self.verschillen) for bedrag in bedragen)

    def dichtst_bij(self, genoemd: Genoemd) -> Decimal | None:
        """Return the amount that differs least, when that is little."""
        naast = min(self.bedragen, key=lambda bedrag: (abs(bedrag - genoemd.euro), bedrag), default=NUL)
        return naast if naast and abs(naast - genoemd.euro) <= naast * DICHTBIJ else None


def bekend(posten: Iterable[Post], programma: str = "", pakket: str = "") -> Bekend:
    """Return the amounts of a pakket, or without one those of a programme, its pakketten and lines among them."""
    per_regel: dict[Hashable, dict[Hashable, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    per_pakket: dict[str, dict[Hashable, Stand]] = defaultdict(lambda: defaultdict(Stand))
    samen: dict[Hashable, Stand] = defaultdict(Stand)
    for post in posten:
        if post.pakket != pakket if pakket else post.programma != programma:
            continue
        erbij = stand(post.soort, post.euro)
        per_regel[post.regel][post.kolom] += post.euro
        per_pakket[post.pakket][post.kolom] += erbij
        samen[post.kolom] += erbij
    reeksen = [
        *per_regel.values(),
        *(reeks for per_kolom in (*per_pakket.values(), samen) for reeks in _reeksen(per_kolom)),
    ]
    verschillen = {abs(een - ander) for reeks in reeksen for een, ander in combinations(reeks.values(), 2)}
    return Bekend(
        f"pakket {pakket}" if pakket else f"programma {programma}",
        frozenset(abs(bedrag) for reeks in reeksen for bedrag in reeks.values()) - {NUL},
        frozenset(verschillen) - {NUL},
    )


def _reeksen(per_kolom: Mapping[Hashable, Stand]) -> Iterator[dict[Hashable, Decimal]]:
    """Yield each of the six amounts, per column."""
    for grootheid in Grootheid:
        yield {kolom: deze.bedrag(grootheid) for kolom, deze in per_kolom.items()}


def noemt_geld(alle: Iterable[Tekstregel]) -> bool:
    """Return whether a text names an amount at all: if not, nobody needs to look up what there is."""
    return any(genoemde_bedragen(regel.tekst) for regel in alle if regel.proza)


def vreemde_bedragen(alle: Iterable[Tekstregel], van: Bekend) -> Iterator[Tip]:
    """Yield a tip for each amount in the prose that does not occur; none where there is nothing to compare with.

    The cells of a table in the text are left alone: they have units of their own.
    """
    if not van.bedragen:
        return
    gezien: set[str] = set()
    for regel in alle:
        for genoemd in genoemde_bedragen(regel.tekst) if regel.proza else ():
            if genoemd.tekst in gezien or van.heeft(genoemd):
                continue
            gezien.add(genoemd.tekst)
            zin = f"U schrijft “{genoemd.tekst}”. Dat komt niet voor in de bedragen van {van.wiens}; klopt het?"
            if (naast := van.dichtst_bij(genoemd)) is not None:
                zin += f" Het dichtst bij is {euro(naast)}."
            yield Tip(Code.BEDRAG_KOMT_NIET_VOOR, zin, rondom(regel.tekst, genoemd.begin, genoemd.eind))
