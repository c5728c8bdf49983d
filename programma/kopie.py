"""Copying the rows of a version: references within the version follow to the copies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models

from programma.models import VERSIERIJEN, Versie, Versiegebonden

R = TypeVar("R", bound=Versiegebonden)
Kopie = dict[type[models.Model], dict[int, int]]


def kopieer_alles(van: Versie, naar: Versie) -> None:
    """Copy every row of a version, parents first."""
    kopie: Kopie = {}
    for model in VERSIERIJEN:
        kopie[model] = kopieer(model, van, naar, kopie)


def kopieer(
    model: type[R],
    van: Versie,
    naar: Versie,
    kopie: Kopie,
    anders: Mapping[str, Callable[[Any], Any]] | None = None,
) -> dict[int, int]:
    """Copy the rows of one model; return the new key per old key.

    `kopie` holds the keys of the parents that were copied before. `anders` gives, per column, the new value from the
    old one; all other columns are copied as they are.
    """
    velden = [veld for veld in model._meta.concrete_fields if not veld.primary_key and veld.name != "versie"]
    verwijst = {veld.attname: kopie[veld.related_model] for veld in velden if veld.related_model in kopie}
    oud = list(model._default_manager.filter(versie=van).order_by("pk"))
    nieuw = []
    for rij in oud:
        waarden = {veld.attname: getattr(rij, veld.attname) for veld in velden}
        for naam, sleutels in verwijst.items():
            if waarden[naam] is not None:
                waarden[naam] = sleutels[waarden[naam]]
        for naam, waarde in (anders or {}).items():
            waarden[naam] = waarde(waarden[naam])
        nieuw.append(model(versie=naar, **waarden))
    model._default_manager.bulk_create(nieuw, batch_size=2000)
    return {oude.pk: nieuwe.pk for oude, nieuwe in zip(oud, nieuw, strict=True)}
