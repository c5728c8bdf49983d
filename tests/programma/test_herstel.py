"""An earlier state comes back whole, in the name of who brings it back; nothing else changes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from programma import publicatie
from programma.herstel import GeenStand, gevolgen, herstel
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bewerking,
    Doel,
    Gebeurtenis,
    Kolom,
    Opdracht,
    Pakket,
    Programma,
    Schakel,
    Sectie,
    Versie,
)
from programma.publicatie import GeenRecht, VerkeerdeStatus
from programma.spoor.verificatie import controleer_historie
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from veiligheid.namens import namens


def laatste_schakel() -> int:
    nummer: int = Schakel.objects.order_by("-pk")[0].pk
    return nummer


@pytest.fixture
def concept(vaste_rollen: Rollen) -> Versie:
    return maak_concept(vaste_rollen, programmas=2)


def test_alles_weer_zoals_het_was(concept: Versie, vaste_rollen: Rollen) -> None:
    som, toen = bereken_controlesom(concept), laatste_schakel()
    sleutels = set(Bedrag.objects.filter(versie=concept).values_list("pk", flat=True))
    with namens(vaste_rollen.redacteur.pk):
        Sectie.objects.filter(versie=concept).update(tekst="Later.")
        Begrotingsregel.objects.filter(versie=concept)[0].delete()
        Bedrag.objects.filter(versie=concept).update(euro=Decimal("1.23"))
        Programma.objects.filter(versie=concept)[0].delete()
        Kolom.objects.filter(versie=concept, jaar=2028).delete()
        Doel.objects.create(versie=concept, pakket=Pakket.objects.filter(versie=concept)[0], tekst="Erbij.")
    assert bereken_controlesom(concept) != som

    herstel(concept, van=concept.pk, schakel=toen, door=vaste_rollen.redacteur2)

    assert bereken_controlesom(concept) == som
    assert set(Bedrag.objects.filter(versie=concept).values_list("pk", flat=True)) == sleutels
    assert controleer_historie().afwijkingen == ()


def test_wie_terugzet_is_een_schrijver_van_de_versie(concept: Versie, vaste_rollen: Rollen) -> None:
    toen = laatste_schakel()
    Sectie.objects.filter(versie=concept).update(tekst="Later.")

    herstel(concept, van=concept.pk, schakel=toen, door=vaste_rollen.redacteur2)

    laatste = Gebeurtenis.objects.order_by("-pk")[0]
    assert (laatste.door_id, laatste.via) == (vaste_rollen.redacteur2.pk, "herstel")
    assert laatste.herkomst == f"versie {concept.pk}, na schakel {toen} van de historie"
    assert Bewerking.objects.filter(versie=concept, door=vaste_rollen.redacteur2).exclude(via="kopie").exists()


def test_verwisselde_plaatsen_en_codes(concept: Versie, vaste_rollen: Rollen) -> None:
    """Unique columns of two rows that swap cannot be written back in one go."""
    som, toen = bereken_controlesom(concept), laatste_schakel()
    een, twee = Pakket.objects.filter(versie=concept).order_by("code")
    for pakket, code in ((een, "X"), (twee, een.code), (een, twee.code)):
        Pakket.objects.filter(pk=pakket.pk).update(code=code)
    k1, k2 = Kolom.objects.filter(versie=concept).order_by("volgorde")[:2]
    for kolom, volgorde in ((k1, 99), (k2, 1), (k1, 2)):
        Kolom.objects.filter(pk=kolom.pk).update(volgorde=volgorde)
    assert bereken_controlesom(concept) != som

    herstel(concept, van=concept.pk, schakel=toen, door=vaste_rollen.redacteur)

    assert bereken_controlesom(concept) == som


def test_wat_gelijk_is_blijft_ongemoeid(concept: Versie, vaste_rollen: Rollen) -> None:
    toen = laatste_schakel()
    Sectie.objects.filter(versie=concept, pakket__code="1A").update(tekst="Later.")
    voor = Gebeurtenis.objects.count()

    herstel(concept, van=concept.pk, schakel=toen, door=vaste_rollen.redacteur)

    assert Gebeurtenis.objects.count() == voor + 1


def test_de_gevolgen_vooraf(concept: Versie) -> None:
    toen = laatste_schakel()
    Sectie.objects.filter(versie=concept).update(tekst="Later.")
    Begrotingsregel.objects.filter(versie=concept)[0].delete()
    Doel.objects.create(versie=concept, pakket=Pakket.objects.filter(versie=concept)[0], tekst="Erbij.")

    assert gevolgen(concept, van=concept.pk, schakel=toen) == {
        "secties": (0, 2, 0),
        "doelen": (0, 0, 1),
        "begrotingsregels": (1, 0, 0),
        "bedragen": (6, 0, 0),
    }


def test_een_opdracht_overleeft_het(concept: Versie, vaste_rollen: Rollen) -> None:
    Opdracht.objects.create(
        versie=concept,
        pakket=Pakket.objects.get(versie=concept, code="1A"),
        schrijver=vaste_rollen.schrijver,
        uiterlijk="2026-12-01",
    )
    toen = laatste_schakel()
    Pakket.objects.filter(versie=concept).update(naam="Later")

    herstel(concept, van=concept.pk, schakel=toen, door=vaste_rollen.redacteur)

    assert Opdracht.objects.count() == 1


def test_uit_een_weggegooid_concept(vaste_rollen: Rollen) -> None:
    eerste = maak_gepubliceerd(vaste_rollen)
    weg = publicatie.maak_concept(eerste, door=vaste_rollen.redacteur)
    with namens(vaste_rollen.redacteur.pk):
        Sectie.objects.filter(versie=weg).update(tekst="Veel werk.")
    som, sleutel, toen = bereken_controlesom(weg), weg.pk, laatste_schakel()
    weg.delete()
    nieuw = publicatie.maak_concept(eerste, door=vaste_rollen.redacteur)

    herstel(nieuw, van=sleutel, schakel=toen, door=vaste_rollen.redacteur)

    assert bereken_controlesom(nieuw) == som


def test_weigeringen(vaste_rollen: Rollen) -> None:
    concept = maak_concept(vaste_rollen)
    ander = maak_concept(vaste_rollen, document=maak_document(2026))
    toen = laatste_schakel()
    voor = Gebeurtenis.objects.count()

    with pytest.raises(GeenRecht):
        herstel(concept, van=concept.pk, schakel=toen, door=vaste_rollen.auditor)
    with pytest.raises(GeenStand):
        herstel(concept, van=ander.pk, schakel=toen, door=vaste_rollen.redacteur)
    with pytest.raises(GeenStand):
        herstel(concept, van=concept.pk, schakel=toen + 99, door=vaste_rollen.redacteur)
    assert Gebeurtenis.objects.count() == voor

    publiceer(concept, vaste_rollen)
    with pytest.raises(VerkeerdeStatus):
        herstel(concept, van=concept.pk, schakel=toen, door=vaste_rollen.redacteur)
