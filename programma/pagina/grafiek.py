"""The column chart of the lasten: which layers, and the message above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from programma.inhoud import Pakketrij, Programmastuk
from programma.pagina import benaming
from programma.raming import EXACT, NUL, Kolom, Meerjarenraming, Raming
from veiligheid.charts import Kolomgrafiek, Kop, Serie, kolomgrafiek
from veiligheid.formatting import duizenden

MEESTE_LAGEN = 3
VLAK = Decimal(2)
LICHT = Decimal(5)


class Legenda(NamedTuple):
    """A line of the legend: the class of the block and the name of the layer."""

    klasse: str
    naam: str


@dataclass(frozen=True, slots=True)
class Grafiekblok:
    """The chart with its message, its legend (top layer first) and its description in words."""

    bericht: str
    legenda: tuple[Legenda, ...]
    grafiek: Kolomgrafiek
    titel: str
    omschrijving: str


def grafiekblok(stuk: Programmastuk, optelling: Meerjarenraming, focus: Kolom | None) -> Grafiekblok | None:
    """Return the chart of the lasten of a programme, or None if there is nothing to draw."""
    geheel = optelling.programmas.get(stuk.programma.code)
    kolommen = stuk.kolommen
    if geheel is None or not any(geheel[kolom].lasten for kolom in kolommen):
        return None
    series = _series(stuk, optelling, geheel, focus or kolommen[-1])
    koppen = [Kop(str(k.jaar), benaming.kolom_kort(k, kolommen, stuk.uitgave.jaar)) for k in kolommen]
    plaats = list(kolommen).index(focus) if focus and focus in kolommen else None
    totalen = [-geheel[kolom].lasten for kolom in kolommen]
    legenda = tuple(Legenda(f"k{nummer}", serie.naam) for nummer, serie in enumerate(series, 1))[::-1]
    wat = benaming.onderdeel(stuk.programma)
    return Grafiekblok(
        stuk.programma.grafiekkop or bericht([kolom.jaar for kolom in kolommen], totalen),
        legenda if len(series) > 1 else (),
        kolomgrafiek(series, koppen, duizenden, plaats),
        f"Kolomgrafiek: lasten van {wat} per jaar, {_periode(kolommen)}",
        _omschrijving(koppen, totalen),
    )


def _series(stuk: Programmastuk, optelling: Meerjarenraming, geheel: Raming, focus: Kolom) -> list[Serie]:
    """Return at most three layers, the first at the bottom; the smallest pakketten are one layer together."""
    ramingen = [(pakket, optelling.pakketten.get((stuk.programma.code, pakket.code))) for pakket in stuk.pakketten]
    kolommen = stuk.kolommen
    met_lasten = [(p, r) for p, r in ramingen if r and any(r[kolom].lasten for kolom in kolommen)]
    if len(met_lasten) <= MEESTE_LAGEN:
        return [_serie(pakket, raming, kolommen) for pakket, raming in met_lasten]
    grootste = sorted(met_lasten, key=lambda paar: paar[1][focus].lasten)[: MEESTE_LAGEN - 1]
    series = [_serie(pakket, raming, kolommen) for pakket, raming in met_lasten if (pakket, raming) in grootste]
    rest = [EXACT.subtract(-geheel[k].lasten, sum((s.waarden[n] for s in series), NUL)) for n, k in enumerate(kolommen)]
    return [*series, Serie("Andere pakketten", rest, met_waarden=False)]


def _serie(pakket: Pakketrij, raming: Raming, kolommen: Sequence[Kolom]) -> Serie:
    return Serie(f"{pakket.code} {pakket.naam}", [-raming[kolom].lasten for kolom in kolommen])


def _periode(kolommen: Sequence[Kolom]) -> str:
    eerste, laatste = kolommen[0].jaar, kolommen[-1].jaar
    return str(eerste) if eerste == laatste else f"{eerste} tot en met {laatste}"


def _omschrijving(koppen: Sequence[Kop], totalen: Sequence[Decimal]) -> str:
    waarden = ", ".join(
        f"{kop.boven} {kop.onder.lower()} {duizenden(totaal)}" for kop, totaal in zip(koppen, totalen, strict=True)
    )
    return f"Totale lasten in duizenden euro’s: {waarden}. Alle bedragen staan in tabel 1."


def bericht(jaren: Sequence[int], waarden: Sequence[Decimal]) -> str:
    """Return the message of a series in one sentence: rising, falling, flat, or with one turn."""
    if len(waarden) < 2 or min(waarden) <= 0:
        return "De lasten per jaar"
    hoogste, laagste = max(waarden), min(waarden)
    if (hoogste - laagste) * 100 < VLAK * laagste:
        return "De lasten blijven ongeveer gelijk"
    if _stijgt(waarden):
        return "De lasten lopen op"
    if _stijgt(waarden[::-1]):
        return "De lasten dalen"
    top, dal = waarden.index(hoogste), waarden.index(laagste)
    if _stijgt(waarden[: top + 1]) and _stijgt(waarden[top:][::-1]):
        return f"De lasten lopen op tot {jaren[top]} en dalen daarna {_sterkte(hoogste, waarden[-1])}"
    if _stijgt(waarden[: dal + 1][::-1]) and _stijgt(waarden[dal:]):
        return f"De lasten dalen tot {jaren[dal]} en lopen daarna {_sterkte(laagste, waarden[-1])} op"
    return "De lasten wisselen per jaar"


def _stijgt(waarden: Sequence[Decimal]) -> bool:
    return all(een <= twee for een, twee in pairwise(waarden))


def _sterkte(van: Decimal, tot: Decimal) -> str:
    """Return how strong a change is in a word."""
    return "licht" if abs(tot - van) * 100 < LICHT * van else "sterk"
