"""What an import would change, found in SQL for all its rows at once: references, double keys, old beside new, totals.

Nothing here writes the budget; the outcome stands in the staging table and in a summary.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from programma.invoer.duiding import Waarde
from programma.models import Versie, Versiegebonden
from programma.resources.bestemming import STAGING, Bestemming, Opdracht, Verwijzing

NAMEN = {"pakket": "Pakket", "programma": "Programma", "kolom": "Kolom", "taakveld": "Taakveld", "partij": "Partij"}

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

WEG = "Haal een van de twee weg."
WIJZIGING = (
    "Haal een van de twee weg. Hoort een van de twee bij een wijziging? Exporteer dan opnieuw uit het beheer: dat "
    "bestand heeft een kolom wijziging."
)

# Rows are written once, with what they compare to: to write them first and compare them then costs twice as much.
BEWAAR = f"""
INSERT INTO {STAGING} (invoer_id, soort, rij, plaats, wat, sleutel, waarden, ruw, bij, fouten, stand, rij_id, huidig)
SELECT %s, %s, v.rij, v.plaats, v.wat, v.sleutel, v.waarden, v.ruw, v.bij, v.fouten,
  CASE WHEN v.fouten <> '[]' THEN 'fout' WHEN h.id IS NULL THEN 'nieuw'
       WHEN %s OR h.waarden @> v.waarden THEN 'gelijk' ELSE 'gewijzigd' END, h.id, h.waarden
FROM ROWS FROM (jsonb_to_recordset(%s::jsonb) AS (rij integer, plaats text, wat text, sleutel jsonb, waarden jsonb,
                                                  ruw jsonb, bij jsonb, fouten jsonb))
  WITH ORDINALITY v (rij, plaats, wat, sleutel, waarden, ruw, bij, fouten, nummer)
LEFT JOIN ({{huidig}}) h ON v.fouten = '[]' AND h.sleutel = v.sleutel ORDER BY v.nummer
"""  # noqa: S608 - the names are our own
# So many at once: enough to look up what the version has only once or twice, not so many that memory grows.
PER_KEER = 20_000
DUBBEL = f"""
WITH eerste AS (
  SELECT sleutel, min(id) AS id, count(*) AS aantal FROM {STAGING}
  WHERE invoer_id = %s AND soort = %s AND stand <> 'fout' GROUP BY sleutel HAVING count(*) > 1)
UPDATE {STAGING} s SET stand = 'fout', fouten = s.fouten || jsonb_build_array(jsonb_build_array(s.plaats, '', s.wat,
  format('Dit staat twee keer in het bestand: op %%s en op %%s. %%s', e.plaats, s.plaats, %s::text)))
FROM eerste JOIN {STAGING} e ON e.id = eerste.id
WHERE s.invoer_id = %s AND s.soort = %s AND s.stand <> 'fout' AND s.sleutel = eerste.sleutel AND s.id <> eerste.id
"""  # noqa: S608
# Goals and texts of the same key are told apart by their order, as far as the version has as many.
DUBBEL_GETELD = f"""
UPDATE {STAGING} s SET stand = 'fout', fouten = s.fouten || jsonb_build_array(jsonb_build_array(s.plaats, '', s.wat,
  format('Dit staat twee keer in het bestand: op %%s en op %%s. Geef een van de twee een andere %%s.', e.plaats,
         s.plaats, %s::text)))
FROM {STAGING} e
WHERE s.invoer_id = %s AND s.soort = %s AND s.stand = 'nieuw' AND s.sleutel ->> -1 <> '1' AND e.invoer_id = s.invoer_id
  AND e.soort = s.soort AND e.sleutel = (s.sleutel - -1) || '"1"'::jsonb
"""  # noqa: S608
# Of a row that stays as it is nothing is asked: it may be from before that was asked.
EIS = f"""
UPDATE {STAGING} s SET stand = 'fout',
  fouten = s.fouten || jsonb_build_array(jsonb_build_array(s.plaats, '', s.wat, %s::text))
FROM (SELECT t.id, coalesce(h.waarden, '{{{{}}}}') || t.bij || t.waarden AS w FROM {STAGING} t
      LEFT JOIN ({{huidig}}) h ON h.sleutel = t.sleutel
      WHERE t.invoer_id = %s AND t.soort = %s AND t.stand NOT IN ('fout', 'gelijk')) e
