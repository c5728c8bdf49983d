"""The rows of a file in the staging table: written once with COPY, read back as the reader gave them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from programma.models import Importregel
from programma.resources.cellen import Cel

Rij = tuple[int, list[Cel]]


class _Schrijver(json.JSONEncoder):
    def default(self, o: Any) -> Any:
        """Write numbers and dates as an object that says what they are: exact, whatever JSON thinks of numbers."""
        match o:
            case Decimal():
                return {"n": str(o)}
            case datetime() | date():
                return {"d": o.isoformat()}
        return super().default(o)


_schrijf = _Schrijver(ensure_ascii=False, separators=(",", ":")).encode


def _lees(voorwerp: dict[str, str]) -> Cel:
    if "n" in voorwerp:
        return Decimal(voorwerp["n"])
    return datetime.fromisoformat(voorwerp["d"]) if "T" in voorwerp["d"] else date.fromisoformat(voorwerp["d"])


KOPIE = f"COPY {Importregel._meta.db_table} (invoer_id, blad, rij, cellen) FROM STDIN"
_lees_cellen = json.JSONDecoder(object_hook=_lees).decode


def bewaar(invoer: int, bladen: Iterable[Sequence[Sequence[Cel]]]) -> None:
    """Write the rows of all sheets; rows without any value are left out, but keep their number."""
    rijen = (
        (invoer, nummer, rij, _schrijf(list(cellen)))
        for nummer, blad in enumerate(bladen)
        for rij, cellen in enumerate(blad, start=1)
        if any(cel is not None and cel != "" for cel in cellen)
    )
    # NUL and lone surrogates have no place in PostgreSQL; the reader refuses them before.
    with connection.cursor() as cursor, cursor.cursor.copy(KOPIE) as kopie:
        for rij in rijen:
            kopie.write_row(rij)


def lees(invoer: int, blad: int, hoogstens: int | None = None) -> Iterator[Rij]:
    """Yield the rows of a sheet as (number of the row, cells), in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rij, cellen::text FROM programma_importregel WHERE invoer_id = %s AND blad = %s "
            "ORDER BY rij LIMIT %s",
            [invoer, blad, hoogstens],
        )
        for rij, cellen in cursor.fetchall():
            yield rij, _lees_cellen(cellen)


def als_waarden(ruw: Any) -> dict[str, Any] | None:
    """Return a jsonb object from a raw cursor, which may give it as text."""
    if ruw is None or isinstance(ruw, dict):
        return ruw
    waarden: dict[str, Any] = json.loads(ruw)
    return waarden
