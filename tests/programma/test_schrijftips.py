"""Tips where people write: under the text in the admin and on the page of a schrijver, counted on the progress page."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programma import opdrachten
from programma.models import Begrotingsregel, Doel, Opdracht, Pakket, Paragraaf, Programma, Sectie, Versie
from programma.schrijftips import getipte_teksten, tips_van
from programma.toetsing.keuring import controlestuk
from tests.bouwers import Rollen, maak_concept
from tests.formulieren import gezien
from veiligheid.namens import namens
from veiligheid.tips import Code

VREEMD = "Dit kost € 7.654.321 en is derhalve veel."
KLOPT = "Dit kost € 1.000 in 2025."
TIP = "“derhalve” is ambtelijk"
BEDRAGTIP = "U schrijft “€ 7.654.321”. Dat komt niet voor in de bedragen van pakket 1A; klopt het?"


@pytest.fixture
def versie(rollen: Rollen) -> Versie:
    """A concept with a text, a goal and an explanation that each deserve a tip."""
    versie = maak_concept(rollen)
    with namens(rollen.redacteur.pk):
        Sectie.objects.filter(versie=versie).update(tekst=VREEMD)
        Doel.objects.filter(versie=versie).update(tekst=VREEMD)
        Begrotingsregel.objects.filter(versie=versie, soort="lasten").update(toelichting=VREEMD)
    return versie


def html(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return unescape(antwoord.content.decode())


def scherm(rij: Sectie | Doel | Begrotingsregel | Programma) -> str:
    return reverse(f"admin:programma_{rij._meta.model_name}_change", args=[rij.pk])


class TestRij:
    """The tips for one row."""

    @pytest.mark.parametrize("model", [Sectie, Doel, Begrotingsregel])
    def test_bedragen_eerst(self, versie: Versie, model: type[Sectie]) -> None:
        rij = model.objects.filter(versie=versie).order_by("pk")[0]
        assert [tip.code for tip in tips_van(rij)] == [Code.BEDRAG_KOMT_NIET_VOOR, Code.MOEILIJK_WOORD]

    def test_een_programma_vergelijkt_met_het_hele_programma(self, versie: Versie) -> None:
        programma = Programma.objects.get(versie=versie)
        programma.inleiding = "Samen € 900, of € 1.000 aan lasten; geen € 901."
        (tip,) = tips_van(programma)
        assert "“€ 901”" in tip.zin and "programma 1" in tip.zin

    def test_een_paragraaf_heeft_geen_bedragen(self, versie: Versie, rollen: Rollen) -> None:
        with namens(rollen.redacteur.pk):
            paragraaf = Paragraaf.objects.create(versie=versie, soort="financiering", naam="Financiering")
            sectie = Sectie.objects.create(versie=versie, paragraaf=paragraaf, kop="Inhoud", tekst=VREEMD)
        assert [tip.code for tip in tips_van(sectie)] == [Code.MOEILIJK_WOORD]

    def test_zonder_geld_wordt_er_niets_opgezocht(self, versie: Versie, django_assert_num_queries) -> None:
        sectie = Sectie.objects.select_related("pakket", "programma").get(versie=versie)
        with django_assert_num_queries(1):
            tips_van(sectie)
        sectie.tekst = "In 2025 oefenen wij vaker."
        with django_assert_num_queries(0):
            assert tips_van(sectie) == ()


class TestBeheer:
    """The screens of the admin."""

    @pytest.mark.parametrize("model", [Sectie, Doel, Begrotingsregel])
    def test_onder_de_tekst(self, client: Client, rollen: Rollen, versie: Versie, model: type[Sectie]) -> None:
        client.force_login(rollen.redacteur)
        pagina = html(client, scherm(model.objects.filter(versie=versie).order_by("pk")[0]))
        assert BEDRAGTIP in pagina and TIP in pagina
        assert 'id="tips"' in pagina and "veiligheid/tips.css" in pagina

    def test_na_bewaren_gaan_ze_over_de_nieuwe_tekst(self, client: Client, rollen: Rollen, versie: Versie) -> None:
        sectie = Sectie.objects.get(versie=versie)
        client.force_login(rollen.redacteur)
        velden = {"pakket": sectie.pakket_id, "kop": "Inhoud", "volgorde": 1, "_continue": "1"}
        antwoord = client.post(scherm(sectie), {**velden, "tekst": KLOPT, "gezien": gezien(client, scherm(sectie))})
        assert antwoord.status_code == 302
        pagina = html(client, antwoord["Location"])
        assert BEDRAGTIP not in pagina and TIP not in pagina and "Geen. De tekst" in pagina

    def test_een_tip_houdt_bewaren_niet_tegen(self, client: Client, rollen: Rollen, versie: Versie) -> None:
        sectie = Sectie.objects.get(versie=versie)
        client.force_login(rollen.redacteur)
        velden = {"pakket": sectie.pakket_id, "kop": "Inhoud", "volgorde": 1, "tekst": f"{VREEMD} Thans."}
        assert client.post(scherm(sectie), {**velden, "gezien": gezien(client, scherm(sectie))}).status_code == 302
        sectie.refresh_from_db()
        assert "Thans" in sectie.tekst

    def test_wie_alleen_leest_krijgt_er_geen(self, client: Client, rollen: Rollen, versie: Versie) -> None:
        client.force_login(rollen.auditor)
        for model in (Sectie, Doel, Begrotingsregel):
            pagina = html(client, scherm(model.objects.filter(versie=versie).order_by("pk")[0]))
            assert TIP not in pagina and "ips voor deze tekst" not in pagina

    def test_een_nieuwe_tekst_heeft_er_nog_geen(self, client: Client, rollen: Rollen, versie: Versie) -> None:
        client.force_login(rollen.redacteur)
        assert "ips voor deze tekst" not in html(client, reverse("admin:programma_sectie_add"))

    def test_de_voortgang_telt_ze(self, client: Client, rollen: Rollen, versie: Versie) -> None:
        adres = reverse("admin:programma_versie_voortgang", args=[versie.pk])
        client.force_login(rollen.redacteur)
        pagina = html(client, adres)
        assert "2 teksten hebben samen 4 tips" in pagina
        assert f"{scherm(Sectie.objects.get(versie=versie))}#tips" in pagina
        assert f"{scherm(Doel.objects.get(versie=versie))}#tips" in pagina
        client.force_login(rollen.auditor)
        assert "Tips voor teksten" not in html(client, adres)

    def test_zonder_tips_geen_kop(self, client: Client, rollen: Rollen) -> None:
        client.force_login(rollen.redacteur)
        assert "Tips voor" not in html(
            client, reverse("admin:programma_versie_voortgang", args=[maak_concept(rollen).pk])
        )


class TestVersie:
    """All texts of a version at once."""

    def test_evenveel_vragen_bij_veel_teksten(self, rollen: Rollen, versie: Versie, django_assert_num_queries) -> None:
        regels = controlestuk(versie).regels
        with namens(rollen.redacteur.pk):
            pakket = Pakket.objects.get(versie=versie)
            Sectie.objects.bulk_create(
                Sectie(versie=versie, pakket=pakket, kop="Meer", tekst=VREEMD, volgorde=nummer) for nummer in range(9)
            )
        with django_assert_num_queries(2):
            getipt = getipte_teksten(versie, regels)
        assert len(getipt) == 11 and {rij.aantal for rij in getipt} == {2}
        assert getipt[-1].plaats.startswith("1A: doel “Dit kost")


class TestSchrijver:
    """The page of a schrijver."""

    @pytest.fixture
    def opdracht(self, client: Client, rollen: Rollen, versie: Versie) -> Opdracht:
        pakket = Pakket.objects.get(versie=versie)
        uiterlijk = timezone.localdate() + timedelta(days=3)
        opdracht, _ = opdrachten.geef(pakket, rollen.schrijver, uiterlijk, door=rollen.redacteur)
        client.force_login(rollen.schrijver)
        return opdracht

    def test_onder_elke_tekst(self, client: Client, opdracht: Opdracht) -> None:
        pagina = html(client, reverse("admin:schrijven_opdracht", args=[opdracht.pk]))
        assert pagina.count(BEDRAGTIP) == 3
        for over in ("deze tekst", "dit doel", "deze toelichting"):
            assert f"Tips voor {over} (2)" in pagina
        assert 'id="tips"' not in pagina

    def test_geen_vraag_per_tekst(self, client: Client, rollen: Rollen, opdracht: Opdracht) -> None:
        adres = reverse("admin:schrijven_opdracht", args=[opdracht.pk])
        client.get(adres)  # the first visit of a session writes when it began

        def vragen() -> int:
            with CaptureQueriesContext(connection) as geteld:
                client.get(adres)
            return len(geteld)

        met_tips = vragen()
        with namens(rollen.redacteur.pk):
            Doel.objects.filter(pakket=opdracht.pakket).update(tekst="Kort.")
            Begrotingsregel.objects.filter(pakket=opdracht.pakket).update(toelichting="")
            Sectie.objects.filter(pakket=opdracht.pakket).update(tekst="Kort.")
        assert vragen() == met_tips
        assert "Tips voor" not in html(client, adres)
