"""narekenen.xlsx: what it carries; that a spreadsheet computes the same is in tests/programma/test_rekenblad.py."""

from __future__ import annotations

from decimal import Decimal

from programma.models import GedruktTotaal, Kolom, Pakket, Programma
from programma.rekenblad.narekenen import schrijf_narekenen
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd
from tests.programma.rekenblad.stukken import bytes_van, demo, formules, uitgave_van, waarden


def test_de_demonstratie(rollen: Rollen) -> None:
    inhoud = bytes_van(schrijf_narekenen, uitgave_van(demo(rollen)))

    blad = waarden(inhoud, "Nagerekend")
    assert blad[1][0] == "24 van 24 sluiten aan"
    assert [rij[0] for rij in blad[2:5]] == [0, 0, 30]
    assert blad[6][9:15] == [
        *("gedrukt (euro)", "eenheid (euro)", "nagerekend (euro)", "verschil (euro)"),
        *("toegestane afronding (euro)", "oordeel"),
    ]
    assert len(blad) == 31 and {rij[14] for rij in blad[7:]} == {"sluit aan"}
    assert all(rij[9] == rij[11] and rij[12] == 0 for rij in blad[7:])
    programma = waarden(inhoud, "Per programma")
    assert len(programma) == 1 + 2 * 6
    assert all(rij[5:11] == rij[11:17] and rij[17] == "gelijk" for rij in programma[1:])


def test_gedrukte_totalen_op_elk_niveau(rollen: Rollen) -> None:
    versie = maak_concept(rollen, 2)
    kolom = Kolom.objects.get(versie=versie, fase="primair", jaar=2025)
    programma = Programma.objects.get(versie=versie, code="2")
    pakket = Pakket.objects.get(versie=versie, code="2A")

    def druk(grootheid: str, euro: int, eenheid: int = 1, **van: object) -> None:
        GedruktTotaal.objects.create(
            versie=versie, kolom=kolom, grootheid=grootheid, euro=Decimal(euro), eenheid=eenheid, **van
        )

    druk("lasten", -3000)
    druk("saldo", -2000, 1000, programma=programma)  # -1800, rounded to a thousand
    druk("saldo", -1801, programma=programma, pakket=pakket)  # 1 off, two amounts: rounding can do 1.5
    druk("baten", 202, programma=programma, pakket=pakket)  # 2 off, one amount: rounding can do 1

    blad = waarden(bytes_van(schrijf_narekenen, uitgave_van(versie)), "Nagerekend")

    assert [(rij[1], rij[2], rij[4], rij[6], rij[9], rij[11], rij[13], rij[14]) for rij in blad[7:]] == [
        ("document", None, None, "lasten", -3000, -3000, 1.5, "sluit aan"),
        ("programma", "2", None, "saldo", -2000, -1800, 1500, "sluit aan"),
        ("pakket", "2", "2A", "baten", 202, 200, 1, "verschil"),
        ("pakket", "2", "2A", "saldo", -1801, -1800, 1.5, "verschil door afronding"),
    ]
    assert [rij[0] for rij in blad[1:5]] == ["2 van 4 sluiten aan", 1, 1, 24]


def test_zonder_gedrukte_totalen_en_zonder_regels(rollen: Rollen) -> None:
    inhoud = bytes_van(schrijf_narekenen, uitgave_van(maak_concept(rollen, 0)))

    assert waarden(inhoud, "Nagerekend")[1][0].startswith("Dit document heeft geen gedrukte totalen")
    assert len(waarden(inhoud, "Per programma")) == 1 + 6


def test_steeds_dezelfde_bytes(rollen: Rollen) -> None:
    versie = maak_gepubliceerd(rollen)
    eerst = bytes_van(schrijf_narekenen, uitgave_van(versie))

    assert bytes_van(schrijf_narekenen, uitgave_van(versie)) == eerst


def test_geen_code_of_naam_in_een_formule(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    Programma.objects.filter(versie=versie).update(naam='"&HYPERLINK("x")&"')

    inhoud = bytes_van(schrijf_narekenen, uitgave_van(versie))

    assert formules(inhoud) and not [formule for formule in formules(inhoud) if "HYPERLINK" in formule]
