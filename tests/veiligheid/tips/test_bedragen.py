"""Reading amounts in running text: what is money is read with its rounding, what is not is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veiligheid.formatting import decimaal, euro, miljoen
from veiligheid.opmaak import in_blokken
from veiligheid.tips import Code, tips
from veiligheid.tips.bedragen import genoemde_bedragen

D = Decimal
vast = settings(derandomize=True, deadline=None, max_examples=300)
ZINNEN = st.sampled_from(
    ["Dat kost {} in 2025.", "De lasten zijn {}.", "Van {} naar elders", "({})", "In 2024: {}, dus minder.", "{}"]
)


def gelezen(tekst: str) -> list[tuple[str, str]]:
    """Return the amounts in a text, with the step to which each is rounded."""
    return [
        (
            str(g.euro.normalize().quantize(D("0.01"))).removesuffix(".00"),
            f"{g.stap:f}".rstrip("0").rstrip(".") if "." in f"{g.stap:f}" else f"{g.stap:f}",
        )
        for g in genoemde_bedragen(tekst)
    ]


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("€ 3.516.000", [("3516000", "1000")]),
        ("€ 3.516", [("3516", "1")]),
        ("€\u00a03.516,50", [("3516.50", "0.01")]),
        ("€ 500,-", [("500", "1")]),
        ("-€ 500", [("500", "1")]),
        ("3 516 000 euro", [("3516000", "1000")]),
        ("EUR 75", [("75", "1")]),
        ("3,5 miljoen", [("3500000", "100000")]),
        ("€ 3,52 mln. in 2025", [("3520000", "10000")]),
        ("3 miljoen euro", [("3000000", "1000000")]),
        ("3,516 miljoen", [("3516000", "1000")]),
        ("300 duizend euro", [("300000", "1000")]),
        ("anderhalf miljoen", [("1500000", "100000")]),
        ("anderhalve ton.", [("150000", "10000")]),
        ("een half miljoen euro", [("500000", "100000")]),
        ("twee miljoen meer", [("2000000", "1000000")]),
        ("van 3,4 naar 3,5 miljoen", [("3400000", "100000"), ("3500000", "100000")]),
        ("€ 3 tot € 5 miljoen", [("3000000", "1000000"), ("5000000", "1000000")]),
        ("€ 3 miljoen per jaar", [("3000000", "1000000")]),
    ],
)
def test_geld(tekst: str, verwacht: list[tuple[str, str]]) -> None:
    assert gelezen(tekst) == verwacht


@pytest.mark.parametrize(
    "tekst",
    [
        "17 miljoen inwoners",
        "van 16 naar 17 miljoen inwoners",
        "20 ton zout",
        "bedragen x € 1.000",
        "(× € 1.000)",
        "€ 2,50 per inwoner",
        "€ 95 per keer",
        "in 2025 en 2026",
        "3.516",
        "5 %",
        "een euro",
        "0 euro",
        "€ 12.34.5",
        "programma 1 Veiligheid",
    ],
)
def test_geen_geld(tekst: str) -> None:
    assert gelezen(tekst) == []


def test_wat_op_twee_manieren_kan_wordt_gevraagd() -> None:
    assert gelezen("Dat kost € 3.5 miljoen.") == []
    (tip,) = tips(in_blokken("Dat kost € 3.5 miljoen."))
    assert tip.code == Code.BEDRAG_ONDUIDELIJK
    assert "op twee manieren" in tip.zin and tip.passage == "Dat kost € 3.5 miljoen."


@vast
@given(st.decimals(min_value=1, max_value=10**11, places=0), ZINNEN)
def test_hele_euros_lezen_we_terug(bedrag: Decimal, zin: str) -> None:
    (genoemd,) = genoemde_bedragen(zin.format(euro(bedrag)))
    assert genoemd.euro == bedrag
    assert genoemd.kan_zijn(bedrag) and genoemd.kan_zijn(-bedrag)
    assert genoemd.stap == (1000 if bedrag % 1000 == 0 else 1)


@vast
@given(st.decimals(min_value="0.01", max_value=10**11, places=2), ZINNEN)
def test_centen_lezen_we_terug(bedrag: Decimal, zin: str) -> None:
    (genoemd,) = genoemde_bedragen(zin.format(euro(bedrag, centen=True)))
    assert (genoemd.euro, genoemd.stap) == (bedrag, D("0.01"))
    assert not genoemd.kan_zijn(bedrag + D("0.01"))


@vast
@given(st.decimals(min_value=10**6, max_value=10**11, places=2), ZINNEN)
def test_miljoenen_binnen_hun_afronding(bedrag: Decimal, zin: str) -> None:
    (genoemd,) = genoemde_bedragen(zin.format(miljoen(bedrag)))
    assert genoemd.stap == 100_000
    assert genoemd.kan_zijn(bedrag)
    assert not genoemd.kan_zijn(bedrag + 100_001) or not genoemd.kan_zijn(bedrag - 100_001)


@vast
@given(
    st.decimals(min_value="0.001", max_value=999, places=3),
    st.integers(0, 3),
    st.sampled_from([("duizend", 10**3), ("ton", 10**5), ("mln", 10**6), ("miljoen", 10**6), ("miljard", 10**9)]),
    st.sampled_from(["€ {} {}", "{} {} euro", "{} {}"]),
)
def test_de_cijfers_zeggen_de_afronding(getal: Decimal, plaatsen: int, eenheid: tuple[str, int], vorm: str) -> None:
    """Whatever the unit and the decimals: the true value lies within half a step of what is read."""
    woord, keer = eenheid
    gevonden = genoemde_bedragen(f"Wij geven {vorm.format(decimaal(getal, plaatsen), woord)}.")
    if not round(getal, plaatsen):
        return
    (genoemd,) = gevonden
    assert genoemd.stap == D(keer).scaleb(-plaatsen)
    assert genoemd.kan_zijn(getal * keer)


@vast
@given(st.text(alphabet="0123456789.,-–€ \u00a0xmiljoentduzr×%peni", max_size=40))
def test_elke_tekst_mag(tekst: str) -> None:
    for genoemd in genoemde_bedragen(tekst):
        assert genoemd.euro > 0 and genoemd.stap > 0
        assert tekst[genoemd.begin : genoemd.eind] == genoemd.tekst[: genoemd.eind - genoemd.begin]
