"""Requests without a server: the WSGI application called as a server would."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command


class Mislukt(Exception):
    """An answer that cannot be measured: not a 200, or not the bytes that were expected."""


@cache
def toepassing() -> WSGIHandler:
    """Return the site, with its static files collected. Its log lines are made, as always, but go nowhere."""
    if not settings.STATIC_ROOT.exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    for opvanger in logging.getLogger().handlers:
        if isinstance(opvanger, logging.StreamHandler):
            opvanger.setStream(open(os.devnull, "w"))  # noqa: SIM115 - for as long as the process lives
    return WSGIHandler()


def blokken(pad: str) -> Iterator[bytes]:
    """Yield the body of the answer to a GET, block by block. Raises Mislukt unless the answer is 200."""
    omgeving = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
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
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    status: list[str] = []

    def begin(regel: str, koppen: object, fout: object = None, /) -> Callable[[bytes], object]:
        status.append(regel)
        return bytes

    antwoord = toepassing()(omgeving, begin)
    with closing(antwoord):
        if not status[0].startswith("200"):
            raise Mislukt(f"{pad} gaf {status[0]}")
        yield from antwoord


def haal(pad: str) -> bytes:
    """Return the whole body of the answer to a GET. Raises Mislukt unless the answer is 200."""
    return b"".join(blokken(pad))
