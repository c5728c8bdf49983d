"""begroting.xlsx: the lines of a version, or of a filter of it, amounts as numbers, and a sheet that explains them."""

from __future__ import annotations

from typing import IO

from django.conf import settings

from programma import uitvoer
from programma.inhoud import Uitgave
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.raming import Stand, tel_op
from programma.rekenblad import uitleg
from programma.rekenblad.optelling import Optelling
from programma.uitvoer import ALLES, KOP, Selectie
from veiligheid.werkmap import Kolom, werkmap

BREEDTES = {
    "document": 24,
    "programma": 28,
    "pakket": 34,
    "omschrijving": 44,
    "regel": 20,
    "fase": 14,
    "bedrag": 18,
    "programma_code": 16,
    "pakket_code": 13,
}
STIJLEN = {"versie": "getal", "jaar": "getal", "bronprecisie": "getal", "bedrag": "geld"}
KOLOMMEN = tuple(Kolom(naam, BREEDTES.get(naam, 12), STIJLEN.get(naam, "")) for naam in KOP)


def schrijf_begroting(uitgave: Uitgave, doel: IO[bytes], selectie: Selectie = ALLES) -> None:
    """Write the workbook into `doel`. The rows are read while they are written; memory is constant.

    Raises TeVeel for more lines than a sheet can hold.
    """
    telling = Optelling()
    _, gemeente, _ = gemeente_op(moment_van(uitgave))
    with werkmap(doel, settings.VAR, f"{uitgave.titel}, versie {uitgave.nummer}") as boek:
        blad = boek.blad("Begroting", KOLOMMEN)
        koprij = blad.koppen()
        blad.schrijf(rij[: len(KOP)] for rij in telling.tel(uitvoer.rijen(uitgave, selectie)))
        blad.filterbaar(koprij)
        slot = boek.blad("Uitleg", uitleg.KOLOMMEN)
        slot.schrijf(uitleg.kop(uitgave, "De regels van de begroting", gemeente, demo=settings.DEMO))
        totaal = tel_op(telling.cellen()).totaal
        deel = uitleg.Deel(telling.rijen, sum(totaal.values(), Stand()), selectie.vraag())
        slot.schrijf(uitleg.van_begroting(deel))
