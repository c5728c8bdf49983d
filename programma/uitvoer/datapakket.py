"""What describes the files of a version for machines: SHA256SUMS and datapackage.json. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from programma.codeboek import CODEBOEK
from programma.inhoud import Bestandrij, Uitgave
from programma.raming import Fase, Soort

Licentie = tuple[str, str, str]
"""Its name (SPDX), its title for people, and its address."""

MEDIATYPEN = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
DIALECT = {
    "csvddfVersion": 1.2,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
VERPLICHT = {"constraints": {"required": True}}
TEKST: Mapping[str, object] = {"type": "string", **VERPLICHT}
# The type of each column in the words of Table Schema; the codebook says what it means.
TYPEN: Mapping[str, Mapping[str, object]] = {
    "document": TEKST,
    "versie": {"type": "integer", "constraints": {"required": True, "minimum": 1}},
    "programma_code": TEKST,
    "programma": TEKST,
    "pakket_code": TEKST,
    "pakket": TEKST,
    "soort": {"type": "string", "constraints": {"required": True, "enum": [soort.value for soort in Soort]}},
    "taakveld": {"type": "string"},
    "regel": TEKST,
    "omschrijving": TEKST,
    "incidenteel": {"type": "string", "constraints": {"enum": ["ja", "nee"]}},
    "fase": {"type": "string", "constraints": {"required": True, "enum": [fase.value for fase in Fase]}},
    "jaar": {"type": "year", **VERPLICHT},
    "bedrag": {"type": "number", "decimalChar": ".", "bareNumber": True, "unit": "EUR", **VERPLICHT},
    "bronprecisie": {"type": "integer", "unit": "EUR", "constraints": {"required": True, "enum": [1, 1000]}},
}


@dataclass(frozen=True, slots=True)
class Datapakketstuk:
    """What datapackage.json says of a published version: of whom, which files, and where the amounts came from."""

    gemeente: str
    uitgave: Uitgave
    bestanden: Sequence[Bestandrij]
    bronnen: Sequence[str] = ()


def sha256sums(rijen: Iterable[Bestandrij], noem: Callable[[str], str] = str) -> str:
    """Return the files of a version as `sha256sum --check` reads them, by name in the order of code points.

    Names are relative to the address of the version, as the files are in a folder of their own; `noem` makes of such a
    name another, for instance the one that a browser gives the file.
    """
    return "".join(f"{rij.sha256}  {noem(rij.naam)}\n" for rij in sorted(rijen, key=lambda rij: rij.naam))


def datapackage(stuk: Datapakketstuk, licentie: Licentie | None = None, *, demo: bool = False) -> str:
    """Return the description of the files of a version: a Frictionless Data Package (v1), the same text always.

    Paths are relative to the address of the version; `hash` and `bytes` are what was recorded of each file.
    """
    uitgave = stuk.uitgave
    uitleg = "Alle regels van de begroting als bestand. Bedragen in euro; lasten hebben een min."
    proef = f"Demonstratie, geen publicatie van de gemeente {stuk.gemeente}. " if demo else ""
    pakket: dict[str, object] = {
        "profile": "data-package",
        "name": f"{uitgave.document_slug}-v{uitgave.nummer}",
        "title": f"{uitgave.titel}, versie {uitgave.nummer}",
        "description": proef + uitleg,
        "version": f"{uitgave.nummer}.0.0",
        "contributors": [{"title": f"Gemeente {stuk.gemeente}", "role": "publisher"}],
        "controlesom": uitgave.controlesom,
        "anker": uitgave.anker,
    }
    if licentie:
        naam, titel, adres = licentie
        pakket["licenses"] = [{"name": naam, "path": adres, "title": titel}]
    if stuk.bronnen:
        pakket["sources"] = [{"title": bron} for bron in stuk.bronnen]
    pakket["resources"] = [_bron(rij) for rij in sorted(stuk.bestanden, key=lambda rij: rij.naam)]
    return json.dumps(pakket, ensure_ascii=False, indent=2) + "\n"


def _bron(rij: Bestandrij) -> dict[str, object]:
    """Return a file as a resource; a table has its dialect and the meaning of its columns."""
    kaal, _, soort = rij.naam.rpartition(".")
    beschrijving: dict[str, object] = {
        "profile": "data-resource",
        "name": f"{kaal.replace('/', '-')}-{soort}".lower(),
        "path": rij.naam,
        "format": soort,
        "mediatype": MEDIATYPEN.get(soort, "application/octet-stream"),
        "bytes": rij.omvang,
        "hash": f"sha256:{rij.sha256}",
    }
    if soort in {"csv", "json"}:
        beschrijving["encoding"] = "utf-8"
    if rij.naam.rpartition("/")[2] == "begroting.csv":
        beschrijving |= {"profile": "tabular-data-resource", "dialect": DIALECT, "schema": _schema()}
    return beschrijving


def _schema() -> dict[str, object]:
    return {
        "fields": [
            {"name": veld.naam, "description": f"{veld.betekenis} {veld.waarden}", **TYPEN[veld.naam]}
            for veld in CODEBOEK
        ],
        "missingValues": [""],
    }
