"""The words in the addresses of figures: every figure has one, and no word names two."""

from __future__ import annotations

import re
from string import ascii_letters
from urllib.parse import quote, unquote, urlsplit

import pytest
from django.urls import resolve
from hypothesis import assume, example, given
from hypothesis import strategies as st

from programma.cijfer import (
    AFGELEID,
    GROOTHEDEN,
    PER_TAAKVELD,
    SLEUTEL,
    Cijfer,
    celwoord,
    hoofdcode,
    hoofdtaakveldbegin,
    kolomwoord,
    lees_cijfer,
    lees_documentcijfer,
    lees_kolom,
    lees_pakket,
    pakketcijferwoord,
    pakketwoord,
    regelwoord,
    taakveldbegin,
)
from programma.inhoud import Pakketrij
from programma.pagina.adres import Adres
from programma.raming import Fase, Grootheid, Kolom, Soort

# Whatever a code may hold: no control characters (CHECK), and often what codes are made of.
CODES = st.one_of(
    st.text("1eE.- /~_%lasten", min_size=1, max_size=8),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20),
)
SLEUTELS = st.one_of(
    st.from_regex(SLEUTEL, fullmatch=True).filter(lambda sleutel: len(sleutel) <= 40),
    st.sampled_from([*Grootheid, "1e-lasten", "1a-baten", "regel", "1e-lasten-1"]).map(str),
)
KOLOMMEN = [Kolom(jaar, fase.value) for fase in Fase for jaar in (2024, 2025)]


@pytest.mark.parametrize(
    ("code", "woord"),
    [
        ("1E", "1e"),
        ("1.1", "1.1"),
        ("P-2", "p-2"),
        ("1 A", "1_a"),
        ("1e", "1~e"),
        ("a/b", "~a~22f~b"),
        ("..", "~22e~22e"),
        ("é", "~2e9"),
        ("_", "~25f"),
        ("~", "~27e"),
        ("1.", "1~22e"),
        ("", "~"),
    ],
)
def test_een_code_in_een_adres(code: str, woord: str) -> None:
    assert pakketwoord(code) == woord


@given(CODES, CODES)
@example("1E", "1e")
@example("1 A", "1_A")
@example("E9", "~2e9")
def test_twee_codes_hebben_nooit_hetzelfde_woord(een: str, twee: str) -> None:
    assume(een != twee)

    assert pakketwoord(een) != pakketwoord(twee)


@given(CODES)
def test_een_woord_heeft_in_een_adres_niets_nodig(code: str) -> None:
    woord = pakketwoord(code)

    assert re.fullmatch(r"[a-z0-9._~-]+", woord)
    assert quote(woord, safe="") == woord and unquote(woord) == woord
    assert woord not in {".", ".."}


@given(CODES, st.sampled_from(Soort), SLEUTELS, st.sampled_from(KOLOMMEN))
def test_elk_adres_komt_terug_bij_wat_het_noemt(code: str, soort: Soort, sleutel: str, kolom: Kolom) -> None:
    """Through the resolver of the site: the address of a pakket, a cell, a line and a total."""
    pakketten = [
        Pakketrij("1E", "Een"),
        Pakketrij("1A", "Twee"),
        *([Pakketrij(code, "X")] if code not in {"1E", "1A"} else []),
    ]
    adres = Adres("/begroting-2025/")
    pad = resolve(urlsplit(adres.pakket("p-1", code)).path)
    assert (pad.url_name, lees_pakket(pad.kwargs["pakket"], pakketten)) == (
        "pakket",
        next(rij for rij in pakketten if rij.code == code),
    )

    for wat, verwacht in (
        (celwoord(code, soort), Cijfer(celwoord(code, soort), pakket=code, soort=soort)),
        *(
            (f"{pakketwoord(code)}-{wat.value}", Cijfer(f"{pakketwoord(code)}-{wat.value}", totaal=wat, pakket=code))
            for wat in AFGELEID
        ),
        (regelwoord(sleutel, pakketten), Cijfer(regelwoord(sleutel, pakketten), sleutel=sleutel)),
        *((grootheid.value, Cijfer(grootheid.value, totaal=grootheid)) for grootheid in Grootheid),
    ):
        pad = resolve(urlsplit(adres.bedrag("p-1", wat, kolom)).path)
        assert pad.url_name == "bedrag"
        assert lees_cijfer(pad.kwargs["wat"], pakketten) == verwacht
        assert lees_kolom(pad.kwargs["kolom"], KOLOMMEN) == kolom


