"""The addresses: of the current version, and of one version, out of which no page leads by accident."""

from __future__ import annotations

import pytest

from programma.pagina.adres import Adres, actueel, anker, vast, voorbeeld
from tests.stukken import uitgave


def test_actueel_en_vast() -> None:
    een = uitgave(nummer=3)

    assert actueel(een) == Adres("/programmabegroting-2025/", vast=False)
    assert vast(een) == Adres("/programmabegroting-2025/versie/3/", vast=True)


@pytest.mark.parametrize("wortel", ["/programmabegroting-2025/", "/b-2025/versie/12/", "/beheer/voorbeeld/7/"])
def test_alles_blijft_onder_de_eigen_wortel(wortel: str) -> None:
    een = Adres(wortel)

    assert een.programma("programma-1") == f"{wortel}programma/programma-1/"
    assert een.bestand("begroting.csv") == f"{wortel}begroting.csv"


@pytest.mark.parametrize(
    ("code", "verwacht"),
    [("1E", "pakket-1e"), ("1.1 A", "pakket-1-1-a"), ("(2/b)", "pakket-2-b"), ('1"><x', "pakket-1-x")],
)
def test_een_anker_is_een_gewone_id(code: str, verwacht: str) -> None:
    assert anker(code) == verwacht


def test_naar_een_partij_of_indicator_alleen_vanuit_de_huidige_versie() -> None:
    een = uitgave()

    assert actueel(een).partij("vrf") == "/verbonden-partijen/vrf/"
    assert actueel(een).indicator("diefstal") == "/indicatoren/diefstal/"
    for elders in (vast(een), voorbeeld(een)):
        assert (elders.partij("vrf"), elders.indicator("diefstal")) == ("", "")
    assert actueel(een).partij("") == ""
