"""The chain of publications, as anyone can compute it again with nothing but a script and the file."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.test import Client

from programma import publicatie
from programma.models import Versie
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd, publiceer

ADRES = "/open-data/ankers.csv"
WORTEL = "/programmabegroting-2025/"
# What an auditor needs: hashlib, and a CSV without quotes.
NAREKENEN = """
import hashlib, sys
kop, *regels = sys.stdin.read().split("\\r\\n")[:-1]
assert kop == "document,versie,gepubliceerd_op,peilmoment,controlesom,historiekop,vorig_anker,anker", kop
vorig = ""
for regel in regels:
    document, versie, op, peilmoment, controlesom, historiekop, vorig_anker, anker = regel.split(",")
    assert vorig_anker == vorig, f"{document} {versie} volgt niet op de vorige"
    nagerekend = hashlib.sha256("\\n".join([vorig, controlesom, peilmoment, historiekop]).encode()).hexdigest()
    assert anker == nagerekend, f"{document} {versie} heeft een ander anker"
    vorig = anker
print(len(regels), vorig)
"""


def _reken_na(inhoud: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-I", "-c", NAREKENEN], input=inhoud, capture_output=True, check=False)


@pytest.fixture
def keten(rollen: Rollen) -> Versie:
    """Three publications, the second of which was withdrawn, and a concept."""
    eerste = maak_gepubliceerd(rollen)
    tweede = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)
    publicatie.trek_in(tweede, door=rollen.publicist, reden="Een fout.")
    derde = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)
    publicatie.maak_concept(derde, door=rollen.redacteur)
    return derde


class TestKeten:
    def test_een_script_rekent_de_keten_na(self, client: Client, keten: Versie) -> None:
        gedaan = _reken_na(client.get(ADRES).content)

        assert gedaan.stderr == b""
        assert gedaan.stdout.decode().split() == ["3", keten.anker]

    @pytest.mark.parametrize("regel", [1, 2])
    def test_een_publicatie_die_weg_is_breekt_de_keten(self, client: Client, keten: Versie, regel: int) -> None:
        regels = client.get(ADRES).content.split(b"\r\n")
        del regels[regel]

        assert b"volgt niet op de vorige" in _reken_na(b"\r\n".join(regels)).stderr

    def test_een_ander_controlegetal_breekt_de_keten(self, client: Client, keten: Versie) -> None:
        inhoud = client.get(ADRES).content.replace(keten.controlesom.encode(), b"0" * 64)

        assert b"heeft een ander anker" in _reken_na(inhoud).stderr

    def test_met_de_historie_erin(self, client: Client, vaste_rollen: Rollen) -> None:
        """Committed, there is a head of the history before each publication."""
        eerste = maak_gepubliceerd(vaste_rollen)
        tweede = publiceer(publicatie.maak_concept(eerste, door=vaste_rollen.redacteur), vaste_rollen)
        inhoud = client.get(ADRES).content

        assert tweede.historiekop and tweede.historiekop in inhoud.decode()
        assert _reken_na(inhoud).stdout.decode().split() == ["2", tweede.anker]

    def test_een_concept_en_een_intrekking_veranderen_niets(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        toen = client.get(ADRES).content
        publicatie.maak_concept(versie, door=rollen.redacteur)
        publicatie.trek_in(versie, door=rollen.publicist, reden="Een fout.")

        assert client.get(ADRES).content == toen

    def test_zonder_publicaties(self, client: Client, rollen: Rollen) -> None:
        maak_concept(rollen)

        assert client.get(ADRES).content.count(b"\r\n") == 1
        assert 'id="ankers"' not in client.get("/open-data/").content.decode()


class TestOpDePagina:
    @pytest.mark.parametrize(
        "pad",
        [
            *("", "autorisatie/", "programma/programma-1/", "programma/programma-1/pakket/1a/"),
            *("bedrag/lasten/primair-2025/", "programma/programma-1/bedrag/lasten/primair-2025/"),
        ],
    )
    def test_elke_bladzijde_van_een_versie_noemt_haar_bewijs(
        self, client: Client, vaste_rollen: Rollen, pad: str
    ) -> None:
        versie = maak_gepubliceerd(vaste_rollen)

        antwoord = client.get(WORTEL + pad)

        tekst = antwoord.content.decode()
        assert antwoord.status_code == 200
        assert all(f"<code>{deel}</code>" in tekst for deel in (f"sha256 {versie.anker}", versie.historiekop))
        assert f'<div class="drukvoet"><p>{versie.titel}, versie 1: controlegetal {versie.controlesom[:16]}' in tekst
        assert antwoord.headers["X-Anker"] == versie.anker

    @pytest.mark.parametrize("pad", ["begroting.csv", "autorisatie.csv", "programmas.csv"])
    def test_een_bestand_noemt_het_anker_in_een_kop(self, client: Client, rollen: Rollen, pad: str) -> None:
        versie = maak_gepubliceerd(rollen)

        koppen = client.get(WORTEL + pad).headers
        assert (koppen["X-Controlesom"], koppen["X-Anker"]) == (versie.controlesom, versie.anker)

    def test_een_voorbeeld_heeft_geen_bewijs(self, client: Client, rollen: Rollen) -> None:
        concept = maak_concept(rollen)
        client.force_login(rollen.auditor)

        antwoord = client.get(f"/beheer/voorbeeld/{concept.pk}/")
        assert antwoord.status_code == 200
        assert "drukvoet" not in antwoord.content.decode() and "X-Anker" not in antwoord.headers

    def test_een_bladzijde_over_versies_heen_noemt_elke_versie(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        for pad in ("/", f"/vergelijken/?a={WORTEL[1:]}1&b={WORTEL[1:]}1"):
            tekst = client.get(pad).content.decode()
            assert f"<code>sha256 {versie.anker}</code>" in tekst and 'class="drukvoet"' in tekst
