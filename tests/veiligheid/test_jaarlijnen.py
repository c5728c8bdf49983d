"""The geometry of the line over the years: to scale, on the page, and nothing made up in a gap."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veiligheid.charts import Jaarlijnen, jaarlijnen
from veiligheid.charts.jaarlijnen import BOVEN, ONDER
from veiligheid.formatting import decimaal

D = Decimal
waarden = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
punten = st.dictionaries(st.integers(1990, 2060), st.none() | waarden, max_size=30)


def maat(tekst: str) -> float:
    """Return the number of a position."""
    return float(tekst.removesuffix("%").removesuffix("rem"))


def teken(eigen: dict[int, str | None], groep: dict[int, str | None] | None = None) -> Jaarlijnen:
    def lees(rij: dict[int, str | None]) -> dict[int, Decimal | None]:
        return {jaar: None if waarde is None else D(waarde) for jaar, waarde in rij.items()}

    grafiek = jaarlijnen(lees(eigen), lambda waarde: decimaal(waarde, 1), lees(groep or {}))
    assert grafiek is not None
    return grafiek


def test_een_jaar_zonder_waarde_is_een_gat() -> None:
    grafiek = teken({2021: "1", 2022: "2", 2023: None, 2024: "3", 2025: None})

    assert [(jaar.tekst, jaar.onbekend) for jaar in grafiek.jaren] == [
        ("2021", False), ("2022", False), ("2023", True), ("2024", False), ("2025", True),
    ]  # fmt: skip
    assert len(grafiek.lijnen) == 1
    assert [stip.waarde for stip in grafiek.stippen] == ["1,0", "2,0", "3,0"]


def test_op_schaal_vanaf_nul() -> None:
    een, twee = teken({2024: "1", 2025: "2"}).stippen

    assert maat(twee.y) == pytest.approx(BOVEN)
    assert maat(een.y) == pytest.approx((BOVEN + ONDER) / 2)
    assert teken({2025: "2"}).nullijn == f"{ONDER:.3f}rem"


def test_het_laagste_van_twee_heeft_zijn_cijfer_eronder() -> None:
    grafiek = teken({2022: "1", 2023: "2", 2024: "3"}, {2022: "2", 2023: "2"})

    onder = [maat(punt.label) > maat(punt.y) for punt in (*grafiek.stippen, *grafiek.ruiten)]
    assert onder == [True, False, False, False, True]


def test_zonder_eigen_waarde_geen_grafiek() -> None:
    assert jaarlijnen({2025: None}, str, {2025: D(1)}) is None
    assert jaarlijnen({}, str) is None


def test_een_lijn_voor_de_groep_ook_in_een_eerder_jaar() -> None:
    grafiek = teken({2023: "1"}, {2019: "1", 2020: "2", 2022: "1"})

    assert [jaar.tekst for jaar in grafiek.jaren] == ["2019", "2020", "2021", "2022", "2023"]
    assert (len(grafiek.groepslijnen), len(grafiek.ruiten)) == (1, 3)


@given(punten, punten)
def test_alles_blijft_binnen_het_vlak(eigen: dict[int, Decimal | None], groep: dict[int, Decimal | None]) -> None:
    grafiek = jaarlijnen(eigen, str, groep)

    bekend = {jaar: waarde for jaar, waarde in eigen.items() if waarde is not None}
    if grafiek is None:
        assert not bekend
        return
    assert len(grafiek.stippen) == len(bekend)
    assert len(grafiek.lijnen) == sum(twee == een + 1 for een, twee in pairwise(sorted(bekend)))
    assert len(grafiek.jaren) == max([*eigen, *groep]) - min([*eigen, *groep]) + 1
    for punt in (*grafiek.stippen, *grafiek.ruiten):
        assert 0 <= maat(punt.x) <= 100
        assert BOVEN - 0.001 <= maat(punt.y) <= ONDER + 0.001
    assert grafiek.jaren[-1].tekst
    assert 1 <= sum(bool(jaar.tekst) for jaar in grafiek.jaren) <= 9
