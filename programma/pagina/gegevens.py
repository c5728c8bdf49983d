"""The page of a figure for machines: canonical JSON, the same bytes always.

Keys are sorted, nothing stands between them, amounts are strings with two decimals and the stored sign (effect on the
result). Addresses are those of the fixed version, so the current address and the fixed one give the same bytes.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from programma.cijfer import SOORTEN, kolomwoord, regelwoord
from programma.inhoud.opbouw import Bedragrij, Bedragstuk, Regelrij
from programma.pagina import adres as adressen
from programma.pagina.bedrag import GEGEVENS
from programma.pagina.cijfer import Cijferzin, delen, lees
from programma.pagina.wijziging import wijzigingstappen
from programma.raming import Meerjarenraming
from veiligheid.formatting import afgerond


def gegevens(stuk: Bedragstuk, optelling: Meerjarenraming) -> str:
    """Return the figure with everything under it as JSON text, ending in a line feed."""
    cijfer = lees(stuk, optelling)
    data = _algemeen(stuk, cijfer) | _opbouw(stuk, optelling, cijfer)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _euro(bedrag: Decimal) -> str:
    return f"{afgerond(bedrag, 2):f}"


def _moment(op: datetime | None) -> str | None:
    return op.astimezone(UTC).isoformat() if op else None


def _algemeen(stuk: Bedragstuk, cijfer: Cijferzin) -> dict[str, Any]:
    uitgave = stuk.uitgave
    vast = adressen.vast(uitgave)
    adres = vast.bedrag(stuk.programma.slug if stuk.programma else None, stuk.cijfer.woord, stuk.kolom)
    besluit = uitgave.raadsbesluit_datum
    return _taakveld(stuk) | {
        "adres": adres,
        "gegevens": f"{adres}{GEGEVENS}",
        "gemeente": stuk.gemeente,
        "document": uitgave.document_slug,
        "titel": uitgave.titel,
        "versie": uitgave.nummer,
        "status": uitgave.status,
        "gepubliceerd_op": _moment(uitgave.gepubliceerd_op),
        "raadsbesluit": {"nummer": uitgave.raadsbesluit_nummer, "datum": besluit.isoformat()} if besluit else None,
        "controlesom": uitgave.controlesom or None,
        "anker": uitgave.anker or None,
        "historiekop": uitgave.historiekop or None,
        "programma": {"code": stuk.programma.code, "naam": stuk.programma.naam} if stuk.programma else None,
        "pakket": stuk.cijfer.pakket,
        "regel": stuk.cijfer.sleutel or None,
        "wat": stuk.cijfer.woord,
        "grootheid": cijfer.grootheid.value,
        "fase": stuk.kolom.fase,
        "jaar": stuk.kolom.jaar,
        "euro": _euro(cijfer.bedrag),
    }


def _taakveld(stuk: Bedragstuk) -> dict[str, Any]:
    """Return the code of the taakveld or its chapter, of whose figure this is; null for what has no taakveld."""
    if stuk.cijfer.taakveld is not None:
        return {"taakveld": stuk.cijfer.taakveld or None}
    if stuk.cijfer.hoofdtaakveld is not None:
        return {"hoofdtaakveld": stuk.cijfer.hoofdtaakveld or None}
    return {}


def _opbouw(stuk: Bedragstuk, optelling: Meerjarenraming, cijfer: Cijferzin) -> dict[str, Any]:
    """Return the lines, or the figures that this one adds up: {"regels": …} or {"delen": …}."""
    vast = adressen.vast(stuk.uitgave)
    kolom = f"{kolomwoord(stuk.kolom)}/"
    if stuk.opbouw is None or stuk.programma is None:
        rijen = delen(stuk, optelling, cijfer, vast)
        return {
            "delen": [
                {
                    "naam": deel.naam,
                    "grootheid": deel.grootheid.value,
                    "euro": _euro(deel.euro),
                    "adres": deel.naar + kolom,
                    **({"waarvan": deel.groep, "onderschrift": deel.onderschrift} if deel.onderschrift else {}),
                }
                for deel in rijen
            ]
        }
    per_regel: dict[str, list[Bedragrij]] = {rij.sleutel: [] for rij in stuk.opbouw.regels}
    for bedrag in stuk.opbouw.bedragen:
        per_regel[bedrag.regel].append(bedrag)
    begin = vast.bedragen(stuk.programma.slug)
    return {
        "regels": [
            _regel(rij, per_regel[rij.sleutel]) | {"adres": f"{begin}{regelwoord(rij.sleutel, stuk.pakketten)}/{kolom}"}
            for rij in stuk.opbouw.regels
        ],
        "wijzigingen": [
            {
                **stap.wijziging._asdict(),
                "datum": stap.wijziging.datum.isoformat() if stap.wijziging.datum else None,
                "voor": _euro(stap.voor),
                "na": _euro(stap.na),
                "verschil": _euro(stap.verschil),
            }
            for stap in wijzigingstappen(stuk.opbouw.bedragen)
        ],
        **_historie(stuk),
    }


def _historie(stuk: Bedragstuk) -> dict[str, Any]:
    """Return when the amounts were recorded and changed, for a line or a cell: a total leaves that to its parts."""
    if stuk.opbouw is None or stuk.cijfer.totaal in SOORTEN:
        return {}
    return {
        "historie": [
            {
                "op": _moment(rij.op),
                "soort": "vastgelegd" if rij.soort == "+" else "gewijzigd",
                "via": rij.via or None,
                "rol": "redacteur" if rij.binnen else None,
                "aantal": rij.aantal,
            }
            for rij in stuk.opbouw.sporen
        ]
    }


def _regel(rij: Regelrij, bedragen: list[Bedragrij]) -> dict[str, Any]:
    return {
        "regel": rij.sleutel,
        "pakket": rij.pakket,
        "soort": rij.soort,
        "omschrijving": rij.omschrijving,
        "taakveld": rij.taakveld.code if rij.taakveld else None,
        "reserve": rij.reserve or None,
        "incidenteel": None if rij.incidenteel == "onbekend" else rij.incidenteel,
        "bedragen": [
            {
                "euro": _euro(bedrag.euro),
                "bronprecisie": bedrag.bronprecisie,
                "wijziging": bedrag.wijziging.nummer if bedrag.wijziging else None,
                "bron": bedrag.bron._asdict() if bedrag.bron else None,
                "plaats": bedrag.plaats or None,
            }
            for bedrag in bedragen
        ],
    }
