"""Log lines: one line of JSON per record, whatever stands in it."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veiligheid.logregels import VELDEN, JsonRegel, verzoek_id


def record(melding: str = "iets", *argumenten: object, **extra: object) -> logging.LogRecord:
    """Make a record as `logger.info(melding, *argumenten, extra=extra)` would."""
    return logging.getLogger("proef").makeRecord(
        "proef", logging.INFO, __file__, 1, melding, argumenten, None, extra=extra
    )


def regel(een: logging.LogRecord) -> dict[str, Any]:
    uitkomst: dict[str, Any] = json.loads(JsonRegel().format(een))
    return uitkomst


@pytest.fixture
def _in_verzoek() -> Iterator[None]:
    """Inside a request with an id."""
    bewijs = verzoek_id.set("0123456789abcdef")
    yield
    verzoek_id.reset(bewijs)


def test_de_velden() -> None:
    een = record("%s van %d", "deel", 2, actie="GET", object="/", resultaat=200, herkomst="::1", wie="publiek")
    een.duur_ms = 1.5

    gelezen = regel(een)

    moment = datetime.fromisoformat(gelezen.pop("moment"))
    assert abs(moment.timestamp() - een.created) < 0.01
    assert moment.utcoffset() == datetime.now(tz=UTC).utcoffset()
    assert gelezen == {
        "niveau": "INFO",
        "naam": "proef",
        "melding": "deel van 2",
        "actie": "GET",
        "object": "/",
        "resultaat": 200,
        "herkomst": "::1",
        "wie": "publiek",
        "duur_ms": 1.5,
    }


def test_alleen_bekende_velden() -> None:
    gelezen = regel(record(wachtwoord="geheim", request="iets", resultaat=0))

    assert set(gelezen) == {"moment", "niveau", "naam", "melding", "resultaat"}
    assert VELDEN == ("actie", "object", "resultaat", "herkomst", "wie", "duur_ms")


@pytest.mark.usefixtures("_in_verzoek")
def test_in_een_verzoek_staat_het_kenmerk_erbij() -> None:
    assert regel(record())["verzoek"] == "0123456789abcdef"


def test_buiten_een_verzoek_niet() -> None:
    assert "verzoek" not in regel(record())


def test_een_fout_blijft_op_een_regel() -> None:
    een = record("mis")
    try:
        raise ValueError("twee\nregels")
    except ValueError:
        een.exc_info = sys.exc_info()

    tekst = JsonRegel().format(een)

    assert len(tekst.splitlines()) == 1
    assert "ValueError: twee\nregels" in json.loads(tekst)["fout"]


# Everything that some reader of a log takes for the end of a line, or a terminal for a command.
STUURTEKENS = re.compile("[\x00-\x1f\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@settings(derandomize=True, deadline=None, max_examples=500)
@given(
    st.one_of(
        st.text(),
        st.text(alphabet='\n\r\t\x00\x0b\x0c\x1b\x1c\x85\x9b\u2028\u2029\u202e"\\{}é'),
        st.text(alphabet=st.characters(categories=["Cs"]), max_size=1),
    )
)
def test_elke_tekst_is_een_regel(tekst: str) -> None:
    geschreven = JsonRegel().format(record("%s", tekst, object=tekst, herkomst=tekst))

    assert len(geschreven.splitlines()) == 1
    assert not STUURTEKENS.search(geschreven)
    geschreven.encode("utf-8")
    gelezen = json.loads(geschreven)
    assert gelezen["melding"] == gelezen["object"] == gelezen["herkomst"] == tekst


def test_wat_geen_json_kent_wordt_tekst() -> None:
    assert regel(record(wie=datetime(2025, 1, 1, tzinfo=UTC)))["wie"] == "2025-01-01 00:00:00+00:00"
