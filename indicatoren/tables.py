"""The table of observations: one django-tables2 table for the page and for files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from indicatoren.reeks import Punt, Reeks, Status
from veiligheid.formatting import NIET_BEKEND, NIET_VAN_TOEPASSING, afgerond, datum, decimaal
from veiligheid.tables import Kolom, Rijkop, Tabel

Record = dict[str, Any]


class Puntkolom(Kolom):
    """A column of observations: the value with its own decimals, or why there is none."""

    def render(self, value: tuple[Punt, int]) -> str:
        """Return the observation for people; unknown is never zero."""
        punt, decimalen = value
        if punt.waarde is None:
            return NIET_VAN_TOEPASSING if punt.status == Status.NVT else NIET_BEKEND
        tekst = decimaal(punt.waarde, decimalen)
        return f"{tekst} (voorlopig)" if punt.status == Status.VOORLOPIG else tekst

    def value(self, value: tuple[Punt, int]) -> Decimal | str:
        """Return the observation for machines: the number, or the status (NB, NVT) in its place."""
        punt, _ = value
        return str(punt.status) if punt.waarde is None else punt.waarde


class Indicatortabel(Tabel):
    """The indicators of a programme per year, with the comparison group in its own year and the source.

    `adres` gives the page of an indicator by its slug, or "" without one.
    """

    indicator = Rijkop("indicator", kop="Indicator")

    anker = "tabel2"
    bestandsnaam = "indicatoren.csv"

    def __init__(self, reeksen: Sequence[Reeks], adres: Callable[[str], str] | None = None) -> None:
        jaren = sorted({jaar for reeks in reeksen for jaar in reeks.punten})
        groepsjaren = {punt[0] for reeks in reeksen if (punt := reeks.groepspunt())}
        super().__init__(
            [
                _indicatorrij(reeks, jaren, len(groepsjaren) > 1) | {"href": adres(reeks.slug) if adres else ""}
                for reeks in reeksen
            ],
            extra_columns=[
                *((f"jaar_{jaar}", Puntkolom(str(jaar), klasse="getal")) for jaar in jaren),
                ("groepswaarde", _groepskolom(reeksen, groepsjaren)),
                ("bron", Kolom("bron", kop="Bron")),
            ],
        )
        dagen = [reeks.peildatum for reeks in reeksen if reeks.peildatum]
        stand = f"Stand op {datum(max(dagen))}. " if dagen else ""
        self.titel = "Tabel 2. Beleidsindicatoren"
        self.eenheid = f"{stand}De eenheid staat bij elke indicator. N.n.b. = nog niet bekend."
        self.noten = [
            f"{reeks.naam}, {jaar}: {punt.voetnoot}"
            for reeks in reeksen
            for jaar, punt in sorted(reeks.punten.items())
            if punt.voetnoot
        ]


def _groepskolom(reeksen: Sequence[Reeks], groepsjaren: set[int]) -> Kolom:
    namen = {reeks.groepsnaam for reeks in reeksen if reeks.groepsnaam}
    kop = f"Groep in {min(groepsjaren)}" if len(groepsjaren) == 1 else "Groep"
    return Kolom("groep", kop=kop, onderschrift=namen.pop() if len(namen) == 1 else "", klasse="getal")


def _indicatorrij(reeks: Reeks, jaren: Sequence[int], met_jaar: bool) -> Record:
    onbekend = Punt(None, Status.NB)
    groep = reeks.groepspunt()
    tekst = decimaal(groep[1], reeks.decimalen) if groep else None
    return {
        "indicator": reeks.naam,
        "onderschrift": reeks.eenheid,
        **{f"jaar_{jaar}": (reeks.punten.get(jaar, onbekend), reeks.decimalen) for jaar in jaren},
        "groepswaarde": f"{tekst} ({groep[0]})" if groep and met_jaar else tekst,
        "bron": reeks.bron or None,
    }


class Verschilkolom(Kolom):
    """A column with the difference between two observations: as shown, for people; exact, for machines."""

    def __init__(self, verbose_name: str, decimalen: int, **opties: Any) -> None:
        super().__init__(verbose_name, **opties)
        self.decimalen = decimalen

    def render(self, value: tuple[Decimal, Decimal]) -> str:
        """Return the difference of the figures as they are shown, with its sign."""
        eigen, groep = (afgerond(waarde, self.decimalen) for waarde in value)
        return decimaal(eigen - groep, self.decimalen, plus=True)

    def value(self, value: tuple[Decimal, Decimal]) -> Decimal:
        """Return the exact difference."""
        return value[0] - value[1]


class Reekstabel(Tabel):
    """One indicator over the years: the municipality, the comparison group, and the difference.

    Every year from the first to the last one has a row, also a year of which nothing was recorded.
    """

    jaar = Rijkop("jaar", kop="Jaar")

    klasse = "reeks"
    anker = "tabel1"

    def __init__(self, reeks: Reeks) -> None:
        super().__init__(
            list(_reeksrijen(reeks)),
            extra_columns=[
                ("gemeente", Puntkolom("gemeente", kop="Onze gemeente", klasse="getal")),
                ("groep", Puntkolom("groep", kop="Vergelijkbare gemeenten", klasse="getal")),
                ("verschil", Verschilkolom("verschil", reeks.decimalen, kop="Verschil", klasse="getal")),
            ],
        )
        self.titel = f"Tabel 1. {reeks.naam} per jaar"
        eenheid = f"Eenheid: {reeks.eenheid}. " if reeks.eenheid else ""
        self.eenheid = (
            f"{eenheid}Verschil: onze gemeente min de vergelijkbare gemeenten, in de getoonde cijfers. "
            "N.n.b. = nog niet bekend. Dat is iets anders dan 0."
        )
        self.bestandsnaam = f"{reeks.slug}.csv"
        self.noten = [
            f"{jaar}, {wie}: {punt.voetnoot}"
            for wie, punten in (("onze gemeente", reeks.punten), ("vergelijkbare gemeenten", reeks.groep))
            for jaar, punt in sorted(punten.items())
            if punt.voetnoot
        ]


def _reeksrijen(reeks: Reeks) -> Iterator[Record]:
    bekend = [*reeks.punten, *reeks.groep]
    for jaar in range(min(bekend), max(bekend) + 1) if bekend else ():
        eigen, groep = reeks.punten.get(jaar), reeks.groep.get(jaar)
        waarden = (eigen and eigen.waarde, groep and groep.waarde)
        yield {
            "jaar": str(jaar),
            "gemeente": (eigen, reeks.decimalen) if eigen else None,
            "groep": (groep, reeks.decimalen) if groep else None,
            "verschil": None if None in waarden else waarden,
        }
