"""Reading the history: what happened to a cell, a row, a programme or a version, and how a version stood before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models

from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Doelindicator,
    Gebeurtenis,
    GedruktTotaal,
    Partijcijfers,
    Programmaindicator,
    Schakel,
    Versiegebonden,
)
from veiligheid.formatting import moment, natuurlijk

LEEG = "leeg"
ACCOUNTS = User._meta.db_table
Rij = tuple[str, int]

# Rows that have no name of their own are called after what they join.
GENOEMD_NAAR: Mapping[type[models.Model], tuple[str, ...]] = {
    Bedrag: ("regel", "kolom", "wijziging"),
    Doelindicator: ("doel", "indicator"),
    Programmaindicator: ("programma", "indicator"),
    Partijcijfers: ("partij", "jaar"),
    GedruktTotaal: ("grootheid", "programma", "pakket", "kolom"),
}
# What says nothing to a reader: the key of the row, and the version that the page is about.
STIL = frozenset({"id", "versie_id"})

LAATSTE = """
SELECT DISTINCT ON (g.tabel, g.rij) g.tabel, g.rij, coalesce(nullif(g.nieuw, ''), g.oud)
FROM programma_gebeurtenis g JOIN unnest(%s::text[], %s::bigint[]) AS u (tabel, rij) USING (tabel, rij)
ORDER BY g.tabel, g.rij, g.id DESC
"""
# By link, not by moment or number: what one transaction wrote belongs together, and links are in the order of commits.
STAND = """
SELECT tabel, nieuw FROM (
  SELECT DISTINCT ON (g.tabel, g.rij) g.tabel, g.rij, g.nieuw
  FROM programma_gebeurtenis g
  JOIN programma_schakel s ON s.transactie = g.transactie AND g.id BETWEEN s.eerste AND s.laatste
  WHERE g.versie_id = %s AND s.id <= %s AND g.tabel = ANY (%s)
  ORDER BY g.tabel, g.rij, g.id DESC) t
