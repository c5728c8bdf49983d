"""Reading what lies under one figure: of a programme, or a total of the whole document."""

from __future__ import annotations

from collections.abc import Sequence

from programma.cijfer import SOORTEN, Cijfer, lees_cijfer, lees_kolom
from programma.inhoud import Uitgave
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Begrotingsregel, Versie
from programma.opbouw import Bedragstuk
from programma.raming import Cel, Kolom

MEESTE_BEDRAGEN = 500
"""A total of more amounts than this is shown per pakket; each pakket has a page with its own lines."""


def lees_bedrag(uitgave: Uitgave, slug: str, wat: str, kolomnaam: str) -> Bedragstuk | None:
    """Return everything that the page of a figure of a programme rests on, or None without such a figure.

    `wat` and `kolomnaam` are the words of its address. Three queries at most.
    """
    moment = moment_van(uitgave)
    inhoud = Versie.objects.programmainhoud(uitgave.versie_id, slug, moment)
    if inhoud is None:
        return None
    kolom, cijfer = lees_kolom(kolomnaam, inhoud.kolommen), lees_cijfer(wat, inhoud.pakketten)
    if kolom is None or cijfer is None:
        return None
    opbouw = None
    if _uit_regels(cijfer, kolom, inhoud.cellen):
        code, tot = inhoud.programma.code, uitgave.gepubliceerd_op
        opbouw = Begrotingsregel.objects.opbouw(uitgave.versie_id, code, cijfer, kolom, tot)
        if not opbouw.regels and cijfer.totaal is None:
            return None
    _, gemeente, inwoners = gemeente_op(moment)
    return Bedragstuk(
        gemeente=gemeente,
        uitgave=uitgave,
        cijfer=cijfer,
        kolom=kolom,
        kolommen=inhoud.kolommen,
        programma=inhoud.programma,
        programmas=inhoud.programmas,
        pakketten=inhoud.pakketten,
        cellen=inhoud.cellen,
        gedrukt=inhoud.gedrukt,
        inwoners=inwoners,
        opbouw=opbouw,
        bestanden=inhoud.bestanden,
        bronnen=inhoud.bronnen,
    )


def _uit_regels(cijfer: Cijfer, kolom: Kolom, cellen: Sequence[Cel]) -> bool:
    """Return whether the page shows the lines themselves: not of what adds up other figures, or very many lines."""
    if cijfer.totaal is None:
        return True
    soort = SOORTEN.get(cijfer.totaal)
    aantal = sum(cel.aantal for cel in cellen if cel.soort == soort and cel.kolom == kolom)
    return soort is not None and aantal <= MEESTE_BEDRAGEN


def lees_documentbedrag(uitgave: Uitgave, wat: str, kolomnaam: str) -> Bedragstuk | None:
    """Return everything that the page of a total of the whole document rests on, or None. Two queries."""
    inhoud = Versie.objects.documentinhoud(uitgave.versie_id)
    kolom, cijfer = lees_kolom(kolomnaam, inhoud.kolommen), lees_cijfer(wat, ())
    if kolom is None or cijfer is None or cijfer.totaal is None:
        return None
    _, gemeente, inwoners = gemeente_op(moment_van(uitgave))
    return Bedragstuk(
        gemeente=gemeente,
        uitgave=uitgave,
        cijfer=cijfer,
        kolom=kolom,
        kolommen=inhoud.kolommen,
        programma=None,
        programmas=inhoud.programmas,
        pakketten=(),
        cellen=inhoud.cellen,
        gedrukt=inhoud.gedrukt,
        inwoners=inwoners,
        bestanden=inhoud.bestanden,
        bronnen=inhoud.bronnen,
    )
