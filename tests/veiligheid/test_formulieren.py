"""Plain forms of the admin: no save overwrites what it did not see, and none is done twice."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from indicatoren.models import Indicator
from programma import publicatie
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Document,
    Doel,
    Pakket,
    Sectie,
    Taakveld,
    VerbondenPartij,
    Versie,
)
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, publiceer
from tests.formulieren import bevestig, gezien
from veiligheid.formulieren import Zorgvuldig


def adres(model: type, wat: str, *args: object) -> str:
    """Return the address of an admin page of a model."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{wat}", args=args)


def formulier(antwoord: Any) -> dict[str, str]:
    """Return what a browser would post from a form of the admin, as it stands."""
    beheerd = antwoord.context["adminform"].form
    velden = {**_velden(beheerd), "gezien": antwoord.context["gezien"]}
    for inline in antwoord.context["inline_admin_formsets"]:
        velden |= _velden(inline.formset.management_form)
        for onder in inline.formset.forms:
            velden |= _velden(onder)
    return velden


def _velden(form: Any) -> dict[str, str]:
    waarden = {form[naam].html_name: form[naam].value() for naam in form.fields}
    return {
        naam: "on" if waarde is True else str(waarde) for naam, waarde in waarden.items() if waarde not in (None, False)
    }


@pytest.fixture
def een(rollen: Rollen) -> Client:
    """The first redacteur, logged in."""
    client = Client()
    client.force_login(rollen.redacteur)
    return client


@pytest.fixture
def ander(rollen: Rollen) -> Client:
    """The second."""
    client = Client()
    client.force_login(rollen.redacteur2)
    return client


def test_elk_scherm_dat_schrijft_is_zorgvuldig() -> None:
    """Every kind of row of a version, and everything else of the budget that can be edited."""
    beheer = admin.site._registry
    for model in (*VERSIERIJEN, Document, Versie, VerbondenPartij, Taakveld, Indicator):
        assert isinstance(beheer[model], Zorgvuldig), model


