"""The public pages: what is published is there, a concept is nowhere, a withdrawn version says so."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from indicatoren import inlezen
from programma import publicatie
from programma.demo.begroting import laad_en_publiceer
from programma.inlezen import lees_taakvelden
from programma.models import Bedrag, Versie
from programma.toetsing import keuring
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

WORTEL = "/programmabegroting-2025/"
PROGRAMMA = WORTEL + "programma/programma-1/"
DEMO = WORTEL + "programma/programma-1-veiligheid/"
ADRESSEN = [
    WORTEL,
    WORTEL + "begroting.csv",
    WORTEL + "programmas.csv",
    PROGRAMMA,
    PROGRAMMA + "tabel.csv",
    PROGRAMMA + "begroting.csv",
    PROGRAMMA + "pakket/1a/",
    PROGRAMMA + "bedrag/1a-lasten/primair-2025/",
    WORTEL + "bedrag/saldo/primair-2025/gegevens.json",
    WORTEL + "versie/1/",
    WORTEL + "versie/1/begroting.csv",
    WORTEL + "versie/1/programmas.csv",
    WORTEL + "versie/1/programma/programma-1/",
    WORTEL + "versie/1/programma/programma-1/tabel.csv",
]


def lees(client: Client, pad: str) -> str:
    """Return the text at an address, streamed or not."""
    antwoord = client.get(pad)
    assert antwoord.status_code == 200, pad
    return (antwoord.getvalue() if antwoord.streaming else antwoord.content).decode("utf-8-sig")


@pytest.mark.parametrize("pad", ADRESSEN)
class TestElkAdres:
    """Every address, for a version in every status."""

    def test_gepubliceerd(self, client: Client, rollen: Rollen, pad: str) -> None:
        maak_gepubliceerd(rollen)

        antwoord = client.get(pad)

        assert antwoord.status_code == 200
        assert "public" in antwoord["Cache-Control"]
        assert not antwoord.cookies

    @pytest.mark.parametrize("status", ["niets", "concept", "ingediend", "goedgekeurd"])
    @pytest.mark.parametrize("wie", ["publiek", "redacteur"])
    def test_een_concept_bestaat_niet(self, client: Client, rollen: Rollen, pad: str, status: str, wie: str) -> None:
        """The answer is that of a document that is not there at all, byte for byte, also for who is logged in."""
        leeg = client.get(pad.replace("2025", "2031"))
        if status != "niets":
            versie = maak_concept(rollen)
        if status in {"ingediend", "goedgekeurd"}:
            publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        if status == "goedgekeurd":
            publicatie.keur_goed(versie, door=rollen.publicist)
        if wie != "publiek":
            client.force_login(getattr(rollen, wie))

        antwoord = client.get(pad)

        assert antwoord.status_code == leeg.status_code == 404
        assert antwoord.content == leeg.content
        assert {kop: waarde for kop, waarde in antwoord.items() if kop != "X-Verzoek"} == {
            kop: waarde for kop, waarde in leeg.items() if kop != "X-Verzoek"
        }

    def test_ingetrokken(self, client: Client, rollen: Rollen, pad: str) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.trek_in(versie, door=rollen.publicist, reden="De tabel klopt niet.")

        antwoord = client.get(pad)

        assert antwoord.status_code == 410
        assert "De tabel klopt niet." in antwoord.content.decode()
        assert "paula" not in antwoord.content.decode()

    @pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
    def test_alleen_lezen(self, client: Client, rollen: Rollen, pad: str, methode: str) -> None:
        maak_gepubliceerd(rollen)

        assert getattr(client, methode)(pad).status_code == 405

    def test_head(self, client: Client, rollen: Rollen, pad: str) -> None:
        maak_gepubliceerd(rollen)

        antwoord = client.head(pad)
        assert antwoord.status_code == 200

    @pytest.mark.parametrize(
        "vraag",
        ["?bedragen=", "?bedragen=onzin&jaren=x", "?bedragen=inwoner", "?jaren=2024,,9999", "?jaren=" + "1," * 5000,
         "?vorm=excel", "?vorm=%00", "?bedragen=%F0%9F%A6%84", "?bedragen=duizend&bedragen=euro"],
    )  # fmt: skip
    def test_onzin_in_het_adres(self, client: Client, rollen: Rollen, pad: str, vraag: str) -> None:
        """Where the address is a filter, nonsense would look like a choice: there it is refused."""
        maak_gepubliceerd(rollen)
        streng = pad.endswith("begroting.csv") and vraag != "?vorm=excel"

        assert client.get(pad + vraag).status_code == (400 if streng else 200)


class TestVersies:
    """The current version, and the fixed address of each."""

    def test_een_nieuwe_versie_wordt_de_huidige(self, client: Client, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(eerste, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Bedrag.objects.filter(versie=concept, regel__soort="lasten").update(euro=Decimal(-2000))
        assert "1.000" in lees(client, PROGRAMMA + "?bedragen=euro")

        publiceer(concept, rollen)

        assert "2.000" in lees(client, PROGRAMMA + "?bedragen=euro")
        oud = lees(client, WORTEL + "versie/1/programma/programma-1/?bedragen=euro")
        assert "1.000" in oud and "2.000" not in oud

    def test_na_intrekken_is_de_vorige_weer_de_huidige(self, client: Client, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        tweede = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)
        publicatie.trek_in(tweede, door=rollen.publicist, reden="Fout.")

        assert client.get(WORTEL).status_code == 200
        assert client.get(WORTEL + "versie/2/").status_code == 410
        assert "Versie 1" in lees(client, WORTEL)

    def test_de_pagina_verandert_niet_door_een_concept(self, client: Client, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen)
        voor = {pad: lees(client, pad) for pad in ADRESSEN}
        concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
        Bedrag.objects.filter(versie=concept).update(euro=Decimal("-987654"))

        assert {pad: lees(client, pad) for pad in ADRESSEN} == voor

    def test_een_raadsbesluit_komt_op_de_pagina(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        assert "Aangeboden aan de raad" in lees(client, WORTEL)

        publicatie.stel_vast(versie, door=rollen.publicist, nummer="R24-31", datum=timezone.localdate())

        assert "R24-31" in lees(client, WORTEL)
        assert "Aangeboden aan de raad" not in lees(client, WORTEL)

    def test_home_toont_alleen_wat_gepubliceerd_is(self, client: Client, rollen: Rollen) -> None:
        assert "nog geen begroting gepubliceerd" in lees(client, "/")
        maak_concept(rollen, document=maak_document(2031))
        maak_gepubliceerd(rollen)

        home = lees(client, "/")

        assert "Programmabegroting 2025" in home and "2031" not in home


class TestDeDemobegroting:
    """The must-show: a second version with one line changed by a thousand euros."""

    @pytest.fixture
    def demo(self, rollen: Rollen, settings) -> Versie:
        """The budget of the demonstration, published."""
        fixtures = settings.BASE_DIR / "fixtures"
        inlezen.lees_indicatoren(fixtures / "indicatoren.csv")
        lees_taakvelden(fixtures / "taakvelden.csv")
        return laad_en_publiceer(fixtures / "demo", redacteur=rollen.redacteur, publicist=rollen.publicist)

    def tabel(
        self, client: Client, pad: str = WORTEL + "programma/programma-1-veiligheid/"
    ) -> dict[str, list[Decimal]]:
        """Return the money table by row name, in euros."""
        kop, *rijen = csv.reader(io.StringIO(lees(client, pad + "tabel.csv"), newline=""))
        assert kop[:2] == ["onderdeel", "groep"]
        return {f"{rij[1]}: {rij[0]}": [Decimal(cel) for cel in rij[2:]] for rij in rijen}

    def test_duizend_euro_erbij_verschuift_precies_zijn_totalen(
        self, client: Client, rollen: Rollen, demo: Versie
    ) -> None:
        voor = self.tabel(client)
        concept = publicatie.maak_concept(demo, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            bedrag = Bedrag.objects.get(versie=concept, regel__sleutel="1e-lasten-1", kolom__jaar=2025)
            bedrag.euro += 1000
            bedrag.save()
        publiceer(concept, rollen)

        na = self.tabel(client)

        anders = {
            (naam, nummer): na[naam][nummer] - voor[naam][nummer]
            for naam in voor
            for nummer in range(6)
            if na[naam][nummer] != voor[naam][nummer]
        }
        assert anders == {
            ("Lasten: 1E Rampenbestrijding en crisisorganisatie", 2): 1000,
            ("Lasten: Totaal lasten", 2): 1000,
            ("Saldo: Saldo van lasten en baten", 2): 1000,
            ("Resultaat: Resultaat programma 1", 2): 1000,
        }
        assert self.tabel(client, WORTEL + "versie/1/programma/programma-1-veiligheid/") == voor
        bevindingen = [bevinding for bevinding in keuring.bevindingen(concept) if "totaal" in bevinding.code]
        assert sorted(bevinding.plaats.split(", ")[1] for bevinding in bevindingen) == ["lasten", "resultaat", "saldo"]
        pagina = lees(client, WORTEL + "programma/programma-1-veiligheid/")
        assert "3 van de 24 gedrukte totalen wijken af" in pagina

    def test_de_tabellen_van_het_document_als_bestand(self, client: Client, demo: Versie) -> None:
        programmas = list(csv.DictReader(io.StringIO(lees(client, WORTEL + "programmas.csv"))))
        taakvelden = list(csv.DictReader(io.StringIO(lees(client, WORTEL + "taakvelden.csv"))))

        assert [rij["onderdeel"] for rij in programmas] == ["Programma 1 Veiligheid", "Totaal"]
        assert [rij["taakveld"].split()[0] for rij in taakvelden] == ["1.1", "1.2", "Totaal", "Totaal"]
        for kolom in ("lasten", "baten", "saldo"):
            assert programmas[-1][kolom] == taakvelden[-1][kolom]
        assert programmas[-1]["resultaat"] == "-6375000.00"
        assert "verschil met begroting na wijziging 2024" in taakvelden[0]
        assert lees(client, WORTEL + "versie/1/taakvelden.csv") == lees(client, WORTEL + "taakvelden.csv")
        assert ";" in lees(client, WORTEL + "programmas.csv?vorm=excel")

    def test_zonder_taakvelden_is_er_geen_tabel_van(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)

        assert client.get(WORTEL + "taakvelden.csv").status_code == 404
        assert "taakvelden.csv" not in lees(client, WORTEL)

    def test_de_pagina_noemt_geen_personen(self, client: Client, demo: Versie) -> None:
        for pad in (WORTEL, WORTEL + "programma/programma-1-veiligheid/", "/"):
            assert not {"rosa", "paula"} & set(lees(client, pad).lower().split())

    def test_de_teksten_zijn_de_onze_en_compleet(self, client: Client, demo: Versie) -> None:
        pagina = lees(client, WORTEL + "programma/programma-1-veiligheid/")
        for stuk in (
            *("7,6", "+5%", "Ondermijning", "Maatschappelijke onrust", "Zorg en veiligheid", "Evenementen"),
            *("Veiligheidsregio Flevoland", "Winkeldiefstal", "Demonstratie, geen publicatie", "noindex"),
            *("Programmabegroting 2025 gemeente Dronten, programma 1 Veiligheid",),
        ):
            assert stuk in pagina, stuk
