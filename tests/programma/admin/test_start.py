"""The start page: for each role what waits for that role, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programma import publicatie
from programma.admin.start import Bureau
from programma.models import Document, Opdracht, Pakket, Sectie, Stap, Versie
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

Tel = Callable[..., AbstractContextManager[object]]
ROLLEN = ["redacteur", "publicist", "schrijver", "auditor", "beheerder"]


def taken(wie: User) -> list[tuple[str, str]]:
    """Return what waits for a person: (text, how urgent)."""
    return [(taak.tekst, taak.dringend) for taak in Bureau(User.objects.get(pk=wie.pk)).taken()]


def geef(versie: Versie, rollen: Rollen, uiterlijk: date, **anders: object) -> Opdracht:
    """Give the first pakket of a version to the schrijver."""
    pakket = Pakket.objects.filter(versie=versie).first()
    opdracht: Opdracht = Opdracht.objects.create(
        versie=versie, pakket=pakket, schrijver=rollen.schrijver, uiterlijk=uiterlijk, **anders
    )
    return opdracht


@pytest.mark.parametrize("rol", ROLLEN)
def test_elke_rol_krijgt_een_startpagina(client: Client, rollen: Rollen, rol: str) -> None:
    maak_concept(rollen)
    client.force_login(getattr(rollen, rol))

    pagina = client.get(reverse("admin:index"))

    assert pagina.status_code == 200
    assert "Wat wacht op mij" in pagina.content.decode()
    assert "no-store" in pagina["Cache-Control"]


class TestRedacteur:
    def test_een_concept_om_af_te_maken(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        assert taken(rollen.redacteur) == [("Dien in: Programmabegroting 2025, versie 1", "")]
        Sectie.objects.filter(versie=versie).delete()
        assert taken(rollen.redacteur) == [("Maak af: Programmabegroting 2025, versie 1", "")]

    def test_teruggestuurd_staat_bovenaan_met_de_reden(self, rollen: Rollen) -> None:
        maak_concept(rollen)
        ander = maak_concept(rollen, 1, maak_document(2026))
        publicatie.dien_in(ander, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.stuur_terug(ander, door=rollen.publicist, reden="Tabel 1 klopt niet.")

        eerste = Bureau(rollen.redacteur).taken()[0]

        assert (eerste.tekst, eerste.dringend) == ("Pas aan: Programmabegroting 2026, versie 1", "teruggestuurd")
        assert "Reden: Tabel 1 klopt niet." in eerste.uitleg

    def test_zonder_concept_begint_het_werk_hier(self, client: Client, rollen: Rollen) -> None:
        """What is published now is one click away; an older version of it is not offered, nor is anything to others."""
        eerste = maak_gepubliceerd(rollen)
        tweede = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)
        adressen = [reverse("admin:programma_versie_change", args=[versie.pk]) for versie in (tweede, eerste)]

        assert [rij.href for rij in Bureau(rollen.redacteur).begin()] == adressen[:1]
        assert Bureau(User.objects.get(pk=rollen.publicist.pk)).begin() == []
        client.force_login(rollen.redacteur)
        werk = client.get(reverse("admin:index")).content.decode().split("Laatste stappen")[0]
        assert f'href="{adressen[0]}"' in werk and adressen[1] not in werk
        publicatie.maak_concept(tweede, door=rollen.redacteur)
        assert Bureau(User.objects.get(pk=rollen.redacteur.pk)).begin() == []

    @pytest.mark.parametrize(("wie", "zin"), [("redacteur", "U trok"), ("redacteur2", "rosa trok")])
    def test_een_ingetrokken_indiening_dringt_niet(self, rollen: Rollen, wie: str, zin: str) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.trek_indiening_in(versie, door=rollen.redacteur, reden="Een nul te veel.")

        (taak,) = Bureau(getattr(rollen, wie)).taken()

        assert (taak.tekst, taak.dringend) == ("Pas aan: Programmabegroting 2025, versie 1", "")
        assert taak.uitleg.startswith(f"{zin} de indiening in. Reden: Een nul te veel.")

    def test_een_schrijver_die_te_laat_is(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        gisteren = timezone.localdate() - timedelta(days=1)
        geef(versie, rollen, gisteren)
        assert taken(rollen.redacteur)[0] == ("sam is te laat met 1A Pakket 1A", "te laat")

        Opdracht.objects.update(uiterlijk=timezone.localdate())
        assert all(dringend == "" for _, dringend in taken(rollen.redacteur))


class TestSchrijver:
    def test_eigen_opdrachten_en_niets_anders(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        geef(versie, rollen, timezone.localdate() + timedelta(days=3))
        assert taken(rollen.schrijver) == [("Schrijf 1A Pakket 1A", "")]

        client.force_login(rollen.schrijver)
        tekst = client.get(reverse("admin:index")).content.decode()
        assert "Wat is open" not in tekst and "Laatste stappen" not in tekst and "Alle schermen" not in tekst

    def test_klaar_is_klaar_en_teruggestuurd_dringt(self, rollen: Rollen) -> None:
        opdracht = geef(maak_concept(rollen), rollen, timezone.localdate(), status="teruggestuurd", reden="Korter.")
        assert taken(rollen.schrijver) == [("Schrijf 1A Pakket 1A", "teruggestuurd")]
        Opdracht.objects.filter(pk=opdracht.pk).update(status="klaar", klaar_op=timezone.now())
        assert taken(rollen.schrijver) == []


class TestPublicist:
    def test_van_ingediend_tot_vastgesteld(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        assert taken(rollen.publicist) == []
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        assert taken(rollen.publicist) == [("Lees en keur goed: Programmabegroting 2025, versie 1", "")]
        publicatie.keur_goed(versie, door=rollen.publicist)
        assert taken(rollen.publicist) == [("Publiceer: Programmabegroting 2025, versie 1", "")]
        publicatie.plan(versie, door=rollen.publicist, op=timezone.now() + timedelta(days=1))
        assert "De site publiceert op" in Bureau(rollen.publicist).taken()[0].uitleg
        publicatie.publiceer(versie, door=rollen.publicist)
        assert taken(rollen.publicist) == [("Leg het raadsbesluit vast: Programmabegroting 2025, versie 1", "")]
        publicatie.stel_vast(versie, door=rollen.publicist, nummer="2024-31", datum=date(2024, 11, 7))
        assert taken(rollen.publicist) == []
        assert taken(rollen.redacteur) == []

    def test_wie_meewerkte_leest_dat_een_collega_moet(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.publicist.pk):
            Sectie.objects.filter(versie=versie).update(tekst="Van mij.")
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        taak = Bureau(rollen.publicist).taken()[0]
        assert taak.tekst.startswith("Wacht op een collega") and "een collega moet goedkeuren" in taak.uitleg
        assert "een collega moet goedkeuren" not in Bureau(rollen.publicist2).taken()[0].uitleg

    def test_de_samenvatting_staat_erbij(self, rollen: Rollen) -> None:
        publicatie.dien_in(maak_concept(rollen), door=rollen.redacteur, samenvatting="Nieuwe leges. " * 20)
        assert "Samenvatting: Nieuwe leges. Nieuwe leges." in Bureau(rollen.publicist).taken()[0].uitleg
        assert Bureau(rollen.publicist).taken()[0].uitleg.endswith("…")

    def test_een_gemist_moment_staat_er_in_woorden(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)
        Versie.objects.filter(pk=versie.pk).update(gepland_op=timezone.now() - timedelta(hours=1))
        assert taken(rollen.publicist) == [("Publiceer: Programmabegroting 2025, versie 1", "te laat")]
        assert "dat is niet gebeurd. Publiceer zelf." in Bureau(rollen.publicist).taken()[0].uitleg


@pytest.mark.parametrize(
    ("rol", "zin"),
    [
        ("redacteur", "Wordt een versie teruggestuurd"),
        ("publicist", "Dient een redacteur een versie in, dan staat zij hier."),
        ("schrijver", "Geeft een redacteur u een pakket om te schrijven"),
        ("auditor", "U leest mee"),
        ("beheerder", "Alle accounts hebben een rol"),
    ],
)
def test_niets_te_doen_zegt_waar_werk_vandaan_komt(client: Client, rollen: Rollen, rol: str, zin: str) -> None:
    User.objects.update(last_login=timezone.now())
    client.force_login(getattr(rollen, rol))
    blad = client.get(reverse("admin:index")).content.decode()
    assert zin in blad
    assert (reverse("admin:schrijven_lijst") in blad) == (rol == "schrijver")


def test_wie_geen_rol_heeft_leest_wie_die_geeft(client: Client, rollen: Rollen) -> None:
    client.force_login(User.objects.create(username="nieuw", is_staff=True))
    assert "Uw account heeft nog geen rol." in client.get(reverse("admin:index")).content.decode()


def test_de_auditor_ziet_wat_er_gebeurde(client: Client, rollen: Rollen) -> None:
    maak_gepubliceerd(rollen)
    client.force_login(rollen.auditor)

    tekst = client.get(reverse("admin:index")).content.decode()

    assert taken(rollen.auditor) == []
    assert "Laatst gewijzigd" in tekst and "12 bedragen in" in tekst
    assert "Gepubliceerd:" in tekst


def test_de_beheerder_ziet_accounts_die_niets_kunnen(rollen: Rollen) -> None:
    User.objects.update(last_login=timezone.now())
    assert taken(rollen.beheerder) == []
    User.objects.create(username="nieuw", is_staff=True, last_login=timezone.now())
    User.objects.filter(pk=rollen.auditor.pk).update(last_login=None)
    assert taken(rollen.beheerder) == [
        ("Geef 1 account een rol", ""),
        ("1 account heeft nog nooit ingelogd", ""),
    ]


@pytest.mark.parametrize("rol", ROLLEN)
def test_aantal_vragen_hangt_niet_van_het_aantal_documenten_af(
    client: Client, rollen: Rollen, django_assert_max_num_queries: Tel, rol: str
) -> None:
    """As many with 1 document of 1 programme as with 20 documents, of which one with 50 programmes."""
    User.objects.exclude(pk=rollen.beheerder.pk).update(last_login=timezone.now())

    def vragen() -> int:
        client.force_login(getattr(rollen, rol))
        with django_assert_max_num_queries(45) as geteld:
            assert client.get(reverse("admin:index")).status_code == 200
        return len(geteld)

    versie = maak_concept(rollen)
    geef(versie, rollen, timezone.localdate() - timedelta(days=1))
    vragen()  # the first visit of a session writes when it began
    een = vragen()
    for nummer in range(19):
        document = maak_document(2001 + nummer, Document.Soort.JAARSTUKKEN)
        maak_concept(rollen, 50 if nummer == 0 else 1, document)

    assert vragen() == een <= 35


def test_een_verwijderd_concept_blijft_een_stap(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    with namens(rollen.redacteur.pk):
        versie.delete()
    client.force_login(rollen.auditor)

    assert "een verwijderd concept" in client.get(reverse("admin:index")).content.decode()
    assert Stap.objects.exists()


def test_de_schermen_staan_op_volgorde_van_het_werk(client: Client, rollen: Rollen) -> None:
    client.force_login(rollen.redacteur)

    groepen = client.get(reverse("admin:index")).context["app_list"]

    koppen = [groep["name"] for groep in groepen]
    assert koppen[0] == "Documenten en versies" and koppen[-1] == "Logboeken"
    assert [scherm["object_name"] for scherm in groepen[0]["models"]][:2] == ["Document", "Versie"]
    namen = [scherm["object_name"] for groep in groepen for scherm in groep["models"]]
    assert len(namen) == len(set(namen)) and {"Begrotingsregel", "Sectie", "Bewerking"} <= set(namen)
