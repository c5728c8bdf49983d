"""The concept that the demonstration leaves open: a second version of the printed budget, with a few changes in it.

They are the kind of change that an officer makes, and invented: an amount with its explanation, a text and a goal.
The printed totals are those of the first version, so each that no longer holds gets a word of explanation.
"""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from programma import publicatie
from programma.models import Bedrag, Begrotingsregel, Doel, GedruktTotaal, Sectie, Versie
from veiligheid.namens import namens

JAAR = 2025
REGEL = "1f-lasten-1"
ERBIJ = Decimal(-40_000)
TOELICHTING = "In 2025 is € 40.000 meer geraamd voor lessen over veilig internet, op scholen en in de bibliotheek."
VERKLARING = "Gedrukt in versie 1. Daarna is pakket 1F in 2025 met € 40.000 verhoogd."
THEMA = "Cybercrime en digitale veiligheid"
ZIN = "In 2025 geven we deze lessen ook aan ouders en aan mensen die pas met internet beginnen."
DOEL = "In 2025 bieden we elke basisschool een les over veilig internet aan."


@transaction.atomic
def open_concept(slug: str, *, door: User) -> Versie | None:
    """Open version 2 of a document of which there is only version 1, published. Returns None when there is more."""
    versies = list(Versie.objects.filter(document__slug=slug).select_related("document"))
    if [(versie.nummer, versie.status) for versie in versies] != [(1, Versie.Status.GEPUBLICEERD)]:
        return None
    concept = publicatie.maak_concept(versies[0], door=door)
    with namens(door.pk, via="opdracht"):
        _wijzig_bedrag(concept)
        _wijzig_tekst(concept)
        _voeg_doel_toe(concept)
    return concept


def _wijzig_bedrag(concept: Versie) -> None:
    bedrag = Bedrag.objects.get(versie=concept, regel__sleutel=REGEL, kolom__jaar=JAAR)
    bedrag.euro += ERBIJ
    bedrag.save(update_fields=["euro"])
    Begrotingsregel.objects.filter(versie=concept, sleutel=REGEL).update(toelichting=TOELICHTING)
    totalen = GedruktTotaal.objects.filter(versie=concept, kolom__jaar=JAAR)
    totalen.filter(grootheid__in=["lasten", "saldo", "resultaat"]).update(toelichting=VERKLARING)


def _wijzig_tekst(concept: Versie) -> None:
    sectie = Sectie.objects.get(versie=concept, pakket__code="1F", thema=THEMA)
    sectie.tekst = f"{sectie.tekst} {ZIN}"
    sectie.save(update_fields=["tekst"])


def _voeg_doel_toe(concept: Versie) -> None:
    laatste = (
        Doel.objects.filter(versie=concept, pakket__code="1F").select_related("pakket").order_by("volgorde").last()
    )
    if laatste is None:
        raise Doel.DoesNotExist("the budget of the demonstration has goals in pakket 1F")
    Doel.objects.create(versie=concept, pakket=laatste.pakket, tekst=DOEL, volgorde=laatste.volgorde + 1)