class TestBotsing:
    """Two people, one row."""

    def test_dezelfde_sectie(self, een: Client, ander: Client, rollen: Rollen) -> None:
        sectie = Sectie.objects.get(versie=maak_concept(rollen))
        pad = adres(Sectie, "change", sectie.pk)
        velden1, velden2 = formulier(een.get(pad)), formulier(ander.get(pad))
        assert een.post(pad, velden1 | {"tekst": "Van Rosa.", "kop": "Rosa's kop"}).status_code == 302

        botst = ander.post(pad, velden2 | {"tekst": "Van Rik."})

        assert botst.status_code == 409
        scherm = unescape(botst.content.decode())
        assert all(tekst in scherm for tekst in ("Wat we doen.", "Van Rik.", "Van Rosa."))
        sectie.refresh_from_db()
        assert sectie.tekst == "<p>Van Rosa.</p>"
        verder = formulier(botst)
        assert verder["tekst"] == "<p>Van Rik.</p>", "what was typed is kept"
        assert verder["kop"] == "Rosa's kop", "what was left alone is as it is now"
        assert ander.post(pad, verder).status_code == 302
        sectie.refresh_from_db()
        assert (sectie.tekst, sectie.kop) == ("<p>Van Rik.</p>", "Rosa's kop")

    def test_na_een_botsing_kan_er_nog_een_komen(self, een: Client, ander: Client, rollen: Rollen) -> None:
        sectie = Sectie.objects.get(versie=maak_concept(rollen))
        pad = adres(Sectie, "change", sectie.pk)
        velden = formulier(ander.get(pad)) | {"tekst": "Van Rik."}
        for keer in range(2):
            assert een.post(pad, formulier(een.get(pad)) | {"tekst": f"Rosa {keer}"}).status_code == 302
            botst = ander.post(pad, velden)
            assert botst.status_code == 409
            velden = formulier(botst)
        assert Sectie.objects.get(pk=sectie.pk).tekst == "<p>Rosa 1</p>"

    @pytest.mark.parametrize("waarde", ["", "onzin", "eyJhIjoxfQ:1abc:zzz"])
    def test_zonder_wat_ik_zag(self, een: Client, rollen: Rollen, waarde: str) -> None:
        sectie = Sectie.objects.get(versie=maak_concept(rollen))
        pad = adres(Sectie, "change", sectie.pk)

        antwoord = een.post(pad, formulier(een.get(pad)) | {"gezien": waarde, "tekst": "Mijn lange tekst."})

        assert antwoord.status_code == 409 and "Mijn lange tekst." in antwoord.content.decode()
        assert Sectie.objects.get(pk=sectie.pk).tekst == "Wat we doen."

    def test_wat_ik_van_een_andere_rij_zag(self, een: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen, programmas=2)
        doel1, doel2 = Doel.objects.filter(versie=versie).order_by("pk")
        velden = formulier(een.get(adres(Doel, "change", doel1.pk)))
        pad = adres(Doel, "change", doel2.pk)
        assert een.post(pad, formulier(een.get(pad)) | {"gezien": velden["gezien"], "tekst": "x"}).status_code == 409

    def test_de_titel_van_een_versie(self, een: Client, ander: Client, rollen: Rollen) -> None:
        pad = adres(Versie, "change", maak_concept(rollen).pk)
        velden1, velden2 = formulier(een.get(pad)), formulier(ander.get(pad))
        assert een.post(pad, velden1 | {"titel": "Een"}).status_code == 302
        assert ander.post(pad, velden2 | {"titel": "Twee"}).status_code == 409
        assert Versie.objects.get().titel == "Een"

    def test_een_versie_die_intussen_is_ingediend(self, een: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        sectie = Sectie.objects.get(versie=versie)
        pad = adres(Sectie, "change", sectie.pk)
        velden = formulier(een.get(pad))
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        assert een.post(pad, velden | {"tekst": "Te laat."}).status_code == 403
        assert Sectie.objects.get(pk=sectie.pk).tekst == "Wat we doen."


class TestBedragenOnderEenRegel:
    """The table of amounts under a line counts too."""

    def test_hetzelfde_bedrag(self, een: Client, ander: Client, rollen: Rollen) -> None:
        regel = Begrotingsregel.objects.get(versie=maak_concept(rollen), soort="lasten")
        pad = adres(Begrotingsregel, "change", regel.pk)
        velden1, velden2 = formulier(een.get(pad)), formulier(ander.get(pad))
        assert een.post(pad, velden1 | {"bedragen-0-euro": "-8"}).status_code == 302

        botst = ander.post(pad, velden2 | {"bedragen-0-euro": "-9", "bedragen-1-euro": "-10"})

        assert botst.status_code == 409
        assert re.search(r"<td>-1000.00</td><td>-9</td><td>-8.00</td>", botst.content.decode())
        assert sorted(regel.bedragen.values_list("euro", flat=True))[-1] == -8
        verder = formulier(botst)
        assert (verder["bedragen-0-euro"], verder["bedragen-1-euro"]) == ("-9", "-10")
        assert ander.post(pad, verder).status_code == 302
        assert sorted(regel.bedragen.values_list("euro", flat=True))[-2:] == [-10, -9]

    def test_een_bedrag_dat_weg_is(self, een: Client, ander: Client, rollen: Rollen) -> None:
        regel = Begrotingsregel.objects.get(versie=maak_concept(rollen), soort="lasten")
        pad = adres(Begrotingsregel, "change", regel.pk)
        velden = formulier(ander.get(pad))
        regel.bedragen.order_by("pk").first().delete()
        assert ander.post(pad, velden | {"omschrijving": "Anders"}).status_code == 409
        assert Begrotingsregel.objects.get(pk=regel.pk).omschrijving != "Anders"


class TestEenKeer:
    """The same save, sent twice, is done once and answered the same."""

    def test_wijzigen(self, een: Client, rollen: Rollen) -> None:
        sectie = Sectie.objects.get(versie=maak_concept(rollen))
        pad = adres(Sectie, "change", sectie.pk)
        velden = formulier(een.get(pad)) | {"tekst": "Nieuw."}
        antwoorden = [een.post(pad, velden) for _ in range(2)]
        assert [(antwoord.status_code, antwoord["Location"]) for antwoord in antwoorden] == [
            (302, antwoorden[0]["Location"])
        ] * 2

    def test_toevoegen(self, een: Client, rollen: Rollen) -> None:
        """A double click makes one row."""
        versie = maak_concept(rollen)
        pad = adres(Begrotingsregel, "add")
        velden = {
            "versie": str(versie.pk), "pakket": str(Pakket.objects.get(versie=versie).pk), "soort": "baten",
            "omschrijving": "Leges", "volgorde": "3", "incidenteel": "nee", "gezien": gezien(een, pad),
            "bedragen-TOTAL_FORMS": "0", "bedragen-INITIAL_FORMS": "0",
        }  # fmt: skip
        antwoorden = [een.post(pad, velden) for _ in range(2)]
        assert [antwoord.status_code for antwoord in antwoorden] == [302, 302]
        assert antwoorden[0]["Location"] == antwoorden[1]["Location"]
        assert Begrotingsregel.objects.filter(omschrijving="Leges").count() == 1
        assert een.post(pad, velden | {"omschrijving": "Boetes"}).status_code == 302
        assert Begrotingsregel.objects.filter(versie=versie).count() == 4, "another row is another row"

    def test_een_mislukte_poging_telt_niet(self, een: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        pad = adres(Doel, "add")
        pakket = str(Pakket.objects.get(versie=versie).pk)
        velden = {"versie": str(versie.pk), "pakket": pakket, "volgorde": "1", "gezien": gezien(een, pad)}
        mislukt = een.post(pad, velden)
        assert mislukt.status_code == 200
        assert (
            een.post(pad, velden | {"tekst": "Minder brand.", "gezien": formulier(mislukt)["gezien"]}).status_code
            == 302
        )
        assert Doel.objects.filter(tekst="Minder brand.").count() == 1


class TestVerwijderen:
    """Removing asks first, and removes only what was shown."""

    def test_een_regel(self, een: Client, rollen: Rollen) -> None:
        regel = Begrotingsregel.objects.get(versie=maak_concept(rollen), soort="lasten")
        assert bevestig(een, adres(Begrotingsregel, "delete", regel.pk)).status_code == 302
        assert not Begrotingsregel.objects.filter(pk=regel.pk).exists()

    @pytest.mark.parametrize("met", [True, False])
    def test_een_bedrag_eronder_is_gewijzigd(self, een: Client, rollen: Rollen, met: bool) -> None:
        """With what was shown, or without anything: it is refused."""
        regel = Begrotingsregel.objects.get(versie=maak_concept(rollen), soort="lasten")
        pad = adres(Begrotingsregel, "delete", regel.pk)
        toen = gezien(een, pad) if met else ""
        Bedrag.objects.filter(regel=regel, kolom__volgorde=1).update(euro=Decimal(-7))
        antwoord = een.post(pad, {"post": "yes", "gezien": toen})
        assert antwoord.status_code == 409 and "niets verwijderd" in antwoord.content.decode()
        assert Begrotingsregel.objects.filter(pk=regel.pk).exists()

    def test_de_gekozen_rijen(self, een: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        regels = list(Begrotingsregel.objects.filter(versie=versie).values_list("pk", flat=True))
        pad = adres(Begrotingsregel, "changelist")
        keuze = {"action": "delete_selected", "_selected_action": regels}
        vraag = een.post(pad, keuze)
        toen = unescape(re.search(r'name="gezien" value="([^"]+)"', vraag.content.decode())[1])
        Begrotingsregel.objects.filter(pk=regels[0]).update(omschrijving="Anders")
        assert een.post(pad, keuze | {"post": "yes", "gezien": toen}).status_code == 409
        assert een.post(pad, keuze | {"post": "yes"}).status_code == 409
        assert Begrotingsregel.objects.filter(versie=versie).count() == 2
        assert bevestig(een, pad, **keuze).status_code == 302
        assert not Begrotingsregel.objects.filter(versie=versie).exists()


def test_wat_de_database_weigert_komt_terug_met_de_invoer(client: Client, rollen: Rollen) -> None:
    """A refusal that no form foresees: the form comes back, with the reason and with what was typed."""
    versie = maak_concept(rollen)
    taakveld = Taakveld.objects.create(code="1.1", naam="Crisisbeheersing", geldig_van=2017)
    Begrotingsregel.objects.filter(versie=versie).update(taakveld=taakveld)
    publiceer(versie, rollen)
    client.force_login(rollen.beheerder)
    pad = adres(Taakveld, "change", taakveld.pk)

    antwoord = client.post(pad, formulier(client.get(pad)) | {"naam": "Brandweer en rampen"})

    scherm = antwoord.content.decode()
    assert antwoord.status_code == 200 and "Niet bewaard" in scherm and 'value="Brandweer en rampen"' in scherm
    assert Taakveld.objects.get(pk=taakveld.pk).naam == "Crisisbeheersing"


def test_zestien_formulieren_tegelijk(vaste_rollen: Rollen) -> None:
    """Sixteen people save the same text at once: one is first, fifteen get 409, and nothing of theirs is stored."""
    sectie = Sectie.objects.get(versie=maak_concept(vaste_rollen))
    pad = adres(Sectie, "change", sectie.pk)
    klaar = threading.Barrier(16)

    def bewaar(nummer: int) -> int:
        try:
            client = Client()
            client.force_login(vaste_rollen.redacteur if nummer % 2 else vaste_rollen.redacteur2)
            velden = formulier(client.get(pad)) | {"tekst": f"Van {nummer}"}
            klaar.wait()
            return client.post(pad, velden).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as baan:
        uitkomsten = list(baan.map(bewaar, range(16)))

    assert sorted(uitkomsten) == [302] + [409] * 15
    assert Sectie.objects.get(pk=sectie.pk).tekst == f"<p>Van {uitkomsten.index(302)}</p>"


def test_een_bewerking_die_nog_onderweg_is(vaste_rollen: Rollen) -> None:
    """A colleague wrote the row and has not committed yet: the save waits, looks, and refuses."""
    sectie = Sectie.objects.get(versie=maak_concept(vaste_rollen))
    pad = adres(Sectie, "change", sectie.pk)
    client = Client()
    client.force_login(vaste_rollen.redacteur)
    velden = formulier(client.get(pad)) | {"tekst": "Van mij."}
    geschreven, nooit = threading.Event(), threading.Event()

    def collega() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                Sectie.objects.filter(pk=sectie.pk).update(tekst="Van mijn collega.")
                geschreven.set()
                for _ in range(100):
                    cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
                    if cursor.fetchone()[0]:
                        return
                    nooit.wait(0.03)
        finally:
            connection.close()

    ander = threading.Thread(target=collega)
    ander.start()
    geschreven.wait(10)
    antwoord = client.post(pad, velden)
    ander.join()

    assert antwoord.status_code == 409
    assert Sectie.objects.get(pk=sectie.pk).tekst == "Van mijn collega."


def test_een_dubbele_klik_tegelijk(vaste_rollen: Rollen) -> None:
    """Two identical posts at the very same moment make one row."""
    versie = maak_concept(vaste_rollen)
    client = Client()
    client.force_login(vaste_rollen.redacteur)
    pad = adres(Doel, "add")
    velden = {
        "versie": str(versie.pk), "pakket": str(Pakket.objects.get(versie=versie).pk), "volgorde": "1",
        "tekst": "Minder brand.", "gezien": gezien(client, pad),
    }  # fmt: skip
    klaar = threading.Barrier(4)

    def klik(_: int) -> int:
        try:
            eigen = Client()
            eigen.cookies = client.cookies
            klaar.wait()
            return eigen.post(pad, velden).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as baan:
        assert list(baan.map(klik, range(4))) == [302] * 4
    assert Doel.objects.filter(tekst="Minder brand.").count() == 1
