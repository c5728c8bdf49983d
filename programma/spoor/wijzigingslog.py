"""wijzigingslog.csv: the whole history in one file, with everything that is hashed, so that it can be checked
elsewhere.

One row per event, link by link, so that whoever reads it can compute each event and each link in one pass. What people
like to see (wie, document, versienummer) stands at the end and is not hashed. Only the whole proves the chain; of a
part the name of the file says that it is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from programma.spoor.moment import een_moment
from veiligheid.exports import Deel, beveilig_sql, csv_bytes

KOP = (
    *("nummer", "transactie", "tabel", "rij", "versie", "soort", "op", "door", "databaserol", "via", "herkomst"),
    *("oud", "nieuw", "sha256"),
    *("schakel", "schakel_op", "schakel_aantal", "schakel_vorige", "schakel_sha256"),
    *("wie", "document", "versienummer"),
)
_MOMENT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_TEKSTEN = ("g.tabel", "g.databaserol", "g.via", "g.herkomst", "g.oud", "g.nieuw", "u.username")
_VAST = {naam.split(".")[1]: beveilig_sql(naam) for naam in _TEKSTEN}

# Walked by index in the order in which it is written: nothing is sorted, and the first row comes at once.
INSTELLINGEN = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off"
_SELECT = f"""
SELECT g.id, g.transactie, {_VAST["tabel"]}, g.rij, g.versie_id, {beveilig_sql("g.soort")}, {_MOMENT.format("g.op")},
       g.door_id, {_VAST["databaserol"]}, {_VAST["via"]}, {_VAST["herkomst"]}, {_VAST["oud"]}, {_VAST["nieuw"]},
       g.afdruk,
       s.id, {_MOMENT.format("s.op")}, s.aantal, s.vorige, s.afdruk, {_VAST["username"]}, d.slug, v.nummer
FROM {{bron}}
LEFT JOIN auth_user u ON u.id = g.door_id
LEFT JOIN programma_versie v ON v.id = g.versie_id
LEFT JOIN programma_document d ON d.id = v.document_id
WHERE {{voorwaarde}}
"""  # noqa: S608 - our own text
_HOORT_BIJ = "g.transactie = s.transactie AND g.id BETWEEN s.eerste AND s.laatste"
GEZEGELD = f"programma_schakel s JOIN programma_gebeurtenis g ON {_HOORT_BIJ}"
# Events of no link: only tampering leaves them. They come last.
LOS = "programma_gebeurtenis g LEFT JOIN programma_schakel s ON false"
IS_LOS = f"NOT EXISTS (SELECT FROM programma_schakel s WHERE {_HOORT_BIJ})"


@dataclass(frozen=True, slots=True)
class Snede:
    """Which part of the history: of one version (its key), since a day; by default all of it."""

    versie: int | None = None
    sinds: date | None = None

    @property
    def bestandsnaam(self) -> str:
        """What the file is called. A part says so: it cannot prove the chain."""
        delen = [f"versie-{self.versie}"] if self.versie is not None else []
        delen += [f"sinds-{self.sinds}"] if self.sinds is not None else []
        return "-".join(["wijzigingslog", "deel", *delen]) + ".csv" if delen else "wijzigingslog.csv"

    @property
    def voorwaarde(self) -> str:
        """The SQL condition; parameters `versie` and `sinds`. A day begins at midnight in the zone of the session."""
        delen = ["true"]
        delen += ["g.versie_id = %(versie)s"] if self.versie is not None else []
        delen += ["g.op >= %(sinds)s::date::timestamptz"] if self.sinds is not None else []
        return " AND ".join(delen)


def wijzigingslog_csv(snede: Snede) -> Iterator[bytes]:
    """Yield the history as CSV, in constant memory, all of it as it was when the reading began."""
    parameters = {"versie": snede.versie, "sinds": snede.sinds}
    gezegeld = _SELECT.format(bron=GEZEGELD, voorwaarde=snede.voorwaarde) + "ORDER BY s.id, g.id"
    los = _SELECT.format(bron=LOS, voorwaarde=f"{snede.voorwaarde} AND {IS_LOS}") + "ORDER BY g.id"
    with een_moment(INSTELLINGEN):
        yield from csv_bytes(KOP, [Deel(gezegeld, parameters), Deel(los, parameters)])
