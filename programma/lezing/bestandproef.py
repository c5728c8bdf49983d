"""The files of a version made again out of its rows, to hold them next to what was recorded at publication."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from programma import uitvoer
from programma.aansluiting import Bestandproef
from programma.inhoud import Bestandrij, Programmarij, Uitgave
from veiligheid.exports import ontbeveilig

GEHEEL = "begroting.csv"
JSON = "begroting.json"
MEESTE_BEDRAGEN = 20_000
"""A page makes files of at most so many rows again; whoever downloads a larger one can do so at home."""
GROOTSTE = 20_000_000
"""Of kept files of at most so many bytes PostgreSQL computes the sha256 again."""
TE_GROOT = (
    "Dit bestand is te groot om bij elk bezoek opnieuw te lezen. Haal het op en bereken de sha256 op uw eigen computer."
)
NIET_GEMAAKT = "Dit rapport maakt dit bestand niet opnieuw. Haal het op en bereken de sha256 op uw eigen computer."


def proeven(uitgave: Uitgave, programmas: Sequence[Programmarij], rijen: Iterable[Sequence[Any]]) -> list[Bestandproef]:
    """Return each file with its sha256 as it is now. Three queries, and the COPY of the lines.

    `rijen` are name, size, lines, recorded sha256, and of a file whose bytes are kept the sha256 of those (None when it
    was not computed) and the controlesom that it was made from.
    """
    bestanden = [(Bestandrij(*rij[:4]), rij[4] or "", rij[5] or "") for rij in rijen]
    gemaakt: Mapping[str, str] = {}
    if any(bestand.naam == GEHEEL and bestand.regels <= MEESTE_BEDRAGEN for bestand, _, _ in bestanden):
        gemaakt = maak_opnieuw(uitgave, programmas)
    return [
        Bestandproef(bestand, bewaard or gemaakt.get(bestand.naam, ""), _reden(bestand, gemaakt_van), gemaakt_van)
        for bestand, bewaard, gemaakt_van in bestanden
    ]


def _reden(bestand: Bestandrij, gemaakt_van: str) -> str:
    return TE_GROOT if gemaakt_van or bestand.naam.endswith((GEHEEL, JSON)) else NIET_GEMAAKT


def maak_opnieuw(uitgave: Uitgave, programmas: Sequence[Programmarij]) -> dict[str, str]:
    """Return the sha256 of `begroting.csv` and of that of each programme, from one reading, and of `begroting.json`."""
    slugs = {rij.code: rij.slug for rij in programmas}
    programmadelen = uitvoer.programmas(uitgave)
    geheel = hashlib.sha256()
    delen: dict[str, Any] = {}
    kop = b""
    for regel in _regels(uitvoer.begroting_csv(uitgave, delen=programmadelen)):
        geheel.update(regel)
        if not kop:
            kop = regel
            delen = {code: hashlib.sha256(kop) for code in slugs}
            continue
        # Names and codes hold no line ends, so a line is a row.
        cellen = next(csv.reader([regel.decode().removesuffix("\r\n")]))
        delen[ontbeveilig(cellen[2])].update(regel)
    return {
        GEHEEL: geheel.hexdigest(),
        JSON: uitvoer.meet(uitvoer.begroting_json(uitgave, delen=programmadelen)).sha256,
        **{f"programma/{slugs[code]}/{GEHEEL}": som.hexdigest() for code, som in delen.items()},
    }


def _regels(stroom: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the lines of a CSV, with their ends."""
    rest = b""
    for blok in stroom:
        *heel, rest = (rest + blok).split(b"\r\n")
        yield from (regel + b"\r\n" for regel in heel)
    if rest:
        yield rest
