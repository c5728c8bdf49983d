"""The limit on a request at the real server: answered on the headers alone, and the server lives on."""

from __future__ import annotations

import http.client
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Site

pytestmark = pytest.mark.lang


def vraag(site: Site, koppen: list[str], lijf: bytes = b"") -> tuple[str, float]:
    """Send a POST with these headers; return the first line of the answer, and how long it took."""
    adres = urlsplit(site.adres)
    regels = ["POST /beheer/login/ HTTP/1.1", f"Host: {adres.netloc}", *koppen, "", ""]
    with socket.create_connection((adres.hostname or "", adres.port or 0), timeout=10) as lijn:
        begin = time.perf_counter()
        lijn.sendall("\r\n".join(regels).encode() + lijf)
        eerste = lijn.makefile("rb").readline().decode().strip()
        return eerste, time.perf_counter() - begin


@pytest.mark.parametrize(
    ("koppen", "status"),
    [
        (["Content-Length: 200000000"], "413"),
        (["Content-Length: 12582913"], "413"),
        (["Transfer-Encoding: chunked"], "411"),
        (["Content-Length: 5", "Transfer-Encoding: chunked"], "4"),
        (["Content-Length: -5"], "4"),
    ],
)
def test_geweigerd_op_de_koppen_alleen(site: Site, koppen: list[str], status: str) -> None:
    """No byte of a body is sent, so an answer means that none was waited for."""
    for _ in range(20):
        eerste, duur = vraag(site, koppen)

        assert eerste.startswith(f"HTTP/1.1 {status}")
        assert duur < 5


def test_een_stroom_in_brokken_komt_er_niet_langs(site: Site) -> None:
    eerste, _ = vraag(site, ["Transfer-Encoding: chunked"], b"5\r\nabcde\r\n0\r\n\r\n")

    assert eerste.startswith("HTTP/1.1 411")


def test_wie_een_te_groot_bestand_stuurt_krijgt_de_pagina(site: Site) -> None:
    """A browser sends the body whatever the answer: it must get the page, not a broken line."""
    adres = urlsplit(site.adres)
    for _ in range(3):
        lijn = http.client.HTTPConnection(adres.netloc, timeout=20)
        lijn.request("POST", "/beheer/login/", body=b"x" * 30_000_000)
        antwoord = lijn.getresponse()

        assert antwoord.status == 413
        assert "hoogstens 12 MB kan in één keer" in antwoord.read().decode()
        lijn.close()
