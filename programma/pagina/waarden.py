"""What the amounts of one level become in each weergave: as they are, per inhabitant, as a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from programma.inhoud import Inwoners
from programma.pagina.keuze import Weergave
from programma.raming import Grootheid, Kolom, Raming
from veiligheid.formatting import per_inwoner

Waarde = Callable[[Raming, Grootheid], Mapping[Kolom, Decimal | None]]


def waarden(weergave: Weergave, kolommen: Sequence[Kolom], inwoners: Inwoners) -> Waarde:
    """Return how the weergave turns the stands of a level into one value per column; None is unknown."""
    match weergave:
        case Weergave.INWONER:
            return partial(inwonerbedragen, kolommen, inwoners)
        case Weergave.VERANDERING:
            return partial(veranderingen, kolommen)
    return partial(bedragen, kolommen)


def bedragen(kolommen: Sequence[Kolom], raming: Raming, grootheid: Grootheid) -> Mapping[Kolom, Decimal | None]:
    """Return the amounts themselves."""
    return {kolom: getattr(raming[kolom], grootheid) for kolom in kolommen}


def inwonerbedragen(
    kolommen: Sequence[Kolom], inwoners: Inwoners, raming: Raming, grootheid: Grootheid
) -> Mapping[Kolom, Decimal | None]:
    """Return the amounts per inhabitant, unrounded; None where no number of inhabitants is known."""
    return {
        kolom: per_inwoner(getattr(raming[kolom], grootheid), bekend[1])
        if (bekend := inwoners.in_jaar(kolom.jaar)) and bekend[1]
        else None
        for kolom in kolommen
    }


def veranderingen(kolommen: Sequence[Kolom], raming: Raming, grootheid: Grootheid) -> Mapping[Kolom, Decimal | None]:
    """Return the change of each column against the one before it, in percent of the absolute amount.

    None for the first column, after a zero, and when the sign turns: a cost that becomes a yield is no percentage.
    """
    gevonden: dict[Kolom, Decimal | None] = {}
    oud = Decimal(0)
    for kolom in kolommen:
        nieuw: Decimal = getattr(raming[kolom], grootheid)
        anders = not oud or (nieuw and (oud < 0) != (nieuw < 0))
        gevonden[kolom] = None if anders else (abs(nieuw) - abs(oud)) * 100 / abs(oud)
        oud = nieuw
    return gevonden
