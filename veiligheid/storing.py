"""When the database is out of reach: that passes, and it is nobody's mistake. A refusal is not a failure."""

from __future__ import annotations

import psycopg
from django.db import InterfaceError, OperationalError, connection

# SQLSTATE of a server that stops, starts, or has no place left. A connection that was never made, or that broke off,
# has none: nobody was there to give one.
BUITEN_BEREIK = ("08", "57P", "53300")


def is_storing(fout: BaseException | None) -> bool:
    """Return whether an error, or the one that it came from, is that of a database out of reach.

    What the database refuses (a constraint, a lock that is held, a statement that took too long) is none: it answered.
    """
    while fout is not None:
        if _buiten_bereik(fout):
            return True
        fout = fout.__cause__ or fout.__context__
    return False


def _buiten_bereik(fout: BaseException) -> bool:
    if isinstance(fout, InterfaceError):
        return _weg()
    oorzaak = fout.__cause__
    if not isinstance(fout, OperationalError) or not isinstance(oorzaak, psycopg.OperationalError):
        return False
    return oorzaak.sqlstate is None or oorzaak.sqlstate.startswith(BUITEN_BEREIK)


def _weg() -> bool:
    """Return whether the connection is gone: an InterfaceError on one that works is a mistake of ours."""
    ruw = connection.connection
    return ruw is None or bool(ruw.closed)
