"""The cards: a verdict on the figures as they are shown."""

from __future__ import annotations

from decimal import Decimal

from indicatoren.reeks import Punt, Reeks, Status
from programma.pagina.indicator import kaart
from tests.stukken import pagina

D = Decimal


class TestIndicatoren:
    """The cards: a verdict on the figures as they are shown."""

    def oordeel(self, punten: dict[int, Punt], groep: dict[int, Punt] | None = None, decimalen: int = 1) -> str:
        een = kaart(Reeks("x", "X", "per 1.000", decimalen=decimalen, punten=punten, groep=groep or {}))
        return f"{een.begin} {een.waarde}{een.slot}".strip()

    def test_de_demonstratie(self) -> None:
        een = pagina().indicatoren

        assert een is not None
        assert [f"{k.begin} {k.waarde}{k.slot}" for k in een.kaarten] == [
            "In 2023: 1,0. Dat is lager dan bij vergelijkbare gemeenten (1,1).",
            "In 2023: 3,9. Dat is hoger dan bij vergelijkbare gemeenten (3,0).",
            "In 2023: 4,9. Dat is hoger dan bij vergelijkbare gemeenten (4,4).",
            "In 2023: 8, gelijk aan vergelijkbare gemeenten.",
            "In 2023: 2,3. Dat is hoger dan bij vergelijkbare gemeenten (1,4).",
        ]
        assert (een.groep, een.groepsjaar) == ("gemeenten 25.000 - 50.000 inwoners", "2023")
        assert een.kaarten[0].titel == (
            "Diefstal uit woning: 2021 0,8, 2022 1,5, 2023 1,0. Vergelijkbare gemeenten in 2023: 1,1."
        )

    def test_het_laatste_gezamenlijke_jaar(self) -> None:
        punten = {2022: Punt(D(1)), 2023: Punt(D(5))}

        assert self.oordeel(punten, {2022: Punt(D(2))}).startswith("In 2022: 1,0. Dat is lager")

    def test_gelijk_is_gelijk_zoals_getoond(self) -> None:
        assert "gelijk aan" in self.oordeel({2023: Punt(D("1.04"))}, {2023: Punt(D("0.96"))})

    def test_voorlopig(self) -> None:
        assert "1,0 (voorlopig)" in self.oordeel({2023: Punt(D(1), Status.VOORLOPIG)}, {2023: Punt(D(2))})

    def test_niets_om_mee_te_vergelijken(self) -> None:
        zin = "In 2023: 5,0. Voor dat jaar is er geen cijfer om mee te vergelijken."

        assert self.oordeel({2023: Punt(D(5))}, {2021: Punt(D(2))}) == zin

    def test_niets_bekend(self) -> None:
        zin = "Van deze gemeente is nog geen cijfer bekend."

        assert self.oordeel({2023: Punt(None, Status.NB)}, {2023: Punt(D(2))}) == zin

    def test_een_programma_zonder_indicatoren(self) -> None:
        een = pagina(reeksen=[])

        assert een.indicatoren is None
        assert "#indicatoren" not in [link.href for link in een.inhoud]
