"""The reconciliation of a version on a real database: its page, its file, and what it finds."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client

from programma import publicatie
from programma.aansluiting import Controle, Oordeel, Rij, controleer
from programma.lezing import aansluiting as lezing
from programma.lezing import bestandproef, lees_aansluiting
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Document,
    GedruktTotaal,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    Taakveld,
    Versie,
    Wijziging,
)
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd, maak_regel, publiceer
from tests.conftest import Eigenaar
from veiligheid.namens import namens

WORTEL = "/programmabegroting-2025/"
RAPPORT = WORTEL + "aansluiting/"
D = Decimal


def rapport(versie: Versie, **hoe: bool) -> list[Rij]:
    uitgave = Versie.objects.voorbeeld(versie.pk)
    assert uitgave is not None
    return controleer(lees_aansluiting(uitgave, **hoe))


def van(controle: Controle, rijen: list[Rij]) -> list[Rij]:
    return [rij for rij in rijen if rij.controle == controle]


def tel(controle: Controle, rijen: list[Rij]) -> dict[str, int]:
    oordelen = [rij.oordeel.value for rij in van(controle, rijen)]
    return {wat: oordelen.count(wat) for wat in sorted(set(oordelen))}


def lees(client: Client, pad: str = WORTEL + "aansluiting.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(client.get(pad).content.decode().splitlines()))


@pytest.fixture
def concept(rollen: Rollen) -> Versie:
    """A concept of two programmes with printed totals, a taakveld, a text with amounts and a change by the council."""
    versie = maak_concept(rollen, 2)
    with namens(rollen.redacteur.pk):
        kolommen = {(kolom.fase, kolom.jaar): kolom for kolom in Kolom.objects.filter(versie=versie)}
        pakket = Pakket.objects.get(versie=versie, code="1A")
        for grootheid, euro in (("lasten", -1000), ("baten", 100), ("saldo", -900)):
            GedruktTotaal.objects.create(
                versie=versie,
                programma=pakket.programma,
                kolom=kolommen["primair", 2025],
                grootheid=grootheid,
                euro=euro,
                eenheid=1,
            )
        taakveld, _ = Taakveld.objects.get_or_create(code="1.1", geldig_van=2017, defaults={"naam": "Brandweer"})
        Begrotingsregel.objects.filter(versie=versie).update(taakveld=taakveld)
        Sectie.objects.create(
            versie=versie, pakket=pakket, kop="Geld", tekst="Dit kost € 1.000 en ook € 1.001.", volgorde=2
        )
        primair = Kolom.objects.create(versie=versie, fase="primair", jaar=2024, volgorde=7)
        wijziging = Wijziging.objects.create(versie=versie, nummer="1", titel="Eerste", raadsbesluit="2024-1")
        regel = maak_regel(versie, pakket, [primair], "lasten", -50, "p1-gewijzigd")
        na = kolommen["na_wijziging", 2024]
        Bedrag.objects.create(versie=versie, regel=regel, kolom=na, euro=-50)
        Bedrag.objects.create(versie=versie, regel=regel, kolom=na, euro=-20, wijziging=wijziging)
    return versie


class TestLezen:
    def test_alle_wegen_komen_bij_elkaar(self, concept: Versie) -> None:
        rijen = rapport(concept)

        assert tel(Controle.GEDRUKT, rijen) == {"sluit aan": 3}
        for controle in (Controle.REGELS, Controle.NIVEAUS, Controle.SALDO, Controle.TAAKVELDEN):
            assert set(tel(controle, rijen)) == {"sluit aan"}
        # Two lines of each programme have no primair 2024; the changed one agrees.
        (goed,) = (rij for rij in van(Controle.WIJZIGINGEN, rijen) if rij.oordeel == Oordeel.AAN)
        assert (goed.gepubliceerd, goed.nagerekend, goed.plek.woord) == (D(-70), D(-70), "p1-gewijzigd")
        assert tel(Controle.WIJZIGINGEN, rijen) == {"sluit aan": 1, "verschil": 4}
        assert [(rij.gepubliceerd, rij.oordeel.value) for rij in van(Controle.TEKSTEN, rijen)] == [
            (D(1000), "sluit aan"),
            (D(1001), "verschil"),
        ]
        assert tel(Controle.BESTANDEN, rijen) == {"niet te controleren": 1}

    def test_meer_regels_dan_een_voor_een(self, concept: Versie, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lezing, "MEESTE_REGELS", 4)
        rijen = rapport(concept)

        assert tel(Controle.REGELS, rijen) == {"niet te controleren": 1}
        assert tel(Controle.GEDRUKT, rijen) == {"sluit aan": 3}
        assert tel(Controle.WIJZIGINGEN, rijen)["niet te controleren"] == 1

    def test_een_programma_en_een_document_samen(self, concept: Versie) -> None:
        """The saldo of the whole, by all ways, is what the lines add up to."""
        verwacht = sum(Bedrag.objects.filter(versie=concept, kolom__jaar=2025).values_list("euro", flat=True), D(0))
        saldi = [rij for rij in van(Controle.SALDO, rapport(concept)) if not rij.plek.programma and rij.plek.kolom]

        (een,) = (rij for rij in saldi if rij.plek.wat == "saldo" and rij.plek.kolom.jaar == 2025)
        assert een.gepubliceerd == een.nagerekend == verwacht


class TestBuren:
    def maak(self, rollen: Rollen, soort: str, jaar: int, programmas: int = 2) -> Versie:
        document = Document.objects.create(soort=soort, jaar=jaar, titel=f"{soort} {jaar}", slug=f"{soort}-{jaar}")
        return maak_gepubliceerd(rollen, programmas, document)

    def test_het_volgende_document(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen, 2)
        self.maak(rollen, "jaarstukken", 2025)
        rijen = van(Controle.DOCUMENTEN, rapport(versie))

        assert {rij.oordeel for rij in rijen if "jaarstukken 2025" in rij.vergeleken} == {Oordeel.AAN}
        # Six columns; the document, two programmes and two pakketten; lasten and baten.
        assert len(rijen) == 6 * 5 * 2 + 1

    def test_op_papier_telt_wat_er_bij_de_publicatie_was(self, rollen: Rollen) -> None:
        self.maak(rollen, "jaarstukken", 2023)
        versie = maak_gepubliceerd(rollen, 2)
        toen = rapport(versie, bij_publicatie=True)
        later = self.maak(rollen, "jaarstukken", 2025)
        assert rapport(versie, bij_publicatie=True) == toen
        assert rapport(versie) != toen

        publicatie.trek_in(later, door=rollen.publicist, reden="Fout.")
        assert rapport(versie) == toen

    def test_een_vorig_document_dat_later_is_ingetrokken(self, rollen: Rollen) -> None:
        eerder = self.maak(rollen, "jaarstukken", 2023)
        versie = maak_gepubliceerd(rollen, 2)
        toen = rapport(versie, bij_publicatie=True)
        publicatie.trek_in(eerder, door=rollen.publicist, reden="Fout.")

        assert rapport(versie, bij_publicatie=True) == toen
        assert len(van(Controle.DOCUMENTEN, rapport(versie))) == 2

    def test_een_concept_is_geen_buur(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen, 2)
        voor = rapport(versie)
        document = Document.objects.create(soort="jaarstukken", jaar=2025, titel="Geheim", slug="jaarstukken-2025")
        maak_concept(rollen, 2, document)

        assert rapport(versie) == voor

    def test_iv3_van_hetzelfde_jaar(self, rollen: Rollen, concept: Versie) -> None:
        versie = publiceer_met_wijziging(concept, rollen)
        iv3 = Document.objects.create(soort="iv3_begroting", jaar=2025, titel="Iv3-begroting 2025", slug="iv3-2025")
        ander = maak_concept(rollen, 2, iv3)
        with namens(rollen.redacteur.pk):
            Begrotingsregel.objects.filter(versie=ander).update(taakveld=Taakveld.objects.get(code="1.1"))
        publiceer(ander, rollen)
        rijen = van(Controle.IV3, rapport(versie))

        assert {rij.plek.wat for rij in rijen} == {"taakveld 1.1, lasten", "taakveld 1.1, baten"}
        assert {rij.oordeel for rij in rijen} == {Oordeel.AAN}


def publiceer_met_wijziging(versie: Versie, rollen: Rollen) -> Versie:
    """Publish the concept of these tests without the year whose columns do not agree."""
    with namens(rollen.redacteur.pk):
        Bedrag.objects.filter(versie=versie, kolom__fase="primair", kolom__jaar=2024).delete()
        Kolom.objects.filter(versie=versie, fase="primair", jaar=2024).delete()
    return publiceer(versie, rollen)


class TestBestanden:
    def test_de_bestanden_opnieuw_gemaakt(self, rollen: Rollen) -> None:
        rijen = van(Controle.BESTANDEN, rapport(maak_gepubliceerd(rollen, 3)))

        assert [(rij.plek.wat, rij.oordeel) for rij in rijen] == [
            (naam, Oordeel.AAN)
            for naam in (
                *("begroting.csv", "begroting.json"),
                *(f"programma/programma-{nummer}/begroting.csv" for nummer in (1, 2, 3)),
            )
        ]

    def test_een_cent_met_de_triggers_uit(self, rollen: Rollen, als_eigenaar: Eigenaar) -> None:
        versie = maak_gepubliceerd(rollen, 3)
        bedrag = Bedrag.objects.filter(versie=versie, regel__sleutel="p2-lasten").first()
        assert bedrag is not None
        met_triggers_uit(als_eigenaar, "UPDATE programma_bedrag SET euro = euro + 0.01 WHERE id = %s", bedrag.pk)
        anders = [rij for rij in rapport(versie) if rij.oordeel == Oordeel.VERSCHIL]

        assert [rij.plek.wat for rij in anders] == [
            "begroting.csv",
            "begroting.json",
            "programma/programma-2/begroting.csv",
        ]

    def test_een_code_die_een_formule_lijkt(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        with namens(rollen.redacteur.pk):
            programma = Programma.objects.get(versie=versie, code="2")
            programma.code = '=1,"2'
            programma.save()
        publiceer(versie, rollen)

        assert tel(Controle.BESTANDEN, rapport(versie)) == {"sluit aan": 4}

    def test_te_groot(self, rollen: Rollen, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bestandproef, "MEESTE_BEDRAGEN", 11)
        rijen = van(Controle.BESTANDEN, rapport(maak_gepubliceerd(rollen)))

        assert {rij.oordeel for rij in rijen} == {Oordeel.ONBEKEND}
        assert "te groot" in rijen[0].reden


def met_triggers_uit(als_eigenaar: Eigenaar, sql: str, *waarden: object) -> None:
    """Change rows as the owner of the database can."""
    with als_eigenaar(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, waarden)
        cursor.execute("SET session_replication_role = origin")


class TestPagina:
    def test_publiek(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        html = client.get(RAPPORT).content.decode()

        assert "controles sluiten aan" in html
        for stukje in (
            f"sha256 {versie.controlesom}",
            f"sha256 {versie.anker}",
            "Stand van",
            'aansluiting.csv?vorm=excel"',
        ):
            assert stukje in html
        assert "Dit is het vaste adres van versie 1" in client.get(f"{WORTEL}versie/1/aansluiting/").content.decode()

    def test_alles_of_alleen_wat_afwijkt(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)
        adres = f"{WORTEL}programma/programma-1/bedrag/1a-lasten/primair-2025/"

        assert adres not in client.get(RAPPORT).content.decode()
        assert f'<a href="{adres}">' in client.get(f"{RAPPORT}?alles=1&controle=regels").content.decode()
        assert adres not in client.get(f"{RAPPORT}?alles=1&controle=bestanden").content.decode()

    @pytest.mark.parametrize("vraag", ["controle=%00", "controle=onzin&alles=", "alles=99999", "controle=a&controle=b"])
    def test_onzin_is_geen_fout(self, client: Client, rollen: Rollen, vraag: str) -> None:
        maak_gepubliceerd(rollen)

        assert client.get(f"{RAPPORT}?{vraag}").status_code == 200

    def test_een_concept_bestaat_niet_voor_het_publiek(self, client: Client, rollen: Rollen, concept: Versie) -> None:
        for pad in ("aansluiting/", "aansluiting.csv", "aansluiting.pdf", "versie/1/aansluiting/"):
            assert client.get(WORTEL + pad).status_code == 404
        client.force_login(rollen.auditor)
        antwoord = client.get(f"/beheer/voorbeeld/{concept.pk}/aansluiting/")
        assert antwoord.status_code == 200
        assert "no-store" in antwoord["Cache-Control"]
        assert "3 van 3 gedrukte totalen sluiten aan" in antwoord.content.decode()

    def test_ingetrokken(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")

        assert client.get(f"{WORTEL}versie/1/aansluiting/").status_code == 410

    def test_gelinkt_waar_de_totalen_staan(self, client: Client, rollen: Rollen, concept: Versie) -> None:
        publiceer_met_wijziging(concept, rollen)

        for pad, rapport_adres in (
            (WORTEL, RAPPORT),
            (f"{WORTEL}programma/programma-1/", RAPPORT),
            (f"{WORTEL}versie/1/", f"{WORTEL}versie/1/aansluiting/"),
        ):
            assert f'<a href="{rapport_adres}">' in client.get(pad).content.decode()

    def test_een_gedrukt_totaal_van_een_pakket_heeft_overal_hetzelfde_oordeel(
        self, client: Client, rollen: Rollen, concept: Versie
    ) -> None:
        """The page of the document says of it what the report says."""
        with namens(rollen.redacteur.pk):
            pakket = Pakket.objects.get(versie=concept, code="2A")
            kolom = Kolom.objects.get(versie=concept, jaar=2025)
            GedruktTotaal.objects.create(
                versie=concept,
                programma=pakket.programma,
                pakket=pakket,
                kolom=kolom,
                grootheid="lasten",
                euro=-2000,
                eenheid=1,
            )
        publiceer_met_wijziging(concept, rollen)

        assert "4 van 4 gedrukte totalen sluiten aan" in client.get(RAPPORT).content.decode()
        assert "Alle 4 gedrukte totalen in dit document zijn nagerekend" in client.get(WORTEL).content.decode()

    def test_wat_de_gemeente_verklaart_staat_erbij(self, client: Client, rollen: Rollen, concept: Versie) -> None:
        with namens(rollen.redacteur.pk):
            GedruktTotaal.objects.filter(versie=concept, grootheid="baten").update(euro=150, toelichting="Later lager.")
        publiceer_met_wijziging(concept, rollen)

        assert "De gemeente verklaart: Later lager." in client.get(RAPPORT).content.decode()
        redenen = [rij["reden"] for rij in lees(client) if rij["controle"] == "gedrukt" and rij["reden"]]
        assert redenen == ["De gemeente verklaart: Later lager."]

    def test_gelinkt_zonder_gedrukte_totalen(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)

        assert f'<a href="{RAPPORT}">' in client.get(WORTEL).content.decode()


class TestCsv:
    def test_dezelfde_bytes_op_elk_adres(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen, 3)
        vast = client.get(f"{WORTEL}versie/1/aansluiting.csv")

        assert vast.content == client.get(WORTEL + "aansluiting.csv").content
        assert vast["Content-Disposition"] == 'attachment; filename="programmabegroting-2025-v1-aansluiting.csv"'
        assert client.get(f"{WORTEL}aansluiting.csv?vorm=excel").content.startswith(b"\xef\xbb\xbfdocument;")

    def test_alle_rijen(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen, 3)

        assert [rij["oordeel"] for rij in lees(client)] == [rij.oordeel.value for rij in rapport(versie)]
