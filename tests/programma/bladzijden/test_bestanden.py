"""The files of a version by way of the address: what a filter gives, what the headers prove, what is refused."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from programma import publicatie
from programma.models import Bestand, Bestandinhoud, Versie
from programma.uitvoer import BEGROTING_SCHEMA, PARAMETERS, SCHEMA_ADRES
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]
WORTEL = "/programmabegroting-2025/"
PRIVE = "no-store, max-age=0, no-cache, must-revalidate, private"
BESTANDEN = ("begroting.csv", "begroting.json", "programma/programma-1/begroting.csv")
NAMEN = (*BESTANDEN, "uitvoer/", "SHA256SUMS", "datapackage.json")


@pytest.fixture
def versie(rollen: Rollen) -> Versie:
    return maak_gepubliceerd(rollen, 2)


def inhoud(antwoord: Any) -> bytes:
    return b"".join(antwoord) if antwoord.streaming else bytes(antwoord.content)


def rijen(client: Client, pad: str) -> list[dict[str, str]]:
    antwoord = client.get(WORTEL + pad)
    assert antwoord.status_code == 200, pad
    return list(csv.DictReader(io.StringIO(inhoud(antwoord).decode(), newline="")))


@pytest.mark.parametrize("programmas", [1, 50])
def test_aantal_vragen(client: Client, rollen: Rollen, django_assert_num_queries: Tel, programmas: int) -> None:
    """COPY passes Django's counting by."""
    publiceer(maak_concept(rollen, programmas), rollen)

    for pad, aantal in (
        ("uitvoer/", 4),
        ("uitvoer/?gewijzigd_sinds=2020-01-01&jaar=2025&programma=1", 4),
        ("begroting.csv", 2),
        ("begroting.csv?jaar=2025", 3),
        ("begroting.csv?gewijzigd_sinds=2020-01-01", 4),
        ("begroting.json", 3),
        ("begroting.json?jaar=2025", 4),
        ("SHA256SUMS", 2),
        ("datapackage.json", 4),
    ):
        with django_assert_num_queries(aantal):
            assert inhoud(client.get(WORTEL + pad))


