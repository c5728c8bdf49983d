"""The parsing process, called here directly: whatever the bytes are, it gives rows or a reason."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from veiligheid.bestanden.kind import Uitvoer, Weigering, lees_csv, ontcijfer
from veiligheid.bestanden.lezer import GRENZEN

vast = settings(derandomize=True, deadline=None, max_examples=400)
# Bytes that look like a table far more often than random ones do.
bijna = st.lists(
    st.sampled_from([b"a", b"1,5", b";", b",", b"\t", b"\n", b"\r\n", b"\r", b'"', b"'", b"=", b"\xe9", b"\xc3\xa9"])
    | st.binary(max_size=2)
).map(b"".join)
tekst = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8)


@pytest.fixture(autouse=True)
def _grens_van_csv() -> Iterator[None]:
    """The process sets a limit of the csv module; here that module is everybody's."""
    grens = csv.field_size_limit()
    yield
    csv.field_size_limit(grens)


@vast
@given(bijna | st.binary())
@example(b"\xef\xbb\xbf\x00")
@example(b"sep=;\n")
def test_rijen_of_een_reden(inhoud: bytes) -> None:
    uitvoer = Uitvoer(GRENZEN)
    try:
        kop = lees_csv(inhoud, uitvoer)
    except Weigering as fout:
        assert str(fout).isprintable()
        assert str(fout).endswith(".")
        return
    ((naam, aantal),) = kop["bladen"]
    assert (naam, aantal) == ("", len(uitvoer.regels))
    rijen = [json.loads(regel) for regel in uitvoer.regels]
    assert rijen[-1]
    assert all(rij[-1] is not None for rij in rijen if rij)
    assert all(cel is None or (cel[0] == "s" and len(cel) > 1) for rij in rijen for cel in rij)


@vast
@given(
    st.lists(st.lists(tekst, min_size=3, max_size=3), max_size=8),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_wat_geschreven_is_komt_terug(rijen: list[list[str]], scheiding: str, codering: str) -> None:
    """With every cell quoted, the separator is the only one outside quotes: nothing is left to guess."""
    alles = [["naam", "2025", "2026"], *rijen]
    geschreven = io.StringIO()
    csv.writer(geschreven, delimiter=scheiding, quoting=csv.QUOTE_ALL).writerows(alles)
    uitvoer = Uitvoer(GRENZEN)

    lees_csv(geschreven.getvalue().encode(codering), uitvoer)

    gelezen = [[(cel or "s")[1:] for cel in json.loads(regel)] for regel in uitvoer.regels]
    verwacht = [[_nfc(cel) for cel in rij] for rij in alles]
    while verwacht and not any(verwacht[-1]):
        verwacht.pop()
    assert [rij + [""] * (3 - len(rij)) for rij in gelezen] == verwacht


def _nfc(cel: str) -> str:
    return unicodedata.normalize("NFC", cel)


@vast
@given(st.binary(max_size=60))
def test_ontcijferen_verliest_geen_byte(inhoud: bytes) -> None:
    try:
        gelezen, codering = ontcijfer(inhoud)
    except Weigering:
        return
    terug = gelezen.encode({"utf-8 met BOM": "utf-8-sig"}.get(codering, codering))
    assert terug == inhoud
