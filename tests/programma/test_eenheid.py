"""The question about the unit, for grid and import alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from programma.eenheid import Omvang, eenheidvraag

WAT = "De bedragen bij raming 2026"


def omvang(nieuw: int | str, bekend: int | str) -> Omvang:
    """Return two sizes."""
    return Omvang(Decimal(nieuw), Decimal(bekend))


@pytest.mark.parametrize(
    ("nieuw", "bekend", "vraag"),
    [
        (3_516_000, 3_516, "gemiddeld 1.000 keer groter dan wat er stond."),
        (3_516, 3_516_000, "gemiddeld 1.000 keer kleiner dan wat er stond."),
        (300, 1, "gemiddeld 300 keer groter dan wat er stond."),
        (1, 300, "gemiddeld 300 keer kleiner dan wat er stond."),
        (1, 3, ""),
        ("299.99", 1, ""),
        (1, "299.99", ""),
        (0, 3_516, ""),
        (3_516, 0, ""),
    ],
)
def test_een_andere_orde_van_grootte_wordt_gevraagd(nieuw: int | str, bekend: int | str, vraag: str) -> None:
    gevraagd = eenheidvraag(WAT, {"wat er stond": omvang(nieuw, bekend)})
    assert gevraagd == (f"{WAT} zijn {vraag} Klopt de eenheid?" if vraag else "")


def test_een_maat_die_klopt_is_genoeg() -> None:
    """Who mends amounts that were a thousand times too small is not asked: beside them it is right."""
    assert eenheidvraag(WAT, {"wat er stond": omvang(3_516_000, 3_516), "bij 2025": omvang(3_516_000, 3_400_000)}) == ""


def test_de_eerste_maat_wordt_genoemd() -> None:
    zin = eenheidvraag(WAT, {"wat er stond": omvang(0, 0), "bij 2025": omvang(2000, 2), "bij 2027": omvang(2000, 4)})
    assert zin == f"{WAT} zijn gemiddeld 1.000 keer groter dan bij 2025. Klopt de eenheid?"


def test_zonder_maat_geen_vraag() -> None:
    assert eenheidvraag(WAT, {}) == ""