WHERE s.id = e.id AND NOT coalesce(({{eis}}), false)
"""  # noqa: S608


def voer_uit(opdracht: Opdracht) -> int:
    """Run a statement and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(opdracht.sql, opdracht.parameters)
        geraakt: int = cursor.rowcount
    return geraakt


def vraag(sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a SELECT and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rijen: list[tuple[Any, ...]] = cursor.fetchall()
    return rijen


def zonder_lus() -> None:
    """Keep the planner from joining row by row, until the end of the transaction.

    It has no statistics of rows that were written a moment ago, and takes ten thousand of them for one.
    """
    voer_uit(Opdracht("SET LOCAL enable_nestloop = off"))


def met_lus() -> None:
    """Let the planner choose again."""
    voer_uit(Opdracht("SET LOCAL enable_nestloop = on"))


class Vergelijking:
    """Compares the staged values of one import with its version. `kolommen` are the columns that the file has."""

    def __init__(
        self, invoer: int, versie: Versie, bestemmingen: Sequence[Bestemming], kolommen: Iterable[str]
    ) -> None:
        self.invoer, self.versie, self.bestemmingen = invoer, versie, bestemmingen
        self._kolommen = set(kolommen)

    @property
    def jaar(self) -> int:
        """The year of the document: in it a taakveld must hold."""
        return self.versie.document.jaar

    def kolommen(self, bestemming: Bestemming) -> list[str]:
        """Return which columns of a table the file fills: its key always, and what it names."""
        return [naam for naam in bestemming.velden if naam in bestemming.sleutel or naam in self._kolommen]

    def huidig(self, bestemming: Bestemming) -> Opdracht:
        """Return the SELECT of what the version has now."""
        return bestemming.huidig(self.versie.pk, self.kolommen(bestemming))

    def bewaar(self, waarden: Iterable[Waarde]) -> None:
        """Write what the rows of a file say to the staging table, each beside what the version has now."""
        per_soort: dict[str, list[dict[str, Any]]] = {bestemming.naam: [] for bestemming in self.bestemmingen}
        for waarde in waarden:
            per_soort[waarde.soort].append(waarde.als_voorwerp())
        zonder_lus()
        for bestemming in self.bestemmingen:
            rijen = per_soort[bestemming.naam]
            huidig = self.huidig(bestemming)
            for begin in range(0, len(rijen), PER_KEER):
                stuk = _json(rijen[begin : begin + PER_KEER])
                parameters = [self.invoer, bestemming.naam, bestemming.alleen_nieuw, stuk, *huidig.parameters]
                voer_uit(Opdracht(BEWAAR.format(huidig=huidig.sql), parameters))
        met_lus()

    def doe(self) -> None:
        """Check everything that was written: references, double keys, what each table asks."""
        for bestemming in self.bestemmingen:
            for verwijzing in bestemming.verwijzingen(self.kolommen(bestemming)):
                if verwijzing.fk.name not in {"regel", "partij"} or bestemming.naam == "partijcijfers":
                    self._controleer(bestemming, verwijzing)
        zonder_lus()
        for bestemming in self.bestemmingen:
            self._dubbel(bestemming)
            self._eisen(bestemming)
            if bestemming.geteld:
                voer_uit(Opdracht(DUBBEL_GETELD, [bestemming.sleutel[-1], self.invoer, bestemming.naam]))
        met_lus()

    def _dubbel(self, bestemming: Bestemming) -> None:
        if not bestemming.geteld and not bestemming.alleen_nieuw:
            naam = bestemming.naam
            wijziging = naam == "bedrag" and "wijziging" not in self._kolommen
            voer_uit(Opdracht(DUBBEL, [self.invoer, naam, WIJZIGING if wijziging else WEG, self.invoer, naam]))
        elif bestemming.alleen_nieuw:
            # The same party may stand in many rows; it is added once.
            voer_uit(
                Opdracht(
                    f"DELETE FROM {STAGING} s USING {STAGING} e WHERE s.invoer_id = %s AND s.soort = %s "  # noqa: S608
                    "AND e.invoer_id = s.invoer_id AND e.soort = s.soort AND e.sleutel = s.sleutel AND e.id < s.id",
                    [self.invoer, bestemming.naam],
                )
            )

    def _eisen(self, bestemming: Bestemming) -> None:
        for eis, melding in bestemming.eisen:
            huidig = bestemming.huidig(self.versie.pk, list(bestemming.velden))
            voer_uit(
                Opdracht(
                    EIS.format(huidig=huidig.sql, eis=eis.replace("w ->>", "e.w ->>").replace("%", "%%")),
                    [melding, *huidig.parameters, self.invoer, bestemming.naam],
                )
            )

    # --- references -------------------------------------------------------------------------------------------------

    def _controleer(self, bestemming: Bestemming, verwijzing: Verwijzing) -> None:
        """Mark the rows that refer to what the version does not have, with what comes near."""
        lijst = ", ".join(f"s.waarden ->> '{kolom}'" for kolom in verwijzing.kolommen)
        paren = ", ".join(f"'{kolom}', s.waarden ->> '{kolom}'" for kolom in verwijzing.kolommen)
        gevuld = " OR ".join(f"coalesce(s.waarden ->> '{kolom}', '') <> ''" for kolom in verwijzing.kolommen)
        zoek = verwijzing.zoek(self.versie.pk, self.jaar, "v.waarden")
        onbekend = vraag(
            f"SELECT v.w FROM (SELECT DISTINCT ARRAY[{lijst}] AS w, jsonb_build_object({paren}) AS waarden "  # noqa: S608
            f"FROM {STAGING} s WHERE s.invoer_id = %s AND s.soort = %s AND s.stand <> 'fout' AND ({gevuld})) v "
            f"WHERE {zoek.sql} IS NULL",
            [self.invoer, bestemming.naam, *zoek.parameters],
        )
        if not onbekend:
            return
        bekend = self._bekend(verwijzing)
        for (waarden,) in onbekend:
            waarde = " ".join(deel or "" for deel in waarden).strip()
            melding = _onbekend(verwijzing.fk.name, waarde, bekend, self.jaar)
            voer_uit(
                Opdracht(
                    f"UPDATE {STAGING} s SET stand = 'fout', fouten = s.fouten || "  # noqa: S608
                    "jsonb_build_array(jsonb_build_array(s.plaats, %s::text, %s::text, %s::text)) "
                    f"WHERE s.invoer_id = %s AND s.soort = %s AND ARRAY[{lijst}] = %s::text[]",
                    [verwijzing.kolommen[0], waarde, melding, self.invoer, bestemming.naam, waarden],
                )
            )

    def _bekend(self, verwijzing: Verwijzing) -> list[str]:
        """Return what there is to refer to, as text."""
        rijen = verwijzing.model._default_manager.all()
        if issubclass(verwijzing.model, Versiegebonden):
            rijen = rijen.filter(versie=self.versie.pk)
        namen = [veld.name for veld in verwijzing.velden]
        return sorted({" ".join(str(deel) for deel in rij) for rij in rijen.values_list(*namen)})


def _onbekend(naam: str, waarde: str, bekend: Sequence[str], jaar: int) -> str:
    """Return what is wrong with a reference: "Pakket '1H' bestaat niet in deze begroting. Bedoelt u '1E' of '1F'?" """
    wat = NAMEN.get(naam, naam.capitalize())
    waar = f"in {jaar}" if naam == "taakveld" else "in deze begroting"
    gelijk = {code: difflib.SequenceMatcher(None, waarde.casefold(), code.casefold()).ratio() for code in bekend}
    dichtbij = sorted((code for code in bekend if gelijk[code] >= 0.5), key=lambda code: (-gelijk[code], code))[:2]
    if naam == "kolom":
        lijst = ", ".join(bekend) or "geen enkele kolom"
        return f"Kolom '{waarde}' staat niet {waar}. Er is: {lijst}. Voeg de kolom eerst toe, of kies een van deze."
    keuze = " of ".join(f"'{code}'" for code in dichtbij)
    bedoelt = f" Bedoelt u {keuze}?" if keuze else ""
    maak = "" if naam == "taakveld" else f" Of maak {wat.lower()} {waarde} eerst aan."
    return f"{wat} '{waarde}' bestaat niet {waar}.{bedoelt}{maak}"
