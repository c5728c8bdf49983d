"""A workbook, as another reader and our own read it: cells keep their type, and nothing becomes a formula or XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veiligheid import bestanden, werkmap
from veiligheid.exports import ontbeveilig
from veiligheid.werkmap import Cel, Formule, Kolom, TeVeel, Waarde

NAAMRUIMTE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def maak(map: Path, rijen: Sequence[Sequence[Waarde]], breedte: int = 4) -> bytes:
    """Return a workbook of one sheet with these rows."""
    uit = io.BytesIO()
    with werkmap.werkmap(uit, map, "Titel") as boek:
        boek.blad("Blad", [Kolom(f"k{nummer}") for nummer in range(breedte)]).schrijf(rijen)
    return uit.getvalue()


def teksten(inhoud: bytes) -> list[str]:
    """Return the texts in the XML, as a spreadsheet reads them: _x000D_ is a sign."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        wortel = ElementTree.fromstring(archief.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own
    return [
        re.sub("_x([0-9A-Fa-f]{4})_", lambda deel: chr(int(deel[1], 16)), tekst.text or "")
        for tekst in wortel.iter(f"{NAAMRUIMTE}t")
    ]


# What PostgreSQL can hold: no surrogates, no NUL.
TEKST = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40) | st.text(
    "'=+a", min_size=1
)


@given(st.lists(TEKST, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_elke_tekst_komt_terug(tmp_path_factory: pytest.TempPathFactory, rij: list[str]) -> None:
    assert [ontbeveilig(tekst) for tekst in teksten(maak(tmp_path_factory.getbasetemp(), [rij], 8))] == rij


@pytest.mark.parametrize(
    "tekst", ["=1+1", "+1", "@SUM(A1)", "\t=1", "'=x", "<r><t>x</t></r>", "</t>", "_x0041_", " a "]
)
def test_een_tekst_is_geen_formule(tmp_path: Path, tekst: str) -> None:
    inhoud = maak(tmp_path, [[tekst]])

    assert teksten(inhoud) == ["''=x" if tekst == "'=x" else tekst]
    cel = openpyxl.load_workbook(io.BytesIO(inhoud))["Blad"]["A1"]
    # openpyxl guesses the type of a text again; what stands in the file is an inline string without <f>.
    assert cel.value.replace("_x005F_", "_") == teksten(inhoud)[0]
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        blad = archief.read("xl/worksheets/sheet1.xml").decode()
    assert 't="inlineStr"' in blad and "<f>" not in blad
    eigen = bestanden.lees(inhoud, "x.xlsx").bladen[0]
    assert [list(rij) for rij in eigen.rijen] == [[tekst]]


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**13), max_value=10**13)))
@settings(max_examples=40, deadline=None)
def test_elk_bedrag_komt_terug(tmp_path_factory: pytest.TempPathFactory, bedragen: list[Decimal]) -> None:
    inhoud = maak(tmp_path_factory.getbasetemp(), [[Cel(bedrag, "geld")] for bedrag in bedragen])

    gelezen = [rij[0] for rij in openpyxl.load_workbook(io.BytesIO(inhoud))["Blad"].iter_rows(values_only=True)]
    assert [round(Decimal(waarde), 2) for waarde in gelezen if waarde is not None] == bedragen
    assert ">-0<" not in inhoud.decode("latin-1")


def test_soorten_cellen(tmp_path: Path) -> None:
    inhoud = maak(tmp_path, [["a", 3, Decimal("-1.50")], ["", Formule("1+1", 2), Formule('"a"&"<"', "a<")]], 3)

    blad = openpyxl.load_workbook(io.BytesIO(inhoud))["Blad"]
    assert [[cel.value for cel in rij] for rij in blad] == [["a", 3, -1.5], [None, "=1+1", '="a"&"<"']]
    met_waarden = openpyxl.load_workbook(io.BytesIO(inhoud), data_only=True)["Blad"]
    assert [cel.value for cel in met_waarden[2]] == [None, 2, "a<"]


def test_kop_filter_en_volgorde_van_bladen(tmp_path: Path) -> None:
    uit = io.BytesIO()
    with werkmap.werkmap(uit, tmp_path) as boek:
        eerste, tweede = boek.blad("Eerste", [Kolom("x", 20)]), boek.blad("Tweede", [Kolom("y", 8, "geld"), Kolom("z")])
        koprij = tweede.koppen()
        assert tweede.schrijf([Decimal(nummer), "t"] for nummer in range(3000)) == 3001
        tweede.filterbaar(koprij)
        eerste.rij(Cel("later geschreven", "titel"))

    gelezen = openpyxl.load_workbook(uit)
    assert gelezen.sheetnames == ["Eerste", "Tweede"]
    assert gelezen["Eerste"]["A1"].value == "later geschreven" and gelezen["Eerste"]["A1"].font.bold
    blad = gelezen["Tweede"]
    assert (blad.freeze_panes, blad.auto_filter.ref, blad.dimensions) == ("A2", "A1:B3001", "A1:B3001")
    assert (blad["A1"].value, blad["A3001"].value, blad["A2"].number_format) == ("y", 2999, "#,##0.00")


def test_dezelfde_bytes(tmp_path: Path) -> None:
    assert maak(tmp_path, [["a", 1]]) == maak(tmp_path, [["a", 1]])


def test_te_veel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TeVeel, match="langer dan in een cel past"):
        maak(tmp_path, [["a" * (werkmap.LANGSTE_TEKST + 1)]])
    langste = "a" * (werkmap.LANGSTE_TEKST - 1)
    assert teksten(maak(tmp_path, [[langste]])) == [langste]
    with pytest.raises(TeVeel, match="langer dan in een cel past"):
        maak(tmp_path, [["\U0001f600" * (werkmap.LANGSTE_TEKST // 2 + 1)]])
    monkeypatch.setattr(werkmap, "MEESTE_RIJEN", 3)
    with pytest.raises(TeVeel, match="meer regels dan er op een blad passen"):
        maak(tmp_path, [["a"]] * 4)


@pytest.mark.parametrize("waarde", [Decimal("NaN"), Decimal("Infinity"), 1.5, True, b"x"])
def test_wat_geen_cel_is(tmp_path: Path, waarde: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        maak(tmp_path, [[waarde]])  # type: ignore[list-item]


def test_er_blijft_niets_achter(tmp_path: Path) -> None:
    def kapot() -> Iterator[list[str]]:
        yield ["a"]
        raise RuntimeError("halverwege")

    with pytest.raises(RuntimeError, match="halverwege"), werkmap.werkmap(io.BytesIO(), tmp_path) as boek:
        boek.blad("Blad", [Kolom("k")]).schrijf(kapot())
    maak(tmp_path, [["a"]])

    assert list(tmp_path.iterdir()) == []
