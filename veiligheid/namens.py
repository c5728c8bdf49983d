"""In whose name the database is written: the triggers read this to record who changed what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus

INSTELLING = "veiligheid.door"
VIA = "veiligheid.via"


def _zet(naam: str, waarde: str) -> str:
    """Set a session variable of this connection and return what it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [naam])
        vorige: str = cursor.fetchone()[0]
        cursor.execute("SELECT set_config(%s, %s, false)", [naam, waarde])
    return vorige


def _gebroken() -> bool:
    """Return whether the transaction has failed: it takes no statement more, and drops its settings by itself."""
    ruw = connection.connection
    return connection.needs_rollback or ruw is None or ruw.info.transaction_status == TransactionStatus.INERROR


@contextmanager
def namens(gebruiker: int | None, *, via: str = "") -> Iterator[None]:
    """Record every write inside this block as made by user id `gebruiker` (None: nobody in particular).

    `via` names the way in which rows came about when that is not an edit ("kopie"). The names are kept on
    the connection, so they must be taken off again, also after an error; a transaction that the error left
    broken drops its settings itself when it is rolled back.
    """
    if gebruiker is None:
        yield
        return
    vorige = _zet(INSTELLING, str(gebruiker)), _zet(VIA, via)
    try:
        yield
    finally:
        if not _gebroken():
            _zet(INSTELLING, vorige[0])
            _zet(VIA, vorige[1])
