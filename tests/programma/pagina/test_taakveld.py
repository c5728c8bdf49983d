"""The money per taakveld."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from programma.inhoud import Taakveldcel
from programma.pagina.taakveld import hoofdtaakvelden, taakveldregels, volgorde
from programma.raming import Kolom, Raming, Stand, stand

KOLOMMEN = (Kolom(2024, "primair"), Kolom(2025, "primair"))
vast = settings(derandomize=True, deadline=None, max_examples=100)
cellen = st.lists(
    st.builds(
        Taakveldcel,
        st.sampled_from(["", "0.1", "0.10", "1.1", "6.71a", "9.9"]),
        st.sampled_from(["Een", "Twee"]),
        st.sampled_from(["lasten", "baten", "toevoeging", "onttrekking"]),
        st.sampled_from(KOLOMMEN),
        st.integers(-(10**9), 10**9).map(lambda centen: Decimal(centen).scaleb(-2)),
    ),
    max_size=30,
)


@vast
@given(cellen)
def test_elk_niveau_is_de_som_van_zijn_cellen(rijen: list[Taakveldcel]) -> None:
    regels = taakveldregels(rijen)
    hoofden = hoofdtaakvelden(regels)
    verwacht = {
        kolom: sum((stand(rij.soort, rij.euro) for rij in rijen if rij.kolom == kolom), Stand()) for kolom in KOLOMMEN
    }

    for kolom in KOLOMMEN:
        assert sum((regel.raming[kolom] for regel in regels), Stand()) == verwacht[kolom]
        assert sum((hoofd.raming[kolom] for hoofd in hoofden), Stand()) == verwacht[kolom]
    assert [regel for hoofd in hoofden for regel in hoofd.regels] == list(regels)
    assert len({(regel.code, regel.naam) for regel in regels}) == len(regels)


@vast
@given(cellen, st.randoms())
def test_de_volgorde_van_de_cellen_doet_er_niet_toe(rijen: list[Taakveldcel], toeval: object) -> None:
    geschud = list(rijen)
    toeval.shuffle(geschud)  # type: ignore[attr-defined]

    assert taakveldregels(geschud) == taakveldregels(rijen)


def test_de_volgorde_van_de_codes() -> None:
    codes = ["", "0.11", "0.10", "0.9", "0.61", "0.5", "6.71a", "6.711", "6.3", "6.23", "1.2"]

    assert sorted(codes, key=volgorde) == [
        *("0.5", "0.61", "0.9", "0.10", "0.11", "1.2", "6.23", "6.3", "6.711", "6.71a", ""),
    ]


def test_titels() -> None:
    rijen = [Taakveldcel(code, "Iets", "lasten", KOLOMMEN[0], Decimal(-1)) for code in ("1.1", "9.9", "")]

    assert [hoofd.titel for hoofd in hoofdtaakvelden(taakveldregels(rijen))] == [
        *("1 Veiligheid", "9 Hoofdtaakveld 9", "Zonder taakveld"),
    ]
    assert [regel.titel for regel in taakveldregels(rijen)] == ["1.1 Iets", "9.9 Iets", "Iets"]
    assert hoofdtaakvelden(()) == () and Raming() == sum((), Raming())
