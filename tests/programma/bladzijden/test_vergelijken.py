"""The page that compares, and its CSV: exactly what was changed, of what is published, in so many queries."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest
from django.db.models import F
from django.test import Client

from programma import publicatie
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bron,
    Deelname,
    Doel,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    VerbondenPartij,
    Versie,
)
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd, maak_regel, publiceer
from veiligheid.formatting import MINTEKEN
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]
PAD = "/vergelijken/"
SLUG = "programmabegroting-2025"
V1, V2 = f"{SLUG}/1", f"{SLUG}/2"
MIN = MINTEKEN


def lees(client: Client, **vraag: str) -> str:
    """Return the comparison of two versions."""
    antwoord = client.get(PAD, vraag)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def lees_csv(client: Client, **vraag: str) -> list[dict[str, str]]:
    """Return the rows of the CSV."""
    antwoord = client.get(PAD + "verschil.csv", vraag)
    assert antwoord.status_code == 200
    return list(csv.DictReader(io.StringIO(antwoord.getvalue().decode(), newline="")))


def rijen(html: str) -> dict[str, list[str]]:
    """Return the rows of all tables: the header of the row (with what is read but not seen) and its cells."""
    kaal = {}
    for rij in re.findall(r"<tr[^>]*>(<th scope=\"row\".*?)</tr>", html, re.DOTALL):
        cellen = [re.sub(r"<[^>]+>", " ", cel) for cel in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", rij, re.DOTALL)]
        kop, *rest = [" ".join(cel.split()) for cel in cellen]
        kaal[kop] = rest
    return kaal


def zet(versie: Versie, sleutel: str, jaar: int, euro: str) -> None:
    assert (
        Bedrag.objects.filter(versie=versie, regel__sleutel=sleutel, kolom__jaar=jaar).update(euro=Decimal(euro)) == 1
    )


def maak_later(rollen: Rollen, jaar: int, programmas: int = 1) -> Versie:
    """Make a concept of the budget of a later year, with the columns of that year."""
    versie = maak_concept(rollen, programmas, maak_document(jaar))
    with namens(rollen.redacteur.pk):
        # Away and back: two columns may not hold the same year for a moment.
        Kolom.objects.filter(versie=versie).update(jaar=F("jaar") + 100)
        Kolom.objects.filter(versie=versie).update(jaar=F("jaar") - 100 + jaar - 2025)
    return versie


@pytest.fixture
def paar(rollen: Rollen) -> tuple[Versie, Versie]:
    """Three programmes, and a second version with a known set of changes."""
    oud = maak_gepubliceerd(rollen, 3)
    nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
    with namens(rollen.redacteur.pk):
        zet(nieuw, "p1-lasten", 2025, "-51000")
        zet(nieuw, "p2-baten", 2026, "350")
        Begrotingsregel.objects.filter(versie=nieuw, sleutel="p1-lasten").update(toelichting="Duurdere <auto's>.")
        Sectie.objects.filter(versie=nieuw, pakket__code="3A").update(tekst="Wat we anders doen.")
        Doel.objects.filter(versie=nieuw, pakket__code="2A").update(streefjaar=2028)
        partij = VerbondenPartij.objects.create(naam="Veiligheidsregio", slug="veiligheidsregio", soort="overig")
        programma = Programma.objects.get(versie=nieuw, code="1")
        Deelname.objects.create(versie=nieuw, programma=programma, partij=partij, naam=partij.naam, soort="overig")
    return oud, publiceer(nieuw, rollen)


class TestTweeVersies:
    """Two versions of one document: all columns at once."""

    def test_precies_wat_er_veranderde(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client, a=V1, b=V2)
        tabel = rijen(html)

        regels = {kop: cellen for kop, cellen in tabel.items() if " Regel " in kop and ": Regel" in kop}
        assert list(regels.values()) == [
            [f"{MIN}1.000", f"{MIN}51.000", f"{MIN}50.000 (meer)", "+5.000,0%"],
            ["200", "350", "+150 (meer)", "+75,0%"],
        ]
        assert [kop.split(":")[0] for kop in regels] == [
            "primaire begroting 2025, regel",
            "primaire begroting 2026, regel",
        ]
        assert "toelichting: Duurdere &lt;auto&#x27;s&gt;." in html
        assert html.count("geen toelichting gegeven") == 1
        assert re.findall(r'<a href="#\w+">(\d[^<]+)</a>', html) == ["2 bedragen", "2 teksten", "2 andere gegevens"]
        assert "<b>Doel van pakket 2A</b>: streefjaar. In versie 1: niets. In versie 2: 2028." in html
        assert "<b>Verbonden partij Veiligheidsregio in programma 1</b>: alleen in versie 2" in html
        assert '<ins><span class="vh">toegevoegd: </span>anders </ins>' in html
        assert "Tekst “Inhoud” van pakket 3A" in html and "Tekst “Inhoud” van pakket 1A" not in html
        assert "Er is geen verschil" not in html

    def test_de_totalen_zijn_heel_ook_met_een_filter(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client, a=V1, b=V2, toon="10000")
        tabel = rijen(html)

        assert tabel["Alles samen"] == [f"{MIN}5.400", f"{MIN}55.400", f"{MIN}50.000 (slechter)", "+925,9%"]
        totaal = next(cellen for kop, cellen in tabel.items() if "Totaal baten" in kop)
        assert totaal == ["100", "100", "gelijk", "0,0%"]
        assert "Regel p2-baten; " not in html and "Regel p1-lasten; " in html

    def test_de_grafiek_heeft_de_getallen_van_tabel_1(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client, a=V1, b=V2)

        assert (
            "Het resultaat is in versie 2 €\xa050.000 slechter dan in versie 1; dat zit helemaal bij Programma 1"
            in html
        )
        staven = re.findall(r'<text class="w"[^>]*>([^<]+)</text>', html)
        tabel = rijen(html)
        assert staven == [f"{MIN}50.000"]
        assert tabel["Programma 1 Programma 1"][2] == f"{MIN}50.000 (slechter)"

    def test_een_kolom_kiezen(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client, a=V1, b=V2, kolom="primair-2026")

        assert "De primaire begroting 2026 in versie 1 naast de primaire begroting 2026 in versie 2." in html
        assert "Regel p2-baten; " in html and "Regel p1-lasten; " not in html
        assert [rij["jaar_b"] for rij in lees_csv(client, a=V1, b=V2, kolom="primair-2026")] == ["2026"]

    def test_met_zichzelf(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client, a=V2, b=V2)

        assert "Er is geen verschil: de inhoud is precies gelijk." in html
        assert "<ins><span" not in html and "<table" not in html and "verschil.csv" not in html
        assert lees_csv(client, a=V2, b=V2) == []

    def test_een_kopie_verschilt_ook_niet(self, client: Client, rollen: Rollen) -> None:
        oud = maak_gepubliceerd(rollen)
        publiceer(publicatie.maak_concept(oud, door=rollen.redacteur), rollen)

        assert "de inhoud is precies gelijk" in lees(client, a=V1, b=V2)

    def test_andersom(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        assert rijen(lees(client, a=V2, b=V1))["Alles samen"][2] == "+50.000 (beter)"

    def test_alles_toont_ook_wat_gelijk_is(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client, a=V1, b=V2, toon="alles", kolom="primair-2025")

        assert html.count('<th scope="row"><span class="vh">regel: </span>') == 6
        assert html.count("geen toelichting gegeven") == 0

    def test_een_programma(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client, a=V1, b=V2, programma="2")

        assert "Regel p2-baten; " in html and "Regel p1-lasten; " not in html
        assert rijen(html)["Alles samen"][2] == f"{MIN}50.000 (slechter)"
        assert "Doel van pakket 2A" in html and "pakket 3A" not in html

    def test_een_regel_erbij_en_eraf(self, client: Client, rollen: Rollen) -> None:
        oud = maak_gepubliceerd(rollen, 2)
        nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Begrotingsregel.objects.get(versie=nieuw, sleutel="p2-baten").delete()
            maak_regel(
                nieuw,
                Pakket.objects.get(versie=nieuw, code="1A"),
                Kolom.objects.filter(versie=nieuw),
                "baten",
                40,
                "r900",
            )
        publiceer(nieuw, rollen)

        html = lees(client, a=V1, b=V2, kolom="primair-2025")
        tabel = rijen(html)

        assert next(cellen for kop, cellen in tabel.items() if "r900" in kop) == ["geen", "40", "+40 (meer)", "n.v.t."]
        assert next(cellen for kop, cellen in tabel.items() if "p2-baten" in kop)[:2] == ["200", "geen"]
        assert "Regel r900; alleen in versie 2; geen toelichting gegeven" in html
        assert "Regel p2-baten; alleen in versie 1; geen toelichting gegeven" in html

    def test_een_andere_herkomst(self, client: Client, rollen: Rollen) -> None:
        oud = maak_gepubliceerd(rollen)
        nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            bron = Bron.objects.create(versie=nieuw, naam="Kadernota")
            Bedrag.objects.filter(versie=nieuw, regel__sleutel="p1-baten", kolom__jaar=2025).update(bron=bron)
        publiceer(nieuw, rollen)

        html = lees(client, a=V1, b=V2)

        assert "Zelfde bedrag, andere herkomst" in html and "bron Kadernota" in html
        assert "Geen bedrag verschilt in deze kolommen." in html


class TestTweeDocumenten:
    """Two documents: like with like, and what is in one only is said."""

    def test_begroting_naast_jaarstukken(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen, 2)
        document = maak_document(2023, "jaarstukken")
        document.slug, document.titel = "jaarstukken-2023", "Jaarstukken 2023"
        document.save()
        ander = maak_concept(rollen, 1, document)
        with namens(rollen.redacteur.pk):
            zet(ander, "p1-lasten", 2023, "-800")
        publiceer(ander, rollen)

        html = lees(client, a=V1, b="jaarstukken-2023/1")
        tabel = rijen(html)

        zin = "De primaire begroting 2025 in Programmabegroting 2025 naast de realisatie 2023 in Jaarstukken 2023."
        assert zin in html
        assert tabel["regel: Regel p1-lasten Regel p1-lasten; geen toelichting gegeven"] == [
            f"{MIN}1.000", f"{MIN}800", "+200 (minder)", f"{MIN}20,0%",
        ]  # fmt: skip
        assert "Dit onderdeel staat alleen in Programmabegroting 2025." in html
        (rij, *rest) = lees_csv(client, a=V1, b="jaarstukken-2023/1")
        assert {rij["regel"], *(r["regel"] for r in rest)} == {"p1-lasten", "p2-lasten", "p2-baten"}
        assert (rij["fase_a"], rij["jaar_a"], rij["fase_b"], rij["jaar_b"]) == ("primair", "2025", "realisatie", "2023")
        gelijk = lees(client, a=V1, b="jaarstukken-2023/1", kolom="realisatie-2023")
        assert "De realisatie 2023 in Programmabegroting 2025 naast de realisatie 2023 in Jaarstukken 2023." in gelijk

    def test_een_andere_indeling_staat_voorop(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen, 2)
        ander = maak_later(rollen, 2026, 2)
        with namens(rollen.redacteur.pk):
            for code in ("1", "2"):
                Programma.objects.filter(versie=ander, code=code).update(code=f"X{code}")
                Pakket.objects.filter(versie=ander, code=f"{code}A").update(code=f"X{code}A")
            Begrotingsregel.objects.filter(versie=ander, sleutel="p1-lasten").update(sleutel="q1-lasten")
        publiceer(ander, rollen)

        html = lees(client, a=V1, b="programmabegroting-2026/1")

        assert "Let op: deze documenten zijn anders ingedeeld. Van de 2 programma’s" in html
        assert "komen er 0 ook voor in Programmabegroting 2026" in html


class TestKiezen:
    """The form, and what an address may name."""

    def test_zonder_keuze_een_formulier_met_de_laatste_twee(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client)

        assert re.findall(r'<option value="([^"]+)" selected>', html) == [V1, V2]
        assert "Programmabegroting 2025, versie 2 (" in html

    def test_niets_gepubliceerd(self, client: Client, rollen: Rollen) -> None:
        maak_concept(rollen)

        html = lees(client)

        assert "nog niets gepubliceerd" in html and "<select" not in html

    def test_een_enkele_versie(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)
        assert re.findall(r'<option value="([^"]+)" selected>', lees(client)) == [V1, V1]
        assert re.findall(r'<option value="([^"]+)" selected>', lees(client, b=V1)) == [V1, V1]

    @pytest.mark.parametrize("pad", [PAD, PAD + "verschil.csv"])
    def test_concept_ingetrokken_en_onzin_hebben_hetzelfde_antwoord(
        self, client: Client, rollen: Rollen, pad: str
    ) -> None:
        eerste = maak_gepubliceerd(rollen)
        tweede = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)
        publicatie.trek_in(tweede, door=rollen.publicist, reden="Geheime fout.")
        publicatie.maak_concept(eerste, door=rollen.redacteur)

        client.force_login(rollen.redacteur)
        antwoorden = [
            client.get(pad, {"a": V1, "b": waarde})
            for waarde in (f"{SLUG}/9", V2, f"{SLUG}/3", "", "x", "\x00", "1/1/1", f"{SLUG}/01", "é" * 5000)
        ]

        assert {antwoord.status_code for antwoord in antwoorden} == {404}
        assert len({antwoord.content for antwoord in antwoorden}) == 1
        assert b"Geheime fout" not in antwoorden[0].content
        if pad == PAD:
            assert "Deze keuze bestaat niet." in antwoorden[0].content.decode()

    @pytest.mark.parametrize(
        "vraag",
        [{"kolom": "onzin"}, {"kolom": "primair-2025,primair-2099"}, {"toon": "9"}, {"programma": "'; --"},
         {"toon": "\x00", "kolom": "\x00", "programma": "\x00"}, {"vorm": "%"}, {"programma": "1" * 9000}],
    )  # fmt: skip
    def test_onzin_valt_terug(self, client: Client, paar: tuple[Versie, Versie], vraag: dict[str, str]) -> None:
        assert lees(client, a=V1, b=V2, **vraag) == lees(client, a=V1, b=V2)
        assert lees_csv(client, a=V1, b=V2, **vraag) == lees_csv(client, a=V1, b=V2)

    def test_alleen_lezen_en_zonder_koekje(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        antwoord = client.get(PAD, {"a": V1, "b": V2})
        assert "public" in antwoord["Cache-Control"] and not antwoord.cookies
        assert client.post(PAD).status_code == client.post(PAD + "verschil.csv").status_code == 405

    def test_links_wijzen_naar_wat_bestaat(self, client: Client, paar: tuple[Versie, Versie]) -> None:
        html = lees(client, a=V1, b=V2)
        links = {href.replace("&amp;", "&").split("#")[0] for href in re.findall(r'href="(/[^"]+)"', html)}

        assert len(links) > 15
        assert [href for href in links if "/static/" not in href and client.get(href).status_code != 200] == []


def test_de_csv_is_exact_en_voor_machines(client: Client, paar: tuple[Versie, Versie]) -> None:
    eerste, tweede = lees_csv(client, a=V1, b=V2)
    excel = client.get(PAD + "verschil.csv", {"a": V1, "b": V2, "vorm": "excel"})

    assert eerste == {
        "document_a": SLUG, "versie_a": "1", "document_b": SLUG, "versie_b": "2", "programma_code": "1",
        "programma": "Programma 1", "pakket_code": "1A", "pakket": "Pakket 1A", "soort": "lasten", "regel": "p1-lasten",
        "omschrijving": "Regel p1-lasten", "fase_a": "primair", "jaar_a": "2025", "fase_b": "primair", "jaar_b": "2025",
        "bedrag_a": "-1000.00", "bedrag_b": "-51000.00", "verschil": "-50000.00", "toelichting": "Duurdere <auto's>.",
    }  # fmt: skip
    assert (tweede["regel"], tweede["verschil"], tweede["toelichting"]) == ("p2-baten", "150.00", "")
    assert "verschil-programmabegroting-2025-1-programmabegroting-2025-2.csv" in excel["Content-Disposition"]
    assert ";-1000,00;-51000,00;-50000,00;" in excel.getvalue().decode("utf-8-sig")


@pytest.mark.parametrize(("programmas", "documenten"), [(1, 1), (50, 1), (1, 20)])
def test_aantal_vragen(
    client: Client, rollen: Rollen, django_assert_num_queries: Tel, programmas: int, documenten: int
) -> None:
    """Six: what is published, both frames, the sums, the rows, the municipality, the lines."""
    oud = maak_gepubliceerd(rollen, programmas)
    nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
    with namens(rollen.redacteur.pk):
        Bedrag.objects.filter(versie=nieuw, kolom__jaar=2025).update(euro=1)
        Sectie.objects.filter(versie=nieuw).update(tekst="Anders.")
    publiceer(nieuw, rollen)
    for jaar in range(2026, 2025 + documenten):
        publiceer(maak_later(rollen, jaar), rollen)

    with django_assert_num_queries(6):
        html = lees(client, a=V1, b=V2)
    with django_assert_num_queries(2):
        lees(client)
    with django_assert_num_queries(2):
        lees_csv(client, a=V1, b=V2)

    assert html.count('<th scope="row"><span class="vh">') > programmas
    assert html.count("<option") == 2 * (documenten + 1)
