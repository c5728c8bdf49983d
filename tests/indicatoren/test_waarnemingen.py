"""Observations are only ever added, and publishing parts them cleanly: PostgreSQL sees to both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import ProtectedError

from indicatoren.models import Gebied, Gebiedsnaam, Indicator, Waarneming
from indicatoren.reeks import Status
from programma import publicatie
from programma.models import Versie
from tests.bouwers import SAMENVATTING, Rollen, maak_concept
from tests.conftest import Eigenaar

LANG_GELEDEN = datetime(2001, 1, 1, tzinfo=UTC)
GEDULD = 20.0  # seconds; long enough for a busy machine, and only ever waited for when something is broken


def maak_waarneming(jaar: int = 2023, **velden: Any) -> Waarneming:
    """Record a value of an indicator for the municipality, both made when needed."""
    indicator, _ = Indicator.objects.get_or_create(slug="diefstal", defaults={"naam": "Diefstal"})
    gebied, _ = Gebied.objects.get_or_create(code="GM0303", defaults={"soort": "gemeente"})
    waarneming: Waarneming = Waarneming.objects.create(
        indicator=indicator, gebied=gebied, jaar=jaar, **{"waarde": 1, **velden}
    )
    return waarneming


@contextmanager
def geweigerd_door(regel: str) -> Iterator[None]:
    """The block is refused by this rule of the database."""
    with pytest.raises(IntegrityError) as weigering, transaction.atomic():
        yield
    assert weigering.value.__cause__.diag.constraint_name == regel


OPDRACHTEN = {
    "indicatoren_waarneming": [
        "UPDATE indicatoren_waarneming SET waarde = 2",
        "UPDATE indicatoren_waarneming SET voetnoot = voetnoot",
        "UPDATE indicatoren_waarneming SET vastgelegd_op = '2001-01-01'",
        "DELETE FROM indicatoren_waarneming",
        "TRUNCATE indicatoren_waarneming",
        "TRUNCATE indicatoren_indicator CASCADE",
        "INSERT INTO indicatoren_waarneming (id, indicator_id, gebied_id, jaar, status, voetnoot, bron, waarde) "
        "SELECT id, indicator_id, gebied_id, jaar, status, voetnoot, bron, 3 FROM indicatoren_waarneming "
        "ON CONFLICT (id) DO UPDATE SET waarde = excluded.waarde",
    ],
    "indicatoren_gebiedsnaam": [
        "UPDATE indicatoren_gebiedsnaam SET naam = 'Anders'",
        "DELETE FROM indicatoren_gebiedsnaam",
        "TRUNCATE indicatoren_gebiedsnaam",
    ],
}
ALLE = [(tabel, opdracht) for tabel, opdrachten in OPDRACHTEN.items() for opdracht in opdrachten]


@pytest.mark.django_db
class TestAlleenToevoegen:
    """No change, no removal, by any route."""

    @pytest.fixture(autouse=True)
    def _rijen(self) -> None:
        gebied = maak_waarneming().gebied
        Gebiedsnaam.objects.create(gebied=gebied, naam="Dronten")
        with connection.cursor() as cursor:
            # With foreign keys still to be checked PostgreSQL refuses TRUNCATE for that reason, and not for ours.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    @pytest.mark.parametrize(("tabel", "opdracht"), ALLE, ids=[opdracht[:50] for _, opdracht in ALLE])
    def test_de_eigenaar_ook_niet(self, als_eigenaar: Eigenaar, tabel: str, opdracht: str) -> None:
        # Emptying the indicators is refused before it reaches what hangs on them.
        regel = "historie_gaat_mee" if "indicatoren_indicator" in opdracht else "alleen_toevoegen"
        with als_eigenaar():
            with geweigerd_door(regel), connection.cursor() as cursor:
                cursor.execute(opdracht)
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {tabel}")
                assert cursor.fetchone() == (1,)

    @pytest.mark.parametrize(("tabel", "opdracht"), ALLE, ids=[opdracht[:50] for _, opdracht in ALLE])
    def test_de_site_heeft_het_recht_niet_eens(self, tabel: str, opdracht: str) -> None:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(opdracht)

    def test_langs_de_modellen(self, als_eigenaar: Eigenaar) -> None:
        waarneming = Waarneming.objects.get()
        with als_eigenaar():
            waarneming.waarde = 9
            with geweigerd_door("alleen_toevoegen"):
                waarneming.save()
            with geweigerd_door("alleen_toevoegen"):
                waarneming.delete()
            with geweigerd_door("alleen_toevoegen"):
                Waarneming.objects.update(waarde=9)
            with geweigerd_door("alleen_toevoegen"):
                Waarneming.objects.bulk_update([waarneming], ["waarde"])
            with geweigerd_door("alleen_toevoegen"):
                Waarneming.objects.all().delete()
        assert Waarneming.objects.get().waarde == 1

    def test_indicator_en_gebied_verdwijnen_niet_onder_een_waarneming_vandaan(self) -> None:
        with pytest.raises(ProtectedError):
            Indicator.objects.get().delete()
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM indicatoren_indicator; SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM indicatoren_gebied; SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
class TestMoment:
    """`vastgelegd_op` is what the clock of the database says, whatever is written."""

    def _na(self, moment: datetime, waarneming: Waarneming | Gebiedsnaam) -> bool:
        waarneming.refresh_from_db()
        return waarneming.vastgelegd_op > moment

    def test_is_niet_te_kiezen(self, als_eigenaar: Eigenaar) -> None:
        begin = _klok()
        een = maak_waarneming(vastgelegd_op=LANG_GELEDEN)
        (twee,) = Waarneming.objects.bulk_create(
            [Waarneming(indicator=een.indicator, gebied=een.gebied, jaar=2024, waarde=1, vastgelegd_op=LANG_GELEDEN)]
        )
        naam = Gebiedsnaam.objects.create(gebied=een.gebied, naam="Dronten", vastgelegd_op=LANG_GELEDEN)

        assert all(self._na(begin, rij) for rij in (een, twee, naam))

        with als_eigenaar(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO indicatoren_gebiedsnaam (gebied_id, naam, vastgelegd_op) VALUES (%s, 'X', '2001-01-01')",
                [een.gebied_id],
            )
            with cursor.copy("COPY indicatoren_gebiedsnaam (gebied_id, naam, vastgelegd_op) FROM STDIN") as kopie:
                kopie.write_row((een.gebied_id, "Y", LANG_GELEDEN))
        assert all(self._na(begin, rij) for rij in Gebiedsnaam.objects.all())
        assert Gebiedsnaam.objects.count() == 3

    def test_twee_waarnemingen_in_een_transactie_hebben_een_volgorde(self) -> None:
        een, twee = maak_waarneming(2023), maak_waarneming(2023)
        een.refresh_from_db()

        assert self._na(een.vastgelegd_op, twee)


@pytest.mark.django_db
class TestBetekenis:
    """An indicator with observations keeps its meaning; an area keeps its identity."""

    VELDEN = [("naam", "A"), ("eenheid", "A"), ("omschrijving", "A"), ("bron", "A"), ("decimalen", 4)]

    @pytest.mark.parametrize(("veld", "waarde"), VELDEN)
    def test_met_waarnemingen_ligt_de_betekenis_vast(self, veld: str, waarde: object) -> None:
        maak_waarneming()

        with geweigerd_door("indicator_ligt_vast"):
            Indicator.objects.update(**{veld: waarde})

    @pytest.mark.parametrize(("veld", "waarde"), VELDEN)
    def test_zonder_waarnemingen_nog_niet(self, veld: str, waarde: object) -> None:
        Indicator.objects.create(slug="leeg", naam="Leeg")

        assert Indicator.objects.update(**{veld: waarde}) == 1

    def test_vervallen_mag_altijd(self) -> None:
        maak_waarneming()

        assert Indicator.objects.update(vervallen=True, bbv_nummer="99", hoofdtaakveld="2") == 1

    def test_slug_code_en_soort_liggen_altijd_vast(self) -> None:
        Indicator.objects.create(slug="leeg", naam="Leeg")
        Gebied.objects.create(code="GM0303", soort="gemeente")

        with geweigerd_door("kenmerk_ligt_vast"):
            Indicator.objects.update(slug="anders")
        with geweigerd_door("kenmerk_ligt_vast"):
            Gebied.objects.update(code="GM0304")
        with geweigerd_door("kenmerk_ligt_vast"):
            Gebied.objects.update(soort="land")

    def test_de_eigenaar_ook_niet(self, als_eigenaar: Eigenaar) -> None:
        maak_waarneming()

        with als_eigenaar(), geweigerd_door("indicator_ligt_vast"):
            Indicator.objects.update(naam="Anders")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "waarde", "mag"),
    [
        (Status.WAARDE, 0, True),
        (Status.VOORLOPIG, 1, True),
        (Status.NB, None, True),
        (Status.NVT, None, True),
        (Status.WAARDE, None, False),
        (Status.VOORLOPIG, None, False),
        (Status.NB, 0, False),
        (Status.NVT, 0, False),
        ("raar", 1, False),
    ],
)
def test_waarde_hoort_bij_status(status: str, waarde: int | None, mag: bool) -> None:
    if mag:
        assert maak_waarneming(status=status, waarde=waarde).pk
    else:
        with geweigerd_door("waarneming_waarde_hoort_bij_status"):
            maak_waarneming(status=status, waarde=waarde)


# --- two connections at once ----------------------------------------------------------------------------------------


def _klok() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _wachtenden() -> int:
    """Return how many sessions stand before an advisory lock in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        aantal: int = cursor.fetchone()[0]
    return aantal


