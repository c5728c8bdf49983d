"""The addresses that search engines may know, ready to place: of pages that hold a version, the current one only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from programma.inhoud import Sitemaprij
from programma.pagina.adres import Adres
from veiligheid.formatting import dag


class Vindplaats(NamedTuple):
    """A page: its address with scheme and host, and the day of its last publication, if it belongs to one."""

    adres: str
    gewijzigd: date | None = None


def sitemap(vaste_paden: Iterable[str], rijen: Sequence[Sitemaprij], oorsprong: str) -> list[Vindplaats]:
    """Return all pages: those in the menus, each document, and each part of it (`Sitemaprij.pad`)."""
    vast = [Vindplaats(oorsprong + pad) for pad in vaste_paden]
    return vast + [
        Vindplaats(oorsprong + Adres(f"/{rij.document}/").bestand(rij.pad), dag(rij.gepubliceerd_op)) for rij in rijen
    ]
