"""The PDFs of a publication: their bytes, kept with the file that names their sha256.

A CSV is recorded in the publication itself; a PDF is made right after it, so `bewaak_bestand` lets a published version
have PDFs added, and nothing else. What is added stays: a name is taken once, and no row of a file can change. The bytes
are not in the history, which would hold them twice; the row of the file is, and its sha256 has to be theirs.

The function of 0003 is changed in place, as in 0009.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

SITE = "veiligheid_site"

WIJZIGINGEN = [
    (
        "SELECT nummer, status FROM programma_versie WHERE id IN (SELECT versie_id FROM nieuw)",
        "SELECT id, nummer, status FROM programma_versie WHERE id IN (SELECT versie_id FROM nieuw)",
    ),
    (
        "IF rij.status <> 'ingediend' THEN",
        "IF rij.status <> 'ingediend' AND (rij.status <> 'gepubliceerd' OR EXISTS ("
        "SELECT FROM nieuw WHERE versie_id = rij.id AND naam NOT LIKE '%.pdf')) THEN",
    ),
]

FUNCTIES = f"""
CREATE FUNCTION bewaak_bestandinhoud() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE rij record;
BEGIN
  SELECT b.naam, b.omvang, b.sha256, v.controlesom INTO rij
  FROM programma_bestand b JOIN programma_versie v ON v.id = b.versie_id WHERE b.id = NEW.bestand_id;
  IF rij.naam IS NULL OR rij.omvang <> length(NEW.inhoud) OR rij.sha256 <> encode(sha256(NEW.inhoud), 'hex')
     OR rij.controlesom = '' OR rij.controlesom <> NEW.controlesom THEN
    PERFORM bewaak_weiger(format('De inhoud is niet die van bestand %s van deze publicatie.', coalesce(rij.naam, '?')),
                          TG_TABLE_NAME);
  END IF;
  RETURN NEW;
END $$;

-- Who sees a PDF named, can have it: at the commit its bytes must be there.
CREATE FUNCTION bewaak_bestand_heeft_inhoud() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM programma_bestandinhoud WHERE bestand_id = NEW.id) THEN
    PERFORM bewaak_weiger(format('Van bestand %s ontbreekt de inhoud.', NEW.naam), TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION bewaak_bestandinhoud() FROM PUBLIC;
REVOKE ALL ON FUNCTION bewaak_bestand_heeft_inhoud() FROM PUBLIC;

CREATE TRIGGER bewaak_bestandinhoud BEFORE INSERT ON programma_bestandinhoud
  FOR EACH ROW EXECUTE FUNCTION bewaak_bestandinhoud();
CREATE CONSTRAINT TRIGGER bewaak_bestand_heeft_inhoud AFTER INSERT ON programma_bestand DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.naam LIKE '%.pdf') EXECUTE FUNCTION bewaak_bestand_heeft_inhoud();
CREATE TRIGGER bewaak_alleen_toevoegen BEFORE UPDATE OR DELETE ON programma_bestandinhoud
  FOR EACH ROW EXECUTE FUNCTION bewaak_alleen_toevoegen();
CREATE TRIGGER bewaak_legen BEFORE TRUNCATE ON programma_bestandinhoud
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_alleen_toevoegen();
REVOKE ALL ON programma_bestandinhoud FROM {SITE};
GRANT SELECT, INSERT ON programma_bestandinhoud TO {SITE};
SELECT bewaking_vastleggen();
"""

# Compressed already: trying again would only cost time.
OPSLAG = "ALTER TABLE programma_bestandinhoud ALTER COLUMN inhoud SET STORAGE EXTERNAL"

TERUG = """
DROP TRIGGER bewaak_legen ON programma_bestandinhoud;
DROP TRIGGER bewaak_alleen_toevoegen ON programma_bestandinhoud;
DROP TRIGGER bewaak_bestand_heeft_inhoud ON programma_bestand;
DROP TRIGGER bewaak_bestandinhoud ON programma_bestandinhoud;
DROP FUNCTION bewaak_bestand_heeft_inhoud();
DROP FUNCTION bewaak_bestandinhoud();
SELECT bewaking_vastleggen();
"""


def _herschrijf(schema_editor, terug=False):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('bewaak_bestand()'::regprocedure)")
        tekst = cursor.fetchone()[0]
        for paar in WIJZIGINGEN:
            oud, nieuw = reversed(paar) if terug else paar
            if tekst.count(oud) != 1:
                raise RuntimeError(f"bewaak_bestand() is not what this migration changes: {oud}")
            tekst = tekst.replace(oud, nieuw)
        cursor.execute(tekst)


def bewaak(apps, schema_editor):
    """Let a published version have PDFs added."""
    _herschrijf(schema_editor)


def bewaak_als_voorheen(apps, schema_editor):
    """Let nothing be added to a published version."""
    _herschrijf(schema_editor, terug=True)


class Migration(migrations.Migration):
    dependencies = [("programma", "0011_iv3_en_grafiekkop")]

    operations = [
        migrations.CreateModel(
            name="Bestandinhoud",
            fields=[
                (
                    "bestand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="inhoud",
                        serialize=False,
                        to="programma.bestand",
                        verbose_name="bestand",
                    ),
                ),
                ("controlesom", models.CharField(max_length=64, verbose_name="gemaakt van controlesom")),
                ("gemaakt_met", models.CharField(max_length=60, verbose_name="gemaakt met")),
                (
                    "gemaakt_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gemaakt op"
                    ),
                ),
                ("inhoud", models.BinaryField(verbose_name="inhoud")),
            ],
            options={
                "verbose_name": "inhoud van een bestand",
                "verbose_name_plural": "inhoud van bestanden",
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(OPSLAG, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIES, TERUG),
        migrations.RunPython(bewaak, bewaak_als_voorheen),
    ]
