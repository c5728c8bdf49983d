"""A posted grid: what was typed, what was left alone, and what has to be asked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.rooster.blad import Gezien
from programma.rooster.inzending import Vreemd, lees, op_wat_er_nu_staat
from programma.rooster.weergave import Weergave

RIJ = {"omschrijving": "Brandweer", "toelichting": "", "soort": "lasten", "pakket": 7, "0:1": Decimal("-1234.56")}
GEZIEN = Gezien(1, {"r1": RIJ}, frozenset({1, 2}), frozenset({5}), nieuw={"r9": (7, "baten")})
HEEL = {"o:r1": "Brandweer", "t:r1": "", "c:r1:0:1": "-1,23456", "c:r1:0:2": "", "o:r9": "", "c:r9:0:1": ""}


def test_wat_is_gelaten_blijft() -> None:
    inzending = lees(HEEL, GEZIEN, Weergave())
    assert inzending.mijn == {"r1": RIJ} and not inzending.vragen


def test_wat_er_niet_in_stond_blijft_ook() -> None:
    assert lees({}, GEZIEN, Weergave()).mijn == {"r1": RIJ}


def test_typen_wissen_en_een_nieuwe_regel() -> None:
    post = HEEL | {"c:r1:0:1": "", "c:r1:5:2": "-3", "t:r1": "Omdat.\r\nEn daarom.", "o:r9": "Leges", "c:r9:0:1": "12"}
    inzending = lees(post, GEZIEN, Weergave())
    assert inzending.mijn["r1"]["0:1"] is None
    assert inzending.mijn["r1"]["5:2"] == Decimal("-3000")
    assert inzending.mijn["r1"]["toelichting"] == "Omdat.\nEn daarom."
    assert inzending.mijn["r9"] == {
        "omschrijving": "Leges", "toelichting": "", "soort": "baten", "pakket": 7, "0:1": Decimal(12000),
    }  # fmt: skip


def test_meerduidig_en_onleesbaar_worden_gevraagd() -> None:
    inzending = lees(HEEL | {"c:r1:0:1": "3,516", "c:r1:0:2": "abc", "c:r9:0:1": "5"}, GEZIEN, Weergave())
    assert inzending.vragen["c:r1:0:1"].mogelijkheden == ("3516", "3,5160")
    assert set(inzending.vragen) == {"c:r1:0:1", "c:r1:0:2", "o:r9"}
    assert inzending.invoer["c:r1:0:1"] == "3,516"


@pytest.mark.parametrize("tekst", ["", "x" * 301, "a\tb"])
def test_een_omschrijving_die_niet_kan(tekst: str) -> None:
    assert "o:r1" in lees(HEEL | {"o:r1": tekst}, GEZIEN, Weergave()).vragen


def test_een_regel_die_weg_gaat_vraagt_niets_meer() -> None:
    inzending = lees(HEEL | {"x:r1": "on", "c:r1:0:1": "abc"}, GEZIEN, Weergave())
    assert inzending.mijn == {} and not inzending.vragen


@pytest.mark.parametrize("naam", ["c:r2:0:1", "c:r1:0:3", "c:r1:6:1", "o:p1", "x:r3", "c:r1:a:1", "c:", "t:r1:0"])
def test_wat_niet_getoond_is_kan_niet_terugkomen(naam: str) -> None:
    with pytest.raises(Vreemd):
        lees(HEEL | {naam: "1"}, GEZIEN, Weergave())


@given(st.dictionaries(st.sampled_from(sorted(HEEL)), st.text(max_size=12)))
def test_geen_invoer_breekt_iets(post: dict[str, str]) -> None:
    """Whatever is typed: a value, an empty cell or a question; and a question for each that is neither."""
    inzending = lees(HEEL | post, GEZIEN, Weergave())
    for velden in inzending.mijn.values():
        assert all(isinstance(velden.get(veld), Decimal | None) for veld in ("0:1", "0:2"))


def test_gezien_gaat_heen_en_weer() -> None:
    assert Gezien.uit_json(GEZIEN.als_json()) == GEZIEN


def test_kiezen_bij_een_botsing() -> None:
    nu = Gezien(
        1,
        {"r1": RIJ | {"0:1": Decimal(-9000)}},
        frozenset({1, 2}),
        frozenset(),
        kies={"c:r1:0:1": ("r1", "-1", "-7", "-9")},
    )
    post = {"c:r1:0:1": "-7"}
    assert "c:r1:0:1" in lees(post, nu, Weergave()).vragen
    assert lees(post | {"k:c:r1:0:1": "mijn"}, nu, Weergave()).mijn["r1"]["0:1"] == Decimal(-7000)
    hun = lees(post | {"k:c:r1:0:1": "nu"}, nu, Weergave())
    assert hun.mijn["r1"]["0:1"] == Decimal(-9000) and not hun.vragen


def test_na_een_botsing_staat_mijn_invoer_op_wat_er_nu_is() -> None:
    mijn = lees(HEEL | {"c:r1:0:2": "-8"}, GEZIEN, Weergave())
    nu = Gezien(1, {"r1": RIJ | {"0:1": Decimal(-5000)}}, frozenset({1, 2}), frozenset())
    verder = op_wat_er_nu_staat(mijn, GEZIEN, nu)
    assert verder.mijn["r1"]["0:1"] == Decimal(-5000) and verder.mijn["r1"]["0:2"] == Decimal(-8000)
    assert verder.invoer == {"c:r1:0:2": "-8"}
