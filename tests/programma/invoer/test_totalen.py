"""Totals of a file: compared with the sum of its lines, and never imported."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.invoer import verloop
from programma.invoer.regelduiding import TOTALEN, genoemd_totaal
from programma.invoer.totalen import Gedrukt, Totalen, soort_van
from programma.models import Begrotingsregel, Import
from programma.resources.cellen import kaal
from tests.bouwers import Rollen, maak_concept
from tests.programma.invoer.stukken import controleer

KOLOM = ("primair", 2025)
KOP = ["Pakket", "Soort", "Omschrijving", "Begroting 2025"]


@given(
    st.text(max_size=4),
    st.sampled_from([*TOTALEN, "Totaal", "SUBTOTAAL", "tot aal", "ｔotaal", "Saldo\u00ad"]),
    st.text(max_size=6),
)
def test_een_totaal_herkend_zonder_de_cel_uit_elkaar_te_halen(voor: str, woord: str, na: str) -> None:
    """The quick look at plain text sees exactly what the comparison of bare texts sees."""
    for tekst in (voor + woord + na, voor + na, f"{voor} {woord.capitalize()} {na}"):
        bloot = kaal(tekst)
        assert genoemd_totaal(tekst) == (bloot if bloot.startswith(TOTALEN) else "")


def reken(regels: list[tuple[str, str]], totaal: str, wat: str, eenheid: int = 1) -> str:
    """Return what is said of one total under these lines."""
    totalen = Totalen(eenheid)
    for soort, euro in regels:
        totalen.tel(soort, KOLOM, Decimal(euro) if euro else None)
    totalen.onthoud(9, [Gedrukt("rij 9", wat, KOLOM, Decimal(totaal), 9)])
    aantallen = totalen.uitkomst()["aantallen"]
    return next(naam for naam, aantal in aantallen.items() if aantal)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wat", "soort"),
    [("totaal lasten", "lasten"), ("totaal baten", "baten"), ("totaal storting in reserves", "toevoeging"),
     ("saldo van lasten en baten", ""), ("totaal programma 1", ""), ("saldo baten", "")],
)  # fmt: skip
def test_waarover_een_totaal_gaat(wat: str, soort: str) -> None:
    assert soort_van(wat) == soort


@pytest.mark.parametrize(
    ("totaal", "wat", "eenheid", "oordeel"),
    [
        ("-300", "totaal lasten", 1, "klopt"),
        ("50", "totaal baten", 1, "klopt"),
        ("-250", "saldo", 1, "klopt"),
        ("250", "saldo", 1, "klopt"),
        ("-300", "saldo van lasten", 1, "klopt"),
        ("50", "saldo van lasten", 1, "anders"),
        ("-301.5", "totaal lasten", 1, "afronding"),
        ("-301.51", "totaal lasten", 1, "anders"),
        ("-1800", "totaal lasten", 1000, "afronding"),
        ("300", "totaal lasten", 1, "anders"),
    ],
)
def test_een_totaal_klopt_binnen_de_afronding(totaal: str, wat: str, eenheid: int, oordeel: str) -> None:
    assert reken([("lasten", "-100"), ("lasten", "-200"), ("baten", "50")], totaal, wat, eenheid) == oordeel


def test_een_kolom_met_een_gat_wordt_niet_vergeleken() -> None:
    assert reken([("lasten", "-100"), ("lasten", "")], "-100", "totaal lasten") == "onbekend"
    assert Totalen(1).uitkomst() == {}


def werkmap(*rijen: list[object]) -> bytes:
    """Return a printed table as an editor pastes it: a line with the unit, a header, lines."""
    boek = openpyxl.Workbook()
    for rij in (["Bedragen x € 1.000"], [], KOP, *rijen):
        boek.active.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def lees(rollen: Rollen, *rijen: list[object]) -> Import:
    """Check such a table."""
    return controleer(maak_concept(rollen), rollen, werkmap(*rijen), "tabel.xlsx")


def test_een_gedrukte_tabel_met_tussenkoppen_en_totalen(rollen: Rollen) -> None:
    invoer = lees(
        rollen,
        ["Lasten", None, None, None],
        ["1A", "lasten", "Brandweer", "3.516"],
        ["1A", "lasten", "Rampen", "1.484"],
        ["Totaal lasten", None, None, "5.000"],
        KOP,
        ["Baten", "", "", "-"],
        ["1A", "baten", "Leges", 300],
        [None, "baten", "Totaal baten", 299],
        ["Totaal programma 1", None, None, "4.000"],
    )
    assert verloop.fouten(invoer) == 0
    assert invoer.uitkomst["telling"]["regel"] == {"nieuw": 3}
    assert not Begrotingsregel.objects.filter(omschrijving__icontains="totaal").exists()
    assert invoer.uitkomst["gedrukt"]["aantallen"] == {"klopt": 1, "afronding": 1, "anders": 1, "onbekend": 0}
    assert (
        "3 rijen met totalen zijn niet geïmporteerd: de site rekent totalen zelf uit." in invoer.uitkomst["meldingen"]
    )
    assert "3 rijen zonder bedragen, zoals tussenkoppen, zijn overgeslagen." in invoer.uitkomst["meldingen"]


def test_subtotalen_per_blok_en_een_totaal_dat_niet_klopt(rollen: Rollen) -> None:
    invoer = lees(
        rollen,
        ["1A", "lasten", "Een", 100],
        ["1A", "lasten", "Twee", 200],
        ["Subtotaal lasten", None, None, 300],
        ["1A", "lasten", "Drie", 400],
        ["Subtotaal lasten", None, None, 400],
        ["Totaal lasten", None, None, 900],
    )
    gedrukt = invoer.uitkomst["gedrukt"]
    assert gedrukt["aantallen"] == {"klopt": 2, "afronding": 0, "anders": 1, "onbekend": 0}
    assert gedrukt["rijen"] == [
        ["anders", "blad Sheet, rij 9, kolom D", "totaal lasten", "primair", 2025, "-900000.00", "-700000.00"]
    ]
    assert verloop.fouten(invoer) == 0


def test_een_regel_die_totaal_heet_is_een_regel(rollen: Rollen) -> None:
    invoer = lees(rollen, ["1A", "lasten", "Totaalvisie sport", 100])
    assert invoer.uitkomst["telling"]["regel"] == {"nieuw": 1}
    assert invoer.uitkomst["gedrukt"] == {}
