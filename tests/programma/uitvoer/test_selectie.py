"""A filter and its address: each filter has one, and each address means one filter or is refused with a sentence."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.raming import Fase, Soort
from programma.uitvoer.keuze import Keuzes, Optie, keur
from programma.uitvoer.selectie import (
    ALLES,
    EERSTE_DAG,
    LAATSTE_DAG,
    LANGSTE_CODE,
    PARAMETERS,
    Selectie,
    Selectiefout,
    lees_selectie,
)

CODES = st.text(min_size=1, max_size=LANGSTE_CODE).filter(str.isprintable)
SELECTIES = st.builds(
    Selectie,
    programma=st.lists(CODES, max_size=3).map(tuple),
    pakket=st.lists(CODES, max_size=3).map(tuple),
    taakveld=st.lists(CODES, max_size=3).map(tuple),
    soort=st.lists(st.sampled_from(list(Soort)), max_size=5).map(tuple),
    fase=st.lists(st.sampled_from(list(Fase)), max_size=5).map(tuple),
    jaar=st.lists(st.integers(1000, 9999), max_size=3).map(tuple),
    gewijzigd_sinds=st.none() | st.dates(EERSTE_DAG, LAATSTE_DAG),
)

GEEN_DAG = "De waarde “{}” van “gewijzigd_sinds” is geen dag. Schrijf een dag zoals 2000-01-01; die dag is de vroegste."


@given(SELECTIES)
def test_het_adres_is_de_selectie(selectie: Selectie) -> None:
    gelezen = lees_selectie(parse_qs(selectie.vraag(), keep_blank_values=True, strict_parsing=not selectie.leeg))

    assert gelezen == selectie
    assert gelezen.vraag() == selectie.vraag()
    assert (selectie.vraag() == "") == selectie.leeg == (selectie == ALLES)


@given(SELECTIES, st.randoms())
def test_volgorde_en_dubbelen_maken_niet_uit(selectie: Selectie, toeval: object) -> None:
    vraag = {naam: waarden * 2 for naam, waarden in selectie.parameters().items()}
    namen = list(vraag)
    toeval.shuffle(namen)  # type: ignore[attr-defined]
    for waarden in vraag.values():
        toeval.shuffle(waarden)  # type: ignore[attr-defined]

    assert lees_selectie({naam: vraag[naam] for naam in namen}).vraag() == selectie.vraag()


@given(st.dictionaries(st.sampled_from(PARAMETERS) | st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3)))
def test_alles_wat_iemand_verzint_is_een_selectie_of_een_zin(vraag: dict[str, list[str]]) -> None:
    try:
        selectie = lees_selectie(vraag)
    except Selectiefout as fout:
        zin = str(fout)
        assert zin.endswith(".") and "\n" not in zin and "\x00" not in zin
        assert len(zin) < 400
    else:
        assert lees_selectie(selectie.parameters()) == selectie
        assert "\x00" not in selectie.vraag()


def test_een_leeg_veld_vraagt_niets() -> None:
    assert lees_selectie({naam: ["", ""] for naam in PARAMETERS}) == ALLES
    assert Selectie(jaar=(2026, 2025, 2026)).vraag() == "jaar=2025&jaar=2026"


@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        ({"kleur": ["rood"]},
         "De parameter “kleur” bestaat niet. Er is: programma, pakket, taakveld, soort, fase, jaar, gewijzigd_sinds, "
         "vorm."),
        ({"soort": ["winst"]},
         "De waarde “winst” van “soort” bestaat niet. Er is: lasten, baten, toevoeging, onttrekking."),
        ({"fase": ["Primair"]},
         "De waarde “Primair” van “fase” bestaat niet. Er is: realisatie, na_wijziging, primair, raming, prognose."),
        ({"jaar": ["25"]}, "De waarde “25” van “jaar” is geen jaar van vier cijfers."),
        ({"jaar": ["٢٠٢٥"]}, "De waarde “٢٠٢٥” van “jaar” is geen jaar van vier cijfers."),
        ({"pakket": ["1\x00"]}, "De waarde “1�” van “pakket” is geen code."),
        ({"pakket": ["x" * 21]}, f"De waarde “{'x' * 21}” van “pakket” is geen code."),
        ({"gewijzigd_sinds": ["1-2-2025"]}, GEEN_DAG.format("1-2-2025")),
        ({"gewijzigd_sinds": ["2025-02-30"]}, GEEN_DAG.format("2025-02-30")),
        ({"gewijzigd_sinds": ["0001-01-01"]}, GEEN_DAG.format("0001-01-01")),
        ({"gewijzigd_sinds": ["2025-01-01", "2025-01-02"]}, "Geef bij “gewijzigd_sinds” één dag, niet meer."),
    ],
)  # fmt: skip
def test_de_zin_zegt_wat_er_is(vraag: dict[str, list[str]], zin: str) -> None:
    with pytest.raises(Selectiefout) as fout:
        lees_selectie(vraag, ("vorm",))
    assert str(fout.value) == zin


class TestKeuze:
    """Only what the version has can be chosen."""

    keuzes = Keuzes(
        programma=[Optie("1", "Veiligheid"), Optie("10", "Wonen")],
        pakket=[Optie("1A", "Politie", "1")],
        taakveld=[Optie("1.2", "Openbare orde"), Optie("geen", "")],
        soort=["lasten"],
        fase=["primair"],
        jaar=[2025],
    )

    def test_wat_er_is(self) -> None:
        keur(ALLES, self.keuzes)
        keur(Selectie(("1",), ("1A",), ("geen",), ("lasten",), ("primair",), (2025,), date(2025, 1, 1)), self.keuzes)

    @pytest.mark.parametrize(
        ("selectie", "zin"),
        [
            (Selectie(programma=("9",)), "De waarde “9” van “programma” bestaat niet. Er is: 1, 10."),
            (Selectie(soort=("baten",)), "De waarde “baten” van “soort” bestaat niet. Er is: lasten."),
            (Selectie(jaar=(2026,)), "De waarde “2026” van “jaar” bestaat niet. Er is: 2025."),
        ],
    )
    def test_wat_er_niet_is(self, selectie: Selectie, zin: str) -> None:
        with pytest.raises(Selectiefout) as fout:
            keur(selectie, self.keuzes)
        assert str(fout.value) == zin

    def test_van_een_lege_versie(self) -> None:
        with pytest.raises(Selectiefout, match="Er is: niets"):
            keur(Selectie(jaar=(2025,)), Keuzes())
