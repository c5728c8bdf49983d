"""Contrast between two colours by WCAG 2.2, and which tokens of the stylesheet must stand out from which: pure.

A municipality may choose its own colours; a reader must be able to see them. Every pair that the stylesheet makes is
named here, so that a theme can be judged before anybody has to read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from veiligheid.formatting import decimaal

TEKST_MINSTENS = Decimal("4.5")  # WCAG 1.4.3: text of a normal size
BEELD_MINSTENS = Decimal("3.0")  # WCAG 1.4.11: borders of controls, parts of charts, the focus

_B = "--basis-color-"
_G = "--begroting-grafiek-"
DOCUMENT = f"{_B}default-bg-document"
# What text and charts stand on: the page, the band under the title, a note, the year of the document.
OPPERVLAKKEN = (DOCUMENT, f"{_B}default-bg-subtle", f"{_B}accent-1-bg-subtle", f"{_B}highlight-bg-subtle")
# Colours of text: each may stand on each of these.
TEKST = (
    f"{_B}default-color-document",
    f"{_B}default-color-subtle",
    f"{_B}accent-1-color-default",
    f"{_B}accent-1-color-hover",
    f"{_B}highlight-color-default",
    f"{_B}positive-color-default",
    f"{_B}negative-color-default",
    f"{_G}groep-tekst",
)
# Colours of what must be seen and is no text: borders, bars, lines, the focus outline.
BEELD = (
    f"{_B}default-border-default",
    f"{_B}highlight-border-default",
    "--basis-focus-color",
    f"{_G}1",
    f"{_G}2",
    f"{_G}3",
    f"{_G}groep",
)
# Rules between rows and under links, which carry no meaning: nothing is lost when they are not seen.
SIER = (f"{_B}default-border-subtle", f"{_B}accent-1-border-subtle", f"{_G}rooster")


class Paar(NamedTuple):
    """A colour, what it stands on, how large their contrast must be, and whether it is text."""

    voor: str
    achter: str
    minstens: Decimal
    soort: str = "tekst"


# What stands on a colour of its own: the footer, a chosen button, the focus, labels inside bars, our own mark.
OP_KLEUR = (
    Paar(f"{_B}accent-1-inverse-color-default", f"{_B}accent-1-inverse-bg-default", TEKST_MINSTENS),
    Paar(f"{_B}accent-1-inverse-color-subtle", f"{_B}accent-1-inverse-bg-default", TEKST_MINSTENS),
    Paar(f"{_B}accent-1-inverse-color-default", f"{_B}accent-1-color-default", TEKST_MINSTENS),
    Paar("--basis-focus-color", "--basis-focus-background-color", TEKST_MINSTENS),
    Paar(f"{_B}accent-1-inverse-color-default", f"{_G}1", TEKST_MINSTENS),
    Paar(f"{_B}default-color-document", f"{_G}2", TEKST_MINSTENS),
    Paar(f"{_B}accent-1-inverse-color-default", f"{_G}3", TEKST_MINSTENS),
    Paar("--basis-focus-background-color", f"{_B}accent-1-color-default", BEELD_MINSTENS, "beeld"),
    Paar(f"{_G}1", f"{_G}2", BEELD_MINSTENS, "beeld"),
)
PAREN = (
    *(Paar(voor, achter, TEKST_MINSTENS) for voor in TEKST for achter in OPPERVLAKKEN),
    *(Paar(voor, achter, BEELD_MINSTENS, "beeld") for voor in BEELD for achter in OPPERVLAKKEN),
    *OP_KLEUR,
)
KLEUREN = frozenset({*OPPERVLAKKEN, *TEKST, *BEELD, *SIER, *(token for paar in OP_KLEUR for token in paar[:2])})

Kleur = tuple[int, int, int]
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)", re.IGNORECASE)


def lees_kleur(tekst: str) -> Kleur:
    """Return the parts red, green and blue, 0 to 255. Raises ValueError for anything but an opaque #hex or rgb()."""
    if _HEX.fullmatch(tekst):
        cijfers = tekst[1:] if len(tekst) == 7 else "".join(cijfer * 2 for cijfer in tekst[1:])
        return int(cijfers[:2], 16), int(cijfers[2:4], 16), int(cijfers[4:], 16)
    if gevonden := _RGB.fullmatch(tekst):
        rood, groen, blauw = map(int, gevonden.groups())
        if max(rood, groen, blauw) <= 255:
            return rood, groen, blauw
    raise ValueError(f"{tekst!r} is geen dekkende kleur zoals #0f5470 of rgb(15, 84, 112)")


def als_hex(kleur: Kleur) -> str:
    """Return a colour as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*kleur)


def helderheid(kleur: Kleur) -> float:
    """Return the relative luminance: 0 is black, 1 is white."""
    rood, groen, blauw = (_lineair(deel / 255) for deel in kleur)
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def _lineair(deel: float) -> float:
    return float(deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4)


def contrast(een: Kleur, ander: Kleur) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black and white); which comes first is all one."""
    donker, licht = sorted((helderheid(een), helderheid(ander)))
    return (licht + 0.05) / (donker + 0.05)


def te_zwak(kleuren: Mapping[str, str]) -> Iterator[str]:
    """Yield a Dutch sentence for each pair whose contrast is too low. `kleuren` has every token of KLEUREN."""
    for voor, achter, minstens, soort in PAREN:
        gemeten = contrast(lees_kleur(kleuren[voor]), lees_kleur(kleuren[achter]))
        if gemeten < minstens:
            getal, eis = _getal(gemeten, minstens), decimaal(minstens, 1)
            yield (
                f"{soort} {kleuren[voor]} op {kleuren[achter]}: contrast {getal}, moet {eis} zijn ({voor} op {achter})"
            )


def _getal(gemeten: float, minstens: Decimal) -> str:
    """Return a contrast with two decimals; what is too little is never rounded to enough."""
    rond = Decimal(gemeten).quantize(Decimal("0.01"))
    return decimaal(rond if rond < minstens else minstens - Decimal("0.01"), 2)
