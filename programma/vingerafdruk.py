"""Fingerprints of a version: which fields count, in which form they are hashed, and how publications are chained.

Pure: no Django, no database. `controlesom` covers everything in a version (amounts, texts, goals, parties, printed
totals) and nothing else: no database keys, version number, status, moments or persons. So two versions with the
same content have the same controlesom, and one changed comma gives another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

PER_DEEL = 1000
Waarde = str | int | bool | Decimal | date | None

# Per kind of row the fields that count. A reference is written as the name of what it refers to, because
# database keys differ between a version and its copy.
VELDEN: Mapping[str, Sequence[str]] = {
    "Kolom": ("fase", "jaar", "volgorde"),
    "Programma": (
        "code", "naam", "slug", "soort", "inleiding", "portefeuillehouder", "vergelijkingsgroep__code", "volgorde",
        "grafiekkop",
    ),
    "Paragraaf": ("soort", "naam", "volgorde"),
    "Bron": ("naam", "bestandsnaam", "sha256"),
    "Wijziging": ("nummer", "soort", "titel", "raadsbesluit", "raadsbesluit_datum"),
    "Pakket": ("programma__code", "code", "naam", "restpost", "volgorde"),
    "Sectie": ("programma__code", "pakket__code", "paragraaf__naam", "kop", "thema", "tekst", "volgorde"),
    "Doel": (
        "pakket__code", "tekst", "vervallen_reden", "nulwaarde", "nuljaar", "relatief", "streefwaarde", "streefjaar",
        "eenheid", "toelichting", "volgorde",
    ),
    "Doelindicator": (
        "doel__pakket__code", "doel__tekst", "doel__vervallen_reden", "doel__nulwaarde", "doel__nuljaar",
        "doel__relatief", "doel__streefwaarde", "doel__streefjaar", "doel__eenheid", "doel__toelichting",
        "doel__volgorde", "indicator__slug",
    ),
    "Programmaindicator": ("programma__code", "indicator__slug", "volgorde"),
    "Deelname": (
        "programma__code", "pakket__code", "partij__slug", "naam", "afkorting", "soort", "taak", "openbaar_belang",
        "volgorde", "vestigingsplaats", "bestuurlijk_belang",
    ),
    "Partijcijfers": (
        "partij__slug", "jaar", "bijdrage", "eigen_vermogen_begin", "eigen_vermogen_eind", "vreemd_vermogen_begin",
        "vreemd_vermogen_eind", "resultaat", "risico", "onbekend_reden", "belang_begin", "belang_begin_procent",
        "belang_eind", "belang_eind_procent", "ontwikkelingen",
    ),
    "Begrotingsregel": (
        "sleutel", "pakket__code", "soort", "omschrijving", "taakveld__code", "taakveld__geldig_van", "reserve",
        "incidenteel", "toelichting", "volgorde",
    ),
    "Bedrag": (
        "regel__sleutel", "kolom__jaar", "kolom__fase", "wijziging__nummer", "euro", "bronprecisie", "bron__naam",
        "bron__bestandsnaam", "bron__sha256", "plaats",
    ),
    "GedruktTotaal": (
        "programma__code", "pakket__code", "kolom__jaar", "kolom__fase", "grootheid", "euro", "eenheid", "toelichting",
    ),
}  # fmt: skip

# How many fields at the end of a kind of row came later than the first publications. Empty ("" for a text, None for a
# figure) they are not hashed, so that what was published before they existed keeps its controlesom. New ones go to the
# end.
LATER: Mapping[str, int] = {"Programma": 1, "Wijziging": 1, "Deelname": 2, "Partijcijfers": 5}

# The fields that do not count, by name: they say how far the work is, not what the council adopts. A schrijver who
# looks at an old text and leaves it as it is, changes no comma of the budget.
# The figures for which a heading was written say whether somebody should look again; readers see the heading.
TELT_NIET: Mapping[str, frozenset[str]] = {
    "Sectie": frozenset({"te_herzien"}),
    "Doel": frozenset({"te_herzien"}),
    "Deelname": frozenset({"te_herzien"}),
    "Partijcijfers": frozenset({"te_herzien"}),
    "Programma": frozenset({"grafiekkop_bij"}),
}


def _json(waarde: Waarde) -> str | int | bool | None:
    """Return a value in the one form in which it is hashed. Raises TypeError for a float: floats are not exact."""
    match waarde:
        case None | bool() | int() | str():
            return waarde
        case Decimal():
            return format(waarde, "f")
        case date():
            return waarde.isoformat()
        case _:
            raise TypeError(f"no canonical form for {type(waarde).__name__}")


def _zonder_later(naam: str, rij: Sequence[Waarde]) -> Sequence[Waarde]:
    """Return a row without the empty fields at its end that came later."""
    einde = len(rij)
    while einde > len(VELDEN.get(naam, ())) - LATER.get(naam, 0) and rij[einde - 1] in ("", None):
        einde -= 1
    return rij[:einde]


def canonieke_delen(titel: str, soorten: Mapping[str, Iterable[Sequence[Waarde]]]) -> Iterator[bytes]:
    """Yield the content of a version as canonical JSON in UTF-8, piece by piece: the bytes that are hashed.

    `soorten` maps each kind of row to its rows, with the fields of VELDEN in that order. Rows are sorted by
    their own text, so the order in which the database gives them does not matter.
    """
    yield ("[" + json.dumps(["Versie", titel], ensure_ascii=False, separators=(",", ":"))).encode()
    for naam in sorted(soorten):
        rijen = sorted(
            json.dumps(
                [_json(waarde) for waarde in _zonder_later(naam, rij)], ensure_ascii=False, separators=(",", ":")
            )
            for rij in soorten[naam]
        )
        for begin in range(0, len(rijen), PER_DEEL):
            yield "".join(f',\n["{naam}",{rij}]' for rij in rijen[begin : begin + PER_DEEL]).encode()
    yield b"]\n"


def canoniek(titel: str, soorten: Mapping[str, Iterable[Sequence[Waarde]]]) -> bytes:
    """Return the content of a version as canonical JSON in UTF-8, as `canonieke_delen` yields it."""
    return b"".join(canonieke_delen(titel, soorten))


def controlesom(titel: str, soorten: Mapping[str, Iterable[Sequence[Waarde]]]) -> str:
    """Return the sha256 (hex) of the canonical content of a version."""
    som = hashlib.sha256()
    for deel in canonieke_delen(titel, soorten):
        som.update(deel)
    return som.hexdigest()


def anker(vorig: str, som: str, peilmoment: datetime, historiekop: str = "") -> str:
    """Return the sha256 (hex) that ties a publication to all before it.

    `vorig` is the anker of the publication before ("" for the first), `som` the controlesom, `historiekop` the
    head of the history of changes before it, "<number>:<sha256>" ("" when there was none yet). The moment is written in
    UTC to the microsecond.
    """
    moment = peilmoment.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256("\n".join((vorig, som, moment, historiekop)).encode()).hexdigest()
