"""The lines of a version as one JSON document, in one stream with constant memory, the same bytes on any machine.

PostgreSQL writes each line with its amounts, as text. What is of this version alone (number, controlesom, anker) stands
under `versie`, so two versions with the same content differ there and nowhere else. There is no moment in it and no
status: a decision of the council or a withdrawal comes later, and the file stays what it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from programma.inhoud import Uitgave
from programma.uitvoer.regels import DEEL, Programmadeel, gekozen, per_programma, programmas, voorwaarden
from programma.uitvoer.schema import SCHEMA_ADRES
from programma.uitvoer.selectie import ALLES, Selectie
from veiligheid.exports import BLOK, Deel

# Everything but the lines. A printed total stays in when all lines under it do: see `_totalen_blijven`.
BOVENKANT = """
SELECT json_build_object(
  'kolommen', (SELECT json_agg(json_build_array(fase, jaar) ORDER BY jaar, fase COLLATE "C")
               FROM programma_kolom WHERE versie_id = %(versie)s),
  'programmas', (SELECT json_agg(json_build_array(code, naam, slug, soort) ORDER BY code COLLATE "C")
                 FROM programma_programma WHERE versie_id = %(versie)s),
  'pakketten', (SELECT json_agg(json_build_array(p.code, k.code, k.naam, k.restpost)
                                ORDER BY p.code COLLATE "C", k.code COLLATE "C")
                FROM programma_pakket k JOIN programma_programma p ON p.id = k.programma_id
                WHERE k.versie_id = %(versie)s),
  'wijzigingen', (SELECT json_agg(json_build_array(nummer, soort, titel, raadsbesluit) ORDER BY nummer COLLATE "C")
                  FROM programma_wijziging WHERE versie_id = %(versie)s),
  'gedrukte_totalen', (SELECT json_agg(json_build_array(p.code, k.code, g.grootheid, l.fase, l.jaar, g.euro::text,
                                                        g.eenheid)
                         ORDER BY p.code COLLATE "C" NULLS FIRST, k.code COLLATE "C" NULLS FIRST,
                                  g.grootheid COLLATE "C", l.jaar, l.fase COLLATE "C")
                       FROM programma_gedrukttotaal g JOIN programma_kolom l ON l.id = g.kolom_id
                       LEFT JOIN programma_programma p ON p.id = g.programma_id
                       LEFT JOIN programma_pakket k ON k.id = g.pakket_id
                       WHERE g.versie_id = %(versie)s)
)::text
"""
LIJSTEN = {
    "kolommen": ("fase", "jaar"),
    "programmas": ("code", "naam", "slug", "soort"),
    "pakketten": ("programma", "code", "naam", "restpost"),
    "wijzigingen": ("nummer", "soort", "titel", "raadsbesluit"),
    "gedrukte_totalen": ("programma", "pakket", "grootheid", "fase", "jaar", "bedrag", "eenheid"),
}


def regels_sql(selectie: Selectie) -> str:
    """Return the SELECT of one programme's lines, each one text: a JSON object with its amounts, in order."""
    van_regels, van_bedragen = voorwaarden(selectie)
    return f"""
SELECT r.begin || string_agg(
         '{{"fase":"' || l.fase || '","jaar":' || l.jaar || ',"bedrag":"' || b.euro || '","bronprecisie":'
         || b.bronprecisie || ',"wijziging":' || coalesce(to_json(w.nummer)::text, 'null') || '}}', ','
         ORDER BY l.jaar, l.fase COLLATE "C", w.nummer COLLATE "C" NULLS FIRST) || ']}}'
FROM (SELECT r.id,
             '{{"programma":' || to_json(p.code)::text || ',"pakket":' || to_json(k.code)::text || ',"regel":"'
             || r.sleutel || '","soort":"' || r.soort || '","omschrijving":' || to_json(r.omschrijving)::text
             || ',"taakveld":' || coalesce(to_json(t.code)::text, 'null') || ',"incidenteel":'
             || CASE r.incidenteel WHEN 'onbekend' THEN 'null' ELSE '"' || r.incidenteel || '"' END
             || ',"bedragen":[' AS begin,
             row_number() OVER (ORDER BY k.code COLLATE "C", r.soort COLLATE "C", r.sleutel COLLATE "C") AS plaats
      FROM programma_programma p
      JOIN programma_pakket k ON k.programma_id = p.id
      JOIN programma_begrotingsregel r ON r.pakket_id = k.id
      LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
      WHERE {DEEL}{van_regels}) r
JOIN programma_bedrag b ON b.regel_id = r.id
JOIN programma_kolom l ON l.id = b.kolom_id{van_bedragen}
LEFT JOIN programma_wijziging w ON w.id = b.wijziging_id
GROUP BY r.plaats, r.begin
ORDER BY r.plaats
"""  # noqa: S608 - the expressions come from this module, never from a visitor


