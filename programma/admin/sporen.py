"""The trail from a difference to who made it: the person who touched a row last, and the way to its history."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse

from programma.admin.betrokkenen import wie_wijzigde
from programma.models import VERSIERIJEN, Bedrag, Versie
from programma.verschil import Celverschil, Rijverschil, Verschil

TABEL = {model.__name__: model._meta.db_table for model in VERSIERIJEN}
BEDRAG = Bedrag._meta.db_table


class Spoor(NamedTuple):
    """Who made a difference and when, in words, with the address of the history that proves it."""

    tekst: str
    href: str


class Sporen:
    """The trails of one difference, for who may read the history. Two queries, or none for who may not."""

    def __init__(self, verschil: Verschil, nieuw: Versie, *, mag: bool) -> None:
        self._mag = mag
        self._nieuw = nieuw
        rijen = {(TABEL[rij.soort], rij.nieuw.pk) for rij in verschil.rijen if rij.nieuw and rij.nieuw.pk}
        rijen |= {(BEDRAG, bedrag) for cel in verschil.cellen for bedrag in cel.bedragen}
        self._wie = wie_wijzigde(rijen) if mag else {}

    def van_rij(self, verschil: Rijverschil) -> Spoor | None:
        """Return the trail of a row; of one that is gone, the way to what was removed from the version."""
        if not self._mag:
            return None
        if verschil.nieuw is None or not verschil.nieuw.pk:
            return self._verwijderd()
        sleutel = (TABEL[verschil.soort], verschil.nieuw.pk)
        wie = self._wie.get(sleutel)
        return Spoor(str(wie) if wie else "geschiedenis", reverse("admin:historie_rij", args=sleutel))

    def van_cel(self, cel: Celverschil) -> Spoor | None:
        """Return the trail of an amount: who touched the last of the bedragen under it."""
        if not self._mag:
            return None
        if not cel.pk or not cel.kolom_pk:
            return self._verwijderd()
        wie = max((self._wie[rij] for rij in ((BEDRAG, pk) for pk in cel.bedragen) if rij in self._wie), default=None)
        return Spoor(str(wie) if wie else "geschiedenis", reverse("admin:historie_cel", args=[cel.pk, cel.kolom_pk]))

    def _verwijderd(self) -> Spoor:
        return Spoor("wat is verwijderd", f"{reverse('admin:historie_versie', args=[self._nieuw.pk])}?soort=-")
