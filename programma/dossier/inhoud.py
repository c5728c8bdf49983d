"""The data of a dossier: exactly what is hashed of a version, its printed totals, and the observations beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, models

from indicatoren.models import INWONERS, Waarneming
from programma import vingerafdruk
from programma.inhoud import Uitgave
from programma.models import VERSIERIJEN, GedruktTotaal
from programma.toetsing.keuring import canonieke_rijen

KOP_GEDRUKT = (
    *("document", "versie", "programma_code", "pakket_code", "grootheid", "fase", "jaar"),
    *("bedrag", "eenheid", "toelichting"),
)
KOP_WAARNEMINGEN = (
    *("nummer", "indicator", "gebied", "jaar", "waarde", "status", "voetnoot", "peildatum", "bron", "vastgelegd_op"),
)
GEDRUKTVELDEN = (
    *("programma__code", "pakket__code", "grootheid", "kolom__fase", "kolom__jaar", "euro", "eenheid", "toelichting"),
)
# Which observations a version uses: of the indicators of its programmes and goals and the inhabitants, for the
# municipality and the groups with which its programmes are compared.
GEBRUIKT = """
SELECT (SELECT array_agg(DISTINCT indicator_id) FROM (
          SELECT indicator_id FROM programma_programmaindicator WHERE versie_id = %(versie)s
          UNION SELECT indicator_id FROM programma_doelindicator WHERE versie_id = %(versie)s
          UNION SELECT id FROM indicatoren_indicator WHERE slug = %(inwoners)s) i),
       (SELECT array_agg(DISTINCT gebied_id) FROM (
          SELECT vergelijkingsgroep_id AS gebied_id FROM programma_programma
          WHERE versie_id = %(versie)s AND vergelijkingsgroep_id IS NOT NULL
          UNION SELECT id FROM indicatoren_gebied WHERE code = %(gemeente)s) g)
"""
ALS_CODE: Mapping[str, str] = {"indicator": "indicator__slug", "gebied": "gebied__code"}


def inhoud_json(uitgave: Uitgave) -> Iterator[bytes]:
    """Yield exactly the bytes whose sha256 is the controlesom of a version. One query per kind of row."""
    return vingerafdruk.canonieke_delen(uitgave.titel, canonieke_rijen(uitgave.versie_id))


def velden_json() -> bytes:
    """Return what the fields of inhoud.json are, and to which table and column of the history each belongs."""
    soorten = {
        model.__name__: {
            "tabel": model._meta.db_table,
            "velden": list(vingerafdruk.VELDEN[model.__name__]),
            "later": vingerafdruk.LATER.get(model.__name__, 0),
            "telt_niet": sorted(vingerafdruk.TELT_NIET.get(model.__name__, ())),
        }
        for model in VERSIERIJEN
    }
    beschrijving = {"soorten": soorten, "verwijzingen": _verwijzingen()}
    return (json.dumps(beschrijving, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _verwijzingen() -> dict[str, dict[str, str]]:
    """Return per table to which table each of its references leads, also of the tables that are referred to."""
    gevonden: dict[str, dict[str, str]] = {}
    te_doen: list[type[models.Model]] = list(VERSIERIJEN)
    while te_doen:
        model = te_doen.pop()
        eigen: dict[str, str] = gevonden.setdefault(model._meta.db_table, {})
        for veld in model._meta.concrete_fields:
            ander: Any = veld.related_model
            if ander is None or veld.name == "versie" or ander._meta.app_label not in {"programma", "indicatoren"}:
                continue
            eigen[veld.attname] = ander._meta.db_table
            if ander._meta.db_table not in gevonden:
                te_doen.append(ander)
    return gevonden


def gedrukte_totalen(uitgave: Uitgave) -> Iterator[Sequence[object]]:
    """Yield the header and then the totals as the source printed them, in euros. One query."""
    yield KOP_GEDRUKT
    rijen = GedruktTotaal.objects.filter(versie=uitgave.versie_id).order_by().values_list(*GEDRUKTVELDEN)
    leeg = [[waarde or "" if plaats < 2 else waarde for plaats, waarde in enumerate(rij)] for rij in rijen]
    for rij in sorted(leeg):
        yield [uitgave.document_slug, uitgave.nummer, *rij]


def waarnemingen(uitgave: Uitgave) -> Iterator[Sequence[object]]:
    """Yield the header and then every observation that the version uses, as known at its peilmoment. Two queries.

    `nummer` is the key by which the history knows it. Who recorded it is left out.
    """
    yield KOP_WAARNEMINGEN
    with connection.cursor() as cursor:
        vraag: dict[str, Any] = {"versie": uitgave.versie_id, "inwoners": INWONERS, "gemeente": settings.GEMEENTE}
        cursor.execute(GEBRUIKT, vraag)
        indicatoren, gebieden = cursor.fetchone()
    if uitgave.peilmoment is None:
        raise ValueError(f"version {uitgave.versie_id} has no peilmoment")
    rijen = (
        Waarneming.objects.bekend_op(uitgave.peilmoment)
        .filter(indicator__in=indicatoren or [], gebied__in=gebieden or [])
        .values_list("id", *(ALS_CODE.get(naam, naam) for naam in KOP_WAARNEMINGEN[1:]))
    )
    for rij in sorted(rijen, key=_plaats):
        yield [_tekst(waarde) for waarde in rij]


def _plaats(rij: Sequence[Any]) -> tuple[Any, ...]:
    _, indicator, gebied, jaar, *_ = rij
    return indicator, gebied, jaar


def _tekst(waarde: object) -> object:
    """Return a value in the one form in which the dossier writes it; a moment in UTC, to the microsecond."""
    match waarde:
        case datetime():
            return moment_utc(waarde)
        case date():
            return waarde.isoformat()
        case str() | Decimal() | int() | None:
            return waarde
        case _:
            raise TypeError(f"no form for {type(waarde).__name__}")


def moment_utc(moment: datetime) -> str:
    """Return a moment as it is hashed into an anchor: "2026-11-23T09:05:00.000000+00:00"."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
