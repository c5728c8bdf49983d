"""The addresses of the pages, as strings: of the current version, of a fixed version, or of a preview."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from programma.cijfer import kolomwoord, pakketwoord
from programma.inhoud import Uitgave
from programma.raming import Kolom

PARTIJEN = "/verbonden-partijen/"
INDICATOREN = "/indicatoren/"
CONTROLE = "/beheer/controle/"


class Link(NamedTuple):
    """A link: its text, its address, and what it says more, for instance the size of a file."""

    tekst: str
    href: str
    bij: str = ""


@dataclass(frozen=True, slots=True)
class Adres:
    """The addresses under one root, which begins and ends with a slash. Pages link within their own root.

    `voorbeeld` says that the pages there are no publication: only who is logged in sees them. `uitgave` is the one
    version that a fixed root belongs to.
    """

    wortel: str
    vast: bool = False
    voorbeeld: bool = False
    uitgave: Uitgave | None = field(default=None, compare=False, repr=False)

    def programma(self, slug: str) -> str:
        """Return the address of a programme's page."""
        return f"{self.wortel}programma/{slug}/"

    def pakket(self, slug: str, code: str) -> str:
        """Return the address of the page of a pakket, by the slug of its programme and its code."""
        return f"{self.programma(slug)}pakket/{pakketwoord(code)}/"

    def bedragen(self, slug: str | None) -> str:
        """Return where the figures of a programme are, or (None) the totals of the document."""
        return f"{self.programma(slug) if slug else self.wortel}bedrag/"

    def bedrag(self, slug: str | None, wat: str, kolom: Kolom) -> str:
        """Return the address of the page that says where a figure comes from; `wat` as `programma.cijfer` has it."""
        return f"{self.bedragen(slug)}{wat}/{kolomwoord(kolom)}/"

    def autorisatie(self, slug: str = "") -> str:
        """Return the address of what the council authorised: of the whole document, or of one programme."""
        return f"{self.wortel}autorisatie/" + (f"#programma-{slug}" if slug else "")

    def partij(self, slug: str) -> str:
        """Return the address of a connected party's page, or "" from where nobody can say that it exists.

        It exists for what the current versions mention; a fixed version or a preview may mention something else.
        """
        return "" if self.vast or self.voorbeeld or not slug else partij(slug)

    def indicator(self, slug: str) -> str:
        """Return the address of an indicator's page, or "" from where nobody can say that it exists."""
        return "" if self.vast or self.voorbeeld or not slug else indicator(slug)

    @property
    def rapport(self) -> str:
        """The address of the reconciliation of the whole document."""
        return f"{self.wortel}aansluiting/"

    @property
    def van_controle(self) -> bool:
        """Whether these are the addresses of the auditor, where what is kept can also be made anew."""
        return self.wortel.startswith(CONTROLE)

    def bestand(self, naam: str) -> str:
        """Return the address of a file of the whole document."""
        return self.wortel + naam

    def uitvoer(self, vraag: str = "") -> str:
        """Return the address of the page where one chooses what to export; `vraag` is a filter (`Selectie.vraag`)."""
        return f"{self.wortel}uitvoer/{'?' if vraag else ''}{vraag}"


def actueel(uitgave: Uitgave) -> Adres:
    """Return the addresses at which readers find the current version."""
    return Adres(f"/{uitgave.document_slug}/")


def vast(uitgave: Uitgave) -> Adres:
    """Return the addresses of this one version, which never change."""
    return Adres(f"/{uitgave.document_slug}/versie/{uitgave.nummer}/", vast=True, uitgave=uitgave)


def voorbeeld(uitgave: Uitgave) -> Adres:
    """Return the addresses at which colleagues see a version before readers do."""
    return Adres(f"/beheer/voorbeeld/{uitgave.versie_id}/", voorbeeld=True)


def controle(uitgave: Uitgave) -> Adres:
    """Return the addresses at which auditors see any version, and take its files: what they take is recorded."""
    in_bewerking = uitgave.status in {"concept", "ingediend"}
    return Adres(f"{CONTROLE}{uitgave.versie_id}/", vast=True, voorbeeld=in_bewerking)


def vergelijking(van: str, naar: str) -> str:
    """Return the address at which two versions are compared, each named as in "programmabegroting-2025/2"."""
    return f"/vergelijken/?a={van}&b={naar}"


def partij(slug: str) -> str:
    """Return the address of the page of a connected party, over all documents."""
    return f"{PARTIJEN}{slug}/"


def indicator(slug: str) -> str:
    """Return the address of the page of an indicator, over all documents."""
    return f"{INDICATOREN}{slug}/"


def bestandsnaam(uitgave: Uitgave, naam: str) -> str:
    """Return what a file is called once it is downloaded: "programma/zorg/begroting.csv" needs its document too."""
    *_, laatste = naam.split("/")
    deel = naam.split("/")[1:-1]
    return "-".join([uitgave.document_slug, f"v{uitgave.nummer}", *deel, laatste])


def anker(code: str) -> str:
    """Return the fragment of a pakket on the page of its programme: "1E" becomes "pakket-1e"."""
    return "pakket-" + re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")
