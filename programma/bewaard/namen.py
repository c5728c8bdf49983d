"""What the files that are kept with a publication are called in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from programma.afdruk.namen import DOCUMENT
from veiligheid.formatting import opsomming

BEGROTING = "begroting.xlsx"
NAREKENEN = "narekenen.xlsx"
DOSSIER = "dossier.zip"

WAT = {
    DOCUMENT: "Het hele document",
    "aansluiting.pdf": "Het aansluitingsrapport",
    BEGROTING: "Het rekenblad met alle regels",
    NAREKENEN: "Het rekenblad om na te rekenen",
    DOSSIER: "Het dossier",
}


def wat_is(naam: str) -> str:
    """Return what a file is, as the beginning of a sentence; for any other name, the name."""
    if naam in WAT:
        return WAT[naam]
    return naam.split("/")[1].replace("-", " ").capitalize() if naam.startswith("programma/") else naam


def aantal_bestanden(aantal: int) -> str:
    """Return "1 bestand", "7 bestanden"."""
    return "1 bestand" if aantal == 1 else f"{aantal} bestanden"


def ontbreekzin(namen: Sequence[str]) -> str:
    """Return in a sentence which files are missing; "" if none."""
    if not namen:
        return ""
    woord = "Dit bestand ontbreekt nog" if len(namen) == 1 else f"Deze {len(namen)} bestanden ontbreken nog"
    return f"{woord}: {opsomming([wat_is(naam).lower() for naam in namen])}."
