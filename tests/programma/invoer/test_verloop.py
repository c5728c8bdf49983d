"""Imports by their verbs, on a real PostgreSQL: round trips, errors, confirming, conflicts, undoing."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.conf import settings

from programma.invoer import bevestiging, verloop
from programma.invoer.herkenning import Duiding
from programma.keuring import bereken_controlesom
from programma.models import Bedrag, Begrotingsregel, Bewerking, Bron, Import, Importregel, Importwaarde, Versie
from programma.resources import RESOURCES
from programma.resources.schrijven import als_csv, als_xlsx, tabel
from tests.bouwers import Rollen, maak_concept
from tests.programma.invoer.stukken import bestand, controleer, vul

NAMEN = {"csv": "export.csv", "excel": "export.csv", "xlsx": "export.xlsx"}


@pytest.mark.parametrize("vorm", NAMEN)
@pytest.mark.parametrize(("soort", "breed"), [("regels", True), *((soort, False) for soort in RESOURCES)])
def test_heen_en_terug_verandert_niets(rollen: Rollen, soort: str, breed: bool, vorm: str) -> None:
    versie = maak_concept(rollen, 2)
    vul(versie)
    som = bereken_controlesom(versie)
    geschreven = Bewerking.objects.count()

    invoer = controleer(versie, rollen, bestand(versie, soort, vorm, breed=breed), NAMEN[vorm])

    assert invoer.soort == soort
    assert verloop.fouten(invoer) == 0, list(Importwaarde.objects.filter(stand="fout").values_list("fouten", flat=True))
    assert verloop.veranderingen(invoer) == 0, list(Importwaarde.objects.exclude(stand="gelijk").values_list("wat", "waarden", "huidig"))
    assert invoer.uitkomst["niet_in_bestand"] == {}
    bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle)
    assert bereken_controlesom(versie) == som
    assert Bewerking.objects.count() == geschreven
