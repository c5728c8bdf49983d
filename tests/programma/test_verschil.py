"""The difference between two versions, without a database: rows, texts, sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.raming import Cel, Kolom, Stand, tel_op
from programma.verschil import (
    Aard,
    Celverschil,
    Deel,
    Rij,
    Rijverschil,
    Stukje,
    Verschil,
    alineas,
    gewijzigde_alineas,
    kolommen_met_verschil,
    tekstverschil,
    totalen,
    vergelijk_rijen,
)
from programma.vingerafdruk import VELDEN

K25, K26 = Kolom(2025, "primair"), Kolom(2026, "primair")


def rij(soort: str, **waarden: object) -> Rij:
    """Return a row with these values; the rest is empty."""
    return Rij(soort, tuple(waarden.get(veld, "") for veld in VELDEN[soort]))  # type: ignore[misc]


def aarden(verschillen: Sequence[Rijverschil]) -> list[tuple[str, Aard, tuple[str, ...]]]:
    return [(verschil.soort, verschil.aard, tuple(veld.veld for veld in verschil.velden)) for verschil in verschillen]


# --- rows -----------------------------------------------------------------------------------------------------------

regels = st.dictionaries(
    st.sampled_from(["r1", "r2", "r3", "r4", "r5"]),
    st.tuples(st.sampled_from(["Auto", "Huur"]), st.sampled_from(["", "Duurder."])),
)


@given(regels, regels)
def test_regels_precies_wat_anders_is(oud: dict[str, tuple[str, str]], nieuw: dict[str, tuple[str, str]]) -> None:
    def rijen(versie: dict[str, tuple[str, str]]) -> list[Rij]:
        return [
            rij("Begrotingsregel", sleutel=sleutel, omschrijving=naam, toelichting=uitleg)
            for sleutel, (naam, uitleg) in versie.items()
        ]

    gevonden = vergelijk_rijen(rijen(oud), rijen(nieuw))

    assert {verschil.rij["sleutel"]: verschil.aard for verschil in gevonden} == {
        **dict.fromkeys(oud.keys() - nieuw.keys(), Aard.VERVALLEN),
        **dict.fromkeys(nieuw.keys() - oud.keys(), Aard.NIEUW),
        **{sleutel: Aard.GEWIJZIGD for sleutel in oud.keys() & nieuw.keys() if oud[sleutel] != nieuw[sleutel]},
    }
    for verschil in gevonden:
        if verschil.aard == Aard.GEWIJZIGD:
            was, wordt = oud[verschil.rij["sleutel"]], nieuw[verschil.rij["sleutel"]]
            assert [veld[1:] for veld in verschil.velden] == [
                paar for paar in zip(was, wordt, strict=True) if paar[0] != paar[1]
            ]


@given(st.lists(st.sampled_from(["Inhoud", "Focus", "Doelen"])), st.lists(st.sampled_from(["Inhoud", "Focus"])))
def test_met_zichzelf_is_er_nooit_verschil(koppen: list[str], themas: list[str]) -> None:
    rijen = [rij("Sectie", pakket__code="1A", kop=kop, volgorde=n) for n, kop in enumerate(koppen)]
    rijen += [
        rij("Sectie", programma__code="1", kop="Focus", thema=thema, volgorde=n) for n, thema in enumerate(themas)
    ]

    assert vergelijk_rijen(rijen, list(rijen)) == []


def test_een_andere_kop_op_dezelfde_plaats_is_dezelfde_tekst() -> None:
    oud = [rij("Sectie", pakket__code="1A", kop="Inhoud", volgorde=1, tekst="A"),
           rij("Sectie", pakket__code="1A", kop="Focus", volgorde=2, tekst="B")]  # fmt: skip
    nieuw = [rij("Sectie", pakket__code="1A", kop="Wat", volgorde=1, tekst="A"),
             rij("Sectie", pakket__code="1A", kop="Focus", volgorde=2, tekst="C"),
             rij("Sectie", pakket__code="1A", kop="Extra", volgorde=3, tekst="D")]  # fmt: skip

    assert sorted(aarden(vergelijk_rijen(oud, nieuw))) == [
        ("Sectie", Aard.GEWIJZIGD, ("kop",)),
        ("Sectie", Aard.GEWIJZIGD, ("tekst",)),
        ("Sectie", Aard.NIEUW, ()),
    ]


def doelindicator(doel: Rij, slug: str) -> Rij:
    return Rij("Doelindicator", (*doel.waarden, slug))


def test_een_gewijzigd_doel_sleept_zijn_indicatoren_niet_mee() -> None:
    oud = rij("Doel", pakket__code="1A", tekst="Meer", volgorde=1)
    nieuw = rij("Doel", pakket__code="1A", tekst="Veel meer", volgorde=1)

    gevonden = vergelijk_rijen(
        [oud, doelindicator(oud, "halt")], [nieuw, doelindicator(nieuw, "halt"), doelindicator(nieuw, "diefstal")]
    )

    assert aarden(gevonden) == [("Doel", Aard.GEWIJZIGD, ("tekst",)), ("Doelindicator", Aard.NIEUW, ())]
    assert gevonden[1].rij["indicator__slug"] == "diefstal"


def test_een_indicator_die_naar_een_ander_doel_gaat() -> None:
    een = rij("Doel", pakket__code="1A", tekst="Een", volgorde=1)
    twee = rij("Doel", pakket__code="1A", tekst="Twee", volgorde=2)

    gevonden = vergelijk_rijen([doelindicator(een, "halt")], [doelindicator(twee, "halt")])

    assert {verschil.aard for verschil in gevonden} == {Aard.NIEUW, Aard.VERVALLEN}


@pytest.mark.parametrize("soort", [soort for soort in VELDEN if soort != "Bedrag"])
def test_elke_soort_rij_wordt_vergeleken(soort: str) -> None:
    """A field that changes in the last place is seen, whatever the kind of row."""
    oud = Rij(soort, ("x",) * len(VELDEN[soort]))
    nieuw = Rij(soort, (*oud.waarden[:-1], "y"))

    assert vergelijk_rijen([oud], [nieuw]) != []
    assert vergelijk_rijen([oud], [oud]) == []


# --- sums -----------------------------------------------------------------------------------------------------------

cellen = st.lists(
    st.builds(
        Cel,
        programma=st.sampled_from(["1", "2"]),
        pakket=st.sampled_from(["A", "B"]),
        soort=st.sampled_from(["lasten", "baten", "onttrekking"]),
        kolom=st.sampled_from([K25, K26]),
        euro=st.integers(-5, 5).map(Decimal),
    ),
    max_size=8,
)


@given(cellen, cellen)
def test_totalen_tellen_op_tot_het_verschil(oud: list[Cel], nieuw: list[Cel]) -> None:
    was, wordt = tel_op(oud), tel_op(nieuw)
    for kolom in (K25, K26):
        rijen = totalen(was, wordt, kolom)
        assert sum((rij.programma.verschil for rij in rijen), Stand()) == (wordt.totaal - was.totaal)[kolom]
        for programma in rijen:
            assert sum((pakket.verschil for pakket in programma.pakketten), Stand()) == programma.programma.verschil
            assert all(pakket.verschil != Stand() for pakket in programma.pakketten)
        groottes = [abs(rij.programma.verschil.resultaat) for rij in rijen]
        assert groottes == sorted(groottes, reverse=True)
        assert bool(rijen) == (kolom in kolommen_met_verschil(was, wordt))


def test_een_verschuiving_binnen_een_programma_valt_niet_weg() -> None:
    """The programme as a whole has the same sums, but two pakketten differ."""
    oud = tel_op([Cel("1", "A", "lasten", K25, Decimal(-5)), Cel("1", "B", "lasten", K25, Decimal(-5))])
    nieuw = tel_op([Cel("1", "A", "lasten", K25, Decimal(-2)), Cel("1", "B", "lasten", K25, Decimal(-8))])

    [programma] = totalen(oud, nieuw, K25)

    assert programma.programma.verschil == Stand()
    assert [(rij.pakket, rij.verschil.resultaat) for rij in programma.pakketten] == [("A", 3), ("B", -3)]


@pytest.mark.parametrize(
    ("oud", "nieuw", "verschil", "zelfde"),
    [(Decimal(-5), Decimal(-7), -2, False), (None, Decimal(3), 3, False), (Decimal(3), None, -3, False),
     (Decimal(3), Decimal("3.00"), 0, True)],
)  # fmt: skip
def test_celverschil(oud: Decimal | None, nieuw: Decimal | None, verschil: int, zelfde: bool) -> None:
    cel = Celverschil("1", "1A", "r1", "Auto", "lasten", K25, oud, nieuw, delen_nieuw=[Deel("", Decimal(3), 1, "", "")])
    assert (cel.verschil, cel.zelfde_bedrag) == (verschil, zelfde)


def test_leeg_is_alleen_leeg_als_er_niets_is() -> None:
    assert Verschil("A", "A").leeg
    assert not Verschil("A", "B").leeg
    assert not Verschil("A", "A", rijen=vergelijk_rijen([], [rij("Kolom", jaar=2025)])).leeg


# --- texts ----------------------------------------------------------------------------------------------------------

tekst = st.lists(
    st.lists(st.sampled_from(["de", "auto", "is", "<b>", "duur", "& meer"]), min_size=1, max_size=6).map(" ".join),
    max_size=5,
).map("\n\n".join)


@given(tekst, tekst)
def test_zonder_het_nieuwe_blijft_het_oude_over(oud: str, nieuw: str) -> None:
    verschil = tekstverschil(oud, nieuw)

    def zonder(soort: str) -> list[str]:
        delen = ["".join(stukje.tekst for stukje in alinea if stukje.soort != soort) for alinea in verschil]
        return [deel for deel in delen if deel]

    assert zonder("ins") == alineas(oud)
    assert zonder("del") == alineas(nieuw)
    assert all(stukje.tekst for alinea in verschil for stukje in alinea)
    anders = any(stukje.soort != "gelijk" for alinea in verschil for stukje in alinea)
    assert anders == (alineas(oud) != alineas(nieuw))


def test_woord_voor_woord() -> None:
    assert tekstverschil("Een.\n\nDe auto is duur.", "Een.\n\nDe nieuwe auto is goedkoop.\n\nKlaar.") == [
        (Stukje("gelijk", "Een."),),
        (
            Stukje("gelijk", "De "),
            Stukje("ins", "nieuwe "),
            Stukje("gelijk", "auto is "),
            Stukje("del", "duur."),
            Stukje("ins", "goedkoop."),
        ),
        (Stukje("ins", "Klaar."),),
    ]


def test_een_heel_lange_alinea_gaat_in_een_keer() -> None:
    """Not word by word: that would take minutes."""
    oud, nieuw = "a " * 3000, "b " * 3000
    assert tekstverschil(oud, nieuw) == [(Stukje("del", oud.strip()), Stukje("ins", nieuw.strip()))]


def test_wat_gelijk_bleef_wordt_geteld() -> None:
    kort = gewijzigde_alineas(tekstverschil("A\n\nB\n\nC\n\nD", "A\n\nB\n\nX\n\nD"))
    assert kort == [2, (Stukje("del", "C"), Stukje("ins", "X")), 1]
