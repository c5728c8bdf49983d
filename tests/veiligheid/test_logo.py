"""A logo is a picture and nothing else: what could do something is refused with a sentence."""

from __future__ import annotations

import struct

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from veiligheid.logo import GROOTSTE, PNG, LogoFout, lees_logo

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(binnen: str = '<path d="M0 0h1"/>', eigenschappen: str = 'viewBox="0 0 200 100"') -> bytes:
    return f"<svg {NS} {eigenschappen}>{binnen}</svg>".encode()


def png(breedte: int, hoogte: int) -> bytes:
    return PNG + struct.pack(">I4sII", 13, b"IHDR", breedte, hoogte) + b"\x08\x06\x00\x00\x00"


@pytest.mark.parametrize(
    ("inhoud", "soort", "maat"),
    [
        (svg(), "image/svg+xml", (88, 44)),
        (svg(eigenschappen='width="44px" height="22"'), "image/svg+xml", (88, 44)),
        (svg(eigenschappen='viewBox="0,0,3000,30"'), "image/svg+xml", (300, 3)),
        (svg('<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><use href="#b"/>'), "image/svg+xml", (88, 44)),
        (svg("<style>.a{fill:#123}</style>"), "image/svg+xml", (88, 44)),
        (png(880, 440), "image/png", (88, 44)),
    ],
)
def test_goed(inhoud: bytes, soort: str, maat: tuple[int, int]) -> None:
    logo = lees_logo(inhoud)

    assert (logo.soort, (logo.breedte, logo.hoogte), logo.inhoud) == (soort, maat, inhoud)


def test_het_logo_van_de_tweede_huisstijl() -> None:
    assert lees_logo((settings.BASE_DIR / "fixtures/thema/groen.svg").read_bytes()).hoogte == 44


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (svg("<script>alert(1)</script>"), "<script>; alleen vormen"),
        (svg("<foreignObject/>"), "<foreignObject>"),
        (svg("<image href='#a'/>"), "<image>"),
        (svg("<animate/>"), "<animate>"),
        (svg("<a href='#x'/>"), "<a>"),
        (svg("<x:b xmlns:x='urn:x'/>"), "<b>"),
        (svg("<path onload='x()'/>"), "een script (onload)"),
        (svg(eigenschappen='viewBox="0 0 1 1" OnClick="x()"'), "een script (onclick)"),
        (svg("<use href='https://x.nl/#a'/>"), "naar iets buiten zichzelf (href)"),
        (svg("<use xlink:href='//x.nl/#a'/>"), "naar iets buiten zichzelf (href)"),
        (svg("<rect fill='url(//x.nl/a)'/>"), "naar iets buiten zichzelf (fill)"),
        (svg("<rect style='fill:url( &quot;https://x.nl&quot;)'/>"), "naar iets buiten zichzelf (style)"),
        (svg("<style>@import 'x.css'</style>"), "naar iets buiten zichzelf (style)"),
        (svg("<style>a{b:\\75rl(x)}</style>"), "naar iets buiten zichzelf (style)"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"), "een DOCTYPE"),
        (b"<?xml-stylesheet href='x'?>" + svg(), "een DOCTYPE, entiteit of stijlblad"),
        (svg().decode().encode("utf-16"), "geen PNG en ook geen geldige SVG"),
        (b"<html/>", "geen PNG en ook geen geldige SVG"),
        (b"", "geen PNG en ook geen geldige SVG"),
        (b"GIF89a", "geen PNG en ook geen geldige SVG"),
        (svg(eigenschappen=""), "geen viewBox"),
        (svg(eigenschappen='viewBox="0 0 x 1"'), "geen viewBox"),
        (svg(eigenschappen='viewBox="0 0 0 10"'), "geen breedte of hoogte"),
        (svg(eigenschappen='viewBox="0 0 inf 10"'), "geen breedte of hoogte"),
        (svg(eigenschappen='viewBox="0 0 10 nan"'), "geen breedte of hoogte"),
        (png(0, 5), "geen breedte of hoogte"),
        (PNG, "de PNG is beschadigd"),
        (svg(" " * GROOTSTE), "hoogstens 100 kB"),
    ],
)
def test_geweigerd(inhoud: bytes, zin: str) -> None:
    with pytest.raises(LogoFout) as fout:
        lees_logo(inhoud)

    assert zin in str(fout.value)


@given(st.binary(max_size=200), st.sampled_from([b"", PNG, b"<svg xmlns='http://www.w3.org/2000/svg'>"]))
def test_geen_bytes_laten_het_lezen_vastlopen(rest: bytes, begin: bytes) -> None:
    try:
        logo = lees_logo(begin + rest)
    except LogoFout as fout:
        assert "\n" not in str(fout)
    else:
        assert logo.breedte > 0
