"""What all resources share: a column of a file, and a resource that knows where its values go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from import_export.fields import Field
from import_export.resources import Resource

from programma.models import Import, Versie
from programma.resources.bestemming import Bestemming
from programma.resources.cellen import Celwidget, kaal


class Veld(Field):  # type: ignore[misc]
    """A column: its heading, where its value stands on the model, how a cell is read, and other headings for it."""

    def __init__(self, attribute: str, widget: Celwidget, ook: Sequence[str] = (), kolom: str = "") -> None:
        super().__init__(attribute=attribute, column_name=kolom or attribute, widget=widget)
        self.ook = frozenset({kaal(self.column_name), *(kaal(woord) for woord in ook)})


class Alleenlezen(Veld):
    """A column that an export has for its reader, and that an import only checks or leaves alone."""


class Versieresource(Resource):  # type: ignore[misc]
    """A kind of row that editors keep in a spreadsheet: one file, of one version.

    The fields say which columns the file has and how a cell is read and written, for import and export alike.
    `bestemmingen` says which tables the values go to, parents first; `vereist` which columns a file must have, and
    `gevuld` which of their cells may not be empty. The library's own import is not used: the rows go through a
    staging table and are compared and written in SQL.
    """

    soort: ClassVar[Import.Soort]
    bestemmingen: ClassVar[Sequence[Bestemming]]
    vereist: ClassVar[Sequence[str]]
    gevuld: ClassVar[Sequence[str]]
    geld: ClassVar[bool] = False

    def kolommen(self) -> dict[str, Veld]:
        """Return the columns by heading, in the order of the file."""
        return {veld.column_name: veld for veld in self.get_export_fields()}

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the rows of a version in the order of the file."""
        raise NotImplementedError

    def kop(self) -> list[str]:
        """Return the header of an export."""
        return [str(kop) for kop in self.get_export_headers()]

    def waarden(self, versie: Versie) -> Iterator[list[Any]]:
        """Yield the rows of an export: text, int or Decimal per column."""
        velden = self.get_export_fields()
        for rij in self.rijen(versie).iterator(chunk_size=2000):
            yield [veld.export(rij) for veld in velden]

    @classmethod
    def rechten(cls, wat: Sequence[str]) -> list[str]:
        """Return the permissions to do `wat` ("view", "change" …) with every table that this resource writes."""
        return [
            f"{bestemming.model._meta.app_label}.{handeling}_{bestemming.model._meta.model_name}"
            for bestemming in cls.bestemmingen
            for handeling in wat
        ]
