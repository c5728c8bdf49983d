"""Questions to the observations: the answer of a moment stays the answer of that moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from indicatoren.models import INWONERS, Gebied, Gebiedsnaam, Indicator, Waarneming
from indicatoren.reeks import Punt, Status

pytestmark = pytest.mark.django_db

D = Decimal
VOOR_ALLES = datetime(2000, 1, 1, tzinfo=UTC)


def nu() -> datetime:
    """Return the moment that the database has: the observations until now are before it, the next after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


@pytest.fixture
def dronten() -> Gebied:
    """The municipality."""
    gebied: Gebied = Gebied.objects.create(code="GM0303", soort="gemeente")
    return gebied


@pytest.fixture
def groep() -> Gebied:
    """The municipalities of the same size."""
    gebied: Gebied = Gebied.objects.create(code="GK-25-50", soort="grootteklasse")
    return gebied


def maak_indicator(slug: str, **velden: Any) -> Indicator:
    indicator: Indicator = Indicator.objects.create(slug=slug, **{"naam": slug.capitalize(), **velden})
    return indicator


def meet(indicator: Indicator, gebied: Gebied, jaar: int, waarde: str | int | None, **velden: Any) -> Waarneming:
    """Record a value; None is "not available"."""
    status = Status.NB if waarde is None else Status.WAARDE
    waarneming: Waarneming = Waarneming.objects.create(
        indicator=indicator,
        gebied=gebied,
        jaar=jaar,
        **{"waarde": None if waarde is None else D(waarde), "status": status, **velden},
    )
    return waarneming


class TestBekendOp:
    """Per indicator, area and year the last observation recorded before a moment."""

    def test_een_latere_verbetering_verandert_het_vorige_antwoord_niet(self, dronten: Gebied) -> None:
        diefstal = maak_indicator("diefstal")
        eerste = meet(diefstal, dronten, 2023, "1.5")
        toen = nu()
        tweede = meet(diefstal, dronten, 2023, "1.7")
        later = nu()
        derde = meet(diefstal, dronten, 2023, None)

        assert list(Waarneming.objects.bekend_op(VOOR_ALLES)) == []
        assert list(Waarneming.objects.bekend_op(toen)) == [eerste]
        assert list(Waarneming.objects.bekend_op(later)) == [tweede]
        assert list(Waarneming.objects.bekend_op(nu())) == [derde]

    def test_op_het_moment_zelf_is_het_bekend(self, dronten: Gebied) -> None:
        waarneming = meet(maak_indicator("diefstal"), dronten, 2023, 1)
        waarneming.refresh_from_db()
        net_ervoor = waarneming.vastgelegd_op - timedelta(microseconds=1)

        assert list(Waarneming.objects.bekend_op(waarneming.vastgelegd_op)) == [waarneming]
        assert list(Waarneming.objects.bekend_op(net_ervoor)) == []

    def test_elk_gebied_elk_jaar_en_elke_indicator_apart(self, dronten: Gebied, groep: Gebied) -> None:
        alle = [
            meet(indicator, gebied, jaar, 1)
            for indicator in (maak_indicator("a"), maak_indicator("b"))
            for gebied in (dronten, groep)
            for jaar in (2022, 2023)
        ]

        assert set(Waarneming.objects.bekend_op(nu())) == set(alle)
        assert Waarneming.objects.filter(jaar=2023).bekend_op(nu()).count() == 4


