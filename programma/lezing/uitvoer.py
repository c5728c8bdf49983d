"""Reading what the page of the exports and the description of the files rest on."""

from __future__ import annotations

from programma import uitvoer
from programma.inhoud import Uitgave
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Bron, Versie
from programma.uitvoer import Datapakketstuk, Keuzes, Selectie, Uitvoerstuk


def lees_uitvoer(uitgave: Uitgave, selectie: Selectie, keuzes: Keuzes, rijen: int) -> Uitvoerstuk:
    """Return what the page of the exports shows of a filter, with its first `rijen` rows. Two queries."""
    _, gemeente, _ = gemeente_op(moment_van(uitgave))
    return Uitvoerstuk(gemeente, uitgave, keuzes, selectie, uitvoer.lees_proef(uitgave, selectie, rijen))


def lees_datapakket(uitgave: Uitgave) -> Datapakketstuk:
    """Return what datapackage.json says of a version. Three queries."""
    _, gemeente, _ = gemeente_op(moment_van(uitgave))
    bestanden = Versie.objects.bestanden([uitgave.versie_id]).get(uitgave.versie_id, [])
    bronnen = set(Bron.objects.filter(versie=uitgave.versie_id).values_list("naam", flat=True))
    return Datapakketstuk(gemeente, uitgave, tuple(bestanden), tuple(sorted(bronnen)))
