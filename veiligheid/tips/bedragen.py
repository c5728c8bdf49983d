"""Amounts of money that running text names: "€ 3.516.000", "3,5 miljoen", "anderhalve ton"; with how they are rounded.

Read is what can only be money. "17 miljoen inwoners" and "20 ton zout" count something else; "€ 2,50 per inwoner" is a
price; "x € 1.000" is a unit. What can be read in two ways ("3.5 miljoen") is not read, but asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from veiligheid.formatting import TELWOORDEN
from veiligheid.getallen import SPATIES, Meerduidig, Onleesbaar, lees
from veiligheid.tips.regels import Tekstregel
from veiligheid.tips.tip import Code, Tip, rondom

EENHEDEN = {
    **dict.fromkeys(("miljard", "mld"), Decimal(1_000_000_000)),
    **dict.fromkeys(("miljoen", "mln"), Decimal(1_000_000)),
    "ton": Decimal(100_000),
    "duizend": Decimal(1_000),
}
_WOORDEN = {
    **{woord: str(getal) for getal, woord in enumerate(TELWOORDEN) if getal},
    **{"een": "1", "anderhalf": "1,5", "anderhalve": "1,5", "een half": "0,5", "een halve": "0,5"},
}
# What may follow "3,5 miljoen" when it is money; a noun says that something else is counted.
_VERVOLG = frozenset(
    {"aan", "als", "bij", "dan", "dat", "die", "daarvan", "hiervan", "door", "en", "extra", "gaat", "gaan", "hoger"}
    | {"in", "is", "kost", "kosten", "komt", "lager", "meer", "minder", "naar", "nodig", "of", "om", "op", "over"}
    | {
        "per",
        "te",
        "ten",
        "tot",
        "uit",
        "van",
        "vanaf",
        "voor",
        "was",
        "waren",
        "wordt",
        "worden",
        "zijn",
        "structureel",
    }
    | {"incidenteel", "begroot", "beschikbaar", "voordelig", "nadelig", "tekort", "overschot"}
)
_S = f"[{SPATIES}]"
_CIJFERS = rf"(?:[0-9]{{1,3}}(?:{_S}[0-9]{{3}})+(?![0-9])(?:,[0-9]+)?|[0-9](?:[0-9.,]*[0-9])?)"
_EENHEID = r"(?:(?:miljoen|miljard|duizend|ton)\b|(?:mln|mld)\b\.?)"
_BEDRAG = re.compile(
    rf"(?<![\w.,€])(?<![x×])(?<![x×]{_S})(?P<munt>(?:€|EUR\b){_S}?)?[-\u2212\u2013]?"
    rf"(?:(?P<getal>{_CIJFERS})|(?P<woord>{'|'.join(sorted(_WOORDEN, key=len, reverse=True))})(?={_S}{_EENHEID}))"
    rf"(?![\w%])(?:,(?:--?|=))?(?:{_S}?(?P<eenheid>{_EENHEID}))?"
    # "van 3,4 naar 3,5 miljoen": the first number has the unit of the second.
    rf"(?:(?=(?:{_S}(?:tot|à|naar){_S}|{_S}?[-\u2013]{_S}?)(?:€{_S}?)?{_CIJFERS}{_S}?(?P<geleend>{_EENHEID})))?"
    rf"(?P<achter>{_S}?euro\b)?",
    re.IGNORECASE,
)
_STUKPRIJS = re.compile(rf"{_S}+per{_S}+(?!jaar\b|saldo\b|[0-9])\w", re.IGNORECASE)
_VOLGEND_WOORD = re.compile(rf"{_S}+(\w+)")
_DUIZEND = Decimal(1_000)


class Genoemd(NamedTuple):
    """An amount that a text names: in words, in euros (never negative), the step to which it is rounded, and where."""

    tekst: str
    euro: Decimal
    stap: Decimal
    begin: int
    eind: int

    def kan_zijn(self, bedrag: Decimal) -> bool:
        """Return whether this amount (euros, any sign), rounded, could be what is written."""
        return abs(abs(bedrag) - self.euro) <= self.stap / 2


def genoemde_bedragen(tekst: str) -> list[Genoemd]:
    """Return the amounts of money in a line of text, in order; what cannot be read with certainty is left out.

    The digits say how far an amount is rounded: "3,5 miljoen" to a tenth of a million, "€ 3.516.000" to thousands,
    "€ 3.516" to euros.
    """
    return [genoemd for gevonden in _geld(tekst) if isinstance(genoemd := _lees(gevonden), Genoemd)]


def onduidelijke_bedragen(alle: Iterable[Tekstregel]) -> Iterator[Tip]:
    """Yield a tip for each amount that can be read in two ways."""
    for regel in alle:
        if not regel.proza or regel.vreemd:
            continue
        for gevonden in _geld(regel.tekst):
            if isinstance(vraag := _lees(gevonden), Meerduidig):
                yield Tip(Code.BEDRAG_ONDUIDELIJK, str(vraag), rondom(regel.tekst, *gevonden.span()))


def _geld(tekst: str) -> list[re.Match[str]]:
    """Return the places where the text names money."""
    alle = list(_BEDRAG.finditer(tekst))
    uit: list[re.Match[str]] = []
    # From the last to the first: whether "3,4 naar" is money, "3,5 miljoen" behind it decides.
    volgende = False
    for gevonden in reversed(alle):
        zeker = bool(gevonden["munt"] or gevonden["achter"])
        volgende = (zeker or _is_geld(gevonden, tekst, volgende)) and not _STUKPRIJS.match(tekst, gevonden.end())
        if volgende:
            uit.append(gevonden)
    return uit[::-1]


def _is_geld(gevonden: re.Match[str], tekst: str, volgende: bool) -> bool:
    if gevonden["geleend"] and not gevonden["eenheid"]:
        return volgende
    woord = _VOLGEND_WOORD.match(tekst, gevonden.end())
    return gevonden["eenheid"] is not None and (woord is None or woord[1].lower() in _VERVOLG)


def _lees(gevonden: re.Match[str]) -> Genoemd | Meerduidig | None:
    """Return the amount, or the question that it raises, or None for what is no number after all."""
    cijfers = gevonden["getal"] or _WOORDEN[gevonden["woord"].lower()]
    eenheid = (gevonden["eenheid"] or gevonden["geleend"] or "").lower().rstrip(".")
    try:
        getal = lees(cijfers, heel=not eenheid, decimalen=6 if eenheid else 2)
    except Meerduidig as vraag:
        return vraag
    except Onleesbaar:
        return None
    if not getal:
        return None
    stap = Decimal(1).scaleb(-len(cijfers.partition(",")[2])) * EENHEDEN.get(eenheid, Decimal(1))
    if not eenheid and "," not in cijfers and not getal % _DUIZEND:
        stap = _DUIZEND
    tekst = gevonden[0] if gevonden["eenheid"] or not eenheid else f"{gevonden[0]} {eenheid}"
    return Genoemd(tekst, getal * EENHEDEN.get(eenheid, Decimal(1)), stap, *gevonden.span())
