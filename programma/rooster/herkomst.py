"""Who made a value of the grid what it is now, and when: out of the history, for all conflicts in one query."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import connection

from programma.models import Bedrag, Begrotingsregel, Kolom, Pakket, Wijziging
from programma.rooster.blad import PAKKET, Blad, Gezien, Plek, plek
from programma.rooster.samenvoeging import Strijd
from veiligheid.formatting import moment

# Of rows that are there the last event, of a text the last that changed it. What went is found by what it was.
WIE = f"""
SELECT DISTINCT ON (u.nummer) u.nummer, coalesce(a.username, g.databaserol), g.op
FROM jsonb_to_recordset(%s::jsonb) AS u (nummer int, tabel text, rijen bigint[], veld text, was jsonb)
JOIN programma_gebeurtenis g ON g.versie_id = %s AND g.tabel = u.tabel AND (
  g.soort = '-' AND nullif(g.oud, '')::jsonb @> u.was
  OR g.rij = ANY (u.rijen) AND (u.veld IS NULL OR nullif(g.oud, '')::jsonb -> u.veld
                                IS DISTINCT FROM nullif(g.nieuw, '')::jsonb -> u.veld))
LEFT JOIN {User._meta.db_table} a ON a.id = g.door_id
ORDER BY u.nummer, g.id DESC
"""  # noqa: S608 - the names are our own


def wie(versie: int, strijd: Sequence[Strijd], gezien: Gezien, blad: Blad) -> list[str]:
    """Return per conflict who made the value what it is now and when; "" when the history does not tell. One query."""
    vragen = [
        {"nummer": nummer, **vraag} for nummer, geval in enumerate(strijd) for vraag in _vragen(geval, gezien, blad)
    ]
    with connection.cursor() as cursor:
        cursor.execute(WIE, [json.dumps(vragen), versie])
        gevonden = {nummer: f"{naam}, {moment(op)}" for nummer, naam, op in cursor.fetchall()}
    return [gevonden.get(nummer, "") for nummer in range(len(strijd))]


def _van(model: type[Any], rijen: Sequence[int] = (), **meer: Any) -> dict[str, Any]:
    return {"tabel": model._meta.db_table, "rijen": list(rijen), **meer}


def _vragen(strijd: Strijd, gezien: Gezien, blad: Blad) -> Iterator[dict[str, Any]]:
    """Yield in which rows of the history the answer must stand."""
    regel = blad.regels.get(strijd.rij)
    waar = plek(strijd.veld) if strijd.veld else None
    if strijd.veld == PAKKET or (regel is None and gezien.pakket(strijd.rij) not in blad.pakketten):
        yield _van(Pakket, [gezien.pakket(strijd.rij)])
    if waar is not None:
        if waar.kolom not in {kop.pk for kop in blad.koppen}:
            yield _van(Kolom, [waar.kolom])
        if waar.wijziging and waar.wijziging not in blad.wijzigingen:
            yield _van(Wijziging, [waar.wijziging])
    if regel is None:
        yield _van(Begrotingsregel, was={"sleutel": strijd.rij})
    elif waar is not None:
        cel = regel.bedragen.get(waar)
        yield _van(Bedrag, [cel.pk] if cel else [], was=_was(regel.pk, waar))
    elif strijd.veld:
        yield _van(Begrotingsregel, [regel.pk], veld="pakket_id" if strijd.veld == PAKKET else strijd.veld)
    else:
        yield _van(Begrotingsregel, [regel.pk])
        yield _van(Bedrag, [cel.pk for cel in regel.bedragen.values()], was={"regel_id": regel.pk})


def _was(regel: int, waar: Plek) -> dict[str, int | None]:
    return {"regel_id": regel, "kolom_id": waar.kolom, "wijziging_id": waar.wijziging or None}