class TestReeksen:
    """A series per indicator, as known at a moment."""

    def test_alles_wat_een_reeks_heeft(self, dronten: Gebied, groep: Gebied, django_assert_num_queries: Any) -> None:
        diefstal = maak_indicator("diefstal", eenheid="per 1.000", omschrijving="Aantal.", bron="CBS", decimalen=2)
        meet(diefstal, dronten, 2022, "1.5", peildatum=date(2024, 9, 4))
        meet(diefstal, dronten, 2023, "0", voetnoot="Schatting.", status=Status.VOORLOPIG, peildatum=date(2024, 1, 1))
        meet(diefstal, dronten, 2024, None)
        meet(diefstal, groep, 2022, "4.1")
        ander = Gebied.objects.create(code="GM0995", soort="gemeente")
        meet(diefstal, ander, 2022, "99")

        moment = nu()
        with django_assert_num_queries(1):
            (reeks,) = Waarneming.objects.reeksen(
                [diefstal.pk], dronten.pk, (groep.pk, "25.000 tot 50.000 inwoners"), moment
            )

        assert (reeks.slug, reeks.naam, reeks.eenheid, reeks.omschrijving, reeks.bron, reeks.decimalen) == (
            "diefstal",
            "Diefstal",
            "per 1.000",
            "Aantal.",
            "CBS",
            2,
        )
        assert reeks.punten == {
            2022: Punt(D("1.5"), "waarde", ""),
            2023: Punt(D(0), "voorlopig", "Schatting."),
            2024: Punt(None, "NB", ""),
        }
        assert reeks.groep == {2022: Punt(D("4.1"), "waarde", "")}
        assert (reeks.groepsnaam, reeks.peildatum) == ("25.000 tot 50.000 inwoners", date(2024, 9, 4))

    def test_niet_beschikbaar_is_geen_nul(self, dronten: Gebied) -> None:
        diefstal = maak_indicator("diefstal")
        meet(diefstal, dronten, 2023, None)
        meet(diefstal, dronten, 2024, None, status=Status.NVT)

        (reeks,) = Waarneming.objects.reeksen([diefstal.pk], dronten.pk, None, nu())

        assert [punt.waarde for punt in reeks.punten.values()] == [None, None]
        assert [punt.status for punt in reeks.punten.values()] == ["NB", "NVT"]
        assert reeks.bekend() == []

    def test_een_verbetering_en_een_nieuw_jaar_veranderen_het_vorige_antwoord_niet(
        self, dronten: Gebied, groep: Gebied
    ) -> None:
        diefstal = maak_indicator("diefstal")
        vraag = ([diefstal.pk], dronten.pk, (groep.pk, "Groep"))
        meet(diefstal, dronten, 2023, "1.5", peildatum=date(2024, 1, 1))
        meet(diefstal, groep, 2023, "4")
        toen = nu()
        antwoord = Waarneming.objects.reeksen(*vraag, toen)
        meet(diefstal, dronten, 2023, "9", peildatum=date(2025, 1, 1))
        meet(diefstal, dronten, 2024, "2")
        meet(diefstal, groep, 2023, None)

        assert Waarneming.objects.reeksen(*vraag, toen) == antwoord
        (later,) = Waarneming.objects.reeksen(*vraag, nu())
        assert (later.punten[2023].waarde, later.groep[2023].waarde, len(later.punten)) == (D(9), None, 2)
        assert Waarneming.objects.reeksen(*vraag, VOOR_ALLES) == []

    def test_in_de_gevraagde_volgorde_en_zonder_lege(self, dronten: Gebied) -> None:
        a, b, leeg = maak_indicator("a"), maak_indicator("b"), maak_indicator("leeg")
        meet(a, dronten, 2023, 1)
        meet(b, dronten, 2023, 2)

        reeksen = Waarneming.objects.reeksen([b.pk, leeg.pk, a.pk], dronten.pk, None, nu())

        assert [reeks.slug for reeks in reeksen] == ["b", "a"]

    def test_alleen_van_de_groep(self, dronten: Gebied, groep: Gebied) -> None:
        diefstal = maak_indicator("diefstal")
        meet(diefstal, groep, 2023, 4)

        (reeks,) = Waarneming.objects.reeksen([diefstal.pk], dronten.pk, (groep.pk, "Groep"), nu())

        assert (reeks.punten, reeks.groepspunt()) == ({}, (2023, D(4)))
        assert Waarneming.objects.reeksen([diefstal.pk], dronten.pk, None, nu()) == []

    def test_zonder_indicatoren_of_zonder_gemeente(self, dronten: Gebied, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert Waarneming.objects.reeksen([], dronten.pk, None, VOOR_ALLES) == []
            assert Waarneming.objects.reeksen([1], None, None, VOOR_ALLES) == []


class TestGemeente:
    """The municipality of this installation: its name and inhabitants are observations too."""

    def test_zoals_bekend_op_een_moment(self, dronten: Gebied, django_assert_num_queries: Any) -> None:
        inwoners = maak_indicator(INWONERS)
        Gebiedsnaam.objects.create(gebied=dronten, naam="Dronten")
        meet(inwoners, dronten, 2024, 44000, bron="CBS 2024")
        meet(inwoners, dronten, 2023, 43000, bron="CBS 2023")
        toen = nu()
        Gebiedsnaam.objects.create(gebied=dronten, naam="Dronten-Stad")
        meet(inwoners, dronten, 2024, 44100, bron="CBS, verbeterd")
        meet(inwoners, dronten, 2025, 45000, bron="CBS 2025")
        later = nu()

        with django_assert_num_queries(2):
            assert Gebied.objects.gemeente("GM0303", toen) == (
                dronten.pk,
                "Dronten",
                {2023: 43000, 2024: 44000},
                "CBS 2024",
            )
            assert Gebied.objects.gemeente("GM0303", later) == (
                dronten.pk,
                "Dronten-Stad",
                {2023: 43000, 2024: 44100, 2025: 45000},
                "CBS 2025",
            )
        assert Gebied.objects.gemeente("GM0303", VOOR_ALLES) == (dronten.pk, "GM0303", {}, "")

    def test_een_inwonertal_dat_vervalt(self, dronten: Gebied) -> None:
        inwoners = maak_indicator(INWONERS)
        meet(inwoners, dronten, 2023, 43000, bron="CBS")
        meet(inwoners, dronten, 2024, 44000)
        meet(inwoners, dronten, 2024, None)

        assert Gebied.objects.gemeente("GM0303", nu()) == (dronten.pk, "GM0303", {2023: 43000}, "CBS")

    def test_alleen_de_eigen_inwoners(self, dronten: Gebied) -> None:
        ander = Gebied.objects.create(code="GM0995", soort="gemeente")
        meet(maak_indicator(INWONERS), ander, 2024, 85000)
        meet(maak_indicator("diefstal"), dronten, 2024, 12)

        assert Gebied.objects.gemeente("GM0303", nu())[2] == {}

    @pytest.mark.parametrize("code", ["GM9999", "", "gm0303"])
    def test_een_onbekende_gemeente(self, dronten: Gebied, code: str) -> None:
        assert Gebied.objects.gemeente(code, nu()) == (None, code, {}, "")
