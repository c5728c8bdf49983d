"""The heading over a chart: written by an officer, with the figures of then, and carried along."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from programma import publicatie
from programma.jaar.nieuw_jaar import nieuw_jaar
from programma.models import Bedrag, Programma, Versie
from programma.raming import Kolom, Raming, Stand
from programma.toetsing.controles import Code
from programma.toetsing.grafiekkop import cijfers
from programma.toetsing.keuring import bereken_controlesom, bevindingen, grafiekcijfers
from tests.bouwers import Rollen, maak_concept, publiceer
from veiligheid.namens import namens

KOP = "De kosten van de brandweer stijgen"
KOLOM = Kolom(2025, "primair")
PAGINA = "/programmabegroting-2025/programma/programma-1/"
centen = st.integers(-(10**12), 10**12).map(lambda aantal: Decimal(aantal).scaleb(-2))
vast = settings(derandomize=True, deadline=None, max_examples=200)


@vast
@given(centen, centen)
def test_andere_lasten_zijn_andere_cijfers(een: Decimal, twee: Decimal) -> None:
    def tekst(lasten: Decimal) -> str:
        return cijfers([KOLOM], Raming({KOLOM: Stand(lasten=lasten)}))

    assert (tekst(een) == tekst(twee)) == (een == twee)


def test_cijfers_zijn_te_lezen() -> None:
    kolommen = [Kolom(2024, "na_wijziging"), KOLOM]
    raming = Raming({KOLOM: Stand(lasten=Decimal("-1234.50"), baten=Decimal(9))})

    assert cijfers(kolommen, raming) == "na wijziging 2024: €\u00a00; primair 2025: €\u00a01.234,50"
    assert cijfers([], raming) == ""


@pytest.fixture
def concept(rollen: Rollen) -> Versie:
    return maak_concept(rollen)


def bewaar(client: Client, rollen: Rollen, concept: Versie, kop: str) -> Programma:
    """Save the form of the programme as the officer does."""
    programma = Programma.objects.get(versie=concept)
    client.force_login(rollen.redacteur)
    adres = f"/beheer/programma/programma/{programma.pk}/change/"
    formulier = client.get(adres).context["adminform"].form
    velden = {naam: formulier[naam].value() or "" for naam in formulier.fields} | {"grafiekkop": kop}
    gezien = {veld.name: veld.value() for veld in formulier if veld.is_hidden}
    antwoord = client.post(adres, velden | gezien | verborgen(client.get(adres).content.decode()))
    assert antwoord.status_code == 302, antwoord.content.decode()[:3000]
    programma.refresh_from_db()
    return programma


def verborgen(html: str) -> dict[str, str]:
    """Return the hidden fields of a page: what the form says it was looking at."""
    invoer = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", html)
    paren = [(re.search(r"name=\"([^\"]*)\"", veld), re.search(r"value=\"([^\"]*)\"", veld)) for veld in invoer]
    return {naam[1]: unescape(waarde[1]) for naam, waarde in paren if naam and waarde}


class TestBewaren:
    """The form of the programme."""

    def test_de_bedragen_van_nu_komen_erbij(self, client: Client, rollen: Rollen, concept: Versie) -> None:
        programma = bewaar(client, rollen, concept, KOP)

        assert programma.grafiekkop == KOP
        assert programma.grafiekkop_bij == grafiekcijfers(programma) != ""
        assert Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN not in {bevinding.code for bevinding in bevindingen(concept)}

    def test_andere_bedragen_worden_gemeld_tot_iemand_kijkt(
        self, client: Client, rollen: Rollen, concept: Versie
    ) -> None:
        bewaar(client, rollen, concept, KOP)
        with namens(rollen.redacteur.pk):
            Bedrag.objects.filter(versie=concept, regel__soort="lasten", kolom__jaar=2026).update(euro=-5)
        assert Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN in {bevinding.code for bevinding in bevindingen(concept)}

        bewaar(client, rollen, concept, KOP)

        assert Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN not in {bevinding.code for bevinding in bevindingen(concept)}

    def test_zonder_kop_zijn_er_geen_bedragen(self, client: Client, rollen: Rollen, concept: Versie) -> None:
        bewaar(client, rollen, concept, KOP)

        assert bewaar(client, rollen, concept, "").grafiekkop_bij == ""


class TestKop:
    """Where the heading goes."""

    def zet(self, rollen: Rollen, concept: Versie) -> None:
        programma = Programma.objects.get(versie=concept)
        with namens(rollen.redacteur.pk):
            Programma.objects.filter(pk=programma.pk).update(grafiekkop=KOP, grafiekkop_bij=grafiekcijfers(programma))

    def test_op_de_pagina_in_plaats_van_de_berekende(self, client: Client, rollen: Rollen, concept: Versie) -> None:
        self.zet(rollen, concept)
        publiceer(concept, rollen)

        tekst = client.get(PAGINA).content.decode()
        assert f'<h3 id="g1-kop">{KOP}</h3>' in tekst
        assert "De lasten blijven ongeveer gelijk" not in tekst

    def test_zonder_kop_staat_er_een_berekende(self, client: Client, rollen: Rollen, concept: Versie) -> None:
        publiceer(concept, rollen)

        assert "De lasten blijven ongeveer gelijk" in client.get(PAGINA).content.decode()

    def test_hij_hoort_bij_de_controlesom(self, rollen: Rollen, concept: Versie) -> None:
        zonder = bereken_controlesom(concept)
        self.zet(rollen, concept)
        met = bereken_controlesom(concept)
        with namens(rollen.redacteur.pk):
            Programma.objects.filter(versie=concept).update(grafiekkop_bij="")

        assert zonder != met == bereken_controlesom(concept)

    def test_een_nieuwe_versie_en_een_nieuw_jaar_nemen_hem_mee(self, rollen: Rollen, concept: Versie) -> None:
        self.zet(rollen, concept)
        versie = publiceer(concept, rollen)
        kopie = publicatie.maak_concept(versie, door=rollen.redacteur)
        jaar, _ = nieuw_jaar(versie, door=rollen.redacteur)

        for ander, verouderd in ((kopie, False), (jaar, True)):
            programma = Programma.objects.get(versie=ander)
            assert programma.grafiekkop == KOP and programma.grafiekkop_bij
            codes = {bevinding.code for bevinding in bevindingen(ander)}
            assert (Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN in codes) == verouderd
