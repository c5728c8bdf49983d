"""Whether amounts have the size that we know, or a thousand times that: one question for grid and import. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from veiligheid.formatting import decimaal

# How many times larger or smaller figures must be before we ask whether the unit is right.
VERDACHT = 300


class Omvang(NamedTuple):
    """The mean size of amounts, without their sign, beside that of what they are compared with."""

    nieuw: Decimal
    bekend: Decimal


def eenheidvraag(wat: str, omvangen: Mapping[str, Omvang]) -> str:
    """Return a question about the unit of amounts, or "" when there is nothing to ask.

    `wat` says which amounts ("De bedragen bij raming 2026"); the names of `omvangen` say with what they are compared
    ("wat er stond"), the most telling first. One that is near enough is an answer: then nothing is asked.
    """
    keren = {
        waarmee: omvang.nieuw / omvang.bekend for waarmee, omvang in omvangen.items() if omvang.nieuw and omvang.bekend
    }
    te_groot = all(keer >= VERDACHT for keer in keren.values())
    te_klein = all(keer * VERDACHT <= 1 for keer in keren.values())
    if not keren or not (te_groot or te_klein):
        return ""
    waarmee, keer = next(iter(keren.items()))
    richting, keer = ("groter", keer) if te_groot else ("kleiner", 1 / keer)
    return f"{wat} zijn gemiddeld {decimaal(keer)} keer {richting} dan {waarmee}. Klopt de eenheid?"
