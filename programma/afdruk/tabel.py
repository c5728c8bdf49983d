"""A table of the page as data for the typesetter: the same headers, rows and words."""

from __future__ import annotations

from programma.afdruk.opmaak import Gegevens
from veiligheid.tables import Tabel


def tabelblok(tabel: Tabel) -> Gegevens:
    """Return a table. The first column heads the rows; `nu` marks the column of the document year."""
    return {
        "soort": "tabel",
        "titel": tabel.titel,
        "eenheid": tabel.eenheid,
        "koppen": [
            {
                "tekst": tekst,
                "onder": onderschrift,
                "getal": "getal" in klasse.split(),
                "nu": "nu" in klasse.split(),
            }
            for tekst, onderschrift, klasse in tabel.koppen
        ],
        "groepen": [
            {
                "kop": kop,
                "rijen": [
                    {"kop": rij.tekst, "onder": rij.onderschrift, "klasse": rij.klasse, "cellen": list(rij.cellen)}
                    for rij in rijen
                ],
            }
            for kop, rijen in tabel.kale_lichamen()
        ],
    }
