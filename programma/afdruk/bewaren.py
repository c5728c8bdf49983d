"""Making the PDFs of a published version and keeping them with it, once.

After the publication, not in it: what is published is fixed by then, and a PDF that fails keeps nobody from reading the
budget. What is missing can be made at any time and by several at once; it comes out the same. Nobody waits on a lock
while a PDF is being made.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from programma.afdruk import zetten
from programma.afdruk.lezen import drukstukken
from programma.afdruk.namen import AANSLUITING, DOCUMENT, alle_namen
from programma.afdruk.zetten import GEZET_MET, WACHTTIJD, Zetfout
from programma.inhoud import Uitgave
from programma.models import Bestand, Bestandinhoud, Programma, Versie
from programma.publicatie import Geweigerd, VerkeerdeStatus
from veiligheid.formatting import opsomming
from veiligheid.namens import namens

IN_VERZOEK = 25
"""For how many seconds a person is kept waiting; what is not made by then, is made later."""


class PdfOntbreekt(Geweigerd):
    """PDFs that could not be made. The version itself is as it was: published."""


def ontbrekend(versie: Versie) -> list[str]:
    """Return the names of the PDFs that a version should have and has not; none if it is not published. Two queries."""
    return _ontbrekend(versie.pk) if versie.status == Versie.Status.GEPUBLICEERD else []


def _ontbrekend(versie: int) -> list[str]:
    slugs = Programma.objects.filter(versie=versie).order_by("volgorde", "code").values_list("slug", flat=True)
    bestaand = set(Bestand.objects.filter(versie=versie, naam__endswith=".pdf").values_list("naam", flat=True))
    return [naam for naam in alle_namen(slugs) if naam not in bestaand]


def maak_pdf(versie: Versie, *, door: User | None = None, seconden: float | None = None) -> Versie:
    """Make the PDFs that a published version has not yet, and keep them; begin no new one after `seconden`.

    Raises VerkeerdeStatus, and PdfOntbreekt when some could not be made; those that could are kept.
    """
    uitgave = Versie.objects.uitgave(versie.document.slug, versie.nummer)
    if uitgave is None or uitgave.status != Versie.Status.GEPUBLICEERD:
        raise VerkeerdeStatus(f"Versie {versie.nummer} is {versie.status}; een PDF hoort bij een publicatie.")
    fouten = _maak(uitgave, _ontbrekend(uitgave.versie_id), door, seconden)
    if fouten:
        zinnen = " ".join(f"{wat_is(naam)}: {reden}." for naam, reden in fouten)
        raise PdfOntbreekt(
            f"Van {versie.titel}, versie {versie.nummer} {_aantal(len(fouten))}. {zinnen} "
            "De publicatie zelf is in orde."
        )
    return versie


def _maak(uitgave: Uitgave, namen: Sequence[str], door: User | None, seconden: float | None) -> list[tuple[str, str]]:
    """Make these PDFs; return those that failed, with the reason."""
    einde = time.monotonic() + seconden if seconden is not None else None
    fouten = []
    for naam, gegevens in drukstukken(uitgave, namen) if namen else ():
        over = WACHTTIJD if einde is None else min(WACHTTIJD, einde - time.monotonic())
        if over <= 0:
            fouten.append((naam, "er was geen tijd meer"))
            continue
        try:
            pdf = zetten.zet(gegevens, over)
        except Zetfout as fout:
            fouten.append((naam, str(fout)))
        else:
            _bewaar(uitgave, naam, pdf, door)
    return fouten


@transaction.atomic
def _bewaar(uitgave: Uitgave, naam: str, pdf: bytes, door: User | None) -> None:
    """Keep a PDF, unless somebody else did so while it was made, or the version was withdrawn."""
    versie: Versie = Versie.objects.select_for_update(no_key=True).get(pk=uitgave.versie_id)
    if versie.status != Versie.Status.GEPUBLICEERD or Bestand.objects.filter(versie=versie, naam=naam).exists():
        return
    with namens(door.pk if door else None, via="pdf"):
        bestand = Bestand.objects.create(
            versie=versie, naam=naam, omvang=len(pdf), regels=0, sha256=hashlib.sha256(pdf).hexdigest()
        )
        Bestandinhoud.objects.create(bestand=bestand, controlesom=versie.controlesom, gemaakt_met=GEZET_MET, inhoud=pdf)


def wat_is(naam: str) -> str:
    """Return what a PDF is of, as the beginning of a sentence."""
    if naam == AANSLUITING:
        return "Het aansluitingsrapport"
    return "Het hele document" if naam == DOCUMENT else naam.split("/")[1].replace("-", " ").capitalize()


def _aantal(aantal: int) -> str:
    return "is 1 PDF niet gemaakt" if aantal == 1 else f"zijn {aantal} PDF’s niet gemaakt"


def ontbreekzin(namen: Sequence[str]) -> str:
    """Return in a sentence which PDFs are missing; "" if none."""
    if not namen:
        return ""
    woord = "Deze PDF ontbreekt nog" if len(namen) == 1 else f"Deze {len(namen)} PDF’s ontbreken nog"
    return f"{woord}: {opsomming([wat_is(naam).lower() for naam in namen])}."
