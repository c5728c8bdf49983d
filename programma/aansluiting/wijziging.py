"""The budget after changes next to the original one and the changes of the council (Gemeentewet art. 192). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from programma.aansluiting.optelling import TE_VEEL
from programma.aansluiting.rij import Controle, Plek, Rij, kolomwoorden, onbekend, vergelijk
from programma.aansluiting.stuk import Aansluitstuk, Regelsom, Som
from programma.cijfer import celwoord, regelwoord
from programma.raming import EXACT, NUL, Fase, Kolom, Soort
from programma.toetsing.gedrukt import speling

VERGELEKEN = "na wijziging, en primair + de wijzigingen van de raad"
PER_PAKKET = f"{VERGELEKEN}, per pakket (meer regels dan deze pagina een voor een toont)"
GEEN = "Er is voor geen enkel jaar een kolom na wijziging."


def wijzigingen(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield a row per line and year that has both columns, and one per column that stands alone."""
    kolommen = [kolom for kolom in stuk.kolommen if kolom.fase == Fase.NA_WIJZIGING]
    if not kolommen:
        yield onbekend(Controle.WIJZIGINGEN, Plek("na wijziging"), VERGELEKEN, GEEN)
    for na in kolommen:
        primair = Kolom(na.jaar, Fase.PRIMAIR)
        if primair not in stuk.kolommen:
            reden = f"Van {na.jaar} staat alleen {kolomwoorden(na)} in dit document, niet {kolomwoorden(primair)}."
            yield onbekend(Controle.WIJZIGINGEN, Plek("alle regels", kolom=na), VERGELEKEN, reden)
        elif stuk.regels is None:
            yield from _per_pakket(stuk, primair, na)
        else:
            yield from _per_regel(stuk, primair, na)


def _per_regel(stuk: Aansluitstuk, primair: Kolom, na: Kolom) -> Iterator[Rij]:
    per_regel: dict[str, dict[Kolom, Regelsom]] = {}
    for regel in stuk.regels or ():
        if regel.kolom in {primair, na}:
            per_regel.setdefault(regel.sleutel, {})[regel.kolom] = regel
    for sleutel, deze in per_regel.items():
        een = deze.get(na) or deze[primair]
        woord = regelwoord(sleutel, stuk.pakketten.get(een.programma, ())) if na in deze else ""
        plek = Plek(f"{een.soort}, {een.omschrijving} ({sleutel})", een.programma, een.pakket, na, woord)
        yield _rij(plek, VERGELEKEN, deze.get(primair), deze.get(na))


def _rij(plek: Plek, vergeleken: str, primair: Regelsom | None, na: Regelsom | None) -> Rij:
    """Return the row of a line; an amount that is not there counts as zero.

    Only what was taken over in thousands can differ by rounding.
    """
    eerst = primair.euro if primair else NUL
    erbij = na.wijziging if na else NUL
    daarna = na.euro if na else NUL
    ruimte = _speling(sum(deel.aantal for deel in (primair, na) if deel), (primair, na))
    reden = f"Primair is {eerst:f}, de wijzigingen zijn samen {erbij:f} euro."
    return vergelijk(Controle.WIJZIGINGEN, plek, vergeleken, daarna, EXACT.add(eerst, erbij), ruimte, reden)


def _per_pakket(stuk: Aansluitstuk, primair: Kolom, na: Kolom) -> Iterator[Rij]:
    yield onbekend(Controle.WIJZIGINGEN, Plek("elke regel apart", kolom=na), VERGELEKEN, TE_VEEL)
    per_plek = {(som.programma, som.pakket, som.kolom): som for som in stuk.sommen if som.pakket}
    for programma, pakket in dict.fromkeys(sleutel[:2] for sleutel in per_plek):
        eerst, daarna = (per_plek.get((programma, pakket, kolom)) for kolom in (primair, na))
        for nummer, soort in enumerate(Soort):
            if not any(som and som.aantallen[nummer] for som in (eerst, daarna)):
                continue
            plek = Plek(soort.value, programma, pakket, na, celwoord(pakket, soort))
            verwacht = EXACT.add(eerst.euro(soort) if eerst else NUL, daarna.wijzigingen[nummer] if daarna else NUL)
            ruimte = _speling(sum(som.aantallen[nummer] for som in (eerst, daarna) if som), (eerst, daarna))
            gepubliceerd = daarna.euro(soort) if daarna else NUL
            yield vergelijk(Controle.WIJZIGINGEN, plek, PER_PAKKET, gepubliceerd, verwacht, ruimte)


def _speling(aantal: int, delen: tuple[Regelsom | Som | None, Regelsom | Som | None]) -> Decimal:
    precisie = max((deel.precisie for deel in delen if deel), default=1)
    return speling(aantal, precisie) if precisie > 1 else NUL
