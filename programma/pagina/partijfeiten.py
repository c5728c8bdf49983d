"""What BBV art. 15 lid 2 asks of a connected party, as names with values; and which of its texts a version lacks.

The page of a party tells this over all years. In a PDF, and in a version that has no link to that page, it stands with
the programme, for the year of the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from programma.inhoud import Cijferrij, Partijrij, Uitgave
from programma.inhoud.partijen import Deelnamerij
from programma.pagina.cijfers import BELANG, BIJDRAGE, VERMOGEN, Jaarcijfers, moet_cijfers_geven
from veiligheid.alineas import alineas
from veiligheid.formatting import euro

ONBEKEND = "onbekend"
# The texts that the law asks (onder a), as a sentence names them.
TEKSTEN: Mapping[str, str] = {
    "bestuurlijk_belang": "op welke manier de gemeente een belang heeft",
    "openbaar_belang": "het openbaar belang",
}


class Feit(NamedTuple):
    """A name with its values, each a paragraph."""

    naam: str
    waarden: tuple[str, ...]


def ontbrekende_teksten(rijen: Sequence[Deelnamerij]) -> list[str]:
    """Return which texts none of these rows of one party in one version has, as a sentence names them."""
    return [wat for veld, wat in TEKSTEN.items() if not any(getattr(rij, veld).strip() for rij in rijen)]


def feiten(rij: Partijrij, cijfers: Sequence[Cijferrij], uitgave: Uitgave) -> tuple[Feit, ...]:
    """Return everything about a party in the year of the document; `cijfers` are those of that year, of any party.

    A figure that the document must give and does not is "onbekend", with the reason at the end.
    """
    eigen = next((een for een in cijfers if een.slug == rij.slug), None)
    paren = [
        ("Vestigingsplaats", (rij.vestigingsplaats,)),
        ("Openbaar belang", alineas(rij.openbaar_belang)),
        ("Bestuurlijk belang", alineas(rij.bestuurlijk_belang)),
        *(_van_het_jaar(Jaarcijfers(uitgave.jaar, uitgave, eigen, verplicht=True))
          if eigen or moet_cijfers_geven(uitgave) else ()),
    ]  # fmt: skip
    return tuple(Feit(naam, waarden) for naam, waarden in paren if any(waarden))


def _van_het_jaar(jaar: Jaarcijfers) -> list[tuple[str, tuple[str, ...]]]:
    paren = [(naam, (jaar.belang(veld) or ONBEKEND,)) for veld, naam in BELANG.items()]
    for veld, naam in (*VERMOGEN.items(), ("bijdrage", BIJDRAGE)):
        bedrag = jaar.waarde(veld)
        paren.append((naam, (ONBEKEND if bedrag is None else euro(bedrag),)))
    rij = jaar.rij
    return [
        *((f"{naam} {jaar.jaar}" if "1 januari" in naam or "31 december" in naam else f"{naam} in {jaar.jaar}", waarden)
          for naam, waarden in paren),
        ("Waarom onbekend?", (jaar.reden,)),
        (f"Ontwikkelingen in {jaar.jaar}", alineas(rij.ontwikkelingen) if rij else ()),
        (f"Risico’s in {jaar.jaar}", alineas(rij.risico) if rij else ()),
    ]  # fmt: skip