class TestFilter:
    """The address is the filter."""

    @pytest.mark.parametrize(
        ("vraag", "aantal"),
        [
            ("", 24),
            ("?programma=2", 12),
            ("?programma=1&programma=2", 24),
            ("?pakket=1A&soort=lasten", 6),
            ("?jaar=2025&jaar=2026&fase=primair", 8),
            ("?taakveld=geen", 24),
            ("?gewijzigd_sinds=2020-01-01", 24),
            ("?gewijzigd_sinds=2098-01-01", 0),
            ("?soort=&jaar=&gewijzigd_sinds=&vorm=", 24),
        ],
    )
    def test_csv_en_json(self, client: Client, versie: Versie, vraag: str, aantal: int) -> None:
        gelezen = rijen(client, f"begroting.csv{vraag}")
        data = json.loads(inhoud(client.get(f"{WORTEL}begroting.json{vraag.replace('&vorm=', '')}")))

        assert len(gelezen) == aantal
        assert [(rij["regel"], rij["jaar"], rij["bedrag"]) for rij in gelezen] == [
            (regel["regel"], str(bedrag["jaar"]), bedrag["bedrag"])
            for regel in data["regels"]
            for bedrag in regel["bedragen"]
        ]

    def test_van_een_programma(self, client: Client, versie: Versie) -> None:
        gelezen = rijen(client, "programma/programma-2/begroting.csv?soort=baten&jaar=2025")

        assert [rij["regel"] for rij in gelezen] == ["p2-baten"]
        heel, deel = (
            client.get(f"{WORTEL}{pad}") for pad in ("begroting.csv?programma=2", NAMEN[2].replace("1/", "2/"))
        )
        assert inhoud(heel) == inhoud(deel)

    def test_voor_excel(self, client: Client, versie: Versie) -> None:
        tekst = inhoud(client.get(f"{WORTEL}begroting.csv?vorm=excel&soort=lasten&jaar=2025")).decode()

        assert tekst.startswith("\ufeffdocument;versie;")
        assert tekst.count("\r\n") == 3 and ";-1000,00;1\r\n" in tekst

    def test_een_deel_heet_niet_als_het_geheel(self, client: Client, versie: Versie) -> None:
        namen = [
            client.get(f"{WORTEL}begroting.csv{vraag}").headers["Content-Disposition"] for vraag in ("", "?jaar=2025")
        ]

        assert namen == [
            'attachment; filename="programmabegroting-2025-v1-begroting.csv"',
            'attachment; filename="programmabegroting-2025-v1-begroting-selectie.csv"',
        ]

    @pytest.mark.parametrize("naam", ["begroting.csv", "begroting.json", "uitvoer/"])
    @pytest.mark.parametrize(
        ("vraag", "zin"),
        [
            ("?kleur=rood", "De parameter “kleur” bestaat niet. Er is: programma, pakket, taakveld"),
            (
                "?soort=winst",
                "De waarde “winst” van “soort” bestaat niet. Er is: lasten, baten, toevoeging, onttrekking.",
            ),
            ("?soort=toevoeging", "De waarde “toevoeging” van “soort” bestaat niet. Er is: baten, lasten."),
            ("?programma=9", "De waarde “9” van “programma” bestaat niet. Er is: 1, 2."),
            ("?programma=%00", "van “programma” is geen code."),
            ("?pakket=" + "1" * 3000, "van “pakket” is geen code."),
            ("?taakveld=1.1", "De waarde “1.1” van “taakveld” bestaat niet. Er is: geen."),
            ("?jaar=2099", "De waarde “2099” van “jaar” bestaat niet. Er is: 2023, 2024, 2025, 2026, 2027, 2028."),
            ("?jaar=2025'", "is geen jaar van vier cijfers."),
            ("?gewijzigd_sinds=gisteren", "De waarde “gisteren” van “gewijzigd_sinds” is geen dag."),
            ("?gewijzigd_sinds=2025-13-01", "is geen dag."),
            ("?%00=1", "bestaat niet."),
            ("?<script>=1", "De parameter “&lt;script&gt;” bestaat niet."),
        ],
    )
    def test_wat_niet_kan_krijgt_een_zin(self, client: Client, versie: Versie, naam: str, vraag: str, zin: str) -> None:
        antwoord = client.get(f"{WORTEL}{naam}{vraag}")

        assert antwoord.status_code == 400
        assert zin in antwoord.content.decode()
        assert f'href="{WORTEL}uitvoer/"' in antwoord.content.decode()

    @pytest.mark.parametrize(
        "pad",
        [
            "begroting.csv?vorm=pdf",
            "begroting.json?vorm=excel",
            "uitvoer/?vorm=excel",
            "programma/programma-1/begroting.csv?programma=1",
        ],
    )
    def test_wat_hier_niet_kan(self, client: Client, versie: Versie, pad: str) -> None:
        assert client.get(WORTEL + pad).status_code == 400

    def test_dezelfde_waarde_vaak(self, client: Client, versie: Versie) -> None:
        assert len(rijen(client, f"begroting.csv?{'jaar=2025&' * 2000}")) == 4

    @pytest.mark.parametrize("slug", ["onbekend", "programma-9", "programma-1-"])
    def test_een_onbekend_programma(self, client: Client, versie: Versie, slug: str) -> None:
        assert client.get(f"{WORTEL}programma/{slug}/begroting.csv").status_code == 404