class TestVolgorde:
    """A total first, then a cell, then a line; a line that loses is found with ".regel"."""

    PAKKETTEN = (Pakketrij("1E", "Een"), Pakketrij("1E-LASTEN", "Twee"))

    @pytest.mark.parametrize(
        "sleutel", [*("lasten", "resultaat", "1e-lasten", "1e-lasten-baten"), *("1e-saldo", "1e-lasten-resultaat")]
    )
    def test_een_sleutel_die_al_iets_anders_is(self, sleutel: str) -> None:
        gevonden = lees_cijfer(sleutel, self.PAKKETTEN)

        assert gevonden is not None and not gevonden.sleutel
        assert regelwoord(sleutel, self.PAKKETTEN) == f"{sleutel}.regel"
        assert lees_cijfer(f"{sleutel}.regel", self.PAKKETTEN) == Cijfer(f"{sleutel}.regel", sleutel=sleutel)

    def test_zonder_zo_n_pakket_is_het_gewoon_een_regel(self) -> None:
        assert lees_cijfer("2b-lasten", self.PAKKETTEN) == Cijfer("2b-lasten", sleutel="2b-lasten")

    def test_een_regel_voluit_heeft_zijn_korte_woord(self) -> None:
        assert lees_cijfer("r12.regel", self.PAKKETTEN) == Cijfer("r12", sleutel="r12")

    def test_een_pakket_met_een_streepje(self) -> None:
        assert lees_cijfer("1e-lasten-baten", self.PAKKETTEN) == Cijfer(
            "1e-lasten-baten", pakket="1E-LASTEN", soort=Soort.BATEN
        )

    @pytest.mark.parametrize(
        "woord", ["", "-", "Lasten", "1E-lasten", "r1-", "a--b", "../x", "a.b", ".regel", "\x00", "é"]
    )
    def test_onzin(self, woord: str) -> None:
        assert lees_cijfer(woord, self.PAKKETTEN) is None

    @given(st.text(max_size=60))
    def test_elke_tekst_is_een_cijfer_of_niets(self, woord: str) -> None:
        gevonden = lees_cijfer(woord, self.PAKKETTEN)

        assert gevonden is None or sum(map(bool, (gevonden.totaal, gevonden.soort, gevonden.sleutel))) == 1


@given(CODES, st.sampled_from(Grootheid))
def test_elk_bedrag_van_een_pakket_heeft_een_woord(code: str, grootheid: Grootheid) -> None:
    gevonden = lees_cijfer(pakketcijferwoord(code, grootheid), [Pakketrij(code, "X")])

    assert gevonden is not None and gevonden.pakket == code
    assert grootheid == (gevonden.totaal or GROOTHEDEN[gevonden.soort or Soort.LASTEN])


class TestPerTaakveld:
    """The figures of a document per taakveld and per chapter."""

    VELDEN = ("0.1", "0.10", "6.71a", "6.71A", "", "0", "1.1-lasten")

    @given(st.lists(st.one_of(st.just(""), CODES), min_size=1, unique=True), st.sampled_from(PER_TAAKVELD))
    @example(list(VELDEN), Grootheid.SALDO)
    def test_elk_woord_komt_terug(self, codes: list[str], wat: Grootheid) -> None:
        """Through the resolver of the site; no two codes have the same word."""
        adres = Adres("/begroting-2025/")
        for code in codes:
            for woord, verwacht in (
                (taakveldbegin(code) + wat, {"taakveld": code}),
                (hoofdtaakveldbegin(hoofdcode(code)) + wat, {"hoofdtaakveld": hoofdcode(code)}),
            ):
                pad = resolve(urlsplit(adres.bedrag(None, woord, KOLOMMEN[0])).path)
                assert pad.url_name == "documentbedrag"
                gevonden = lees_documentcijfer(pad.kwargs["wat"], codes)
                assert gevonden == Cijfer(woord, totaal=wat, **verwacht)
                assert gevonden.van_taakveld

    def test_een_code_met_een_nul_is_een_andere(self) -> None:
        assert lees_documentcijfer("taakveld-0.1-lasten", ["0.10"]) is None
        assert lees_documentcijfer("taakveld-0.10-lasten", ["0.1", "0.10"]) == Cijfer(
            "taakveld-0.10-lasten", totaal=Grootheid.LASTEN, taakveld="0.10"
        )

    @pytest.mark.parametrize("woord", ["lasten", "toevoegingen", "resultaat"])
    def test_een_totaal_blijft_een_totaal(self, woord: str) -> None:
        gevonden = lees_documentcijfer(woord, self.VELDEN)

        assert gevonden == Cijfer(woord, totaal=Grootheid(woord)) and not gevonden.van_taakveld

    @given(st.one_of(st.text(max_size=40), st.sampled_from(["taakveld-1.1-resultaat", "taakveld--saldo", "-saldo"])))
    def test_onzin_is_niets(self, woord: str) -> None:
        gevonden = lees_documentcijfer(woord, self.VELDEN)

        assert gevonden is None or gevonden.woord == woord in {*Grootheid, *self._woorden()}

    def _woorden(self) -> set[str]:
        begin = {taakveldbegin(code) for code in self.VELDEN} | {hoofdtaakveldbegin(hoofdcode(c)) for c in self.VELDEN}
        return {f"{eerste}{wat.value}" for eerste in begin for wat in PER_TAAKVELD}


def test_een_kolom_in_een_adres() -> None:
    assert kolomwoord(Kolom(2024, "na_wijziging")) == "na-wijziging-2024"
    assert len({kolomwoord(kolom) for kolom in KOLOMMEN}) == len(KOLOMMEN)


@given(st.text(ascii_letters + "0123456789-_", max_size=20))
def test_een_vreemde_kolom_is_er_niet(woord: str) -> None:
    assume(woord not in {kolomwoord(kolom) for kolom in KOLOMMEN})

    assert lees_kolom(woord, KOLOMMEN) is None
