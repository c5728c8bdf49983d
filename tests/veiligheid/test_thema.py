"""A theme: read from JSON or CSS, refused when it cannot be read by people, and able to do nothing but give values."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from veiligheid.contrast import KLEUREN
from veiligheid.thema import ThemaFout, lees_thema, lees_tokens, maak_thema

STANDAARD = lees_tokens((settings.BASE_DIR / "veiligheid/static/veiligheid/stijl.css").read_text(encoding="utf-8"))
LINK = "--basis-color-accent-1-color-default"
KOP = "--basis-heading-font-family"


def test_css_en_json_geven_hetzelfde() -> None:
    uit_css = maak_thema(f"/* x */ .a-theme {{ {LINK} : #123456 ; {KOP}: Arial, sans-serif }}", STANDAARD)
    uit_json = maak_thema(json.dumps({LINK: "#123456", KOP: "Arial, sans-serif"}), STANDAARD)

    assert uit_css == uit_json
    assert uit_css.css == f":root{{{LINK}:#123456;{KOP}:Arial, sans-serif}}\n".encode()
    assert len(uit_css.kenmerk) == 16


def test_ander_thema_ander_kenmerk() -> None:
    assert (
        maak_thema(f"a{{{LINK}:#123456}}", STANDAARD).kenmerk != maak_thema(f"a{{{LINK}:#123457}}", STANDAARD).kenmerk
    )


def test_een_groot_thema_van_nl_design_system() -> None:
    """Hundreds of tokens that we do not use, references, and blocks for dark mode: only ours are taken, in light."""
    thema = maak_thema(
        """@media (prefers-color-scheme:dark){.x-theme{--basis-color-accent-1-color-default:#eee}}
        .x-theme{--basis-blauw:#113355;--basis-color-accent-1-color-default:var(--basis-blauw);
          --utrecht-button-background-image:url(https://x.nl/a.png)}
        @media print{.x-theme{--basis-color-accent-1-color-default:#ddd}}""",
        STANDAARD,
    )

    assert thema.css == f":root{{{LINK}:#113355}}\n".encode()


def test_de_tweede_huisstijl_van_de_demonstratie() -> None:
    thema = maak_thema((settings.BASE_DIR / "fixtures/thema/groen.css").read_text(encoding="utf-8"), STANDAARD)

    assert f"{LINK}:#1f6b35".encode() in thema.css


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        (f"a{{{LINK}:#777}}", "tekst #777777 op #fff: contrast 4,48, moet 4,5 zijn"),
        (f"a{{{LINK}:#fff}}", "; en nog "),
        ("", "geen enkel token in"),
        ("a{color:red}", "geen enkel token in"),
        ("{", "geen geldige JSON"),
        ('{"--x": 1}', "elke waarde is een tekst"),
        ("a{--onbekend:#fff}", "een die deze site gebruikt"),
        (f"a{{{LINK}:blauw}}", "'blauw' is geen dekkende kleur"),
        (f"a{{{LINK}:rgba(0,0,0,.5)}}", "is geen dekkende kleur"),
        (f"a{{{LINK}:var(--weg)}}", "is geen dekkende kleur"),
        (f"a{{{LINK}:var({LINK})}}", "is geen dekkende kleur"),
        (json.dumps({LINK: "#123;}body{display:none"}), "is geen dekkende kleur"),
        (json.dumps({KOP: "x}body{display:none"}), "is geen lettertype"),
        (json.dumps({KOP: "url(//x.nl/f)"}), "is geen lettertype"),
        (json.dumps({KOP: "x\\75rl"}), "is geen lettertype"),
        (json.dumps({KOP: "a" * 300}), "is geen lettertype"),
    ],
)
def test_wat_geweigerd_wordt(tekst: str, zin: str) -> None:
    with pytest.raises(ThemaFout) as fout:
        maak_thema(tekst, STANDAARD)

    assert zin in str(fout.value)
    assert "\n" not in str(fout.value)


@given(st.dictionaries(st.sampled_from(sorted(STANDAARD)), st.text(max_size=40), min_size=1, max_size=4))
def test_een_thema_kan_niets_anders_dan_waarden_geven(tokens: dict[str, str]) -> None:
    """Whatever is in it: it is refused, or the result is one block with known tokens only."""
    try:
        css = maak_thema(json.dumps(tokens), STANDAARD).css.decode()
    except ThemaFout:
        return

    assert (css.count("{"), css.count("}"), "url" in css.lower(), "@" in css) == (1, 1, False, False)
    assert set(lees_tokens(css)) == set(tokens)
    assert all(waarde.startswith("#") for naam, waarde in lees_tokens(css).items() if naam in KLEUREN)


@given(st.text(max_size=200))
def test_geen_tekst_laat_het_lezen_vastlopen(tekst: str) -> None:
    try:
        assert lees_thema(tekst)
    except ThemaFout as fout:
        assert str(fout)
