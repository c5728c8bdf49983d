"""Reading a pakket whole: its programme, and its own lines."""

from __future__ import annotations

from programma.cijfer import lees_pakket as vind_pakket
from programma.inhoud import Uitgave
from programma.inhoud.opbouw import Pakketstuk
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.lezing.programma import maak_stuk
from programma.models import Begrotingsregel, Versie


def lees_pakket(uitgave: Uitgave, slug: str, woord: str) -> Pakketstuk | None:
    """Return everything that the page of a pakket rests on, or None without such a pakket. Three queries.

    `slug` names the programme, `woord` the pakket as its address does.
    """
    moment = moment_van(uitgave)
    inhoud = Versie.objects.programmainhoud(uitgave.versie_id, slug, moment)
    pakket = vind_pakket(woord, inhoud.pakketten) if inhoud else None
    if inhoud is None or pakket is None:
        return None
    _, gemeente, inwoners = gemeente_op(moment)
    programma = maak_stuk(uitgave, inhoud, gemeente, inwoners)
    regels = Begrotingsregel.objects.van_pakket(uitgave.versie_id, inhoud.programma.code, pakket.code)
    return Pakketstuk(programma, pakket, regels)
