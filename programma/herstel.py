"""Bringing back an earlier state of a version into a concept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction

from programma.kopie import Kopie, kopieer_rijen
from programma.models import VERSIERIJEN, Gebeurtenis, Schakel, Versie, Versiegebonden
from programma.publicatie import GeenRecht, Geweigerd, VerkeerdeStatus
from programma.spoor import historie
from veiligheid.namens import namens

Rijen = Sequence[Any]
Stand = dict[type[Versiegebonden], list[Any]]


class GeenStand(Geweigerd):
    """The history knows nothing of this version at that moment."""


@transaction.atomic
def herstel(naar: Versie, *, van: int, schakel: int, door: User) -> Versie:
    """Make the rows of concept `naar` what those of version id `van` were after a link of the history.

    Of `naar` itself, rows keep their keys, so that their own history goes on. Of another version of the same document
    (one that was thrown away, for instance) all rows are copied, and what was in the concept goes. The title stays.
    Raises GeenRecht, VerkeerdeStatus, GeenStand.
    """
    if not door.has_perm("programma.maak_concept"):
        raise GeenRecht("U heeft geen recht om een eerdere stand terug te zetten. Vraag een redacteur.")
    nu: Versie = Versie.objects.select_for_update(no_key=True).select_related("document").get(pk=naar.pk)
    if not nu.bewerkbaar():
        raise VerkeerdeStatus(f"Versie {nu.nummer} is {nu.status}. Terugzetten kan alleen in een concept.")
    stand = _stand(van, nu, schakel)
    with namens(door.pk, via="herstel", herkomst=f"versie {van}, na schakel {schakel} van de historie"):
        if van == nu.pk:
            _zet_terug(nu, stand)
        else:
            _vervang(nu, stand)
    return nu


def _stand(van: int, naar: Versie, schakel: int) -> Stand:
    """Return the state that was asked for. Raises GeenStand when there is none, or when it is of another document."""
    begin = Gebeurtenis.objects.filter(tabel=Versie._meta.db_table, rij=van, soort="+").first()
    document = historie.lees_json(begin.nieuw).get("document_id") if begin else None
    if document != naar.document_id or not Schakel.objects.filter(pk=schakel).exists():
        raise GeenStand("De historie kent deze stand niet, of het is een stand van een ander document.")
    return historie.stand(van, schakel)


def _vervang(naar: Versie, stand: Stand) -> None:
    for model in reversed(VERSIERIJEN):
        model._default_manager.filter(versie=naar).delete()
    kopie: Kopie = {}
    for model in VERSIERIJEN:
        kopie[model] = kopieer_rijen(model, stand[model], naar, kopie)


class Gevolg(NamedTuple):
    """What bringing a state back does to one kind of row."""

    terug: list[Any]
    anders: list[Any]
    weg: list[int]


def _gevolg(model: type[Versiegebonden], naar: Versie, toen: Rijen) -> Gevolg:
    """Return the rows that come back, those that get their old values, and the keys of those that go."""
    nu = {rij.pk: rij for rij in model._default_manager.filter(versie=naar)}
    velden = [veld for veld in model._meta.concrete_fields if not veld.primary_key]
    bekend = {rij.pk for rij in toen}
    return Gevolg(
        terug=[rij for rij in toen if rij.pk not in nu],
        anders=[rij for rij in toen if rij.pk in nu and not _gelijk(velden, rij, nu[rij.pk])],
        weg=[sleutel for sleutel in nu if sleutel not in bekend],
    )


def gevolgen(naar: Versie, *, van: int, schakel: int) -> dict[str, tuple[int, int, int]]:
    """Return per kind of row how many come back, change and go; kinds to which nothing happens are left out.

    Raises GeenStand.
    """
    stand = _stand(van, naar, schakel)
    tellingen = {
        str(model._meta.verbose_name_plural): tuple(map(len, _gevolg(model, naar, stand[model])))
        for model in VERSIERIJEN
    }
    return {naam: (terug, anders, weg) for naam, (terug, anders, weg) in tellingen.items() if terug or anders or weg}


def _zet_terug(naar: Versie, stand: Stand) -> None:
    """Remove what came later, children first; then bring back what went and what changed, parents first."""
    plan = {model: _gevolg(model, naar, stand[model]) for model in VERSIERIJEN}
    for model in reversed(VERSIERIJEN):
        model._default_manager.filter(versie=naar, pk__in=plan[model].weg).delete()
    for model in VERSIERIJEN:
        velden = [veld.name for veld in model._meta.concrete_fields if not veld.primary_key]
        _wijzig(model, velden, plan[model].anders)
        model._default_manager.bulk_create(plan[model].terug, batch_size=2000)


def _gelijk(velden: Sequence[models.Field[Any, Any]], een: Any, ander: Any) -> bool:
    return all(getattr(een, veld.attname) == getattr(ander, veld.attname) for veld in velden)


def _wijzig(model: type[Versiegebonden], velden: list[str], rijen: Rijen) -> None:
    """Give rows their values. When two swap what must be unique (a code, a place in the order), make room first."""
    if not rijen:
        return
    try:
        with transaction.atomic():
            model._default_manager.bulk_update(rijen, velden, batch_size=500)
    except IntegrityError:
        _maak_ruimte(model, rijen)
        model._default_manager.bulk_update(rijen, velden, batch_size=500)


def _maak_ruimte(model: type[Versiegebonden], rijen: Rijen) -> None:
    """Give the unique columns of these rows a value that no row has, for the length of the transaction."""
    uniek = {
        naam
        for beperking in model._meta.constraints
        if isinstance(beperking, models.UniqueConstraint)
        for naam in beperking.fields
    }
    for volgnummer, rij in enumerate(rijen):
        tijdelijk: dict[str, Any] = {}
        for naam in uniek:
            veld: Any = model._meta.get_field(naam)
            if veld.primary_key or veld.related_model or veld.choices:
                continue
            tijdelijk[naam] = f"t{rij.pk}" if isinstance(veld, models.CharField) else 20_000 + volgnummer
        model._default_manager.filter(pk=rij.pk).update(**tijdelijk)
