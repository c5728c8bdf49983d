"""The demonstration beside the printed programme: the whole budget of the same municipality, as CBS has it (Iv3)."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from programma import publicatie
from programma.iv3.bestand import Sleutel, Verslag
from programma.iv3.laden import laad, lees_bestand, lees_teksten, slug
from programma.models import Document, Versie
from veiligheid.namens import namens

DOCUMENTEN = (
    Sleutel(2023, Verslag.JAARREKENING),
    Sleutel(2024, Verslag.BEGROTING),
    Sleutel(2025, Verslag.BEGROTING),
)
SAMENVATTING = "Cijfers per taakveld, zoals de gemeente ze aan het CBS gaf. De gemeenteraad besluit hier niet over."


@transaction.atomic
def laad_en_publiceer(fixtures: Path, gm_code: str, *, redacteur: User, publicist: User) -> list[Versie]:
    """Load the Iv3 documents that are not there yet and take them through the real four-eyes path. All or nothing."""
    bekend = set(Document.objects.values_list("slug", flat=True))
    nieuw = [sleutel for sleutel in DOCUMENTEN if slug(sleutel) not in bekend]
    if not nieuw:
        return []
    bron = lees_bestand(fixtures / "demo" / "iv3.csv", gm_code)
    teksten = lees_teksten(fixtures / "iv3-teksten.csv")
    with namens(redacteur.pk, via="opdracht"):
        ladingen = laad(bron, nieuw, gm_code=gm_code, teksten=teksten, door=redacteur)
        for lading in ladingen:
            publicatie.dien_in(lading.versie, door=redacteur, samenvatting=SAMENVATTING)
            publicatie.keur_goed(lading.versie, door=publicist)
        return [publicatie.publiceer(lading.versie, door=publicist) for lading in ladingen]
