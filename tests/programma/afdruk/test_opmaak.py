"""Rich text as data for the typesetter: every kind of block, and nothing that the typesetter refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.afdruk.opmaak import alinea, blokken, kop, stuk, zonder_sprong
from veiligheid.opmaak import in_blokken

TEKST = (
    '<p>Wij <strong>werken</strong> <em>samen</em>, zie <a href="https://voorbeeld.nl/a?b=1">de site</a>.</p>'
    "<h3>Kop</h3><ul><li><p>een</p><ul><li><p>twee</p></li></ul></li></ul><ol><li><p>drie</p></li></ol>"
    "<blockquote><p>citaat</p></blockquote>"
    "<table><caption>Wat het kost</caption><tr><th>Jaar</th><th>Bedrag</th></tr><tr><td>2025</td><td>3</td></tr>"
    "</table>"
)


def test_elk_soort_blok() -> None:
    eerste, kopje, ongenummerd, genummerd, citaat, tabel = blokken(in_blokken(TEKST), 4)

    assert [deel["tekst"] for deel in eerste["stukken"] if deel["vet"]] == ["werken"]
    assert [deel["tekst"] for deel in eerste["stukken"] if deel["schuin"]] == ["samen"]
    assert [deel["link"] for deel in eerste["stukken"] if deel["link"]] == ["https://voorbeeld.nl/a?b=1"]
    assert (kopje["tekst"], kopje["niveau"]) == ("Kop", 4)
    assert [blok["soort"] for blok in ongenummerd["punten"][0]] == ["alinea", "lijst"]
    assert genummerd["genummerd"] and not ongenummerd["genummerd"]
    assert citaat["blokken"] == [alinea(stuk("citaat"))]
    assert tabel["bijschrift"] == [stuk("Wat het kost")]
    assert tabel["kop"] == [[alinea(stuk("Jaar"))], [alinea(stuk("Bedrag"))]]
    assert tabel["rijen"] == [[{"blokken": [alinea(stuk("2025"))]}, {"blokken": [alinea(stuk("3"))]}]]


def test_kale_tekst() -> None:
    assert blokken(in_blokken("een <b>\n\ntwee"), 4) == [alinea(stuk("een <b>")), alinea(stuk("twee"))]


@pytest.mark.parametrize(
    "link",
    ["#hier", "/pad/", "javascript:x", "https://x.nl/" + "a" * 3000, "https://x.nl/ spatie", "http://", "mailto:"],
)
def test_wat_niet_te_volgen_is_wordt_geen_link(link: str) -> None:
    assert stuk("tekst", link=link) == stuk("tekst")


@given(st.lists(st.integers(-3, 9)))
def test_koppen_slaan_nooit_een_niveau_over(niveaus: list[int]) -> None:
    uit = [blok["niveau"] for blok in zonder_sprong([kop("x", niveau) for niveau in niveaus])]

    assert len(uit) == len(niveaus)
    assert all(niveau >= 1 for niveau in uit)
    assert all(nu <= vorige + 1 for vorige, nu in zip([0, *uit], uit, strict=False))
    assert all(nieuw <= max(1, oud) for oud, nieuw in zip(niveaus, uit, strict=True))
