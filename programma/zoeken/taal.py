"""Dutch words in the form in which they are compared: without accents, plurals and the seams of compounds.

PostgreSQL's Dutch stemmer knows verbs and adjectives; it does not see that `controles` is `controle`, nor that
`handhavingscontroles` holds it. That is what is added here. The rules are those of Dutch spelling, applied to a text
and to a question alike: a stem need not be a word, as long as both come out the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LANGSTE_WOORD = 60
KORTSTE_BEGIN = 4
"""A word of so many letters also finds what begins with it."""
KORTSTE_STAMBEGIN = 5
KORTSTE_DEEL = 4
KORTSTE_VOORDEEL = 3

# A number with its points and comma is one word; so is a word with an apostrophe (programma's, 's-Gravenhage).
WOORD = re.compile(r"\d+(?:[.,]\d+)*(?!\w)|[^\W_]+(?:['’][^\W_]+)*")
_GETAL = re.compile(r"\d+(?:[.,]\d+)*")
_KLINKERS = frozenset("aeiouy")
# Endings after which an s is a plural: kaders, regels, reserves, boas, subsidies, centrums.
_MEERVOUD_S = re.compile(r"(?:el|em|en|er|ar|or|um|on|e|a|o|ij|\w{4}et)s$")
# With what a Dutch word can begin: the second half of a compound is no `ngs…` or `kh…`.
_AANHEF = re.compile(
    r"(?:[bcdfghjklmnpqrstvwxz]?|[bcfgkp][lr]|[dtvw]r|[kgp]n|chr?|[dtkz]w|[pt]s|s[cfhjklmnpt]|sch[lr]?|sp[lr]|str|tj|th|ph|vl)"
    r"[aeiouy]"
)
_DUBBELE_KLINKER = re.compile(r"(aa|ee|oo|uu)([^aeiouy])$")
# What is put before a verb is no first half of a compound: `verzorgen` is not about zorg.
_GEEN_VOORDEEL = frozenset({"ver", "ont", "her", "mis", "over", "door", "voor", "aan"})

_STOP = (
    "de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou of "
    "wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze "
    "u want nog zal me zij nu ge geen omdat iets worden toch al waren veel meer doen toen moet ben zonder kan "
    "hun dus alles onder ja eens hier wie werd altijd doch wordt wezen kunnen ons zelf tegen na reeds wil kon "
    "niets uw iemand geweest andere wij we"
)
STOPWOORDEN = frozenset(_STOP.split())


def plat(tekst: str) -> str:
    """Return a text in lower case and without accents: "Coöperatie" becomes "cooperatie"."""
    ontleed = unicodedata.normalize("NFKD", tekst.casefold())
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def woorden(tekst: str) -> Iterator[re.Match[str]]:
    """Yield the words and numbers of a text, with their places."""
    return WOORD.finditer(tekst)


@lru_cache(maxsize=50_000)
def vorm(woord: str) -> str:
    """Return a word as it is compared: flat, without apostrophes (programma's: programma); a number without points.

    The answer holds letters and digits only, and in a number a comma: it is safe inside quotes in a tsquery.
    """
    if _GETAL.fullmatch(woord):
        return woord.replace(".", "")[:LANGSTE_WOORD].rstrip(",")
    kaal = re.sub(r"['’]s$", "", plat(woord))
    return "".join(teken for teken in kaal if teken.isalnum())[:LANGSTE_WOORD]


def is_getal(woord: str) -> bool:
    """Return whether this form is a number."""
    return woord[:1].isdigit()


@lru_cache(maxsize=50_000)
def stam(woord: str) -> str:
    """Return what the singular and the plural of a form have in common: controles and controle, taken and taak."""
    if is_getal(woord) or len(woord) < 4:
        return woord
    kaal = woord[:-1] if len(woord) > 4 and _MEERVOUD_S.search(woord) else woord
    if len(kaal) > 6 and kaal.endswith("heden"):
        kaal = kaal[:-5] + "heid"
    elif len(kaal) > 4 and kaal.endswith("en") and kaal[-3] not in "aeouy":
        kaal = kaal[:-2]
    elif len(kaal) > 4 and kaal.endswith("e") and kaal[-2] not in _KLINKERS:
        kaal = kaal[:-1]
    return _slot(kaal)


def _slot(kaal: str) -> str:
    """Return a stem with the end of its last syllable written one way: budgett: budget, briev: brief, taak: tak."""
    if len(kaal) > 3 and kaal[-1] == kaal[-2] and kaal[-1] not in _KLINKERS:
        kaal = kaal[:-1]
    kaal = kaal[:-1] + {"z": "s", "v": "f"}.get(kaal[-1], kaal[-1])
    return _DUBBELE_KLINKER.sub(lambda paar: paar[1][0] + paar[2], kaal)


@lru_cache(maxsize=50_000)
def delen(stamvorm: str) -> tuple[str, ...]:
    """Return the ends of a stem that may be a word of their own, longest first: a compound is found by its last part.

    With the beginnings that a question also asks for (`KORTSTE_BEGIN`) every part of a compound finds it. Most ends
    are no words; nobody asks for those.
    """
    if is_getal(stamvorm):
        return ()
    return tuple(
        stamvorm[plaats:]
        for plaats in range(KORTSTE_VOORDEEL, len(stamvorm) - KORTSTE_DEEL + 1)
        if _kan_voordeel(stamvorm[:plaats]) and _AANHEF.match(stamvorm, plaats)
    )


def _kan_voordeel(begin: str) -> bool:
    return begin not in _GEEN_VOORDEEL and not _KLINKERS.isdisjoint(begin)


@lru_cache(maxsize=50_000)
def lexemen(woord: str) -> frozenset[str]:
    """Return everything by which a form can be found: itself, its stem and its parts."""
    eigen = stam(woord)
    return frozenset((woord, eigen, *delen(eigen)))


@lru_cache(maxsize=1000)
def beginnen(gevraagd: str) -> tuple[str, ...]:
    """Return the beginnings by which a form that is asked for finds longer words; none for a short word or a number."""
    if is_getal(gevraagd):
        return ()
    eigen = stam(gevraagd)
    kort = gevraagd.removesuffix("en")
    kandidaten = (
        (gevraagd, KORTSTE_BEGIN),
        (eigen, KORTSTE_STAMBEGIN),
        # The stem of a verb as it is written inside other words: handhaven, handhaving.
        (kort, KORTSTE_STAMBEGIN),
    )
    return tuple(dict.fromkeys(begin for begin, minstens in kandidaten if len(begin) >= minstens))


def past(lexeem: str, gevraagd: str) -> bool:
    """Return whether a lexeme of the index answers a form that is asked for. The tsquery says the same."""
    return lexeem in {stam(gevraagd), gevraagd} or lexeem.startswith(beginnen(gevraagd))


def gelijk_begin(een: str, ander: str) -> int:
    """Return with how many letters both begin."""
    gelijk = 0
    for links, rechts in zip(een, ander, strict=False):
        if links != rechts:
            break
        gelijk += 1
    return gelijk
