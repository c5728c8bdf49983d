"""The page on which a reader chooses what to compare, before there is a comparison."""

from __future__ import annotations

from dataclasses import dataclass

from programma.pagina.adres import Link
from programma.pagina.vergelijken.formulier import NIETS, ONBEKEND, Formulier
from programma.pagina.vergelijken.pagina import KRUIMELS


@dataclass(frozen=True, slots=True)
class Keuzepagina:
    """The page with only the form; `melding` says what went wrong, or that there is nothing to compare."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    formulier: Formulier
    fout: bool
    melding: str


def keuzepagina(gemeente: str, formulier: Formulier, *, fout: bool = False) -> Keuzepagina:
    """Return the page with the form. `fout` says that the address named what is not published."""
    leeg = not formulier.opties
    return Keuzepagina(
        titel=f"{'Fout: ' if fout else ''}Vergelijken – Gemeente {gemeente}",
        omschrijving=f"Zet twee gepubliceerde versies van de gemeente {gemeente} naast elkaar.",
        canoniek="/vergelijken/",
        kruimels=KRUIMELS,
        formulier=formulier,
        fout=fout,
        melding=NIETS if leeg and not fout else ONBEKEND if fout else "",
    )
