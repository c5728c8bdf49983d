"""The plain rows of the connected parties in all current published versions: pure data, no Django, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from programma.inhoud.begroting import Inwoners, Programmarij, Uitgave
from programma.inhoud.partijcijfers import Cijferrij


@dataclass(frozen=True, slots=True)
class Deelnamerij:
    """The part of a party in a programme, in one version. `slug` is the party's permanent name in addresses."""

    versie_id: int
    slug: str
    naam: str
    afkorting: str
    soort: str
    taak: str
    openbaar_belang: str
    programma: Programmarij
    vestigingsplaats: str = ""
    bestuurlijk_belang: str = ""


@dataclass(frozen=True, slots=True)
class Partijenstuk:
    """What the pages of connected parties rest on: all of them, or one.

    `uitgaven` are the current published versions, the newest publication first; the municipality and its inhabitants
    are as known at the moment of that one.
    """

    gemeente: str
    uitgaven: Sequence[Uitgave] = ()
    deelnames: Sequence[Deelnamerij] = ()
    cijfers: Sequence[Cijferrij] = ()
    inwoners: Inwoners = field(default_factory=lambda: Inwoners({}))
