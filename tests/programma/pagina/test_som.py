"""The sum strip adds up as it stands there, and the sentence under it is true."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.inhoud import Inwoners
from programma.pagina.som import Som, som
from programma.raming import Cel, Fase, Kolom, Stand
from tests.stukken import K24, K25, K26, gelezen, pagina
from veiligheid.formatting import MINTEKEN

D = Decimal


def nagerekend(een: Som) -> Decimal:
    """Add up the terms of a strip as a reader would."""
    tekens = {"": 1, "+": 1, MINTEKEN: -1}
    return sum((tekens[term.teken] * gelezen(term.bedrag) for term in een.termen), D(0))


class TestSom:
    """The strip adds up as it stands there, whatever the signs."""

    def test_de_begroting_van_2025(self) -> None:
        een = pagina().som

        assert een is not None
        assert [(term.teken, term.naam, gelezen(term.bedrag)) for term in (*een.termen, een.uitkomst)] == [
            ("", "Lasten", 6_586_000),
            (MINTEKEN, "Baten", 170_000),
            (MINTEKEN, "Uit reserves", 41_000),
            ("=", "Resultaat", 6_375_000),
        ]
        assert een.termen[0].uitleg == "wat we uitgeven in 2025"
        assert een.uitkomst.uitleg == "wat het per saldo kost"

    @pytest.mark.parametrize(
        ("stand", "termen", "uitleg"),
        [
            (Stand(D(-10), D(25)), [("", "Baten", 25), (MINTEKEN, "Lasten", 10)], "wat het per saldo oplevert"),
            (Stand(D(-10), D(-5)), [("", "Lasten", 10), ("+", "Baten", 5)], "wat het per saldo kost"),
            (
                Stand(D(-10), D(4), D(-3), D(2)),
                [("", "Lasten", 10), (MINTEKEN, "Baten", 4), ("+", "Naar reserves", 3), (MINTEKEN, "Uit reserves", 2)],
                "wat het per saldo kost",
            ),
            (Stand(), [("", "Lasten", 0), (MINTEKEN, "Baten", 0)], "wat het per saldo kost"),
        ],
    )
    def test_ongewone_tekens(self, stand: Stand, termen: list[tuple[str, str, int]], uitleg: str) -> None:
        een = som(stand, 2025)

        assert [(term.teken, term.naam, gelezen(term.bedrag)) for term in een.termen] == termen
        assert een.uitkomst.uitleg == uitleg
        assert nagerekend(een) == gelezen(een.uitkomst.bedrag)

    @given(st.builds(Stand, *[st.decimals(-(10**9), 10**9, places=2)] * 4))
    def test_klopt_altijd_op_de_cent(self, stand: Stand) -> None:
        een = som(stand, 2025)

        assert nagerekend(een) == gelezen(een.uitkomst.bedrag) == abs(stand.resultaat)
        assert MINTEKEN not in een.uitkomst.bedrag

    def test_de_cent_staat_er_bij_allemaal_of_bij_geen(self) -> None:
        assert [term.bedrag[-3:] for term in som(Stand(D("-10.5"), D(5)), 2025).termen] == [",50", ",00"]

    def test_zonder_kolommen_is_er_geen_som(self) -> None:
        leeg = pagina(kolommen=[], cellen=[], gedrukt=[])

        assert (leeg.som, leeg.duiding, leeg.grafiek) == (None, None, None)


class TestDuiding:
    """The sentence under the strip."""

    def test_meer_dan_vorig_jaar(self) -> None:
        een = pagina().duiding

        assert een is not None
        assert (een.begin, een.verschil, een.slot) == (
            "Dat is",
            "€\u00a0517.000 meer",
            "dan in de gewijzigde begroting van 2024 (8,8%).",
        )
        assert (een.werkwoord, een.per_inwoner, een.inwoners) == (
            "kost",
            "€\u00a0142 per inwoner",
            "44.856\u00a0inwoners in 2025",
        )

    @pytest.mark.parametrize(
        ("oud", "nieuw", "zin"),
        [
            (-20, -10, "Dat is €\u00a010 minder dan in de gewijzigde begroting van 2024 (50,0%)."),
            (-10, -10, "Dat is evenveel als in de gewijzigde begroting van 2024."),
            (10, -10, "In de gewijzigde begroting van 2024 was dat nog €\u00a010 opbrengst per saldo."),
            (-10, 10, "In de gewijzigde begroting van 2024 was dat nog €\u00a010 kosten per saldo."),
            (0, -10, "Dat is €\u00a010 meer dan in de gewijzigde begroting van 2024."),
        ],
    )
    def test_zinnen(self, oud: int, nieuw: int, zin: str) -> None:
        bedragen = [Cel("1", "1E", "lasten", K24, D(oud)), Cel("1", "1E", "lasten", K25, D(nieuw))]
        een = pagina(cellen=bedragen, kolommen=[K24, K25], gedrukt=[]).duiding

        assert een is not None
        assert f"{een.begin} {een.verschil} {een.slot}" == zin
        assert een.werkwoord == ("kost" if nieuw < 0 else "levert")

    def test_zonder_vorig_jaar_en_zonder_inwoners(self) -> None:
        een = pagina(kolommen=[K25, K26], inwoners=Inwoners({})).duiding

        assert een is not None
        assert (een.verschil, een.per_inwoner) == ("", "")

    def test_de_laatste_kolom_van_het_jaar_ervoor(self) -> None:
        primair = Kolom(2024, Fase.PRIMAIR)
        bedragen = [Cel("1", "1E", "lasten", kolom, D(-1)) for kolom in (K24, primair, K25)]
        een = pagina(cellen=bedragen, kolommen=[K24, primair, K25], gedrukt=[]).duiding

        assert een is not None and een.slot == "als in de begroting van 2024."