def begroting_json(
    uitgave: Uitgave, selectie: Selectie = ALLES, delen: list[Programmadeel] | None = None
) -> Iterator[bytes]:
    """Return the lines of a version that a filter leaves, as one JSON document (`programma.uitvoer.schema`).

    Amounts are text with two decimals, in euros, with the stored sign: no reader makes floats of them. Lists of what
    the lines refer to are those of the filter. What is needed first is read at once; the lines while the caller reads.
    """
    delen = programmas(uitgave) if delen is None else delen
    boven = _bovenkant(uitgave, selectie, {deel.code for deel in gekozen(delen, selectie)})
    return _blokken(boven, _regels(per_programma(regels_sql(selectie), uitgave, selectie, delen)))


def _bovenkant(uitgave: Uitgave, selectie: Selectie, codes: set[str]) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(BOVENKANT, {"versie": uitgave.versie_id})
        data: dict[str, Any] = json.loads(cursor.fetchone()[0])
    lijsten = {
        naam: [dict(zip(velden, rij, strict=True)) for rij in data[naam] or ()] for naam, velden in LIJSTEN.items()
    }
    hoofd: dict[str, object] = {
        "$schema": SCHEMA_ADRES,
        "document": {
            "naam": uitgave.document_slug,
            "soort": uitgave.document_soort,
            "jaar": uitgave.jaar,
            "titel": uitgave.titel,
        },
        "versie": {
            "nummer": uitgave.nummer,
            "controlesom": uitgave.controlesom or None,
            "anker": uitgave.anker or None,
        },
        "selectie": selectie.parameters(),
        "kolommen": [rij for rij in lijsten["kolommen"] if _in_kolom(selectie, rij)],
        "programmas": [rij for rij in lijsten["programmas"] if rij["code"] in codes],
        "pakketten": [
            rij
            for rij in lijsten["pakketten"]
            if rij["programma"] in codes and (not selectie.pakket or rij["code"] in selectie.pakket)
        ],
        "wijzigingen": lijsten["wijzigingen"],
        "gedrukte_totalen": [rij for rij in lijsten["gedrukte_totalen"] if _totaal_blijft(selectie, rij)],
    }
    return b"{\n" + b",\n".join(_veld(naam, waarde) for naam, waarde in hoofd.items()) + b',\n"regels": [\n'


def _veld(naam: str, waarde: object) -> bytes:
    """Return a field; of a list each element has its own line, so that two files can be compared line by line."""
    if isinstance(waarde, list) and waarde:
        return f'"{naam}": [\n'.encode() + b",\n".join(map(_compact, waarde)) + b"\n]"
    return f'"{naam}": '.encode() + _compact(waarde)


def _compact(waarde: object) -> bytes:
    return json.dumps(waarde, ensure_ascii=False, separators=(",", ":")).encode()


def _in_kolom(selectie: Selectie, rij: dict[str, Any]) -> bool:
    return rij["fase"] in (selectie.fase or {rij["fase"]}) and rij["jaar"] in (selectie.jaar or {rij["jaar"]})


def _totaal_blijft(selectie: Selectie, rij: dict[str, Any]) -> bool:
    """Return whether the document holds every line under a printed total: else it would seem not to agree."""
    if selectie.taakveld or selectie.soort or selectie.gewijzigd_sinds or not _in_kolom(selectie, rij):
        return False
    if selectie.pakket and rij["pakket"] not in selectie.pakket:
        return False
    return not selectie.programma or rij["programma"] in selectie.programma


def _regels(delen: Iterable[Deel]) -> Iterator[bytes]:
    """Yield each line as PostgreSQL wrote it, with a line feed behind it.

    JSON text holds no control character, so with two of them as delimiter and quote COPY has nothing to escape.
    """
    with connection.cursor() as cursor:
        for deel in delen:
            opdracht = f"COPY ({deel.sql}) TO STDOUT (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"
            with cursor.cursor.copy(opdracht, deel.parameters) as kopie:
                for rij in kopie:
                    yield bytes(rij)


def _blokken(boven: bytes, regels: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the document in blocks of about 64 KiB; the first line does not wait for the second."""
    buffer, eerste = bytearray(boven), True
    for regel in regels:
        buffer += regel[:-1] if eerste else b",\n" + regel[:-1]
        if eerste or len(buffer) >= BLOK:
            yield bytes(buffer)
            buffer.clear()
        eerste = False
    yield bytes(buffer) + (b"]\n}\n" if eerste else b"\n]\n}\n")
