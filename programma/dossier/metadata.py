"""metadata.json: what a dossier is, in the terms of MDTO, and what was recorded of the version that it is of.

MDTO (Metagegevens voor duurzaam toegankelijke overheidsinformatie) is the standard of the Nationaal Archief. Only what
the site knows is filled in: how long a budget is kept, is for the municipality's own selection list to say.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from programma.dossier.inhoud import moment_utc
from programma.dossier.pak import Bestandfeit
from programma.inhoud import Uitgave
from programma.lezing.gemeente import naam_op

VORMEN = {
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "pdf": "application/pdf",
    "py": "text/x-python",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def metadata_json(
    uitgave: Uitgave, feiten: Sequence[Bestandfeit], *, som: str, kop: str, vers: bool, bestanden: Sequence[Any]
) -> bytes:
    """Return the metadata. `som` is the controlesom as computed now, `kop` the head of the history up to which a fresh
    dossier reaches ("" in one that was made at publication), `bestanden` what was recorded of the files."""
    gegevens: dict[str, Any] = {
        "soort": "dossier van een begrotingsversie",
        "vorm": 1,
        "mdto": _mdto(uitgave, feiten),
        "document": uitgave.document_slug,
        "documentsoort": uitgave.document_soort,
        "jaar": uitgave.jaar,
        "versie": uitgave.nummer,
        "titel": uitgave.titel,
        "status": uitgave.status,
        "gepubliceerd_op": _tekst(uitgave.gepubliceerd_op),
        "peilmoment": _tekst(uitgave.peilmoment),
        "controlesom": uitgave.controlesom,
        "controlesom_nu": som,
        "anker": uitgave.anker,
        "raadsbesluit_nummer": uitgave.raadsbesluit_nummer,
        "raadsbesluit_datum": _tekst(uitgave.raadsbesluit_datum),
        "gemaakt": "vers" if vers else "publicatie",
        "historiekop": kop,
        "gemeente": settings.GEMEENTE,
        "bestanden": [dict(zip(("naam", "omvang", "regels", "sha256"), rij, strict=True)) for rij in bestanden],
    }
    return (json.dumps(gegevens, ensure_ascii=False, indent=1) + "\n").encode()


def _mdto(uitgave: Uitgave, feiten: Sequence[Bestandfeit]) -> dict[str, Any]:
    """Return the fields of MDTO: informatieobject and the bestanden in it."""
    return {
        "identificatie": {"identificatieKenmerk": uitgave.kenmerk, "identificatieBron": settings.SITE_ADRES},
        "naam": f"{uitgave.titel}, versie {uitgave.nummer}",
        "aggregatieniveau": "Dossier",
        "taal": "nl",
        "dekkingInTijd": {"dekkingInTijdType": "begrotingsjaar", "begindatum": str(uitgave.jaar)},
        "event": [
            {"eventType": soort, "eventTijd": _tekst(moment)}
            for soort, moment in (
                ("publicatie", uitgave.gepubliceerd_op),
                ("vaststelling door de raad", uitgave.raadsbesluit_datum),
                ("intrekking", uitgave.ingetrokken_op),
            )
            if moment
        ],
        "archiefvormer": {
            "verwijzingNaam": f"Gemeente {naam_op(uitgave.peilmoment)}",
            "verwijzingIdentificatie": settings.GEMEENTE,
        },
        "beperkingGebruik": {"beperkingGebruikType": settings.DATA_LICENTIE},
        "bestand": [
            {
                "naam": feit.naam,
                "omvang": feit.omvang,
                "bestandsformaat": VORMEN.get(feit.naam.rpartition(".")[2], "application/octet-stream"),
                "checksum": {"checksumAlgoritme": "SHA-256", "checksumWaarde": feit.sha256},
            }
            for feit in feiten
        ],
    }


def _tekst(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    return moment_utc(moment) if isinstance(moment, datetime) else moment.isoformat()
