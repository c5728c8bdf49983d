"""What a version lacks about its connected parties: only where the law asks it, and never what has its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.toetsing.partijgaten import Cijferstand, Deelnamestand, partijgaten


def deelname(**anders: str | int) -> Deelnamestand:
    return Deelnamestand(7, 3, "VRF", "1", "Lelystad", "Hulp.", "Een zetel.")._replace(**anders)


def cijfers(**anders: object) -> Cijferstand:
    return Cijferstand(9, 3, 2025, True, "")._replace(**anders)


def gaten(
    deelnames: list[Deelnamestand], rijen: list[Cijferstand], soort: str = "begroting"
) -> list[tuple[str, str, str]]:
    return [(gat.zin, gat.wat, gat.sleutel) for gat in partijgaten(soort, 2025, deelnames, rijen)]


def test_gaaf() -> None:
    assert gaten([deelname()], [cijfers()]) == []
    assert gaten([deelname()], [cijfers(belang=False, onbekend_reden="Later.")]) == []


def test_teksten() -> None:
    (gat,) = gaten([deelname(vestigingsplaats="", bestuurlijk_belang=" ")], [cijfers()])

    assert gat[0].startswith("Bij VRF ontbreken de vestigingsplaats en het bestuurlijk belang. Vul het in.")
    assert gat[1:] == ("deelname", "7")


@pytest.mark.parametrize("rijen", [[], [cijfers(jaar=2024)], [cijfers(partij=4)]])
def test_geen_cijfers_van_het_jaar_zelf(rijen: list[Cijferstand]) -> None:
    """A party with two parts is asked once."""
    (gat,) = gaten([deelname(), deelname(pk=8)], rijen)

    assert "Over 2025 staan geen cijfers van VRF." in gat[0]
    assert gat[1:] == ("nieuwe_partijcijfers", "3")


def test_belang_zonder_reden() -> None:
    (gat,) = gaten([deelname()], [cijfers(belang=False, onbekend_reden=" ")])

    assert gat[0].startswith("Het belang van de gemeente in VRF op 1 januari of op 31 december is leeg.")
    assert gat[1:] == ("partijcijfers", "9")


@given(st.sampled_from(["kadernota", "tussenrapportage", "iv3_begroting", "iv3_jaarstukken"]))
def test_andere_documenten_hoeven_niets(soort: str) -> None:
    assert gaten([deelname(vestigingsplaats="")], [], soort) == []
