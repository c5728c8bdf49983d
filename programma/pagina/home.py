"""The home page, ready to place: what is published, per year, with the current budget on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from programma.inhoud import Documentstuk, Uitgave
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import Link
from programma.pagina.herkomst import Dag, Status, dag, status
from programma.pagina.som import Duiding, Som, duiding, focuskolom, som
from programma.raming import Meerjarenraming
from veiligheid import formatting


@dataclass(frozen=True, slots=True)
class Documentregel:
    """A published document in the list."""

    link: Link
    versie: str
    status: Status
    datum: Dag | None


@dataclass(frozen=True, slots=True)
class Jaargroep:
    """The documents of one year."""

    jaar: int
    documenten: tuple[Documentregel, ...]


@dataclass(frozen=True, slots=True)
class Huidig:
    """The current budget on the home page."""

    link: Link
    status: Status
    som: Som | None
    duiding: Duiding | None
    programmas: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Homepagina:
    """The home page."""

    titel: str
    omschrijving: str
    canoniek: str
    gemeente: str
    huidig: Huidig | None
    jaren: tuple[Jaargroep, ...]


def homepagina(
    gemeente: str,
    uitgaven: Sequence[Uitgave],
    huidig: Documentstuk | None = None,
    optelling: Meerjarenraming | None = None,
) -> Homepagina:
    """Return the home page: the current version of each document, newest year first.

    `huidig` is the budget to show on top, with `optelling` as `tel_op(huidig.cellen)`.
    """
    volgorde = sorted(uitgaven, key=lambda uitgave: (-uitgave.jaar, uitgave.document_slug))
    return Homepagina(
        titel=f"Begroting en verantwoording – Gemeente {gemeente}",
        omschrijving=f"De begrotingen en jaarstukken van de gemeente {gemeente}, met alle bedragen en hun herkomst.",
        canoniek="/",
        gemeente=gemeente,
        huidig=_huidig(huidig, optelling) if huidig and optelling else None,
        jaren=tuple(
            Jaargroep(jaar, tuple(_regel(uitgave) for uitgave in groep))
            for jaar, groep in groupby(volgorde, key=lambda uitgave: uitgave.jaar)
        ),
    )


def _regel(uitgave: Uitgave) -> Documentregel:
    return Documentregel(
        Link(uitgave.titel, adressen.actueel(uitgave).wortel),
        f"Versie {uitgave.nummer}",
        status(uitgave),
        dag(formatting.dag(uitgave.gepubliceerd_op)) if uitgave.gepubliceerd_op else None,
    )


def _huidig(stuk: Documentstuk, optelling: Meerjarenraming) -> Huidig:
    adres = adressen.actueel(stuk.uitgave)
    focus = focuskolom(stuk.kolommen, stuk.uitgave.jaar)
    return Huidig(
        Link(stuk.uitgave.titel, adres.wortel),
        status(stuk.uitgave),
        som(optelling.totaal[focus], focus.jaar) if focus else None,
        duiding(optelling.totaal, stuk.kolommen, focus, stuk.inwoners) if focus else None,
        tuple(Link(benaming.volledig(rij), adres.programma(rij.slug)) for rij in stuk.programmas),
    )
