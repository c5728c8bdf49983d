"""Reading a pakket whole: its programme, and its own lines."""

from __future__ import annotations

from programma.cijfer import lees_pakket as vind_pakket
from programma.inhoud import Programmastuk, Uitgave
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Begrotingsregel, Versie
from programma.opbouw import Pakketstuk


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
    programma = Programmastuk(
        gemeente=gemeente,
        uitgave=uitgave,
        programma=inhoud.programma,
        programmas=inhoud.programmas,
        kolommen=inhoud.kolommen,
        pakketten=inhoud.pakketten,
        secties=inhoud.secties,
        doelen=inhoud.doelen,
        partijen=inhoud.partijen,
        cellen=inhoud.cellen,
        gedrukt=inhoud.gedrukt,
        reeksen=(),
        inwoners=inwoners,
        bestanden=inhoud.bestanden,
        bronnen=inhoud.bronnen,
    )
    regels = Begrotingsregel.objects.van_pakket(uitgave.versie_id, inhoud.programma.code, pakket.code)
    return Pakketstuk(programma, pakket, regels)
