"""The addresses of the pages, as strings: of the current version, of a fixed version, or of a preview."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from programma.inhoud import Uitgave


class Link(NamedTuple):
    """A link: its text, its address, and what it says more, for instance the size of a file."""

    tekst: str
    href: str
    bij: str = ""


@dataclass(frozen=True, slots=True)
class Adres:
    """The addresses under one root, which begins and ends with a slash. Pages link within their own root.

    `voorbeeld` says that the pages there are no publication: only who is logged in sees them.
    """

    wortel: str
    vast: bool = False
    voorbeeld: bool = False

    def programma(self, slug: str) -> str:
        """Return the address of a programme's page."""
        return f"{self.wortel}programma/{slug}/"

    def bestand(self, naam: str) -> str:
        """Return the address of a file of the whole document."""
        return self.wortel + naam


def actueel(uitgave: Uitgave) -> Adres:
    """Return the addresses at which readers find the current version."""
    return Adres(f"/{uitgave.document_slug}/")


def vast(uitgave: Uitgave) -> Adres:
    """Return the addresses of this one version, which never change."""
    return Adres(f"/{uitgave.document_slug}/versie/{uitgave.nummer}/", vast=True)


def voorbeeld(uitgave: Uitgave) -> Adres:
    """Return the addresses at which colleagues see a version before readers do."""
    return Adres(f"/beheer/voorbeeld/{uitgave.versie_id}/", voorbeeld=True)


def bestandsnaam(uitgave: Uitgave, naam: str) -> str:
    """Return what a file is called once it is downloaded: "programma/zorg/begroting.csv" needs its document too."""
    *_, laatste = naam.split("/")
    deel = naam.split("/")[1:-1]
    return "-".join([uitgave.document_slug, f"v{uitgave.nummer}", *deel, laatste])


def anker(code: str) -> str:
    """Return the fragment of a pakket on the page of its programme: "1E" becomes "pakket-1e"."""
    return "pakket-" + re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")
