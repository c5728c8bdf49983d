"""What counts as klaar, per part of the work."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.toetsing.voortgang import (
    Onderdeel,
    Pakketstand,
    Programmastand,
    Stand,
    Telling,
    klaar_van,
    matrix,
    pakketcellen,
    programmacellen,
)

Tellingen = Mapping[Onderdeel, Telling]
VOL: Tellingen = {
    Onderdeel.TEKSTEN: Telling(2, 2),
    Onderdeel.DOELEN: Telling(1, 1),
    Onderdeel.BEDRAGEN: Telling(3, 3),
    Onderdeel.PARTIJEN: Telling(1, 1),
    Onderdeel.INDICATOREN: Telling(1, 1),
}


def pakket(code: str = "1A", tellingen: Tellingen = VOL, restpost: bool = False) -> Pakketstand:
    return Pakketstand(1, code, f"Pakket {code}", restpost, tellingen)


def programma(*pakketten: Pakketstand, **anders: object) -> Programmastand:
    """Return a programme that is finished, apart from what is given."""
    velden: dict[str, object] = {
        "pk": 1,
        "code": "1",
        "naam": "Veiligheid",
        "soort": "programma",
        "inleiding": True,
        "pakketten": pakketten or (pakket(),),
        "tellingen": {Onderdeel.INDICATOREN: Telling(5, 5)},
        "kolommen": 6,
        "gevulde_kolommen": 6,
    }
    return Programmastand(**velden | anders)  # type: ignore[arg-type]


def standen(stand: Programmastand) -> dict[str, tuple[str, str]]:
    return {str(cel.onderdeel): (str(cel.stand), cel.uitleg) for cel in programmacellen(stand)}


def met(onderdeel: Onderdeel, telling: Telling) -> Tellingen:
    return {**VOL, onderdeel: telling}


def test_alles_klaar() -> None:
    assert standen(programma()) == {
        "inleiding": ("klaar", "geschreven"),
        "teksten": ("klaar", "1 van 1 pakket"),
        "doelen": ("klaar", "1 van 1 pakket"),
        "bedragen": ("klaar", "3 regels"),
        "partijen": ("klaar", "1 partij"),
        "indicatoren": ("klaar", "5 indicatoren"),
    }


def test_nog_niets() -> None:
    leeg = Programmastand(1, "1", "Veiligheid", "programma", False, kolommen=6)
    assert [stand for stand, _ in standen(leeg).values()] == ["leeg", "leeg", "leeg", "leeg", "niet nodig", "leeg"]


@pytest.mark.parametrize(
    ("telling", "stand", "uitleg"),
    [
        (Telling(), "begonnen", "1 van 2 pakketten"),
        (Telling(2, 0), "begonnen", "1 van 2 pakketten"),
        (Telling(2, 1), "begonnen", "2 van 2 pakketten"),
        (Telling(2, 2), "klaar", "2 van 2 pakketten"),
        (Telling(2, 2, 1), "nog te herzien", "1 van 4 teksten"),
        (Telling(2, 2, 2), "nog te herzien", "2 van 4 teksten"),
    ],
)
def test_teksten_van_twee_pakketten(telling: Telling, stand: str, uitleg: str) -> None:
    """One pakket is finished; what does the programme say when the other is like this?"""
    ander = pakket("1B", met(Onderdeel.TEKSTEN, telling))
    assert standen(programma(pakket(), ander))["teksten"] == (stand, uitleg)


def test_een_restpost_heeft_geen_tekst_en_doel_nodig() -> None:
    rest = pakket("1Z", {Onderdeel.BEDRAGEN: Telling(1, 1)}, restpost=True)
    assert standen(programma(pakket(), rest))["teksten"] == ("klaar", "1 van 1 pakket")
    assert [str(cel.stand) for cel in pakketcellen(rest)] == [
        *("niet nodig", "niet nodig", "klaar", "niet nodig", "niet nodig")
    ]
    assert standen(programma(rest))["doelen"] == ("niet nodig", "geen pakketten")


@pytest.mark.parametrize(
    ("telling", "gevulde_kolommen", "stand", "uitleg"),
    [
        (Telling(), 0, "leeg", "nog geen regels"),
        (Telling(3, 0), 0, "begonnen", "0 van 3 regels gevuld"),
        (Telling(3, 2), 6, "begonnen", "2 van 3 regels gevuld"),
        (Telling(3, 3), 5, "begonnen", "5 van 6 kolommen"),
        (Telling(3, 3), 6, "klaar", "3 regels"),
    ],
)
def test_bedragen(telling: Telling, gevulde_kolommen: int, stand: str, uitleg: str) -> None:
    stuk = programma(pakket(tellingen=met(Onderdeel.BEDRAGEN, telling)), gevulde_kolommen=gevulde_kolommen)
    assert standen(stuk)["bedragen"] == (stand, uitleg)


def test_partijen_hoeven_niet_maar_zonder_taak_zijn_ze_niet_klaar() -> None:
    assert standen(programma(pakket(tellingen={})))["partijen"] == ("niet nodig", "geen partijen")
    zonder_taak = programma(pakket(tellingen=met(Onderdeel.PARTIJEN, Telling(2, 1))))
    assert standen(zonder_taak)["partijen"] == ("begonnen", "1 van 2 partijen gevuld")


def test_alleen_een_programma_heeft_indicatoren_nodig() -> None:
    assert standen(programma(tellingen={}))["indicatoren"] == ("leeg", "nog geen indicatoren")
    assert standen(programma(tellingen={}, soort="overhead"))["indicatoren"] == ("niet nodig", "geen indicatoren")


tellingen = st.builds(
    lambda aantal, gevuld, herzien: Telling(aantal, min(aantal, gevuld), min(aantal, gevuld, herzien)),
    *(st.integers(0, 4),) * 3,
)
pakketstanden = st.builds(
    Pakketstand,
    pk=st.integers(1, 9),
    code=st.text("AB", min_size=1, max_size=2),
    naam=st.just("x"),
    restpost=st.booleans(),
    tellingen=st.dictionaries(st.sampled_from([deel for deel in Onderdeel if deel != "inleiding"]), tellingen),
)
programmastanden = st.builds(
    Programmastand,
    pk=st.just(1),
    code=st.just("1"),
    naam=st.just("x"),
    soort=st.sampled_from(["programma", "overhead"]),
    inleiding=st.booleans(),
    pakketten=st.lists(pakketstanden, max_size=4),
    tellingen=st.dictionaries(st.sampled_from([Onderdeel.TEKSTEN, Onderdeel.INDICATOREN]), tellingen),
    kolommen=st.just(6),
    gevulde_kolommen=st.integers(0, 6),
)


@given(st.lists(programmastanden, max_size=4))
def test_klaar_is_nooit_leeg_of_oud(programmas: list[Programmastand]) -> None:
    """Whatever there is: nothing that must be revised or is not filled is called klaar, and each row is whole."""
    regels = matrix(programmas)
    klaar, samen = klaar_van(regels)
    assert 0 <= klaar <= samen <= 6 * len(programmas)
    for regel in regels:
        assert [cel.onderdeel for cel in regel.cellen] == list(Onderdeel)
        assert all(cel.uitleg for cel in regel.cellen)
        for onder in regel.pakketten:
            for cel in onder.cellen:
                telling = onder.pakket.tellingen.get(cel.onderdeel, Telling())
                if cel.stand == Stand.KLAAR:
                    assert telling.gevuld == telling.aantal > 0 and not telling.te_herzien
                if cel.stand == Stand.LEEG:
                    assert not telling.aantal
            boven = {cel.onderdeel: cel.stand for cel in regel.cellen}
            for cel in onder.cellen:
                if cel.stand in {Stand.BEGONNEN, Stand.HERZIEN} and cel.onderdeel != Onderdeel.INDICATOREN:
                    assert boven[cel.onderdeel] != Stand.KLAAR
