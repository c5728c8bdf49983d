"""Fixtures for all tests. They run on a real PostgreSQL, as the site's own database role.

The test database is made by a superuser; after that every test connects through SET ROLE veiligheid_site, so a
missing grant, or one too many, shows.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from tests.bouwers import Rollen
from veiligheid.database import launcher

ROL = "veiligheid_site"
Eigenaar = Callable[[], AbstractContextManager[None]]


@contextmanager
def _als_eigenaar() -> Iterator[None]:
    """Work as the superuser that made the test database, with the triggers on."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROL}")


@contextmanager
def om_beurten() -> Iterator[None]:
    """Let one test process at a time make a database: migrations grant rights to roles that all databases share."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "testdatabase.slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the test database, then go on as the site's role; give it back as its maker.

    pytest-django makes it only for tests that it wraps in a transaction; those that really commit need it as much.
    """
    opties = connection.settings_dict["OPTIONS"]
    with django_db_blocker.unblock():
        with om_beurten():
            gemaakt = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        opties["assume_role"] = ROL
        connection.close()
        yield
        connection.close()
        opties.pop("assume_role")
        teardown_databases(gemaakt, verbosity=0)


@pytest.fixture(scope="module", autouse=True)
def _ruim_dode_rijen_op(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Vacuum what the tests of a module rolled back: thousands of dead rows in "empty" tables make for absurd plans."""
    yield
    if connection.settings_dict["OPTIONS"].get("assume_role") != ROL or connection.in_atomic_block:
        return
    with django_db_blocker.unblock():
        with _als_eigenaar(), connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE n_dead_tup > 500")
            for (tabel,) in cursor.fetchall():
                cursor.execute(f"VACUUM (ANALYZE) {tabel}")
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def _zonder_collectstatic() -> Iterator[None]:
    """Name static files as they are: the fingerprints are made by collectstatic, which tests do not need."""
    opslag = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=opslag):
        yield


@pytest.fixture(scope="session", autouse=True)
def _stop_database() -> Iterator[None]:
    """Stop the embedded server afterwards, when these tests were the only ones on it."""
    yield
    instelling = connection.settings_dict
    if instelling["ENGINE"] == "veiligheid.database":
        connection.close()
        launcher.stop_als_vrij(instelling["DATAMAP"])


@pytest.fixture
def als_eigenaar() -> Eigenaar:
    """A context manager inside which the test writes as the owner (a superuser) of the database."""
    return _als_eigenaar


def leesbare_tabellen(*begin: str) -> list[str]:
    """Return the tables whose name begins so and whose rows the site can read, by name.

    The lock of the chain of history is a table without columns that nobody may touch.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
            "AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT')"
        )
        return sorted(naam for (naam,) in cursor.fetchall() if naam.startswith(begin))


def leeg_database() -> None:
    """Remove all rows that tests committed; groups, permissions and the guards' own list stay."""
    with _als_eigenaar(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND (tablename LIKE 'programma\\_%' "
            "OR tablename LIKE 'indicatoren\\_%' OR tablename LIKE 'mfa\\_%' OR tablename LIKE 'socialaccount\\_%' "
            "OR tablename IN ('veiligheid_cache', 'auth_user', 'auth_user_groups', "
            "'auth_user_user_permissions', 'django_session', 'django_admin_log')) AND tablename <> 'programma_bewaking'"
        )
        for (tabel,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {tabel}")
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def vastgelegd(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database in which the test really commits (races, streams, commands); emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        connection.close()
        leeg_database()


def maak_rollen() -> Rollen:
    """Make the cast: one person per role, and a second redacteur and publicist."""

    def persoon(naam: str, rol: str) -> User:
        gebruiker = User.objects.create(username=naam, is_staff=True)
        gebruiker.groups.add(Group.objects.get(name=rol))
        return gebruiker

    return Rollen(
        redacteur=persoon("rosa", "redacteur"),
        redacteur2=persoon("rik", "redacteur"),
        publicist=persoon("paula", "publicist"),
        publicist2=persoon("pim", "publicist"),
        schrijver=persoon("sam", "schrijver"),
        auditor=persoon("anna", "auditor"),
        beheerder=persoon("bas", "beheerder"),
    )


@pytest.fixture
def rollen(db: None) -> Rollen:
    """The cast, in the transaction of the test."""
    return maak_rollen()


@pytest.fixture
def vaste_rollen(vastgelegd: None) -> Rollen:
    """The cast, committed."""
    return maak_rollen()
