"""The sample: the same for everybody, nothing but lots decides, and PostgreSQL draws as the pure part says."""

from __future__ import annotations

import hashlib
import random
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programma.models import Bedrag, Begrotingsregel, Pakket, Versie
from programma.models import Kolom as Kolomrij
from programma.raming import Kolom
from programma.steekproef import LAGEN, Kandidaat, grootste, lot, trek, verdeel
from tests.bouwers import Rollen, maak_concept
from veiligheid.namens import namens

Cel = tuple[str, Kolom, Decimal]
OMVANG = st.lists(st.integers(0, 40), min_size=1, max_size=5)


def naar_grootte(cel: Cel) -> tuple[Decimal, str, int, str]:
    """Sort as the sample does: the largest first."""
    sleutel, kolom, euro = cel
    return -abs(euro), sleutel, kolom.jaar, kolom.fase


def met_de_hand(cellen: list[Cel], zaad: str, gevraagd: int) -> list[tuple[str, Kolom]]:
    """Draw as the page explains it, the slow way: what an auditor would write at home."""
    op_grootte = sorted(cellen, key=naar_grootte)
    vast, rest = op_grootte[: grootste(gevraagd)], op_grootte[grootste(gevraagd) :]
    geheel, voor = sum(abs(euro) for *_, euro in rest), Decimal(0)
    lagen: list[list[Cel]] = [[], [], []]
    for cel in rest:
        lagen[(3 * voor >= geheel) + (3 * voor >= 2 * geheel)].append(cel)
        voor += abs(cel[2])
    getrokken = list(vast)
    for laag, aantal in zip(lagen, verdeel(gevraagd - len(vast), [len(laag) for laag in lagen]), strict=True):
        getrokken += sorted(laag, key=lambda cel: lot(zaad, cel[0], cel[1]))[:aantal]
    return [(sleutel, kolom) for sleutel, kolom, _ in getrokken]


class TestVerdeel:
    """How many from each layer."""

    @given(st.integers(0, 200), OMVANG)
    def test_precies_wat_gevraagd_is_en_nooit_meer_dan_er_is(self, gevraagd: int, omvang: list[int]) -> None:
        deel = verdeel(gevraagd, omvang)
        assert sum(deel) == min(gevraagd, sum(omvang))
        assert all(0 <= getrokken <= aantal for getrokken, aantal in zip(deel, omvang, strict=True))

    @given(st.integers(0, 200), OMVANG)
    def test_zo_gelijk_als_het_kan(self, gevraagd: int, omvang: list[int]) -> None:
        """A layer gets less than another by more than one only when it has no more to give."""
        deel = verdeel(gevraagd, omvang)
        for getrokken, aantal in zip(deel, omvang, strict=True):
            assert getrokken == aantal or getrokken >= max(deel) - 1

    @pytest.mark.parametrize(
        ("gevraagd", "omvang", "deel"),
        [
            (20, (30, 30, 30), (7, 7, 6)),
            (20, (1, 30, 30), (1, 10, 9)),
            (20, (0, 0, 3), (0, 0, 3)),
            (0, (2, 2), (0, 0)),
        ],
    )
    def test_voorbeelden(self, gevraagd: int, omvang: tuple[int, ...], deel: tuple[int, ...]) -> None:
        assert verdeel(gevraagd, omvang) == deel


class TestLot:
    """What decides."""

    def test_is_met_elke_computer_na_te_rekenen(self) -> None:
        verwacht = hashlib.sha256(b"7\nr-1\nprimair\n2025").hexdigest()
        assert lot("7", "r-1", Kolom(2025, "primair")) == verwacht

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=10))
    def test_een_ander_zaad_is_een_ander_lot(self, zaad: str) -> None:
        kolom = Kolom(2025, "primair")
        assert lot(zaad, "r", kolom) != lot(f"{zaad}x", "r", kolom) != lot(f"{zaad}x", "r", Kolom(2026, "primair"))


def kandidaat(nummer: int, laag: int, omvang: int) -> Kandidaat:
    """Make a candidate whose lot follows from its number."""
    kolom = Kolom(2025, "primair")
    sleutel = f"r-{nummer}"
    return Kandidaat(
        "p", "1", "P", "1A", "Pakket", "lasten", sleutel, "Regel", kolom, Decimal(-nummer), laag,
        lot("7", sleutel, kolom), omvang, Decimal(omvang),
    )  # fmt: skip


class TestTrek:
    """Which candidates are drawn."""

    @given(st.integers(1, 40), st.lists(st.integers(0, 15), min_size=3, max_size=3), st.randoms())
    def test_de_volgorde_telt_niet(self, gevraagd: int, omvang: list[int], toeval: random.Random) -> None:
        aantallen = [min(grootste(gevraagd), 8), *omvang]
        nummers = iter(range(1, 1000))
        alle = [kandidaat(next(nummers), laag, n) for laag, n in enumerate(aantallen) for _ in range(n)]
        geschud = alle[:]
        toeval.shuffle(geschud)

        een, ander = trek(alle, "7", gevraagd), trek(geschud, "7", gevraagd)

        assert een == ander
        assert len(een.getrokken) == min(gevraagd, len(alle)) == sum(laag.getrokken for laag in een.lagen)
        assert een.omvang == len(alle)
        assert {k for k in alle if k.laag == 0} <= set(een.getrokken)

    def test_zonder_bedragen(self) -> None:
        leeg = trek([], "7", 25)
        assert leeg.getrokken == () and leeg.omvang == 0 and len(leeg.lagen) == len(LAGEN)


