"""Diverging bars: from one zero line, to one scale, nothing outside, and every value with its sign."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veiligheid.charts import Afwijking, Afwijkingsgrafiek, afwijkingsgrafiek
from veiligheid.charts.afwijking import LANGSTE_NAAM, RUIMTE, STAAFHOOGTE
from veiligheid.formatting import MINTEKEN, decimaal

D = Decimal
waarden = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


def maat(tekst: str) -> float:
    """Return the number of a position."""
    return float(tekst.removesuffix("%").removesuffix("rem"))


def opmaak(waarde: Decimal) -> str:
    return decimaal(waarde, 2, plus=True)


def teken(*paren: tuple[str, int]) -> Afwijkingsgrafiek:
    return afwijkingsgrafiek([Afwijking(naam, D(waarde)) for naam, waarde in paren], opmaak)


def test_de_grootste_bovenaan_en_gelijke_op_volgorde() -> None:
    grafiek = teken(("a", 100), ("b", -300), ("c", 0), ("d", -100))

    assert [staaf.naam for staaf in grafiek.staven] == ["b", "a", "d", "c"]
    assert [staaf.waarde for staaf in grafiek.staven] == [f"{MINTEKEN}300,00", "+100,00", f"{MINTEKEN}100,00", "0,00"]
    assert [staaf.richting for staaf in grafiek.staven] == ["min", "plus", "min", "nul"]
    assert grafiek.hoogte == "12.000rem"


def test_links_en_rechts_hebben_een_schaal() -> None:
    grafiek = teken(("a", 500), ("b", -500), ("c", 250))

    breedten = [maat(staaf.breedte) for staaf in grafiek.staven]
    assert maat(grafiek.as_x) == 50
    assert breedten == pytest.approx([50, 50, 25])


def test_alleen_omlaag_houdt_rechts_ruimte_voor_de_bedragen() -> None:
    grafiek = teken(("a", -10), ("b", -5))

    assert maat(grafiek.as_x) == 100 - RUIMTE
    assert [maat(staaf.x) for staaf in grafiek.staven] == pytest.approx([0, (100 - RUIMTE) / 2], abs=0.01)
    assert {staaf.anker for staaf in grafiek.staven} == {"start"}


def test_niets_en_alleen_nullen() -> None:
    assert afwijkingsgrafiek([], opmaak).staven == ()
    assert [staaf.breedte for staaf in teken(("a", 0)).staven] == ["0.00%"]


def test_een_lange_naam_wordt_korter_na_een_woord() -> None:
    (staaf,) = teken(("Programma 8 Ruimtelijke ordening, wonen en economische zaken", 1)).staven

    assert staaf.naam == "Programma 8 Ruimtelijke ordening, wonen en…"
    assert len(staaf.naam) <= LANGSTE_NAAM


@given(st.lists(waarden, min_size=1, max_size=20))
def test_alles_past_vanaf_nul_en_op_schaal(rijen: list[Decimal]) -> None:
    grafiek = afwijkingsgrafiek([Afwijking(str(plaats), rij) for plaats, rij in enumerate(rijen)], opmaak)
    nul = maat(grafiek.as_x)
    oorspronkelijk = {str(plaats): rij for plaats, rij in enumerate(rijen)}
    grootste = max(abs(rij) for rij in rijen)
    langste = max(maat(staaf.breedte) for staaf in grafiek.staven)

    assert RUIMTE <= nul <= 100 - RUIMTE
    assert len(grafiek.staven) == len(rijen)
    for plaats, staaf in enumerate(grafiek.staven):
        waarde, links, breedte = oorspronkelijk[staaf.naam], maat(staaf.x), maat(staaf.breedte)
        assert links >= 0 and links + breedte <= 100.02
        begin = links + breedte if waarde < 0 else links
        assert begin == pytest.approx(nul, abs=0.02)
        assert staaf.waarde == opmaak(waarde)
        assert (staaf.richting == "min") == (waarde < 0) and (staaf.richting == "plus") == (waarde > 0)
        assert (maat(staaf.x_waarde) < nul) == (waarde > 0), "a value stands on the side without a bar"
        assert breedte == pytest.approx(langste * float(abs(waarde) / grootste) if grootste else 0, abs=0.02)
        assert plaats * 3 <= maat(staaf.y) and maat(staaf.y) + STAAFHOOGTE <= maat(grafiek.hoogte)