class TestKoppen:
    """The headers say what was recorded at publication, and who checks finds that it is so."""

    @pytest.mark.parametrize("naam", BESTANDEN)
    @pytest.mark.parametrize("wortel", [WORTEL, WORTEL + "versie/1/"])
    def test_de_sha256_staat_in_de_koppen(self, client: Client, versie: Versie, naam: str, wortel: str) -> None:
        antwoord = client.get(wortel + naam)
        som = hashlib.sha256(inhoud(antwoord))

        assert antwoord.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(som.digest()).decode()}:"
        assert antwoord.headers["ETag"] == f'"{som.hexdigest()}"'
        assert som.hexdigest() == Bestand.objects.get(versie=versie, naam=naam).sha256

    @pytest.mark.parametrize("naam", BESTANDEN)
    def test_head(self, client: Client, versie: Versie, naam: str) -> None:
        antwoord, heel = client.head(WORTEL + naam), client.get(WORTEL + naam)

        assert (antwoord.status_code, inhoud(antwoord)) == (200, b"")
        for kop in ("ETag", "Repr-Digest", "Content-Type", "Content-Disposition"):
            assert antwoord.headers[kop] == heel.headers[kop]

    def test_wie_het_al_heeft(self, client: Client, versie: Versie) -> None:
        for pad in ("begroting.json", "begroting.csv?jaar=2025", "begroting.json?jaar=2025"):
            kenmerk = client.get(WORTEL + pad).headers["ETag"]
            assert client.get(WORTEL + pad, headers={"if-none-match": kenmerk}).status_code == 304
            assert client.get(f"{WORTEL}begroting.csv", headers={"if-none-match": kenmerk}).status_code == 200

    def test_van_een_keuze_en_voor_excel_is_niets_vastgelegd(self, client: Client, versie: Versie) -> None:
        for vraag in ("?jaar=2025", "?vorm=excel", "?vorm=excel&jaar=2025"):
            antwoord = client.get(f"{WORTEL}begroting.csv{vraag}")
            assert "Repr-Digest" not in antwoord.headers
            assert antwoord.headers["ETag"].endswith('-excel"') == ("excel" in vraag)

    def test_pdf(self, client: Client, versie: Versie) -> None:
        pdf = b"%PDF-1.7 proef"
        som = hashlib.sha256(pdf)
        with namens(None):
            bestand = Bestand.objects.create(
                versie=versie, naam="document.pdf", omvang=len(pdf), regels=0, sha256=som.hexdigest()
            )
            Bestandinhoud.objects.create(
                bestand=bestand, controlesom=versie.controlesom, gemaakt_met="proef", inhoud=pdf
            )

        for antwoord in (client.get(f"{WORTEL}document.pdf"), client.head(f"{WORTEL}document.pdf")):
            assert antwoord.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(som.digest()).decode()}:"
            assert antwoord.headers["ETag"] == f'"{som.hexdigest()}"'
            assert antwoord.headers["Content-Length"] == str(len(pdf))


class TestBeschrijvingen:
    """SHA256SUMS, datapackage.json and the schema."""

    def test_sha256sums(self, client: Client, versie: Versie) -> None:
        antwoord = client.get(f"{WORTEL}SHA256SUMS")
        regels = [regel.split("  ", 1) for regel in antwoord.content.decode().splitlines()]

        assert antwoord.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert [naam for _, naam in regels] == [
            *("begroting.csv", "begroting.json"),
            *("programma/programma-1/begroting.csv", "programma/programma-2/begroting.csv"),
        ]
        for som, naam in regels:
            assert hashlib.sha256(inhoud(client.get(WORTEL + naam))).hexdigest() == som

    def test_sha256sums_met_de_namen_van_een_browser(self, client: Client, versie: Versie) -> None:
        """Who saves the files with a browser, can check them without giving them another name."""
        antwoord = client.get(f"{WORTEL}SHA256SUMS", {"namen": "download"})

        assert antwoord.headers["Content-Disposition"] == (
            'attachment; filename="programmabegroting-2025-v1-SHA256SUMS"'
        )
        paden = [regel.split("  ", 1)[1] for regel in client.get(f"{WORTEL}SHA256SUMS").content.decode().splitlines()]
        for regel, pad in zip(antwoord.content.decode().splitlines(), paden, strict=True):
            som, naam = regel.split("  ", 1)
            gehaald = client.get(WORTEL + pad)
            assert gehaald.headers["Content-Disposition"] == f'attachment; filename="{naam}"'
            assert hashlib.sha256(inhoud(gehaald)).hexdigest() == som

    def test_datapackage(self, client: Client, versie: Versie, django_assert_num_queries: Tel) -> None:
        with django_assert_num_queries(4):
            antwoord = client.get(f"{WORTEL}datapackage.json")
        data = json.loads(antwoord.content)

        assert (data["name"], data["controlesom"]) == ("programmabegroting-2025-v1", versie.controlesom)
        assert len(data["resources"]) == 4
        for bron in data["resources"]:
            bytes_ = inhoud(client.get(WORTEL + bron["path"]))
            assert (bron["bytes"], bron["hash"]) == (len(bytes_), f"sha256:{hashlib.sha256(bytes_).hexdigest()}")
        assert client.get(f"{WORTEL}datapackage.json").content == antwoord.content

    def test_het_schema(self, client: Client) -> None:
        antwoord = client.get(SCHEMA_ADRES)

        assert antwoord.status_code == 200
        assert json.loads(antwoord.content) == json.loads(json.dumps(BEGROTING_SCHEMA))

    def test_een_raadsbesluit_verandert_geen_bestand(self, client: Client, versie: Versie, rollen: Rollen) -> None:
        vooraf = {naam: inhoud(client.get(WORTEL + naam)) for naam in (*BESTANDEN, "SHA256SUMS", "datapackage.json")}
        publicatie.stel_vast(versie, door=rollen.publicist, nummer="R1", datum=timezone.localdate())

        assert {naam: inhoud(client.get(WORTEL + naam)) for naam in vooraf} == vooraf


