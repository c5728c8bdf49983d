"""Reading a lot as it was at one moment, whoever is writing meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def een_moment(instellingen: str = "") -> Iterator[None]:
    """Open a transaction that only reads, and sees everything as it was when it began.

    `instellingen` are SQL settings for this transaction alone. Inside a transaction that was open already, that one
    decides what is seen.
    """
    eigen = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if eigen:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        if instellingen:
            cursor.execute(instellingen)
        yield
