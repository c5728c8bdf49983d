"""Where the values of a file go: one table, its natural key, and the SQL that compares and writes in sets.

The names in the SQL come from the models and from the resources, never from a file; what a file says is always data,
in the jsonb columns of the staging table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.db.models import F, Func, JSONField, TextField, Value, Window
from django.db.models.functions import Cast, Coalesce, Replace, RowNumber

from programma.models import Importwaarde, Taakveld, Versiegebonden

STAGING = Importwaarde._meta.db_table


@dataclass(frozen=True, slots=True)
class Opdracht:
    """A piece of SQL with its parameters."""

    sql: str
    parameters: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """A reference to another row by its natural key: `kolommen` of the file are looked up in `velden` of `model`."""

    fk: models.ForeignKey[Any, Any]
    kolommen: tuple[str, ...]
    velden: tuple[models.Field[Any, Any], ...]

    @property
    def model(self) -> type[models.Model]:
        """The model that is referred to."""
        model: type[models.Model] = self.fk.related_model
        return model

    def zoek(self, versie: int, jaar: int, bron: str) -> Opdracht:
        """Return the subquery that finds the id of the row meant by the values in `bron`, an SQL expression."""
        voorwaarden, parameters = [], []
        if issubclass(self.model, Versiegebonden):
            voorwaarden.append("d.versie_id = %s")
            parameters.append(versie)
        if self.model is Taakveld:
            voorwaarden.append("d.geldig_van <= %s AND coalesce(d.geldig_tot, 9999) >= %s")
            parameters += [jaar, jaar]
        voorwaarden += [
            f"d.{veld.column} = ({bron} ->> '{kolom}')::{veld.db_type(connection)}"
            for kolom, veld in zip(self.kolommen, self.velden, strict=True)
        ]
        tabel = self.model._meta.db_table
        return Opdracht(
            f"(SELECT d.id FROM {tabel} d WHERE {' AND '.join(voorwaarden)} ORDER BY d.id DESC LIMIT 1)",  # noqa: S608
            parameters,
        )


@dataclass(frozen=True, slots=True)
class Bestemming:
    """A table that an import writes. `velden` maps a column of the file to the attribute path on the model.

    Rows are recognised by `sleutel`. With `geteld`, rows of the same key are told apart by their order: goals have no
    name of their own. With `alleen_nieuw` rows that exist are never changed. `vast` are columns of the table that get
    the same SQL expression (with a parameter, by name) on every row that is written; `los` are columns that a new row
    can get although the file does not name them. `eisen` are SQL conditions on `w`, the values that a row would have
    afterwards, each with the Dutch sentence for when it fails.
    """

    naam: str
    model: type[models.Model]
    velden: Mapping[str, str]
    sleutel: tuple[str, ...]
    geteld: bool = False
    alleen_nieuw: bool = False
    vast: Mapping[str, str] = field(default_factory=dict)
    los: tuple[str, ...] = ()
    eisen: tuple[tuple[str, str], ...] = ()

    @property
    def tabel(self) -> str:
        """The name of the table."""
        tabel: str = self.model._meta.db_table
        return tabel

    @property
    def per_versie(self) -> bool:
        """Whether the rows belong to a version."""
        return issubclass(self.model, Versiegebonden)

    def veld(self, kolom: str) -> models.Field[Any, Any]:
        """Return the model field at the end of the path of a column."""
        model: Any = self.model
        *pad, laatste = self.velden[kolom].split("__")
        for stap in pad:
            model = model._meta.get_field(stap).related_model
        veld: models.Field[Any, Any] = model._meta.get_field(laatste)
        return veld

    def verwijzingen(self, kolommen: Iterable[str]) -> list[Verwijzing]:
        """Return the references among these columns; columns that name one row together are one reference."""
        per_fk: dict[str, list[str]] = {}
        for kolom in kolommen:
            delen = self.velden[kolom].split("__")
            if len(delen) == 2:
                per_fk.setdefault(delen[0], []).append(kolom)
        return [
            Verwijzing(self._fk(naam), tuple(lijst), tuple(self.veld(kolom) for kolom in lijst))
            for naam, lijst in per_fk.items()
        ]

    def _fk(self, naam: str) -> models.ForeignKey[Any, Any]:
        fk = self.model._meta.get_field(naam)
        if not isinstance(fk, models.ForeignKey):
            raise TypeError(f"{naam} is not a reference")
        return fk

    # --- what the version has now -----------------------------------------------------------------------------------

    def huidig(self, versie: int, kolommen: Sequence[str]) -> Opdracht:
        """Return the SELECT of (id, sleutel, waarden) of the rows of the version, for these columns of the file."""
        rijen = self.model._default_manager.order_by()
        if self.per_versie:
            rijen = rijen.filter(versie=versie)
        sleutel: list[Any] = [Coalesce(self._als_tekst(kolom), Value("")) for kolom in self.sleutel]
        if self.geteld:
            volgnummer = Window(
                RowNumber(), partition_by=[F(self.velden[kolom]) for kolom in self.sleutel], order_by="pk"
            )
            sleutel.append(Cast(volgnummer, TextField()))
        paren: list[Any] = [deel for kolom in kolommen for deel in (Value(kolom), self._als_tekst(kolom))]
        vraag = rijen.values_list("pk", _Jsonlijst(*sleutel), _Jsonobject(*paren)).query
        sql, parameters = vraag.sql_with_params()
        return Opdracht(f"SELECT * FROM ({sql}) h (id, sleutel, waarden)", parameters)  # noqa: S608

    def _als_tekst(self, kolom: str) -> Any:
        """Return the expression that writes a column as the file's cells are written: see `cellen`."""
        veld = self.veld(kolom)
        tekst: Any = Cast(F(self.velden[kolom]), TextField())
        if isinstance(veld, models.TextField):
            tekst = Replace(tekst, Value("\r\n"), Value("\n"))
        return Coalesce(tekst, Value("")) if isinstance(veld, models.CharField | models.TextField) else tekst

    # --- writing ----------------------------------------------------------------------------------------------------

    def voeg_toe(
        self, versie: int, jaar: int, invoer: int, kolommen: Sequence[str], vast: Mapping[str, Any]
    ) -> Opdracht:
        """Return the INSERT of the rows that are new."""
        bron = "(s.bij || s.waarden)"
        los = [kolom for kolom in self.los if kolom not in kolommen]
        delen = self._uitdrukkingen(versie, jaar, [*kolommen, *los], bron, vast)
        geschreven = {naam for naam, _ in delen}
        delen += [(naam, deel) for naam, deel in self._standaard(versie, geschreven)]
        namen, waarden = [naam for naam, _ in delen], [deel for _, deel in delen]
        if self.per_versie:
            namen.insert(0, "versie_id")
            waarden.insert(0, Opdracht("%s", [versie]))
        return Opdracht(
            f"INSERT INTO {self.tabel} ({', '.join(namen)}) SELECT {', '.join(deel.sql for deel in waarden)} "  # noqa: S608
            f"FROM {STAGING} s WHERE s.invoer_id = %s AND s.soort = '{self.naam}' AND s.stand = 'nieuw' ORDER BY s.id",
            [*(p for deel in waarden for p in deel.parameters), invoer],
        )

    def wijzig(self, versie: int, jaar: int, invoer: int, kolommen: Sequence[str], vast: Mapping[str, Any]) -> Opdracht:
        """Return the UPDATE of the rows that changed. A reference that stayed the same is not looked up again."""
        overige = [kolom for kolom in kolommen if kolom not in self.sleutel]
        delen = self._uitdrukkingen(versie, jaar, overige, "(s.huidig || s.waarden)", vast, bij_wijziging=True)
        return Opdracht(
            f"UPDATE {self.tabel} t SET {', '.join(f'{naam} = {deel.sql}' for naam, deel in delen)} "  # noqa: S608
            f"FROM {STAGING} s WHERE s.invoer_id = %s AND s.soort = '{self.naam}' AND s.stand = 'gewijzigd' "
            "AND t.id = s.rij_id",
            [*(p for _, deel in delen for p in deel.parameters), invoer],
        )

    def onthoud(self, invoer: int) -> Opdracht:
        """Return the UPDATE that keeps the whole row, as it is before the change, in the staging table."""
        return Opdracht(
            f"UPDATE {STAGING} s SET vorig = to_jsonb(t) FROM {self.tabel} t WHERE s.invoer_id = %s "  # noqa: S608
            f"AND s.soort = '{self.naam}' AND s.stand = 'gewijzigd' AND t.id = s.rij_id",
            [invoer],
        )

    def zet_terug(self, invoer: int, kolommen: Sequence[str]) -> Opdracht:
        """Return the UPDATE that gives changed rows back what they were."""
        overige = [kolom for kolom in kolommen if kolom not in self.sleutel]
        namen = dict.fromkeys([*(veld.column for veld in self._geschreven(overige)), *self.vast])
        return Opdracht(
            f"UPDATE {self.tabel} t SET {', '.join(f'{naam} = o.{naam}' for naam in namen)} "  # noqa: S608
            f"FROM {STAGING} s, jsonb_populate_record(NULL::{self.tabel}, s.vorig) o "
            f"WHERE s.invoer_id = %s AND s.soort = '{self.naam}' AND s.stand = 'gewijzigd' AND t.id = s.rij_id",
            [invoer],
        )

    def verwijder(self, versie: int, invoer: int) -> Opdracht:
        """Return the DELETE of the rows that were new."""
        huidig = self.huidig(versie, [])
        return Opdracht(
            f"DELETE FROM {self.tabel} t USING {STAGING} s, ({huidig.sql}) n WHERE s.invoer_id = %s "  # noqa: S608
            f"AND s.soort = '{self.naam}' AND s.stand = 'nieuw' AND n.sleutel = s.sleutel AND t.id = n.id",
            [*huidig.parameters, invoer],
        )

    def _geschreven(self, kolommen: Sequence[str]) -> list[models.Field[Any, Any]]:
        """Return the fields of the table itself that these columns write."""
        eigen = [self.veld(kolom) for kolom in kolommen if "__" not in self.velden[kolom]]
        return [*eigen, *(verwijzing.fk for verwijzing in self.verwijzingen(kolommen))]

    def _uitdrukkingen(
        self,
        versie: int,
        jaar: int,
        kolommen: Sequence[str],
        bron: str,
        vast: Mapping[str, Any],
        *,
        bij_wijziging: bool = False,
    ) -> list[tuple[str, Opdracht]]:
        """Return per column of the table the SQL of its value."""
        delen: list[tuple[str, Opdracht]] = []
        for kolom in kolommen:
            if "__" not in self.velden[kolom]:
                veld = self.veld(kolom)
                if veld.column in self.vast:
                    continue
                delen.append((str(veld.column), Opdracht(f"({bron} ->> '{kolom}')::{veld.db_type(connection)}")))
        for verwijzing in self.verwijzingen(kolommen):
            zoek, naam = verwijzing.zoek(versie, jaar, bron), verwijzing.fk.column
            if bij_wijziging:
                zelfde = " AND ".join(
                    f"{bron} ->> '{k}' IS NOT DISTINCT FROM s.huidig ->> '{k}'" for k in verwijzing.kolommen
                )
                zoek = Opdracht(f"CASE WHEN {zelfde} THEN t.{naam} ELSE {zoek.sql} END", zoek.parameters)
            delen.append((naam, zoek))
        return delen + [(naam, Opdracht(sql, [vast[naam]] if "%s" in sql else [])) for naam, sql in self.vast.items()]

    def _standaard(self, versie: int, geschreven: set[str]) -> list[tuple[str, Opdracht]]:
        """Return what a new row gets in the columns that the file does not name: the defaults of the model."""
        delen = []
        for veld in self.model._meta.concrete_fields:
            if veld.primary_key or veld.column in geschreven or veld.name == "versie" or veld.null:
                continue
            if veld.name == "volgorde" and self.per_versie:
                plaats = (
                    f"least(32767, (SELECT coalesce(max(volgorde), 0) FROM {self.tabel} WHERE versie_id = %s) "  # noqa: S608
                    "+ row_number() OVER (ORDER BY s.id))"
                )
                delen.append((str(veld.column), Opdracht(plaats, [versie])))
            elif not veld.has_db_default():
                delen.append((str(veld.column), Opdracht("%s", [veld.get_default() if veld.has_default() else ""])))
        return delen


class _Jsonlijst(Func):
    function = "jsonb_build_array"
    output_field = JSONField()


class _Jsonobject(Func):
    function = "jsonb_build_object"
    output_field = JSONField()
