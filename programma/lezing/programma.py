"""Reading a programme whole: the rows of the budget and the observations beside it, as one piece."""

from __future__ import annotations

from collections.abc import Sequence

from indicatoren.models import Waarneming
from indicatoren.reeks import Reeks
from programma.inhoud import Inwoners, Programmastuk, Uitgave
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Versie
from programma.querysets.versie import Programmainhoud


def lees_programma(uitgave: Uitgave, slug: str) -> Programmastuk | None:
    """Return everything that the page of a programme rests on, or None without such a programme. Three queries."""
    moment = moment_van(uitgave)
    inhoud = Versie.objects.programmainhoud(uitgave.versie_id, slug, moment)
    if inhoud is None:
        return None
    gebied, gemeente, inwoners = gemeente_op(moment)
    reeksen = Waarneming.objects.reeksen(inhoud.indicatoren, gebied, inhoud.groep, moment)
    return maak_stuk(uitgave, inhoud, gemeente, inwoners, reeksen)


def maak_stuk(
    uitgave: Uitgave, inhoud: Programmainhoud, gemeente: str, inwoners: Inwoners, reeksen: Sequence[Reeks] = ()
) -> Programmastuk:
    """Return the rows of a programme with the observations beside them, as one piece."""
    return Programmastuk(
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
        reeksen=reeksen,
        inwoners=inwoners,
        bestanden=inhoud.bestanden,
        bronnen=inhoud.bronnen,
        partijcijfers=inhoud.partijcijfers,
    )
