"""The figures of a connected party per year: which document's figures hold, and what the law asks but nobody says.

BBV art. 15 lid 2 (and art. 26 for the jaarstukken) asks, for the year of the document: how the municipality has an
interest and the openbaar belang (a), the belang at both ends of the year (b), eigen and vreemd vermogen at both ends of
the year (c), the result (d) and the risks (e).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud import Cijferrij, Inwoners, Uitgave
from programma.inhoud.partijen import Partijenstuk
from programma.toetsing.partijgaten import MET_PARAGRAAF
from veiligheid.formatting import euro, kleine_letter, natuurlijk, opsomming, per_inwoner, telwoord

# What the law asks of a year, in its order: first what the municipality has in the party, then how the party is doing.
BELANG = {
    "belang_begin": "Belang van de gemeente op 1 januari",
    "belang_eind": "Belang van de gemeente op 31 december",
}
VERMOGEN = {
    "eigen_vermogen_begin": "Eigen vermogen op 1 januari",
    "eigen_vermogen_eind": "Eigen vermogen op 31 december",
    "vreemd_vermogen_begin": "Vreemd vermogen op 1 januari",
    "vreemd_vermogen_eind": "Vreemd vermogen op 31 december",
    "resultaat": "Resultaat van de partij",
}
WETTELIJK = BELANG | VERMOGEN
BIJDRAGE = "Bijdrage van de gemeente"


def belang(rij: Cijferrij, naam: str) -> str:
    """Return the belang at one end of the year (a name of BELANG): in euros, in percent, or both; "" if unknown."""
    bedrag: Decimal | None = getattr(rij, naam)
    deel: Decimal | None = getattr(rij, f"{naam}_procent")
    if deel is None:
        return "" if bedrag is None else euro(bedrag)
    procent = f"{natuurlijk(deel)}%"
    return procent if bedrag is None else f"{euro(bedrag)} ({procent})"


def is_bekend(rij: Cijferrij, naam: str) -> bool:
    """Return whether a figure (a name of WETTELIJK, or bijdrage) is known."""
    return bool(belang(rij, naam)) if naam in BELANG else getattr(rij, naam) is not None


@dataclass(frozen=True, slots=True)
class Jaarcijfers:
    """The figures that hold for a year and the version that they come from.

    `verplicht`: a document on this very year must give them. `rij` is None when it should have and says nothing.
    """

    jaar: int
    uitgave: Uitgave
    rij: Cijferrij | None
    verplicht: bool

    def waarde(self, naam: str) -> Decimal | None:
        """Return a figure in euros, or None if it is unknown."""
        waarde: Decimal | None = getattr(self.rij, naam) if self.rij else None
        return waarde

    def per_inwoner(self, inwoners: Inwoners) -> Decimal | None:
        """Return the contribution per inhabitant, unrounded, or None if either is unknown."""
        bijdrage, bekend = self.waarde("bijdrage"), inwoners.in_jaar(self.jaar)
        return per_inwoner(bijdrage, bekend[1]) if bijdrage is not None and bekend and bekend[1] else None

    def belang(self, naam: str) -> str:
        """Return the belang at one end of the year (a name of BELANG) in words, or "" if it is unknown."""
        return belang(self.rij, naam) if self.rij else ""

    def bekend(self, naam: str) -> bool:
        """Return whether a figure (a name of WETTELIJK, or bijdrage) is known."""
        return self.rij is not None and is_bekend(self.rij, naam)

    @property
    def reden(self) -> str:
        """Why figures are unknown; "" if all are known."""
        if self.rij is None:
            return f"De {self.uitgave.titel} noemt over dit jaar geen cijfers van deze partij."
        if self.rij.onbekend_reden or all(self.bekend(naam) for naam in (*WETTELIJK, "bijdrage")):
            return self.rij.onbekend_reden
        # Published before the site had this figure.
        return f"De {self.uitgave.titel} noemt dit cijfer niet."

    @property
    def ontbreekt(self) -> tuple[str, ...]:
        """The names of the figures that the law asks and that are unknown; nothing for a year that is given freely."""
        if not self.verplicht:
            return ()
        return tuple(tekst for naam, tekst in WETTELIJK.items() if not self.bekend(naam))


def moet_cijfers_geven(uitgave: Uitgave) -> bool:
    """Return whether the law asks the figures of the parties in this document, of its own year."""
    return uitgave.document_soort in MET_PARAGRAAF


def cijfers_per_partij(stuk: Partijenstuk) -> dict[str, tuple[Jaarcijfers, ...]]:
    """Return the figures per year of every party that is mentioned, by slug, oldest year first.

    When several documents give the same year, the one that was published last holds, unknown figures included: a row
    is never put together from two documents.
    """
    uitgaven = {uitgave.versie_id: uitgave for uitgave in stuk.uitgaven}
    rang = {versie: plaats for plaats, versie in enumerate(uitgaven)}
    plicht: dict[str, dict[int, Uitgave]] = {rij.slug: {} for rij in stuk.deelnames}
    for rij in sorted(stuk.deelnames, key=lambda rij: rang[rij.versie_id]):
        uitgave = uitgaven[rij.versie_id]
        if moet_cijfers_geven(uitgave):
            plicht[rij.slug].setdefault(uitgave.jaar, uitgave)
    gevonden: dict[str, dict[int, tuple[Uitgave, Cijferrij | None]]] = {slug: {} for slug in plicht}
    for cijfers in sorted(stuk.cijfers, key=lambda cijfers: rang[cijfers.versie_id]):
        if cijfers.slug in gevonden:
            gevonden[cijfers.slug].setdefault(cijfers.jaar, (uitgaven[cijfers.versie_id], cijfers))
    for slug, plichtjaren in plicht.items():
        for jaar, uitgave in plichtjaren.items():
            gevonden[slug].setdefault(jaar, (uitgave, None))
    return {
        slug: tuple(
            Jaarcijfers(jaar, uitgave, rij, jaar in plicht[slug]) for jaar, (uitgave, rij) in sorted(jaren.items())
        )
        for slug, jaren in gevonden.items()
    }


def ontbrekend(cijfers: Sequence[Jaarcijfers]) -> tuple[str, ...]:
    """Return a sentence per year in which figures are missing that the law asks; years that miss the same share one."""
    jaren_per_gat: dict[tuple[str, ...], list[str]] = {}
    for jaar in cijfers:
        if jaar.ontbreekt:
            jaren_per_gat.setdefault(jaar.ontbreekt, []).append(str(jaar.jaar))
    return tuple(_ontbreekt(gat, jaren) for gat, jaren in jaren_per_gat.items())


def _ontbreekt(gat: Sequence[str], jaren: list[str]) -> str:
    if len(gat) == len(WETTELIJK):
        return f"Over {opsomming(jaren)} ontbreken alle cijfers die de wet vraagt: {_namen(gat)}."
    ontbreekt = "ontbreekt één cijfer" if len(gat) == 1 else f"ontbreken {telwoord(len(gat))} cijfers"
    return f"Over {opsomming(jaren)} {ontbreekt} van de {telwoord(len(WETTELIJK))} die de wet vraagt: {_namen(gat)}."


def _namen(gat: Sequence[str]) -> str:
    return opsomming([f"het {kleine_letter(naam)}" for naam in gat])
