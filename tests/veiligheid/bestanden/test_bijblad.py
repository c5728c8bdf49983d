"""A workbook with one sheet more: the rest stays as it was, and our own guard and reader take it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from xlsxwriter import Workbook

from veiligheid.bestanden import bijblad, lees
from veiligheid.bestanden.bijblad import Verwijzing

RIJEN = [["cel", "wat"], [Verwijzing("B2", "Blad 'één'", "B2"), "=1+1 & <vet> \x0b"], [], ["", "rij 4"]]


def werkmap() -> bytes:
    """Return a workbook with two sheets, a colour and a formula."""
    boek = openpyxl.Workbook()
    blad = boek.active
    blad.title = "Blad 'één'"
    blad.append(["naam", "bedrag", date(2025, 1, 2)])
    blad["B2"] = 3516.5
    blad["B2"].fill = PatternFill("solid", start_color="FFFF00")
    boek.create_sheet("fouten")["A1"] = "van de vorige keer"
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def test_wat_er_was_blijft_en_het_blad_komt_erbij() -> None:
    inhoud = bijblad.met_blad(werkmap(), "Fouten", RIJEN)

    boek = openpyxl.load_workbook(io.BytesIO(inhoud))
    assert boek.sheetnames == ["Blad 'één'", "fouten", "Fouten 2"]
    assert boek["Blad 'één'"]["B2"].fill.start_color.rgb == "00FFFF00"
    blad = boek["Fouten 2"]
    assert (blad["A2"].value, blad["A2"].hyperlink.location) == ("B2", "'Blad ''één'''!B2")
    assert (blad["B2"].value, blad["B2"].data_type) == ("=1+1 & <vet> \ufffd", "s")
    assert blad["B4"].value == "rij 4"
    with zipfile.ZipFile(io.BytesIO(inhoud)) as nieuw, zipfile.ZipFile(io.BytesIO(werkmap())) as oud:
        assert nieuw.read("xl/worksheets/sheet1.xml") == oud.read("xl/worksheets/sheet1.xml")

    eerste, _, derde = lees(inhoud, "x.xlsx").bladen
    assert eerste.rijen[1][1] == Decimal("3516.5")
    assert derde.naam == "Fouten 2" and derde.rijen[0] == ["cel", "wat"]


def test_nog_een_blad_erbij_en_een_nieuwe_werkmap() -> None:
    inhoud = bijblad.met_blad(bijblad.met_blad(bijblad.leeg(), "A & B", [["1"]]), "Fouten", [["2"]])
    assert [(blad.naam, blad.rijen) for blad in lees(inhoud, "x.xlsx").bladen] == [
        ("A & B", [["1"]]),
        ("Fouten", [["2"]]),
    ]
    assert openpyxl.load_workbook(io.BytesIO(inhoud)).sheetnames == ["A & B", "Fouten"]


def test_een_werkmap_van_een_ander_programma() -> None:
    uit = io.BytesIO()
    boek = Workbook(uit)
    boek.add_worksheet("P1").write(0, 0, "a")
    boek.close()
    assert [blad.naam for blad in lees(bijblad.met_blad(uit.getvalue(), "Fouten", RIJEN), "x.xlsx").bladen] == [
        "P1",
        "Fouten",
    ]


@pytest.mark.parametrize("weg", ["xl/_rels/workbook.xml.rels", "xl/workbook.xml"])
def test_zonder_lijst_van_bladen_kan_het_niet(weg: str) -> None:
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(werkmap())) as bron, zipfile.ZipFile(uit, "w") as doel:
        for naam in bron.namelist():
            doel.writestr(naam, "<workbook/>" if naam == weg == "xl/workbook.xml" else bron.read(naam))
            if naam == weg != "xl/workbook.xml":
                doel.filelist.pop()
    with pytest.raises(ValueError, match=r"missing|no list"):
        bijblad.met_blad(uit.getvalue(), "Fouten", RIJEN)
