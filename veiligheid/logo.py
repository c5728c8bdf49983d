"""The logo of a municipality: an SVG or PNG that is a picture and nothing else: pure.

It is shown with <img>, never inlined. An SVG that holds more than shapes is refused, not mended: what is left of it
could look different from what its maker saw.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from xml.etree import ElementTree

GROOTSTE = 100 * 1024
HOOGTE = 44
BREEDSTE = 300
PNG = b"\x89PNG\r\n\x1a\n"
SVG_RUIMTE = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
VORMEN = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("clipPath", "mask", "linearGradient", "radialGradient", "stop", "pattern"),
    }
)
_NAAR_BUITEN = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:|data:|\\", re.IGNORECASE)
_GETAL = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


class LogoFout(ValueError):
    """Why a file cannot be the logo, as one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo that was judged: its bytes, what kind they are, how large it is shown, and its fingerprint."""

    inhoud: bytes
    soort: str
    extensie: str
    breedte: int
    hoogte: int
    kenmerk: str


def lees_logo(inhoud: bytes) -> Logo:
    """Return the logo in these bytes, as high as the header allows. Raises LogoFout when it is no safe picture."""
    if len(inhoud) > GROOTSTE:
        raise LogoFout(f"het is {len(inhoud) // 1024} kB; een logo is hoogstens {GROOTSTE // 1024} kB")
    if inhoud.startswith(PNG):
        return _logo(inhoud, "image/png", "png", *_maat_png(inhoud))
    return _logo(inhoud, "image/svg+xml", "svg", *_maat_svg(_keur_svg(inhoud)))


def _logo(inhoud: bytes, soort: str, extensie: str, breedte: float, hoogte: float) -> Logo:
    if not (0 < breedte < GROOTSTE and 0 < hoogte < GROOTSTE):
        raise LogoFout("het heeft geen breedte of hoogte")
    maat = min(HOOGTE / hoogte, BREEDSTE / breedte)
    kenmerk = hashlib.sha256(inhoud).hexdigest()[:16]
    return Logo(inhoud, soort, extensie, max(1, round(breedte * maat)), max(1, round(hoogte * maat)), kenmerk)


def _maat_png(inhoud: bytes) -> tuple[int, int]:
    """Return width and height from the first chunk, which is always IHDR."""
    if len(inhoud) < 24 or inhoud[12:16] != b"IHDR":
        raise LogoFout("de PNG is beschadigd")
    breedte, hoogte = struct.unpack(">II", inhoud[16:24])
    return breedte, hoogte


def _keur_svg(inhoud: bytes) -> ElementTree.Element:
    """Return the root of an SVG with only shapes and text in it. Raises LogoFout for anything else."""
    if b"<!DOCTYPE" in inhoud or b"<!ENTITY" in inhoud or b"<?xml-stylesheet" in inhoud:
        raise LogoFout("de SVG heeft een DOCTYPE, entiteit of stijlblad; sla hem op als gewone SVG zonder")
    try:
        inhoud.decode("utf-8")
        wortel = ElementTree.fromstring(inhoud)  # noqa: S314 - no DOCTYPE, so no entities; at most 100 kB
    except (ElementTree.ParseError, UnicodeDecodeError) as fout:
        raise LogoFout("het is geen PNG en ook geen geldige SVG") from fout
    if wortel.tag != f"{SVG_RUIMTE}svg":
        raise LogoFout("het is geen PNG en ook geen geldige SVG")
    for element in wortel.iter():
        _keur_element(element)
    return wortel


def _keur_element(element: ElementTree.Element) -> None:
    naam = str(element.tag).removeprefix(SVG_RUIMTE)
    if naam not in VORMEN:
        raise LogoFout(f"de SVG bevat <{naam.rpartition('}')[2]}>; alleen vormen en tekst kunnen")
    for attribuut, waarde in element.attrib.items():
        kort = attribuut.rpartition("}")[2].lower()
        if kort.startswith("on"):
            raise LogoFout(f"de SVG bevat een script ({kort})")
        if (attribuut in {"href", XLINK} and not waarde.startswith("#")) or _NAAR_BUITEN.search(waarde):
            raise LogoFout(f"de SVG verwijst naar iets buiten zichzelf ({kort})")
    if naam == "style" and _NAAR_BUITEN.search(element.text or ""):
        raise LogoFout("de SVG verwijst naar iets buiten zichzelf (style)")


def _maat_svg(wortel: ElementTree.Element) -> tuple[float, float]:
    """Return width and height: of the viewBox, which gives the proportions, else the attributes."""
    kader = re.split(r"[\s,]+", wortel.get("viewBox", "").strip())
    if len(kader) == 4:
        try:
            return float(kader[2]), float(kader[3])
        except ValueError:
            pass
    breedte, hoogte = (_GETAL.fullmatch(wortel.get(naam, "")) for naam in ("width", "height"))
    if not breedte or not hoogte:
        raise LogoFout("de SVG heeft geen viewBox")
    return float(breedte[1]), float(hoogte[1])
