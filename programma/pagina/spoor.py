"""How an amount came to be what it is: who recorded it by role, when and by which way in; and the steps of the version.

Never a name. The role follows from the rights (migration 0004): only a redacteur can write amounts and submit, only a
publicist can approve, publish and record a decision of the council.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from programma.inhoud import Uitgave
from programma.inhoud.opbouw import Opbouw, Spoorrij, Stappenrij
from programma.pagina.herkomst import Dag, tijdstip
from veiligheid.formatting import datum, decimaal

MEESTE_SPOREN = 100
WEGEN = {
    "formulier": "met een formulier",
    "rooster": "in het invoerscherm",
    "import": "met een import",
    "herstel": "door een eerdere stand terug te zetten",
    "opdracht": "met een opdracht van de site",
}
# As `programma.invoer.bevestiging` writes it down.
IMPORT = re.compile(r"import \d+: (?P<bestand>.+), sha256 (?P<sha256>[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Spoor:
    """One moment of the making of an amount. `sha256` is that of an imported file, or ""."""

    op: Dag | None
    zin: str
    sha256: str = ""


def sporen(opbouw: Opbouw, uitgave: Uitgave) -> tuple[Spoor, ...]:
    """Return the making of the amounts, oldest first: at most the last hundred moments, then the steps."""
    eigen = [_spoor(rij, opbouw.stappen) for rij in opbouw.sporen[-MEESTE_SPOREN:]]
    return (*eigen, *_stappen(opbouw.stappen, uitgave))


def _spoor(rij: Spoorrij, stappen: Stappenrij) -> Spoor:
    aantal = "1 bedrag" if rij.aantal == 1 else f"{decimaal(rij.aantal)} bedragen"
    moment = tijdstip(rij.op)
    match rij.via:
        case "kopie":
            vandaan = f" uit versie {stappen.voorganger}" if stappen.voorganger else " uit een andere versie"
            return Spoor(moment, f"{aantal} overgenomen{vandaan}.")
        case "nieuw_jaar":
            return Spoor(moment, f"{aantal} overgenomen uit het vorige jaar.")
        case "opening":
            return Spoor(moment, f"{aantal} opgenomen toen de historie begon.")
    gedaan = "vastgelegd" if rij.soort == "+" else "gewijzigd"
    wie = "door een redacteur" if rij.binnen else "buiten de site om"
    weg = f", {WEGEN[rij.via]}" if rij.via in WEGEN else ""
    bestand = IMPORT.fullmatch(rij.herkomst) if rij.via == "import" else None
    uit = f" uit het bestand {bestand['bestand']}" if bestand else ""
    return Spoor(moment, f"{aantal} {gedaan} {wie}{weg}{uit}.", bestand["sha256"] if bestand else "")


def _stappen(stappen: Stappenrij, uitgave: Uitgave) -> Iterator[Spoor]:
    besluit = f"Raadsbesluit {uitgave.raadsbesluit_nummer}"
    if uitgave.raadsbesluit_datum:
        besluit += f" van {datum(uitgave.raadsbesluit_datum)}"
    for op, zin in (
        (stappen.ingediend_op, f"Versie {uitgave.nummer} ingediend door een redacteur."),
        (stappen.goedgekeurd_op, f"Versie {uitgave.nummer} goedgekeurd door een publicist."),
        (uitgave.gepubliceerd_op, f"Versie {uitgave.nummer} gepubliceerd door een publicist."),
        (stappen.vastgesteld_op, f"{besluit} vastgelegd door een publicist."),
    ):
        if op:
            yield Spoor(tijdstip(op), zin)
