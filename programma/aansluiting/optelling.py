"""The lines up to the document: each level added up again from the one below, by another way than the page's. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from programma.aansluiting.gedrukt import plek_van
from programma.aansluiting.rij import Controle, Plek, Rij, onbekend, vergelijk
from programma.aansluiting.stuk import Aansluitstuk, Som
from programma.cijfer import GROOTHEDEN
from programma.raming import EXACT, NUL, Grootheid, Kolom, Soort

REGELS = "som per pakket in de database, en de regels een voor een opgeteld"
PAKKETTEN = "bedrag op de documentpagina, en de pakketten opgeteld"
PROGRAMMAS = "som van het document in de database, en de onderdelen van de documentpagina opgeteld"
SALDO = "saldo in de database, en lasten + baten"
RESULTAAT = "resultaat in de database, en saldo + toevoegingen + onttrekkingen"
TAAKVELDEN = "som van het document in de database, en het overzicht per taakveld opgeteld"
TE_VEEL = (
    "Dit document heeft zo veel regels dat deze pagina ze niet een voor een optelt. Reken begroting.csv na op uw eigen "
    "computer."
)


class Cel(NamedTuple):
    """The amount of one soort in one column at some level: codes, "" for all."""

    programma: str
    pakket: str
    soort: Soort
    kolom: Kolom


def optelling(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield the rows of lines to pakket, pakket to programme, programme to document, in the order of the document."""
    yield from _regels_naar_pakket(stuk)
    pakketten = [som for som in stuk.sommen if som.pakket]
    pagina = _tel_op((Cel(cel.programma, "", Soort(cel.soort), cel.kolom), cel.euro) for cel in stuk.cellen)
    uit_pakketten = _tel_op(
        (Cel(som.programma, "", soort, som.kolom), som.euro(soort)) for som in pakketten for soort in _soorten(som)
    )
    for cel in _geordend(stuk, {**pagina, **uit_pakketten}):
        yield _vergelijk(Controle.NIVEAUS, cel, PAKKETTEN, pagina[cel], uit_pakketten[cel])
    document = {
        Cel("", "", soort, som.kolom): som.euro(soort)
        for som in stuk.sommen
        if not som.programma
        for soort in _soorten(som)
    }
    uit_programmas = _tel_op((cel._replace(programma=""), euro) for cel, euro in pagina.items())
    for cel in _geordend(stuk, {**document, **uit_programmas}):
        yield _vergelijk(Controle.NIVEAUS, cel, PROGRAMMAS, document.get(cel, NUL), uit_programmas[cel])


def saldi(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield saldo and resultaat of each level next to what they are made of (BBV art. 17)."""
    for som in stuk.sommen:
        stand = som.stand
        opgeteld = EXACT.add(som.saldo, EXACT.add(stand.toevoegingen, stand.onttrekkingen))
        for grootheid, vergeleken, nagerekend in (
            (Grootheid.SALDO, SALDO, stand.saldo),
            (Grootheid.RESULTAAT, RESULTAAT, opgeteld),
        ):
            plek = plek_van(grootheid, som.programma, som.pakket, som.kolom)
            yield vergelijk(Controle.SALDO, plek, vergeleken, som.bedrag(grootheid), nagerekend)


def taakvelden(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield the totals of the document next to the overview per taakveld (BBV art. 66), lines without one included."""
    if not any(som.code for som in stuk.taakvelden):
        reden = "Bij geen enkele regel staat een taakveld; er is geen overzicht per taakveld."
        yield onbekend(Controle.TAAKVELDEN, Plek("overzicht per taakveld"), TAAKVELDEN, reden)
        return
    overzicht = _tel_op((Cel("", "", Soort(som.soort), som.kolom), som.euro) for som in stuk.taakvelden)
    document = {
        Cel("", "", soort, som.kolom): som.euro(soort)
        for som in stuk.sommen
        if not som.programma
        for soort in _soorten(som)
    }
    for cel in _geordend(stuk, {**document, **overzicht}):
        yield _vergelijk(Controle.TAAKVELDEN, cel, TAAKVELDEN, document.get(cel, NUL), overzicht[cel])


def _regels_naar_pakket(stuk: Aansluitstuk) -> Iterator[Rij]:
    sommen = {
        Cel(som.programma, som.pakket, soort, som.kolom): som.euro(soort)
        for som in stuk.sommen
        if som.pakket
        for soort in _soorten(som)
    }
    if stuk.regels is None:
        yield onbekend(Controle.REGELS, Plek("alle regels"), REGELS, TE_VEEL)
        return
    regels = _tel_op(
        (Cel(regel.programma, regel.pakket, Soort(regel.soort), regel.kolom), regel.euro) for regel in stuk.regels
    )
    for cel in _geordend(stuk, {**sommen, **regels}):
        yield _vergelijk(Controle.REGELS, cel, REGELS, sommen.get(cel, NUL), regels[cel])


def _soorten(som: Som) -> list[Soort]:
    """Return the soorten that a level has amounts of."""
    return [soort for soort, aantal in zip(Soort, som.aantallen, strict=True) if aantal]


def _tel_op(bedragen: Iterable[tuple[Cel, Decimal]]) -> Mapping[Cel, Decimal]:
    """Add amounts up per cell; a cell without any reads as zero."""
    sommen: dict[Cel, Decimal] = defaultdict(Decimal)
    for cel, euro in bedragen:
        sommen[cel] = EXACT.add(sommen[cel], euro)
    return sommen


def _geordend(stuk: Aansluitstuk, cellen: Iterable[Cel]) -> list[Cel]:
    """Return cells in the order of the document: programme, pakket, soort, column."""
    programma = {rij.code: nummer for nummer, rij in enumerate(stuk.programmas)}
    pakket = {(code, rij.code): nummer for code, rijen in stuk.pakketten.items() for nummer, rij in enumerate(rijen)}
    kolom = {kolom: nummer for nummer, kolom in enumerate(stuk.kolommen)}
    soort = {soort: nummer for nummer, soort in enumerate(Soort)}
    return sorted(
        cellen,
        key=lambda cel: (
            programma.get(cel.programma, -1),
            pakket.get((cel.programma, cel.pakket), -1),
            soort[cel.soort],
            kolom.get(cel.kolom, -1),
            cel,
        ),
    )


def _vergelijk(controle: Controle, cel: Cel, vergeleken: str, gepubliceerd: Decimal, nagerekend: Decimal) -> Rij:
    plek = plek_van(GROOTHEDEN[cel.soort], cel.programma, cel.pakket, cel.kolom)
    return vergelijk(controle, plek, vergeleken, gepubliceerd, nagerekend)
