"""What became of the budget."""

from __future__ import annotations

from decimal import Decimal

import pytest

from programma.pagina.adres import actueel
from programma.pagina.uitvoering import begroot_bij, uitvoering, verschil
from programma.raming import Fase, Kolom, tel_op
from tests.stukken import JAARREKENING_2023, K23, K24, K25, documentstuk, iv3stuk

B23, N23 = Kolom(2023, Fase.PRIMAIR), Kolom(2023, Fase.NA_WIJZIGING)


class TestUitvoering:
    """Lasten against the budget, per part."""

    def test_de_jaarstukken_van_de_demonstratie(self) -> None:
        stuk = iv3stuk(JAARREKENING_2023)
        een = uitvoering(stuk, tel_op(stuk.cellen), K23, actueel(stuk.uitgave))

        assert een is not None and len(een.regels) == 13
        assert een.bericht == "De lasten waren €\u00a021,2\u00a0miljoen meer dan begroot (+16,5%)"
        veiligheid = een.regels[1]
        assert veiligheid.link == (
            "Programma 1 Veiligheid",
            "/iv3-jaarstukken-2023/programma/programma-1-veiligheid/",
            "",
        )
        assert (veiligheid.werkelijk, veiligheid.begroot) == ("€\u00a06,1\u00a0miljoen", "€\u00a05,1\u00a0miljoen")
        assert veiligheid.verschil == "€\u00a01,0\u00a0miljoen meer dan begroot (+20,1%)"

    def test_een_begroting_heeft_geen_uitvoering(self) -> None:
        stuk = documentstuk()

        assert uitvoering(stuk, tel_op(stuk.cellen), K25, actueel(stuk.uitgave)) is None

    def test_zonder_lasten_is_er_niets_te_tonen(self) -> None:
        stuk = iv3stuk(JAARREKENING_2023, cellen=[])

        assert uitvoering(stuk, tel_op(stuk.cellen), K23, actueel(stuk.uitgave)) is None


def test_de_laatste_begroting_van_hetzelfde_jaar_telt() -> None:
    assert begroot_bij([B23, N23, K23], K23) == N23
    assert begroot_bij([B23, K23], K23) == B23
    assert begroot_bij([K23, K24], K23) is None
    assert begroot_bij([B23, K23, K24], K24) is None


@pytest.mark.parametrize(
    ("werkelijk", "begroot", "zin"),
    [
        (120, 100, "€\u00a020 meer dan begroot (+20,0%)"),
        (80, 100, "€\u00a020 minder dan begroot (−20,0%)"),
        (100, 100, "precies zoals begroot"),
        (0, 0, "precies zoals begroot"),
        (5, 0, "€\u00a05 meer dan begroot"),
        (-5, -9, "€\u00a04 meer dan begroot"),
    ],
)
def test_het_verschil_in_woorden(werkelijk: int, begroot: int, zin: str) -> None:
    assert verschil(Decimal(werkelijk), Decimal(begroot)) == zin
