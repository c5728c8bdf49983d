"""Two versions compared by PostgreSQL: exactly the edits that were made, no more and no less."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest

from programma import publicatie
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bron,
    Doel,
    GedruktTotaal,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    Versie,
    Wijziging,
)
from programma.raming import Kolom as Kolomrij
from programma.toetsing.keuring import bereken_controlesom
from programma.vergelijking import bedragen_csv, vergelijk
from programma.verschil import Aard, totalen
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd, maak_regel
from veiligheid.exports import EXCEL
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]
K25 = Kolomrij(2025, "primair")


@pytest.fixture
def paar(rollen: Rollen) -> tuple[Versie, Versie]:
    """A published version of three programmes, and a concept copied from it."""
    oud = maak_gepubliceerd(rollen, 3)
    return oud, publicatie.maak_concept(oud, door=rollen.redacteur)


def bedrag(versie: Versie, sleutel: str, kolom: Kolomrij = K25) -> Bedrag:
    """Return the amount of a line in a column."""
    gevonden: Bedrag = Bedrag.objects.get(
        versie=versie, regel__sleutel=sleutel, kolom__jaar=kolom.jaar, kolom__fase=kolom.fase
    )
    return gevonden


def test_tegen_zichzelf_verschilt_niets(paar: tuple[Versie, Versie]) -> None:
    oud, nieuw = paar
    assert vergelijk(oud, oud).leeg
    assert vergelijk(oud, nieuw).leeg
    assert list(csv.reader(io.StringIO(b"".join(bedragen_csv(oud, nieuw)).decode())))[1:] == []


def test_bedragen_de_grootste_eerst(paar: tuple[Versie, Versie]) -> None:
    oud, nieuw = paar
    for sleutel, euro in (("p1-lasten", "-1500.50"), ("p2-baten", "199.99"), ("p3-lasten", "-3001")):
        rij = bedrag(nieuw, sleutel)
        rij.euro = Decimal(euro)
        rij.save()
    Begrotingsregel.objects.filter(versie=nieuw, sleutel="p1-lasten").update(toelichting="Duurdere auto's.")

    gevonden = vergelijk(oud, nieuw)

    assert [(cel.sleutel, cel.oud, cel.nieuw, cel.verschil) for cel in gevonden.cellen] == [
        ("p1-lasten", Decimal(-1000), Decimal("-1500.50"), Decimal("-500.50")),
        ("p3-lasten", Decimal(-3000), Decimal(-3001), Decimal(-1)),
        ("p2-baten", Decimal(200), Decimal("199.99"), Decimal("-0.01")),
    ]
    assert [cel.toelichting for cel in gevonden.cellen] == ["Duurdere auto's.", "", ""]
    assert (gevonden.cellen[0].programma, gevonden.cellen[0].pakket, gevonden.cellen[0].kolom) == ("1", "1A", K25)
    assert [(rij.soort, rij.aard, [veld.veld for veld in rij.velden]) for rij in gevonden.rijen] == [
        ("Begrotingsregel", Aard.GEWIJZIGD, ["toelichting"])
    ]
    per_programma = totalen(gevonden.oud, gevonden.nieuw, K25)
    assert [(rij.programma.programma, rij.programma.verschil.resultaat) for rij in per_programma] == [
        ("1", Decimal("-500.50")),
        ("3", Decimal(-1)),
        ("2", Decimal("-0.01")),
    ]
    assert per_programma[0].programma.oud.resultaat == Decimal(-900)


def test_hoogstens_zoveel_bedragen_maar_wel_het_aantal(paar: tuple[Versie, Versie]) -> None:
    oud, nieuw = paar
    Bedrag.objects.filter(versie=nieuw).update(euro=Decimal(7))

    gevonden = vergelijk(oud, nieuw, hoogstens=5)

    assert (len(gevonden.cellen), gevonden.alle_cellen) == (5, 36)


def test_een_regel_erbij_en_een_eraf(paar: tuple[Versie, Versie]) -> None:
    oud, nieuw = paar
    Begrotingsregel.objects.get(versie=nieuw, sleutel="p2-baten").delete()
    pakket = Pakket.objects.get(versie=nieuw, code="3A")
    maak_regel(nieuw, pakket, Kolom.objects.filter(versie=nieuw), "baten", 40, "r900")

    gevonden = vergelijk(oud, nieuw)

    assert {(rij.rij["sleutel"], rij.aard) for rij in gevonden.rijen} == {
        ("p2-baten", Aard.VERVALLEN),
        ("r900", Aard.NIEUW),
    }
    assert {(cel.sleutel, cel.oud, cel.nieuw) for cel in gevonden.cellen} == {
        ("p2-baten", Decimal(200), None),
        ("r900", None, Decimal(40)),
    }
    assert len(gevonden.cellen) == 12


def test_dezelfde_som_met_een_andere_herkomst(paar: tuple[Versie, Versie]) -> None:
    """The same amount from another source, or split over a change of the council, is a difference too."""
    oud, nieuw = paar
    rij = bedrag(nieuw, "p1-lasten")
    rij.bron = Bron.objects.create(versie=nieuw, naam="Kadernota")
    rij.save()
    ander = bedrag(nieuw, "p2-lasten")
    wijziging = Wijziging.objects.create(versie=nieuw, nummer="3", titel="Derde wijziging")
    ander.euro += 500
    ander.save()
    Bedrag.objects.create(versie=nieuw, regel=ander.regel, kolom=ander.kolom, euro=Decimal(-500), wijziging=wijziging)

    gevonden = vergelijk(oud, nieuw)

    assert {cel.sleutel: cel.zelfde_bedrag for cel in gevonden.cellen} == {"p1-lasten": True, "p2-lasten": True}
    per_sleutel = {cel.sleutel: cel for cel in gevonden.cellen}
    assert per_sleutel["p1-lasten"].delen_nieuw[0].bron == "Kadernota"
    assert [deel.wijziging for deel in per_sleutel["p2-lasten"].delen_nieuw] == ["", "3"]
    assert not gevonden.leeg


def test_een_kolom_die_maar_een_van_beide_heeft(paar: tuple[Versie, Versie]) -> None:
    """Only what is alike is compared: the column itself is the difference."""
    oud, nieuw = paar
    Kolom.objects.get(versie=nieuw, jaar=2028).delete()

    gevonden = vergelijk(oud, nieuw)

    assert [(rij.soort, rij.aard, rij.rij["jaar"]) for rij in gevonden.rijen] == [("Kolom", Aard.VERVALLEN, 2028)]
    assert list(gevonden.cellen) == []


def test_twee_documenten(rollen: Rollen) -> None:
    """Lines keep their sleutel from year to year, so two documents can be compared too."""
    oud = maak_gepubliceerd(rollen)
    nieuw = maak_concept(rollen, 1, maak_document(2026))
    Bedrag.objects.filter(versie=nieuw, regel__soort="lasten", kolom__jaar=2026).update(euro=-1200)

    gevonden = vergelijk(oud, nieuw)

    assert (gevonden.titel_oud, gevonden.titel_nieuw) == ("Programmabegroting 2025", "Programmabegroting 2026")
    assert [(cel.kolom.jaar, cel.verschil) for cel in gevonden.cellen] == [(2026, Decimal(-200))]
    assert gevonden.rijen == []


def test_tekst_doel_en_gedrukt_totaal(paar: tuple[Versie, Versie]) -> None:
    oud, nieuw = paar
    Sectie.objects.filter(versie=nieuw, pakket__code="1A").update(tekst="Wat we anders doen.")
    Sectie.objects.filter(versie=nieuw, pakket__code="2A").update(kop="Wat")
    Doel.objects.filter(versie=nieuw, pakket__code="3A").update(tekst="Meer.", streefjaar=2027)
    programma = Programma.objects.get(versie=nieuw, code="2")
    GedruktTotaal.objects.create(
        versie=nieuw,
        programma=programma,
        kolom=Kolom.objects.get(versie=nieuw, jaar=2025),
        grootheid="saldo",
        euro=Decimal(-1800),
    )

    gevonden = vergelijk(oud, nieuw)

    assert [(rij.soort, rij.aard, [veld[1:] for veld in rij.velden]) for rij in gevonden.rijen] == [
        ("Sectie", Aard.GEWIJZIGD, [("Wat we doen.", "Wat we anders doen.")]),
        ("Sectie", Aard.GEWIJZIGD, [("Inhoud", "Wat")]),
        ("Doel", Aard.GEWIJZIGD, [("Wat we willen bereiken.", "Meer."), (None, 2027)]),
        ("GedruktTotaal", Aard.NIEUW, []),
    ]


@pytest.mark.parametrize("zaad", range(6))
def test_precies_de_bewerkingen_die_gedaan_zijn(paar: tuple[Versie, Versie], rollen: Rollen, zaad: int) -> None:
    """Random edits: each is found, nothing else is, and nothing is found just when the controlesom is the same."""
    oud, nieuw = paar
    toeval = random.Random(zaad)  # noqa: S311 - edits, not secrets
    gedaan: dict[tuple[object, ...], object] = {}
    with namens(rollen.redacteur.pk):
        for rij in toeval.sample(list(Bedrag.objects.filter(versie=nieuw).select_related("regel", "kolom")), 7):
            rij.euro += toeval.choice([Decimal("0.01"), Decimal(-250), Decimal(0)])
            rij.save()
            eerst = bedrag(oud, rij.regel.sleutel, Kolomrij(rij.kolom.jaar, rij.kolom.fase))
            if rij.euro != eerst.euro:
                gedaan["Bedrag", rij.regel.sleutel, rij.kolom.jaar] = (eerst.euro, rij.euro)
        for regel in toeval.sample(list(Begrotingsregel.objects.filter(versie=nieuw)), 2):
            regel.omschrijving = f"Anders {toeval.random()}"
            regel.save()
            gedaan["Begrotingsregel", regel.sleutel] = ("omschrijving",)
        for sectie in toeval.sample(list(Sectie.objects.filter(versie=nieuw)), toeval.randint(0, 2)):
            sectie.tekst += " En nog iets."
            sectie.save()
            gedaan["Sectie", sectie.pakket.code] = ("tekst",)
        for programma in toeval.sample(list(Programma.objects.filter(versie=nieuw)), toeval.randint(0, 2)):
            programma.inleiding = "Nieuw."
            programma.portefeuillehouder = "burgemeester"
            programma.save()
            gedaan["Programma", programma.code] = ("inleiding", "portefeuillehouder")

    gevonden = vergelijk(oud, nieuw)

    naam = {"Begrotingsregel": "sleutel", "Sectie": "pakket__code", "Programma": "code"}
    gezien: dict[tuple[object, ...], object] = {
        ("Bedrag", cel.sleutel, cel.kolom.jaar): (cel.oud, cel.nieuw) for cel in gevonden.cellen
    }
    gezien |= {(rij.soort, rij.rij[naam[rij.soort]]): tuple(veld.veld for veld in rij.velden) for rij in gevonden.rijen}
    assert gezien == gedaan
    assert gevonden.leeg == (bereken_controlesom(oud) == bereken_controlesom(nieuw))
    assert not vergelijk(nieuw, oud).leeg


def test_de_csv_heeft_alle_bedragen(paar: tuple[Versie, Versie]) -> None:
    oud, nieuw = paar
    Bedrag.objects.filter(versie=nieuw, regel__sleutel="p1-lasten").update(euro=Decimal("-1000.55"))
    Begrotingsregel.objects.filter(versie=nieuw, sleutel="p1-lasten").update(toelichting="=Som(A1)\nen meer")

    rijen = list(csv.DictReader(io.StringIO(b"".join(bedragen_csv(oud, nieuw)).decode(), newline="")))
    excel = b"".join(bedragen_csv(oud, nieuw, EXCEL)).decode("utf-8-sig")

    assert len(rijen) == 6
    assert {(rij["oud"], rij["nieuw"], rij["verschil"]) for rij in rijen} == {("-1000.00", "-1000.55", "-0.55")}
    assert rijen[0]["toelichting"] == "'=Som(A1) en meer"
    assert ";-1000,00;-1000,55;-0,55;" in excel


@pytest.mark.parametrize("programmas", [1, 50])
def test_drie_vragen(rollen: Rollen, django_assert_num_queries: Tel, programmas: int) -> None:
    oud = maak_gepubliceerd(rollen, programmas)
    nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
    Bedrag.objects.filter(versie=nieuw).update(euro=1)

    with django_assert_num_queries(3):
        gevonden = vergelijk(oud, nieuw)

    assert gevonden.alle_cellen == programmas * 12
