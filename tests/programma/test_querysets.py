"""Questions to the versions, with the moment as an argument."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from programma import publicatie
from programma.models import Versie
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

NET_ERVOOR = timedelta(microseconds=1)


def test_gepubliceerd_op_een_moment(rollen: Rollen) -> None:
    eerste = maak_gepubliceerd(rollen)
    tweede = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)
    publicatie.trek_in(tweede, door=rollen.publicist, reden="Fout.")
    tweede.refresh_from_db()

    def op(moment: object) -> list[int]:
        return list(Versie.objects.gepubliceerd(moment).order_by("nummer").values_list("nummer", flat=True))

    assert op(eerste.gepubliceerd_op - NET_ERVOOR) == []
    assert op(eerste.gepubliceerd_op) == [1]
    assert op(tweede.gepubliceerd_op) == [1, 2]
    assert op(tweede.ingetrokken_op) == [1]
    assert op(timezone.now()) == op(None) == [1]


def test_de_huidige_uitgave(rollen: Rollen) -> None:
    assert Versie.objects.uitgave("programmabegroting-2025") is None
    eerste = maak_gepubliceerd(rollen)
    concept = publicatie.maak_concept(eerste, door=rollen.redacteur)

    assert Versie.objects.uitgave("programmabegroting-2025").nummer == 1
    assert Versie.objects.uitgave("programmabegroting-2025", 2) is None
    assert list(Versie.objects.in_bewerking()) == [concept]
    publiceer(concept, rollen)
    assert Versie.objects.uitgave("programmabegroting-2025").nummer == 2
    assert Versie.objects.uitgave("programmabegroting-2025", 1).nummer == 1


def test_alles_ingetrokken_geeft_de_laatste_ingetrokken(rollen: Rollen) -> None:
    versie = maak_gepubliceerd(rollen)
    publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")

    assert Versie.objects.uitgave("programmabegroting-2025").status == "ingetrokken"
    assert Versie.objects.huidige_uitgaven() == []


def test_huidige_uitgaven_nieuwste_jaar_eerst(rollen: Rollen) -> None:
    for jaar in (2024, 2025):
        versie = maak_concept(rollen, document=maak_document(jaar))
        with namens(rollen.redacteur.pk):
            versie.document.soort = "kadernota"
            versie.document.save()
        publiceer(versie, rollen)
    maak_concept(rollen, document=maak_document(2026))

    assert [uitgave.jaar for uitgave in Versie.objects.huidige_uitgaven()] == [2025, 2024]


def test_een_onbekend_programma(rollen: Rollen) -> None:
    versie = maak_gepubliceerd(rollen)

    assert Versie.objects.programmainhoud(versie.pk, "bestaat-niet", timezone.now()) is None
