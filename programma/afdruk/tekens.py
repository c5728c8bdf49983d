"""What can be printed: texts with only characters that our fonts have, and words that fit on a line. Pure.

PDF/UA-1 forbids a character without a glyph, and the typesetter then makes no file at all. One emoji in a text may not
keep a budget from being printed, so what cannot be drawn is named: 😀 becomes [U+1F600].
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Any

# First and last of each range that the fonts in letters/ and those inside the typesetter have together. Measured, and
# measured again by tests/programma/afdruk/test_tekens.py. Marks that combine are not among them: NFC has joined the
# usual ones to their letter, and no font has all the others.
DEKKING = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C)),
    *((0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF), (0x5D0, 0x5EA), (0x5EF, 0x5F4), (0x606, 0x60C), (0x61B, 0x61B)),
    *((0x61F, 0x61F), (0x621, 0x63A), (0x640, 0x64A), (0x660, 0x66D), (0x6F0, 0x6F9), (0x1E00, 0x1EFF)),
    *((0x2000, 0x200A), (0x2010, 0x2027), (0x202F, 0x2040), (0x2044, 0x2052), (0x2070, 0x2071), (0x2074, 0x208E)),
    *((0x20A0, 0x20C0), (0x2100, 0x211E), (0x2122, 0x2122), (0x2126, 0x2126), (0x212A, 0x212B), (0x2153, 0x2184)),
    *((0x2190, 0x22FF), (0x2460, 0x24FF), (0x2580, 0x2606), (0x2610, 0x2613), (0x2713, 0x2714), (0x2717, 0x2718)),
    (0xFB00, 0xFB06),
)
_BEGIN = [eerste for eerste, _ in DEKKING]
# Characters that nobody sees: without them the text says the same.
_ONZICHTBAAR = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
LANGSTE_WOORD = 28
_LANG_WOORD = re.compile(rf"[^\s\u00a0\u2000-\u200a\u202f]{{{LANGSTE_WOORD}}}(?=\S)")
BREUK = "\u200b"
"""Where a line may break: it has no width and no glyph."""


def bekend(teken: str) -> bool:
    """Return whether there is a glyph for this character."""
    if teken == "\n":
        return True
    plaats = bisect_right(_BEGIN, ord(teken)) - 1
    return plaats >= 0 and ord(teken) <= DEKKING[plaats][1]


def drukbaar(tekst: str, *, breekt: bool = True) -> str:
    """Return a text that can be printed: what has no glyph is named, and a very long word may break.

    A code that somebody copies to compare it (`breekt` false) has no room for a break that nobody sees.
    """
    tekst = _ONZICHTBAAR.sub("", unicodedata.normalize("NFC", tekst)).replace("\t", " ").replace("\r", "")
    if not all(map(bekend, tekst)):
        tekst = "".join(teken if bekend(teken) else f"[U+{ord(teken):04X}]" for teken in tekst)
    return tekst if not breekt else _LANG_WOORD.sub(lambda deel: deel[0] + BREUK, tekst)


def drukbare_gegevens(gegevens: Any) -> Any:
    """Return data for the typesetter with every text in it made printable.

    What is called `code` gets no breaks; what is called `link` stays as it is.
    """
    match gegevens:
        case str():
            return drukbaar(gegevens)
        case dict():
            return {naam: _drukbaar_deel(naam, deel) for naam, deel in gegevens.items()}
        case list() | tuple():
            return [drukbare_gegevens(deel) for deel in gegevens]
    return gegevens


def _drukbaar_deel(naam: str, deel: Any) -> Any:
    if naam == "link":
        return deel
    return drukbaar(deel, breekt=False) if naam == "code" else drukbare_gegevens(deel)
