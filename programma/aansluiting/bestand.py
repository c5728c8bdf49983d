"""The files of a version next to the database: the same bytes as were recorded, made of the same content. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from programma.aansluiting.rij import Controle, Oordeel, Plek, Rij, onbekend
from programma.aansluiting.stuk import Aansluitstuk, Bestandproef

UIT_DE_REGELS = "sha256 bij de publicatie, en die van het bestand nu opnieuw gemaakt uit de regels"
BEWAARD = "sha256 bij de publicatie, en die van het bewaarde bestand"
GEMAAKT_VAN = "controlesom van deze versie, en die van de versie waarvan het bestand is gemaakt"
GEEN = "Van deze versie zijn nog geen bestanden vastgelegd. Dat gebeurt bij de publicatie."


def bestanden(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield the sha256 of each file, and of those whose bytes are kept also what they were made from.

    What stands in a PDF is not read; that it was made from this content, and has not changed since, is checked.
    """
    if not stuk.bestanden:
        yield onbekend(Controle.BESTANDEN, Plek("bestanden"), UIT_DE_REGELS, GEEN)
    for proef in stuk.bestanden:
        yield _sha256(proef)
        if proef.gemaakt_van:
            som = stuk.uitgave.controlesom
            yield _gelijk(Plek(proef.bestand.naam), GEMAAKT_VAN, som, proef.gemaakt_van)


def _sha256(proef: Bestandproef) -> Rij:
    vergeleken = BEWAARD if proef.gemaakt_van else UIT_DE_REGELS
    plek = Plek(proef.bestand.naam)
    if not proef.nu:
        return onbekend(Controle.BESTANDEN, plek, vergeleken, proef.reden, proef.bestand.sha256)
    return _gelijk(plek, vergeleken, proef.bestand.sha256, proef.nu)


def _gelijk(plek: Plek, vergeleken: str, gepubliceerd: str, nu: str) -> Rij:
    gevonden = Oordeel.AAN if gepubliceerd == nu else Oordeel.VERSCHIL
    return Rij(Controle.BESTANDEN, plek, vergeleken, gepubliceerd, nu, gevonden)