class TestEmbargo:
    """Nothing of a concept without a login: its exports are as unknown as nonsense."""

    @pytest.mark.parametrize("naam", NAMEN)
    @pytest.mark.parametrize("vraag", ["", "?jaar=2025", "?jaar=onzin"])
    def test_een_concept(self, client: Client, rollen: Rollen, naam: str, vraag: str) -> None:
        maak_concept(rollen, 2)
        onzin = client.get("/bestaat-niet/")

        for wortel in (WORTEL, f"{WORTEL}versie/1/"):
            antwoord = client.get(wortel + naam + vraag)
            assert (antwoord.status_code, antwoord.content) == (404, onzin.content)

    @pytest.mark.parametrize("naam", NAMEN)
    def test_naast_een_publicatie(self, client: Client, versie: Versie, rollen: Rollen, naam: str) -> None:
        publicatie.maak_concept(versie, door=rollen.redacteur)

        assert client.get(f"{WORTEL}versie/2/{naam}").status_code == 404
        assert client.get(f"{WORTEL}versie/1/{naam}").status_code == 200

    @pytest.mark.parametrize("naam", NAMEN)
    def test_ingetrokken(self, client: Client, versie: Versie, rollen: Rollen, naam: str) -> None:
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")

        assert client.get(WORTEL + naam).status_code == 410

    @pytest.mark.parametrize("naam", ["begroting.csv", "begroting.json", "uitvoer/"])
    def test_een_auditor_ziet_een_concept(self, client: Client, rollen: Rollen, naam: str) -> None:
        concept = maak_concept(rollen)
        begin = f"/beheer/voorbeeld/{concept.pk}/"
        client.force_login(rollen.auditor)

        antwoord = client.get(f"{begin}{naam}?soort=lasten")
        tekst = inhoud(antwoord).decode()

        assert (antwoord.status_code, antwoord.headers["Cache-Control"]) == (200, PRIVE)
        assert "p1-lasten" in tekst and "p1-baten" not in tekst
        assert not {"ETag", "Repr-Digest"} & set(antwoord.headers)
        assert client.get(f"{begin}SHA256SUMS").status_code == client.get(f"{begin}datapackage.json").status_code == 404

    def test_geen_persoon_in_een_uitvoer(self, client: Client, versie: Versie, rollen: Rollen) -> None:
        for naam in NAMEN:
            tekst = inhoud(client.get(f"{WORTEL}{naam}{'?gewijzigd_sinds=2020-01-01' if 'SUMS' not in naam else ''}"))
            for persoon in (rollen.redacteur, rollen.publicist):
                assert persoon.username.encode() not in tekst.lower()


def test_het_formulier_kent_elke_parameter(client: Client, versie: Versie) -> None:
    html = client.get(f"{WORTEL}uitvoer/").content.decode()

    assert all(f'name="{naam}"' in html for naam in PARAMETERS)


def test_na_toon_is_het_adres_de_keuze(client: Client, versie: Versie) -> None:
    """A form sends its empty fields too, in its own order."""
    antwoord = client.get(f"{WORTEL}uitvoer/?soort=lasten&programma=2&programma=1&soort=lasten&gewijzigd_sinds=")

    assert (antwoord.status_code, antwoord.headers["Location"]) == (
        302,
        f"{WORTEL}uitvoer/?programma=1&programma=2&soort=lasten",
    )
    assert client.get(antwoord.headers["Location"]).status_code == 200
    assert client.get(f"{WORTEL}versie/1/uitvoer/?jaar=").headers["Location"] == f"{WORTEL}versie/1/uitvoer/"


def test_de_links_op_de_pagina_bestaan(client: Client, versie: Versie) -> None:
    for pad in ("", "programma/programma-1/"):
        html = client.get(WORTEL + pad).content.decode()
        wens = f"{WORTEL}uitvoer/{'?programma=1' if pad else ''}"
        assert f'href="{wens}"' in html
        assert client.get(wens).status_code == 200
    assert f'href="{WORTEL}versie/1/uitvoer/"' in client.get("/open-data/").content.decode()
