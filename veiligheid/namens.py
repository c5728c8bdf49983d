"""In whose name the database is written: the triggers read this to record who changed what, and by which way in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus

INSTELLING = "veiligheid.door"
VIA = "veiligheid.via"
HERKOMST = "veiligheid.herkomst"


def _zet(waarden: dict[str, str]) -> dict[str, str]:
    """Set session variables of this connection and return what they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(['coalesce(current_setting(%s, true), %s)'] * len(waarden))}",
            [deel for naam in waarden for deel in (naam, "")],
        )
        vorige = dict(zip(waarden, cursor.fetchone(), strict=True))
        cursor.execute(
            f"SELECT {', '.join(['set_config(%s, %s, false)'] * len(waarden))}",
            [deel for paar in waarden.items() for deel in paar],
        )
    return vorige


def _gebroken() -> bool:
    """Return whether the transaction has failed: it takes no statement more, and drops its settings by itself."""
    ruw = connection.connection
    return connection.needs_rollback or ruw is None or ruw.info.transaction_status == TransactionStatus.INERROR


@contextmanager
def namens(gebruiker: int | None, *, via: str | None = None, herkomst: str = "") -> Iterator[None]:
    """Record every write inside this block as made by user id `gebruiker` (None: nobody in particular).

    `via` is the way in: formulier, rooster, import, kopie, nieuw_jaar, herstel, opdracht (a command); None leaves that
    of the block around this one, with its `herkomst`: what more is known of it, which import, of which file. The names
    are kept on the connection, so they must be taken off again, also after an error; a transaction that the error left
    broken drops its settings itself when it is rolled back.
    """
    if gebruiker is None:
        yield
        return
    nu = {INSTELLING: str(gebruiker)} | ({} if via is None else {VIA: via, HERKOMST: herkomst})
    vorige = _zet(nu)
    try:
        yield
    finally:
        if not _gebroken():
            _zet(vorige)
