"""The home page, ready to place: what is published, per year, with the current budget on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from programma.inhoud import Documentstuk, Homestuk, Uitgave
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import Link
from programma.pagina.bewijs import Bewijs, bewijzen
from programma.pagina.herkomst import Dag, Status, dag, status
from programma.pagina.som import Duiding, Som, duiding, focuskolom, som
from programma.pagina.verdeling import Verdeling, uitgaven
from programma.raming import tel_op
from programma.toetsing.controles import STATISTIEK
from veiligheid import formatting

MEESTE_NIEUW = 5
MEESTE_BALKEN = 8


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
    noot: str
    som: Som | None
    duiding: Duiding | None
    programmas: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Bestemming:
    """Where the money goes, and the table with all amounts; `reden` says why it is that document, or is ""."""

    verdeling: Verdeling
    tabel: Link
    reden: str


@dataclass(frozen=True, slots=True)
class Homepagina:
    """The home page."""

    titel: str
    omschrijving: str
    canoniek: str
    gemeente: str
    huidig: Huidig | None
    bestemming: Bestemming | None
    nieuw: tuple[Documentregel, ...]
    jaren: tuple[Jaargroep, ...]
    bewijzen: tuple[Bewijs, ...]


def homepagina(stuk: Homestuk) -> Homepagina:
    """Return the home page: the current version of each document, newest year first."""
    volgorde = sorted(stuk.uitgaven, key=lambda uitgave: (-uitgave.jaar, uitgave.document_soort, uitgave.document_slug))
    return Homepagina(
        titel=f"Begroting en verantwoording – Gemeente {stuk.gemeente}",
        omschrijving=(
            f"De begrotingen en jaarstukken van de gemeente {stuk.gemeente}, met alle bedragen en hun herkomst."
        ),
        canoniek="/",
        gemeente=stuk.gemeente,
        huidig=_huidig(stuk.huidig) if stuk.huidig else None,
        bestemming=_bestemming(stuk),
        nieuw=tuple(_regel(uitgave) for uitgave in _nieuwste(stuk.uitgaven)),
        jaren=tuple(
            Jaargroep(jaar, tuple(_regel(uitgave) for uitgave in groep))
            for jaar, groep in groupby(volgorde, key=lambda uitgave: uitgave.jaar)
        ),
        bewijzen=bewijzen(deel.uitgave for deel in (stuk.huidig, stuk.geheel) if deel),
    )


def _nieuwste(uitgaven: Sequence[Uitgave]) -> list[Uitgave]:
    """Return the latest publications; documents of which nothing was ever published are not among them."""
    gepubliceerd = [(uitgave.gepubliceerd_op, uitgave) for uitgave in uitgaven if uitgave.gepubliceerd_op]
    gesorteerd = sorted(gepubliceerd, key=lambda paar: (paar[0], paar[1].document_slug), reverse=True)
    return [uitgave for _, uitgave in gesorteerd[:MEESTE_NIEUW]]


def _bestemming(stuk: Homestuk) -> Bestemming | None:
    """Return where the money goes, out of the whole budget; None without one."""
    if stuk.geheel is None:
        return None
    uitgave = stuk.geheel.uitgave
    focus = focuskolom(stuk.geheel.kolommen, uitgave.jaar)
    adres = adressen.actueel(uitgave)
    verdeling = uitgaven(stuk.geheel, tel_op(stuk.geheel.cellen), focus, adres, MEESTE_BALKEN) if focus else None
    if verdeling is None:
        return None
    anders = stuk.huidig and stuk.huidig.uitgave.document_slug != uitgave.document_slug
    reden = f"De {stuk.huidig.uitgave.titel} staat hier niet helemaal. " if stuk.huidig and anders else ""
    if uitgave.document_soort in STATISTIEK:
        reden += "Deze cijfers gaf de gemeente aan het CBS. Bron: CBS Iv3, CC BY 4.0."
    return Bestemming(verdeling, Link(f"de {uitgave.titel}", f"{adres.wortel}#tabel1-titel"), reden.strip())


def _regel(uitgave: Uitgave) -> Documentregel:
    return Documentregel(
        Link(uitgave.titel, adressen.actueel(uitgave).wortel),
        f"Versie {uitgave.nummer}",
        status(uitgave),
        dag(formatting.dag(uitgave.gepubliceerd_op)) if uitgave.gepubliceerd_op else None,
    )


def _huidig(stuk: Documentstuk) -> Huidig:
    optelling = tel_op(stuk.cellen)
    adres = adressen.actueel(stuk.uitgave)
    focus = focuskolom(stuk.kolommen, stuk.uitgave.jaar)
    return Huidig(
        Link(stuk.uitgave.titel, adres.wortel),
        status(stuk.uitgave),
        benaming.deelnoot(stuk),
        som(optelling.totaal[focus], focus.jaar) if focus else None,
        duiding(optelling.totaal, stuk.kolommen, focus, stuk.inwoners) if focus else None,
        tuple(Link(benaming.volledig(rij), adres.programma(rij.slug)) for rij in stuk.programmas),
    )
