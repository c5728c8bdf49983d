"""Word's lists: to Word a list item is a paragraph with a bullet or number in front. Here it becomes a real list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from veiligheid.opmaak.blokken import Alinea, Blok, Lijst, Punt
from veiligheid.opmaak.regel import EINDE, RAND, Stuk, kaal, knip, netjes, splits

# How deep Word means each bullet. A real "§ 3" or a sentence that begins with "o" has one plain space after it.
_DIEPTE = {"o": 2, "§": 3, "▪": 3}
_STIP = re.compile(r"(?P<teken>[·•◦‣●▪])\s*(?=\S)")
_TWIJFEL = re.compile(r"(?P<teken>[o§–-])(?:\s{2,}|\u00a0\s*)(?=\S)")
_NUMMER = re.compile(r"(?P<teken>\(?(?:\d{1,2}|[a-z])[.)])(?:\s{2,}|\u00a0\s*)(?=\S)")
_KLEINE_O = re.compile(r"(?P<teken>o)\s(?=\S)")
NIVEAU = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)


def merkteken(tekst: str, na_punt: bool) -> tuple[Punt, int] | None:
    """Return the list item that a paragraph is, and how many characters its bullet takes; None for other text.

    `na_punt` says that the paragraph before it is one: only then is "o " with a single space a bullet.
    """
    begin = len(tekst) - len(tekst.lstrip(RAND))
    for patroon in (_STIP, _TWIJFEL, *((_KLEINE_O,) if na_punt else ())):
        if gevonden := patroon.match(tekst, begin):
            return Punt(_DIEPTE.get(gevonden["teken"], 1)), gevonden.end()
    if gevonden := _NUMMER.match(tekst, begin):
        return Punt(1, gevonden["teken"]), gevonden.end()
    return None


def alineas(
    stukken: Sequence[Stuk],
    taal: str = "",
    punt: Punt | None = None,
    met_punten: bool = True,
    na_punt: bool = False,
) -> list[Alinea]:
    """Return the paragraphs that a raw line is: one or more, each with its list marker taken off (`met_punten`).

    Two line breaks in a row part paragraphs; so does every line break between lines that all have a bullet.
    """
    if punt is not None:
        return [Alinea(vol, taal, punt)] if (vol := netjes(stukken)) else []
    uit: list[Alinea] = []
    for deel in splits(stukken, rf"{EINDE}[^\S{EINDE}]*{EINDE}\s*"):
        tekst = kaal(deel).strip(RAND)
        los = met_punten and EINDE in tekst and all(_STIP.match(lijn.lstrip(RAND)) for lijn in tekst.split(EINDE))
        for regel in splits(deel, EINDE) if los else [deel]:
            gevonden = merkteken(kaal(regel), uit[-1].punt is not None if uit else na_punt) if met_punten else None
            schoon = netjes(knip(regel, gevonden[1]) if gevonden else regel)
            uit += [Alinea(schoon, taal, gevonden[0] if gevonden else None)] if schoon else []
    return uit


def met_lijsten(blokken: Iterable[Blok]) -> Iterator[Blok]:
    """Yield the blocks with each row of items in disguise as a list."""
    for is_punt, groep in groupby(blokken, key=lambda blok: isinstance(blok, Alinea) and blok.punt is not None):
        if is_punt:
            yield from _lijsten([blok for blok in groep if isinstance(blok, Alinea)])
        else:
            yield from groep


def _lijsten(punten: Sequence[Alinea]) -> Iterator[Blok]:
    """Yield lists for a row of items; what is deeper than the first item hangs under the item before it."""
    niveau = punten[0].punt.niveau if punten[0].punt else 1
    hoofd: list[tuple[Alinea, list[Alinea]]] = []
    for alinea in punten:
        if hoofd and alinea.punt and alinea.punt.niveau > niveau:
            hoofd[-1][1].append(alinea)
        else:
            hoofd.append((alinea, []))
    for genummerd, groep in groupby(hoofd, key=lambda paar: bool(paar[0].punt and paar[0].punt.nummer)):
        yield from _lijst(genummerd, list(groep))


def _lijst(genummerd: bool, paren: Sequence[tuple[Alinea, list[Alinea]]]) -> Iterator[Blok]:
    if genummerd and not _telt_vanaf_een([alinea.punt.nummer for alinea, _ in paren if alinea.punt]):
        # A list here always counts from one: to renumber would change what somebody wrote.
        for alinea, onder in paren:
            nummer = alinea.punt.nummer if alinea.punt else ""
            yield Alinea(netjes((Stuk(f"{nummer} "), *alinea.regel)), alinea.taal)
            yield from _lijsten(onder) if onder else ()
        return
    yield Lijst(
        genummerd,
        tuple((Alinea(alinea.regel, alinea.taal), *(_lijsten(onder) if onder else ())) for alinea, onder in paren),
    )


def _telt_vanaf_een(nummers: Sequence[str]) -> bool:
    """Return whether the numbers are 1, 2, 3 …; letters and Roman numerals are kept as they were printed."""
    return [nummer.strip("().") for nummer in nummers] == [str(nummer) for nummer in range(1, len(nummers) + 1)]
