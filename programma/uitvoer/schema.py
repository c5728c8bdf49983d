"""The JSON Schema (draft 2020-12) of begroting.json, as data: pure."""

from __future__ import annotations

from collections.abc import Mapping

from programma.raming import Fase, Grootheid, Soort
from programma.uitvoer.selectie import LIJSTEN, SINDS

SCHEMA_ADRES = "/open-data/begroting.schema.json"

Schema = Mapping[str, object]

TEKST: Schema = {"type": "string"}
JAAR: Schema = {"type": "integer", "minimum": 1000, "maximum": 9999}
BEDRAG: Schema = {
    "type": "string",
    "pattern": "^-?[0-9]+\\.[0-9]{2}$",
    "description": "Euro, twee decimalen, als tekst. Het teken zegt wat het met het resultaat doet: lasten negatief.",
}
SHA256: Schema = {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"}
FASE: Schema = {"enum": [fase.value for fase in Fase]}
SOORT: Schema = {"enum": [soort.value for soort in Soort]}


def _object(velden: Mapping[str, Schema], uitleg: str = "", verplicht: list[str] | None = None) -> Schema:
    """Return the schema of an object that has these fields and no other."""
    schema: dict[str, object] = {
        "type": "object",
        "required": list(velden) if verplicht is None else verplicht,
        "additionalProperties": False,
        "properties": dict(velden),
    }
    return {"description": uitleg, **schema} if uitleg else schema


def _lijst(van: Schema, uitleg: str = "") -> Schema:
    schema: dict[str, object] = {"type": "array", "items": van}
    return {"description": uitleg, **schema} if uitleg else schema


def _of_niets(waarden: list[str]) -> Schema:
    return {"enum": [*waarden, None]}


BEDRAGEN = _lijst(
    _object(
        {
            "fase": FASE,
            "jaar": JAAR,
            "bedrag": BEDRAG,
            "bronprecisie": {"enum": [1, 1000], "description": "1000: de bron was afgerond op duizenden euro’s."},
            "wijziging": {
                "type": ["string", "null"],
                "description": "Het nummer uit `wijzigingen`; niets: het oorspronkelijke bedrag.",
            },
        }
    ),
    "De bedragen van de regel, op jaar, fase en wijziging. Opgeteld per kolom zijn ze de cel van de tabel.",
)

REGELS = _lijst(
    _object(
        {
            "programma": TEKST,
            "pakket": TEKST,
            "regel": {"type": "string", "description": "De vaste naam van de regel; in elke versie dezelfde."},
            "soort": SOORT,
            "omschrijving": TEKST,
            "taakveld": {"type": ["string", "null"], "description": "De code van Iv3 is tekst: 0.1 is niet 0.10."},
            "incidenteel": _of_niets(["ja", "nee"]),
            "bedragen": BEDRAGEN,
        }
    ),
    "De regels, op programma, pakket, soort en regel.",
)

BEGROTING_SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "begroting.json",
    "description": "Alle regels van een versie van een begroting, of de regels die een selectie overlaat.",
    **_object(
        {
            "$schema": {"const": SCHEMA_ADRES},
            "document": _object({"naam": TEKST, "soort": TEKST, "jaar": JAAR, "titel": TEKST}),
            "versie": _object(
                {"nummer": {"type": "integer", "minimum": 1}, "controlesom": SHA256, "anker": SHA256},
                "Wat alleen van deze versie is. Zonder publicatie is er geen controlesom en geen anker.",
            ),
            "selectie": _object(
                {veld: _lijst(TEKST) for veld in (*LIJSTEN, SINDS)},
                "Wat er gekozen is, met de namen en waarden uit het adres. Leeg: alles.",
                [],
            ),
            "kolommen": _lijst(_object({"fase": FASE, "jaar": JAAR})),
            "programmas": _lijst(_object({"code": TEKST, "naam": TEKST, "slug": TEKST, "soort": TEKST})),
            "pakketten": _lijst(
                _object({"programma": TEKST, "code": TEKST, "naam": TEKST, "restpost": {"type": "boolean"}})
            ),
            "wijzigingen": _lijst(
                _object(
                    {
                        "nummer": TEKST,
                        "soort": {"enum": ["begrotingswijziging", "amendement"]},
                        "titel": TEKST,
                        "raadsbesluit": TEKST,
                    }
                )
            ),
            "gedrukte_totalen": _lijst(
                _object(
                    {
                        "programma": {"type": ["string", "null"]},
                        "pakket": {"type": ["string", "null"]},
                        "grootheid": {"enum": [grootheid.value for grootheid in Grootheid]},
                        "fase": FASE,
                        "jaar": JAAR,
                        "bedrag": BEDRAG,
                        "eenheid": {"enum": [1, 1000], "description": "Gedrukt in hele euro’s of duizenden."},
                    }
                ),
                "Totalen zoals ze in de bron gedrukt staan, om na te rekenen: alleen die waar alle regels van in dit "
                "bestand staan. Zonder programma: van het hele document.",
            ),
            "regels": REGELS,
        }
    ),
}
