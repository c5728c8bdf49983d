"""Making the files of a published version and keeping them with it, once.

After the publication, not in it: what is published is fixed by then, and a file that fails keeps nobody from reading
the budget. What is missing can be made at any time and by several at once; it comes out the same. Nobody waits on a
lock while a file is being made.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator, Sequence

from django.contrib.auth.models import User
from django.db import transaction

from programma.bewaard.namen import aantal_bestanden, wat_is
from programma.bewaard.soort import Bestandsoort, Mislukt
from programma.bewaard.soorten import SOORTEN, alle_namen
from programma.inhoud import Uitgave, bij_publicatie
from programma.models import Bestand, Bestandinhoud, Programma, Versie
from programma.publicatie import Geweigerd, VerkeerdeStatus
from veiligheid.namens import namens

IN_VERZOEK = 25
"""For how many seconds a person is kept waiting; what is not made by then, is made later."""

Fout = tuple[str, str]
"""The name of a file that could not be made, and the reason."""


class BestandOntbreekt(Geweigerd):
    """Files that could not be made. The version itself is as it was: published."""


def ontbrekend(versie: Versie) -> list[str]:
    """Return the names of the files that a version should have and has not; two queries.

    None if it is not published.
    """
    return _ontbrekend(versie.pk) if versie.status == Versie.Status.GEPUBLICEERD else []


def _ontbrekend(versie: int) -> list[str]:
    bestaand = set(Bestand.objects.filter(versie=versie).values_list("naam", flat=True))
    return [naam for naam in alle_namen(_slugs(versie)) if naam not in bestaand]


def _slugs(versie: int) -> list[str]:
    return list(Programma.objects.filter(versie=versie).order_by("volgorde", "code").values_list("slug", flat=True))


def maak_bestanden(versie: Versie, *, door: User | None = None, seconden: float | None = None) -> Versie:
    """Make the files that a published version has not yet, and keep them; begin no new one after `seconden`.

    Raises VerkeerdeStatus, and BestandOntbreekt when some could not be made; those that could are kept.
    """
    uitgave = Versie.objects.uitgave(versie.document.slug, versie.nummer)
    if uitgave is None or uitgave.status != Versie.Status.GEPUBLICEERD:
        raise VerkeerdeStatus(f"Versie {versie.nummer} is {versie.status}; deze bestanden horen bij een publicatie.")
    einde = math.inf if seconden is None else time.monotonic() + seconden
    fouten = list(_maak(bij_publicatie(uitgave), door, einde))
    if fouten:
        woord = "is" if len(fouten) == 1 else "zijn"
        zinnen = " ".join(f"{wat_is(naam)}: {reden}." for naam, reden in fouten)
        raise BestandOntbreekt(
            f"Van {versie.titel}, versie {versie.nummer} {woord} {aantal_bestanden(len(fouten))} niet gemaakt. "
            f"{zinnen} De publicatie zelf is in orde."
        )
    return versie


def _maak(uitgave: Uitgave, door: User | None, einde: float) -> list[Fout]:
    """Make the files that are missing, kind after kind; return those that failed, with the reason."""
    ontbreekt = set(_ontbrekend(uitgave.versie_id))
    slugs = _slugs(uitgave.versie_id) if ontbreekt else []
    fouten: list[Fout] = []
    for soort in SOORTEN:
        namen = [naam for naam in soort.namen(slugs) if naam in ontbreekt]
        if soort.van_alles and fouten:
            fouten += ((naam, "daarvoor zijn de andere bestanden nodig") for naam in namen)
        elif namen:
            fouten += _maak_soort(soort, uitgave, namen, door, einde)
    return fouten


def _maak_soort(
    soort: Bestandsoort, uitgave: Uitgave, namen: Sequence[str], door: User | None, einde: float
) -> Iterator[Fout]:
    """Make these files of one kind, one by one; yield those that failed, with the reason."""
    for naam, maak in soort.stukken(uitgave, namen):
        over = einde - time.monotonic()
        if over <= 0:
            yield naam, "er was geen tijd meer"
            continue
        try:
            inhoud = maak(over)
        except Mislukt as fout:
            yield naam, str(fout)
        else:
            _bewaar(uitgave, naam, inhoud, soort.gemaakt_met, door)


@transaction.atomic
def _bewaar(uitgave: Uitgave, naam: str, inhoud: bytes, gemaakt_met: str, door: User | None) -> None:
    """Keep a file, unless somebody else did so while it was made, or the version was withdrawn."""
    versie: Versie = Versie.objects.select_for_update(no_key=True).get(pk=uitgave.versie_id)
    if versie.status != Versie.Status.GEPUBLICEERD or Bestand.objects.filter(versie=versie, naam=naam).exists():
        return
    with namens(door.pk if door else None, via="bestanden"):
        bestand = Bestand.objects.create(
            versie=versie, naam=naam, omvang=len(inhoud), regels=0, sha256=hashlib.sha256(inhoud).hexdigest()
        )
        Bestandinhoud.objects.create(
            bestand=bestand, controlesom=versie.controlesom, gemaakt_met=gemaakt_met, inhoud=inhoud
        )
