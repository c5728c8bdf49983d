"""Who changed what in a conflict: per value, out of the history, in one query."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from programma.models import Bedrag, Begrotingsregel, Kolom, Programma, Versie, Wijziging
from programma.rooster import bewaren, lezen
from programma.rooster.blad import Gezien
from programma.rooster.herkomst import wie
from programma.rooster.samenvoeging import Strijd
from tests.bouwers import Rollen, maak_concept
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def concept(rollen: Rollen) -> Versie:
    """A concept with one programme."""
    return maak_concept(rollen)


def open_rooster(concept: Versie) -> tuple[Programma, Gezien]:
    """Return what an editor sees who opens the grid."""
    programma = Programma.objects.select_related("versie__document", "versie__voorganger").get(versie=concept)
    return programma, Gezien.van(lezen.lees(programma))


def veld(concept: Versie, volgorde: int, wijziging: int = 0) -> str:
    """Return the field of a column."""
    return f"{wijziging}:{Kolom.objects.get(versie=concept, volgorde=volgorde).pk}"


def namen(concept: Versie, strijd: list[Strijd], programma: Programma, gezien: Gezien) -> list[str]:
    """Return only the names."""
    gevonden = wie(concept.pk, strijd, gezien, lezen.lees(programma))
    assert all(" om " in een and een.endswith(" uur") for een in gevonden if een)
    return [een.split(",")[0] for een in gevonden]


def test_per_waarde_wie_haar_het_laatst_wijzigde(
    rollen: Rollen, concept: Versie, django_assert_num_queries: Tel
) -> None:
    """Two people, amounts that changed, went or came, a text; and not who touched something else of the same row."""
    wijziging = Wijziging.objects.create(versie=concept, nummer="1", titel="Eerste")
    programma, gezien = open_rooster(concept)
    bedragen = Bedrag.objects.filter(regel__sleutel="p1-lasten", regel__versie=concept)
    regel = Begrotingsregel.objects.get(versie=concept, sleutel="p1-lasten")
    with namens(rollen.redacteur2.pk, via="rooster"):
        bedragen.filter(kolom__volgorde=1).update(euro=-8)
        bedragen.filter(kolom__volgorde=2).delete()
        Begrotingsregel.objects.filter(pk=regel.pk).update(toelichting="Daarom.")
        Bedrag.objects.create(
            versie=concept,
            regel=regel,
            kolom=Kolom.objects.get(versie=concept, volgorde=4),
            wijziging=wijziging,
            euro=-1,
        )
    with namens(rollen.publicist.pk, via="formulier"):
        bedragen.filter(kolom__volgorde=3).update(euro=-9)
        Begrotingsregel.objects.filter(pk=regel.pk).update(omschrijving="Anders")
    velden = [
        veld(concept, 1),
        veld(concept, 2),
        "toelichting",
        veld(concept, 4, wijziging.pk),
        veld(concept, 3),
        "omschrijving",
    ]
    strijd = [Strijd("p1-lasten", naam, None, None, None) for naam in velden]
    blad = lezen.lees(programma)
    with django_assert_num_queries(1):
        wie(concept.pk, strijd, gezien, blad)
    assert namen(concept, strijd, programma, gezien) == ["rik"] * 4 + ["paula"] * 2


def test_een_hele_regel(rollen: Rollen, concept: Versie) -> None:
    """A row that a colleague removed, and one of which they changed an amount."""
    programma, gezien = open_rooster(concept)
    with namens(rollen.publicist.pk):
        Begrotingsregel.objects.get(versie=concept, sleutel="p1-baten").delete()
    with namens(rollen.redacteur2.pk):
        Bedrag.objects.filter(regel__sleutel="p1-lasten", kolom__volgorde=1, versie=concept).update(euro=-8)
    strijd = [
        Strijd("p1-baten", None, "gezien", "gewijzigd", "verwijderd"),
        Strijd("p1-lasten", None, "gezien", "verwijderd", "gewijzigd"),
    ]
    assert namen(concept, strijd, programma, gezien) == ["paula", "rik"]


def test_een_kolom_die_verdween(rollen: Rollen, concept: Versie) -> None:
    programma, gezien = open_rooster(concept)
    kolom = veld(concept, 6)
    with namens(rollen.redacteur2.pk):
        Bedrag.objects.filter(versie=concept, kolom__volgorde=6).delete()
    with namens(rollen.publicist.pk):
        Kolom.objects.filter(versie=concept, volgorde=6).delete()
    strijd = [Strijd("p1-lasten", kolom, None, None, bewaren.KOLOM_WEG)]
    assert namen(concept, strijd, programma, gezien) == ["paula"]


def test_wie_niet_bekend_is(concept: Versie) -> None:
    """What the history does not tell is left open."""
    programma, gezien = open_rooster(concept)
    strijd = [Strijd("p1-lasten", veld(concept, 1, 99), None, None, None)]
    assert wie(concept.pk, strijd, gezien, lezen.lees(programma)) == [""]
