"""The addresses that search engines may know, ready to place: of pages that hold a version, the current one only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from programma.inhoud import Sitemaprij
from programma.inhoud.autorisatie import SOORTEN
from programma.pagina.adres import Adres
from veiligheid.formatting import dag


class Vindplaats(NamedTuple):
    """A page: its address with scheme and host, and the day of its last publication, if it belongs to one."""

    adres: str
    gewijzigd: date | None = None


def sitemap(vaste_paden: Iterable[str], rijen: Sequence[Sitemaprij], oorsprong: str) -> list[Vindplaats]:
    """Return all pages: those in the menus, each document with its programmes and pakketten, and each party once.

    Of a document also its reconciliation, what the council authorised, and where one chooses what to download.
    """
    gevonden = {oorsprong + pad: Vindplaats(oorsprong + pad) for pad in vaste_paden}
    for rij in rijen:
        for pad in _paden(rij):
            nieuw = Vindplaats(oorsprong + pad, dag(rij.gepubliceerd_op))
            gevonden[nieuw.adres] = max(gevonden.get(nieuw.adres, nieuw), nieuw)
    return list(gevonden.values())


def _paden(rij: Sitemaprij) -> tuple[str, ...]:
    adres = Adres(f"/{rij.document}/")
    if rij.partij:
        return (adres.partij(rij.partij),)
    if rij.pakket:
        return (adres.pakket(rij.programma, rij.pakket),)
    if rij.programma:
        return (adres.programma(rij.programma),)
    autorisatie = (adres.autorisatie(),) if rij.documentsoort in SOORTEN else ()
    return (adres.wortel, adres.rapport, *autorisatie, adres.uitvoer())
