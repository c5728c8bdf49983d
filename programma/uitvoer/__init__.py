"""Exports of a version, and of any filter of it: CSV, rows and JSON, the same bytes always (ONTWERP.md section 5).

A filter is a `Selectie`, read from an address by `lees_selectie`; `lees_keuzes` and `keur` say whether the version has
what it names. `samenvatting` says what it leaves before anything is downloaded.
"""

from programma.uitvoer.afdruk import Vingerafdruk, meet
from programma.uitvoer.datapakket import Datapakketstuk, datapackage, sha256sums
from programma.uitvoer.json_document import begroting_json
from programma.uitvoer.keuze import Keuzes, Optie, keur
from programma.uitvoer.lezen import lees_keuzes, lees_proef, samenvatting
from programma.uitvoer.regels import KOP, Programmadeel, begroting_csv, programmas, regels_sql, rijen, waarden
from programma.uitvoer.schema import BEGROTING_SCHEMA, SCHEMA_ADRES
from programma.uitvoer.selectie import ALLES, PARAMETERS, Selectie, Selectiefout, lees_selectie, selectiefout
from programma.uitvoer.sommen import Samenvatting
from programma.uitvoer.stuk import Proef, Uitvoerstuk

__all__ = [
    "ALLES",
    "BEGROTING_SCHEMA",
    "KOP",
    "PARAMETERS",
    "SCHEMA_ADRES",
    "Datapakketstuk",
    "Keuzes",
    "Optie",
    "Proef",
    "Programmadeel",
    "Samenvatting",
    "Selectie",
    "Selectiefout",
    "Uitvoerstuk",
    "Vingerafdruk",
    "begroting_csv",
    "begroting_json",
    "datapackage",
    "keur",
    "lees_keuzes",
    "lees_proef",
    "lees_selectie",
    "meet",
    "programmas",
    "regels_sql",
    "rijen",
    "samenvatting",
    "selectiefout",
    "sha256sums",
    "waarden",
]
