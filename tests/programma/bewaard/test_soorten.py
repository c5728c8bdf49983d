"""The kinds of files: their names, their order, and what is made of all the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from programma.bewaard import maken, soorten
from programma.bewaard.maken import BestandOntbreekt, maak_bestanden, ontbrekend
from programma.bewaard.namen import aantal_bestanden, ontbreekzin, wat_is
from programma.bewaard.soort import Bestandsoort, Maak, Mislukt
from programma.bewaard.soorten import SOORTEN, alle_namen
from programma.inhoud import BEWAARD, Uitgave
from programma.models import Bestand, Bestandinhoud
from tests.bouwers import Rollen, maak_gepubliceerd


def soort(*namen: str, maak: Callable[[float], bytes] = lambda over: b"x", van_alles: bool = False) -> Bestandsoort:
    """Return a kind with these names, each made by `maak`."""

    def stukken(uitgave: Uitgave, gevraagd: Sequence[str]) -> Iterator[tuple[str, Maak]]:
        assert (uitgave.status, uitgave.reden) == ("gepubliceerd", "")
        yield from ((naam, maak) for naam in gevraagd)

    return Bestandsoort("proef 1.0", lambda slugs: list(namen), stukken, van_alles)


def met(monkeypatch: pytest.MonkeyPatch, *nieuw: Bestandsoort) -> None:
    """Let these be the kinds."""
    monkeypatch.setattr(soorten, "SOORTEN", nieuw)
    monkeypatch.setattr(maken, "SOORTEN", nieuw)


def kan_niet(over: float) -> bytes:
    raise Mislukt("het kan niet")


def test_elke_naam_een_keer_met_een_einde_dat_mag() -> None:
    namen = alle_namen(["een", "twee"])

    assert len(set(namen)) == len(namen)
    assert all(naam.endswith(BEWAARD) for naam in namen)
    assert namen[:3] == ["programma/een/programma.pdf", "programma/twee/programma.pdf", "document.pdf"]
    assert {"begroting.xlsx", "narekenen.xlsx"} <= set(namen)
    assert [soort.van_alles for soort in SOORTEN] == sorted(soort.van_alles for soort in SOORTEN)
    assert all(wat_is(naam) != naam for naam in namen)


def test_de_laatste_wordt_van_de_andere_gemaakt(rollen: Rollen, monkeypatch: pytest.MonkeyPatch) -> None:
    def alles(over: float) -> bytes:
        return " ".join(Bestand.objects.filter(naam__endswith="x").values_list("naam", flat=True)).encode()

    met(monkeypatch, soort("a.xlsx", "b.xlsx"), soort("dossier.zip", maak=alles, van_alles=True))
    versie = maak_gepubliceerd(rollen)
    assert ontbrekend(versie) == ["a.xlsx", "b.xlsx", "dossier.zip"]

    maak_bestanden(versie)

    dossier = Bestandinhoud.objects.get(bestand__naam="dossier.zip")
    assert (bytes(dossier.inhoud), dossier.gemaakt_met) == (b"a.xlsx b.xlsx", "proef 1.0")


def test_zonder_de_andere_wordt_de_laatste_niet_gemaakt(rollen: Rollen, monkeypatch: pytest.MonkeyPatch) -> None:
    compleet = soort("dossier.zip", van_alles=True)
    met(monkeypatch, soort("a.xlsx", maak=kan_niet), soort("b.xlsx"), compleet)
    versie = maak_gepubliceerd(rollen)

    with pytest.raises(BestandOntbreekt) as fout:
        maak_bestanden(versie)

    assert str(fout.value) == (
        "Van Programmabegroting 2025, versie 1 zijn 2 bestanden niet gemaakt. a.xlsx: het kan niet. "
        "Het dossier: daarvoor zijn de andere bestanden nodig. De publicatie zelf is in orde."
    )
    assert ontbrekend(versie) == ["a.xlsx", "dossier.zip"]

    met(monkeypatch, soort("a.xlsx"), soort("b.xlsx", maak=kan_niet), compleet)
    maak_bestanden(versie)

    assert ontbrekend(versie) == []


def test_in_woorden() -> None:
    assert [aantal_bestanden(aantal) for aantal in (1, 2)] == ["1 bestand", "2 bestanden"]
    assert ontbreekzin(["programma/een-twee/programma.pdf", "narekenen.xlsx"]) == (
        "Deze 2 bestanden ontbreken nog: een twee en het rekenblad om na te rekenen."
    )
