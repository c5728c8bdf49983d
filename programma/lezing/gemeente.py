"""The municipality of this installation, as known when a version was published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from indicatoren.models import Gebied
from programma.inhoud import Inwoners, Uitgave


def gemeente_op(moment: datetime) -> tuple[int | None, str, Inwoners]:
    """Return (id, name, inhabitants) of the municipality of this installation, as known at `moment`."""
    sleutel, naam, aantallen, bron = Gebied.objects.gemeente(settings.GEMEENTE, moment)
    return sleutel, naam, Inwoners(aantallen, bron)


def naam_op(moment: datetime | None) -> str:
    """Return the name of the municipality as known at the newest publication. One query.

    Before the first publication (None) it is the name of the settings, or else the code.
    """
    return gemeente_op(moment)[1] if moment else settings.GEMEENTE_NAAM or settings.GEMEENTE


def lees_gemeente(uitgaven: Sequence[Uitgave]) -> str:
    """Return the name of the municipality on a page of no one version, out of all publications. One query."""
    return naam_op(max(map(moment_van, uitgaven), default=None))


def moment_van(uitgave: Uitgave) -> datetime:
    """Return the moment up to which observations count: that of publication, so that the page never changes.

    Of a preview it is the moment of looking.
    """
    if uitgave.peilmoment is None:
        raise ValueError(f"version {uitgave.versie_id} has no peilmoment")
    return uitgave.peilmoment
