"""Log lines as JSON, one per line, with the fields that BIO2 8.15.01 asks for. No names, texts or amounts."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

verzoek_id: ContextVar[str] = ContextVar("verzoek_id", default="")

VELDEN = ("actie", "object", "resultaat", "herkomst", "wie", "duur_ms")


def _zonder_inhoud(spoor: str) -> str:
    """Return a traceback without the lines in which PostgreSQL shows the rows themselves."""
    return "\n".join(regel for regel in spoor.splitlines() if not regel.startswith(("DETAIL:", "CONTEXT:")))


class JsonRegel(logging.Formatter):
    """Writes a record as one line of ASCII JSON.

    Nothing in a value can start a second line or command a terminal: not a line feed or an escape, and not their
    Unicode relatives (U+0085, U+009B, U+2028) either.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON: moment (UTC), level, name, message, request id and the fields in `extra`."""
        regel: dict[str, object] = {
            "moment": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "naam": record.name,
            "melding": record.getMessage(),
        }
        if verzoek := verzoek_id.get():
            regel["verzoek"] = verzoek
        for veld in VELDEN:
            if (waarde := getattr(record, veld, None)) is not None:
                regel[veld] = waarde
        if record.exc_info:
            regel["fout"] = _zonder_inhoud(self.formatException(record.exc_info))
        return json.dumps(regel, default=str)