class TestInDeDatabase:
    """PostgreSQL makes the layers and the lots."""

    def _vul(self, rollen: Rollen, bedragen: list[Decimal]) -> tuple[Versie, list[Cel]]:
        versie = maak_concept(rollen, 2)
        with namens(rollen.redacteur.pk):
            pakket = Pakket.objects.filter(versie=versie).order_by("pk")[0]
            kolom = versie_kolom(versie)
            regels = Begrotingsregel.objects.bulk_create(
                Begrotingsregel(versie=versie, pakket=pakket, soort="lasten", omschrijving=f"R {n}", sleutel=f"z-{n}")
                for n in range(len(bedragen))
            )
            Bedrag.objects.bulk_create(
                Bedrag(versie=versie, regel=regel, kolom=kolom, euro=euro)
                for regel, euro in zip(regels, bedragen, strict=True)
            )
        rijen = Bedrag.objects.filter(versie=versie).select_related("regel", "kolom")
        return versie, [(b.regel.sleutel, Kolom(b.kolom.jaar, b.kolom.fase), b.euro) for b in rijen]

    @pytest.mark.parametrize("zaad", ["7", "2026-11-27", "Ærø 's zaad", "' OR 1=1 --"])
    def test_als_met_de_hand(self, rollen: Rollen, zaad: str) -> None:
        toeval = random.Random(5)  # noqa: S311 - amounts, no secrets
        bedragen = [
            Decimal(toeval.choice([-1, 1]) * toeval.randint(0, 10 ** toeval.randint(1, 9))) / 100 for _ in range(150)
        ]
        versie, cellen = self._vul(rollen, bedragen)
        for aantal in (1, 5, 25, 100, 500):
            kandidaten = Begrotingsregel.objects.kandidaten(versie.pk, zaad, aantal, None)
            getrokken = trek(kandidaten, zaad, aantal).getrokken

            assert [(k.sleutel, k.kolom) for k in getrokken] == met_de_hand(cellen, zaad, aantal)
            assert all(k.lot == lot(zaad, k.sleutel, k.kolom) for k in getrokken)
            assert len(kandidaten) <= 4 * aantal

    def test_een_kolom(self, rollen: Rollen) -> None:
        versie, cellen = self._vul(rollen, [Decimal(n) for n in range(40)])
        kolom = Kolom(2026, "primair")
        getrokken = trek(Begrotingsregel.objects.kandidaten(versie.pk, "7", 25, kolom), "7", 25)
        eigen = [cel for cel in cellen if cel[1] == kolom]
        assert getrokken.omvang == len(eigen) and len(getrokken.getrokken) == min(25, len(eigen))
        assert {k.kolom for k in getrokken.getrokken} == {kolom}

    @settings(max_examples=15, deadline=None)
    @given(bedragen=st.lists(st.decimals(-1000, 1000, places=2), max_size=30), aantal=st.integers(1, 40))
    def _klopt(self, rollen: Rollen, bedragen: list[Decimal], aantal: int) -> None:
        versie = Versie.objects.get()
        with namens(rollen.redacteur.pk):
            Begrotingsregel.objects.filter(versie=versie).delete()
            kolom, pakket = versie_kolom(versie), Pakket.objects.filter(versie=versie).order_by("pk")[0]
            for n, euro in enumerate(bedragen):
                regel = Begrotingsregel.objects.create(
                    versie=versie, pakket=pakket, soort="baten", omschrijving="R", sleutel=f"h-{n}"
                )
                Bedrag.objects.create(versie=versie, regel=regel, kolom=kolom, euro=euro)
        cellen = [(f"h-{n}", Kolom(kolom.jaar, kolom.fase), euro) for n, euro in enumerate(bedragen)]
        steekproef = trek(Begrotingsregel.objects.kandidaten(versie.pk, "7", aantal, None), "7", aantal)
        assert [(k.sleutel, k.kolom) for k in steekproef.getrokken] == met_de_hand(cellen, "7", aantal)
        # The always-in are the largest; of the layers no amount is larger than one of the layer before.
        lagen = [[abs(k.euro) for k in steekproef.getrokken if k.laag == laag] for laag in range(len(LAGEN))]
        for groot, klein in pairwise([laag for laag in lagen if laag]):
            assert min(groot) >= max(klein)

    def test_elke_begroting(self, rollen: Rollen) -> None:
        maak_concept(rollen)
        self._klopt(rollen)


def versie_kolom(versie: Versie) -> Kolomrij:
    """Return the column primair 2026."""
    kolom: Kolomrij = Kolomrij.objects.get(versie=versie, fase="primair", jaar=2026)
    return kolom
