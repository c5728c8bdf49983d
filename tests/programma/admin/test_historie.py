"""The timeline pages and the way back, by role."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from programma import publicatie
from programma.models import Bedrag, Begrotingsregel, Gebeurtenis, Programma, Schakel, Sectie, Versie
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import Rollen, maak_concept, publiceer
from veiligheid.namens import namens


@pytest.fixture
def concept(vaste_rollen: Rollen) -> Versie:
    return maak_concept(vaste_rollen, programmas=2)


def adressen(versie: Versie) -> dict[str, str]:
    bedrag = Bedrag.objects.filter(versie=versie)[0]
    programma = Programma.objects.filter(versie=versie)[0]
    return {
        "versie": reverse("admin:historie_versie", args=[versie.pk]),
        "programma": reverse("admin:historie_programma", args=[programma.pk]),
        "rij": reverse("admin:historie_rij", args=["programma_bedrag", bedrag.pk]),
        "cel": reverse("admin:historie_cel", args=[bedrag.regel_id, bedrag.kolom_id]),
    }


def stand(versie: Versie, schakel: int) -> str:
    return reverse("admin:historie_stand", args=[versie.pk, schakel])


@pytest.mark.parametrize("pagina", ["versie", "programma", "rij", "cel"])
def test_wie_leest_ziet_de_tijdlijn(client: Client, concept: Versie, vaste_rollen: Rollen, pagina: str) -> None:
    with namens(vaste_rollen.redacteur2.pk, via="import", herkomst="import 7: <b>cijfers</b>.xlsx"):
        Bedrag.objects.filter(versie=concept).update(euro=Decimal("-77.10"))
    client.force_login(vaste_rollen.auditor)

    inhoud = client.get(adressen(concept)[pagina]).content.decode()

    assert "rik" in inhoud
    assert "−77,1" in inhoud
    assert "import 7: &lt;b&gt;cijfers&lt;/b&gt;.xlsx" in inhoud
    assert "terugzetten" not in inhoud, "an auditor changes nothing"


@pytest.mark.parametrize("pagina", ["versie", "programma", "rij", "cel"])
def test_een_schrijver_niet(client: Client, concept: Versie, vaste_rollen: Rollen, pagina: str) -> None:
    client.force_login(vaste_rollen.schrijver)
    assert client.get(adressen(concept)[pagina]).status_code == 403


def test_de_zeef(client: Client, concept: Versie, vaste_rollen: Rollen) -> None:
    with namens(vaste_rollen.redacteur2.pk, via="rooster"):
        Bedrag.objects.filter(versie=concept, euro=-1000).update(euro=-5)
    client.force_login(vaste_rollen.redacteur)
    adres = adressen(concept)["versie"]

    van_rik = client.get(adres, {"wie": vaste_rollen.redacteur2.pk, "via": "rooster"}).content.decode()
    niets = client.get(adres, {"vanaf": "2999-01-01"}).content.decode()
    onzin = client.get(adres, {"wie": "x", "vanaf": "gisteren", "blad": "zeven"})

    assert "6 voorvallen" in van_rik
    assert "0 voorvallen" in niets
    assert onzin.status_code == 200


def test_bladen(client: Client, vaste_rollen: Rollen, django_assert_max_num_queries) -> None:
    concept = maak_concept(vaste_rollen, programmas=5)
    client.force_login(vaste_rollen.redacteur)
    adres = adressen(concept)["versie"]
    client.get(adres)
    with django_assert_max_num_queries(16):
        inhoud = client.get(adres, {"blad": 1}).content.decode()
    assert "Blad 1 van 2" in inhoud


def test_de_knop_geschiedenis_leidt_hierheen(client: Client, concept: Versie, vaste_rollen: Rollen) -> None:
    client.force_login(vaste_rollen.redacteur)
    sectie = Sectie.objects.filter(versie=concept)[0]

    antwoord = client.get(reverse("admin:programma_sectie_history", args=[sectie.pk]), follow=True)

    assert antwoord.redirect_chain[-1][0] == reverse("admin:historie_rij", args=["programma_sectie", sectie.pk])
    assert "Wat we doen." in antwoord.content.decode()
    assert client.get("/beheer/programma/sectie/x/history/").status_code == 404


def test_wat_er_niet_is(client: Client, concept: Versie, vaste_rollen: Rollen) -> None:
    client.force_login(vaste_rollen.redacteur)
    for pad in ("versie/999/", "programma/999/", "cel/9/9/", "rij/programma_bedrag/999/", "rij/auth_user/1/"):
        assert client.get(f"/beheer/historie/{pad}").status_code == 404


class TestTerugzetten:
    def test_tonen_en_doen(self, client: Client, concept: Versie, vaste_rollen: Rollen) -> None:
        som, toen = bereken_controlesom(concept), Schakel.objects.order_by("-pk")[0].pk
        Begrotingsregel.objects.filter(versie=concept)[0].delete()
        client.force_login(vaste_rollen.redacteur)

        pagina = client.get(stand(concept, toen)).content.decode()
        assert "begrotingsregels" in pagina
        assert bereken_controlesom(concept) != som
        client.post(stand(concept, toen))

        assert bereken_controlesom(concept) == som
        laatste = Gebeurtenis.objects.filter(versie=concept).order_by("-pk")[0]
        assert (laatste.door_id, laatste.via) == (vaste_rollen.redacteur.pk, "herstel")

    @pytest.mark.parametrize("rol", ["publicist", "auditor", "beheerder", "schrijver"])
    def test_alleen_de_redacteur(self, client: Client, concept: Versie, vaste_rollen: Rollen, rol: str) -> None:
        toen = Schakel.objects.order_by("-pk")[0].pk
        Sectie.objects.filter(versie=concept).update(tekst="Later.")
        som = bereken_controlesom(concept)
        client.force_login(getattr(vaste_rollen, rol))

        assert client.get(stand(concept, toen)).status_code == 403
        assert client.post(stand(concept, toen)).status_code == 403
        assert bereken_controlesom(concept) == som

    def test_zonder_concept(self, client: Client, concept: Versie, vaste_rollen: Rollen) -> None:
        publiceer(concept, vaste_rollen)
        client.force_login(vaste_rollen.redacteur)

        antwoord = client.post(stand(concept, 1), follow=True)

        assert "Maak eerst een nieuw concept" in antwoord.content.decode()

    def test_een_stand_die_er_niet_is(self, client: Client, concept: Versie, vaste_rollen: Rollen) -> None:
        client.force_login(vaste_rollen.redacteur)
        antwoord = client.get(stand(concept, 99_999), follow=True)
        assert "kent deze stand niet" in antwoord.content.decode()


@pytest.mark.parametrize(("pagina", "eigen"), [("versie", 8), ("programma", 6)])
def test_wat_meekwam_staat_er_niet_tussen(
    client: Client, concept: Versie, vaste_rollen: Rollen, pagina: str, eigen: int
) -> None:
    """The rows of a copy were written by nobody there: a line says how many, and where they are.

    `eigen`: six amounts; on the page of the version also the version itself and the step that made it.
    """
    kopie = publicatie.maak_concept(publiceer(concept, vaste_rollen), door=vaste_rollen.redacteur)
    with namens(vaste_rollen.redacteur2.pk, via="rooster"):
        Bedrag.objects.filter(versie=kopie, euro=-1000).update(euro=-5)
    client.force_login(vaste_rollen.auditor)
    adres = adressen(kopie)[pagina]

    kort = client.get(adres)
    alles = client.get(adres, {"via": "alles"})

    assert kort.context["blad"].paginator.count == eigen
    assert kort.context["meegekomen"] == alles.context["blad"].paginator.count - eigen > 15
    assert 'via=alles">Toon die ook</a>' in kort.content.decode()
    assert "Toon die ook" not in alles.content.decode()
    cel = client.get(adressen(kopie)["cel"]).content.decode()
    assert "kopie van een versie" in cel, "how a figure came here is the first thing to know about it"
