"""The grid's page: who may do what, a plain form that stores all or nothing, and the answer to a conflict."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from programma import publicatie
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bewerking,
    GedruktTotaal,
    Kolom,
    Pakket,
    Programma,
    Versie,
    Wijziging,
)
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd, maak_regel

Tel = Callable[[int], AbstractContextManager[object]]
INVOER = re.compile(
    r'<(?:input|textarea)[^>]*name="((?:c|o|t|x):[^"]+)"[^>]*?(?:value="([^"]*)"[^>]*)?>(?:\n([^<]*)</textarea>)?'
)
GEZIEN = re.compile(r'name="gezien" value="([^"]+)"')


def adres(programma: Programma, vraag: str = "") -> str:
    """Return the address of a grid."""
    return reverse("admin:programma_programma_rooster", args=[programma.pk]) + vraag


def formulier(html: str) -> dict[str, str]:
    """Return what a browser would post: every field as it stands on the page."""
    velden = {
        naam: unescape(waarde or tekst)
        for naam, waarde, tekst in INVOER.findall(html)
        if not naam.startswith("x:") or f'name="{naam}" id="{naam}" data-weg checked' in html
    }
    gevonden = GEZIEN.search(html)
    assert gevonden, "the grid carries nothing"
    return velden | {"gezien": unescape(gevonden[1]), "actie": "bewaar"}


@pytest.fixture
def concept(rollen: Rollen) -> Versie:
    """A concept with one programme."""
    return maak_concept(rollen)


@pytest.fixture
def programma(concept: Versie) -> Programma:
    """Its programme."""
    gevonden: Programma = Programma.objects.get(versie=concept)
    return gevonden


def cel(concept: Versie, sleutel: str = "p1-lasten", volgorde: int = 1, wijziging: int = 0) -> str:
    """Return the name of a cell."""
    return f"c:{sleutel}:{wijziging}:{Kolom.objects.get(versie=concept, volgorde=volgorde).pk}"


def euro(versie: Versie, sleutel: str = "p1-lasten", volgorde: int = 1) -> Decimal:
    """Return what is stored."""
    return Bedrag.objects.get(versie=versie, regel__sleutel=sleutel, kolom__volgorde=volgorde, wijziging=None).euro


def open_rooster(
    client: Client, rollen: Rollen, programma: Programma, rol: str = "redacteur", vraag: str = "?eenheid=duizend"
) -> dict[str, str]:
    """Open the grid as somebody and return its form."""
    client.force_login(getattr(rollen, rol))
    return formulier(client.get(adres(programma, vraag)).content.decode())


class TestRechten:
    """Editors edit, others read, and who may not see gets nothing."""

    def test_de_redacteur_ziet_velden(self, client: Client, rollen: Rollen, programma: Programma) -> None:
        velden = open_rooster(client, rollen, programma)
        assert sum(naam.startswith("c:") for naam in velden) == 12

    @pytest.mark.parametrize("rol", ["publicist", "auditor", "beheerder"])
    def test_anderen_lezen(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma, rol: str
    ) -> None:
        velden = open_rooster(client, rollen, programma)
        client.force_login(getattr(rollen, rol))
        scherm = client.get(adres(programma)).content.decode()
        assert "-1" in scherm and "<input class" not in scherm and 'name="gezien"' not in scherm
        bewerkingen = Bewerking.objects.count()

        antwoord = client.post(adres(programma), velden | {cel(concept): "-9"})

        assert antwoord.status_code == 403
        assert Bewerking.objects.count() == bewerkingen

    def test_een_schrijver_ziet_niets(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        velden = open_rooster(client, rollen, programma)
        client.force_login(rollen.schrijver)
        assert client.get(adres(programma)).status_code == 403
        assert client.post(adres(programma), velden | {cel(concept): "-9"}).status_code == 403
        assert euro(concept) == -1000

    def test_zonder_inloggen(self, client: Client, programma: Programma) -> None:
        for antwoord in (client.get(adres(programma)), client.post(adres(programma), {})):
            assert antwoord.status_code == 302 and "/beheer/login/" in antwoord["Location"]

    def test_wat_gepubliceerd_is_ligt_vast(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        client.force_login(rollen.redacteur)
        scherm = client.get(adres(Programma.objects.get(versie=versie))).content.decode()
        assert "ligt vast" in scherm and "<input class" not in scherm

    def test_wat_intussen_is_ingediend_ook(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        velden = open_rooster(client, rollen, programma)
        publicatie.dien_in(concept, door=rollen.redacteur2, samenvatting=SAMENVATTING)

        antwoord = client.post(adres(programma), velden | {cel(concept): "-9,99"})

        assert antwoord.status_code == 409 and "ligt vast" in antwoord.content.decode()
        assert "-9,99" in antwoord.content.decode() and euro(concept) == -1000

    def test_een_programma_dat_er_niet_is(self, client: Client, rollen: Rollen, programma: Programma) -> None:
        client.force_login(rollen.redacteur)
        assert client.get(reverse("admin:programma_programma_rooster", args=[999999])).status_code == 404


class TestBewaren:
    """A plain form: one save for the whole grid."""

    def test_een_bedrag(self, client: Client, rollen: Rollen, concept: Versie, programma: Programma) -> None:
        velden = open_rooster(client, rollen, programma, "redacteur2")

        antwoord = client.post(adres(programma), velden | {cel(concept): "-2,5"}, follow=True)

        assert antwoord.redirect_chain and "Opgeslagen om" in antwoord.content.decode()
        assert euro(concept) == -2500
        bewerking = Bewerking.objects.filter(versie=concept).first()
        assert (bewerking.tabel, bewerking.door) == ("programma_bedrag", rollen.redacteur2)

    def test_niets_gewijzigd_schrijft_niets(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        """Cents stay, in a view in thousands too."""
        Bedrag.objects.filter(versie=concept, kolom__volgorde=1).update(euro=Decimal("-1234.56"))
        velden = open_rooster(client, rollen, programma, vraag="?eenheid=duizend")
        assert velden[cel(concept)] == "-1,23456"
        bewerkingen = Bewerking.objects.count()

        assert client.post(adres(programma), velden).status_code == 302
        assert Bewerking.objects.count() == bewerkingen
        assert euro(concept) == Decimal("-1234.56")

    @pytest.mark.parametrize(
        ("vraag", "getoond", "getypt", "bewaard"),
        [
            ("?eenheid=euro&teken=effect", "-1.000", "-3.516,50", "-3516.50"),
            ("?eenheid=euro&teken=gedrukt", "1.000", "3.516,50", "-3516.50"),
            ("?eenheid=duizend&teken=gedrukt", "1", "200", "-200000"),
            ("?eenheid=duizend&teken=effect", "-1", "(35,16)", "-35160"),
        ],
    )
    def test_eenheid_en_teken(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma,
        vraag: str, getoond: str, getypt: str, bewaard: str,
    ) -> None:  # fmt: skip
        velden = open_rooster(client, rollen, programma, vraag=vraag)
        assert velden[cel(concept)] == getoond

        client.post(adres(programma), velden | {cel(concept): getypt})

        assert euro(concept) == Decimal(bewaard)

    def test_dezelfde_inzending_twee_keer(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        velden = open_rooster(client, rollen, programma) | {cel(concept): "-9"}
        antwoorden = [client.post(adres(programma), velden) for _ in range(2)]
        assert [(antwoord.status_code, antwoord["Location"]) for antwoord in antwoorden] == [
            (302, antwoorden[0]["Location"])
        ] * 2
        assert Bewerking.objects.filter(versie=concept, soort="UPDATE").count() == 1

    def test_nieuwe_regels_en_een_wijziging(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        """Empty rows are offered with a name of their own; sent twice, they make one row."""
        wijziging = Wijziging.objects.create(versie=concept, nummer="1", titel="Eerste")
        velden = open_rooster(client, rollen, programma)
        pakket = Pakket.objects.get(versie=concept).pk
        erbij = {"actie": "regels", "nieuw_soort": "toevoeging", "nieuw_pakket": pakket, "nieuw_aantal": "2"}
        tussen = client.post(adres(programma), velden | erbij | {cel(concept): "-7"})
        assert tussen.status_code == 200 and not Begrotingsregel.objects.filter(soort="toevoeging").exists()
        velden = formulier(tussen.content.decode())
        assert velden[cel(concept)] == "-7"
        nieuw = sorted(naam for naam in velden if naam.startswith("o:r") and not velden[naam])
        assert len(nieuw) == 2
        sleutel = nieuw[0][2:]
        velden |= {nieuw[0]: "Naar de reserve", cel(concept, sleutel): "-3"}
        tussen = client.post(
            adres(programma),
            velden | {"actie": "wijziging", "wijziging_regel": "p1-lasten", "wijziging_nummer": wijziging.pk},
        )
        velden = formulier(tussen.content.decode())
        velden[cel(concept, wijziging=wijziging.pk)] = "-4"

        for _ in range(2):
            assert client.post(adres(programma), velden).status_code == 302

        regel = Begrotingsregel.objects.get(versie=concept, soort="toevoeging")
        assert (regel.sleutel, regel.omschrijving, euro(concept, sleutel)) == (sleutel, "Naar de reserve", -3000)
        assert Bedrag.objects.get(wijziging=wijziging).euro == -4000 and euro(concept) == -7000
        scherm = client.get(adres(programma)).content.decode()
        assert "Wijziging 1 Eerste" in scherm

    def test_een_regel_weg(self, client: Client, rollen: Rollen, concept: Versie, programma: Programma) -> None:
        velden = open_rooster(client, rollen, programma)
        assert client.post(adres(programma), velden | {"x:p1-baten": "on"}).status_code == 302
        assert not Begrotingsregel.objects.filter(versie=concept, sleutel="p1-baten").exists()

    @pytest.mark.parametrize("regels", [1, 50])
    def test_aantal_vragen(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma,
        django_assert_num_queries: Tel, regels: int,
    ) -> None:  # fmt: skip
        """To look and to save: the same number for one line as for fifty."""
        kolommen = list(Kolom.objects.filter(versie=concept))
        for nummer in range(regels):
            maak_regel(concept, Pakket.objects.get(versie=concept), kolommen, sleutel=f"extra-{nummer}")
        velden = open_rooster(client, rollen, programma)
        with django_assert_num_queries(17):
            assert client.get(adres(programma)).status_code == 200
        for naam in [naam for naam in velden if naam.startswith("c:extra")]:
            velden[naam] = "-9"
        with django_assert_num_queries(25):
            assert client.post(adres(programma), velden).status_code == 302
        assert Bedrag.objects.filter(versie=concept, euro=-9000).count() == 6 * regels


class TestFouteInvoer:
    """Nothing is stored, nothing is lost, and the page says what to do."""

    def test_een_vraag_houdt_alles_tegen(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        velden = open_rooster(client, rollen, programma)
        fout = {cel(concept): "3,516", cel(concept, volgorde=2): "<b>", cel(concept, volgorde=3): "-5"}

        antwoord = client.post(adres(programma), velden | fout | {"o:p1-baten": ""})

        scherm = antwoord.content.decode()
        assert antwoord.status_code == 422 and "3 velden vragen aandacht" in scherm
        terug = formulier(scherm)
        assert {naam: terug[naam] for naam in fout} == fout
        assert f'href="#{cel(concept)}"' in scherm and 'data-lezing="3516"' in scherm and "&lt;b&gt;" in scherm
        assert euro(concept, volgorde=3) == -1000

        terug |= {cel(concept): "3,5160", cel(concept, volgorde=2): "-1", "o:p1-baten": "Baten"}
        assert client.post(adres(programma), terug).status_code == 302
        assert (euro(concept), euro(concept, volgorde=3)) == (Decimal(3516), -5000)

    def test_sleutels_van_elders(self, client: Client, rollen: Rollen, concept: Versie, programma: Programma) -> None:
        ander = maak_concept(rollen, programmas=2, document=maak_document(2026))
        vreemd = Kolom.objects.get(versie=ander, volgorde=1).pk
        velden = open_rooster(client, rollen, programma)
        bewerkingen = Bewerking.objects.count()
        for naam in (f"c:p1-lasten:0:{vreemd}", cel(concept, "p2-lasten"), "x:p2-lasten", f"c:p1-lasten:77:{vreemd}"):
            antwoord = client.post(adres(programma), velden | {naam: "-9"})
            assert antwoord.status_code == 400 and "niets bewaard" in antwoord.content.decode(), naam
        ander_programma = Programma.objects.get(versie=ander, code="2")
        assert client.post(adres(ander_programma), velden).status_code == 400
        assert Bewerking.objects.count() == bewerkingen

    @pytest.mark.parametrize("gezien", ["", "x", "eyJhIjoxfQ:1abc:zzz"])
    def test_zonder_wat_u_zag(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma, gezien: str
    ) -> None:
        velden = open_rooster(client, rollen, programma)
        antwoord = client.post(adres(programma), velden | {cel(concept): "-9", "gezien": gezien})
        assert antwoord.status_code == 409 and euro(concept) == -1000

    def test_een_nul_teken_is_geen_500(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        velden = open_rooster(client, rollen, programma)
        assert client.post(adres(programma), velden | {cel(concept): "1\x00"}).status_code == 400


class TestEenheid:
    """Amounts that are a thousand times off are asked about, and stored only after a yes to exactly these."""

    def test_niets_bewaard_tot_het_akkoord(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        velden = open_rooster(client, rollen, programma) | {cel(concept): "-1.000", cel(concept, volgorde=2): "-2"}
        bewerkingen = Bewerking.objects.count()

        antwoord = client.post(adres(programma), velden)

        scherm = antwoord.content.decode()
        assert antwoord.status_code == 422 and "Niet bewaard" in scherm
        assert "bij Realisatie 2023 zijn gemiddeld 1.000 keer groter dan wat er stond. Klopt de eenheid?" in scherm
        assert "2024 zijn" not in scherm and Bewerking.objects.count() == bewerkingen
        verder = formulier(scherm)
        assert (verder[cel(concept)], verder[cel(concept, volgorde=2)]) == ("-1.000", "-2")
        akkoord = re.search(r'name="eenheid_klopt" value="([0-9a-f]{64})"', scherm)
        assert akkoord
        ja = {"eenheid_klopt": akkoord[1]}

        anders = client.post(adres(programma), verder | ja | {cel(concept): "-5.000"})
        assert anders.status_code == 422 and "5.000 keer groter" in anders.content.decode()
        assert client.post(adres(programma), verder | {"eenheid_klopt": "ja"}).status_code == 422
        assert Bewerking.objects.count() == bewerkingen

        assert client.post(adres(programma), verder | ja).status_code == 302
        assert (euro(concept), euro(concept, volgorde=2)) == (-1_000_000, -2000)

    def test_het_script_mag_het_vooraf_vragen(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        """After a paste: the same question, and nothing is stored; who may not edit is refused."""
        velden = open_rooster(client, rollen, programma) | {"actie": "eenheid", cel(concept): "-1.000"}
        bewerkingen = Bewerking.objects.count()
        antwoord = client.post(adres(programma), velden)
        assert antwoord.status_code == 200
        (zin,) = antwoord.json()["vragen"]
        assert "1.000 keer groter dan wat er stond" in zin
        assert client.post(adres(programma), velden | {cel(concept): "-2"}).json() == {"vragen": []}
        assert Bewerking.objects.count() == bewerkingen
        client.force_login(rollen.auditor)
        assert client.post(adres(programma), velden).status_code == 403


class TestAanwezig:
    """A sign of life by POST, of who may edit; the others see a name, also without a script."""

    @staticmethod
    def teken(programma: Programma) -> str:
        """Return where a sign of life goes."""
        return reverse("admin:programma_programma_aanwezig", args=[programma.pk])

    def test_een_collega_is_te_zien(self, client: Client, rollen: Rollen, programma: Programma) -> None:
        cache.clear()
        open_rooster(client, rollen, programma, "redacteur2")
        assert client.get(self.teken(programma)).status_code == 405
        open_rooster(client, rollen, programma)
        assert "bewerkt dit programma nu" not in client.get(adres(programma)).content.decode(), "a GET is no sign"

        client.force_login(rollen.redacteur2)
        assert client.post(self.teken(programma)).json() == {"zin": ""}

        client.force_login(rollen.redacteur)
        assert "rik bewerkt dit programma nu." in client.get(adres(programma)).content.decode()
        assert client.post(self.teken(programma)).json() == {"zin": "rik bewerkt dit programma nu."}
        client.force_login(rollen.auditor)
        assert "rik en rosa bewerken dit programma nu." in client.get(adres(programma)).content.decode()
        client.force_login(rollen.redacteur2)
        client.post(self.teken(programma), {"weg": "1"})
        client.force_login(rollen.auditor)
        assert "rosa bewerkt dit programma nu." in client.get(adres(programma)).content.decode()

    @pytest.mark.parametrize("rol", ["schrijver", "publicist", "auditor", "beheerder"])
    def test_alleen_wie_mag_bewerken(self, client: Client, rollen: Rollen, programma: Programma, rol: str) -> None:
        client.force_login(getattr(rollen, rol))
        assert client.post(self.teken(programma)).status_code == 403
        assert client.post(self.teken(programma), {"weg": "1"}).status_code == 403

    def test_niet_zonder_inloggen_of_formulier(self, client: Client, rollen: Rollen, programma: Programma) -> None:
        assert client.post(self.teken(programma)).status_code == 302
        streng = Client(enforce_csrf_checks=True)
        streng.force_login(rollen.redacteur)
        assert streng.post(self.teken(programma)).status_code == 403

    def test_wat_vastligt_bewerkt_niemand(self, client: Client, rollen: Rollen) -> None:
        programma = Programma.objects.get(versie=maak_gepubliceerd(rollen))
        client.force_login(rollen.redacteur)
        assert client.post(self.teken(programma)).status_code == 403


class TestBotsing:
    """Two editors, one grid."""

    def twee(
        self, rollen: Rollen, programma: Programma
    ) -> tuple[tuple[Client, dict[str, str]], tuple[Client, dict[str, str]]]:
        een, ander = Client(), Client()
        return (een, open_rooster(een, rollen, programma)), (
            ander,
            open_rooster(ander, rollen, programma, "redacteur2"),
        )

    def test_verschillende_cellen_gaan_samen(self, rollen: Rollen, concept: Versie, programma: Programma) -> None:
        (een, velden1), (ander, velden2) = self.twee(rollen, programma)
        assert een.post(adres(programma), velden1 | {cel(concept): "-8"}).status_code == 302
        assert ander.post(adres(programma), velden2 | {cel(concept, volgorde=2): "-9"}).status_code == 302
        assert (euro(concept), euro(concept, volgorde=2)) == (-8000, -9000)

    @pytest.mark.parametrize(("keuze", "bewaard"), [("mijn", -9000), ("nu", -8000)])
    def test_dezelfde_cel(
        self, rollen: Rollen, concept: Versie, programma: Programma, keuze: str, bewaard: int
    ) -> None:
        """409 with mine, theirs and the original; what was typed is kept, and the choice is made cell by cell."""
        (een, velden1), (ander, velden2) = self.twee(rollen, programma)
        een.post(adres(programma), velden1 | {cel(concept): "-8", cel(concept, volgorde=3): "-33"})
        mijn = {cel(concept): "-9", cel(concept, volgorde=2): "-22"}

        botst = ander.post(adres(programma), velden2 | mijn)

        scherm = botst.content.decode()
        assert botst.status_code == 409
        rij = re.search(r'<table class="botsingen">.*?<tbody><tr>(.*?)</tr>', scherm, re.DOTALL)
        assert rij and [f"<td>{tekst}<" in rij[1] for tekst in ("-1", "-9", "-8")] == [True] * 3
        assert re.search(r'<td>-8<small class="wie">rosa, \d+ \w+ \d{4} om [\d.]+ uur</small>', rij[1])
        assert (euro(concept), euro(concept, volgorde=2)) == (-8000, -1000)
        verder = formulier(scherm)
        assert {naam: verder[naam] for naam in mijn} == mijn
        assert verder[cel(concept, volgorde=3)] == "-33", "what I left alone is as it is now"

        zonder = ander.post(adres(programma), verder)
        assert zonder.status_code == 422, "a choice is needed"
        assert f'name="k:{cel(concept)}"' in zonder.content.decode() and "-8<small" in zonder.content.decode()
        verder = formulier(zonder.content.decode())
        assert ander.post(adres(programma), verder | {f"k:{cel(concept)}": keuze}).status_code == 302
        assert [euro(concept, volgorde=nummer) for nummer in (1, 2, 3)] == [bewaard, -22000, -33000]

    @pytest.mark.parametrize(("keuze", "blijft"), [("mijn", True), ("nu", False)])
    def test_mijn_regel_is_verwijderd(
        self, rollen: Rollen, concept: Versie, programma: Programma, keuze: str, blijft: bool
    ) -> None:
        (een, velden1), (ander, velden2) = self.twee(rollen, programma)
        een.post(adres(programma), velden1 | {"x:p1-lasten": "on"})

        botst = ander.post(adres(programma), velden2 | {cel(concept): "-9"})

        assert botst.status_code == 409 and "verwijderd" in botst.content.decode()
        verder = formulier(botst.content.decode()) | {"k:x:p1-lasten": keuze}
        assert ander.post(adres(programma), verder).status_code == 302
        assert Begrotingsregel.objects.filter(versie=concept, sleutel="p1-lasten").exists() is blijft
        if blijft:
            assert (euro(concept), euro(concept, volgorde=2)) == (-9000, -1000)

    @pytest.mark.parametrize(("keuze", "blijft"), [("mijn", False), ("nu", True)])
    def test_ik_verwijder_wat_een_ander_wijzigde(
        self, rollen: Rollen, concept: Versie, programma: Programma, keuze: str, blijft: bool
    ) -> None:
        (een, velden1), (ander, velden2) = self.twee(rollen, programma)
        een.post(adres(programma), velden1 | {cel(concept): "-8"})

        botst = ander.post(adres(programma), velden2 | {"x:p1-lasten": "on"})

        assert botst.status_code == 409 and euro(concept) == -8000
        verder = formulier(botst.content.decode()) | {"k:x:p1-lasten": keuze}
        assert ander.post(adres(programma), verder).status_code == 302
        assert Begrotingsregel.objects.filter(versie=concept, sleutel="p1-lasten").exists() is blijft


def test_een_collega_houdt_de_regels_vast(client: Client, vaste_rollen: Rollen) -> None:
    """The grid waits, not for ever; then it says so, and what was typed is still there."""
    concept = maak_concept(vaste_rollen)
    programma = Programma.objects.get(versie=concept)
    velden = open_rooster(client, vaste_rollen, programma)
    vast, klaar = threading.Event(), threading.Event()

    def houd_vast() -> None:
        try:
            with transaction.atomic():
                list(Begrotingsregel.objects.select_for_update().filter(versie=concept))
                vast.set()
                klaar.wait(20)
        finally:
            connection.close()

    collega = threading.Thread(target=houd_vast)
    collega.start()
    vast.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    antwoord = client.post(adres(programma), velden | {cel(concept): "-9"})
    klaar.set()
    collega.join()

    scherm = antwoord.content.decode()
    assert antwoord.status_code == 409 and "een collega is hier net mee bezig" in scherm
    verder = formulier(scherm)
    assert verder[cel(concept)] == "-9" and euro(concept) == -1000
    assert client.post(adres(programma), verder).status_code == 302
    assert euro(concept) == -9000


class TestWatErStaat:
    """Totals, differences and notes, from the server: no script needed."""

    def test_totalen_verschil_en_noten(self, client: Client, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
        programma = Programma.objects.get(versie=concept)
        kolom = Kolom.objects.get(versie=concept, jaar=2025)
        Bedrag.objects.filter(versie=concept, regel__soort="lasten", kolom=kolom).update(euro=-3000)
        Bedrag.objects.filter(versie=concept, regel__soort="baten", kolom=kolom).update(euro=-500)
        GedruktTotaal.objects.create(
            versie=concept, programma=programma, kolom=kolom, grootheid="lasten", euro=-9000, eenheid=1
        )
        client.force_login(rollen.redacteur)
        scherm = client.get(adres(programma, "?eenheid=euro")).content.decode()

        def rij(wat: str) -> str:
            gevonden = re.search(rf'<tr class="totaal" data-totaal="{wat}".*?</tr>', scherm, re.DOTALL)
            assert gevonden
            return gevonden[0]

        assert ">−3.000</output>" in rij("lasten") and "data-anders>−2.000</output>" in rij("lasten")
        assert "gedrukt −9.000" in rij("lasten")
        assert ">−3.500</output>" in rij("saldo") and ">−3.500</output>" in rij("resultaat")
        assert "−2.000 (−200,0%)" in scherm
        assert "Schrijf bij de regel waarom" in scherm and "zonder minteken" in scherm
        assert "Gedrukt staat −€\u00a09.000" in scherm
        kolommen = client.get(adres(programma, "?eenheid=euro&verschil=kolom")).content.decode()
        assert "data-anders>−2.000</output>" in kolommen

    def test_er_wijzen_wegen_naar_het_rooster(
        self, client: Client, rollen: Rollen, concept: Versie, programma: Programma
    ) -> None:
        client.force_login(rollen.redacteur)
        pagina: Any
        for pagina in (
            reverse("admin:programma_programma_changelist"),
            reverse("admin:programma_programma_change", args=[programma.pk]),
            reverse("admin:programma_versie_change", args=[concept.pk]),
        ):
            assert adres(programma) in client.get(pagina).content.decode(), pagina
