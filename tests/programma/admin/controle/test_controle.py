"""The auditor's place: every version, its files, the export log and the sample, each for who may have it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from programma import publicatie
from programma.admin.controle.begin import VAN_ALLES, VAN_EEN_VERSIE, bestaande
from programma.levering.uitvoerlog import Zeef
from programma.models import Afloop, Bedrag, Begrotingsregel, Document, Schakel, Uitlevering, Versie
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

Tel = Callable[..., AbstractContextManager[object]]
LEZERS = ["redacteur", "publicist", "auditor", "beheerder"]
LOG = "/beheer/controle/uitvoerlog/"


def inhoud(client: Client, pad: str, **vraag: object) -> bytes:
    """Return the body of a page or file that must be there, read to its end."""
    antwoord = client.get(pad, vraag)
    assert antwoord.status_code == 200, (pad, antwoord.status_code)
    return b"".join(antwoord) if antwoord.streaming else antwoord.content


def tekst(client: Client, pad: str, **vraag: object) -> str:
    """Return a page as text."""
    return inhoud(client, pad, **vraag).decode()


def wijzig(versie: Versie, rollen: Rollen, euro: str = "-999.50") -> None:
    """Change an amount of a concept."""
    with namens(rollen.redacteur.pk):
        Bedrag.objects.filter(versie=versie, regel__soort="lasten", kolom__jaar=2026).update(euro=Decimal(euro))


@pytest.fixture
def paar(rollen: Rollen) -> tuple[Versie, Versie]:
    """A published version, and a concept in which one amount differs."""
    oud = maak_gepubliceerd(rollen)
    nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
    wijzig(nieuw, rollen)
    return oud, nieuw


class TestBegin:
    """The start page."""

    @pytest.mark.parametrize("rol", LEZERS)
    def test_toont_elke_versie_met_zijn_bewijs(
        self, client: Client, rollen: Rollen, paar: tuple[Versie, Versie], rol: str
    ) -> None:
        client.force_login(getattr(rollen, rol))
        html = tekst(client, "/beheer/controle/")
        oud, nieuw = paar
        oud.refresh_from_db()
        assert oud.controlesom in html and oud.anker in html
        for versie in paar:
            assert f'href="/beheer/controle/{versie.pk}/begroting.csv"' in html
            assert f'href="/beheer/controle/{versie.pk}/steekproef/"' in html
        assert f'href="/beheer/vergelijken/?a={oud.pk}&amp;b={nieuw.pk}"' in html

    def test_de_kop_van_de_historie(self, client: Client, vaste_rollen: Rollen) -> None:
        client.force_login(vaste_rollen.auditor)
        assert "De historie is nog leeg." in tekst(client, reverse("admin:controle"))
        versie = maak_gepubliceerd(vaste_rollen)
        kop = str(Schakel.objects.order_by("-pk")[0])
        for adres in ("/beheer/controle/", LOG, f"/beheer/controle/{versie.pk}/steekproef/"):
            assert f"<code>{kop}</code>" in tekst(client, adres)

    def test_ook_een_ingetrokken_versie(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.trek_in(versie, door=rollen.publicist, reden="Verkeerd bestand.")
        client.force_login(rollen.auditor)
        assert "Verkeerd bestand." in tekst(client, "/beheer/controle/")
        assert "Ingetrokken" in tekst(client, f"/beheer/controle/{versie.pk}/")
        assert inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv").count(b"\r\n") == 13

    def test_geen_link_naar_wat_er_niet_is(self, client: Client, rollen: Rollen, paar: tuple[Versie, Versie]) -> None:
        client.force_login(rollen.auditor)
        html = tekst(client, "/beheer/controle/")
        for versie in paar:
            for _, adres in bestaande([*VAN_EEN_VERSIE, *VAN_ALLES]):
                pad = adres.format(versie=versie.pk)
                # Of a publication the workbooks are made soon after it: until then there is no link.
                nog_niet = versie == paar[0] and pad.endswith(".xlsx")
                # A concept has no list of files.
                nog_niet = nog_niet or (versie == paar[1] and "SHA256SUMS" in pad)
                assert (f'href="{pad}"' in html) is not nog_niet
                assert client.get(pad).status_code == (404 if nog_niet else 200), pad
        assert bestaande([("Nergens", "/beheer/controle/{versie}/nergens/"), ("Ook", "/zo/maar/iets/")]) == ()

    def test_wat_geen_geld_vraagt_heeft_geen_autorisatie(self, client: Client, rollen: Rollen) -> None:
        ander = Document.objects.create(soort="kadernota", jaar=2025, titel="Kadernota 2025", slug="kadernota-2025")
        versie = maak_gepubliceerd(rollen, document=ander)
        client.force_login(rollen.auditor)
        pad = f"/beheer/controle/{versie.pk}/autorisatie/"

        assert client.get(pad).status_code == 404
        assert pad not in tekst(client, "/beheer/controle/")

    def test_het_begin_van_het_beheer_wijst_de_weg(self, client: Client, rollen: Rollen) -> None:
        for rol in (*LEZERS, "schrijver"):
            client.force_login(getattr(rollen, rol))
            assert ('href="/beheer/controle/"' in tekst(client, "/beheer/")) is (rol != "schrijver")


class TestVersie:
    """The pages and files of any version."""

    def test_een_concept_heeft_een_adres_dat_blijft(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.auditor)
        adres = f"/beheer/controle/{versie.pk}/"
        assert "Voorbeeld van een concept; niet openbaar." in tekst(client, adres)
        vooraf = inhoud(client, f"{adres}begroting.csv")

        publiceer(versie, rollen)

        assert "Voorbeeld van een concept" not in tekst(client, adres)
        assert (
            inhoud(client, f"{adres}begroting.csv")
            == vooraf
            == inhoud(client, "/programmabegroting-2025/begroting.csv")
        )

    def test_een_concept_staat_in_geen_openbare_vergelijking(
        self, client: Client, rollen: Rollen, paar: tuple[Versie, Versie]
    ) -> None:
        client.force_login(rollen.auditor)
        for versie, nummer, openbaar in ((paar[0], 1, True), (paar[1], 2, False)):
            link = f'href="/vergelijken/?b=programmabegroting-2025/{nummer}"'
            assert (link in tekst(client, f"/beheer/controle/{versie.pk}/")) is openbaar

    def test_links_blijven_binnen(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen, 2)
        client.force_login(rollen.auditor)
        html = tekst(client, f"/beheer/controle/{versie.pk}/programma/programma-1/")
        assert f'href="/beheer/controle/{versie.pk}/programma/programma-2/"' in html
        assert f'href="/beheer/controle/{versie.pk}/programma/programma-1/begroting.csv"' in html

    @pytest.mark.parametrize(
        "wat", ["", "uitvoer/", "begroting.csv", "steekproef/?aantal=3&zaad=1", "steekproef.csv?aantal=3&zaad=1"]
    )
    def test_niet_te_bewaren_en_niet_te_leren(self, client: Client, rollen: Rollen, wat: str) -> None:
        versie = maak_gepubliceerd(rollen)
        client.force_login(rollen.auditor)
        antwoord = client.get(f"/beheer/controle/{versie.pk}/{wat}")
        assert antwoord.status_code == 200 and "no-store" in antwoord["Cache-Control"]
        assert "public" not in antwoord["Cache-Control"]
        assert client.get(f"/beheer/controle/{versie.pk + 100}/{wat}").status_code == 404
        client.force_login(rollen.schrijver)
        for sleutel in (versie.pk, versie.pk + 100):
            assert client.get(f"/beheer/controle/{sleutel}/{wat}").status_code == 403

    def test_een_filter(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        client.force_login(rollen.auditor)
        csv_bytes = inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv?soort=lasten&jaar=2025&programma=1")
        (rij,) = list(csv.DictReader(io.StringIO(csv_bytes.decode(), newline="")))
        assert (rij["regel"], rij["bedrag"]) == ("p1-lasten", "-1000.00")
        assert client.get(f"/beheer/controle/{versie.pk}/begroting.csv?soort=x").status_code == 400
        assert Uitlevering.objects.count() == 1


class TestLog:
    """What is recorded of a download."""

    def test_een_gefilterd_bestand(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        client.force_login(rollen.auditor)
        wortel = f"/beheer/controle/{versie.pk}/"

        gekregen = inhoud(client, f"{wortel}begroting.csv?jaar=2026&soort=lasten&jaar=2025&vorm=excel&soort=baten")

        rij = Uitlevering.objects.get()
        assert (rij.door, rij.versie, rij.versiestatus) == (rollen.auditor, versie, "concept")
        assert (rij.bestand, rij.vorm) == ("begroting.csv", "csv-excel")
        # In one order, whatever the address was.
        assert rij.vraag == "jaar=2025&jaar=2026&soort=baten&soort=lasten"
        assert (rij.rijen, rij.afloop.rijen) == (8, 8)
        assert rij.sommen["lasten"] == "-6000.00" and rij.sommen["baten"] == "600.00"
        assert rij.afloop.sha256 == hashlib.sha256(gekregen).hexdigest() and rij.afloop.omvang == len(gekregen)

    def test_een_programma(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen, 2)
        client.force_login(rollen.auditor)
        gekregen = inhoud(client, f"/beheer/controle/{versie.pk}/programma/programma-2/begroting.csv?soort=lasten")
        rij = Uitlevering.objects.get()
        assert (rij.bestand, rij.vraag, rij.rijen) == ("programma/programma-2/begroting.csv", "soort=lasten", 6)
        assert Decimal(rij.sommen["lasten"]) == -12000 and rij.afloop.rijen == gekregen.count(b"\r\n") - 1 == 6

    def test_elk_bestand_maar_geen_bladzijde(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        client.force_login(rollen.redacteur)
        wortel = f"/beheer/controle/{versie.pk}/"
        for bladzijde in ("", "uitvoer/", "programma/programma-1/", "steekproef/?aantal=3&zaad=1"):
            inhoud(client, wortel + bladzijde)
        assert not Uitlevering.objects.exists()
        assert "Er zijn hier geen uitleveringen." in tekst(client, LOG)
        bestanden = {
            "begroting.csv": "csv",
            "begroting.json": "json",
            "SHA256SUMS": "tekst",
            "datapackage.json": "json",
            "programmas.csv": "csv",
            "programma/programma-1/tabel.csv": "csv",
            "programma/programma-1/bedrag/lasten/primair-2025/gegevens.json": "json",
        }
        for bestand in bestanden:
            inhoud(client, wortel + bestand)
        inhoud(client, f"{wortel}steekproef.csv?zaad=1&aantal=3")
        rijen = list(Uitlevering.objects.order_by("pk").values_list("bestand", "vorm", "vraag"))
        assert rijen == [(*rij, "") for rij in bestanden.items()] + [("steekproef.csv", "csv", "aantal=3&zaad=1")]
        assert Afloop.objects.filter(voltooid=True).count() == len(rijen)

    def test_ook_van_het_voorbeeld(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        inhoud(client, f"/beheer/voorbeeld/{versie.pk}/begroting.csv")
        rij = Uitlevering.objects.get()
        assert (rij.bestand, rij.versiestatus, rij.afloop.voltooid) == ("begroting.csv", "concept", True)

    @pytest.mark.parametrize("vorm", ["xlsx", "csv", "excel"])
    @pytest.mark.parametrize(("breed", "aantal"), [("", 12), ("1", 2)])
    def test_ook_de_export_van_een_lijst(
        self, client: Client, rollen: Rollen, vorm: str, breed: str, aantal: int
    ) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        vraag = {"versie": versie.pk, "soort": "regels", "vorm": vorm, **({"breed": breed} if breed else {})}
        gekregen = inhoud(client, "/beheer/programma/import/export/", **vraag)
        rij = Uitlevering.objects.get()
        assert (rij.versie, rij.bestand) == (versie, "/beheer/programma/import/export/")
        assert rij.vorm == {"excel": "csv-excel"}.get(vorm, vorm)
        assert (rij.rijen, rij.sommen["lasten"]) == (aantal, "-6000.00")
        assert rij.afloop.sha256 == hashlib.sha256(gekregen).hexdigest()
        # Asked for again from the log, it is the same file.
        (regel,) = Uitlevering.objects.log(Zeef())[0:1]
        assert inhoud(client, regel.adres) == gekregen
        assert regel.adres in tekst(client, LOG).replace("&amp;", "&")

    def test_een_export_zonder_bedragen_heeft_geen_sommen(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        client.force_login(rollen.auditor)
        inhoud(client, "/beheer/programma/import/export/", versie=versie.pk, soort="programmas", vorm="xlsx")
        rij = Uitlevering.objects.get()
        assert (rij.rijen, rij.sommen, rij.vraag) == (2, {}, "soort=programmas&vorm=xlsx")

    def test_ook_het_verschil_van_twee_versies(
        self, client: Client, rollen: Rollen, paar: tuple[Versie, Versie]
    ) -> None:
        oud, nieuw = paar
        client.force_login(rollen.auditor)
        adres = f"/beheer/vergelijken/bedragen.csv?a={oud.pk}&b={nieuw.pk}&vorm=excel"
        gekregen = inhoud(client, adres)
        rij = Uitlevering.objects.get()
        assert (rij.versie, rij.vorm, rij.afloop.rijen) == (None, "csv-excel", 1)
        assert rij.afloop.sha256 == hashlib.sha256(gekregen).hexdigest()
        (regel,) = Uitlevering.objects.log(Zeef())[0:1]
        assert regel.adres == adres

    def test_wat_niet_lukt_of_niets_geeft_staat_er_niet_in(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.auditor)
        wortel = f"/beheer/controle/{versie.pk}/"
        assert client.get(f"{wortel}document.pdf").status_code == 404
        kop = client.head(f"{wortel}begroting.csv")
        assert kop.status_code == 200 and b"".join(kop) == b""
        assert client.post(f"{wortel}begroting.csv").status_code == 405
        assert not Uitlevering.objects.exists()

    def test_de_openbare_site_schrijft_niets(self, client: Client, rollen: Rollen) -> None:
        """Public addresses ignore who asks (decision 9)."""
        maak_gepubliceerd(rollen)
        client.force_login(rollen.auditor)
        for bestand in ("begroting.csv", "begroting.csv?soort=lasten", "begroting.json", "programmas.csv"):
            inhoud(client, f"/programmabegroting-2025/{bestand}")
        assert not Uitlevering.objects.exists()

    def test_een_afgebroken_download(self, client: Client, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        client.force_login(vaste_rollen.auditor)
        antwoord = client.get(f"/beheer/controle/{versie.pk}/programmas.csv")
        antwoord.close()
        assert [(rij.voltooid, rij.sha256) for rij in Afloop.objects.all()] == [(False, "")]
        html = tekst(client, LOG)
        assert "Afgebroken" in html


class TestUitvoerlog:
    """The page of the log, and its file."""

    def test_andere_inhoud_dan_eerst(self, client: Client, rollen: Rollen) -> None:
        een = maak_gepubliceerd(rollen)
        client.force_login(rollen.auditor)
        inhoud(client, f"/beheer/controle/{een.pk}/begroting.csv?jaar=2026")
        twee = publicatie.maak_concept(een, door=rollen.redacteur)
        wijzig(twee, rollen)
        inhoud(client, f"/beheer/controle/{twee.pk}/begroting.csv?jaar=2026")
        # The same of another year, form or file is another question.
        inhoud(client, f"/beheer/controle/{twee.pk}/begroting.csv?jaar=2026&vorm=excel")
        inhoud(client, f"/beheer/controle/{twee.pk}/begroting.csv")

        html = tekst(client, LOG)

        assert html.count("Andere inhoud dan op") == 1
        assert "toen versie 1 (gepubliceerd), nu versie 2 (concept)." in html
        assert f'href="/beheer/vergelijken/?a={een.pk}&amp;b={twee.pk}"' in html
        assert f'href="/beheer/controle/{twee.pk}/begroting.csv?jaar=2026"' in html

        publiceer(twee, rollen)
        inhoud(client, f"/beheer/controle/{twee.pk}/begroting.csv?jaar=2026")
        html = tekst(client, LOG)
        assert 'href="/vergelijken/?a=programmabegroting-2025/1&amp;b=programmabegroting-2025/2"' in html

    def test_hetzelfde_concept_later(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.auditor)
        for euro in ("-1.00", "-1.00", "-1.01"):
            wijzig(versie, rollen, euro)
            inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv")
        html = tekst(client, LOG)
        assert html.count("Andere inhoud dan op") == 1
        assert f'href="/beheer/historie/versie/{versie.pk}/?vanaf=' in html
        assert "hoort niet te kunnen" not in html

    def test_een_versie_ertussen_verbergt_geen_verschil(self, client: Client, rollen: Rollen) -> None:
        """A version that gave other bytes than it did itself is told, also when another was taken in between."""
        een = maak_gepubliceerd(rollen)
        twee = publicatie.maak_concept(een, door=rollen.redacteur)
        client.force_login(rollen.auditor)
        inhoud(client, f"/beheer/controle/{twee.pk}/begroting.csv")
        inhoud(client, f"/beheer/controle/{een.pk}/begroting.csv")
        wijzig(twee, rollen)
        inhoud(client, f"/beheer/controle/{twee.pk}/begroting.csv")
        assert f'href="/beheer/historie/versie/{twee.pk}/?vanaf=' in tekst(client, LOG)

    def test_een_auditor_ziet_alles_en_een_ander_zichzelf(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        for rol in LEZERS:
            client.force_login(getattr(rollen, rol))
            inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv?soort=lasten")
        namen = {rol: getattr(rollen, rol).username for rol in LEZERS}
        for rol in LEZERS:
            client.force_login(getattr(rollen, rol))
            html = tekst(client, LOG)
            rijen = list(csv.DictReader(io.StringIO(tekst(client, "/beheer/controle/uitvoerlog.csv"), newline="")))
            gezien = {naam for naam in namen.values() if f"<small>{naam}, nr." in html}
            verwacht = set(namen.values()) if rol == "auditor" else {namen[rol]}
            assert gezien == {rij["wie"] for rij in rijen} == verwacht
            if rol != "auditor":
                # There is no list of others to choose from, and asking for one does not help.
                assert 'name="wie"' not in html
                assert "<small>anna, nr." not in tekst(client, LOG, wie=rollen.auditor.pk)
                assert "anna" not in tekst(client, "/beheer/controle/uitvoerlog.csv", wie=rollen.auditor.pk)

    def test_wat_een_ander_eerder_kreeg_blijft_bij_die_ander(self, client: Client, rollen: Rollen) -> None:
        """Whether the content was other before would tell what somebody else took."""
        versie = maak_concept(rollen)
        for wie, euro in ((rollen.auditor, "-1.00"), (rollen.redacteur, "-2.00")):
            client.force_login(wie)
            wijzig(versie, rollen, euro)
            inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv")
        assert "Andere inhoud" not in tekst(client, LOG)
        client.force_login(rollen.auditor)
        assert "Andere inhoud" in tekst(client, LOG)

    def test_inperken(self, client: Client, rollen: Rollen) -> None:
        een, ander = maak_gepubliceerd(rollen), maak_concept(rollen, 1, maak_document(2026))
        for wie in (rollen.auditor, rollen.redacteur):
            client.force_login(wie)
            for versie in (een, ander):
                inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv")
        client.force_login(rollen.auditor)
        assert "4 uitleveringen" in tekst(client, LOG)
        assert "2 uitleveringen" in tekst(client, LOG, document="programmabegroting-2026")
        assert "1 uitlevering," in tekst(client, LOG, document="programmabegroting-2026", wie=rollen.redacteur.pk)
        assert "geen uitleveringen" in tekst(client, LOG, tot_en_met="2020-01-01")
        assert "4 uitleveringen" in tekst(client, LOG, vanaf="2020-01-01")

    @pytest.mark.parametrize(
        "vraag",
        ["wie=x", "wie=999999", "wie=1'", "document=niets", "vanaf=gisteren", "tot_en_met=2025-13-40",
         "vanaf=0001-01-01", "tot_en_met=9999-12-31", "blad=-3", "blad=x", "blad=99999999999999999999"],
    )  # fmt: skip
    def test_een_kwade_vraag(self, client: Client, rollen: Rollen, vraag: str) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.auditor)
        inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv")
        assert client.get(f"{LOG}?{vraag}").status_code == 200
        assert client.get(f"/beheer/controle/uitvoerlog.csv?{vraag}").status_code in {200, 400}

    def test_als_bestand(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        User.objects.filter(pk=rollen.auditor.pk).update(username="=anna")
        client.force_login(rollen.auditor)
        gekregen = inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv?soort=lasten")
        machine, excel = (inhoud(client, f"/beheer/controle/uitvoerlog.csv{vorm}") for vorm in ("", "?vorm=excel"))
        (rij,) = list(csv.DictReader(io.StringIO(machine.decode(), newline="")))
        assert rij["wie"] == "'=anna" and rij["filter"] == "soort=lasten" and rij["afloop"] == "voltooid"
        assert rij["sha256"] == hashlib.sha256(gekregen).hexdigest() and rij["lasten"] == "-6000.00"
        assert rij["op"].endswith("Z") and rij["rijen"] == "6"
        # Of the file of the log itself the row of this download is no part, that of the one before is.
        regels = excel.decode().splitlines()
        assert len(regels) == 3 and regels[0].startswith("\ufeffnummer;op;wie") and ";-6000,00;" in regels[2]

    def test_bladeren(self, client: Client, rollen: Rollen) -> None:
        Uitlevering.objects.bulk_create(
            Uitlevering(door=rollen.auditor, bestand=f"b-{n}.csv", vorm="csv") for n in range(120)
        )
        client.force_login(rollen.auditor)
        html = tekst(client, LOG, blad=3)
        assert "Blad 3 van 3" in html and "b-0.csv" in html and "b-20.csv" not in html
        assert "Niet afgerond" in html


class TestSteekproef:
    """The page of the sample."""

    def test_het_adres_is_de_steekproef(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen, 3)
        client.force_login(rollen.auditor)
        adres = f"/beheer/controle/{versie.pk}/steekproef/"
        een, twee, ander = (tekst(client, adres, aantal=10, zaad=zaad) for zaad in ("7", "7", "8"))

        def trekking(html: str) -> str:
            return html[html.index("steekproef-titel") :]

        assert trekking(een) == trekking(twee) != trekking(ander)
        assert "10 van 36 bedragen" in een

    def test_elk_bedrag_leidt_naar_zijn_herkomst(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        with namens(rollen.redacteur.pk):
            # A line that is called as a total is: its address needs more.
            Begrotingsregel.objects.filter(versie=versie, sleutel="p1-lasten").update(sleutel="lasten")
        client.force_login(rollen.auditor)
        vraag = "aantal=500&zaad=x%20y"
        rijen = list(
            csv.DictReader(
                io.StringIO(tekst(client, f"/beheer/controle/{versie.pk}/steekproef.csv?{vraag}"), newline="")
            )
        )
        html = tekst(client, f"/beheer/controle/{versie.pk}/steekproef/?{vraag}")
        assert len(rijen) == 24 and sum(Decimal(rij["bedrag"]) for rij in rijen) == -6 * 2700
        assert any("lasten.regel" in rij["waar"] for rij in rijen)
        for rij in rijen:
            assert f'href="{rij["waar"]}"' in html
            assert client.get(rij["waar"]).status_code == 200
            lot = "\n".join(("x y", rij["regel"], rij["fase"], rij["jaar"]))
            assert rij["lot"] == hashlib.sha256(lot.encode()).hexdigest()

    def test_een_kolom(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.auditor)
        html = tekst(client, f"/beheer/controle/{versie.pk}/steekproef/", aantal=25, zaad=1, kolom="primair-2026")
        assert "2 van 2 bedragen" in html

    @pytest.mark.parametrize(
        "vraag", ["", "aantal=25", "aantal=0&zaad=1", "aantal=501&zaad=1", "aantal=x&zaad=1", "aantal=5&zaad=",
                  "aantal=5&zaad=%09", "aantal=5&zaad=1&kolom=x", "aantal=5&zaad=" + "z" * 65, "aantal=5&zaad=a%0Ab",
                  "aantal=99999999999999999999&zaad=1", "aantal=5&zaad=%ff"],
    )  # fmt: skip
    def test_een_kwade_vraag(self, client: Client, rollen: Rollen, vraag: str) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.auditor)
        assert client.get(f"/beheer/controle/{versie.pk}/steekproef/?{vraag}").status_code == 200
        verwacht = {200} if vraag.endswith("%ff") else {400}
        assert client.get(f"/beheer/controle/{versie.pk}/steekproef.csv?{vraag}").status_code in verwacht

    def test_een_lege_versie(self, client: Client, rollen: Rollen) -> None:
        versie = publicatie.nieuwe_versie(maak_document(), door=rollen.redacteur)
        client.force_login(rollen.auditor)
        assert "geen bedragen om uit te trekken" in tekst(
            client, f"/beheer/controle/{versie.pk}/steekproef/", aantal=5, zaad=1
        )


class TestVragen:
    """The same number of queries, however much there is."""

    SESSIE = 4  # session, account, rights of the account and of its groups
    NAMENS = 4  # in whose name: read and set, and back

    def _veel(self, rollen: Rollen) -> None:
        for jaar in range(2026, 2036):
            een = maak_concept(rollen, 1, maak_document(jaar))
            publicatie.dien_in(een, door=rollen.redacteur, samenvatting=SAMENVATTING)
        versie = Versie.objects.order_by("pk")[0]
        Uitlevering.objects.bulk_create(
            Uitlevering(
                door=(rollen.auditor, rollen.redacteur)[n % 2], bestand="begroting.csv", vorm="csv", versie=versie,
                document="programmabegroting-2025", titel="P", versienummer=1, versiestatus="gepubliceerd",
            )
            for n in range(1000)
        )  # fmt: skip
        Afloop.objects.bulk_create(
            Afloop(uitlevering=rij, voltooid=True, omvang=1, sha256=hashlib.sha256(bytes([n % 7])).hexdigest())
            for n, rij in enumerate(Uitlevering.objects.order_by("pk"))
            if not hasattr(rij, "afloop")
        )

    def test_met_weinig_en_met_veel(self, client: Client, rollen: Rollen, django_assert_num_queries: Tel) -> None:
        versie = maak_gepubliceerd(rollen, 1)
        client.force_login(rollen.auditor)
        inhoud(client, f"/beheer/controle/{versie.pk}/begroting.csv")
        eigen = self.SESSIE + self.NAMENS
        budget = {
            "/beheer/controle/": eigen + 3,
            LOG: eigen + 5,
            f"{LOG}?document=programmabegroting-2025&blad=1": eigen + 5,
            f"/beheer/controle/{versie.pk}/steekproef/?aantal=25&zaad=1": eigen + 4,
            f"/beheer/controle/{versie.pk}/steekproef/": eigen + 3,
        }
        for adres, aantal in budget.items():
            with django_assert_num_queries(aantal):
                inhoud(client, adres)
        self._veel(rollen)
        for adres, aantal in budget.items():
            with django_assert_num_queries(aantal):
                inhoud(client, adres)
        # 1000 rows, of which each differs from the one before.
        assert tekst(client, LOG).count("Andere inhoud dan op") >= 40

    def test_een_bestand(self, client: Client, rollen: Rollen, django_assert_num_queries: Tel) -> None:
        """What the log costs: the sums, that it began, and how it ended."""
        versie = maak_gepubliceerd(rollen, 1)
        client.force_login(rollen.auditor)
        adres = f"/beheer/controle/{versie.pk}/begroting.csv"
        inhoud(client, adres)  # the session is renewed once
        # The version, its programmes, the sums, the row of the log; COPY is not counted; the end.
        with django_assert_num_queries(self.SESSIE + self.NAMENS + 5):
            inhoud(client, adres)


def test_alles_bij_elkaar_is_van_wie_het_is(client: Client, rollen: Rollen, paar: tuple[Versie, Versie]) -> None:
    """Must show 7: an anonymous visitor and each role see exactly the exports that are theirs."""
    oud, nieuw = paar
    openbaar = [f"/programmabegroting-2025/{pad}" for pad in ("begroting.csv", "begroting.json", "SHA256SUMS")]
    vast = [pad.replace("2025/", "2025/versie/1/") for pad in openbaar]
    van_het_concept = [pad.replace("/versie/1/", "/versie/2/") for pad in vast]
    achter = [
        f"/beheer/controle/{versie.pk}/{bestand}"
        for versie in (oud, nieuw)
        for bestand in (
            "begroting.csv",
            "begroting.json",
            "begroting.csv?soort=lasten",
            "steekproef.csv?aantal=3&zaad=1",
        )
    ] + [f"/beheer/voorbeeld/{nieuw.pk}/begroting.csv", "/beheer/controle/uitvoerlog.csv"]

    def antwoorden(paden: list[str]) -> Iterator[Any]:
        for pad in paden:
            antwoord = client.get(pad)
            yield antwoord.status_code
            if antwoord.streaming:
                b"".join(antwoord)

    for rol in ("", "schrijver", *LEZERS):
        client.logout()
        if rol:
            client.force_login(getattr(rollen, rol))
        assert set(antwoorden(openbaar + vast)) == {200}, rol
        assert set(antwoorden(van_het_concept)) == {404}, rol
        assert set(antwoorden(achter)) == ({302} if not rol else {200} if rol in LEZERS else {403}), rol
    wie = set(Uitlevering.objects.values_list("door__username", flat=True))
    assert wie == {getattr(rollen, rol).username for rol in LEZERS}
