"""Tips for who writes a text: B1 Dutch, links and tables that everybody can use. Pure; knows no budget.

They help, and never block: what a writer makes of them is up to the writer. `opmaak.in_blokken` gives what they read.
"""

from __future__ import annotations

from collections.abc import Sequence

from veiligheid.opmaak.blokken import Blok
from veiligheid.tips.bedragen import onduidelijke_bedragen
from veiligheid.tips.opbouw import koppen, lappen_tekst, links, tabellen
from veiligheid.tips.regels import regels
from veiligheid.tips.tip import Code, Tip
from veiligheid.tips.woorden import afkortingen, moeilijke_woorden
from veiligheid.tips.zinnen import lange_zinnen

__all__ = ["Code", "Tip", "tips"]


def tips(blokken: Sequence[Blok]) -> tuple[Tip, ...]:
    """Return the tips for a text: how it is built first, then its sentences, then its words and amounts."""
    alle = list(regels(blokken))
    return (
        *lappen_tekst(blokken),
        *koppen(blokken),
        *tabellen(blokken),
        *links(alle),
        *lange_zinnen(alle),
        *afkortingen(alle),
        *moeilijke_woorden(alle),
        *onduidelijke_bedragen(alle),
    )
