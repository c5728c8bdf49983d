"""Reading what is published about connected parties."""

from __future__ import annotations

from django.conf import settings

from programma.inhoud import nieuwste_eerst
from programma.inhoud.partijen import Partijenstuk
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import VerbondenPartij, Versie


def lees_partijen(slug: str | None = None) -> Partijenstuk:
    """Return what the current published versions say of every party, or of the one with this slug. Three queries.

    Before the first publication there is one query, and the municipality's name is its code.
    """
    uitgaven = nieuwste_eerst(Versie.objects.huidige_uitgaven())
    if not uitgaven:
        return Partijenstuk(settings.GEMEENTE)
    deelnames, cijfers = VerbondenPartij.objects.genoemd([uitgave.versie_id for uitgave in uitgaven], slug)
    _, gemeente, inwoners = gemeente_op(moment_van(uitgaven[0]))
    return Partijenstuk(gemeente, uitgaven, deelnames, cijfers, inwoners)
