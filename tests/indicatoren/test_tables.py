"""The table of one indicator: every year has a row, and unknown is never zero."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from indicatoren.reeks import Punt, Reeks, Status
from indicatoren.tables import Indicatortabel, Reekstabel
from tests.overzichten import reeks

D = Decimal


def cellen(een: Reeks) -> dict[str, list[str]]:
    """Return what people read, per year."""
    (lichaam,) = Reekstabel(een).lichamen()
    return {rij.tekst: re.findall(r"<td[^>]*>(.*?)</td>", rij.cellen) for rij in lichaam.rijen}


def test_elk_jaar_heeft_een_rij_ook_een_jaar_zonder_meting() -> None:
    een = replace(reeks(), groep={2018: Punt(D(2)), 2023: Punt(D("1.10"))})

    assert cellen(een) == {
        "2018": ["n.n.b.", "2,0", "n.n.b."],
        "2019": ["n.n.b.", "n.n.b.", "n.n.b."],
        "2020": ["n.n.b.", "n.n.b.", "n.n.b."],
        "2021": ["0,8", "n.n.b.", "n.n.b."],
        "2022": ["n.n.b.", "n.n.b.", "n.n.b."],
        "2023": ["1,0 (voorlopig)", "1,1", "−0,1"],
        "2024": ["n.n.b.", "n.n.b.", "n.n.b."],
    }


def test_het_verschil_is_dat_van_de_getoonde_cijfers() -> None:
    """1,04 and 0,96 are both shown as 1,0: a difference of 0,1 would look like a mistake. The file is exact."""
    een = reeks(punten={2023: Punt(D("1.04"))}, groep={2023: Punt(D("0.96"))})

    assert cellen(een) == {"2023": ["1,0", "1,0", "0,0"]}
    assert list(Reekstabel(een).as_values())[1] == ["2023", D("1.04"), D("0.96"), D("0.08")]


def test_het_bestand_zegt_wat_er_bekend_is() -> None:
    een = reeks(punten={2022: Punt(None, Status.NVT), 2023: Punt(D(0)), 2024: Punt(None, Status.NB)})

    kop, *rijen = [list(rij) for rij in Reekstabel(een).as_values()]

    assert kop == ["jaar", "gemeente", "groep", "verschil"]
    assert [rij[:3] for rij in rijen] == [["2022", "NVT", None], ["2023", D(0), D("1.10")], ["2024", "NB", None]]
    assert cellen(een)["2022"][0] == "n.v.t."
    assert cellen(een)["2023"][0] == "0,0"


def test_voetnoten_en_opschrift() -> None:
    tabel = Reekstabel(reeks())

    assert tabel.noten == ["2022, onze gemeente: De bron had een storing."]
    assert "Eenheid: per 1.000 inwoners." in tabel.eenheid and "iets anders dan 0" in tabel.eenheid


def test_een_reeks_zonder_jaren_is_leeg() -> None:
    assert list(Reekstabel(reeks(punten={}, groep={})).lichamen()) == []


def test_de_tabel_van_een_programma_linkt_alleen_met_adressen() -> None:
    (zonder,) = Indicatortabel([reeks()]).lichamen()
    (met,) = Indicatortabel([reeks()], lambda slug: f"/{slug}/").lichamen()

    assert [rij.href for rij in (*zonder.rijen, *met.rijen)] == ["", "/diefstal/"]
