"""The money per taakveld: stands per taakveld out of plain cells, in the order in which CBS prints them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from programma.cijfer import hoofdcode
from programma.inhoud import Taakveldcel
from programma.raming import Kolom, Raming, Stand, stand

# The nine chapters of the taakvelden (Iv3). Their names are those of the ministerial regulation.
HOOFDTAAKVELDEN = {
    "0": "Bestuur en ondersteuning",
    "1": "Veiligheid",
    "2": "Verkeer, vervoer en waterstaat",
    "3": "Economie",
    "4": "Onderwijs",
    "5": "Sport, cultuur en recreatie",
    "6": "Sociaal domein",
    "7": "Volksgezondheid en milieu",
    "8": "Volkshuisvesting, ruimtelijke ordening en stedelijke vernieuwing",
}
ZONDER = "Zonder taakveld"
# 0.10 and 0.11 come after 0.9; all other codes sort by the text behind the dot: 6.23 comes before 6.3.
ACHTERAAN = frozenset({"0.10", "0.11"})


@dataclass(frozen=True, slots=True)
class Taakveldregel:
    """A taakveld with its stands per column. Without a code: a pakket whose lines have no taakveld.

    `pakket` is then that pakket (slug of the programme, code), if there is one with this name and all its lines are
    here.
    """

    code: str
    naam: str
    raming: Raming
    pakket: tuple[str, str] | None = None

    @property
    def titel(self) -> str:
        """The code and the name: "1.1 Crisisbeheersing en brandweer"."""
        return f"{self.code} {self.naam}" if self.code else self.naam


@dataclass(frozen=True, slots=True)
class Hoofdtaakveld:
    """A chapter with its taakvelden, and all of them together."""

    code: str
    naam: str
    regels: tuple[Taakveldregel, ...]
    raming: Raming

    @property
    def titel(self) -> str:
        """The number and the name: "1 Veiligheid"."""
        return f"{self.code} {self.naam}" if self.code else self.naam


def taakveldregels(cellen: Iterable[Taakveldcel]) -> tuple[Taakveldregel, ...]:
    """Return the taakvelden in the order of their codes, those without one last."""
    standen: dict[tuple[str, str], dict[Kolom, Stand]] = {}
    pakketten: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for cel in cellen:
        pakketten.setdefault((cel.code, cel.naam), set()).add((cel.programma, cel.pakket))
        van = standen.setdefault((cel.code, cel.naam), {})
        van[cel.kolom] = van.get(cel.kolom, Stand()) + stand(cel.soort, cel.euro)
    return tuple(
        Taakveldregel(code, naam, Raming(per_kolom), _enig(pakketten[code, naam]))
        for (code, naam), per_kolom in sorted(standen.items(), key=lambda paar: volgorde(*paar[0]))
    )


def hoofdtaakvelden(regels: Sequence[Taakveldregel]) -> tuple[Hoofdtaakveld, ...]:
    """Return the taakvelden by chapter. A chapter that Iv3 does not know goes by its number."""
    groepen: dict[str, list[Taakveldregel]] = {}
    for regel in regels:
        groepen.setdefault(hoofdcode(regel.code), []).append(regel)
    return tuple(
        Hoofdtaakveld(code, _naam(code, HOOFDTAAKVELDEN), tuple(rijen), sum((r.raming for r in rijen), Raming()))
        for code, rijen in groepen.items()
    )


def _enig(pakketten: Collection[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the pakket if there is just one, and it is known which."""
    eerste, *rest = pakketten
    return eerste if eerste[1] and not rest else None


def volgorde(code: str, naam: str = "") -> tuple[bool, str, bool, str, str]:
    """Return what to sort a taakveld by: the chapter, then the text behind the dot; without a code last."""
    hoofd, _, rest = code.partition(".")
    return not code, hoofd, code in ACHTERAAN, rest, naam


def _naam(code: str, namen: Mapping[str, str]) -> str:
    return namen.get(code, f"Hoofdtaakveld {code}") if code else ZONDER
