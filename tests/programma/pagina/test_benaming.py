"""Codes in, Dutch words out: every stage, kind and column has its own words."""

from __future__ import annotations

import pytest

from programma.inhoud import Programmarij
from programma.pagina import benaming
from programma.raming import Fase, Kolom, Soort
from tests.stukken import K23, K24, K25, K26

OVERHEAD = Programmarij("OH", "Overhead en Advies", "overhead", "overhead")
VREEMD = Programmarij("X", "Iets Anders", "x", "nieuw-in-2030")
VEILIGHEID = Programmarij("1", "Veiligheid", "programma-1-veiligheid")
PRIMAIR_24 = Kolom(2024, Fase.PRIMAIR)


def test_elke_fase_heeft_overal_een_naam() -> None:
    kolommen = [Kolom(2025, fase) for fase in Fase]

    assert len({benaming.fase(kolom) for kolom in kolommen}) == len(Fase)
    assert len({benaming.kolom_in_zin(kolom) for kolom in kolommen}) == len(Fase)
    assert all(benaming.kolom_in_zin(kolom).endswith(" van 2025") for kolom in kolommen)
    assert {begrip.woord for begrip in benaming.begrippen([], kolommen)} >= {benaming.fase(k) for k in kolommen}


@pytest.mark.parametrize(
    ("rij", "bovenkop", "onderdeel", "volledig"),
    [
        (VEILIGHEID, "Programma 1", "programma 1", "Programma 1 Veiligheid"),
        (OVERHEAD, "Overhead", "overhead en Advies", "Overhead en Advies"),
        (VREEMD, "Onderdeel van de begroting", "iets Anders", "Iets Anders"),
    ],
)
def test_een_programma_en_andere_onderdelen(rij: Programmarij, bovenkop: str, onderdeel: str, volledig: str) -> None:
    assert (benaming.bovenkop(rij), benaming.onderdeel(rij), benaming.volledig(rij)) == (bovenkop, onderdeel, volledig)


@pytest.mark.parametrize(
    ("kolom", "kolommen", "woord"),
    [
        (K23, [K23, K24, K25], "Realisatie"),
        (K24, [K23, K24, K25], "Begroting"),
        (K24, [PRIMAIR_24, K24, K25], "Gewijzigd"),
        (PRIMAIR_24, [PRIMAIR_24, K24, K25], "Begroting"),
        (K24, [Kolom(2024, Fase.REALISATIE), K24, K25], "Begroting"),
        (K25, [K25, K26], "Begroting"),
        (K26, [K25, K26], "Raming"),
        (Kolom(2025, Fase.RAMING), [Kolom(2025, Fase.RAMING)], "Raming"),
        (Kolom(2025, Fase.PROGNOSE), [K25, Kolom(2025, Fase.PROGNOSE)], "Prognose"),
    ],
)
def test_het_woord_onder_een_kolom(kolom: Kolom, kolommen: list[Kolom], woord: str) -> None:
    assert benaming.kolom_kort(kolom, kolommen, 2025) == woord


def test_alleen_de_begrippen_die_de_tabel_gebruikt() -> None:
    begrippen = benaming.begrippen([Soort.BATEN, Soort.TOEVOEGING, Soort.BATEN], [K23, K25, K26])

    assert [begrip.woord for begrip in begrippen] == [
        *("Baten", "Toevoeging aan reserves", "Saldo", "Resultaat"),
        *("Realisatie", "Primaire begroting"),
    ]
    assert all(begrip.uitleg.endswith(".") for begrip in begrippen)
