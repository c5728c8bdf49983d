"""Words that stop a reader: abbreviations that nobody wrote out, and office words that have a plainer one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from veiligheid.tips.regels import Tekstregel
from veiligheid.tips.tip import Code, Tip, rondom

# What people in the Netherlands read more often as letters than in full: on a bill, a form, a road sign or in the news.
# An abbreviation of the town hall itself (BBV, WMO, BOA, OZB) is not among them, however usual it is there.
BEKEND = frozenset(
    {"AED", "ANWB", "AOW", "BSN", "BTW", "BV", "CAO", "CBS", "DNA", "EHBO", "EU", "EUR", "GGD", "GGZ", "GPS", "HAVO"}
    | {"HBO", "HIV", "ICT", "ID", "KNMI", "MBO", "NAVO", "NL", "NOS", "NS", "NV", "OV", "PDF", "QR", "RIVM", "SMS"}
    | {"TV", "USB", "UWV", "VMBO", "VN", "VS", "VWO", "WA", "WC", "WK", "WOZ", "ZZP"}
    # Roman numerals, as in "Willem II" and "deel IV".
    | {"II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII"}
)
_AFKORTING = re.compile(r"(?<![\w&-])(?P<letters>[A-Z]{2,6})(?:[’']?(?:s|en|er))?(?![\w&])(?!-[A-Z0-9])")
_VOORAF = re.compile(r"\((?:hierna|afgekort|verder)?:?\s*(?:de|het)?\s*$")
_UITLEG = re.compile(r"\s?\(([^()]{3,80})\)")

# Our own short list, from letters and budgets that we rewrote. Word forms that read the same are named together.
GEWONER: Mapping[str, str] = {
    "aangaande": "over",
    "additionele|additioneel": "extra",
    "adequate|adequaat": "goed",
    "alsmede": "en ook",
    "conform": "volgens",
    "continueren|gecontinueerd": "doorgaan met",
    "derhalve": "dus",
    "desalniettemin": "toch",
    "desbetreffende": "deze",
    "faciliteren|faciliteert": "helpen",
    "geïnitieerd|initiëren|initieert": "beginnen",
    "geschieden|geschiedt": "gebeuren",
    "implementatie": "invoering",
    "implementeren|geïmplementeerd|implementeert": "invoeren",
    "indien": "als",
    "inzake": "over",
    "jegens": "tegenover",
    "met betrekking tot": "over",
    "middels": "met",
    "omtrent": "over",
    "participeren|participeert": "meedoen",
    "reeds": "al",
    "stakeholders?": "betrokkenen",
    "ten aanzien van": "over",
    "ten behoeve van": "voor",
    "ten gevolge van": "door",
    "teneinde": "om",
    "tevens": "ook",
    "thans": "nu",
    "ultimo": "eind",
    "voornoemde": "deze",
}
_MOEILIJK = re.compile(rf"\b(?:{'|'.join(GEWONER)})\b", re.IGNORECASE)
_PER_WOORD = [(re.compile(vormen, re.IGNORECASE), gewoon) for vormen, gewoon in GEWONER.items()]


def afkortingen(alle: Iterable[Tekstregel]) -> Iterator[Tip]:
    """Yield a tip for each abbreviation that is not written out where it is used first.

    Written out is "Veiligheidsregio Flevoland (VRF)" or "VRF (Veiligheidsregio Flevoland)". A line of capitals only is
    no abbreviation.
    """
    gezien: set[str] = set()
    for regel in alle:
        tekst = regel.nederlands
        if not any(teken.islower() for teken in tekst):
            continue
        for gevonden in _AFKORTING.finditer(tekst):
            letters = gevonden["letters"]
            if letters in BEKEND or letters in gezien:
                continue
            gezien.add(letters)
            if not _voluit(tekst, gevonden):
                zin = f"Niet iedereen kent {letters}. Schrijf het de eerste keer voluit, met ({letters}) erachter."
                yield Tip(Code.AFKORTING, zin, rondom(tekst, *gevonden.span()))


def _voluit(tekst: str, afkorting: re.Match[str]) -> bool:
    """Return whether the full words stand before the abbreviation in parentheses, or after it in parentheses."""
    begin, eind = afkorting.span()
    voor = tekst[max(0, begin - 30) : begin]
    if _VOORAF.search(voor) and tekst[eind : eind + 1] == ")":
        return True
    uitleg = _UITLEG.match(tekst, eind)
    return uitleg is not None and any(woord[:1].upper() == afkorting["letters"][0] for woord in uitleg[1].split())


def moeilijke_woorden(alle: Iterable[Tekstregel]) -> Iterator[Tip]:
    """Yield a tip for each office word, the first time that it stands in the text."""
    gezien: set[str] = set()
    for regel in alle:
        tekst = regel.nederlands
        for gevonden in _MOEILIJK.finditer(tekst):
            gewoon = next(gewoon for patroon, gewoon in _PER_WOORD if patroon.fullmatch(gevonden[0]))
            woord = gevonden[0].lower()
            if woord in gezien:
                continue
            gezien.add(woord)
            zin = f"“{woord}” is ambtelijk. Schrijf liever “{gewoon}”, of zeg het anders."
            yield Tip(Code.MOEILIJK_WOORD, zin, rondom(tekst, *gevonden.span()))
