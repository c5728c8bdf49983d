"""The dossier of a version: what is in it, what is not, and that the same version gives the same bytes."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import posixpath
import re
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from programma import publicatie, uitvoer
from programma.afdruk import zetten
from programma.bewaard.maken import maak_bestanden
from programma.dossier import VERIFIEER, bouw, inhoud, keten, pak_in, verifieer
from programma.dossier.pak import Pak
from programma.dossier.website import herschrijf, herschrijf_css
from programma.models import Bestand, Versie
from programma.spoor import wijzigingslog
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd

ADRES = "/programmabegroting-2025/versie/1/"
SITE = "https://begroting.voorbeeld.nl"
ALTIJD = {
    "LEESMIJ.txt",
    "SHA256SUMS",
    "begroting.csv",
    "begroting.json",
    "gedrukte-totalen.csv",
    "inhoud-velden.json",
    "inhoud.json",
    "metadata.json",
    "publicaties.csv",
    "verifieer.py",
    "waarnemingen.csv",
}


@pytest.fixture
def snelle_zetter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typesetter that is not what the test is about."""
    monkeypatch.setattr(zetten, "zet", lambda gegevens, wachttijd: b"%PDF-1.7 nep")


def uitgepakt(octetten: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octetten)) as dossier:
        assert dossier.testzip() is None
        return {naam: dossier.read(naam) for naam in dossier.namelist()}


def vers(versie: Versie, oorsprong: str = SITE) -> dict[str, bytes]:
    uitgave = Versie.objects.voorbeeld(versie.pk)
    assert uitgave is not None
    with io.BytesIO() as bestand:
        pak_in(uitgave, bestand, vers=True, oorsprong=oorsprong)
        return uitgepakt(bestand.getvalue())


