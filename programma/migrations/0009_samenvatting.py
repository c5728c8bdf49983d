"""Submitting says what was changed, and whoever submitted can take that back.

`samenvatting` changes only with the step from concept to ingediend, and is never empty there; the step records it. On
every other step `bewaak_versie` refuses it, as it does each column that a step does not name: also on a published
version, also for a superuser. The way back records who took it: the submitter (trek_indiening_in, a reason is optional)
or a colleague (stuur_terug, with a reason).

The two functions of 0003 are changed in place, line by line. A whole new text would silently undo what another
migration did to them; this fails when it does not find exactly what it changes.
"""

from django.db import migrations, models

EIGEN = "nullif(current_setting('veiligheid.door', true), '')::bigint IS NOT DISTINCT FROM OLD.ingediend_door_id"

WIJZIGINGEN = {
    "bewaak_versie()": [
        (
            "ARRAY['status', 'reden', 'ingediend_op', 'ingediend_door_id']",
            "ARRAY['status', 'reden', 'samenvatting', 'ingediend_op', 'ingediend_door_id']",
        ),
        (
            "NEW.reden = '' OR NEW.ingediend_op IS NOT NULL",
            f"(NEW.reden = '' AND NOT {EIGEN}) OR NEW.ingediend_op IS NOT NULL",
        ),
        (
            "  IF 'vastgesteld_op' = ANY (gewijzigd) OR",
            r"""  IF NEW.status = 'ingediend' AND OLD.status = 'concept' AND NEW.samenvatting !~ '[^\s]' THEN
    PERFORM bewaak_weiger('Indienen kan alleen met een samenvatting van de wijziging.', TG_TABLE_NAME);
  END IF;
  IF 'vastgesteld_op' = ANY (gewijzigd) OR""",
        ),
    ],
    "bewaak_stappen()": [
        (
            "WHEN 'ingediend > concept' THEN stap := 'stuur_terug';",
            "WHEN 'ingediend > concept' THEN"
            f" stap := CASE WHEN {EIGEN} THEN 'trek_indiening_in' ELSE 'stuur_terug' END;",
        ),
        (
            "CASE WHEN stap IN ('stuur_terug', 'trek_in') THEN NEW.reden ELSE '' END",
            "CASE WHEN stap = 'dien_in' THEN NEW.samenvatting"
            " WHEN stap IN ('stuur_terug', 'trek_indiening_in', 'trek_in') THEN NEW.reden ELSE '' END",
        ),
    ],
}


def _herschrijf(schema_editor, terug=False):
    with schema_editor.connection.cursor() as cursor:
        for functie, paren in WIJZIGINGEN.items():
            cursor.execute("SELECT pg_get_functiondef(%s::regprocedure)", [functie])
            tekst = cursor.fetchone()[0]
            for paar in paren:
                oud, nieuw = reversed(paar) if terug else paar
                if tekst.count(oud) != 1:
                    raise RuntimeError(f"{functie} is not what this migration changes: {oud}")
                tekst = tekst.replace(oud, nieuw)
            cursor.execute(tekst)


def bewaak(apps, schema_editor):
    """Let the guards know the new column and the new step."""
    _herschrijf(schema_editor)


def bewaak_als_voorheen(apps, schema_editor):
    """Give the guards their old text."""
    _herschrijf(schema_editor, terug=True)


class Migration(migrations.Migration):
    # Of the same time; this one came in later, whatever its number says.
    dependencies = [("programma", "0008_bewaak_historie")]

    operations = [
        migrations.AddField(
            model_name="versie",
            name="samenvatting",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Wat er anders is en waarom, voor wie goedkeurt. Geschreven bij het indienen.",
                max_length=500,
                verbose_name="samenvatting van de wijziging",
            ),
        ),
        # The history knows every row in its new form.
        migrations.RunSQL("SELECT historie_bijwerken('programma_versie', 'migratie')", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="stap",
            name="werkwoord",
            field=models.CharField(
                choices=[
                    ("maak_concept", "concept gemaakt"),
                    ("dien_in", "ingediend"),
                    ("stuur_terug", "teruggestuurd"),
                    ("trek_indiening_in", "indiening ingetrokken"),
                    ("keur_goed", "goedgekeurd"),
                    ("plan", "publicatie gepland"),
                    ("publiceer", "gepubliceerd"),
                    ("stel_vast", "raadsbesluit vastgelegd"),
                    ("trek_in", "ingetrokken"),
                ],
                max_length=20,
                verbose_name="stap",
            ),
        ),
        migrations.RunPython(bewaak, bewaak_als_voorheen),
    ]
