"""Reading a version whole: the rows of the budget and the observations beside it, as one piece."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from indicatoren.models import Gebied, Waarneming
from programma.inhoud import Documentstuk, Inwoners, Programmastuk, Uitgave
from programma.models import Versie


def _gemeente(moment: datetime) -> tuple[int | None, str, Inwoners]:
    """Return (id, name, inhabitants) of the municipality of this installation, as known at `moment`."""
    sleutel, naam, aantallen, bron = Gebied.objects.gemeente(settings.GEMEENTE, moment)
    return sleutel, naam, Inwoners(aantallen, bron)


def _moment(uitgave: Uitgave) -> datetime:
    """Return the moment up to which observations count: that of publication, so that the page never changes.

    Of a preview it is the moment of looking.
    """
    if uitgave.peilmoment is None:
        raise ValueError(f"version {uitgave.versie_id} has no peilmoment")
    return uitgave.peilmoment


def lees_programma(uitgave: Uitgave, slug: str) -> Programmastuk | None:
    """Return everything that the page of a programme rests on, or None without such a programme. Three queries."""
    moment = _moment(uitgave)
    inhoud = Versie.objects.programmainhoud(uitgave.versie_id, slug, moment)
    if inhoud is None:
        return None
    gebied, gemeente, inwoners = _gemeente(moment)
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
        reeksen=Waarneming.objects.reeksen(inhoud.indicatoren, gebied, inhoud.groep, moment),
        inwoners=inwoners,
        bestanden=inhoud.bestanden,
        bronnen=inhoud.bronnen,
    )


def lees_document(uitgave: Uitgave) -> Documentstuk:
    """Return everything that the page of a document rests on. Two queries."""
    inhoud = Versie.objects.documentinhoud(uitgave.versie_id)
    _, gemeente, inwoners = _gemeente(_moment(uitgave))
    return Documentstuk(
        gemeente=gemeente,
        uitgave=uitgave,
        programmas=inhoud.programmas,
        kolommen=inhoud.kolommen,
        cellen=inhoud.cellen,
        gedrukt=inhoud.gedrukt,
        inwoners=inwoners,
        bestanden=inhoud.bestanden,
        bronnen=inhoud.bronnen,
    )


def lees_home(uitgaven: list[Uitgave]) -> tuple[str, Documentstuk | None]:
    """Return the municipality's name and the budget to show on top: the newest of the published ones. Two queries.

    The name is the one that the newest publication shows; before the first publication it is the code.
    """
    begrotingen = [uitgave for uitgave in uitgaven if uitgave.document_soort == "begroting"]
    if begrotingen:
        stuk = lees_document(begrotingen[0])
        return stuk.gemeente, stuk
    if uitgaven:
        return _gemeente(_moment(uitgaven[0]))[1], None
    return settings.GEMEENTE, None
