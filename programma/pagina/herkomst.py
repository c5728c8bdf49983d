"""Where a page comes from: document, version, status, moment, fingerprint, downloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programma.inhoud import Bestandrij, Uitgave
from programma.pagina.adres import Adres, Link
from veiligheid.formatting import VASTE_SPATIE, datum, decimaal, moment, omvang


@dataclass(frozen=True, slots=True)
class Status:
    """How far the council is with a version; `soort` is the class of its badge."""

    tekst: str
    soort: str


@dataclass(frozen=True, slots=True)
class Dag:
    """A date or a moment: for people and for machines."""

    tekst: str
    machine: str


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file to download, with its fingerprint."""

    link: Link
    sha256: str


@dataclass(frozen=True, slots=True)
class Herkomst:
    """What the section on origin and downloads shows; empty parts are left out."""

    document: Link
    nummer: int
    status: Status
    reden: str
    gepubliceerd: Dag | None
    peilmoment: Dag | None
    peildatum: Dag | None
    vaste_link: str
    controlegetal: str
    anker: str
    bronnen: tuple[str, ...]
    downloads: tuple[Link, ...]
    bestanden: tuple[Bestand, ...]


def status(uitgave: Uitgave) -> Status:
    """Return the status in words. Published is not adopted: that takes a decision of the council."""
    if uitgave.status == "ingetrokken":
        return Status("Ingetrokken", "ingetrokken")
    if uitgave.status in {"concept", "ingediend"}:
        return Status("Concept", "concept")
    if uitgave.raadsbesluit_datum is None:
        return Status("Aangeboden aan de raad", "aangeboden")
    besluit = f" (besluit {uitgave.raadsbesluit_nummer})" if uitgave.raadsbesluit_nummer else ""
    return Status(f"Vastgesteld door de raad op {datum(uitgave.raadsbesluit_datum)}{besluit}", "vastgesteld")


def dag(waarde: date | None) -> Dag | None:
    """Return a date to show, or None."""
    return Dag(datum(waarde), waarde.isoformat()) if waarde else None


def tijdstip(waarde: datetime | None) -> Dag | None:
    """Return a moment to show in Dutch time, or None."""
    return Dag(moment(waarde), waarde.isoformat()) if waarde else None


def bestanden(rijen: Sequence[Bestandrij], adres: Adres) -> tuple[Bestand, ...]:
    """Return the files of a whole version as downloads."""
    return tuple(Bestand(Link(_naam(rij), adres.bestand(rij.naam), _omvang(rij)), rij.sha256) for rij in rijen)


def _naam(rij: Bestandrij) -> str:
    """Return what a file is, for people: its name alone says too little."""
    if not rij.naam.endswith("begroting.csv"):
        return rij.naam
    if rij.naam.startswith("programma/"):
        return f"Alle regels van {rij.naam.split('/')[1]} (CSV)"
    return "Alle regels van het hele document (CSV)"


def _omvang(rij: Bestandrij) -> str:
    """Return the size of a file in brackets: "2 kB, 30 regels"."""
    if not rij.regels:
        return omvang(rij.omvang)
    regels = "1 regel" if rij.regels == 1 else f"{decimaal(rij.regels)}{VASTE_SPATIE}regels"
    return f"{omvang(rij.omvang)}, {regels}"


def herkomst(
    uitgave: Uitgave,
    adres: Adres,
    vaste_link: str,
    downloads: Sequence[Link],
    rijen: Sequence[Bestandrij] = (),
    peildatum: date | None = None,
    bronnen: Sequence[str] = (),
) -> Herkomst:
    """Return the origin of a page of this version."""
    return Herkomst(
        Link(uitgave.titel, adres.wortel),
        uitgave.nummer,
        status(uitgave),
        uitgave.reden,
        tijdstip(uitgave.gepubliceerd_op),
        tijdstip(uitgave.peilmoment),
        dag(peildatum),
        vaste_link,
        uitgave.controlesom,
        uitgave.anker,
        tuple(bronnen),
        tuple(downloads),
        bestanden(rijen, adres),
    )
