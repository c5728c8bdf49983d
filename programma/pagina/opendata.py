"""The page on open data, ready to place: which files there are, how to cite them and how to check them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from programma.codeboek import CODEBOEK, Veld
from programma.inhoud import Ankerrij, Bestandrij, Uitgave
from programma.pagina import adres as adressen
from programma.pagina.adres import Link, bestandsnaam
from programma.pagina.herkomst import Bestand, Dag, Status, beschrijvingen, bestanden, dag, status
from veiligheid import formatting

ANKERKOP = (
    *("document", "versie", "gepubliceerd_op", "peilmoment"),
    *("controlesom", "historiekop", "vorig_anker", "anker"),
)


@dataclass(frozen=True, slots=True)
class Versieblok:
    """A published version with its files: those of the whole document, and those of one programme each."""

    link: Link
    kop: str
    anker: str
    status: Status
    datum: Dag | None
    bestanden: tuple[Bestand, ...]
    beschrijvingen: tuple[Link, ...]
    uitvoer: Link
    per_programma: tuple[Bestand, ...]
    programmas: str
    citaat: str
    controlegetal: str


@dataclass(frozen=True, slots=True)
class Documentblok:
    """A document: its current version whole, and its older versions with the file of the whole document."""

    titel: str
    huidig: Versieblok
    eerder: tuple[Versieblok, ...]


@dataclass(frozen=True, slots=True)
class Proef:
    """A file with which the page shows how to check one: what it is called once downloaded, and its fingerprint."""

    bestand: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Ankerregel:
    """A publication in the chain, in the words of the page; empty fields are not shown."""

    naam: str
    gepubliceerd: Dag
    peilmoment: str
    controlegetal: str
    historiekop: str
    vorig: str
    anker: str


@dataclass(frozen=True, slots=True)
class Opendatapagina:
    """The page on open data. Without publications there is nothing but the codebook."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    documenten: tuple[Documentblok, ...]
    codeboek: tuple[Veld, ...]
    proef: Proef | None
    dossier: Proef | None
    ankers: tuple[Ankerregel, ...]
    ankers_csv: Link


def opendatapagina(
    gemeente: str,
    uitgaven: Sequence[Uitgave],
    rijen: Mapping[int, Sequence[Bestandrij]],
    oorsprong: str,
    ankers: Sequence[Ankerrij] = (),
) -> Opendatapagina:
    """Return the page on open data.

    `uitgaven` are all published versions, those of one document together and the newest first; `rijen` are the files
    by version; `oorsprong` is scheme and host, for an address that can be written down; `ankers` is the chain of all
    publications, the first one first.
    """
    return Opendatapagina(
        titel=f"Open data – Gemeente {gemeente}",
        omschrijving=f"Alle bedragen van de gemeente {gemeente} als bestand, met uitleg, licentie en controlegetal.",
        canoniek="/open-data/",
        kruimels=(Link("Home", "/"), Link("Open data", "/open-data/")),
        documenten=tuple(
            _document(gemeente, van_document, rijen, oorsprong) for van_document in _per_document(uitgaven)
        ),
        codeboek=CODEBOEK,
        proef=_proef(uitgaven, rijen, "begroting.csv"),
        dossier=_proef(uitgaven, rijen, "dossier.zip"),
        ankers=tuple(_ankerregel(rij) for rij in reversed(ankers)),
        ankers_csv=Link("Ankers van alle publicaties", "/open-data/ankers.csv", "CSV"),
    )


def _moment(op: datetime) -> str:
    """Return a moment as it is hashed in an anchor: in UTC, to the microsecond."""
    return op.astimezone(UTC).isoformat(timespec="microseconds")


def _ankerregel(rij: Ankerrij) -> Ankerregel:
    return Ankerregel(
        f"{rij.titel}, versie {rij.versie}",
        Dag(formatting.moment(rij.gepubliceerd_op), rij.gepubliceerd_op.isoformat()),
        _moment(rij.peilmoment),
        rij.controlesom,
        rij.historiekop,
        rij.vorig,
        rij.anker,
    )


def ankerrijen(ankers: Iterable[Ankerrij]) -> Iterator[tuple[object, ...]]:
    """Yield the chain of publications as rows of a file, the header first. Moments are as an anchor hashes them."""
    yield ANKERKOP
    for rij in ankers:
        momenten = _moment(rij.gepubliceerd_op), _moment(rij.peilmoment)
        yield rij.document, rij.versie, *momenten, rij.controlesom, rij.historiekop, rij.vorig, rij.anker


def _per_document(uitgaven: Sequence[Uitgave]) -> list[list[Uitgave]]:
    groepen: dict[str, list[Uitgave]] = {}
    for uitgave in uitgaven:
        groepen.setdefault(uitgave.document_slug, []).append(uitgave)
    return list(groepen.values())


def _document(
    gemeente: str, uitgaven: Sequence[Uitgave], rijen: Mapping[int, Sequence[Bestandrij]], oorsprong: str
) -> Documentblok:
    blokken = [_versie(gemeente, uitgave, rijen.get(uitgave.versie_id, ()), oorsprong) for uitgave in uitgaven]
    return Documentblok(uitgaven[0].titel, blokken[0], tuple(blokken[1:]))


def _versie(gemeente: str, uitgave: Uitgave, rijen: Sequence[Bestandrij], oorsprong: str) -> Versieblok:
    """Return a version. Its files are at its fixed address: there they stay what they are."""
    adres = adressen.vast(uitgave)
    per_programma = [rij for rij in rijen if "/" in rij.naam]
    datum = formatting.dag(uitgave.gepubliceerd_op) if uitgave.gepubliceerd_op else None
    aantal = len(per_programma)
    return Versieblok(
        link=Link(f"{uitgave.titel}, versie {uitgave.nummer}", adres.wortel),
        kop=f"Versie {uitgave.nummer}",
        anker=f"{uitgave.document_slug}-{uitgave.nummer}",
        status=status(uitgave),
        datum=dag(datum),
        bestanden=bestanden([rij for rij in rijen if "/" not in rij.naam], adres),
        beschrijvingen=beschrijvingen(rijen, adres),
        uitvoer=Link("Kies zelf welke regels u downloadt", adres.uitvoer()),
        per_programma=bestanden(per_programma, adres),
        programmas="1 bestand per programma" if aantal == 1 else f"{aantal} bestanden, per programma",
        citaat=_citaat(gemeente, uitgave, oorsprong + adres.wortel),
        controlegetal=uitgave.controlesom,
    )


def _citaat(gemeente: str, uitgave: Uitgave, vaste_link: str) -> str:
    moment = uitgave.gepubliceerd_op
    gepubliceerd = f" Gepubliceerd op {formatting.datum(formatting.dag(moment))}." if moment else ""
    return f"Gemeente {gemeente}. {uitgave.titel}, versie {uitgave.nummer}.{gepubliceerd} {vaste_link}"


def _proef(uitgaven: Sequence[Uitgave], rijen: Mapping[int, Sequence[Bestandrij]], naam: str) -> Proef | None:
    """Return a file of the newest version that has it."""
    for uitgave in uitgaven:
        for rij in rijen.get(uitgave.versie_id, ()):
            if rij.naam == naam:
                return Proef(bestandsnaam(uitgave, rij.naam), rij.sha256)
    return None
