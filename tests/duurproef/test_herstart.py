"""The database stops and comes back under a running site: 503 meanwhile, and afterwards all goes on by itself."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.duurproef.proeftuin import HERSTELTIJD, Proeftuin, proeftuin
from veiligheid.database import launcher

pytestmark = pytest.mark.lang

ADRESSEN = ("/", "/programmabegroting-2025/", "/beheer/aanmelden/", "/gezond/gereed", "/gezond/levend")
# Two processes of eight threads: enough to meet each connection that was there before.
RONDES = 20


@pytest.fixture
def tuin(tmp_path: Path) -> Iterator[Proeftuin]:
    """A whole site."""
    with proeftuin(tmp_path) as tuin:
        yield tuin


def antwoorden(tuin: Proeftuin) -> list[int]:
    """Return how each address answers: no answer at all is a failure of the test."""
    statussen = []
    for adres in ADRESSEN:
        lijn = http.client.HTTPConnection("127.0.0.1", tuin.poort, timeout=HERSTELTIJD)
        lijn.request("GET", adres, headers={"Cookie": "sessionid=vanvroeger"})
        statussen.append(lijn.getresponse().status)
        lijn.close()
    return statussen


def test_de_database_gaat_weg_en_komt_terug(tuin: Proeftuin) -> None:
    for _ in range(RONDES):
        assert antwoorden(tuin) == [200] * len(ADRESSEN)
    launcher.stop(tuin.datamap)
    # Out of reach for good: the site, which brings its own database along, finds something else in its place.
    weg = tuin.datamap.rename(tuin.datamap.with_name("elders"))
    tuin.datamap.mkdir()
    (tuin.datamap / "iets").write_text("")
    for _ in range(RONDES):
        assert antwoorden(tuin) == [503, 503, 503, 503, 200]

    (tuin.datamap / "iets").unlink()
    tuin.datamap.rmdir()
    weg.rename(tuin.datamap)
    for _ in range(RONDES):
        assert antwoorden(tuin) == [200] * len(ADRESSEN)
    # And once more without a pause: only the connections are broken.
    launcher.stop(tuin.datamap)
    for _ in range(RONDES):
        assert antwoorden(tuin) == [200] * len(ADRESSEN)
