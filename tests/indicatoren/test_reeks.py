"""A series of observations: what is known, what is not, and with whom it is compared."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from indicatoren.reeks import Punt, Reeks, Status

D = Decimal
NB, NVT = Punt(None, Status.NB), Punt(None, Status.NVT)


def reeks(punten: Mapping[int, Punt], groep: Mapping[int, Punt] | None = None) -> Reeks:
    """Make a series of this municipality, and of its group."""
    return Reeks(slug="winkeldiefstal", naam="Winkeldiefstal", eenheid="per 1.000", punten=punten, groep=groep or {})


class TestBekend:
    """Years with a value, in order; NB is never 0."""

    def test_op_volgorde_van_jaar(self) -> None:
        een = reeks({2024: Punt(D("1.5")), 2022: Punt(D("0.8")), 2023: NB})

        assert een.jaren == [2022, 2023, 2024]
        assert een.bekend() == [(2022, D("0.8")), (2024, D("1.5"))]

    def test_nul_is_bekend_en_niet_beschikbaar_niet(self) -> None:
        een = reeks({2021: Punt(D(0)), 2022: NB, 2023: NVT, 2024: Punt(D("-0.1"), Status.VOORLOPIG)})

        assert een.bekend() == [(2021, D(0)), (2024, D("-0.1"))]

    def test_niets(self) -> None:
        assert (reeks({}).jaren, reeks({}).bekend()) == ([], [])
        assert reeks({2024: NB}).bekend() == []


class TestGroepspunt:
    """The last value of the comparison group."""

    @pytest.mark.parametrize(
        ("groep", "verwacht"),
        [
            ({}, None),
            ({2023: NB}, None),
            ({2023: Punt(D(4)), 2021: Punt(D(3))}, (2023, D(4))),
            ({2021: Punt(D(3)), 2023: NB}, (2021, D(3))),
            ({2021: Punt(D(0))}, (2021, D(0))),
        ],
    )
    def test_het_laatste_bekende(self, groep: dict[int, Punt], verwacht: tuple[int, Decimal] | None) -> None:
        assert reeks({2024: Punt(D(9))}, groep).groepspunt() == verwacht


class TestVergelijking:
    """Only values of the same year are compared."""

    def test_het_laatste_jaar_dat_beide_hebben(self) -> None:
        eigen = {2021: Punt(D(1)), 2022: Punt(D(2)), 2023: NB, 2024: Punt(D(4))}
        groep = {2021: Punt(D(10)), 2022: Punt(D(20)), 2023: Punt(D(30)), 2024: NB, 2025: Punt(D(50))}

        assert reeks(eigen, groep).vergelijking() == (2022, D(2), D(20))

    def test_nul_is_een_waarde(self) -> None:
        assert reeks({2022: Punt(D(0))}, {2022: Punt(D(0))}).vergelijking() == (2022, D(0), D(0))

    @pytest.mark.parametrize(
        ("eigen", "groep"),
        [({}, {}), ({2022: Punt(D(1))}, {}), ({2022: Punt(D(1))}, {2023: Punt(D(1))}), ({2022: NB}, {2022: NB})],
    )
    def test_geen_gemeenschappelijk_jaar(self, eigen: dict[int, Punt], groep: dict[int, Punt]) -> None:
        assert reeks(eigen, groep).vergelijking() is None
