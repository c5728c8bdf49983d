"""Django's PostgreSQL backend, on a server that is started when nobody answers.

``ENGINE = "veiligheid.database"``; HOST is ``launcher.socketmap(DATAMAP)`` and DATAMAP the folder of the cluster.
"""

from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from veiligheid.database import launcher
from veiligheid.database.cluster import POORT


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that brings its server along: after a crash or a reboot the next page view starts it again."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg needs; the port is fixed, because otherwise PGPORT in the environment would decide."""
        return {**super().get_connection_params(), "port": POORT}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, after starting the server when none answers; OperationalError, with the reason, when that fails."""
        datamap = Path(self.settings_dict["DATAMAP"])
        try:
            launcher.controleer_socketmap(datamap)
            try:
                return super().get_new_connection(conn_params)
            except psycopg.OperationalError as fout:
                if launcher.server_antwoordde(fout):
                    raise
            launcher.zorg_voor(datamap)
        except launcher.Databasefout as fout:
            # What Django knows how to handle: an unreachable database is an OperationalError everywhere.
            raise psycopg.OperationalError(str(fout)) from fout
        return super().get_new_connection(conn_params)
