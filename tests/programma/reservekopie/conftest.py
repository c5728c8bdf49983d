"""A second, empty database beside that of the tests, and the owner's view of both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from programma.reservekopie.kopiemap import Kopie
from programma.reservekopie.maken import maak
from tests.bouwers import maak_concept, maak_document, maak_gepubliceerd
from tests.conftest import leeg_database, maak_rollen


@contextmanager
def als_maker(naam: str = "") -> Iterator[None]:
    """Work as who made the test database, in that one or in another database of the same server."""
    instelling = connection.settings_dict
    eigen, rol = instelling["NAME"], instelling["OPTIONS"].pop("assume_role", None)
    connection.close()
    instelling["NAME"] = naam or eigen
    try:
        yield
    finally:
        connection.close()
        instelling["NAME"] = eigen
        if rol:
            instelling["OPTIONS"]["assume_role"] = rol


@pytest.fixture
def leeg(vastgelegd: None) -> Iterator[str]:
    """The name of an empty database."""
    naam = f"{connection.settings_dict['NAME']}_kopie"
    with als_maker(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {naam} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {naam} TEMPLATE template0 ENCODING 'UTF8'")
    yield naam
    with als_maker(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {naam} WITH (FORCE)")


@pytest.fixture(scope="session")
def gemaakt(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Kopie:
    """A backup of a published version and of a concept, made once."""
    with django_db_blocker.unblock():
        rollen = maak_rollen()
        maak_gepubliceerd(rollen)
        maak_concept(rollen, document=maak_document(jaar=2030))
        try:
            with als_maker():
                return maak(tmp_path_factory.mktemp("kopieen"))
        finally:
            leeg_database()
            connection.close()


@pytest.fixture
def kopie(gemaakt: Kopie, tmp_path: Path) -> Kopie:
    """The same, for the test to spoil."""
    return replace(gemaakt, map=shutil.copytree(gemaakt.map, tmp_path / "kopieen" / gemaakt.map.name))
