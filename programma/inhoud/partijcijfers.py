"""The plain row with the figures of a connected party in a year: pure data, no Django, no database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cijferrij:
    """The figures of a party in a year, in one version, in euros. None is unknown; `onbekend_reden` says why.

    The contribution is what the municipality pays: a positive amount. A loss of the party is a negative `resultaat`.
    The belang is what the municipality has in the party (BBV art. 15 lid 2 onder b), in euros, as a share in percent
    (0 to 100), or both: either makes it known. The fields stand in the order in which the querysets give them.
    """

    versie_id: int
    slug: str
    jaar: int
    bijdrage: Decimal | None = None
    eigen_vermogen_begin: Decimal | None = None
    eigen_vermogen_eind: Decimal | None = None
    vreemd_vermogen_begin: Decimal | None = None
    vreemd_vermogen_eind: Decimal | None = None
    resultaat: Decimal | None = None
    risico: str = ""
    onbekend_reden: str = ""
    belang_begin: Decimal | None = None
    belang_begin_procent: Decimal | None = None
    belang_eind: Decimal | None = None
    belang_eind_procent: Decimal | None = None
    ontwikkelingen: str = ""
