"""Loading what a fresh installation needs to know of the budget: the taakvelden."""

from __future__ import annotations

from pathlib import Path

from indicatoren.inlezen import rijen
from programma.models import Taakveld


def lees_taakvelden(bestand: Path) -> int:
    """Add the taakvelden that are not there yet; return how many."""
    bekend = set(Taakveld.objects.values_list("code", "geldig_van"))
    nieuw = [
        Taakveld(
            code=rij["code"],
            naam=rij["naam"],
            geldig_van=int(rij["geldig_van"]),
            geldig_tot=int(rij["geldig_tot"]) if rij["geldig_tot"] else None,
        )
        for rij in rijen(bestand)
        if (rij["code"], int(rij["geldig_van"])) not in bekend
    ]
    return len(Taakveld.objects.bulk_create(nieuw))
