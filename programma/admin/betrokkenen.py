"""The people around a version: who did what to it, and who can take the next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import F, Max, Sum
from django.utils import timezone

from programma.models import VERSIERIJEN, Bewerking, Gebeurtenis, Stap, Versie
from veiligheid.formatting import opsomming

WERKWOORDEN = {"INSERT": "toegevoegd", "UPDATE": "gewijzigd", "DELETE": "verwijderd"}
NAMEN: Mapping[str, tuple[str, str]] = {
    model._meta.db_table: (str(model._meta.verbose_name), str(model._meta.verbose_name_plural)) for model in VERSIERIJEN
}
BUITEN_DE_SITE = "buiten de site om"


def naam(gebruiker: User | None) -> str:
    """Return what a person is called on the screen."""
    return (gebruiker.get_full_name() or gebruiker.get_username()) if gebruiker else BUITEN_DE_SITE


@dataclass(slots=True)
class Aandeel:
    """What one person did to a version."""

    wie: str
    stappen: list[Stap] = field(default_factory=list)
    wijzigingen: list[str] = field(default_factory=list)
    laatst: datetime | None = None


def aandelen(versie: Versie, stappen: Iterable[Stap]) -> list[Aandeel]:
    """Return who did what to a version, who was last first. Copied rows count for nobody. Two queries."""
    per_persoon: dict[int | None, Aandeel] = {}
    for stap in stappen:
        aandeel = per_persoon.setdefault(stap.door_id, Aandeel(naam(stap.door)))
        aandeel.stappen.append(stap)
        aandeel.laatst = max(filter(None, (aandeel.laatst, stap.op)))
    rijen = (
        Bewerking.objects.filter(versie=versie)
        .exclude(via="kopie")
        .values_list("door", "tabel", "soort")
        .annotate(Sum("rijen"), Max("op"))
        .order_by("tabel", "soort")
    )
    gevonden = list(rijen)
    personen = User.objects.in_bulk({door for door, *_ in gevonden if door is not None and door not in per_persoon})
    for door, tabel, soort, aantal, op in gevonden:
        aandeel = per_persoon.setdefault(door, Aandeel(naam(personen.get(door))))
        enkel, meer = NAMEN.get(tabel, (tabel, tabel))
        aandeel.wijzigingen.append(f"{aantal} {enkel if aantal == 1 else meer} {WERKWOORDEN.get(soort, soort)}")
        aandeel.laatst = max(filter(None, (aandeel.laatst, op)))
    return sorted(per_persoon.values(), key=lambda aandeel: aandeel.laatst or versie.aangemaakt_op, reverse=True)


class Wijziger(NamedTuple):
    """Who touched something last; the later one is the greater."""

    op: datetime
    wie: str

    def __str__(self) -> str:
        return f"{self.wie}, {timezone.localtime(self.op):%d-%m-%Y %H:%M}"


def wie_wijzigde(rijen: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Wijziger]:
    """Return by (table, key) who touched a row last, and when. Two queries, whatever their number.

    A row that was only copied from the version before is left out: nobody changed it.
    """
    laatste = {(rij.tabel, rij.rij): rij for rij in Gebeurtenis.objects.laatste_van_mensen(rijen)}
    mensen = User.objects.in_bulk({rij.door_id for rij in laatste.values() if rij.door_id is not None})
    return {
        sleutel: Wijziger(rij.op, naam(mensen.get(rij.door_id)) if rij.door_id else BUITEN_DE_SITE)
        for sleutel, rij in laatste.items()
    }


def schrijvers_van(versie: Versie) -> set[int]:
    """Return the database keys of who changed or submitted the version: they cannot approve it. One query."""
    auteurs = Bewerking.objects.filter(versie=versie, door__isnull=False).exclude(via="kopie")
    gevonden = set(auteurs.values_list("door", flat=True).distinct())
    return gevonden | ({versie.ingediend_door_id} if versie.ingediend_door_id else set())


@dataclass(frozen=True, slots=True)
class Bevoegd:
    """Which roles may take a step, and who has them."""

    rollen: tuple[str, ...]
    mensen: tuple[str, ...]

    @property
    def zin(self) -> str:
        """Who can do it, for in a sentence."""
        rollen = opsomming([f"de rol {rol}" for rol in self.rollen]) or "dit recht"
        if not self.mensen:
            return f"een collega met {rollen} (er is nog geen account dat dit kan)"
        return f"een collega met {rollen}: {opsomming(list(self.mensen))}"


def bevoegd(werkwoord: str, zonder: Iterable[int] = ()) -> Bevoegd:
    """Return who may take this step, apart from the people named in `zonder`. One query."""
    buiten = set(zonder)
    rollen: dict[str, None] = {}
    mensen: dict[int, str] = {}
    rijen = User.objects.filter(
        is_active=True,
        groups__permissions__codename=werkwoord,
        groups__permissions__content_type__app_label="programma",
    ).order_by("username")
    for gebruiker, rol in ((rij, rij.rol) for rij in rijen.annotate(rol=F("groups__name"))):
        rollen[rol] = None
        if gebruiker.pk not in buiten:
            mensen[gebruiker.pk] = naam(gebruiker)
    return Bevoegd(tuple(rollen), tuple(mensen.values()))
