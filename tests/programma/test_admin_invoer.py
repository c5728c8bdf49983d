"""The pages of an import, as the people in the admin use them, and as somebody without the right would try to."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.conf import settings
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, reverse

from programma.admin.uitwisseling import SOORTEN
from programma.models import Bedrag, Bewerking, Import, Importwaarde, Uitlevering, Versie
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd
from tests.formulieren import bevestig
from tests.programma.invoer.stukken import bestand, controleer

LEZERS = ["publicist", "auditor", "beheerder"]
KOP = "regel;fase;jaar;bedrag\r\n"
INHOUD = (KOP + "p1-lasten;primair;2025;-2.000").encode()
STAPPEN = ["herkennen", "controle", "vragen", "bevestigen", "opnieuw", "ongedaan", "vervallen", "fouten", "foutenblad"]


def adres(stap: str, *args: object) -> str:
    """Return the address of a page of an import."""
    return reverse(f"admin:programma_import_{stap}", args=args)


def upload(client: Client, versie: Versie, inhoud: bytes, naam: str = "begroting.csv", soort: str = ""):
    """Send a file."""
    velden = {"versie": versie.pk, "soort": soort, "bestand": SimpleUploadedFile(naam, inhoud)}
    return client.post(adres("nieuw"), velden)


def velden(client: Client, invoer: Import) -> dict[str, object]:
    """Return what the page of the reading would send."""
    return {veld.html_name: veld.value() for veld in client.get(adres("herkennen", invoer.pk)).context["formulier"]}


class TestDeWeg:
    """From a file to a changed concept, and back."""

    def test_van_bestand_tot_ongedaan(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        client.force_login(rollen.redacteur)
        som = bereken_controlesom(versie)

        antwoord = upload(client, versie, INHOUD)
        invoer = Import.objects.get()
        assert antwoord["Location"] == adres("herkennen", invoer.pk)
        antwoord = client.post(antwoord["Location"], {**velden(client, invoer), "actie": "controleer"})
        assert antwoord["Location"] == adres("controle", invoer.pk)
        invoer.refresh_from_db()
        pagina = client.get(antwoord["Location"]).content.decode()
        assert "1 wijziging importeren" in pagina
        assert "<td>-2.000</td><td>−2.000</td><td>−1.000</td>" in pagina
        assert "3 begrotingsregels en 23 bedragen staan wel in de versie" in pagina

        gedaan = client.post(adres("bevestigen", invoer.pk), {"controle": invoer.controle}, follow=True)
        assert "is al bevestigd op" in gedaan.content.decode()
        assert Bedrag.objects.filter(versie=versie, euro=-2000, kolom__jaar=2025, regel__sleutel="p1-lasten").exists()
        assert Bewerking.objects.filter(versie=versie, tabel="programma_bedrag").first().door == rollen.redacteur

        terug = client.post(adres("ongedaan", invoer.pk), follow=True)
        assert "ongedaan gemaakt" in terug.content.decode()
        assert bereken_controlesom(versie) == som

    def test_een_foute_rij_en_de_foutenlijst(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        upload(client, versie, INHOUD + b"\r\np1-baten;primair;2025;=3x")
        invoer = Import.objects.get()
        client.post(adres("herkennen", invoer.pk), {**velden(client, invoer), "actie": "controleer"})
        pagina = client.get(adres("controle", invoer.pk)).content.decode()
        assert "Er is 1 rij met een fout. Er is niets opgeslagen." in pagina
        assert "importeren</button>" not in pagina
        lijst = b"".join(client.get(adres("fouten", invoer.pk))).decode("utf-8-sig")
        assert Uitlevering.objects.get().vorm == "csv-excel"
        (fout,) = csv.DictReader(io.StringIO(lijst), delimiter=";")
        assert (fout["plaats"], fout["kolom"], fout["waarde"]) == ("rij 3, kolom D", "bedrag", "'=3x")
        boek = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(adres("foutenblad", invoer.pk)))))
        assert boek.sheetnames == ["Gegevens", "Fouten"]
        cel = boek["Fouten"]["A2"]
        assert (cel.value, cel.hyperlink.location) == ("D3", "'Gegevens'!D3")
        assert (boek["Fouten"]["C2"].value, boek["Fouten"]["C2"].data_type) == ("=3x", "s")
        assert boek["Gegevens"]["D3"].value == "=3x"
        invoer.refresh_from_db()
        client.post(adres("bevestigen", invoer.pk), {"controle": invoer.controle})
        assert not Bedrag.objects.filter(versie=versie, euro=-2000, kolom__jaar=2025).exists()

    def test_een_getal_dat_op_twee_manieren_kan(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(versie, rollen, INHOUD + b"\r\np1-baten;primair;2025;3,516", eenheid=1000)
        client.force_login(rollen.redacteur)
        pagina = client.get(adres("controle", invoer.pk)).content.decode()
        assert "Eén getal kan op twee manieren worden gelezen" in pagina
        assert 'name="lees-D3" value="duizend"> 3.516 (3.516.000 euro)' in pagina
        assert 'name="lees-D3" value="decimaal"> 3,516 (3.516 euro)' in pagina
        assert "importeren</button>" not in pagina and "met een fout" not in pagina
        geweigerd = client.post(
            adres("bevestigen", invoer.pk), {"controle": invoer.controle, "akkoord": "ja"}, follow=True
        )
        assert "Kies eerst hoe wij de getallen lezen" in geweigerd.content.decode()
        zonder = client.post(adres("vragen", invoer.pk), {"controle": invoer.controle}, follow=True)
        assert "U heeft nog niets gekozen." in zonder.content.decode()

        data = {"controle": invoer.controle, "lees-D3": "decimaal"}
        gedaan = client.post(adres("vragen", invoer.pk), data, follow=True).content.decode()
        assert "Uw keuze is bewaard." in gedaan and "2 wijzigingen importeren" in gedaan
        assert client.post(adres("vragen", invoer.pk), data).status_code == 409
        invoer.refresh_from_db()
        client.post(adres("bevestigen", invoer.pk), {"controle": invoer.controle, "akkoord": "ja"})
        assert Bedrag.objects.get(regel__sleutel="p1-baten", kolom__jaar=2025).euro == 3516
        client.force_login(rollen.auditor)
        feiten = client.get(reverse("admin:programma_import_change", args=[invoer.pk])).content.decode()
        assert "Gekozen door" in feiten and '<th scope="row">cel D3</th>' in feiten and "<td>rosa, " in feiten

    def test_veel_getallen_zijn_een_keuze(self, client: Client, rollen: Rollen) -> None:
        """Two hundred of them: the page shows the first hundred, and one choice answers all."""
        regels = [f";1A;lasten;Post {nummer};primair;2025;-{nummer % 9 + 1},516" for nummer in range(200)]
        inhoud = "\r\n".join(["regel;pakket_code;soort;omschrijving;fase;jaar;bedrag", *regels]).encode()
        invoer = controleer(maak_concept(rollen), rollen, inhoud, eenheid=1000)
        client.force_login(rollen.redacteur)
        pagina = client.get(adres("controle", invoer.pk)).content.decode()
        assert "200 getallen kunnen op twee manieren worden gelezen" in pagina
        assert "Alle 200 getallen in deze kolom zo lezen" in pagina and "De eerste 100 van 200" in pagina
        data = {"controle": invoer.controle, "lees-G": "duizend"}
        assert "200 wijzigingen" not in pagina
        gedaan = client.post(adres("vragen", invoer.pk), data, follow=True).content.decode()
        assert "400 wijzigingen importeren" in gedaan

    def test_twee_keer_bevestigen_zegt_wie_het_deed(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(versie, rollen, INHOUD)
        client.force_login(rollen.redacteur2)
        client.post(adres("bevestigen", invoer.pk), {"controle": invoer.controle})
        geschreven = Bewerking.objects.count()
        tweede = client.post(adres("bevestigen", invoer.pk), {"controle": invoer.controle}, follow=True)
        assert "is al bevestigd op" in tweede.content.decode() and "door rik" in tweede.content.decode()
        assert Bewerking.objects.count() == geschreven

    def test_een_botsing_is_409_met_drie_waarden(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(versie, rollen, INHOUD)
        Bedrag.objects.filter(regel__sleutel="p1-lasten", kolom__jaar=2025).update(euro=-777)
        client.force_login(rollen.redacteur)
        antwoord = client.post(adres("bevestigen", invoer.pk), {"controle": invoer.controle})
        assert antwoord.status_code == 409
        assert "<td>-2000.00</td><td>-777.00</td><td>-1000.00</td>" in antwoord.content.decode()
        assert client.post(adres("opnieuw", invoer.pk), follow=True).status_code == 200
        invoer.refresh_from_db()
        assert client.post(adres("bevestigen", invoer.pk), {"controle": invoer.controle}).status_code == 302
        assert Bedrag.objects.get(regel__sleutel="p1-lasten", kolom__jaar=2025).euro == -2000

    @pytest.mark.parametrize("controle", ["", "0", "abc", "99", "9" * 40, "-1", "²"])
    def test_een_nagemaakte_bevestiging(self, client: Client, rollen: Rollen, controle: str) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(versie, rollen, INHOUD)
        client.force_login(rollen.redacteur)
        assert client.post(adres("bevestigen", invoer.pk), {"controle": controle}).status_code == 409
        assert Importwaarde.objects.filter(invoer=invoer).exists()
        invoer.refresh_from_db()
        assert invoer.status == "gelezen"

    def test_hetzelfde_bestand_nog_eens(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        invoer = controleer(versie, rollen, INHOUD)
        client.post(adres("bevestigen", invoer.pk), {"controle": invoer.controle})
        geschreven = Bewerking.objects.count()
        antwoord = client.post(
            adres("nieuw"), {"versie": versie.pk, "bestand": SimpleUploadedFile("x.csv", INHOUD)}, follow=True
        )
        assert "Dit bestand is al geïmporteerd." in antwoord.content.decode()
        assert (Import.objects.count(), Bewerking.objects.count()) == (1, geschreven)

    def test_anders_herkennen(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        upload(client, versie, b"a;b;c\r\n1;2;3")
        invoer = Import.objects.get()
        assert "Wij herkennen de koppen" in client.get(adres("herkennen", invoer.pk)).content.decode()
        data = {"soort": "doelen", "blad": "0", "kop": "1", "actie": "herken"}
        assert client.post(adres("herkennen", invoer.pk), data).status_code == 302
        data = {**velden(client, invoer), "actie": "controleer"}
        pagina = client.post(adres("herkennen", invoer.pk), data).content.decode()
        assert "Het bestand mist: pakket_code, volgorde, tekst" in pagina
        data |= {"kolom-0": "pakket_code", "kolom-1": "volgorde", "kolom-2": "volgorde"}
        assert "mist: tekst" in client.post(adres("herkennen", invoer.pk), data).content.decode()

    def test_een_versie_die_vastligt_is_geen_keuze(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        client.force_login(rollen.redacteur)
        antwoord = upload(client, versie, INHOUD)
        assert "Deze versie is geen concept: wat erin staat ligt vast." in antwoord.content.decode()
        assert not Import.objects.exists()


def _werkmap(cellen: dict[str, object]) -> bytes:
    boek = openpyxl.Workbook()
    for plaats, waarde in cellen.items():
        boek.active[plaats] = waarde
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


class TestVijandigeBestanden:
    """A hostile file gets a Dutch sentence, and nothing is stored."""

    @pytest.mark.parametrize(
        ("naam", "inhoud"),
        [
            ("leeg.csv", b""),
            ("kapot.xlsx", b"PK\x03\x04" + b"\x00" * 200),
            ("groot.xlsx", _werkmap({"A1": 1, "XFD1048576": 2})),
            ("nul.csv", b"regel;fase\r\n\x00;a"),
            ("oud.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
            ("macro.xlsm", _werkmap({"A1": 1})),
            ("plaat.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
            ("utf16.csv", "regel;fase\r\na;b".encode("utf-16")),
        ],
    )
    def test_geweigerd(self, client: Client, rollen: Rollen, naam: str, inhoud: bytes) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        antwoord = upload(client, versie, inhoud, naam)
        assert antwoord.status_code == 200
        assert antwoord.context["formulier"].errors["bestand"]
        assert not Import.objects.exists()

    @pytest.mark.parametrize("naam", ["../../etc/passwd.csv", "a" * 300 + ".csv", "\u202egpj.csv", "<script>.csv"])
    def test_vreemde_namen(self, client: Client, rollen: Rollen, naam: str) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        assert upload(client, versie, INHOUD, naam).status_code == 302
        invoer = Import.objects.get()
        assert len(invoer.bestandsnaam) <= 200 and "/" not in invoer.bestandsnaam
        assert "<script>." not in client.get(adres("herkennen", invoer.pk)).content.decode()
        bestand_terug = client.get(adres("bestand", invoer.pk))
        assert b"".join(bestand_terug) == INHOUD and bestand_terug["Content-Disposition"].startswith("attachment;")


class TestRechten:
    """Import rights are real rights, on each step and method."""

    @pytest.mark.parametrize("rol", [*LEZERS, "schrijver"])
    def test_zonder_recht_is_elke_stap_403(self, client: Client, rollen: Rollen, rol: str) -> None:
        versie = maak_concept(rollen)
        open_import = controleer(versie, rollen, INHOUD)
        gedaan = controleer(versie, rollen, INHOUD + b"\r\n")
        Import.objects.filter(pk=gedaan.pk).update(
            status="bevestigd", bevestigd_op="2026-01-01T00:00Z", bevestigd_door=rollen.redacteur
        )
        som, geschreven = bereken_controlesom(versie), Bewerking.objects.count()
        client.force_login(getattr(rollen, rol))
        data = {"controle": "1", "akkoord": "ja", "actie": "controleer", "soort": "regels", "blad": "0", "kop": "1"}
        for invoer in (open_import, gedaan):
            for stap in STAPPEN:
                for methode in ("get", "head", "post", "put", "patch", "delete", "options"):
                    antwoord = getattr(client, methode)(adres(stap, invoer.pk), data if methode == "post" else {})
                    # A method that no page of the site knows is refused at the door, before who asks is looked at.
                    verwacht = 403 if methode in {"get", "head", "post"} else 405
                    assert antwoord.status_code == verwacht, (stap, methode)
        assert client.get(adres("nieuw")).status_code == 403
        assert upload(client, versie, INHOUD + b"\r\n\r\n").status_code == 403
        for soort in ("regels", "doelen"):
            assert upload(client, versie, INHOUD, soort=soort).status_code == 403
        for model in SOORTEN:
            for methode in (client.get, client.post):
                assert methode(reverse(f"admin:programma_{model}_import"), {}).status_code == 403
        assert (bereken_controlesom(versie), Bewerking.objects.count()) == (som, geschreven)
        assert list(Import.objects.order_by("pk").values_list("status", flat=True)) == ["gelezen", "bevestigd"]

    @pytest.mark.parametrize("stap", STAPPEN)
    def test_zonder_inloggen(self, client: Client, rollen: Rollen, stap: str) -> None:
        invoer = controleer(maak_concept(rollen), rollen, INHOUD)
        for antwoord in (client.get(adres(stap, invoer.pk)), client.post(adres(stap, invoer.pk))):
            assert antwoord.status_code == 302 and "/login/" in antwoord["Location"]

    def test_alleen_post_wijzigt(self, client: Client, rollen: Rollen) -> None:
        invoer = controleer(maak_concept(rollen), rollen, INHOUD)
        client.force_login(rollen.redacteur)
        for stap in ("bevestigen", "opnieuw", "ongedaan", "vervallen"):
            assert client.get(adres(stap, invoer.pk)).status_code == 405
        assert client.post(adres("controle", invoer.pk)).status_code == 405
        assert client.get(adres("controle", 999999)).status_code == 404

    def test_een_auditor_ziet_de_import_en_het_bestand(self, client: Client, rollen: Rollen) -> None:
        invoer = controleer(maak_concept(rollen), rollen, INHOUD)
        client.force_login(rollen.auditor)
        pagina = client.get(reverse("admin:programma_import_change", args=[invoer.pk]))
        assert pagina.status_code == 200 and invoer.sha256 in pagina.content.decode()
        assert "Naar de controle" not in pagina.content.decode()
        assert b"".join(client.get(adres("bestand", invoer.pk))) == INHOUD
        # Somebody else wrote it: its line ends say nothing about its rows.
        rij = Uitlevering.objects.get()
        assert (rij.versie_id, rij.vorm, rij.rijen, rij.afloop.rijen) == (invoer.versie_id, "csv", None, None)
        client.force_login(rollen.schrijver)
        assert client.get(adres("bestand", invoer.pk)).status_code == 403

    def test_een_import_gaat_alleen_met_zijn_concept_weg(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(versie, rollen, INHOUD)
        client.force_login(rollen.redacteur)
        assert (
            client.post(reverse("admin:programma_import_delete", args=[invoer.pk]), {"post": "yes"}).status_code == 403
        )
        weg = bevestig(client, reverse("admin:programma_versie_delete", args=[versie.pk]))
        assert weg.status_code == 302
        assert not Import.objects.exists() and not Versie.objects.filter(pk=versie.pk).exists()

    def test_de_schermen_van_de_bibliotheek_bestaan_niet(self) -> None:
        namen = [patroon.name or "" for patroon in admin.site.urls[0] for patroon in _alle(patroon)]
        assert "programma_doel_import" in namen
        assert not [naam for naam in namen if "process" in naam or naam.endswith("_export_action")]
        assert "import_export" not in settings.INSTALLED_APPS


def _alle(patroon: object) -> list[URLPattern]:
    """Return the routes in a route."""
    return [
        kind
        for deel in getattr(patroon, "url_patterns", [patroon])
        for kind in ([deel] if isinstance(deel, URLPattern) else _alle(deel))
    ]


class TestExport:
    """Whoever may see rows may take them out, of any version."""

    @pytest.mark.parametrize("vorm", ["csv", "excel", "xlsx"])
    @pytest.mark.parametrize("rol", ["redacteur", *LEZERS])
    def test_wie_mag_kijken_mag_exporteren(self, client: Client, rollen: Rollen, rol: str, vorm: str) -> None:
        versie = maak_concept(rollen)
        client.force_login(getattr(rollen, rol))
        antwoord = client.get(adres("export"), {"versie": versie.pk, "soort": "regels", "vorm": vorm, "breed": ""})
        assert antwoord.status_code == 200 and "no-store" in antwoord["Cache-Control"]
        inhoud = b"".join(antwoord) if antwoord.streaming else antwoord.content
        if vorm != "xlsx":
            assert inhoud == bestand(versie, "regels", vorm)
        achter = "xlsx" if vorm == "xlsx" else "csv"
        assert f'programmabegroting-2025-versie-1-regels.{achter}"' in antwoord["Content-Disposition"]

    def test_een_schrijver_niet(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.schrijver)
        assert client.get(adres("export")).status_code == 403
        assert client.get(adres("export"), {"versie": versie.pk, "soort": "regels", "vorm": "csv"}).status_code == 403

    @pytest.mark.parametrize(
        "vraag", [{"vorm": "html"}, {"vorm": "5"}, {"soort": "alles"}, {"versie": "x"}, {"versie": "0"}]
    )
    def test_wat_niet_bestaat_geeft_geen_bestand(self, client: Client, rollen: Rollen, vraag: dict[str, str]) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.auditor)
        goed = {"versie": str(versie.pk), "soort": "regels", "vorm": "csv"}
        antwoord = client.get(adres("export"), goed | vraag)
        assert antwoord.status_code == 200 and antwoord.context["formulier"].errors

    def test_de_knoppen_staan_op_elke_lijst(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        for rol, knoppen in (("redacteur", ["Importeren", "Exporteren"]), ("auditor", ["Exporteren"])):
            client.force_login(getattr(rollen, rol))
            for model, soort in SOORTEN.items():
                lijst = client.get(reverse(f"admin:programma_{model}_changelist"), {"versie__id__exact": versie.pk})
                tekst = lijst.content.decode()
                assert [knop for knop in ("Importeren", "Exporteren") if f">{knop}</a>" in tekst] == knoppen
                naar = client.get(reverse(f"admin:programma_{model}_export"), {"versie__id__exact": versie.pk})
                assert naar["Location"] == f"{adres('export')}?soort={soort}&versie={versie.pk}"
            scherm = client.get(reverse("admin:programma_versie_change", args=[versie.pk])).content.decode()
            assert (">Importeren</a>" in scherm) == ("Importeren" in knoppen)
