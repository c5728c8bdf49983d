"""Keeping PDFs with a published version: once, the same whenever they are made, and never in the way of publishing."""

from __future__ import annotations

import hashlib
from datetime import date
from io import StringIO
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programma import publicatie
from programma.afdruk import zetten
from programma.bewaard.maken import BestandOntbreekt, maak_bestanden, ontbrekend
from programma.bewaard.namen import ontbreekzin
from programma.bewaard.soorten import alle_namen
from programma.models import Bestand, Bestandinhoud, Gebeurtenis, Versie
from programma.spoor.verificatie import controleer_historie
from tests import pdf
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_gepubliceerd
from tests.conftest import Eigenaar

WORTEL = "/programmabegroting-2025/"
NAMEN = ["programma/programma-1/programma.pdf", "document.pdf"]
ALLE = alle_namen(["programma-1"])
PDFS = [naam for naam in ALLE if naam.endswith(".pdf")]
# Without a typesetter there are no PDFs, and nothing that is made of all other files.
MIST = [*PDFS, "dossier.zip"]
ZONDER_ZETTER = f"zijn {len(MIST)} bestanden niet gemaakt"
NEP = b"%PDF-1.7 nep"


@pytest.fixture
def zonder_zetter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typesetter that does not start."""
    monkeypatch.setattr(zetten.sys, "executable", "/bestaat/niet")


@pytest.fixture
def snelle_zetter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typesetter that is not what the test is about."""
    monkeypatch.setattr(zetten, "zet", lambda gegevens, wachttijd: NEP)


def goedgekeurd(rollen: Rollen) -> Versie:
    versie = maak_concept(rollen)
    publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
    return publicatie.keur_goed(versie, door=rollen.publicist)


def druk_op(client: Client, door: User, versie: Versie, werkwoord: str) -> str:
    client.force_login(door)
    adres = reverse("admin:programma_versie_stap", args=[versie.pk, werkwoord])
    return client.post(adres, follow=True).content.decode()


