"""The codebook describes the file that we give, column by column."""

from programma.codeboek import CODEBOEK
from programma.models import Begrotingsregel, Kolom
from programma.uitvoer import KOP


def test_elke_kolom_op_volgorde() -> None:
    assert tuple(veld.naam for veld in CODEBOEK) == KOP
    assert all(veld.betekenis.endswith(".") and veld.waarden.endswith(".") for veld in CODEBOEK)


def test_elke_waarde_wordt_genoemd() -> None:
    uitleg = {veld.naam: veld.waarden for veld in CODEBOEK}

    assert all(soort in uitleg["soort"] for soort, _ in Begrotingsregel._meta.get_field("soort").choices)
    assert all(fase in uitleg["fase"] for fase, _ in Kolom._meta.get_field("fase").choices)
