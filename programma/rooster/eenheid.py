"""The unit guard of the grid: do the amounts to be saved have the size of what stood there, or beside it? Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.eenheid import Omvang, eenheidvraag
from programma.raming import NUL
from programma.rooster.blad import Blad, Kop, Plek, bedragen
from programma.rooster.samenvoeging import Samenvoeging

WAT_ER_STOND = "wat er stond"
DE_REST = "de andere bedragen van dit programma"


@dataclass(frozen=True, slots=True)
class Eenheidvraag:
    """What there is to ask, a sentence per column.

    `kenmerk` stands for exactly these amounts: who says yes to it says yes to nothing else.
    """

    zinnen: tuple[str, ...]
    kenmerk: str


@dataclass(frozen=True, slots=True)
class _Nieuw:
    """An amount to be saved, in its row and place."""

    rij: str
    plek: Plek
    euro: Decimal


def eenheidvragen(blad: Blad, samen: Samenvoeging) -> Eenheidvraag | None:
    """Return what to ask about what is to be written on top of `blad`; None when the sizes are as they were."""
    zinnen: list[str] = []
    gevraagd: list[_Nieuw] = []
    for nummer, kop in enumerate(blad.koppen):
        nieuw = [cel for cel in _te_schrijven(samen) if cel.plek.kolom == kop.pk]
        buren = [blad.koppen[buur] for buur in (nummer - 1, nummer + 1) if 0 <= buur < len(blad.koppen)]
        zin = eenheidvraag(f"De ingevoerde bedragen bij {kop.naam}", _omvangen(blad, nieuw, buren))
        if zin:
            zinnen.append(zin)
            gevraagd += nieuw
    if not zinnen:
        return None
    return Eenheidvraag(tuple(zinnen), hashlib.sha256(repr(sorted(gevraagd, key=repr)).encode()).hexdigest())


def _te_schrijven(samen: Samenvoeging) -> Iterator[_Nieuw]:
    for rij, velden in {**samen.schrijf, **samen.nieuw}.items():
        yield from (_Nieuw(rij, plek, euro) for plek, euro in bedragen(velden) if euro)


def _omvangen(blad: Blad, nieuw: Sequence[_Nieuw], buren: Sequence[Kop]) -> Mapping[str, Omvang]:
    """Return how large the amounts of a column are beside what stood in the same cells, and beside the same rows of the
    nearest column that has any. Only new rows: beside all other amounts, and then only when they are larger; a
    small new row is nothing special."""
    omvangen = {WAT_ER_STOND: _naast(nieuw, [_stond(blad, cel.rij, cel.plek) for cel in nieuw])}
    for kop in buren:
        ernaast = [_stond(blad, cel.rij, Plek(cel.plek.wijziging, kop.pk)) for cel in nieuw]
        if any(ernaast):
            omvangen[f"bij {kop.naam}"] = _naast(nieuw, ernaast)
            break
    gevonden = {waarmee: omvang for waarmee, omvang in omvangen.items() if omvang.bekend}
    if gevonden or not nieuw:
        return gevonden
    rest = Omvang(
        _gemiddeld(cel.euro for cel in nieuw),
        _gemiddeld(cel.euro for regel in blad.regels.values() for cel in regel.bedragen.values() if cel.euro),
    )
    return {DE_REST: rest} if rest.nieuw > rest.bekend else {}


def _stond(blad: Blad, rij: str, plek: Plek) -> Decimal:
    regel = blad.regels.get(rij)
    cel = regel.bedragen.get(plek) if regel else None
    return cel.euro if cel else NUL


def _naast(nieuw: Sequence[_Nieuw], bekend: Sequence[Decimal]) -> Omvang:
    """Return the sizes of the amounts that have something beside them."""
    paren = [(cel.euro, ernaast) for cel, ernaast in zip(nieuw, bekend, strict=True) if ernaast]
    return Omvang(_gemiddeld(euro for euro, _ in paren), _gemiddeld(ernaast for _, ernaast in paren))


def _gemiddeld(bedragen: Iterable[Decimal]) -> Decimal:
    maten = [abs(bedrag) for bedrag in bedragen]
    return sum(maten, NUL) / len(maten) if maten else NUL
