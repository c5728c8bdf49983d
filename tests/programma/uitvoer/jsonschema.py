"""A small check of JSON against a JSON Schema: the keywords that our schema uses, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

SOORTEN: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}
UITLEG = {"$schema", "title", "description"}
BEKEND = UITLEG | {
    *("type", "enum", "const", "pattern", "minimum", "maximum", "items"),
    *("properties", "required", "additionalProperties"),
}


def _is(waarde: object, soort: str) -> bool:
    return isinstance(waarde, SOORTEN[soort]) and (soort != "integer" or not isinstance(waarde, bool))


def fouten(waarde: Any, schema: Mapping[str, Any], plek: str = "$") -> Iterator[str]:
    """Yield each way in which a value is not what the schema says. Raises KeyError for a keyword it does not know."""
    if onbekend := set(schema) - BEKEND:
        raise KeyError(f"{plek}: {onbekend}")
    soorten = schema.get("type", [])
    soorten = [soorten] if isinstance(soorten, str) else soorten
    if soorten and not any(_is(waarde, soort) for soort in soorten):
        yield f"{plek}: {waarde!r} is no {soorten}"
        return
    if "const" in schema and waarde != schema["const"]:
        yield f"{plek}: {waarde!r} is not {schema['const']!r}"
    if "enum" in schema and waarde not in schema["enum"]:
        yield f"{plek}: {waarde!r} is none of {schema['enum']}"
    if isinstance(waarde, str) and not re.search(schema.get("pattern", ""), waarde):
        yield f"{plek}: {waarde!r} has not the form {schema['pattern']}"
    if isinstance(waarde, int) and not schema.get("minimum", waarde) <= waarde <= schema.get("maximum", waarde):
        yield f"{plek}: {waarde!r} is out of bounds"
    if isinstance(waarde, dict):
        yield from _van_object(waarde, schema, plek)
    if isinstance(waarde, list) and "items" in schema:
        for nummer, deel in enumerate(waarde):
            yield from fouten(deel, schema["items"], f"{plek}[{nummer}]")


def _van_object(waarde: dict[str, Any], schema: Mapping[str, Any], plek: str) -> Iterator[str]:
    velden = schema.get("properties", {})
    yield from (f"{plek}: {naam} is missing" for naam in schema.get("required", ()) if naam not in waarde)
    for naam, deel in waarde.items():
        if naam in velden:
            yield from fouten(deel, velden[naam], f"{plek}.{naam}")
        elif schema.get("additionalProperties") is False:
            yield f"{plek}: {naam} does not belong here"
