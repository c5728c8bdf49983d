"""The base of the public tables: one django-tables2 table, read by people on a page and by machines as CSV.

The columns, their names and the data are django-tables2's, and so is `as_values()`. A page does not walk
BoundRow, though: that inspects signatures and resolves accessors for each cell, which costs more than all the
rest of a page. `lichamen()` asks each column once per cell, directly, and the template places what it yields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import Column, Table

from veiligheid.formatting import NIET_BEKEND


class Kopcel(NamedTuple):
    """A column header: its text, a smaller second line and its class."""

    tekst: str
    onderschrift: str
    klasse: str


class Rij(NamedTuple):
    """A row, ready to place. `voorvoegsel` is read but not seen: it keeps row headers unique inside the table.

    `cellen` is HTML: a loop of template code over each cell costs four times as much as the rest of the table.
    """

    tekst: str
    voorvoegsel: str
    href: str
    onderschrift: str
    klasse: str
    cellen: SafeString


class Lichaam(NamedTuple):
    """A tbody: the heading of its group, or "" for none, and its rows."""

    kop: str
    rijen: tuple[Rij, ...]


class Kalerij(NamedTuple):
    """A row as text alone, for who places no HTML: the header of the row and what people read in its cells."""

    tekst: str
    onderschrift: str
    klasse: str
    cellen: tuple[str, ...]


class Kolom(Column):  # type: ignore[misc]
    """A column. `verbose_name` is its name in files, `kop` and `onderschrift` are its header on the page.

    With `naar`, a cell whose record has a `naar` too is a link: to what the record says, then what the column says, and
    then what the record has as `achter`, if anything.
    """

    def __init__(
        self,
        verbose_name: str,
        *,
        kop: str = "",
        onderschrift: str = "",
        klasse: str = "",
        naar: str = "",
        **opties: Any,
    ) -> None:
        super().__init__(verbose_name=verbose_name, orderable=False, **opties)
        self.kopcel = Kopcel(kop or verbose_name, onderschrift, klasse)
        self.naar = escape(naar)
        self.td = f'<td class="{klasse}">' if klasse else "<td>"

    def render(self, value: Any) -> str:
        """Return the cell for people: text, never HTML."""
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

    @cached_property
    def zichtbaar(self) -> list[tuple[str, Kolom]]:
        """The columns on the page, in order, that of the row headers first: (name, column)."""
        kolommen = [(kolom.name, kolom.column) for kolom in self.columns]
        return sorted(kolommen, key=lambda paar: not isinstance(paar[1], Rijkop))

    @cached_property
    def koppen(self) -> list[Kopcel]:
        """The header cells."""
        return [kolom.kopcel for _, kolom in self.zichtbaar]

    @property
    def breedte(self) -> int:
        """The number of columns on the page."""
        return len(self.zichtbaar)

    def lichamen(self) -> Iterator[Lichaam]:
        """Yield the table body by body, ready to place."""
        for _, groep in groupby(self.data, key=lambda record: record.get("blok")):
            records = list(groep)
            yield Lichaam(records[0].get("kop", ""), tuple(self._rij(record) for record in records))

    def kale_lichamen(self) -> Iterator[tuple[str, tuple[Kalerij, ...]]]:
        """Yield the table body by body as text: the heading of the group, and its rows."""
        kop, *kolommen = self.zichtbaar
        for _, groep in groupby(self.data, key=lambda record: record.get("blok")):
            records = list(groep)
            rijen = (
                Kalerij(
                    record[kop[0]],
                    record.get("onderschrift", ""),
                    record.get("klasse", ""),
                    tuple(self._cel(kolom, record[naam]) for naam, kolom in kolommen),
                )
                for record in records
            )
            yield records[0].get("kop", ""), tuple(rijen)

    def _rij(self, record: Mapping[str, Any]) -> Rij:
        kop, *kolommen = self.zichtbaar
        naar, achter = escape(record.get("naar", "")), escape(record.get("achter", ""))
        cellen = "".join(
            f'{kolom.td}<a href="{naar}{kolom.naar}{achter}">{escape(self._cel(kolom, waarde))}</a></td>'
            if naar and kolom.naar and (waarde := record[naam]) is not None
            else f"{kolom.td}{escape(self._cel(kolom, record[naam]))}</td>"
            for naam, kolom in kolommen
        )
        return Rij(
            record[kop[0]],
            record.get("voorvoegsel", ""),
            record.get("href", ""),
            record.get("onderschrift", ""),
            record.get("klasse", ""),
            mark_safe(cellen),  # noqa: S308 - each text and address is escaped above; the classes are our own
        )

    def _cel(self, kolom: Kolom, waarde: Any) -> str:
        """Return what people read in a cell."""
        return self.leeg if waarde is None else kolom.render(waarde)
