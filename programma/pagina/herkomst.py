"""Where a page comes from: document, version, status, moment, fingerprint, downloads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programma.inhoud import Bestandrij, Uitgave, Versierij
from programma.pagina.adres import Adres, Link, vergelijking
from programma.pagina.bewijs import Bewijs, bewijs
from programma.toetsing.controles import STATISTIEK
from veiligheid.formatting import VASTE_SPATIE, datum, decimaal, moment, omvang
from veiligheid.formatting import dag as plaatselijke_dag

REGELBESTANDEN = {"begroting.csv", "begroting.json"}


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
class Versieregel:
    """A version in the list of versions. `link` has no address for this version itself and for a withdrawn one.

    `uitleg` says why it was made, or why it was withdrawn; `vergelijk` is what changed since the one before.
    """

    link: Link
    status: Status
    dag: Dag | None
    uitleg: str
    vergelijk: Link | None


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
    historiekop: str
    bronnen: tuple[str, ...]
    downloads: tuple[Link, ...]
    bestanden: tuple[Bestand, ...]
    uitvoer: Link | None
    versies: tuple[Versieregel, ...]
    vergelijken: Link | None
    bewijs: Bewijs | None


def status(uitgave: Uitgave | Versierij, soort: str = "") -> Status:
    """Return the status in words. Published is not adopted: that takes a decision of the council.

    `soort` is the kind of document, where the rows of a version do not say it.

    Figures of CBS (Iv3) are statistics: the council neither gets nor adopts them.
    """
    if uitgave.status == "ingetrokken":
        return Status("Ingetrokken", "ingetrokken")
    if uitgave.status in {"concept", "ingediend"}:
        return Status("Concept", "concept")
    if (uitgave.document_soort if isinstance(uitgave, Uitgave) else soort) in STATISTIEK:
        return Status("Cijfers van het CBS", "statistiek")
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


DOSSIER = "dossier.zip"
WERKMAPPEN = {
    "begroting.xlsx": "Alle regels van het hele document (Excel)",
    "narekenen.xlsx": "Om zelf na te rekenen, met formules (Excel)",
    DOSSIER: "Het dossier: alles bij elkaar, met een programma dat het narekent (ZIP)",
}
# The first letter of the name after the number of a programme.
GENUMMERD = re.compile(r"(?<=^programma \d )[a-z]|(?<=^programma \d\d )[a-z]")
VOLGORDE = {
    naam: plaats
    for plaats, naam in enumerate(
        (
            *("document.pdf", "begroting.csv", "begroting.json", "begroting.xlsx"),
            *("narekenen.xlsx", "aansluiting.pdf", DOSSIER),
        )
    )
}


def bestanden(rijen: Sequence[Bestandrij], adres: Adres) -> tuple[Bestand, ...]:
    """Return the files of a whole version as downloads: what most people come for first, each programme last.

    Behind the login the dossier is made anew: the size and the sha256 of the one that was kept are not of that file.
    """
    gesorteerd = sorted(rijen, key=lambda rij: VOLGORDE.get(rij.naam, len(VOLGORDE)))
    return tuple(_bestand(rij, adres) for rij in gesorteerd)


def _bestand(rij: Bestandrij, adres: Adres) -> Bestand:
    href = adres.bestand(rij.naam)
    if rij.naam == DOSSIER and adres.van_controle:
        return Bestand(Link("Vers dossier (ZIP)", href, "wordt nu gemaakt, uit de tabellen"), "")
    return Bestand(Link(_naam(rij), href, _omvang(rij)), rij.sha256)


def beschrijvingen(rijen: Sequence[Bestandrij], adres: Adres) -> tuple[Link, ...]:
    """Return what describes the files of a version: nothing before it has any."""
    if not rijen:
        return ()
    return (
        Link("Controlegetallen van alle bestanden", adres.bestand("SHA256SUMS"), "SHA256SUMS"),
        Link("Beschrijving van alle bestanden voor computers", adres.bestand("datapackage.json"), "JSON"),
    )


def _naam(rij: Bestandrij) -> str:
    """Return what a file is, for people: its name alone says too little."""
    wat = _programma(rij.naam.split("/")[1]) if rij.naam.startswith("programma/") else "het hele document"
    if rij.naam in WERKMAPPEN:
        return WERKMAPPEN[rij.naam]
    if rij.naam == "aansluiting.pdf":
        return "Om te lezen of te printen: aansluitingsrapport (PDF)"
    if rij.naam.endswith(".pdf"):
        return f"Om te lezen of te printen: {wat} (PDF)"
    soort = rij.naam.rpartition(".")[2].upper()
    return f"Alle regels van {wat} ({soort})" if rij.naam.rpartition("/")[2] in REGELBESTANDEN else rij.naam


def _programma(slug: str) -> str:
    """Return a programme by its slug: "programma-1-veiligheid" is "programma 1 Veiligheid"."""
    return GENUMMERD.sub(lambda naam: naam[0].upper(), slug.replace("-", " "))


def _omvang(rij: Bestandrij) -> str:
    """Return the size of a file in brackets: "2 kB, 30 regels"."""
    if not rij.regels:
        return omvang(rij.omvang)
    regels = "1 regel" if rij.regels == 1 else f"{decimaal(rij.regels)}{VASTE_SPATIE}regels"
    return f"{omvang(rij.omvang)}, {regels}"


def versies(uitgave: Uitgave) -> tuple[Versieregel, ...]:
    """Return the public versions of the document, the newest first, each with its difference from the one before.

    A withdrawn version is named and skipped: its pages are gone, so nothing can be compared with it.
    """
    leesbaar = sorted(rij.nummer for rij in uitgave.versies if rij.status == "gepubliceerd")
    return tuple(_versieregel(uitgave, rij, leesbaar) for rij in uitgave.versies)


def _versieregel(uitgave: Uitgave, rij: Versierij, leesbaar: Sequence[int]) -> Versieregel:
    slug, openbaar = uitgave.document_slug, rij.nummer in leesbaar
    eerder = [nummer for nummer in leesbaar if nummer < rij.nummer] if openbaar else []
    vergelijk = None
    if eerder:
        adres = vergelijking(f"{slug}/{eerder[-1]}", f"{slug}/{rij.nummer}")
        vergelijk = Link(f"Vergelijk versie {rij.nummer} met versie {eerder[-1]}", adres)
    href = f"/{slug}/versie/{rij.nummer}/" if openbaar and rij.nummer != uitgave.nummer else ""
    bij = "deze versie" if rij.nummer == uitgave.nummer else ""
    wanneer = rij.ingetrokken_op or rij.gepubliceerd_op
    return Versieregel(
        Link(f"Versie {rij.nummer}", href, bij),
        status(rij, uitgave.document_soort),
        Dag(datum(plaatselijke_dag(wanneer)), wanneer.isoformat()) if wanneer else None,
        rij.reden,
        vergelijk,
    )


def herkomst(
    uitgave: Uitgave,
    adres: Adres,
    vaste_link: str,
    downloads: Sequence[Link],
    rijen: Sequence[Bestandrij] = (),
    peildatum: date | None = None,
    bronnen: Sequence[str] = (),
    uitvoer: str = "",
) -> Herkomst:
    """Return the origin of a page of this version; `uitvoer` is where its lines can be chosen, "" if it has none."""
    # The public comparison knows nothing of a concept, nor of what was withdrawn.
    openbaar = uitgave.status == "gepubliceerd" and bool(uitgave.versies)
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
        uitgave.historiekop,
        tuple(bronnen),
        tuple(downloads),
        bestanden(rijen, adres),
        Link("Kies zelf welke regels u downloadt", uitvoer) if uitvoer else None,
        versies(uitgave),
        Link("Vergelijk met een ander document", f"/vergelijken/?b={uitgave.kenmerk}") if openbaar else None,
        bewijs(uitgave),
    )
