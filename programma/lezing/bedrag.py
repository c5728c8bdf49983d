"""Reading what lies under one figure: of a programme, or a total of the whole document."""

from __future__ import annotations

from collections.abc import Sequence

from programma.cijfer import SOORTEN, Cijfer, lees_cijfer, lees_documentcijfer, lees_kolom
from programma.inhoud import Uitgave
from programma.inhoud.opbouw import Bedragstuk, Taakvelddeel
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Begrotingsregel, Versie
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
        if not opbouw.regels and cijfer.sleutel:
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


def _taakvelddelen(uitgave: Uitgave, cijfer: Cijfer, kolom: Kolom) -> Sequence[Taakvelddeel]:
    """Return what lines put into the lasten or baten of a taakveld; its saldo and a chapter add up other figures."""
    soort = SOORTEN.get(cijfer.totaal) if cijfer.totaal else None
    if cijfer.taakveld is None or soort is None:
        return ()
    return Begrotingsregel.objects.van_taakveld(uitgave.versie_id, cijfer.taakveld, soort, kolom, MEESTE_BEDRAGEN)


def lees_documentbedrag(uitgave: Uitgave, wat: str, kolomnaam: str) -> Bedragstuk | None:
    """Return everything that the page of a figure of the whole document rests on, or None. Three queries at most."""
    inhoud = Versie.objects.documentinhoud(uitgave.versie_id)
    codes = dict.fromkeys(cel.code for cel in inhoud.taakvelden)
    kolom, cijfer = lees_kolom(kolomnaam, inhoud.kolommen), lees_documentcijfer(wat, codes)
    if kolom is None or cijfer is None:
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
        taakvelden=inhoud.taakvelden if cijfer.van_taakveld else (),
        taakvelddelen=_taakvelddelen(uitgave, cijfer, kolom),
        cellen=inhoud.cellen,
        gedrukt=inhoud.gedrukt,
        inwoners=inwoners,
        bestanden=inhoud.bestanden,
        bronnen=inhoud.bronnen,
    )
