"""More kinds of files that are made right after a publication: workbooks and the dossier, beside the PDFs of 0014.

The same guards as for a PDF: what is added stays, its bytes must be there at the commit, and have the sha256 of its row.
The function of 0003 is changed in place, as in 0009 and 0014.
"""

from django.db import migrations

OUD, NIEUW = "naam NOT LIKE '%.pdf'", r"naam !~ '\.(pdf|xlsx|zip)$'"

TREKKER = """
DROP TRIGGER bewaak_bestand_heeft_inhoud ON programma_bestand;
CREATE CONSTRAINT TRIGGER bewaak_bestand_heeft_inhoud AFTER INSERT ON programma_bestand DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN ({wanneer}) EXECUTE FUNCTION bewaak_bestand_heeft_inhoud();
SELECT bewaking_vastleggen();
"""


def _herschrijf(schema_editor, oud, nieuw):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('bewaak_bestand()'::regprocedure)")
        tekst = cursor.fetchone()[0]
        if tekst.count(oud) != 1:
            raise RuntimeError(f"bewaak_bestand() is not what this migration changes: {oud}")
        cursor.execute(tekst.replace(oud, nieuw))


def bewaak(apps, schema_editor):
    """Let a published version have PDFs, workbooks and a ZIP added."""
    _herschrijf(schema_editor, OUD, NIEUW)


def bewaak_als_voorheen(apps, schema_editor):
    """Let a published version have PDFs added."""
    _herschrijf(schema_editor, NIEUW, OUD)


class Migration(migrations.Migration):
    dependencies = [("programma", "0015_partijen_bbv15")]

    operations = [
        migrations.RunSQL(
            TREKKER.format(wanneer=r"NEW.naam ~ '\.(pdf|xlsx|zip)$'"),
            TREKKER.format(wanneer="NEW.naam LIKE '%.pdf'"),
        ),
        migrations.RunPython(bewaak, bewaak_als_voorheen),
    ]
