"""The figures of a connected party per year: which document's figures hold, and what the law asks but nobody says.

BBV art. 15 lid 2 (and art. 26 for the jaarstukken) asks, for the year of the document: the openbaar belang (a), the
belang (b), eigen and vreemd vermogen at both ends of the year (c), the result (d) and the risks (e).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud import Inwoners, Uitgave
from programma.inhoud.partijen import Cijferrij, Partijenstuk
from veiligheid.formatting import kleine_letter, opsomming, per_inwoner, telwoord

# The figures of a year in the order of the table; those before the contribution are asked by law.
WETTELIJK = {
    "eigen_vermogen_begin": "Eigen vermogen op 1 januari",
    "eigen_vermogen_eind": "Eigen vermogen op 31 december",
    "vreemd_vermogen_begin": "Vreemd vermogen op 1 januari",
    "vreemd_vermogen_eind": "Vreemd vermogen op 31 december",
    "resultaat": "Resultaat van de partij",
}
BIJDRAGE = "Bijdrage van de gemeente"
# The documents that must have the paragraph on connected parties.
MET_PARAGRAAF = frozenset({"begroting", "jaarstukken"})


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

    @property
    def reden(self) -> str:
        """Why figures are unknown; "" if all are known."""
        if self.rij is None:
            return f"De {self.uitgave.titel} noemt over dit jaar geen cijfers van deze partij."
        return self.rij.onbekend_reden

    @property
    def ontbreekt(self) -> tuple[str, ...]:
        """The names of the figures that the law asks and that are unknown; nothing for a year that is given freely."""
        if not self.verplicht:
            return ()
        return tuple(tekst for naam, tekst in WETTELIJK.items() if self.waarde(naam) is None)


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
        if uitgave.document_soort in MET_PARAGRAAF:
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
