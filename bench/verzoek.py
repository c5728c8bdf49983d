"""Requests without a server: the WSGI application called as a server would."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator
from contextlib import closing

from django.core.handlers.wsgi import WSGIHandler

# The log lines are made, as on the site, but go nowhere.
for behandelaar in logging.getLogger().handlers:
    if isinstance(behandelaar, logging.StreamHandler):
        behandelaar.setStream(open(os.devnull, "w"))  # noqa: SIM115 - for as long as the process lives

toepassing = WSGIHandler()


def blokken(pad: str) -> Iterator[bytes]:
    """Yield the body of the answer to a GET. Raises AssertionError unless the answer is 200."""
    omgeving = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": pad,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    status: list[str] = []
    antwoord = toepassing(omgeving, lambda regel, koppen, fout=None: status.append(regel))
    with closing(antwoord):
        assert status[0].startswith("200"), (pad, status)
        yield from antwoord


def haal(pad: str) -> bytes:
    """Return the whole body of the answer to a GET."""
    return b"".join(blokken(pad))
