"""The pages over all documents: connected parties and indicators, as the current published versions have them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client

from indicatoren.models import Gebied, Indicator, Waarneming
from indicatoren.reeks import Status
from programma import publicatie
from programma.models import (
    Deelname,
    Doel,
    Doelindicator,
    Kolom,
    Pakket,
    Partijcijfers,
    Programma,
    Programmaindicator,
    VerbondenPartij,
    Versie,
)
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import JAAR, SAMENVATTING, Rollen, maak_concept, maak_document, publiceer
from veiligheid.namens import namens

D = Decimal
Tel = Callable[[int], AbstractContextManager[object]]
PARTIJ = "/verbonden-partijen/regio/"
INDICATOR = "/indicatoren/diefstal/"
LIJSTEN = ["/verbonden-partijen/", "/verbonden-partijen/partijen.csv", "/indicatoren/", "/indicatoren.csv"]
EIGEN = [PARTIJ, INDICATOR, "/indicatoren/diefstal.csv"]
ALLE = [*LIJSTEN, *EIGEN]


@pytest.fixture
def regio(rollen: Rollen) -> VerbondenPartij:
    """The party."""
    with namens(rollen.redacteur.pk):
        partij: VerbondenPartij = VerbondenPartij.objects.create(
            slug="regio", naam="Regio", soort="gemeenschappelijke_regeling"
        )
    return partij


@pytest.fixture
def gemeente(db: None) -> Gebied:
    """The municipality of this installation."""
    gebied: Gebied = Gebied.objects.create(code=settings.GEMEENTE, soort=Gebied.Soort.GEMEENTE)
    return gebied


@pytest.fixture
def diefstal(gemeente: Gebied) -> Indicator:
    """The indicator, measured in 2022 and 2023."""
    indicator: Indicator = Indicator.objects.create(slug="diefstal", naam="Diefstal", eenheid="per 1.000")
    meet(indicator, gemeente, 2022, "1.1")
    meet(indicator, gemeente, 2023, "2.2")
    return indicator


def meet(indicator: Indicator, gebied: Gebied, jaar: int, waarde: str | None) -> None:
    status = Status.NB if waarde is None else Status.WAARDE
    Waarneming.objects.create(
        indicator=indicator, gebied=gebied, jaar=jaar, waarde=None if waarde is None else D(waarde), status=status
    )


def noem(versie: Versie, rollen: Rollen, partij: VerbondenPartij, *jaren: int, **velden: Any) -> None:
    """Let every programme of a concept mention the party, with figures of these years."""
    leeg = {"onbekend_reden": "Nog niet ontvangen.", **velden}
    with namens(rollen.redacteur.pk):
        for programma in Programma.objects.filter(versie=versie):
            Deelname.objects.create(
                versie=versie, programma=programma, partij=partij, naam=partij.naam, soort=partij.soort, taak="Brand"
            )
        for jaar in jaren:
            Partijcijfers.objects.create(versie=versie, partij=partij, jaar=jaar, **leeg)


def gebruik(versie: Versie, rollen: Rollen, indicator: Indicator) -> None:
    """Let every programme of a concept show the indicator, and one goal be measured with it."""
    with namens(rollen.redacteur.pk):
        for programma in Programma.objects.filter(versie=versie):
            Programmaindicator.objects.create(versie=versie, programma=programma, indicator=indicator)
        Doelindicator.objects.create(versie=versie, doel=Doel.objects.filter(versie=versie)[0], indicator=indicator)


def leeg_concept(rollen: Rollen, jaar: int = JAAR, programmas: int = 1) -> Versie:
    """Make a concept of a budget, with the columns of its own years: those of another year must lie apart from them."""
    versie = maak_concept(rollen, programmas, maak_document(jaar))
    if jaar != JAAR:
        with namens(rollen.redacteur.pk):
            Kolom.objects.filter(versie=versie).update(jaar=F("jaar") + jaar - JAAR)
    return versie


def concept(rollen: Rollen, partij: VerbondenPartij, indicator: Indicator, jaar: int = JAAR, **velden: Any) -> Versie:
    """Make a concept that mentions the party and uses the indicator."""
    versie = leeg_concept(rollen, jaar)
    noem(versie, rollen, partij, JAAR, **velden)
    gebruik(versie, rollen, indicator)
    return versie


def lees(client: Client, pad: str) -> str:
    """Return the text at an address, streamed or not."""
    antwoord = client.get(pad)
    assert antwoord.status_code == 200, pad
    return (antwoord.getvalue() if antwoord.streaming else antwoord.content).decode("utf-8-sig")


def rijen(client: Client, pad: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(lees(client, pad), newline="")))


def ruw(client: Client, pad: str) -> tuple[int, bytes]:
    """Return how an address answers: its status and its bytes."""
    antwoord = client.get(pad)
    return antwoord.status_code, antwoord.getvalue() if antwoord.streaming else antwoord.content


class TestElkAdres:
    """Every address, whatever is published and whoever asks."""

    def test_gepubliceerd(self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator) -> None:
        publiceer(concept(rollen, regio, diefstal), rollen)

        for pad in ALLE:
            antwoord = client.get(pad)
            assert antwoord.status_code == client.head(pad).status_code == 200, pad
            assert "public" in antwoord["Cache-Control"] and not antwoord.cookies, pad
            assert client.post(pad).status_code == 405, pad
        assert all("Regio" in lees(client, pad) for pad in (*LIJSTEN[:2], PARTIJ))
        assert all("Diefstal" in lees(client, pad) for pad in (*LIJSTEN[2:], INDICATOR))

    @pytest.mark.parametrize("status", ["concept", "ingediend", "goedgekeurd", "ingetrokken"])
    @pytest.mark.parametrize("wie", ["publiek", "redacteur"])
    def test_wat_niet_gepubliceerd_is_bestaat_niet(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator, status: str, wie: str
    ) -> None:
        """A page answers as for nonsense, byte for byte; a list as if there were no document at all."""
        onzin = {pad: pad.replace("regio", "onzin").replace("diefstal", "onzin") for pad in ALLE}
        voor = {pad: ruw(client, anders) for pad, anders in onzin.items()}
        versie = concept(rollen, regio, diefstal)
        if status != "concept":
            publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        if status in {"goedgekeurd", "ingetrokken"}:
            publicatie.keur_goed(versie, door=rollen.publicist)
        if status == "ingetrokken":
            publicatie.publiceer(versie, door=rollen.publicist)
            publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")
        if wie != "publiek":
            client.force_login(rollen.redacteur)

        na = {pad: ruw(client, pad) for pad in ALLE}

        assert na == voor
        assert {pad: code for pad, (code, _) in na.items()} == {pad: 200 if pad in LIJSTEN else 404 for pad in ALLE}

    def test_onzin_in_de_vraag(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        publiceer(concept(rollen, regio, diefstal), rollen)

        for vraag in ("?vorm=excel", "?vorm=%00", "?vorm=%F0%9F%A6%84&x=" + "a" * 3000, "?partij='"):
            for pad in ALLE:
                assert client.get(pad + vraag).status_code == 200, pad + vraag

    def test_wat_later_verandert_verandert_niets(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        """A concept, a later name of the party, a later measurement: each page stays as it was published."""
        gepubliceerd = publiceer(concept(rollen, regio, diefstal), rollen)
        voor = {pad: lees(client, pad) for pad in ALLE}
        nieuw = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Deelname.objects.filter(versie=nieuw).update(naam="Anders", taak="Anders")
            Partijcijfers.objects.filter(versie=nieuw).update(bijdrage=D(987))
            Programmaindicator.objects.filter(versie=nieuw).delete()
            regio.naam, regio.soort = "Anders", "overig"
            regio.save()
        meet(diefstal, Gebied.objects.get(), 2023, "9.9")

        assert {pad: lees(client, pad) for pad in ALLE} == voor

    @pytest.mark.parametrize(
        "pad", ["/verbonden-partijen/%C3%A9/", "/verbonden-partijen/a.b/", "/indicatoren/%00/", "/indicatoren/a.csv/"]
    )
    def test_een_adres_dat_geen_naam_is(self, client: Client, rollen: Rollen, pad: str) -> None:
        assert client.get(pad).status_code == 404


class TestPartijen:
    """Which version speaks."""

    def test_het_laatst_gepubliceerde_document_geeft_het_cijfer(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        """Both give 2025. When the newest is withdrawn, the other speaks again."""
        publiceer(concept(rollen, regio, diefstal, 2035, bijdrage=D(111)), rollen)
        tweede = publiceer(concept(rollen, regio, diefstal, 2025, bijdrage=D(222)), rollen)

        (rij, zwijgt) = rijen(client, "/verbonden-partijen/partijen.csv")
        assert (rij["jaar"], rij["bijdrage"], rij["document"]) == ("2025", "222.00", "programmabegroting-2025")
        assert (zwijgt["jaar"], zwijgt["bijdrage"], zwijgt["document"]) == ("2035", "", "programmabegroting-2035")
        assert ">222<" in lees(client, PARTIJ) and ">111<" not in lees(client, PARTIJ)

        publicatie.trek_in(tweede, door=rollen.publicist, reden="Fout.")

        assert ">111<" in lees(client, PARTIJ) and ">222<" not in lees(client, PARTIJ)

    def test_een_nieuwe_versie_zonder_de_partij(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        eerste = publiceer(concept(rollen, regio, diefstal), rollen)
        nieuw = publicatie.maak_concept(eerste, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Deelname.objects.filter(versie=nieuw).delete()
        publiceer(nieuw, rollen)

        assert client.get(PARTIJ).status_code == 404
        assert "/verbonden-partijen/regio/" not in lees(client, "/verbonden-partijen/")

    def test_onbekend_met_reden_en_welke_cijfers_ontbreken(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        publiceer(concept(rollen, regio, diefstal, bijdrage=D("12.50"), resultaat=D(-3)), rollen)

        pagina = lees(client, PARTIJ)

        assert "Nog niet ontvangen." in pagina and "onbekend<sup>" in pagina
        assert "Over 2025 ontbreken zes cijfers van de zeven die de wet vraagt" in pagina
        assert "op welke manier de gemeente een belang heeft en het openbaar belang." in pagina
        assert "Zes van de zeven cijfers over 2025" in lees(client, "/verbonden-partijen/")
        assert "geen partij" in lees(client, "/verbonden-partijen/")

    def test_alles_wat_de_wet_vraagt(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        """On the page, in the file, found by the search, in a fixed version, and copied into the next concept."""
        belang = {
            "belang_begin": D("150000.40"),
            "belang_eind_procent": D("2.75"),
            "ontwikkelingen": "Wordt verzelfstandigd.",
        }
        versie = concept(rollen, regio, diefstal, **belang)
        teksten = {"vestigingsplaats": "Zierikzee", "bestuurlijk_belang": "Medezeggenschap met drie stemmen."}
        with namens(rollen.redacteur.pk):
            Deelname.objects.filter(versie=versie).update(**teksten)
        versie = publiceer(versie, rollen)

        pagina = lees(client, PARTIJ)
        for tekst in ("Zierikzee", "met drie stemmen.", ">€\u00a0150.000<", ">2,75%<", "Wordt verzelfstandigd."):
            assert tekst in pagina, tekst
        assert "staan nog niet op deze site" not in pagina
        (rij,) = rijen(client, "/verbonden-partijen/partijen.csv")
        assert {naam: rij[naam] for naam in (*teksten, *belang, "belang_eind")} == {
            **teksten, "belang_begin": "150000.40", "belang_eind_procent": "2.7500", "belang_eind": "",
            "ontwikkelingen": "Wordt verzelfstandigd.",
        }  # fmt: skip
        for getypt in ("Zierikzee", "medezeggenschap", "verzelfstandigd"):
            assert f'href="{PARTIJ}"' in lees(client, f"/zoeken/?q={getypt}"), getypt
        vast = lees(client, "/programmabegroting-2025/versie/1/programma/programma-1/")
        assert "Zierikzee" in vast and "<dd>2,75%</dd>" in vast and "Nog niet ontvangen." in vast
        assert "Zierikzee" not in lees(client, "/programmabegroting-2025/programma/programma-1/")

        nieuw = publicatie.maak_concept(versie, door=rollen.redacteur)

        assert bereken_controlesom(nieuw) == bereken_controlesom(versie)
        assert Deelname.objects.filter(versie=nieuw, **teksten).exists()
        assert Partijcijfers.objects.get(versie=nieuw).belang_eind_procent == D("2.75")

    def test_de_vergelijking_noemt_wat_er_anders_is(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        eerste = publiceer(concept(rollen, regio, diefstal, belang_begin=D(100), belang_eind_procent=D(1)), rollen)
        nieuw = publicatie.maak_concept(eerste, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Partijcijfers.objects.filter(versie=nieuw).update(belang_begin=D(200), belang_eind_procent=D("2.5"))
            Deelname.objects.filter(versie=nieuw).update(vestigingsplaats="Urk", bestuurlijk_belang="Eén zetel.")
        publiceer(nieuw, rollen)

        pagina = lees(client, "/vergelijken/?a=programmabegroting-2025/1&b=programmabegroting-2025/2")

        assert "Belang van de gemeente op 1 januari" in pagina.replace("belang van", "Belang van")
        assert "€\u00a0100" in pagina and "€\u00a0200" in pagina
        assert "In versie 1: 1%. In versie 2: 2,5%." in pagina
        assert "vestigingsplaats. In versie 1: niets. In versie 2: Urk." in pagina
        assert "Bestuurlijk belang van verbonden partij Regio in programma 1" in pagina and "Eén zetel." in pagina

    def test_de_programmapagina_linkt_alleen_waar_de_pagina_zeker_bestaat(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        gepubliceerd = publiceer(concept(rollen, regio, diefstal), rollen)
        wortel = "/programmabegroting-2025/"

        nu = lees(client, f"{wortel}programma/programma-1/")
        vast = lees(client, f"{wortel}versie/1/programma/programma-1/")
        nieuw = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
        client.force_login(rollen.redacteur)
        voorbeeld = lees(client, f"/beheer/voorbeeld/{nieuw.pk}/programma/programma-1/")

        for link in (f'href="{PARTIJ}"', f'href="{INDICATOR}"'):
            assert link in nu and link not in vast and link not in voorbeeld
        assert "Regio" in vast and "Regio" in voorbeeld


class TestIndicatoren:
    """As known at the peilmoment of the newest version that uses it."""

    def test_een_verbetering_komt_er_pas_met_een_nieuwe_publicatie(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator, gemeente: Gebied
    ) -> None:
        eerste = publiceer(concept(rollen, regio, diefstal), rollen)
        meet(diefstal, gemeente, 2023, "7.7")
        meet(diefstal, gemeente, 2024, None)
        assert [rij["gemeente"] for rij in rijen(client, "/indicatoren/diefstal.csv")] == ["1.1000", "2.2000"]

        publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)

        assert [rij["gemeente"] for rij in rijen(client, "/indicatoren/diefstal.csv")] == ["1.1000", "7.7000", "NB"]
        assert "7,7" in lees(client, INDICATOR)

    def test_elke_indicator_heeft_het_peilmoment_van_zijn_eigen_document(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator, gemeente: Gebied
    ) -> None:
        """A document that does not use the indicator does not bring its newer figures in."""
        publiceer(concept(rollen, regio, diefstal, 2025), rollen)
        meet(diefstal, gemeente, 2023, "7.7")
        ander = Indicator.objects.create(slug="geweld", naam="Geweld")
        meet(ander, gemeente, 2023, "3.3")
        versie = leeg_concept(rollen, 2035)
        gebruik(versie, rollen, ander)
        publiceer(versie, rollen)

        gevonden = {
            (rij["slug"], rij["jaar"]): (rij["waarde"], rij["document"]) for rij in rijen(client, "/indicatoren.csv")
        }

        assert gevonden["diefstal", "2023"] == ("2.2000", "programmabegroting-2025")
        assert gevonden["geweld", "2023"] == ("3.3000", "programmabegroting-2035")

    def test_de_vergelijkingsgroep_en_het_doel(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        groep = Gebied.objects.create(code="GK-1", soort=Gebied.Soort.GROOTTEKLASSE)
        groep.namen.create(naam="Kleine gemeenten")
        meet(diefstal, groep, 2023, "2.0")
        versie = concept(rollen, regio, diefstal)
        with namens(rollen.redacteur.pk):
            Programma.objects.filter(versie=versie).update(vergelijkingsgroep=groep)
        publiceer(versie, rollen)

        pagina = lees(client, INDICATOR)

        assert "kleine gemeenten" in pagina and "+0,2" in pagina
        assert "Wat we willen bereiken." in pagina
        assert 'href="/programmabegroting-2025/programma/programma-1/#pakket-1a"' in pagina

    def test_een_doel_in_een_restpost(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, diefstal: Indicator
    ) -> None:
        versie = concept(rollen, regio, diefstal)
        with namens(rollen.redacteur.pk):
            Pakket.objects.filter(versie=versie).update(restpost=True)
        publiceer(versie, rollen)

        assert "#pakket-1a" not in lees(client, INDICATOR)

    def test_zonder_metingen_is_er_nog_geen_pagina(
        self, client: Client, rollen: Rollen, regio: VerbondenPartij, gemeente: Gebied
    ) -> None:
        """Its name may still change until something was measured, so it cannot be on a published page."""
        leeg = Indicator.objects.create(slug="diefstal", naam="Diefstal")
        publiceer(concept(rollen, regio, leeg), rollen)

        assert client.get(INDICATOR).status_code == 404
        assert "nog geen indicatoren" in lees(client, "/indicatoren/")


VRAGEN = {pad: 3 if "partijen" in pad else 4 for pad in ALLE}


@pytest.mark.parametrize(("documenten", "programmas"), [(1, 1), (1, 50), (20, 1)])
def test_aantal_vragen(
    client: Client,
    rollen: Rollen,
    regio: VerbondenPartij,
    diefstal: Indicator,
    django_assert_num_queries: Tel,
    documenten: int,
    programmas: int,
) -> None:
    """Versions and what they say, the municipality, and for indicators all series: whatever there is of them."""
    for nummer in range(documenten):
        jaar = JAAR + 6 * nummer
        versie = leeg_concept(rollen, jaar, programmas)
        noem(versie, rollen, regio, jaar, jaar + 1)
        gebruik(versie, rollen, diefstal)
        publiceer(versie, rollen)

    for pad, aantal in VRAGEN.items():
        with django_assert_num_queries(aantal):
            lees(client, pad)
