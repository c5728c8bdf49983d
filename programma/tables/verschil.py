"""Amounts of two versions side by side as a table: of one programme, or of all parts together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from programma.inhoud.vergelijking import Paar
from programma.pagina.vergelijken.bedragen import Kolomgroep, Verschilrij, met_teken
from programma.pagina.vergelijken.kanten import Kanten
from programma.pagina.vergelijken.keuze import kolomnaam
from programma.tables.bedrag import Record
from veiligheid.formatting import NIET_VAN_TOEPASSING, decimaal, hoofdletter, percentage
from veiligheid.tables import Kolom, Rijkop, Tabel

GEEN = "geen"
EENHEID = (
    "Bedragen in euro’s. Het verschil is het tweede bedrag min het eerste: een plus (+) is beter voor het resultaat, "
    "een min (−) slechter. Het percentage zegt hoeveel het bedrag zelf groter (+) of kleiner (−) is."
)
KORTE_EENHEID = "Bedragen in euro’s. Een plus (+) is beter voor het resultaat, een min (−) slechter."


class Verschiltabel(Tabel):
    """Rows with two amounts, their difference with its sign and in a word, and the percentage."""

    onderdeel = Rijkop("onderdeel", kop="Onderdeel")

    klasse = "geld verschil"

    def __init__(
        self, titel: str, anker: str, groepen: Sequence[Kolomgroep], namen: Kanten, paren: Sequence[Paar], *,
        centen: bool = False, uitleg: bool = False,
    ) -> None:  # fmt: skip
        self._decimalen = 2 if centen else 0
        onder = [kolomnaam(kolom) for kolom in paren[0]] if len(paren) == 1 else ["", ""]
        koppen = (
            ("a", namen.a, onder[0]),
            ("b", namen.b, onder[1]),
            ("verschil", "Verschil", ""),
            ("procent", "%", ""),
        )
        kolommen = [
            (naam, Kolom(naam, kop=hoofdletter(kop), onderschrift=klein, klasse="getal")) for naam, kop, klein in koppen
        ]
        super().__init__(list(self._records(groepen)), extra_columns=kolommen)
        self.titel = titel
        self.eenheid = EENHEID if uitleg else KORTE_EENHEID
        self.anker = anker

    def _records(self, groepen: Sequence[Kolomgroep]) -> Iterator[Record]:
        for nummer, groep in enumerate(groepen):
            for rij in groep.rijen:
                yield {
                    "blok": nummer,
                    "kop": groep.kop,
                    "voorvoegsel": rij.boven or groep.kop,
                    "onderdeel": rij.naam,
                    "onderschrift": rij.noot,
                    "href": rij.href,
                    "klasse": rij.klasse,
                    **self._waarden(rij),
                }

    def _waarden(self, rij: Verschilrij) -> Record:
        a, b = (GEEN if bedrag is None else decimaal(bedrag, self._decimalen) for bedrag in (rij.a, rij.b))
        teken = met_teken(rij.verschil, bool(self._decimalen))
        deel = NIET_VAN_TOEPASSING if rij.procent is None else percentage(rij.procent, plus=True)
        return {"a": a, "b": b, "verschil": f"{teken} ({rij.richting})" if rij.verschil else "gelijk", "procent": deel}
