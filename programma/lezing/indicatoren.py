"""Reading the indicators that published documents use."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from indicatoren.models import Waarneming
from indicatoren.reeks import Vraag
from programma.inhoud import Uitgave, nieuwste_eerst
from programma.inhoud.indicatoren import Gebruik, Indicatorstuk
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Programmaindicator, Versie


def lees_indicatoren(slug: str | None = None) -> Indicatorstuk:
    """Return every indicator that a current published version uses, or the one with this slug. Four queries.

    Each is as known at the peilmoment of the newest version that uses it, beside the comparison group of the programme
    that comes first there. Before the first publication there is one query.
    """
    uitgaven = nieuwste_eerst(Versie.objects.huidige_uitgaven())
    if not uitgaven:
        return Indicatorstuk(settings.GEMEENTE, (), (), (), {})
    gebruik = Programmaindicator.objects.gebruik([uitgave.versie_id for uitgave in uitgaven], slug)
    gebied, gemeente, _ = gemeente_op(moment_van(uitgaven[0]))
    eerste = _eerste_gebruik(uitgaven, gebruik)
    vragen = [Vraag(rij.indicator, moment_van(uitgave), rij.groep) for uitgave, rij in eerste.values()]
    vanuit = {naam: uitgave for naam, (uitgave, _) in eerste.items()}
    return Indicatorstuk(gemeente, uitgaven, gebruik, Waarneming.objects.reeksen_van(vragen, gebied), vanuit)


def _eerste_gebruik(uitgaven: Sequence[Uitgave], gebruik: Sequence[Gebruik]) -> dict[str, tuple[Uitgave, Gebruik]]:
    """Return by slug the newest version that uses an indicator, and where it does so first."""
    eerste: dict[str, tuple[Uitgave, Gebruik]] = {}
    for uitgave in uitgaven:
        for rij in gebruik:
            if rij.versie_id == uitgave.versie_id:
                eerste.setdefault(rij.slug, (uitgave, rij))
    return eerste
