"""begroting.xlsx: the lines of begroting.csv as cells with a type; nothing in it runs, and its totals are right."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from programma import publicatie, uitvoer
from programma.afdruk import zetten
from programma.bewaard.maken import maak_bestanden
from programma.models import Begrotingsregel, Bestand, Versie
from programma.rekenblad.begroting import schrijf_begroting
from programma.uitvoer import KOP, Selectie
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd
from tests.programma.rekenblad.stukken import FIXTURES, bytes_van, demo, formules, uitgave_van, waarden
from veiligheid.exports import ontbeveilig

WORTEL = "/programmabegroting-2025/"
LASTEN_EN_BATEN = ("lasten", "baten")
GEVAARLIJK = (
    '=HYPERLINK("http://voorbeeld.nl","klik")', "+1", "@SUM(A1)", "'=x", "'s-Gravenhage", "'t Veld", "-1,00",
    "<r><t>x</t></r>", "_x0041_", "een & twee < drie", " spatie ",
)  # fmt: skip


@pytest.fixture
def snelle_zetter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typesetter that is not what the test is about."""
    monkeypatch.setattr(zetten, "zet", lambda gegevens, wachttijd: b"%PDF-1.7 nep")


def met_teksten(rollen: Rollen, *teksten: str) -> Versie:
    """Return a concept in which the lines have these descriptions."""
    versie = maak_concept(rollen, (len(teksten) + 1) // 2)
    regels = Begrotingsregel.objects.filter(versie=versie).order_by("sleutel")
    for regel, tekst in zip(regels, teksten, strict=False):
        Begrotingsregel.objects.filter(pk=regel.pk).update(omschrijving=tekst)
    return versie


def test_dezelfde_regels_als_de_csv(rollen: Rollen) -> None:
    uitgave = uitgave_van(met_teksten(rollen, *GEVAARLIJK))

    blad = waarden(bytes_van(schrijf_begroting, uitgave), "Begroting")

    assert blad[0] == list(KOP)
    rijen = [list(rij) for rij in uitvoer.rijen(uitgave)]
    assert len(blad) == len(rijen) + 1 == 73
    for cellen, rij in zip(blad[1:], rijen, strict=True):
        als_cel = [None if waarde == "" else waarde for waarde in rij]
        assert [*cellen[:9], *cellen[10:13], cellen[14]] == [*als_cel[:9], *als_cel[10:13], als_cel[14]]
        assert isinstance(cellen[13], int | float) and Decimal(str(cellen[13])) == rij[13]


def test_een_tekst_blijft_die_tekst(rollen: Rollen) -> None:
    inhoud = bytes_van(schrijf_begroting, uitgave_van(met_teksten(rollen, *GEVAARLIJK)))

    assert formules(inhoud) == []
    # openpyxl leaves an escape as it is; every spreadsheet takes it for the text that was written.
    teksten = {ontbeveilig(str(rij[9]).replace("_x005F_", "_")) for rij in waarden(inhoud, "Begroting")[1:]}
    assert set(GEVAARLIJK) <= teksten


def test_alle_totalen_uit_de_werkmap(rollen: Rollen) -> None:
    """What issue 5 must show first: with nothing but the file, every printed total of the demonstration comes out."""
    kop, *rijen = waarden(bytes_van(schrijf_begroting, uitgave_van(demo(rollen))), "Begroting")
    sommen: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    for rij in rijen:
        veld = dict(zip(kop, rij, strict=True))
        euro = Decimal(str(veld["bedrag"]))
        for naam in (f"totaal_{veld['soort']}", "resultaat", *(["saldo"] if veld["soort"] in LASTEN_EN_BATEN else [])):
            sommen[naam, veld["fase"], veld["jaar"]] += euro
    gedrukt = list(csv.DictReader(io.StringIO((FIXTURES / "demo" / "gedrukte-totalen.csv").read_text("utf-8"))))

    assert len(gedrukt) == 24
    for totaal in gedrukt:
        sleutel = totaal["totaal"], totaal["fase"], int(totaal["jaar"])
        assert sommen[sleutel] == Decimal(totaal["bedrag_x_1000"]) * 1000, totaal


def test_de_uitleg(rollen: Rollen) -> None:
    versie = demo(rollen)

    inhoud = bytes_van(schrijf_begroting, uitgave_van(versie))

    uitleg = {rij[0]: rij[1] for rij in waarden(inhoud, "Uitleg") if rij[0]}
    assert (uitleg["Controlesom"], uitleg["Anker"], uitleg["Versie"]) == (versie.controlesom, versie.anker, "1")
    assert uitleg["Aantal regels"] == 30
    assert {naam: uitleg[naam] for naam in KOP} and uitleg["taakveld"].startswith("Het landelijke taakveld")


def test_een_keuze(rollen: Rollen) -> None:
    inhoud = bytes_van(
        schrijf_begroting, uitgave_van(maak_concept(rollen, 2)), Selectie(soort=("baten",), jaar=(2025,))
    )

    assert [(rij[2], rij[6], rij[12], rij[13]) for rij in waarden(inhoud, "Begroting")[1:]] == [
        ("1", "baten", 2025, 100),
        ("2", "baten", 2025, 200),
    ]
    uitleg = {rij[0]: rij[1] for rij in waarden(inhoud, "Uitleg") if rij[0]}
    assert uitleg["Keuze"].endswith("die van de keuze: jaar=2025&soort=baten")
    assert (uitleg["Som baten"], uitleg["Som lasten"], uitleg["Som resultaat"]) == (300, 0, 300)
    assert uitleg["Status"].startswith("concept")


def test_zonder_regels(rollen: Rollen) -> None:
    inhoud = bytes_van(schrijf_begroting, uitgave_van(maak_concept(rollen, 0)))

    assert waarden(inhoud, "Begroting") == [list(KOP)]


def test_steeds_dezelfde_bytes(rollen: Rollen) -> None:
    versie = maak_gepubliceerd(rollen)
    eerst = bytes_van(schrijf_begroting, uitgave_van(versie))

    assert bytes_van(schrijf_begroting, uitgave_van(versie)) == eerst


class TestAdres:
    """begroting.xlsx as readers get it."""

    def test_de_bewaarde_bytes(self, client: Client, rollen: Rollen, snelle_zetter: None) -> None:
        versie = maak_gepubliceerd(rollen)
        assert client.get(f"{WORTEL}begroting.xlsx").status_code == 404

        maak_bestanden(versie)

        antwoord = client.get(f"{WORTEL}versie/1/begroting.xlsx")
        bestand = Bestand.objects.get(versie=versie, naam="begroting.xlsx")
        assert hashlib.sha256(antwoord.content).hexdigest() == bestand.sha256
        assert antwoord.headers["Repr-Digest"].startswith("sha-256=:")
        assert antwoord.content == client.get(f"{WORTEL}begroting.xlsx").content
        assert waarden(antwoord.content, "Begroting")[0] == list(KOP)
        assert f'href="{WORTEL}begroting.xlsx"' in client.get(WORTEL).content.decode()

    def test_het_raadsbesluit_verandert_niets(self, client: Client, rollen: Rollen, snelle_zetter: None) -> None:
        versie = maak_gepubliceerd(rollen)
        uitgave = Versie.objects.uitgave("programmabegroting-2025", 1)
        assert uitgave is not None
        vooraf = bytes_van(schrijf_begroting, uitgave)
        publicatie.stel_vast(versie, door=rollen.publicist, nummer="2024-1", datum=date(2024, 11, 7))

        maak_bestanden(versie)

        assert client.get(f"{WORTEL}begroting.xlsx").content == vooraf

    def test_een_keuze_wordt_gemaakt(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)

        antwoord = client.get(f"{WORTEL}begroting.xlsx?soort=baten")

        inhoud = b"".join(antwoord.streaming_content)  # type: ignore[attr-defined]
        assert {rij[6] for rij in waarden(inhoud, "Begroting")[1:]} == {"baten"}
        assert "Repr-Digest" not in antwoord.headers

    @pytest.mark.parametrize("vraag", ["soort=onzin", "bestaat=niet", "jaar=x", "vorm=excel"])
    def test_een_onmogelijke_keuze(self, client: Client, rollen: Rollen, vraag: str) -> None:
        maak_gepubliceerd(rollen)

        antwoord = client.get(f"{WORTEL}begroting.xlsx?{vraag}")

        assert (antwoord.status_code == 400 and "Er is" in antwoord.content.decode()) or "jaar" in vraag

    def test_een_concept_alleen_voor_collegas(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        adressen = [reverse(f"admin:voorbeeld_{naam}_xlsx", args=[versie.pk]) for naam in ("begroting", "narekenen")]

        assert [client.get(f"{WORTEL}{naam}").status_code for naam in ("begroting.xlsx", "narekenen.xlsx")] == [404] * 2
        assert [client.get(adres).status_code for adres in adressen] == [302, 302]

        client.force_login(rollen.auditor)
        for adres in adressen:
            antwoord = client.get(adres)
            assert antwoord.status_code == 200 and "no-store" in antwoord.headers["Cache-Control"]
            assert b"".join(antwoord.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
        assert client.head(adressen[0]).status_code == 200

    @pytest.mark.parametrize("programmas", [1, pytest.param(50, marks=pytest.mark.lang)])
    def test_aantal_vragen(
        self, client: Client, rollen: Rollen, django_assert_num_queries, programmas: int, snelle_zetter: None
    ) -> None:
        maak_bestanden(maak_gepubliceerd(rollen, programmas))

        for naam in ("begroting.xlsx", "narekenen.xlsx"):
            with django_assert_num_queries(2):
                assert client.get(f"{WORTEL}{naam}").status_code == 200
