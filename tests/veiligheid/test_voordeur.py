"""What the web server answers by itself: Dutch, with our headers, and nothing of what was sent."""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Iterator
from email.parser import BytesParser
from typing import Any

import gunicorn.http.wsgi
import gunicorn.util
import pytest
from django.conf import settings

from tests.test_templates import Boom
from veiligheid import voordeur
from veiligheid.middleware import VASTE_KOPPEN


@pytest.fixture
def gunicorn_conf() -> Iterator[Any]:
    """The configuration, as gunicorn reads it; what it changes in gunicorn is put back."""
    eerder = gunicorn.util.write_error, gunicorn.http.wsgi.SERVER
    spec = importlib.util.spec_from_file_location("__config__", settings.BASE_DIR / "deploy/gunicorn.conf.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    gunicorn.util.write_error, gunicorn.http.wsgi.SERVER = eerder


@pytest.mark.parametrize(
    ("status", "kop"), [(400, "klopt niet"), (414, "te lang"), (431, "te veel"), (501, "klopt niet")]
)
def test_het_antwoord_van_de_webserver(gunicorn_conf: Any, status: int, kop: str) -> None:
    hier, daar = socket.socketpair()
    with hier, daar:
        gunicorn.util.write_error(hier, status, "Bad Request", "<script>alert('gestuurd')</script>")
        ontvangen = daar.recv(65536)

    begin, _, pagina = ontvangen.partition(b"\r\n\r\n")
    regel, _, ruw = begin.partition(b"\r\n")
    koppen = BytesParser().parsebytes(ruw)

    assert regel.startswith(f"HTTP/1.1 {status} ".encode())
    assert int(koppen["Content-Length"]) == len(pagina)
    assert b"gestuurd" not in ontvangen
    boom = Boom(pagina.decode())
    assert kop in boom.van("h1")[0].tekst
    assert not boom.van("script", "style")
    for naam, waarde in VASTE_KOPPEN.items():
        assert koppen[naam] == waarde
    assert koppen["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in koppen["Content-Security-Policy"]
    assert koppen["Cache-Control"] == "no-store"


def test_alle_koppen_van_de_site_staan_erop() -> None:
    namen = {"X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"}

    assert set(voordeur.KOPPEN) >= namen | set(VASTE_KOPPEN) | {"Content-Security-Policy"}
    assert voordeur.KOPPEN["Referrer-Policy"] == settings.SECURE_REFERRER_POLICY
    assert voordeur.KOPPEN["X-Frame-Options"] == settings.X_FRAME_OPTIONS
