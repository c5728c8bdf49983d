"""Sentences: where they end, how many words they have, and which are too long to read in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from veiligheid.tips.regels import Tekstregel
from veiligheid.tips.tip import Code, Tip, kort

# What government style guides ask for texts at B1: fifteen words on average, and none above this.
MEESTE_WOORDEN = 25

# A sentence ends with its mark, what closes a quotation or bracket, white space, and then a capital, a figure or an
# opening quotation mark; "’s Avonds" begins small. A line break ends one too.
_GRENS = re.compile(r"\n|(?<=[.!?…])[\"'”’»)\]]*[^\S\n]+(?=[\"'‘“„«(\[]*[A-ZÀ-ÖØ-Þ0-9]|[’'][a-z]\s)")
# What ends with a full stop without ending a sentence: "o.a.", "J.", "bijv.", and the number in front of an item.
_GEEN_EINDE = re.compile(
    r"^\d{1,2}\.$|(?:^|[\s(‘“\"'])(?:(?:[A-Za-z]\.)+|(?:bijv|art|nr|nrs|ca|dhr|mevr|mw|drs|ir|ing|mr|dr|prof|blz|pag"
    r"|resp|vgl|incl|excl|max|min|st|zgn|gem|wetb|m\.n)\.)$",
    re.IGNORECASE,
)


def woorden(tekst: str) -> int:
    """Return how many words a text has; a dash on its own is none."""
    return sum(any(teken.isalnum() for teken in deel) for deel in tekst.split())


def zinnen(tekst: str) -> list[str]:
    """Return the sentences of a line of text."""
    uit, begin = [], 0
    for grens in _GRENS.finditer(tekst):
        # Only the last word before the mark decides; a slice keeps this one pass over a long text.
        if grens[0] != "\n" and _GEEN_EINDE.search(tekst[max(begin, grens.start() - 12) : grens.start()]):
            continue
        uit.append(tekst[begin : grens.end()].strip())
        begin = grens.end()
    return [zin for zin in (*uit, tekst[begin:].strip()) if zin]


def lange_zinnen(alle: Iterable[Tekstregel]) -> Iterator[Tip]:
    """Yield a tip for each sentence with too many words."""
    for regel in alle:
        if not regel.proza or regel.vreemd:
            continue
        for zin in zinnen(regel.tekst):
            if (aantal := woorden(zin)) > MEESTE_WOORDEN:
                uitleg = f"Deze zin heeft {aantal} woorden. Maak er twee zinnen van, of een lijst."
                yield Tip(Code.LANGE_ZIN, uitleg, kort(zin))
