"""Composite foreign keys: a row and what it refers to are always of the same version.

They replace the single-column keys that Django would make (db_constraint=False on the fields), and are
immediate, so a mistake is refused at the statement and not at the commit.
"""

from django.db import migrations

VERWIJZINGEN = [
    ("pakket", "programma", "programma"),
    ("sectie", "programma", "programma"),
    ("sectie", "pakket", "pakket"),
    ("sectie", "paragraaf", "paragraaf"),
    ("doel", "pakket", "pakket"),
    ("doelindicator", "doel", "doel"),
    ("programmaindicator", "programma", "programma"),
    ("deelname", "programma", "programma"),
    ("deelname", "pakket", "pakket"),
    ("begrotingsregel", "pakket", "pakket"),
    ("bedrag", "regel", "begrotingsregel"),
    ("bedrag", "kolom", "kolom"),
    ("bedrag", "wijziging", "wijziging"),
    ("bedrag", "bron", "bron"),
    ("gedrukttotaal", "programma", "programma"),
    ("gedrukttotaal", "pakket", "pakket"),
    ("gedrukttotaal", "kolom", "kolom"),
]

HEEN = """
ALTER TABLE programma_{tabel} ADD CONSTRAINT {tabel}_{veld}_zelfde_versie
  FOREIGN KEY ({veld}_id, versie_id) REFERENCES programma_{ouder} (id, versie_id);
"""
TERUG = "ALTER TABLE programma_{tabel} DROP CONSTRAINT {tabel}_{veld}_zelfde_versie;"


def _sql(vorm: str) -> str:
    return "\n".join(vorm.format(tabel=tabel, veld=veld, ouder=ouder) for tabel, veld, ouder in VERWIJZINGEN)


class Migration(migrations.Migration):
    dependencies = [("programma", "0001_begin")]

    operations = [migrations.RunSQL(_sql(HEEN), _sql(TERUG))]
