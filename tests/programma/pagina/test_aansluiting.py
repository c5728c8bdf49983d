"""The printed totals next to ours."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from programma.inhoud import Gedrukt
from tests.stukken import K25, pagina, programmastuk

D = Decimal


class TestAansluiting:
    """The printed totals next to ours."""

    def test_alle_24_kloppen(self) -> None:
        een = pagina().aansluiting

        assert een is not None
        assert een.zin == "Alle 24 gedrukte totalen in deze tabel zijn nagerekend en kloppen."
        assert een.afwijkingen == ()

    def test_een_afwijking_met_naam_en_bedragen(self) -> None:
        eerste, *rest = programmastuk().gedrukt
        een = pagina(gedrukt=[replace(eerste, euro=D(-9_074_000)), *rest]).aansluiting

        assert een is not None
        assert een.zin == "1 van de 24 gedrukte totalen wijkt af."
        (punt,) = een.afwijkingen
        assert (punt.label, punt.gedrukt, punt.berekend, punt.verschil, punt.afronding) == (
            "Lasten, realisatie 2023",
            "−€\u00a09.074.000",
            "−€\u00a06.074.000",
            "€\u00a03.000.000",
            False,
        )

    def test_door_afronding(self) -> None:
        een = pagina(gedrukt=[Gedrukt("lasten", K25, D(-6_587_000), "1")]).aansluiting

        assert een is not None
        assert [(punt.verschil, punt.afronding) for punt in een.afwijkingen] == [("€\u00a01.000", True)]

    def test_zonder_gedrukte_totalen(self) -> None:
        assert pagina(gedrukt=[]).aansluiting is None
