"""The lines of a rich text, one after the other, for the rules that read words and not blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from veiligheid.opmaak.blokken import Alinea, Blok, Citaat, Kop, Lijst, Tabel
from veiligheid.opmaak.regel import Regel


class Tekstregel(NamedTuple):
    """A line. `proza` says that it is read as sentences: no heading, caption or cell of a table."""

    regel: Regel
    vreemd: bool = False
    proza: bool = True

    @property
    def tekst(self) -> str:
        """Everything on the line."""
        return "".join(stuk.tekst for stuk in self.regel)

    @property
    def nederlands(self) -> str:
        """The line without what is marked as another language: in there our word lists mean nothing."""
        return "" if self.vreemd else "".join("" if stuk.merk.taal else stuk.tekst for stuk in self.regel)


def regels(blokken: Iterable[Blok]) -> Iterator[Tekstregel]:
    """Yield every line of a text, in the order in which it is read."""
    for blok in blokken:
        match blok:
            case Alinea():
                yield Tekstregel(blok.regel, bool(blok.taal))
            case Kop():
                yield Tekstregel(blok.regel, proza=False)
            case Lijst():
                yield from (regel for punt in blok.punten for regel in regels(punt))
            case Citaat():
                yield from regels(blok.blokken)
            case Tabel():
                yield Tekstregel(blok.bijschrift, proza=False)
                for regel in (regel for rij in blok.rijen for cel in rij for regel in regels(cel.blokken)):
                    yield regel._replace(proza=False)
