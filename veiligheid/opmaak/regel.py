"""A line of text in normal form: pieces with marks, white space tidied, written with the tags always in one order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

EINDE = "\n"  # a line break inside a paragraph; other line feeds are spaces by then

_WIT = "[ \t\r\n\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_WIT_REEKS = re.compile(rf"{_WIT}{{2,}}|[\t\r\n\f\v\u2000-\u200a\u205f\u3000]")
# Characters that nobody sees and that break searching and comparing.
_ONZICHTBAAR = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\ufeff]")
RAND = " \t\r\n\f\v\u00a0"


class Merk(NamedTuple):
    """How a piece is marked: the address it links to, its language, strong, emphasis."""

    link: str = ""
    taal: str = ""
    vet: bool = False
    schuin: bool = False


class Stuk(NamedTuple):
    """A piece of text with its marks."""

    tekst: str
    merk: Merk = Merk()


Regel = tuple[Stuk, ...]


def zonder_onzichtbaar(tekst: str) -> str:
    """Return a text without characters that nobody sees."""
    return _ONZICHTBAAR.sub("", tekst)


def kaal(regel: Iterable[Stuk]) -> str:
    """Return the text of a line."""
    return "".join(stuk.tekst for stuk in regel)


def _voeg_samen(stukken: Iterable[Stuk]) -> list[Stuk]:
    gevuld = (stuk for stuk in stukken if stuk.tekst)
    return [Stuk(kaal(groep), merk) for merk, groep in groupby(gevuld, key=lambda stuk: stuk.merk)]


def _per_teken(stukken: Iterable[Stuk], tekst: str) -> list[Stuk]:
    """Return the pieces with the text in them replaced by one of the same length."""
    uit, plaats = [], 0
    for stuk in stukken:
        uit.append(Stuk(tekst[plaats : plaats + len(stuk.tekst)], stuk.merk))
        plaats += len(stuk.tekst)
    return uit


def _krimp(stukken: list[Stuk]) -> list[Stuk]:
    """Return the pieces with each run of white space as one space, also a run across two pieces.

    A single no-break space stays: "€ 3" must not break. What is left over of a run is marked and taken out
    afterwards, so that each character keeps the marks it had.
    """

    def een(reeks: re.Match[str]) -> str:
        return (EINDE if EINDE in reeks[0] else " ") + "\x00" * (len(reeks[0]) - 1)

    krap = _per_teken(stukken, _WIT_REEKS.sub(een, kaal(stukken)))
    return [Stuk(stuk.tekst.replace("\x00", ""), stuk.merk) for stuk in krap]


def _snoei(stukken: list[Stuk]) -> list[Stuk]:
    """Return the pieces without white space at the two ends."""
    tekst = kaal(stukken)
    links, rechts = len(tekst) - len(tekst.lstrip(RAND)), len(tekst.rstrip(RAND))
    uit, plaats = [], 0
    for stuk in stukken:
        begin, eind = max(0, links - plaats), max(0, rechts - plaats)
        uit.append(Stuk(stuk.tekst[begin:eind], stuk.merk))
        plaats += len(stuk.tekst)
    return uit


def netjes(stukken: Iterable[Stuk]) -> Regel:
    """Return a line in normal form: tidy white space, neighbours with the same marks as one, no marked emptiness."""
    vol = _snoei(_krimp(_voeg_samen(stukken)))
    vol = [stuk if stuk.tekst.strip(RAND) else Stuk(stuk.tekst) for stuk in _voeg_samen(vol)]
    return tuple(_voeg_samen(vol))


def splits(stukken: Sequence[Stuk], scheiding: str) -> list[list[Stuk]]:
    """Return the lines between the places where the pattern `scheiding` matches; matches may cross pieces.

    One pass over the pieces, however many lines there are: a pasted text can be long.
    """
    tekst = kaal(stukken)
    knippen = [grens for gevonden in re.finditer(scheiding, tekst) for grens in gevonden.span()]
    grenzen = [0, *knippen, len(tekst)]
    regels: list[list[Stuk]] = [[] for _ in grenzen[::2]]
    deel, plaats = 0, 0
    for stuk in stukken:
        eind = plaats + len(stuk.tekst)
        while plaats < eind:
            while grenzen[deel + 1] <= plaats and deel + 2 < len(grenzen):
                deel += 1
            tot = min(eind, grenzen[deel + 1])
            if deel % 2 == 0:
                regels[deel // 2].append(
                    Stuk(stuk.tekst[len(stuk.tekst) - (eind - plaats) :][: tot - plaats], stuk.merk)
                )
            plaats = tot
    return regels


def knip(stukken: Iterable[Stuk], begin: int, eind: int | None = None) -> list[Stuk]:
    """Return the pieces from character `begin` up to `eind`."""
    uit, plaats = [], 0
    for stuk in stukken:
        tot = None if eind is None else max(0, eind - plaats)
        uit.append(Stuk(stuk.tekst[max(0, begin - plaats) : tot], stuk.merk))
        plaats += len(stuk.tekst)
    return uit


def regel_html(regel: Iterable[Stuk], laag: int = 0) -> str:
    """Return a line as HTML. Link, language, strong, emphasis: always nested in this order."""
    if laag == len(Merk._fields):
        return escape(kaal(regel), quote=False).replace(EINDE, "<br>")
    delen = []
    for waarde, groep in groupby(regel, key=lambda stuk: stuk.merk[laag]):
        binnen = regel_html(tuple(groep), laag + 1)
        delen.append(_in_tag(laag, waarde, binnen) if waarde else binnen)
    return "".join(delen)


def _in_tag(laag: int, waarde: str | bool, binnen: str) -> str:
    match Merk._fields[laag]:
        case "link":
            elders = ' rel="noopener"' if str(waarde).lower().startswith(("http:", "https:")) else ""
            return f'<a href="{escape(str(waarde))}"{elders}>{binnen}</a>'
        case "taal":
            return f'<span lang="{escape(str(waarde))}">{binnen}</span>'
        case "vet":
            return f"<strong>{binnen}</strong>"
        case _:
            return f"<em>{binnen}</em>"


def regel_kaal(regel: Regel) -> str:
    """Return a line as plain text; the address of a link follows its text, so that a changed link shows."""
    delen = []
    for link, groep in groupby(regel, key=lambda stuk: stuk.merk.link):
        tekst = kaal(groep).replace("\u00a0", " ")
        delen.append(f"{tekst} ({link})" if link and link != tekst else tekst)
    return "".join(delen)
