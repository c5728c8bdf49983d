"""Reading versions for judgement: what one version says, many say in as many queries."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from programma.models import Begrotingsregel, Document, Doel, Pakket, Programma, Sectie, Versie
from programma.toetsing.controles import Code, Plek
from programma.toetsing.keuring import bevindingen, bevindingen_van, controlestuk, standen
from programma.toetsing.voortgang import Onderdeel, Telling, klaar_van, matrix
from tests.bouwers import Rollen, maak_concept, maak_document
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]


def maak_concepten(rollen: Rollen, aantal: int) -> list[Versie]:
    return [
        maak_concept(rollen, 2, maak_document(2010 + nummer, Document.Soort.JAARSTUKKEN)) for nummer in range(aantal)
    ]


@pytest.mark.parametrize("aantal", [1, 12])
def test_evenveel_vragen_voor_een_als_voor_veel(rollen: Rollen, django_assert_num_queries: Tel, aantal: int) -> None:
    versies = maak_concepten(rollen, aantal)

    with django_assert_num_queries(12):
        gevonden = bevindingen_van(versies)
    with django_assert_num_queries(3):
        per_versie = standen(versies)

    assert gevonden.keys() == per_versie.keys() == {versie.pk for versie in versies}
    assert gevonden[versies[0].pk] == bevindingen(versies[0])
    assert all(len(programmas) == 2 for programmas in per_versie.values())


def test_elk_krijgt_zijn_eigen_bevindingen(rollen: Rollen) -> None:
    een, twee = maak_concepten(rollen, 2)
    Sectie.objects.filter(versie=een, pakket__code="1A").delete()
    doel = Doel.objects.get(versie=twee, pakket__code="2A")
    doel.te_herzien = True
    doel.save()

    gevonden = bevindingen_van([een, twee])

    def gevolg(versie: Versie) -> list[tuple[Code, Plek | None]]:
        return [(rij.code, rij.plek) for rij in gevonden[versie.pk] if rij.code != Code.JAAR_ONTBREEKT]

    assert gevolg(een) == [(Code.PAKKET_ZONDER_TEKST, Plek("pakket_tekst", "1A"))]
    assert gevolg(twee) == [(Code.NOG_TE_HERZIEN, Plek("doel", str(doel.pk)))]


def test_elke_bevinding_heeft_een_plek(rollen: Rollen) -> None:
    """Whatever is wrong, there is somewhere to go."""
    versie = maak_concept(rollen, 2)
    Sectie.objects.filter(versie=versie).update(te_herzien=True)
    Doel.objects.filter(versie=versie, pakket__code="1A").delete()
    Begrotingsregel.objects.filter(versie=versie, pakket__code="2A").delete()
    versie.document.jaar = 2031

    gevonden = bevindingen(versie)

    assert len({rij.code for rij in gevonden}) >= 4
    assert all(rij.plek is not None for rij in gevonden)


def test_wat_er_is_per_programma(rollen: Rollen) -> None:
    versie = maak_concept(rollen, 2)
    leeg = Programma.objects.create(versie=versie, code="9", naam="Leeg", slug="leeg", volgorde=9, inleiding=" ")
    Pakket.objects.create(versie=versie, programma=leeg, code="9Z", naam="Rest", restpost=True)
    Sectie.objects.create(versie=versie, programma=leeg, kop="Algemeen", tekst="Tekst.", te_herzien=True)

    een, _, negen = standen([versie])[versie.pk]

    assert (een.code, een.inleiding, een.kolommen, een.gevulde_kolommen) == ("1", False, 6, 6)
    assert een.pakketten[0].tellingen == {
        Onderdeel.TEKSTEN: Telling(1, 1),
        Onderdeel.DOELEN: Telling(1, 1),
        Onderdeel.BEDRAGEN: Telling(2, 2),
    }
    assert (negen.inleiding, negen.gevulde_kolommen, negen.pakketten[0].restpost) == (False, 0, True)
    assert negen.tellingen == {Onderdeel.TEKSTEN: Telling(1, 1, 1)}
    # Klaar are the texts, goals and amounts of two programmes; parties are not needed.
    assert klaar_van(matrix([een, negen]))[0] == 3


@pytest.mark.parametrize(
    ("tekst", "telt"),
    [
        (" \n\t", False),
        ("<p></p>", False),
        ('<p lang="en">&nbsp;\u00a0<br></p>', False),
        ("<table><tbody><tr><td></td></tr></tbody></table>", False),
        ("<p>a</p>", True),
        ("a", True),
        ("<5", True),
    ],
)
def test_een_tekst_zonder_woorden_telt_niet(rollen: Rollen, tekst: str, telt: bool) -> None:
    versie = maak_concept(rollen)
    with namens(rollen.redacteur.pk):
        Sectie.objects.filter(versie=versie).update(tekst=tekst)
    assert ("1A" in controlestuk(versie).met_tekst) is telt
