"""Three states put together: never a silent overwrite, and the same save twice changes once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.rooster.samenvoeging import Samenvoeging, Uitkomst, voeg_samen, weeg

VELDEN = ("soort", "a", "b", "c")
rij = st.dictionaries(st.sampled_from(VELDEN), st.integers(0, 2), max_size=4)
beeld = st.dictionaries(st.sampled_from("xyz"), rij, max_size=3)
Beeld = dict[str, dict[str, object]]


def pas_toe(nu: Beeld, samen: Samenvoeging) -> Beeld:
    """Return what is stored after a save without conflicts."""
    straks = {sleutel: dict(velden) for sleutel, velden in nu.items() if sleutel not in samen.weg}
    straks |= {sleutel: dict(velden) for sleutel, velden in samen.nieuw.items()}
    for sleutel, velden in samen.schrijf.items():
        straks[sleutel] |= velden
    return straks


def waarde(beeld: Mapping[str, Mapping[str, object]], sleutel: str, veld: str) -> object:
    return beeld.get(sleutel, {}).get(veld)


@pytest.mark.parametrize(
    ("gezien", "mijn", "nu", "uitkomst"),
    [
        (1, 1, 1, Uitkomst.LAAT),
        (1, 2, 1, Uitkomst.SCHRIJF),
        (1, 1, 2, Uitkomst.LAAT),
        (1, 2, 2, Uitkomst.LAAT),
        (1, 2, 3, Uitkomst.BOTSING),
        (1, None, 1, Uitkomst.SCHRIJF),
        (None, 1, None, Uitkomst.SCHRIJF),
        (None, 1, 2, Uitkomst.BOTSING),
        (1, 2, None, Uitkomst.BOTSING),
    ],
)
def test_een_waarde(gezien: object, mijn: object, nu: object, uitkomst: Uitkomst) -> None:
    assert weeg(gezien, mijn, nu) is uitkomst


@given(beeld, beeld, beeld)
def test_nooit_stil_overschreven(gezien: Beeld, mijn: Beeld, nu: Beeld) -> None:
    """What somebody else changed since is either still there, or in conflict and then nothing is stored."""
    samen = voeg_samen(gezien, mijn, nu, spil="soort")
    if samen.strijd:
        return
    straks = pas_toe(nu, samen)
    for sleutel in {*gezien, *nu}:
        if (sleutel in gezien) != (sleutel in nu) and sleutel not in mijn:
            assert (sleutel in straks) == (sleutel in nu)
        for veld in VELDEN:
            toen, hun = waarde(gezien, sleutel, veld), waarde(nu, sleutel, veld)
            if hun != toen and sleutel in nu:
                assert sleutel in straks and waarde(straks, sleutel, veld) == hun


@given(beeld, beeld, beeld)
def test_wat_ik_wijzigde_staat_er(gezien: Beeld, mijn: Beeld, nu: Beeld) -> None:
    """Without a conflict, everything that I changed is stored as I made it."""
    samen = voeg_samen(gezien, mijn, nu, spil="soort")
    if samen.strijd:
        return
    straks = pas_toe(nu, samen)
    for sleutel, velden in mijn.items():
        for veld, eigen in velden.items():
            if eigen != waarde(gezien, sleutel, veld):
                assert waarde(straks, sleutel, veld) == eigen
    assert not [sleutel for sleutel in gezien if sleutel not in mijn and sleutel in straks]


@given(beeld, beeld, beeld)
def test_twee_keer_is_een_keer(gezien: Beeld, mijn: Beeld, nu: Beeld) -> None:
    """The same save, sent again, finds nothing to do."""
    samen = voeg_samen(gezien, mijn, nu)
    if samen.strijd:
        return
    nog_eens = voeg_samen(gezien, mijn, pas_toe(nu, samen))
    assert not nog_eens.strijd and not nog_eens


@given(beeld, beeld)
def test_alleen_en_niets_gewijzigd(nu: Beeld, mijn: Beeld) -> None:
    """Nobody else there: no conflict, ever. Nothing changed: nothing written, whatever the others did."""
    assert not voeg_samen(nu, mijn, nu).strijd
    niets = voeg_samen(mijn, mijn, nu)
    assert not niets and not niets.strijd


def test_een_rij_die_een_ander_wijzigde_gaat_niet_weg() -> None:
    samen = voeg_samen({"x": {"a": 1}}, {}, {"x": {"a": 2}})
    assert [(strijd.rij, strijd.veld, strijd.nu) for strijd in samen.strijd] == [("x", None, "gewijzigd")]


def test_een_rij_die_een_ander_verwijderde_komt_niet_stil_terug() -> None:
    samen = voeg_samen({"x": {"a": 1}}, {"x": {"a": 2}}, {})
    assert [(strijd.rij, strijd.veld, strijd.nu) for strijd in samen.strijd] == [("x", None, "verwijderd")]


def test_een_andere_soort_maakt_elk_bedrag_van_de_rij_een_botsing() -> None:
    samen = voeg_samen(
        {"x": {"soort": "lasten", "a": 1}},
        {"x": {"soort": "lasten", "a": 2}},
        {"x": {"soort": "baten", "a": 1}},
        spil="soort",
    )
    assert [strijd.veld for strijd in samen.strijd] == ["soort"] and not samen
