"""Three states of a grid put together: what the editor saw, what they made of it, and what it is now. Pure.

A state is rows of fields. Nothing that somebody else changed since is overwritten unseen: what both changed, in
different ways, is a botsing and then nothing at all may be stored. What only one of them changed stands. What both
changed in the same way is no difference: so the same save, sent twice, changes things once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

# An empty field is None, or absent: there is no difference.
Rij = Mapping[str, Hashable]
Beeld = Mapping[str, Rij]


class Uitkomst(Enum):
    """What becomes of one value."""

    LAAT = "laat"
    SCHRIJF = "schrijf"
    BOTSING = "botsing"


class Strijd(NamedTuple):
    """A value, or a whole row (`veld` None), that two people changed in different ways."""

    rij: str
    veld: str | None
    gezien: Hashable
    mijn: Hashable
    nu: Hashable


@dataclass(slots=True)
class Samenvoeging:
    """What has to be written so that `mijn` comes on top of `nu`; with `strijd`, nothing may be."""

    nieuw: dict[str, dict[str, Hashable]] = field(default_factory=dict)
    schrijf: dict[str, dict[str, Hashable]] = field(default_factory=dict)
    weg: set[str] = field(default_factory=set)
    strijd: list[Strijd] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Return whether there is anything to write."""
        return bool(self.nieuw or self.schrijf or self.weg)


def weeg(gezien: Hashable, mijn: Hashable, nu: Hashable) -> Uitkomst:
    """Return what becomes of one value: `mijn` on top of `nu`, for somebody who saw `gezien`."""
    if mijn in (gezien, nu):
        return Uitkomst.LAAT
    return Uitkomst.SCHRIJF if nu == gezien else Uitkomst.BOTSING


def gelijk(een: Rij, ander: Rij) -> bool:
    """Return whether two rows hold the same; an absent field is an empty one."""
    return all(een.get(veld) == ander.get(veld) for veld in {**een, **ander})


def voeg_samen(gezien: Beeld, mijn: Beeld, nu: Beeld, *, spil: str = "") -> Samenvoeging:
    """Return how `mijn` comes on top of `nu`. A row that is missing from `mijn` and was seen, is to go.

    `spil` is a field that gives the others of its row their meaning (the soort gives a sign): when somebody else
    changed it, whatever `mijn` changed in that row is a botsing.
    """
    samen = Samenvoeging()
    for rij in {**gezien, **mijn}:
        if rij not in mijn:
            _verwijder(samen, rij, gezien[rij], nu.get(rij))
        elif rij in nu:
            _wijzig(samen, rij, gezien.get(rij, {}), mijn[rij], nu[rij], spil)
        elif rij not in gezien:
            samen.nieuw[rij] = dict(_gevuld(mijn[rij]))
        elif not gelijk(gezien[rij], mijn[rij]):
            samen.strijd.append(Strijd(rij, None, "gezien", "gewijzigd", "verwijderd"))
    return samen


def _gevuld(rij: Rij) -> Iterator[tuple[str, Hashable]]:
    return ((veld, waarde) for veld, waarde in rij.items() if waarde is not None)


def _verwijder(samen: Samenvoeging, rij: str, gezien: Rij, nu: Rij | None) -> None:
    if nu is None:
        return
    if gelijk(gezien, nu):
        samen.weg.add(rij)
    else:
        samen.strijd.append(Strijd(rij, None, "gezien", "verwijderd", "gewijzigd"))


def _wijzig(samen: Samenvoeging, rij: str, gezien: Rij, mijn: Rij, nu: Rij, spil: str) -> None:
    schrijf: dict[str, Hashable] = {}
    for veld, waarde in mijn.items():
        match weeg(gezien.get(veld), waarde, nu.get(veld)):
            case Uitkomst.SCHRIJF:
                schrijf[veld] = waarde
            case Uitkomst.BOTSING:
                samen.strijd.append(Strijd(rij, veld, gezien.get(veld), waarde, nu.get(veld)))
            case Uitkomst.LAAT:
                pass
    if schrijf and gezien and gezien.get(spil) != nu.get(spil):
        samen.strijd.append(Strijd(rij, spil, gezien.get(spil), mijn.get(spil), nu.get(spil)))
    elif schrijf:
        samen.schrijf[rij] = schrijf
