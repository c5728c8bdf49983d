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
from django.core.exceptions import ValidationError
from django.db import connection, models

from indicatoren.models import Gebied, Gebiedsnaam, Indicator, Waarneming
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Bestand,
    Document,
    Doelindicator,
    Gebeurtenis,
    GedruktTotaal,
    Partijcijfers,
    Programma,
    Programmaindicator,
    Schakel,
    Stap,
    Taakveld,
    VerbondenPartij,
    Versie,
    Versiegebonden,
)
from veiligheid.formatting import moment, natuurlijk

LEEG = "leeg"
# The models of which every change is recorded: what a budget rests on. What is not here is work (a task, an import), or
# is a log itself.
BEWAAKT: tuple[type[models.Model], ...] = (
    Document,
    Versie,
    *VERSIERIJEN,
    VerbondenPartij,
    Taakveld,
    Stap,
    Bestand,
    Gebied,
    Gebiedsnaam,
    Indicator,
    Waarneming,
)
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
# What a row is a part of, the nearest first; the last is the programme.
DEEL_VAN = ("regel_id", "doel_id", "pakket_id", "programma_id")

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


def plaatsen(rijen: Mapping[Rij, str]) -> dict[Rij, str]:
    """Return where rows are, as people read it: version, programme, what it is, what it is called, table and number.

    `rijen` gives their content as JSON text. Of what cannot be read only table and number are given. At most five
    queries, whatever their number.
    """
    modellen = tabellen()
    inhoud = {rij: _lees_wat_kan(tekst) for rij, tekst in rijen.items()}
    geheel = _geheel(modellen, inhoud)
    namen = _namen(_verwezen(modellen, ((tabel, kolommen) for (tabel, _), kolommen in geheel.items())), modellen)
    return {rij: _plaats(rij, modellen, geheel, namen) for rij in inhoud}


def verschil(tabel: str, toen: str, nu: str) -> str:
    """Return in which fields two contents of a row (JSON text) differ: what the history has, what the table has."""
    modellen = tabellen()
    oud, nieuw = _lees_wat_kan(toen), _lees_wat_kan(nu)
    try:
        namen = _namen(_verwezen(modellen, [(tabel, oud), (tabel, nieuw)]), modellen)
        velden = [
            f"{v.veld} is in de tabel {v.nieuw} en in de historie {v.oud}"
            for v in _veranderingen(modellen[tabel], oud, nieuw, namen)
        ]
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        velden = []
    kolommen = sorted(naam for naam in {*oud, *nieuw} if oud.get(naam, ...) != nieuw.get(naam, ...))
    return "; ".join(velden) or ", ".join(kolommen) or "alleen hoe het is opgeschreven"


def _lees_wat_kan(tekst: str) -> dict[str, Any]:
    """Return a row, or {} when somebody made something else of its text."""
    try:
        kolommen = lees_json(tekst)
    except ValueError:
        return {}
    return kolommen if isinstance(kolommen, dict) else {}


def _boven(tabel: str, kolommen: Mapping[str, Any], modellen: Mapping[str, type[models.Model]]) -> Rij | None:
    """Return the row that a row is a part of, if any."""
    for veld in modellen[tabel]._meta.concrete_fields if tabel in modellen else ():
        ander: Any = veld.related_model
        if veld.attname in DEEL_VAN and ander is not None and isinstance(kolommen.get(veld.attname), int):
            return ander._meta.db_table, kolommen[veld.attname]
    return None


def _geheel(
    modellen: Mapping[str, type[models.Model]], inhoud: Mapping[Rij, dict[str, Any]]
) -> dict[Rij, dict[str, Any]]:
    """Return the rows with everything that they are a part of, up to the programme."""
    geheel = dict(inhoud)
    for _ in DEEL_VAN:
        boven = {_boven(tabel, kolommen, modellen) for (tabel, _), kolommen in geheel.items()} - {None, *geheel}
        if not boven:
            break
        geheel |= {rij: _lees_wat_kan(tekst) for rij, tekst in _laatste({rij for rij in boven if rij}).items()}
    return geheel


def _plaats(
    rij: Rij,
    modellen: Mapping[str, type[models.Model]],
    geheel: Mapping[Rij, dict[str, Any]],
    namen: Mapping[Rij, str],
) -> str:
    tabel, nummer = rij
    nummerplaats = f"{tabel} {nummer}"
    kolommen = geheel[rij]
    if tabel not in modellen or not kolommen:
        return nummerplaats
    try:
        onderwerp = _onderwerp(modellen[tabel], kolommen, namen)
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        return nummerplaats
    versie = namen.get((Versie._meta.db_table, kolommen.get("versie_id") or 0))
    programma = _programma(rij, modellen, geheel, namen)
    delen = [versie, f"programma {programma}" if programma else None, f"{onderwerp} ({nummerplaats})"]
    return ", ".join(deel for deel in delen if deel)


def _programma(
    rij: Rij,
    modellen: Mapping[str, type[models.Model]],
    geheel: Mapping[Rij, dict[str, Any]],
    namen: Mapping[Rij, str],
) -> str | None:
    """Return what the programme is called that a row is a part of."""
    boven = _boven(rij[0], geheel[rij], modellen)
    while boven is not None and boven[0] != Programma._meta.db_table:
        boven = _boven(boven[0], geheel.get(boven, {}), modellen)
    return namen.get(boven) if boven else None


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
            # A number, unless somebody made something else of it: then it refers to nothing.
            if ander is not None and isinstance(waarde, int) and ander._meta.db_table in {*modellen, ACCOUNTS}:
                gevonden.add((ander._meta.db_table, waarde))
    return gevonden


def _namen(rijen: set[Rij], modellen: Mapping[str, type[models.Model]]) -> dict[Rij, str]:
    """Return what rows are called, or were called last: a row that is gone has its name in the history."""
    return {rij: str(instantie(modellen[rij[0]], lees_json(tekst))) for rij, tekst in _laatste(rijen).items()}


def _laatste(rijen: set[Rij]) -> dict[Rij, str]:
    """Return the content that rows have, or had last, by what the history says."""
    if not rijen:
        return {}
    lijst = sorted(rijen)
    with connection.cursor() as cursor:
        cursor.execute(LAATSTE, [[tabel for tabel, _ in lijst], [rij for _, rij in lijst]])
        return {(tabel, rij): tekst for tabel, rij, tekst in cursor.fetchall()}


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
