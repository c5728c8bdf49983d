"""Plain or rich: seen from the first tag."""

from __future__ import annotations

import pytest

from veiligheid.alineas import alineas, opgemaakt, stukken


@pytest.mark.parametrize("tekst", ["<p>a</p>", " \n<H3>a</H3>", '<p lang="en">a</p>', "<table><tr>", "<ul>"])
def test_opgemaakt(tekst: str) -> None:
    assert opgemaakt(tekst)
    assert stukken(tekst) == (tekst,)


@pytest.mark.parametrize("tekst", ["", "a", "a <p>", "<", "<5 jaar", "<script>", "<pre>", "&lt;p&gt;", "<p"])
def test_gewoon(tekst: str) -> None:
    assert not opgemaakt(tekst)
    assert stukken(tekst) == alineas(tekst)


def test_alineas() -> None:
    assert alineas("een\r\nregel\r\n\r\n \n\ntwee") == ("een regel", "twee")


def test_een_alinea_met_een_tag_blijft_gewone_tekst() -> None:
    assert stukken("een\n\n<p>twee") == ("een", "<p>&lt;p&gt;twee</p>")
