"""The rows of a comparison: signs and words, what passes the filter, and totals that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.inhoud import Pakketrij, Programmarij
from programma.inhoud.vergelijking import Kader, Regelpaar, Regelverschillen, Vergelijkstuk
from programma.pagina.vergelijken import Vraag, kies
from programma.pagina.vergelijken.bedragen import Bedragen, Verschilrij, bedragen
from programma.pagina.vergelijken.kanten import kanten
from programma.pagina.vergelijken.verdeling import Verdeling, verdeling
from programma.raming import Cel, Soort, tel_op
from tests.stukken import K25, uitgave

D = Decimal
A, B = uitgave(nummer=1), uitgave(nummer=2)
Som = tuple[str, str, str, int]


def kader(sommen: Sequence[Som]) -> Kader:
    codes = dict.fromkeys(som[0] for som in sommen)
    return Kader(
        [Programmarij(code, f"Naam {code}", f"p-{code}") for code in codes],
        {
            code: [Pakketrij(p, f"Pakket {p}") for p in dict.fromkeys(s[1] for s in sommen if s[0] == code)]
            for code in codes
        },
        {K25: 1},
    )


def vergelijk(
    a: Sequence[Som], b: Sequence[Som], regels: Sequence[Regelpaar] = (), toon: str = ""
) -> tuple[Bedragen, Verdeling | None]:
    """Compare two sets of sums (programme, pakket, soort, euro) in one column."""
    keuze = kies(Vraag(toon=toon), A, kader(a), B, kader(b))
    cellen_a, cellen_b = ([Cel(p, k, s, K25, D(euro)) for p, k, s, euro in kant] for kant in (a, b))
    gevonden = Regelverschillen(regels=regels, aantal=len(regels))
    stuk = Vergelijkstuk("Dronten", A, B, kader(a), kader(b), keuze.paren, cellen_a, cellen_b, gevonden, [])
    namen, sommen = kanten(A, B), (tel_op(cellen_a), tel_op(cellen_b))
    return bedragen(stuk, keuze, namen, *sommen), verdeling(stuk, keuze, namen, *sommen, False)


def rij(soort: str, a: int | None, b: int | None) -> Verschilrij:
    return Verschilrij("x", soort, None if a is None else D(a), None if b is None else D(b))


@pytest.mark.parametrize(
    ("soort", "a", "b", "verschil", "woord", "procent"),
    [
        ("lasten", -100, -150, -50, "meer", 50),
        ("lasten", -100, -80, 20, "minder", -20),
        ("baten", 100, 150, 50, "meer", 50),
        ("baten", 100, None, -100, "minder", None),
        ("toevoeging", -100, -150, -50, "meer", 50),
        ("onttrekking", None, 10, 10, "meer", None),
        ("resultaat", -100, -150, -50, "slechter", 50),
        ("resultaat", -100, 50, 150, "beter", None),
        ("lasten", 5, 5, 0, "gelijk", 0),
        ("lasten", 0, -5, -5, "meer", None),
    ],
)
def test_teken_woord_en_procent(
    soort: str, a: int | None, b: int | None, verschil: int, woord: str, procent: int | None
) -> None:
    gemaakt = rij(soort, a, b)
    assert (gemaakt.verschil, gemaakt.richting, gemaakt.procent) == (verschil, woord, procent)


def test_wat_in_een_van_beide_staat_wordt_gezegd() -> None:
    gevonden, _ = vergelijk(
        [("1", "1A", "lasten", -100), ("9", "9A", "baten", 5)], [("1", "1A", "lasten", -100), ("1", "1B", "lasten", -7)]
    )

    een, negen = gevonden.blokken
    assert [(r.naam, r.a, r.b, r.noot) for r in een.groepen[0].rijen[:1]] == [
        ("1B Pakket 1B: lasten", None, D(-7), "Alleen in versie 2")
    ]
    assert negen.noten == ("Dit onderdeel staat alleen in versie 1.",)
    assert [link.href for link in negen.links] == ["/programmabegroting-2025/versie/1/programma/p-9/"]


def test_een_regel_laat_zijn_pakket_zien_en_zegt_waar_hij_stond() -> None:
    regel = Regelpaar(0, "1", "1A", "lasten", "r1", "Auto's", "", D(-50), D(-80), True, True, "1B")

    gevonden, _ = vergelijk([("1", "1A", "lasten", -80)], [("1", "1A", "lasten", -80)], [regel])

    som, eigen, *totalen = gevonden.blokken[0].groepen[0].rijen
    assert (som.klasse, som.richting) == ("pakketsom", "gelijk")
    assert eigen.noot == "Regel r1; in versie 1 bij pakket 1B; geen toelichting gegeven"
    assert [t.naam for t in totalen] == ["Totaal lasten", "Totaal baten", "Resultaat"]


def test_het_bericht_zegt_wat_de_grafiek_toont() -> None:
    _, gemaakt = vergelijk([("1", "1A", "lasten", -100), ("2", "2A", "baten", 9)], [("1", "1A", "lasten", -400)])
    assert gemaakt is not None
    assert gemaakt.bericht.replace("\xa0", " ") == (
        "Het resultaat is in versie 2 € 309 slechter dan in versie 1; "
        "het grootste verschil zit bij Programma 1 Naam 1 (−€ 300)"
    )

    _, gelijk = vergelijk([("1", "1A", "lasten", -100)], [("1", "1A", "lasten", -300), ("1", "1A", "baten", 200)])
    assert gelijk is not None and gelijk.grafiek is None
    assert gelijk.bericht == "Het resultaat is bij elk onderdeel gelijk; lasten en baten verschillen wel"
    assert vergelijk([("1", "1A", "lasten", 1)], [("1", "1A", "lasten", 1)])[1] is None


bedrag = st.integers(-3_000_000, 3_000_000)
kant = st.dictionaries(
    st.tuples(st.sampled_from("123"), st.sampled_from("AB"), st.sampled_from([s.value for s in Soort])),
    bedrag,
    max_size=9,
)


@given(kant, kant, st.sampled_from(["alles", "verschillen", "10000", "1000000"]))
def test_precies_wat_door_het_filter_komt_en_hele_totalen(
    a: dict[tuple[str, str, str], int], b: dict[tuple[str, str, str], int], toon: str
) -> None:
    kanten_ = [[(p, p + k, s, euro) for (p, k, s), euro in rijen.items()] for rijen in (a, b)]

    gevonden, gemaakt = vergelijk(kanten_[0], kanten_[1], toon=toon)

    getoond = {r.naam for blok in gevonden.blokken for r in blok.groepen[0].rijen if r.klasse == "pakketsom"}
    drempel = int(toon) if toon.isdigit() else -1
    verwacht = 0
    for sleutel in {**a, **b}:
        anders = abs(b.get(sleutel, 0) - a.get(sleutel, 0))
        verwacht += toon == "alles" or (anders > drempel if drempel > 0 else a.get(sleutel) != b.get(sleutel))
    assert len(getoond) == verwacht
    for blok in gevonden.blokken:
        code = blok.anker.removeprefix("programma-")
        eind = blok.groepen[0].rijen[-1]
        assert eind.a == sum(euro for (p, _, _), euro in a.items() if p == code)
        assert eind.b == sum(euro for (p, _, _), euro in b.items() if p == code)
    if gemaakt is not None:
        *delen, geheel = gemaakt.rijen
        assert sum(deel.verschil for deel in delen) == geheel.verschil == sum(b.values()) - sum(a.values())
        staven = {staaf.waarde for staaf in gemaakt.grafiek.staven} if gemaakt.grafiek else set()
        assert len([deel for deel in delen if deel.verschil]) >= len(staven)