class TestMaken:
    def test_van_publicatie_tot_bestand(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        maak_bestanden(versie, door=rollen.publicist)

        assert ontbrekend(versie) == []
        for naam in NAMEN:
            bestand = Bestand.objects.get(versie=versie, naam=naam)
            inhoud = bytes(bestand.inhoud.inhoud)
            assert (bestand.omvang, bestand.sha256) == (len(inhoud), hashlib.sha256(inhoud).hexdigest())
            assert bestand.inhoud.controlesom == versie.controlesom
            voet = f"Programmabegroting 2025 · versie 1 · controlesom {versie.controlesom[:16]}…"
            assert all(voet in tekst for tekst in pdf.teksten(pdf.open_pdf(inhoud)))
            antwoord = client.get(f"{WORTEL}versie/1/{naam}")
            assert (antwoord.content, antwoord["Content-Type"]) == (inhoud, "application/pdf")
            assert client.get(WORTEL + naam).content == inhoud

    def test_nog_eens_maakt_niets(self, rollen: Rollen, monkeypatch: pytest.MonkeyPatch, snelle_zetter: None) -> None:
        versie = maak_bestanden(maak_gepubliceerd(rollen))
        monkeypatch.setattr(zetten, "zet", lambda *_: pytest.fail("een PDF te veel"))

        maak_bestanden(versie)

        assert Bestandinhoud.objects.count() == len(ALLE)

    def test_na_het_raadsbesluit_hetzelfde(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        gemaakt: list[dict[str, str]] = []
        with transaction.atomic():
            maak_bestanden(versie)
            gemaakt.append(dict(Bestand.objects.filter(naam__in=NAMEN).values_list("naam", "sha256")))
            transaction.set_rollback(True)
        publicatie.stel_vast(versie, door=rollen.publicist, nummer="2024-1", datum=date(2024, 11, 7))

        maak_bestanden(versie)

        gemaakt.append(dict(Bestand.objects.filter(naam__in=NAMEN).values_list("naam", "sha256")))
        assert sorted(gemaakt[0]) == sorted(NAMEN)
        assert gemaakt[0] == gemaakt[1]

    def test_twee_tegelijk(self, vaste_rollen: Rollen, monkeypatch: pytest.MonkeyPatch) -> None:
        versie = maak_gepubliceerd(vaste_rollen)
        fouten: list[Exception] = []

        def elders() -> None:
            try:
                maak_bestanden(Versie.objects.get(pk=versie.pk))
            except Exception as fout:  # noqa: BLE001 - the test says what it was
                fouten.append(fout)
            finally:
                connection.close()

        def zet(gegevens: object, wachttijd: float) -> bytes:
            """Whoever sets the first PDF finds that another has kept all of them in the meantime."""
            monkeypatch.setattr(zetten, "zet", lambda *_: NEP)
            ander = Thread(target=elders)
            ander.start()
            ander.join()
            return NEP

        monkeypatch.setattr(zetten, "zet", zet)
        maak_bestanden(versie)

        assert fouten == []
        assert sorted(Bestand.objects.filter(naam__endswith=".pdf").values_list("naam", flat=True)) == sorted(PDFS)
        assert controleer_historie().in_orde

    def test_intussen_ingetrokken(self, rollen: Rollen, monkeypatch: pytest.MonkeyPatch) -> None:
        versie = maak_gepubliceerd(rollen)

        def zet(gegevens: object, wachttijd: float) -> bytes:
            publicatie.trek_in(versie, door=rollen.publicist, reden="Fout in de bedragen.")
            monkeypatch.setattr(zetten, "zet", lambda *_: NEP)
            return NEP

        monkeypatch.setattr(zetten, "zet", zet)
        maak_bestanden(versie)

        assert not Bestandinhoud.objects.exists()

    def test_geen_tijd_meer(self, rollen: Rollen, snelle_zetter: None) -> None:
        with pytest.raises(BestandOntbreekt, match=rf"zijn {len(ALLE)} bestanden niet gemaakt.*geen tijd meer"):
            maak_bestanden(maak_gepubliceerd(rollen), seconden=0)

    def test_alleen_van_een_publicatie(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)

        assert ontbrekend(versie) == []
        with pytest.raises(publicatie.VerkeerdeStatus):
            maak_bestanden(versie)


class TestLezers:
    def test_de_link_is_er_als_het_bestand_er_is(self, client: Client, rollen: Rollen, snelle_zetter: None) -> None:
        versie = maak_gepubliceerd(rollen)
        paginas = [WORTEL, f"{WORTEL}programma/programma-1/"]

        for pagina in paginas:
            assert ".pdf" not in client.get(pagina).content.decode()
        assert [client.get(WORTEL + naam).status_code for naam in NAMEN] == [404, 404]

        maak_bestanden(versie)

        for pagina in paginas:
            html = client.get(pagina).content.decode()
            for naam in NAMEN:
                assert f'<a href="{WORTEL}{naam}" download>Om te lezen of te printen: ' in html
            assert hashlib.sha256(NEP).hexdigest() in html
        assert client.get(f"{WORTEL}programma/bestaat-niet/programma.pdf").status_code == 404

    def test_ingetrokken(self, client: Client, rollen: Rollen, snelle_zetter: None) -> None:
        versie = maak_bestanden(maak_gepubliceerd(rollen))
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout in de bedragen.")

        assert client.get(f"{WORTEL}versie/1/document.pdf").status_code == 410

    @pytest.mark.parametrize("programmas", [1, pytest.param(50, marks=pytest.mark.lang)])
    def test_aantal_vragen(
        self, client: Client, rollen: Rollen, django_assert_num_queries, programmas: int, snelle_zetter: None
    ) -> None:
        versie = maak_gepubliceerd(rollen, programmas)
        maak_bestanden(versie)

        with django_assert_num_queries(2):
            assert client.get(f"{WORTEL}programma/programma-1/programma.pdf").status_code == 200


class TestPublicatiescherm:
    def test_publiceren_maakt_de_pdf(self, client: Client, rollen: Rollen) -> None:
        versie = goedgekeurd(rollen)

        pagina = druk_op(client, rollen.publicist, versie, "publiceer")

        assert "Nu publiceren: gelukt." in pagina
        assert "PDF" not in pagina.split('id="volgende-kop"')[1].split("</section>")[0]
        assert Bestandinhoud.objects.count() == len(ALLE)
        assert Gebeurtenis.objects.filter(
            tabel="programma_bestand", via="bestanden", door=rollen.publicist
        ).count() == len(ALLE)

    def test_zonder_zetter_is_er_toch_een_publicatie(
        self, client: Client, rollen: Rollen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        versie = goedgekeurd(rollen)
        with monkeypatch.context() as zonder:
            zonder.setattr(zetten.sys, "executable", "/bestaat/niet")
            pagina = druk_op(client, rollen.publicist, versie, "publiceer")

        versie.refresh_from_db()
        assert versie.status == "gepubliceerd"
        assert f"Van Programmabegroting 2025, versie 1 {ZONDER_ZETTER}." in pagina
        assert "Het hele document: het programma dat PDF’s maakt, start niet." in pagina
        assert "De publicatie zelf is in orde." in pagina
        assert ontbreekzin(MIST) in pagina
        assert client.get(WORTEL).status_code == 200

        pagina = druk_op(client, rollen.publicist, versie, "maak_bestanden")

        assert "Bestanden maken: gelukt." in pagina
        assert "ontbreken nog" not in pagina
        assert ontbrekend(versie) == []

    def test_wie_niet_mag_publiceren_maakt_geen_pdf(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        client.force_login(rollen.redacteur)

        pagina = client.get(reverse("admin:programma_versie_change", args=[versie.pk])).content.decode()

        assert "Vraag een publicist om ze te maken." in pagina
        assert "stap/maak_bestanden/" not in pagina
        assert (
            client.post(reverse("admin:programma_versie_stap", args=[versie.pk, "maak_bestanden"])).status_code == 403
        )

    def test_de_zin(self) -> None:
        assert ontbreekzin([]) == ""
        assert ontbreekzin(["document.pdf"]) == "Dit bestand ontbreekt nog: het hele document."


class TestOpdrachten:
    def test_maak_bestanden(self, rollen: Rollen, snelle_zetter: None) -> None:
        maak_gepubliceerd(rollen)
        uit = StringIO()

        call_command("maak_bestanden", stdout=uit)
        call_command("maak_bestanden", stdout=uit)

        assert uit.getvalue() == f"Programmabegroting 2025, versie 1: {len(ALLE)} bestanden gemaakt.\n"

    def test_maak_bestanden_zonder_zetter(self, rollen: Rollen, zonder_zetter: None) -> None:
        maak_gepubliceerd(rollen)

        with pytest.raises(CommandError, match=ZONDER_ZETTER):
            call_command("maak_bestanden")

    def test_gepland(self, rollen: Rollen, zonder_zetter: None, monkeypatch: pytest.MonkeyPatch) -> None:
        versie = goedgekeurd(rollen)
        moment = timezone.now() + timezone.timedelta(hours=1)
        publicatie.plan(versie, door=rollen.publicist, op=moment)
        monkeypatch.setattr("programma.management.commands.publiceer_gepland.timezone.now", lambda: moment)
        uit, fout = StringIO(), StringIO()

        with pytest.raises(SystemExit):
            call_command("publiceer_gepland", stdout=uit, stderr=fout)

        versie.refresh_from_db()
        assert versie.status == "gepubliceerd"
        assert "gepubliceerd." in uit.getvalue()
        assert ZONDER_ZETTER in fout.getvalue() and "manage.py maak_bestanden" in fout.getvalue()


class TestVergrendeling:
    """What PostgreSQL refuses, whoever asks."""

    def bestand(self, versie: Versie, naam: str = "document.pdf", inhoud: bytes = NEP) -> Bestand:
        som = hashlib.sha256(inhoud).hexdigest()
        rij: Bestand = Bestand.objects.create(versie=versie, naam=naam, omvang=len(inhoud), regels=0, sha256=som)
        return rij

    def test_andere_bytes(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        for inhoud, som in ((NEP + b"!", versie.controlesom), (NEP, "f" * 64)):
            with pytest.raises(IntegrityError, match=r"niet die van bestand document\.pdf"), transaction.atomic():
                bestand = self.bestand(versie)
                Bestandinhoud.objects.create(bestand=bestand, controlesom=som, gemaakt_met="hand", inhoud=inhoud)

    def test_geen_ander_bestand_dan_een_pdf(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        with pytest.raises(IntegrityError, match="liggen vast"), transaction.atomic():
            self.bestand(versie, "nog-een.csv")
        with pytest.raises(IntegrityError, match="liggen vast"), transaction.atomic():
            Bestand.objects.bulk_create(
                Bestand(versie=versie, naam=naam, omvang=1, regels=0, sha256="a" * 64) for naam in ("x.pdf", "x.csv")
            )

    def test_niet_bij_wat_is_ingetrokken(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout in de bedragen.")

        with pytest.raises(IntegrityError, match="liggen vast"), transaction.atomic():
            self.bestand(versie)

    def test_een_pdf_zonder_inhoud(self, vaste_rollen: Rollen) -> None:
        versie = maak_gepubliceerd(vaste_rollen)

        with pytest.raises(IntegrityError, match="ontbreekt de inhoud"), transaction.atomic():
            self.bestand(versie)

    def test_alleen_erbij(self, vaste_rollen: Rollen, als_eigenaar: Eigenaar, snelle_zetter: None) -> None:
        maak_bestanden(maak_gepubliceerd(vaste_rollen))

        for opdracht in (
            "UPDATE programma_bestandinhoud SET gemaakt_met = 'x'",
            "DELETE FROM programma_bestandinhoud",
            "TRUNCATE programma_bestandinhoud",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(opdracht)
            with als_eigenaar(), pytest.raises(IntegrityError) as fout, transaction.atomic():
                connection.cursor().execute(opdracht)
            assert isinstance(fout.value.__cause__, psycopg.errors.RestrictViolation)

    def test_de_bytes_staan_niet_nog_eens_in_de_historie(self, rollen: Rollen, snelle_zetter: None) -> None:
        maak_bestanden(maak_gepubliceerd(rollen))

        tabellen = set(Gebeurtenis.objects.values_list("tabel", flat=True))

        assert "programma_bestand" in tabellen and "programma_bestandinhoud" not in tabellen

    def test_verifieer_ziet_andere_bytes(
        self, rollen: Rollen, als_eigenaar: Eigenaar, snelle_zetter: None, tmp_path: Path
    ) -> None:
        maak_bestanden(maak_gepubliceerd(rollen))
        with als_eigenaar(), connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("UPDATE programma_bestandinhoud SET inhoud = 'vals'")
            cursor.execute("SET session_replication_role = origin")

        afwijkingen = controleer_historie().afwijkingen

        zin = "De inhoud van bestand {} van Programmabegroting 2025, versie 1 klopt niet met wat is gepubliceerd."
        assert {zin.format(naam) for naam in NAMEN} <= set(afwijkingen)
