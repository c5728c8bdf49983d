"""The column that compares: how much an amount differs from the column before, and which column that is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from programma.pagina import benaming
from programma.raming import Fase, Kolom
from programma.tables.bedrag import Bedragkolom
from veiligheid.formatting import decimaal


def verschilkolom(vorige: Kolom | None) -> Iterator[tuple[str, Bedragkolom]]:
    """Yield the column of the differences, with in its header what it compares with; none without such a column."""
    if vorige is None:
        return
    naam = "begroting" if vorige.fase == Fase.PRIMAIR else benaming.fase(vorige).lower()
    met = f"met {naam} {vorige.jaar}"
    yield "verschil", Bedragkolom(f"verschil {met}", _duizenden, 2, kop="Verschil", onderschrift=met, klasse="getal")


def verschiluitleg(wat: str, vorige: Kolom) -> str:
    """Return what the difference means, for the caption."""
    return (
        f"Verschil: {wat} vergeleken met {benaming.kolom_in_zin(vorige)}; een minteken betekent meer kosten "
        "of minder inkomsten."
    )


_getal = partial(decimaal, plus=True)


def _duizenden(bedrag: Decimal) -> str:
    """Return a difference in thousands of euros, with its sign."""
    return _getal(bedrag.scaleb(-3))
