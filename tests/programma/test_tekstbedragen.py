"""Amounts in prose beside the table: a tip only where the table, rounded as the text rounds, has no such amount."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programma.raming import Cel
from programma.tekstbedragen import Post, bekend, noemt_geld, vreemde_bedragen
from tests.stukken import DEMO, cellen
from veiligheid.formatting import euro, miljoen
from veiligheid.opmaak import in_blokken
from veiligheid.tips import Code, Tip
from veiligheid.tips.regels import regels


def post(cel: Cel) -> Post:
    return Post(cel.programma, cel.pakket, (cel.pakket, cel.soort), cel.soort, cel.kolom, cel.euro)


POSTEN = [post(cel) for cel in cellen()]
VAN_1E = bekend(POSTEN, pakket="1E")


def gevonden(tekst: str, pakket: str = "1E") -> list[Tip]:
    """Return the tips for a text under a pakket of the demonstration, or under its programme."""
    van = bekend(POSTEN, programma="1") if not pakket else bekend(POSTEN, pakket=pakket)
    return list(vreemde_bedragen(regels(in_blokken(tekst)), van))


@pytest.mark.parametrize(
    "tekst",
    [
        "De lasten zijn € 3.516.000 in 2025.",
        "De lasten zijn 3,5 miljoen.",
        "De lasten stijgen met € 135.000.",  # 3.516 less 3.381: between two columns
        "Daar wonen 17 miljoen mensen.",
        "<table><tr><td>€ 9.999.000</td></tr></table>",
        "Zonder bedrag.",
    ],
)
def test_wat_klopt_krijgt_geen_tip(tekst: str) -> None:
    assert gevonden(tekst) == []


def test_wat_niet_voorkomt_is_een_vraag() -> None:
    (tip,) = gevonden("In 2025 kost dit € 4,2 miljoen. Ja, € 4,2 miljoen.")
    assert tip.code == Code.BEDRAG_KOMT_NIET_VOOR
    assert tip.zin.startswith(
        "U schrijft “€ 4,2 miljoen”. Dat komt niet voor in de bedragen van pakket 1E; klopt het? Het dichtst bij is €"
    )
    assert tip.passage == "In 2025 kost dit € 4,2 miljoen. Ja, € 4,2 miljoen."


def test_een_programma_heeft_ook_de_bedragen_van_zijn_pakketten() -> None:
    assert gevonden("Samen € 6.586.000, waarvan € 3.516.000 voor rampen.", pakket="") == []
    (tip,) = gevonden("Samen € 6.586.000.", pakket="1E")
    assert "pakket 1E" in tip.zin and "dichtst bij" not in tip.zin
    assert gevonden("Dit is € 1.", pakket="")[0].zin.endswith("van programma 1; klopt het?")


def test_zonder_bedragen_valt_er_niets_te_vergelijken() -> None:
    assert gevonden("Dit kost € 12.", pakket="9X") == []


def test_alleen_wie_geld_noemt_hoeft_te_vergelijken() -> None:
    assert noemt_geld(regels(in_blokken("Dit kost € 12.")))
    assert not noemt_geld(regels(in_blokken("In 2025 wonen er 17 miljoen mensen.")))


def test_een_begrotingswijziging_telt_mee_in_de_regel() -> None:
    posten = [Post("1", "1A", "r", "lasten", 2025, Decimal(-1000)), Post("1", "1A", "r", "lasten", 2025, Decimal(-234))]
    van = bekend(posten, pakket="1A")
    assert van.bedragen == {Decimal(1234)} and not van.verschillen


@settings(derandomize=True, deadline=None)
@given(st.sampled_from(sorted(VAN_1E.bedragen)))
def test_elk_bedrag_van_de_tabel_komt_voor_hoe_ook_geschreven(bedrag: Decimal) -> None:
    assert gevonden(f"Dat is {euro(bedrag)}, of {miljoen(bedrag)}.") == []


@settings(derandomize=True, deadline=None)
@given(st.integers(1, 10**9))
def test_een_tip_alleen_als_echt_niets_past(bedrag: int) -> None:
    past = any(abs(bekend_bedrag - bedrag) <= Decimal("0.5") for bekend_bedrag in VAN_1E.bedragen | VAN_1E.verschillen)
    duizend = bedrag % 1000 == 0
    assert duizend or bool(gevonden(f"Dat is {euro(Decimal(bedrag))}.")) != past


def test_de_demonstratie_krijgt_geen_tips() -> None:
    teksten = json.loads((DEMO / "teksten.json").read_text(encoding="utf-8"))
    for sectie in teksten["secties"]:
        assert gevonden(sectie["tekst"], sectie["pakket"]) == []
    assert gevonden(teksten["programma"]["inleiding"], "") == []
