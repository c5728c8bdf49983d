"""The pages of a schrijver: only their own pakket, nothing lost, and twice the same is once."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.utils import timezone

from programma import opdrachten, publicatie
from programma.models import Bedrag, Begrotingsregel, Bewerking, Doel, Opdracht, Pakket, Sectie, Versie
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import SAMENVATTING, Rollen, maak_concept
from veiligheid.botsing import Botsing
from veiligheid.namens import namens

LIJST = "/beheer/opdracht/"
INVOER = re.compile(r"<(input|textarea)\b([^>]*)>(?:([^<]*)</textarea>)?")
KENMERK = re.compile(r'([a-z-]+)(?:="([^"]*)")?')


def velden(pagina: str) -> dict[str, str]:
    """Return what a browser would send of the form on a page, without a pressed button."""
    begin = pagina.index('<form method="post" novalidate>')
    gevonden = {}
    for soort, ruw, tekst in INVOER.findall(pagina[begin : pagina.index("</form>", begin)]):
        kenmerken = dict(KENMERK.findall(ruw))
        if kenmerken.get("type") == "checkbox":
            if "checked" in kenmerken:
                gevonden[kenmerken["name"]] = "on"
        else:
            waarde = tekst.removeprefix("\n") if soort == "textarea" else kenmerken.get("value", "")
            gevonden[kenmerken["name"]] = unescape(waarde).replace("\n", "\r\n")
    return gevonden


class Schrijfwerk:
    """A schrijver with a page: gets it, changes fields, sends it."""

    def __init__(self, client: Client, opdracht: Opdracht) -> None:
        self.client, self.opdracht = client, opdracht
        self.adres = f"{LIJST}{opdracht.pk}/"
        self.sectie = Sectie.objects.get(pakket=opdracht.pakket)
        self.doel = Doel.objects.get(pakket=opdracht.pakket)

    def open(self) -> dict[str, str]:
        antwoord = self.client.get(self.adres)
        assert antwoord.status_code == 200
        return velden(antwoord.content.decode())

    def stuur(self, formulier: dict[str, str], **anders: str):
        return self.client.post(self.adres, {**formulier, **anders})


@pytest.fixture
def versie(rollen: Rollen) -> Versie:
    """A concept with two programmes, each with a pakket with texts of its own."""
    versie = maak_concept(rollen, 2)
    with namens(rollen.redacteur.pk):
        Sectie.objects.filter(pakket__code="2A").update(kop="KANARIEKOP", tekst="KANARIETEKST")
        Doel.objects.filter(pakket__code="2A").update(tekst="KANARIEDOEL")
        Begrotingsregel.objects.filter(pakket__code="2A").update(
            omschrijving="KANARIEREGEL", toelichting="KANARIETOELICHTING"
        )
        Pakket.objects.filter(code="2A").update(naam="KANARIEPAKKET")
    return versie


@pytest.fixture
def werk(client: Client, rollen: Rollen, versie: Versie) -> Schrijfwerk:
    """The schrijver, logged in, with pakket 1A."""
    pakket = Pakket.objects.get(versie=versie, code="1A")
    uiterlijk = timezone.localdate() + timedelta(days=3)
    opdracht, _ = opdrachten.geef(
        pakket, rollen.schrijver, uiterlijk, door=rollen.redacteur, toelichting="Graag kort en helder."
    )
    client.force_login(rollen.schrijver)
    return Schrijfwerk(client, opdracht)


class TestLijst:
    """What is given to me, and by when."""

    def test_mijn_opdrachten(self, werk: Schrijfwerk) -> None:
        pagina = werk.client.get(LIJST)

        tekst = pagina.content.decode()
        assert "1A Pakket 1A" in tekst and werk.adres in tekst
        assert "te laat" not in tekst
        assert "KANARIE" not in tekst
        assert "no-store" in pagina["Cache-Control"]

    def test_te_laat_staat_er_in_woorden(self, werk: Schrijfwerk) -> None:
        Opdracht.objects.update(uiterlijk=timezone.localdate() - timedelta(days=1))

        assert "te laat" in werk.client.get(LIJST).content.decode()
        assert "te laat" in werk.client.get(werk.adres).content.decode()

    @pytest.mark.parametrize("rol", ["redacteur", "publicist", "auditor", "beheerder"])
    def test_wie_niets_kreeg_ziet_niets(self, werk: Schrijfwerk, rollen: Rollen, rol: str) -> None:
        werk.client.force_login(getattr(rollen, rol))

        assert "U heeft geen opdrachten" in werk.client.get(LIJST).content.decode()
        assert werk.client.get(werk.adres).status_code == 404
        assert werk.client.post(werk.adres, {"token": "x"}).status_code == 404

    def test_zonder_inloggen(self, werk: Schrijfwerk) -> None:
        werk.client.logout()
        for adres in (LIJST, werk.adres):
            assert "/beheer/login/" in werk.client.get(adres)["Location"]

    def test_evenveel_vragen_bij_veel_opdrachten(
        self, werk: Schrijfwerk, rollen: Rollen, django_assert_num_queries
    ) -> None:
        werk.client.get(LIJST)  # the first visit of a session writes when it began
        with django_assert_num_queries(9):
            werk.client.get(LIJST)
        pakket = Pakket.objects.get(code="2A")
        opdrachten.geef(pakket, rollen.schrijver, timezone.localdate(), door=rollen.redacteur)
        with django_assert_num_queries(9):
            werk.client.get(LIJST)


class TestSchrijven:
    """Texts, goals and explanations; nothing else."""

    def test_de_pagina(self, werk: Schrijfwerk) -> None:
        tekst = werk.client.get(werk.adres).content.decode()

        assert "Wat we doen." in tekst and "Graag kort en helder." in tekst
        assert "\u22121.000" in tekst
        assert "KANARIE" not in tekst

    def test_bewaren(self, werk: Schrijfwerk, rollen: Rollen) -> None:
        regel = Begrotingsregel.objects.get(sleutel="p1-lasten")
        bedragen = list(Bedrag.objects.order_by("pk").values_list("euro", flat=True))
        antwoord = werk.stuur(
            werk.open(),
            **{
                f"sectie-{werk.sectie.pk}-tekst": "Een.\r\n\r\nTwee.",
                f"doel-{werk.doel.pk}-streefwaarde": "7,6",
                f"doel-{werk.doel.pk}-streefjaar": "2027",
                f"begrotingsregel-{regel.pk}-toelichting": "Door de loonstijging.",
            },
        )

        assert antwoord.status_code == 302, antwoord.context["fouten"]
        werk.sectie.refresh_from_db()
        werk.doel.refresh_from_db()
        regel.refresh_from_db()
        assert werk.sectie.tekst == "<p>Een.</p><p>Twee.</p>"
        assert (str(werk.doel.streefwaarde), werk.doel.streefjaar) == ("7.6000", 2027)
        assert regel.toelichting == "Door de loonstijging."
        assert list(Bedrag.objects.order_by("pk").values_list("euro", flat=True)) == bedragen
        laatste = Bewerking.objects.filter(versie=werk.opdracht.versie)[:3]
        assert {rij.tabel for rij in laatste} == {
            "programma_sectie", "programma_doel", "programma_begrotingsregel",
        }  # fmt: skip
        assert {rij.door for rij in laatste} == {rollen.schrijver}

    def test_niets_wijzigen_schrijft_niets(self, werk: Schrijfwerk) -> None:
        with namens(werk.opdracht.gegeven_door_id):
            Sectie.objects.filter(pk=werk.sectie.pk).update(tekst="Een.\r\n\r\nTwee.\n")
            Doel.objects.filter(pk=werk.doel.pk).update(nulwaarde="7.6", relatief=True, streefwaarde="100")
        som, aantal = bereken_controlesom(werk.opdracht.versie), Bewerking.objects.count()

        assert werk.stuur(werk.open()).status_code == 302

        assert bereken_controlesom(werk.opdracht.versie) == som
        assert Bewerking.objects.count() == aantal

    def test_toevoegen_en_verwijderen(self, werk: Schrijfwerk) -> None:
        antwoord = werk.stuur(
            werk.open(),
            **{
                "sectie-nieuw-kop": "Focus in 2026",
                "sectie-nieuw-tekst": "Nieuw.",
                "doel-nieuw-vervallen_reden": "Wettelijke taak.",
                f"sectie-{werk.sectie.pk}-weg": "on",
                f"doel-{werk.doel.pk}-weg": "on",
            },
        )

        assert antwoord.status_code == 302
        (sectie,) = Sectie.objects.filter(pakket=werk.opdracht.pakket)
        assert (sectie.kop, sectie.volgorde, sectie.versie) == ("Focus in 2026", 1, werk.opdracht.versie)
        assert [str(doel) for doel in Doel.objects.filter(pakket=werk.opdracht.pakket)] == ["Wettelijke taak."]

    def test_hetzelfde_formulier_twee_keer_voegt_een_keer_toe(self, werk: Schrijfwerk) -> None:
        formulier = {
            **werk.open(),
            "sectie-nieuw-kop": "Nieuw",
            "sectie-nieuw-tekst": "Nieuw.",
            "doel-nieuw-tekst": "Nog een doel.",
            f"sectie-{werk.sectie.pk}-tekst": "Gewijzigd.",
        }

        assert [werk.stuur(formulier).status_code for _ in range(2)] == [302, 302]

        assert Sectie.objects.filter(pakket=werk.opdracht.pakket).count() == 2
        assert Doel.objects.filter(pakket=werk.opdracht.pakket).count() == 2
        anders = {**formulier, "sectie-nieuw-tekst": "Toch een ander stuk."}
        werk.stuur(anders)
        assert Sectie.objects.filter(pakket=werk.opdracht.pakket).count() == 3

    def test_een_fout_bewaart_niets_en_houdt_de_invoer(self, werk: Schrijfwerk) -> None:
        antwoord = werk.stuur(
            werk.open(),
            **{
                f"sectie-{werk.sectie.pk}-tekst": "Dit blijft staan in het veld.",
                f"sectie-{werk.sectie.pk}-kop": "",
                f"doel-{werk.doel.pk}-streefwaarde": "abc",
                f"doel-{werk.doel.pk}-vervallen_reden": "Ook een reden.",
            },
        )

        tekst = antwoord.content.decode()
        assert antwoord.status_code == 200
        assert "Er is nog niets bewaard" in tekst and "Dit blijft staan in het veld." in tekst
        assert len(antwoord.context["fouten"]) >= 2
        werk.sectie.refresh_from_db()
        assert werk.sectie.tekst == "Wat we doen."

    def test_een_bestaande_lege_tekst_houdt_niemand_tegen(self, werk: Schrijfwerk) -> None:
        with namens(werk.opdracht.gegeven_door_id):
            Sectie.objects.filter(pk=werk.sectie.pk).update(tekst="")

        assert werk.stuur(werk.open(), **{f"doel-{werk.doel.pk}-tekst": "Beter."}).status_code == 302

        werk.doel.refresh_from_db()
        assert werk.doel.tekst == "Beter."


class TestTeHerzien:
    """The mark goes when somebody looks."""

    @pytest.fixture(autouse=True)
    def _gemerkt(self, werk: Schrijfwerk) -> None:
        with namens(werk.opdracht.gegeven_door_id):
            Sectie.objects.filter(pk=werk.sectie.pk).update(te_herzien=True)
            Doel.objects.filter(pk=werk.doel.pk).update(te_herzien=True)

    def merken(self, werk: Schrijfwerk) -> tuple[bool, bool]:
        werk.sectie.refresh_from_db()
        werk.doel.refresh_from_db()
        return werk.sectie.te_herzien, werk.doel.te_herzien

    def test_wijzigen(self, werk: Schrijfwerk) -> None:
        assert "nog te herzien" in werk.client.get(werk.adres).content.decode()
        werk.stuur(werk.open(), **{f"sectie-{werk.sectie.pk}-tekst": "Anders."})
        assert self.merken(werk) == (False, True)

    def test_akkoord(self, werk: Schrijfwerk) -> None:
        som = bereken_controlesom(werk.opdracht.versie)
        werk.stuur(werk.open(), **{f"doel-{werk.doel.pk}-akkoord": "on"})
        assert self.merken(werk) == (True, False)
        assert bereken_controlesom(werk.opdracht.versie) == som

    def test_alleen_bewaren_is_niet_kijken(self, werk: Schrijfwerk) -> None:
        werk.stuur(werk.open())
        assert self.merken(werk) == (True, True)

    def test_akkoord_met_een_tekst_die_net_veranderde_telt_niet(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        with namens(werk.opdracht.gegeven_door_id):
            Sectie.objects.filter(pk=werk.sectie.pk).update(tekst="Ingelezen door een collega.")
        werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-akkoord": "on"})
        assert self.merken(werk) == (True, True)

    def test_klaar_melden_wordt_geweigerd_en_bewaart_wel(self, werk: Schrijfwerk) -> None:
        antwoord = werk.stuur(werk.open(), **{f"sectie-{werk.sectie.pk}-tekst": "Anders.", "actie": "klaar"})

        assert antwoord["Location"] == werk.adres
        assert "Nog niet klaar gemeld" in werk.client.get(werk.adres).content.decode()
        werk.opdracht.refresh_from_db()
        assert werk.opdracht.status == "open"
        assert self.merken(werk) == (False, True)


class TestBotsing:
    """Two writers: nobody's text is lost, and nobody is told a lie."""

    def collega(self, werk: Schrijfwerk, **anders: object) -> None:
        with namens(werk.opdracht.gegeven_door_id):
            Sectie.objects.filter(pk=werk.sectie.pk).update(**anders)

    def test_allebei_hetzelfde_veld(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        self.collega(werk, tekst="Van de collega.")

        antwoord = werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-tekst": "Van mij."})

        tekst = antwoord.content.decode()
        assert antwoord.status_code == 409
        assert antwoord.context["botsingen"] == [
            Botsing("Tekst “Inhoud”, Tekst", "Wat we doen.", "Van mij.", "Van de collega.")
        ]
        assert all(zin in tekst for zin in ("Wat we doen.", "Van mij.", "Van de collega."))
        werk.sectie.refresh_from_db()
        assert werk.sectie.tekst == "Van de collega."

        nog_eens = velden(tekst)
        assert nog_eens[f"sectie-{werk.sectie.pk}-tekst"] == "<p>Van mij.</p>"
        assert werk.stuur(nog_eens).status_code == 302
        werk.sectie.refresh_from_db()
        assert werk.sectie.tekst == "<p>Van mij.</p>"

    def test_ieder_een_ander_veld(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        self.collega(werk, kop="Nieuwe kop")

        assert werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-tekst": "Van mij."}).status_code == 302

        werk.sectie.refresh_from_db()
        assert (werk.sectie.kop, werk.sectie.tekst) == ("Nieuwe kop", "<p>Van mij.</p>")

    def test_allebei_hetzelfde_geschreven(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        self.collega(werk, tekst="Eens.")
        assert werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-tekst": "Eens."}).status_code == 302

    def test_een_botsing_houdt_alles_tegen_en_de_rest_blijft_staan(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        self.collega(werk, tekst="Van de collega.", kop="Kop van de collega")

        antwoord = werk.stuur(
            formulier,
            **{f"sectie-{werk.sectie.pk}-tekst": "Van mij.", f"doel-{werk.doel.pk}-tekst": "Mijn doel.",
               "sectie-nieuw-kop": "Mijn nieuwe kop", "sectie-nieuw-tekst": "Mijn nieuwe tekst."},
        )  # fmt: skip

        assert antwoord.status_code == 409
        werk.doel.refresh_from_db()
        assert werk.doel.tekst == "Wat we willen bereiken."
        over = velden(antwoord.content.decode())
        assert over[f"sectie-{werk.sectie.pk}-kop"] == "Kop van de collega"
        assert over[f"doel-{werk.doel.pk}-tekst"] == "Mijn doel."
        assert over["sectie-nieuw-kop"] == "Mijn nieuwe kop"
        assert werk.stuur(over).status_code == 302
        werk.sectie.refresh_from_db()
        werk.doel.refresh_from_db()
        assert (werk.sectie.kop, werk.sectie.tekst, werk.doel.tekst) == (
            "Kop van de collega", "<p>Van mij.</p>", "Mijn doel.",
        )  # fmt: skip
        assert Sectie.objects.filter(pakket=werk.opdracht.pakket).count() == 2

    def test_verwijderen_wat_een_collega_net_wijzigde(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        self.collega(werk, tekst="Van de collega.")

        antwoord = werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-weg": "on"})

        assert antwoord.status_code == 409
        assert Sectie.objects.filter(pk=werk.sectie.pk).exists()
        assert antwoord.context["botsingen"][0].mijn == "Verwijderen"

    def test_schrijven_in_wat_een_collega_verwijderde(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        sleutel = werk.sectie.pk
        with namens(werk.opdracht.gegeven_door_id):
            Sectie.objects.filter(pk=sleutel).delete()

        antwoord = werk.stuur(formulier, **{f"sectie-{sleutel}-tekst": "Mijn hele middag werk."})

        assert antwoord.status_code == 409
        assert "Mijn hele middag werk." in antwoord.content.decode()
        assert "Een collega heeft dit verwijderd." in antwoord.content.decode()
        assert werk.stuur(formulier).status_code == 302

    def test_twee_doelen_met_getallen(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        with namens(werk.opdracht.gegeven_door_id):
            Doel.objects.filter(pk=werk.doel.pk).update(streefwaarde="8")

        antwoord = werk.stuur(formulier, **{f"doel-{werk.doel.pk}-streefwaarde": "7,5"})

        assert antwoord.status_code == 409
        (botsing,) = antwoord.context["botsingen"]
        assert (botsing.gezien, botsing.mijn, botsing.nu) == ("(leeg)", "7.5", "8")


class TestGesloten:
    """Klaar, submitted, or taken away: nothing is written, and the input is not lost."""

    def test_na_klaar(self, werk: Schrijfwerk, rollen: Rollen) -> None:
        formulier = werk.open()
        assert werk.stuur(formulier, actie="klaar")["Location"] == LIJST
        pagina = werk.client.get(werk.adres).content.decode()
        assert "U kunt hier nu niet schrijven" in pagina and "<textarea" not in pagina

        laat = werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-tekst": "Te laat getypt."})

        assert laat.status_code == 409
        assert "Te laat getypt." in laat.content.decode()
        werk.sectie.refresh_from_db()
        assert werk.sectie.tekst == "Wat we doen."
        werk.opdracht.refresh_from_db()
        opdrachten.stuur_terug(werk.opdracht, door=rollen.redacteur, reden="Noem de buurt.")
        assert "Noem de buurt." in werk.client.get(werk.adres).content.decode()
        assert werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-tekst": "Nu wel."}).status_code == 302

    def test_na_indienen(self, werk: Schrijfwerk, rollen: Rollen) -> None:
        formulier = werk.open()
        publicatie.dien_in(werk.opdracht.versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        laat = werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-tekst": "Te laat getypt."})

        assert laat.status_code == 409
        assert "Te laat getypt." in laat.content.decode()
        assert "gesloten: de versie is ingediend" in werk.client.get(LIJST).content.decode()

    def test_zonder_de_rol(self, werk: Schrijfwerk, rollen: Rollen) -> None:
        rollen.schrijver.groups.remove(Group.objects.get(name="schrijver"))
        assert werk.client.get(werk.adres).status_code == 404

    def test_een_nagemaakt_zegel(self, werk: Schrijfwerk) -> None:
        formulier = werk.open()
        ander = formulier[f"doel-{werk.doel.pk}-zegel"]
        for zegel in ("x", ander, "x" * 5000):
            antwoord = werk.stuur(formulier, **{f"sectie-{werk.sectie.pk}-zegel": zegel})
            assert antwoord.status_code == 400

    def test_een_rij_van_een_ander_pakket_in_het_formulier(self, werk: Schrijfwerk) -> None:
        vreemd = Sectie.objects.get(kop="KANARIEKOP")
        formulier = werk.open()

        antwoord = werk.stuur(
            formulier, **{f"sectie-{vreemd.pk}-kop": "Van mij", f"sectie-{vreemd.pk}-tekst": "Van mij",
                          f"sectie-{vreemd.pk}-weg": "on"},
        )  # fmt: skip

        assert antwoord.status_code == 302
        vreemd.refresh_from_db()
        assert vreemd.tekst == "KANARIETEKST"


def test_evenveel_vragen_bij_veel_teksten(werk: Schrijfwerk, django_assert_num_queries) -> None:
    werk.client.get(werk.adres)  # the first visit of a session writes when it began
    with django_assert_num_queries(14):
        werk.client.get(werk.adres)
    with namens(werk.opdracht.gegeven_door_id):
        for nummer in range(20):
            Sectie.objects.create(
                versie=werk.opdracht.versie, pakket=werk.opdracht.pakket, kop=f"Kop {nummer}", tekst="Tekst."
            )
    with django_assert_num_queries(14):
        werk.client.get(werk.adres)


class TestTegelijk:
    """Two saves at the same moment, each on a connection of its own."""

    AANTAL = 6

    def samen(self, gebruiker: User, adres: str, formulieren: list[dict[str, str]]) -> list[int]:
        """Send all forms at once; return the answers, in order."""
        klanten = []
        for _ in formulieren:
            klant = Client()
            klant.force_login(gebruiker)
            klanten.append(klant)
        start = threading.Barrier(len(formulieren))

        def stuur(klant: Client, formulier: dict[str, str]) -> int:
            try:
                start.wait(20)
                return klant.post(adres, formulier).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(len(formulieren)) as draden:
            return list(draden.map(stuur, klanten, formulieren))

    @pytest.fixture
    def vast_werk(self, vaste_rollen: Rollen, client: Client) -> Schrijfwerk:
        """The schrijver with pakket 1A, committed."""
        pakket = Pakket.objects.get(versie=maak_concept(vaste_rollen), code="1A")
        opdracht, _ = opdrachten.geef(pakket, vaste_rollen.schrijver, timezone.localdate(), door=vaste_rollen.redacteur)
        client.force_login(vaste_rollen.schrijver)
        return Schrijfwerk(client, opdracht)

    def test_een_wint_en_de_anderen_horen_het(self, vast_werk: Schrijfwerk, vaste_rollen: Rollen) -> None:
        veld = f"sectie-{vast_werk.sectie.pk}-tekst"
        begin = vast_werk.open()
        formulieren = [{**begin, veld: f"Van scherm {nummer}."} for nummer in range(self.AANTAL)]

        antwoorden = self.samen(vaste_rollen.schrijver, vast_werk.adres, formulieren)

        assert sorted(antwoorden) == [302, *[409] * (self.AANTAL - 1)]
        vast_werk.sectie.refresh_from_db()
        assert vast_werk.sectie.tekst == f"<p>Van scherm {antwoorden.index(302)}.</p>"

    def test_hetzelfde_formulier_tegelijk_voegt_een_keer_toe(
        self, vast_werk: Schrijfwerk, vaste_rollen: Rollen
    ) -> None:
        formulier = {**vast_werk.open(), "sectie-nieuw-kop": "Nieuw", "sectie-nieuw-tekst": "Nieuw."}

        antwoorden = self.samen(vaste_rollen.schrijver, vast_werk.adres, [formulier] * self.AANTAL)

        assert antwoorden == [302] * self.AANTAL
        assert Sectie.objects.filter(pakket=vast_werk.opdracht.pakket).count() == 2