WHERE nieuw <> '' ORDER BY tabel, rij
"""


@dataclass(frozen=True, slots=True)
class Verandering:
    """One field of a row: its name, what it was and what it became, as people read it."""

    veld: str
    oud: str
    nieuw: str


@dataclass(frozen=True, slots=True)
class Voorval:
    """One event as people read it. `wie` is an account or, outside the site, a role of the database."""

    nummer: int
    op: datetime
    wie: str
    soort: str
    onderwerp: str
    rij: Rij
    veranderingen: tuple[Verandering, ...]
    via: str
    herkomst: str


def kop() -> str:
    """Return the head of the history as "<number>:<sha256>", or "" before the first change. This is an anchor."""
    schakel = Schakel.objects.order_by("-pk").first()
    return str(schakel) if schakel else ""


def tabellen() -> dict[str, type[models.Model]]:
    """Return our own models by the name of their table."""
    return {
        model._meta.db_table: model
        for label in ("programma", "indicatoren")
        for model in apps.get_app_config(label).get_models()
    }


def lees_json(tekst: str) -> dict[str, Any]:
    """Return a row as the history holds it, by column; fractions are exact Decimals. "" is a row that was not there."""
    return json.loads(tekst, parse_float=Decimal) if tekst else {}


def instantie(model: type[models.Model], kolommen: Mapping[str, Any]) -> Any:
    """Return an unsaved row out of the history. Columns that came later have their default."""
    bekend = [veld for veld in model._meta.concrete_fields if veld.attname in kolommen]
    return model(**{veld.attname: veld.to_python(kolommen[veld.attname]) for veld in bekend})


def stand(versie: int, schakel: int) -> dict[type[Versiegebonden], list[Any]]:
    """Return the rows of a version as they were after a link of the history: unsaved, keys of then. One query."""
    per_tabel: dict[str, type[Versiegebonden]] = {model._meta.db_table: model for model in VERSIERIJEN}
    rijen: dict[type[Versiegebonden], list[Any]] = {model: [] for model in VERSIERIJEN}
    with connection.cursor() as cursor:
        cursor.execute(STAND, [versie, schakel, list(per_tabel)])
        for tabel, tekst in cursor.fetchall():
            model = per_tabel[tabel]
            rijen[model].append(instantie(model, lees_json(tekst)))
    return rijen


def tijdlijn(gebeurtenissen: Iterable[Gebeurtenis]) -> list[Voorval]:
    """Return events as people read them, in the same order. Two queries, whatever their number."""
    lijst = list(gebeurtenissen)
    modellen = tabellen()
    inhoud = {g.pk: (lees_json(g.oud), lees_json(g.nieuw)) for g in lijst}
    verwezen = _verwezen(modellen, ((g.tabel, rij) for g in lijst for rij in inhoud[g.pk]))
    accounts = {sleutel for tabel, sleutel in verwezen if tabel == ACCOUNTS} | {g.door_id for g in lijst if g.door_id}
    namen = _namen({rij for rij in verwezen if rij[0] != ACCOUNTS}, modellen)
    namen |= {(ACCOUNTS, sleutel): naam for sleutel, naam in _accountnamen(accounts)}
    return [_voorval(g, modellen[g.tabel], *inhoud[g.pk], namen) for g in lijst if g.tabel in modellen]


def _accountnamen(sleutels: set[int]) -> Iterable[tuple[int, str]]:
    return User.objects.filter(pk__in=sleutels).values_list("pk", "username")


def _voorval(
    g: Gebeurtenis,
    model: type[models.Model],
    oud: dict[str, Any],
    nieuw: dict[str, Any],
    namen: Mapping[Rij, str],
) -> Voorval:
    wie = namen.get((ACCOUNTS, g.door_id), f"account {g.door_id}") if g.door_id else f"databaserol {g.databaserol}"
    return Voorval(
        nummer=g.pk,
        op=g.op,
        wie=wie,
        soort=g.get_soort_display(),
        onderwerp=_onderwerp(model, nieuw or oud, namen),
        rij=(g.tabel, g.rij),
        veranderingen=tuple(_veranderingen(model, oud, nieuw, namen)),
        via=g.via,
        herkomst=g.herkomst,
    )


def _verwezen(modellen: Mapping[str, type[models.Model]], rijen: Iterable[tuple[str, Mapping[str, Any]]]) -> set[Rij]:
    """Return what the rows refer to: (table, key)."""
    gevonden: set[Rij] = set()
    for tabel, kolommen in rijen:
        if not kolommen or tabel not in modellen:
            continue
        for veld in modellen[tabel]._meta.concrete_fields:
            ander: Any = veld.related_model
            waarde = kolommen.get(veld.attname)
            if ander is not None and waarde is not None and ander._meta.db_table in {*modellen, ACCOUNTS}:
                gevonden.add((ander._meta.db_table, waarde))
    return gevonden


def _namen(rijen: set[Rij], modellen: Mapping[str, type[models.Model]]) -> dict[Rij, str]:
    """Return what rows are called, or were called last: a row that is gone has its name in the history."""
    if not rijen:
        return {}
    lijst = sorted(rijen)
    with connection.cursor() as cursor:
        cursor.execute(LAATSTE, [[tabel for tabel, _ in lijst], [rij for _, rij in lijst]])
        return {
            (tabel, rij): str(instantie(modellen[tabel], lees_json(tekst))) for tabel, rij, tekst in cursor.fetchall()
        }


def _onderwerp(model: type[models.Model], rij: Mapping[str, Any], namen: Mapping[Rij, str]) -> str:
    """Return what kind of row it is and what it is called."""
    soort = str(model._meta.verbose_name)
    if model not in GENOEMD_NAAR:
        return f"{soort}: {instantie(model, rij)}"
    delen = (_leesbaar(model._meta.get_field(naam), rij, namen) for naam in GENOEMD_NAAR[model])
    return f"{soort}: {', '.join(deel for deel in delen if deel != LEEG)}"


def _veranderingen(
    model: type[models.Model], oud: Mapping[str, Any], nieuw: Mapping[str, Any], namen: Mapping[Rij, str]
) -> Iterable[Verandering]:
    for veld in model._meta.concrete_fields:
        if veld.attname in STIL or oud.get(veld.attname) == nieuw.get(veld.attname):
            continue
        voor, na = _leesbaar(veld, oud, namen), _leesbaar(veld, nieuw, namen)
        if voor != na:
            yield Verandering(str(veld.verbose_name), voor, na)


def _leesbaar(veld: Any, rij: Mapping[str, Any], namen: Mapping[Rij, str]) -> str:
    """Return the value of a field as people read it; LEEG for nothing."""
    waarde = rij.get(veld.attname)
    if waarde is None or waarde == "":
        return LEEG
    if veld.related_model is not None:
        return namen.get((veld.related_model._meta.db_table, waarde), f"nummer {waarde}")
    if veld.choices:
        return str(dict(veld.flatchoices).get(waarde, waarde))
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(veld, models.DateTimeField):
        return moment(datetime.fromisoformat(waarde))
    return natuurlijk(Decimal(waarde)) if isinstance(veld, models.DecimalField) else str(waarde)