def tot_iemand_wacht(ander: Future[Any]) -> None:
    """Ask the database until somebody waits for the lock; fail when the other one is through already."""
    einde = monotonic() + GEDULD
    while not _wachtenden():
        assert not ander.done(), "it did not wait"
        assert monotonic() < einde, "nobody waits"


def tegelijk(werk: Callable[[], Any]) -> Future[Any]:
    """Do this in a thread with a connection of its own."""
    uitkomst: Future[Any] = Future()

    def doe() -> None:
        try:
            uitkomst.set_result(werk())
        except BaseException as fout:  # noqa: BLE001 - the test sees it, whatever it is
            uitkomst.set_exception(fout)
        finally:
            connection.close()

    threading.Thread(target=doe, daemon=True).start()
    return uitkomst


def maak_goedgekeurd(rollen: Rollen) -> Versie:
    versie = maak_concept(rollen)
    publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
    publicatie.keur_goed(versie, door=rollen.publicist)
    return versie


class TestPeilmoment:
    """Publishing waits for observations in flight; what comes later has a later moment."""

    def test_een_waarneming_onderweg_telt_mee(self, vaste_rollen: Rollen) -> None:
        versie = maak_goedgekeurd(vaste_rollen)
        with transaction.atomic():
            waarneming = maak_waarneming()
            publicatie_ernaast = tegelijk(lambda: publicatie.publiceer(versie, door=vaste_rollen.publicist))
            tot_iemand_wacht(publicatie_ernaast)
        gepubliceerd = publicatie_ernaast.result(timeout=GEDULD)

        waarneming.refresh_from_db()
        assert waarneming.vastgelegd_op < gepubliceerd.peilmoment
        assert list(Waarneming.objects.bekend_op(gepubliceerd.peilmoment)) == [waarneming]

    def test_een_naam_onderweg_ook(self, vaste_rollen: Rollen) -> None:
        versie = maak_goedgekeurd(vaste_rollen)
        with transaction.atomic():
            naam = Gebiedsnaam.objects.create(
                gebied=Gebied.objects.create(code="GM0303", soort="gemeente"), naam="Dronten"
            )
            publicatie_ernaast = tegelijk(lambda: publicatie.publiceer(versie, door=vaste_rollen.publicist))
            tot_iemand_wacht(publicatie_ernaast)
        gepubliceerd = publicatie_ernaast.result(timeout=GEDULD)

        assert Gebied.objects.gemeente("GM0303", gepubliceerd.peilmoment)[1] == naam.naam

    def test_een_waarneming_tijdens_het_publiceren_komt_erna(self, vaste_rollen: Rollen) -> None:
        versie = maak_goedgekeurd(vaste_rollen)
        with transaction.atomic():
            gepubliceerd = publicatie.publiceer(versie, door=vaste_rollen.publicist)
            waarneming_ernaast = tegelijk(maak_waarneming)
            tot_iemand_wacht(waarneming_ernaast)
        waarneming = waarneming_ernaast.result(timeout=GEDULD)

        waarneming.refresh_from_db()
        assert waarneming.vastgelegd_op > gepubliceerd.peilmoment
        assert list(Waarneming.objects.bekend_op(gepubliceerd.peilmoment)) == []
        assert list(Waarneming.objects.bekend_op(_klok())) == [waarneming]

    def test_waarnemingen_hinderen_elkaar_niet(self, vaste_rollen: Rollen) -> None:
        with transaction.atomic():
            maak_waarneming(2022)
        with transaction.atomic():
            maak_waarneming(2023)
            tegelijk(lambda: maak_waarneming(2024)).result(timeout=GEDULD)

        assert Waarneming.objects.count() == 3

    def test_ook_een_indicator_die_net_een_waarneming_krijgt(self, vaste_rollen: Rollen) -> None:
        """Renaming waits for the observation in flight, and is then refused."""
        indicator = Indicator.objects.create(slug="diefstal", naam="Diefstal")
        with transaction.atomic():
            maak_waarneming()
            ernaast = tegelijk(lambda: Indicator.objects.filter(pk=indicator.pk).update(naam="Anders"))
            tot_iemand_wacht(ernaast)

        with pytest.raises(IntegrityError, match="de betekenis ligt vast"):
            ernaast.result(timeout=GEDULD)