class TestInhoud:
    def test_alles_wat_nodig_is(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        inhoud = vers(versie)

        assert set(inhoud) >= ALTIJD
        assert hashlib.sha256(inhoud["inhoud.json"]).hexdigest() == versie.controlesom
        assert hashlib.sha256(inhoud["begroting.csv"]).hexdigest() == Bestand.objects.get(naam="begroting.csv").sha256
        assert inhoud["verifieer.py"] == VERIFIEER.read_bytes()
        sommen = dict(reversed(regel.split("  ")) for regel in inhoud["SHA256SUMS"].decode().splitlines())
        assert sommen == {n: hashlib.sha256(b).hexdigest() for n, b in inhoud.items() if n != "SHA256SUMS"}
        for woord in (
            "Demonstratie, geen publicatie",
            versie.anker,
            versie.controlesom,
            "python verifieer.py dossier.zip",
            '--anker "wat u bewaarde"',
            "als er niets te controleren viel",
        ):
            assert woord in inhoud["LEESMIJ.txt"].decode()
        metadata = json.loads(inhoud["metadata.json"])
        assert metadata["mdto"]["naam"] == "Programmabegroting 2025, versie 1"
        assert {rij["naam"] for rij in metadata["mdto"]["bestand"]} == set(inhoud) - {"SHA256SUMS", "metadata.json"}

    def test_geen_concept_en_geen_persoon(self, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(eerste, door=rollen.redacteur)
        maak_concept(rollen, document=maak_document(2026))
        Versie.objects.filter(pk=concept.pk).update(titel="Nog geheim")

        alles = b"\n".join(vers(eerste).values()).decode(errors="replace")

        for geheim in ("Nog geheim", "programmabegroting-2026", "rosa", "paula", "sam@"):
            assert geheim not in alles

    def test_een_concept_heeft_geen_paginas(self, rollen: Rollen) -> None:
        inhoud = vers(maak_concept(rollen))

        assert set(inhoud) == ALTIJD
        assert "geen openbaar adres" in inhoud["LEESMIJ.txt"].decode()
        assert json.loads(inhoud["metadata.json"])["status"] == "concept"

    def test_hetzelfde_is_hetzelfde(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        uitgave = Versie.objects.voorbeeld(versie.pk)
        assert uitgave is not None

        assert bouw(uitgave) == bouw(uitgave)

    def test_een_vast_aantal_vragen(self, rollen: Rollen) -> None:
        """Apart from the lines, which are read per programme (CSV and JSON), with one programme as with six."""

        def aantal(programmas: int, jaar: int) -> int:
            versie = maak_concept(rollen, programmas, maak_document(jaar))
            with CaptureQueriesContext(
                connection,
            ) as vragen:
                vers(versie)
            return len([vraag for vraag in vragen if not vraag["sql"].lstrip().startswith("COPY")])

        assert aantal(1, 2025) == aantal(6, 2026)


class TestPaginas:
    def test_ze_openen_van_schijf(self, rollen: Rollen) -> None:
        """Every reference leads to a file in the ZIP, to a place on the page, or to the full address."""
        inhoud = vers(maak_gepubliceerd(rollen, programmas=2))
        paginas = [naam for naam in inhoud if naam.endswith(".html")]
        assert f"html{ADRES}index.html" in paginas
        assert f"html{ADRES}programma/programma-2/pakket/2a/index.html" in paginas
        gezien = set()
        for naam in paginas:
            tekst = inhoud[naam].decode()
            assert "<script" not in tekst
            for verwijzing in re.findall(r'\s(?:href|src|action)="([^"]*)"', tekst):
                delen = urlsplit(verwijzing)
                if delen.scheme or not delen.path:
                    assert not delen.netloc or delen.netloc == urlsplit(SITE).netloc or delen.scheme == "https"
                    continue
                doel = posixpath.normpath(posixpath.join(posixpath.dirname(naam), delen.path))
                assert doel in inhoud, f"{naam}: {verwijzing}"
                gezien.add(doel)
        assert "begroting.csv" in gezien
        assert any(naam.endswith("stijl.css") for naam in gezien)
        assert any(naam.endswith(".woff2") for naam in inhoud)
        css = next(naam for naam in inhoud if naam.endswith("/stijl.css"))
        for verwijzing in re.findall(r"url\(([^)#'\"]+)\)", inhoud[css].decode()):
            if not verwijzing.startswith("data:"):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(css), verwijzing)) in inhoud, verwijzing

    def test_ze_zijn_wat_lezers_zien(self, client: Client, rollen: Rollen) -> None:
        inhoud = vers(maak_gepubliceerd(rollen))
        for pad in ("", "programma/programma-1/"):
            kaal = [
                re.sub(r"<script.*?</script>|<[^>]*>|\s+", " ", tekst, flags=re.S)
                for tekst in (inhoud[f"html{ADRES}{pad}index.html"].decode(), client.get(ADRES + pad).content.decode())
            ]
            assert kaal[0].split() == kaal[1].split()

    def test_herschrijven(self) -> None:
        doelen = {"/d/versie/1/": "html/d/versie/1/index.html", "/d/versie/1/a.csv": "a.csv"}
        onderdelen: dict[str, str] = {}
        html = (
            '<link rel="preload" href="/static/f/x.woff2" as="font" type="font/woff2" crossorigin>\n'
            '<link rel="stylesheet" href="/static/s.css"><link rel="canonical" href="/d/">'
            '<a href="/d/versie/1/#x">a</a>'
            '<a class="b" href="?bedragen=euro">b</a><a href="a.csv">c</a><a href="#y">d</a><form action="/zoeken/">'
            '<script src="/static/x.js" defer></script><a href="https://elders.nl/?a=1&amp;b=2">e</a>'
        )

        nieuw = herschrijf(html, "/d/versie/1/", doelen, onderdelen, SITE)

        assert nieuw == (
            '<link rel="stylesheet" href="../../../static/s.css"><link rel="canonical" href="https://begroting.voorbeeld'
            '.nl/d/"><a href="index.html#x">a</a><a class="b" href="https://begroting.voorbeeld.nl/d/versie/1/?bedragen'
            '=euro">b</a><a href="../../../../a.csv">c</a><a href="#y">d</a><form action="https://begroting.voorbeeld.nl'
            '/zoeken/"><a href="https://elders.nl/?a=1&amp;b=2">e</a>'
        )
        assert onderdelen == {"/static/s.css": "html/static/s.css"}
        zonder = herschrijf('<a class="b" href="/elders/">b</a>', "/d/versie/1/", doelen, onderdelen, "")
        assert zonder == '<a class="b">b</a>'
        assert herschrijf_css("a{b:url(f/x.woff2)}", "/static/s.css", onderdelen) == "a{b:url(f/x.woff2)}"
        assert onderdelen["/static/f/x.woff2"] == "html/static/f/x.woff2"


@pytest.mark.usefixtures("snelle_zetter")
class TestBewaard:
    def test_voor_lezers_wat_bewaard_is(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        assert client.get(f"{ADRES}dossier.zip").status_code == 404
        maak_bestanden(versie)

        antwoord = client.get(f"{ADRES}dossier.zip")
        octetten = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content

        bestand = Bestand.objects.get(versie=versie, naam="dossier.zip")
        assert hashlib.sha256(octetten).hexdigest() == bestand.sha256
        inhoud = uitgepakt(octetten)
        assert {"document.pdf", "begroting.xlsx", "narekenen.xlsx", "programma/programma-1/programma.pdf"} <= set(
            inhoud
        )
        assert json.loads(inhoud["metadata.json"])["gemaakt"] == "publicatie"
        assert client.get("/programmabegroting-2025/dossier.zip").status_code == 200

    def test_voor_de_controleur_wat_er_nu_is(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        adres = f"/beheer/controle/{versie.pk}/dossier.zip"
        assert client.get(adres).status_code == 302
        client.force_login(rollen.auditor)

        antwoord = client.get(adres)

        assert "no-store" in antwoord.headers["Cache-Control"]
        inhoud = uitgepakt(b"".join(antwoord.streaming_content))
        assert json.loads(inhoud["metadata.json"])["gemaakt"] == "vers"
        assert client.get("/beheer/controle/987654/dossier.zip").status_code == 404
        client.force_login(rollen.schrijver)
        assert client.get(adres).status_code == 403

    def test_bij_een_vers_dossier_staat_geen_sha256_van_het_bewaarde(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        maak_bestanden(versie)
        bewaard = Bestand.objects.get(versie=versie, naam="dossier.zip").sha256
        client.force_login(rollen.auditor)

        assert bewaard in client.get("/programmabegroting-2025/").content.decode()
        html = client.get(f"/beheer/controle/{versie.pk}/").content.decode()
        assert "Vers dossier (ZIP)" in html and bewaard not in html

    def test_het_programma_is_voor_iedereen(self, client: Client, rollen: Rollen) -> None:
        antwoord = client.get("/open-data/verifieer.py")

        assert antwoord.content == VERIFIEER.read_bytes()
        assert "attachment" in antwoord.headers["Content-Disposition"]
        assert "/open-data/verifieer.py" in client.get("/open-data/").content.decode()


class TestPak:
    @given(
        st.dictionaries(st.from_regex(r"[a-z]{1,8}\.[a-z]{2,3}", fullmatch=True), st.binary(max_size=200), max_size=6)
    )
    def test_zelfde_inhoud_zelfde_bytes(self, bestanden: dict[str, bytes]) -> None:
        keren = []
        for blokken in (1, 7):
            with io.BytesIO() as uit:
                with Pak(uit) as pak:
                    for naam, inhoud in bestanden.items():
                        stap = max(1, len(inhoud) // blokken)
                        pak.voeg_toe(naam, (inhoud[i : i + stap] for i in range(0, len(inhoud), stap)))
                keren.append(uit.getvalue())
        assert keren[0] == keren[1]
        assert {n: b for n, b in uitgepakt(keren[0]).items() if n != "SHA256SUMS"} == bestanden

    def test_een_naam_staat_er_een_keer_in(self) -> None:
        with io.BytesIO() as uit, Pak(uit) as pak:
            pak.voeg_toe("a.txt", b"1")
            with pytest.raises(ValueError, match=r"a\.txt"):
                pak.voeg_toe("a.txt", b"2")


class TestVerifieerIsEenBestand:
    def test_alleen_de_standaardbibliotheek_van_python_3_9(self) -> None:
        boom = ast.parse(VERIFIEER.read_text(encoding="utf-8"), feature_version=(3, 9))
        ingevoerd = {
            naam.split(".")[0]
            for knoop in ast.walk(boom)
            if isinstance(knoop, ast.Import | ast.ImportFrom)
            for naam in ([knoop.module or ""] if isinstance(knoop, ast.ImportFrom) else [a.name for a in knoop.names])
        }
        assert ingevoerd <= sys.stdlib_module_names
        # Written and read only: no file is made, nothing is started, nothing is sent.
        assert not ingevoerd & {"os", "shutil", "socket", "ssl", "subprocess", "tempfile", "urllib", "http"}

    def test_de_kolommen_zijn_die_van_de_site(self) -> None:
        assert verifieer.CSVKOP == uitvoer.KOP
        assert verifieer.LOGKOP == wijzigingslog.KOP
        assert (verifieer.GEDRUKTKOP, verifieer.WAARNEMINGKOP) == (inhoud.KOP_GEDRUKT, inhoud.KOP_WAARNEMINGEN)
        assert verifieer.PUBLICATIEKOP == keten.KOP
        assert Path(verifieer.__file__) == VERIFIEER
