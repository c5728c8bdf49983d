"""The decor is made once per module: the tests leave it as it was."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import leeg_database
from tests.rechten.decor import Decor, maak_decor


@pytest.fixture(autouse=True)
def _zonder_logregels() -> Iterator[None]:
    """Keep thousands of log lines of requests out of what pytest shows of a failure."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def decor(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Decor]:
    """A committed database in which every address leads to something; emptied afterwards."""
    with django_db_blocker.unblock():
        try:
            yield maak_decor()
        finally:
            connection.close()
            leeg_database()
