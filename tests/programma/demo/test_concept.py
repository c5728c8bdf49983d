"""The concept that the demonstration leaves open: a few changes, in the name of the redacteur, ready to submit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client

from indicatoren import inlezen
from programma import publicatie
from programma.demo import begroting as demobegroting
from programma.demo import concept as democoncept
from programma.inlezen import lees_taakvelden
from programma.models import Bedrag, Bewerking, Doel, Sectie, Versie
from programma.toetsing.controles import blokkades
from programma.toetsing.keuring import bevindingen
from tests.bouwers import Rollen, publiceer


@pytest.fixture
def eerste(rollen: Rollen) -> Versie:
    """The budget of the demonstration, published."""
    fixtures = settings.BASE_DIR / "fixtures"
    inlezen.lees_indicatoren(fixtures / "indicatoren.csv")
    lees_taakvelden(fixtures / "taakvelden.csv")
    return demobegroting.laad_en_publiceer(fixtures / "demo", redacteur=rollen.redacteur, publicist=rollen.publicist)


@pytest.fixture
def concept(eerste: Versie, rollen: Rollen) -> Versie:
    versie = democoncept.open_concept(demobegroting.SLUG, door=rollen.redacteur)
    assert versie is not None
    return versie


class TestConcept:
    """Version 2, open."""

    def test_een_bedrag_een_tekst_en_een_doel(self, eerste: Versie, concept: Versie, rollen: Rollen) -> None:
        def bedragen(versie: Versie) -> dict[tuple[str, int], Decimal]:
            rijen = Bedrag.objects.filter(versie=versie).values_list("regel__sleutel", "kolom__jaar", "euro")
            return {(sleutel, jaar): euro for sleutel, jaar, euro in rijen}

        oud, nieuw = bedragen(eerste), bedragen(concept)
        assert {cel: nieuw[cel] - oud[cel] for cel in nieuw if nieuw[cel] != oud[cel]} == {
            ("1f-lasten-1", 2025): Decimal(-40_000)
        }
        teksten = set(Sectie.objects.filter(versie=concept).values_list("tekst", flat=True))
        assert len(teksten - set(Sectie.objects.filter(versie=eerste).values_list("tekst", flat=True))) == 1
        assert Doel.objects.filter(versie=concept).count() == Doel.objects.filter(versie=eerste).count() + 1

    def test_door_de_redacteur_en_klaar_om_in_te_dienen(self, concept: Versie, rollen: Rollen) -> None:
        makers = set(Bewerking.objects.filter(versie=concept).exclude(via="kopie").values_list("door", flat=True))

        assert (concept.nummer, concept.status) == (2, "concept")
        assert makers == {rollen.redacteur.pk}
        assert blokkades(bevindingen(concept)) == []
        assert publiceer(concept, rollen).status == "gepubliceerd"

    def test_lezers_zien_er_niets_van(self, client: Client, concept: Versie) -> None:
        pagina = client.get("/programmabegroting-2025/programma/programma-1-veiligheid/").content.decode()

        assert democoncept.DOEL not in pagina and democoncept.ZIN not in pagina
        assert client.get("/programmabegroting-2025/versie/2/").status_code == 404

    def test_wat_er_al_is_blijft(self, concept: Versie, rollen: Rollen) -> None:
        assert democoncept.open_concept(demobegroting.SLUG, door=rollen.redacteur) is None
        assert democoncept.open_concept("bestaat-niet", door=rollen.redacteur) is None
        publicatie.dien_in(concept, door=rollen.redacteur, samenvatting="Klaar.")
        assert democoncept.open_concept(demobegroting.SLUG, door=rollen.redacteur) is None
