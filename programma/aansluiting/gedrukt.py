"""Every printed total next to what our own lines add up to (`programma.toetsing.gedrukt` has the rule). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from programma.aansluiting.rij import Controle, Oordeel, Plek, Rij, onbekend, oordeel
from programma.aansluiting.stuk import Aansluitstuk, Som
from programma.cijfer import pakketcijferwoord
from programma.inhoud import Gedrukt
from programma.raming import NUL, Grootheid, Kolom
from programma.toetsing.gedrukt import SOORTEN, speling

VERGELEKEN = "gedrukt totaal in de bron, en de som van de regels"


def gedrukte_totalen(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield a row per printed total, in the order of the source."""
    if not stuk.gedrukt:
        reden = "De bron van dit document heeft geen gedrukte totalen, of ze zijn niet ingevoerd."
        yield onbekend(Controle.GEDRUKT, Plek("gedrukte totalen"), VERGELEKEN, reden)
    per_plek = {(som.programma, som.pakket, som.kolom): som for som in stuk.sommen}
    for totaal in stuk.gedrukt:
        yield _rij(totaal, per_plek.get((totaal.programma, totaal.pakket, totaal.kolom)))


def _rij(totaal: Gedrukt, som: Som | None) -> Rij:
    grootheid = Grootheid(totaal.grootheid)
    ons = som.bedrag(grootheid) if som else NUL
    ruimte = speling(som.aantal(SOORTEN[grootheid]) if som else 0, totaal.eenheid)
    gevonden = oordeel(totaal.euro, ons, ruimte, totaal.eenheid)
    verklaring = totaal.verklaring.strip()
    return Rij(
        Controle.GEDRUKT,
        plek_van(grootheid, totaal.programma, totaal.pakket, totaal.kolom),
        f"{VERGELEKEN}, afgerond op {'duizend euro' if totaal.eenheid == 1000 else 'hele euro’s'}",
        totaal.euro,
        ons,
        gevonden,
        ruimte,
        f"De gemeente verklaart: {verklaring}" if verklaring and gevonden != Oordeel.AAN else "",
    )


def plek_van(grootheid: Grootheid, programma: str, pakket: str, kolom: Kolom) -> Plek:
    """Return where one of the six amounts of a level stands."""
    woord = pakketcijferwoord(pakket, grootheid) if pakket else grootheid.value
    return Plek(grootheid.value, programma, pakket, kolom, woord)
