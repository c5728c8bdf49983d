"""Searching in what is published: what is found, what is never found, and that no question gives an error."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F
from django.test import Client

from indicatoren import inlezen
from programma import publicatie, zoekindex
from programma.demo.begroting import laad_en_publiceer
from programma.inlezen import lees_taakvelden
from programma.models import Bedrag, Kolom, Pakket, Sectie, Versie
from programma.pagina.zoeken import adres_van
from programma.querysets.zoekstuk import zoek
from programma.zoeken import Groep, lees_vraag
from programma.zoeken.taal import lexemen, vorm, woorden
from tests.bouwers import JAAR, Rollen, maak_concept, maak_document, publiceer
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]
TEKSTEN = {
    "een": "De gemeente houdt elke week een controle.",
    "twee": "Er zijn controles in het centrum.",
    "drie": "De handhavingscontroles beginnen in mei, ook bij cafés.",
    "vier": "Zij handhaaft streng & <b>vet</b>.",
}


def titels(getypt: str, groep: Groep | None = Groep.TEKST) -> set[str]:
    return {treffer.titel for treffer in zoek(lees_vraag(getypt), groep, None, 1).treffers}


def met_teksten(rollen: Rollen, teksten: dict[str, str] = TEKSTEN, jaar: int = 2025) -> Versie:
    """Return a concept with these texts, under these headings."""
    versie = maak_concept(rollen, document=maak_document(jaar))
    with namens(rollen.redacteur.pk):
        Kolom.objects.filter(versie=versie).update(jaar=F("jaar") + jaar - JAAR)
        pakket = Pakket.objects.get(versie=versie)
        for nummer, (kop, tekst) in enumerate(teksten.items(), start=2):
            Sectie.objects.create(versie=versie, pakket=pakket, kop=kop, tekst=tekst, volgorde=nummer)
    return versie


def zoekpagina(client: Client, vraag: str) -> str:
    antwoord = client.get(f"/zoeken/{vraag}")
    assert antwoord.status_code == 200, vraag
    return antwoord.content.decode()


class TestWatErWordtGevonden:
    """Plurals, compounds, synonyms, amounts."""

    @pytest.fixture(autouse=True)
    def _gepubliceerd(self, rollen: Rollen) -> None:
        publiceer(met_teksten(rollen), rollen)

    def test_woorden(self) -> None:
        verwacht = {
            "gemeenten": {"een"},
            "controle": {"een", "twee", "drie"},
            "controles": {"een", "twee", "drie"},
            "CONTROLE gemeente": {"een"},
            "handhavingscontrole": {"drie"},
            "cafe": {"drie"},
            "inwoners": set(),
            "handhaven": {"drie"},
            "strenge": {"vier"},
        }
        assert {getypt: titels(getypt) for getypt in verwacht} == verwacht

    @pytest.mark.parametrize(
        ("getypt", "titel"), [("uitgaven", "Regel p1-lasten (lasten)"), ("inkomsten", "Regel p1-baten (baten)")]
    )
    def test_synoniemen(self, getypt: str, titel: str) -> None:
        assert titels(getypt, Groep.BEDRAG) == {titel}

    def test_bedragen(self) -> None:
        for getypt in ["1.000", "1000", "-1000", "€ 1.000", "1 duizend", "1"]:
            assert "Regel p1-lasten (lasten)" in titels(getypt, Groep.BEDRAG), getypt

    def test_een_bedrag_uit_een_andere_kolom(self, client: Client, rollen: Rollen) -> None:
        """Every amount that a table shows is found, and leads to its own page; words lead to the document's column."""
        concept = publicatie.maak_concept(Versie.objects.get(status="gepubliceerd"), door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            anders = Bedrag.objects.filter(versie=concept, regel__soort="lasten", kolom__jaar=2027)
            anders.update(euro=Decimal(-4_321_000))
        publiceer(concept, rollen)

        # The line, the saldo and the resultaat differ by its baten; the total of one line is that line.
        gevonden = zoek(lees_vraag("4.321"), Groep.BEDRAG, None, 1).treffers
        assert {(treffer.titel, treffer.jaar) for treffer in gevonden} >= {("Regel p1-lasten (lasten)", 2027)}
        for treffer in gevonden:
            assert "4.32" in client.get(adres_van(treffer)).content.decode()
        assert {treffer.jaar for treffer in zoek(lees_vraag("p1-lasten"), Groep.BEDRAG, None, 1).treffers} == {2025}

    def test_wat_niet_klopt_is_er_niet(self) -> None:
        assert titels("1.001", Groep.BEDRAG) == titels("999", Groep.BEDRAG) == set()

    @pytest.mark.parametrize(
        "getypt", ["gemeenten", "controle", "handhavingscontroles", "week", "centrum cafés", "xyz"]
    )
    def test_wat_postgresql_vindt_vinden_wij_ook_zelf(self, getypt: str) -> None:
        """The page marks by the same rule as the index matches by."""
        termen = lees_vraag(getypt).termen
        in_teksten = {
            kop: frozenset().union(*(lexemen(vorm(woord[0])) for woord in woorden(tekst)))
            for kop, tekst in TEKSTEN.items()
        }
        zelf = {kop for kop, eigen in in_teksten.items() if all(term.in_tekst(eigen) for term in termen)}

        assert titels(getypt) == zelf


class TestEmbargo:
    """A concept is never found, a withdrawn version no longer, an older version not any more."""

    GEHEIM = "Zonnepanelenverordening"

    def test_concept_ingediend_goedgekeurd_gepubliceerd_ingetrokken(self, client: Client, rollen: Rollen) -> None:
        def gevonden() -> bool:
            return "1 resultaat voor" in zoekpagina(client, f"?q={self.GEHEIM}")

        versie = met_teksten(rollen, {"kop": f"Over de {self.GEHEIM}."})
        assert not gevonden()
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting="x")
        zoekindex.herbouw()
        assert not gevonden()
        publicatie.keur_goed(versie, door=rollen.publicist)
        assert not gevonden()
        publicatie.publiceer(versie, door=rollen.publicist)
        assert gevonden()
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")
        assert not gevonden()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM programma_zoekstuk")
            assert cursor.fetchone() == (0,)

    def test_alleen_de_huidige_versie(self, client: Client, rollen: Rollen) -> None:
        eerste = publiceer(met_teksten(rollen, {"kop": "Over fietsbruggen."}), rollen)
        concept = publicatie.maak_concept(eerste, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Sectie.objects.filter(versie=concept, kop="kop").update(tekst="Over wandelpaden.")
            Bedrag.objects.filter(versie=concept, regel__soort="lasten").update(euro=Decimal(-777))
        assert (titels("fietsbrug"), titels("wandelpad")) == ({"kop"}, set())
        tweede = publiceer(concept, rollen)
        assert (titels("fietsbrug"), titels("wandelpad")) == (set(), {"kop"})
        assert titels("777", Groep.BEDRAG) and not titels("1000", Groep.BEDRAG)
        assert "versie 2" in zoekpagina(client, "?q=wandelpad")

        publicatie.trek_in(tweede, door=rollen.publicist, reden="Fout.")

        assert (titels("fietsbrug"), titels("wandelpad")) == ({"kop"}, set())

    def test_postgresql_weigert_een_concept(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        for tabel, velden in (
            ("zoekstuk (versie_id, groep, titel, kop, woorden)", "(%s, 7, 'x', 'x', 'x')"),
            ("zoekwoord (versie_id, vorm, woord)", "(%s, 'x', 'x')"),
        ):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO programma_{tabel} VALUES {velden}", [versie.pk])

    def test_de_site_kan_een_stuk_niet_herschrijven(self, rollen: Rollen) -> None:
        publiceer(met_teksten(rollen), rollen)
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE programma_zoekstuk SET tekst = 'Anders.'")

    def test_wat_toch_in_de_index_staat_wordt_niet_getoond(self, rollen: Rollen, als_eigenaar) -> None:
        """The question asks for the status again."""
        versie = publiceer(met_teksten(rollen), rollen)
        assert titels("controle")
        with als_eigenaar(), connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("UPDATE programma_versie SET status = 'ingetrokken', reden = 'x' WHERE id = %s", [versie.pk])
            cursor.execute("SET session_replication_role = origin")

        assert titels("controle") == set()


class TestPagina:
    """What a reader gets."""

    def test_html_in_een_tekst_blijft_tekst(self, client: Client, rollen: Rollen) -> None:
        publiceer(met_teksten(rollen), rollen)

        pagina = zoekpagina(client, "?q=streng")

        assert "<mark>streng</mark> &amp; &lt;b&gt;vet&lt;/b&gt;" in pagina and "<b>vet" not in pagina
        assert "<script>" not in zoekpagina(client, "?q=" + quote("<script>alert(1)</script>"))

    def test_hoogstens_drie_vragen(self, client: Client, rollen: Rollen, django_assert_num_queries: Tel) -> None:
        publiceer(met_teksten(rollen), rollen)
        publiceer(met_teksten(rollen, jaar=2031), rollen)

        for vraag, aantal in (("?q=controle", 2), ("?q=", 2), ("", 2), ("?q=kontrole+brandweer", 3), ("?q=1000", 2)):
            with django_assert_num_queries(aantal):
                zoekpagina(client, vraag)
        with django_assert_num_queries(2):
            assert client.get("/begrippen/").status_code == 200

    def test_soort_jaar_en_bladeren(self, client: Client, rollen: Rollen) -> None:
        publiceer(met_teksten(rollen, {f"kop {n}": "Over de brandweer." for n in range(45)}), rollen)
        publiceer(met_teksten(rollen, {"later": "Over de brandweer."}, 2031), rollen)

        alles = zoekpagina(client, "?q=brandweer")
        laatste = zoekpagina(client, "?q=brandweer&p=3")

        assert "46 resultaten voor ‘brandweer’" in alles and alles.count("<li><h3>") == 20
        assert laatste.count("<li><h3>") == 6
        assert zoekpagina(client, "?q=brandweer&p=9999").count("<li><h3>") == 6
        assert "1 resultaat voor" in zoekpagina(client, "?q=brandweer&jaar=2031&soort=tekst")
        assert "Geen resultaten voor" in zoekpagina(client, "?q=brandweer&soort=doel")
        assert "/programmabegroting-2031/programma/programma-1/pakket/1a/" in zoekpagina(
            client, "?q=brandweer&jaar=2031"
        )

    def test_bedoelde_u(self, client: Client, rollen: Rollen) -> None:
        publiceer(met_teksten(rollen), rollen)

        assert 'Bedoelde u <a href="/zoeken/?q=controle">controle</a>?' in zoekpagina(client, "?q=kontrole")
        assert "Bedoelde u" not in zoekpagina(client, "?q=xyzzyxyzzy")

    def test_noindex_en_cache(self, client: Client, rollen: Rollen) -> None:
        assert 'content="noindex"' in zoekpagina(client, "?q=controle")
        antwoord = client.get("/zoeken/?q=controle")
        assert antwoord["Cache-Control"].startswith("public") and not antwoord.cookies

    def test_wie_ingelogd_is_ziet_hetzelfde(self, client: Client, rollen: Rollen) -> None:
        publiceer(met_teksten(rollen), rollen)
        publicatie.maak_concept(Versie.objects.get(), door=rollen.redacteur)
        voor = zoekpagina(client, "?q=controle")
        client.force_login(rollen.redacteur)

        assert zoekpagina(client, "?q=controle") == voor

    def test_alleen_lezen(self, client: Client, db: None) -> None:
        for pad in ("/zoeken/", "/begrippen/"):
            assert client.post(pad).status_code == client.delete(pad).status_code == 405

    def test_opnieuw_maken_verandert_niets(self, client: Client, rollen: Rollen, capsys) -> None:
        publiceer(met_teksten(rollen), rollen)
        voor = zoekpagina(client, "?q=controle")

        call_command("zoekindex")

        assert zoekpagina(client, "?q=controle") == voor
        assert "programmabegroting-2025:" in capsys.readouterr().out

    def test_wat_van_voor_de_index_is_wordt_aangevuld(self, rollen: Rollen) -> None:
        publiceer(met_teksten(rollen), rollen)
        maak_concept(rollen, document=maak_document(2031))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM programma_zoekstuk")

        assert zoekindex.herbouw(ontbrekend=True).keys() == {"programmabegroting-2025"}
        assert titels("controle") and zoekindex.herbouw(ontbrekend=True) == {}


VIJANDIG = [
    *("%00", "%27", "%22", "%25", "%5C", "a%00b", "%26%20%7C%20!", "controle:*", "!controle", "(controle", "%3C->"),
    *("'::tsquery", "%F0%9F%A6%84", "%ED%A0%80", "%FF", "a'b", "1,2,3", "1.2.3", "€", "−", "-", "--", ";DROP", "%%s"),
    *("%(eigen0)s", "{vraag}", "woord+" * 10_000, "x" * 5000, "%0A%0D%09", "٣٥١٦", "ß", "İ", "ﬁets", "9" * 40),
    *("1e9", "NaN", "²"),
]


@pytest.mark.parametrize("getypt", VIJANDIG)
def test_geen_vraag_geeft_een_fout(client: Client, db: None, getypt: str) -> None:
    assert client.get(f"/zoeken/?q={getypt}&soort={getypt}&jaar={getypt}&p={getypt}").status_code == 200


class TestDeDemobegroting:
    """The must-shows on the budget of the demonstration."""

    @pytest.fixture(autouse=True)
    def _demo(self, rollen: Rollen, settings) -> None:
        fixtures = settings.BASE_DIR / "fixtures"
        inlezen.lees_indicatoren(fixtures / "indicatoren.csv")
        lees_taakvelden(fixtures / "taakvelden.csv")
        laad_en_publiceer(fixtures / "demo", redacteur=rollen.redacteur, publicist=rollen.publicist)

    def test_het_bedrag_van_1e(self, client: Client) -> None:
        for getypt in ("3.516.000", "3516", "3,5 miljoen"):
            pagina = zoekpagina(client, f"?q={quote(getypt)}")
            assert "Rampenbestrijding en crisisorganisatie (lasten)" in pagina and "−€\u00a03.516.000" in pagina

    def test_van_alles_iets(self) -> None:
        verwacht = [
            ("veiligheid", Groep.PROGRAMMA), ("rampenbestrijding", Groep.PROGRAMMA), ("leefbaarheid", Groep.DOEL),
            ("VRF", Groep.PARTIJ), ("brandweer", Groep.PARTIJ), ("winkeldiefstallen", Groep.INDICATOR),
            ("brandweer", Groep.BEDRAG), ("resultaat", Groep.BEDRAG), ("ondermijning", Groep.TEKST),
            ("programmabegroting 2025", Groep.DOCUMENT),
        ]  # fmt: skip
        assert [(getypt, groep) for getypt, groep in verwacht if not titels(getypt, groep)] == []

    def test_elk_resultaat_komt_uit_op_een_pagina_met_die_plek(self, client: Client) -> None:
        paginas: dict[str, str] = {}
        for getypt in ("gemeente", "brandweer", "leefbaarheid", "winkeldiefstal", "lasten", "veiligheid", "baten"):
            for regel in zoekpagina(client, f"?q={getypt}").split('<li><h3><a href="')[1:]:
                pad, _, anker = regel.split('"')[0].partition("#")
                if pad not in paginas:
                    antwoord = client.get(pad)
                    assert antwoord.status_code == 200, pad
                    paginas[pad] = antwoord.content.decode()
                assert not anker or f'id="{anker}"' in paginas[pad], (pad, anker)
