"""What PostgreSQL refuses, in words for the officer."""

from __future__ import annotations

from django.db import IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable

BEZET = "Niet bewaard: een collega is hier net mee bezig. Probeer het zo opnieuw."


def in_woorden(fout: IntegrityError | OperationalError) -> str:
    """Return why the database refused to store something. Raises the error again when it is no refusal.

    A refusal is a rule of the database (a version that is fixed), or a colleague who holds the same rows just now.
    """
    if isinstance(fout, OperationalError):
        if not isinstance(fout.__cause__, LockNotAvailable | DeadlockDetected):
            raise fout
        return BEZET
    diag = getattr(fout.__cause__, "diag", None)
    return f"Niet bewaard: {getattr(diag, 'message_primary', None) or fout}"
