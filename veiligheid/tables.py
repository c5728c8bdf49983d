"""The base of the public tables: one django-tables2 table, read by people on a page and by machines as CSV.

The columns, their names and the data are django-tables2's, and so is `as_values()`. A page does not walk
BoundRow, though: that inspects signatures and resolves accessors for each cell, which costs more than all the
rest of a page. `lichamen()` asks each column once per cell, directly, and the template places what it yields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django_tables2 import Column, Table

from veiligheid.formatting import NIET_BEKEND


class Kopcel(NamedTuple):
    """A column header: its text, a smaller second line and its class."""

    tekst: str
    onderschrift: str
    klasse: str


@dataclass(frozen=True, slots=True)
class Rij:
    """A row, ready to place. `voorvoegsel` is read but not seen: it keeps row headers unique inside the table."""

    tekst: str
    voorvoegsel: str
    href: str
    onderschrift: str
    klasse: str
    cellen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lichaam:
    """A tbody: the heading of its group, or "" for none, and its rows."""

    kop: str
    rijen: tuple[Rij, ...]


class Kolom(Column):  # type: ignore[misc]
    """A column. `verbose_name` is its name in files, `kop` and `onderschrift` are its header on the page."""

    def __init__(
        self, verbose_name: str, *, kop: str = "", onderschrift: str = "", klasse: str = "", **opties: Any
    ) -> None:
        super().__init__(verbose_name=verbose_name, orderable=False, **opties)
        self.kopcel = Kopcel(kop or verbose_name, onderschrift, klasse)

    def render(self, value: Any) -> str:
        """Return the cell for people."""
        return str(value)


class Rijkop(Kolom):
    """The first column: the header of each row, with its link."""


class Tabel(Table):  # type: ignore[misc]
    """A table with a caption (title and unit), groups of rows and possibly one column in focus.

    Each record is a mapping with a value per column name (None = unknown), and optionally `blok` (a record with another
    one than the record before starts a new tbody), `kop` (the heading of that tbody), `voorvoegsel`, `href`,
    `onderschrift` and `klasse`.
    """

    titel: str = ""
    eenheid: str = ""
    """The sentences under the title: unit, meaning of the sign, sources."""
    anker: str = "tabel"
    """The start of the ids in the table; unique on a page."""
    klasse: str = ""
    bestandsnaam: str = "tabel.csv"
    leeg: str = NIET_BEKEND
    """What people read where the value is None."""
    voetnoot: str = ""
    noten: Sequence[str] = ()

    class Meta:
        orderable = False

    @property
    def zichtbaar(self) -> list[tuple[str, Kolom]]:
        """The columns on the page, in order, without the row header: (name, column)."""
        return [(kolom.name, kolom.column) for kolom in self.columns if not isinstance(kolom.column, Rijkop)]

    @property
    def rijkop(self) -> tuple[str, Kolom]:
        """The column of the row headers: (name, column)."""
        return next((kolom.name, kolom.column) for kolom in self.columns if isinstance(kolom.column, Rijkop))

    @property
    def koppen(self) -> list[Kopcel]:
        """The header cells, that of the row headers first."""
        return [self.rijkop[1].kopcel, *(kolom.kopcel for _, kolom in self.zichtbaar)]

    @property
    def breedte(self) -> int:
        """The number of columns on the page."""
        return len(self.koppen)

    def lichamen(self) -> Iterator[Lichaam]:
        """Yield the table body by body, ready to place."""
        naam_kop = self.rijkop[0]
        kolommen = [(naam, kolom.render, kolom.kopcel.klasse) for naam, kolom in self.zichtbaar]
        rijen: list[Rij] = []
        vorige: Mapping[str, Any] | None = None
        for record in self.data:
            if vorige is not None and record.get("blok") != vorige.get("blok"):
                yield Lichaam(vorige.get("kop", ""), tuple(rijen))
                rijen = []
            rijen.append(self._rij(record, naam_kop, kolommen))
            vorige = record
        if vorige is not None:
            yield Lichaam(vorige.get("kop", ""), tuple(rijen))

    def _rij(self, record: Mapping[str, Any], naam_kop: str, kolommen: Sequence[tuple[str, Any, str]]) -> Rij:
        cellen = tuple(
            (self.leeg if (waarde := record[naam]) is None else render(waarde), klasse)
            for naam, render, klasse in kolommen
        )
        return Rij(
            record[naam_kop],
            record.get("voorvoegsel", ""),
            record.get("href", ""),
            record.get("onderschrift", ""),
            record.get("klasse", ""),
            cellen,
        )
