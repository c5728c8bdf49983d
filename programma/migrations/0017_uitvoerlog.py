"""The export log: who took which file behind the login, and how that ended. See decision 0013.

Append-only, also for the owner; the site reads and adds. The moments are the database's own clock, whatever is inserted,
and the site may not choose the number of a row: who has its role can add a row, but not one of yesterday.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

SITE = "veiligheid_site"
TABELLEN = ("uitlevering", "afloop")

FUNCTIE = """
CREATE FUNCTION bewaak_op() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.op := clock_timestamp();
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION bewaak_op() FROM PUBLIC;
"""
PER_TABEL = f"""
CREATE TRIGGER bewaak_op BEFORE INSERT ON programma_{{tabel}}
  FOR EACH ROW EXECUTE FUNCTION bewaak_op();
CREATE TRIGGER bewaak_alleen_toevoegen BEFORE UPDATE OR DELETE ON programma_{{tabel}}
  FOR EACH ROW EXECUTE FUNCTION bewaak_alleen_toevoegen();
CREATE TRIGGER bewaak_legen BEFORE TRUNCATE ON programma_{{tabel}}
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_alleen_toevoegen();
REVOKE ALL ON programma_{{tabel}} FROM {SITE};
GRANT SELECT, INSERT ON programma_{{tabel}} TO {SITE};
"""
TERUG_PER_TABEL = """
DROP TRIGGER bewaak_legen ON programma_{tabel};
DROP TRIGGER bewaak_alleen_toevoegen ON programma_{tabel};
DROP TRIGGER bewaak_op ON programma_{tabel};
"""
# What is before what goes by the number: all columns but that one.
ZONDER_NUMMER = f"""
REVOKE INSERT ON programma_uitlevering FROM {SITE};
DO $$ BEGIN
  EXECUTE format('GRANT INSERT (%s) ON programma_uitlevering TO {SITE}', (
    SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
    WHERE attrelid = 'programma_uitlevering'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id'));
END $$;
"""
VASTLEGGEN = "SELECT bewaking_vastleggen();"


def _per(vorm):
    return "".join(vorm.format(tabel=tabel) for tabel in TABELLEN)


def geef_rechten(apps, schema_editor):
    """Let the auditor read the log of everybody. Others see what they took themselves, by their right to read versions."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    soort, _ = ContentType.objects.get_or_create(app_label="programma", model="uitlevering")
    kijken, _ = Permission.objects.get_or_create(
        content_type=soort, codename="view_uitlevering", defaults={"name": "Can view uitlevering"}
    )
    for groep in apps.get_model("auth", "Group").objects.filter(name="auditor"):
        groep.permissions.add(kijken)


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0016_bewaarde_bestanden"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Uitlevering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("op", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="op")),
                ("document", models.CharField(blank=True, max_length=100, verbose_name="document")),
                ("titel", models.CharField(blank=True, max_length=200, verbose_name="titel")),
                ("versienummer", models.PositiveIntegerField(null=True, verbose_name="nummer van de versie")),
                ("versiestatus", models.CharField(blank=True, max_length=12, verbose_name="status van de versie")),
                ("bestand", models.CharField(max_length=300, verbose_name="bestand")),
                ("vorm", models.CharField(max_length=20, verbose_name="vorm")),
                ("vraag", models.TextField(blank=True, verbose_name="filter")),
                ("rijen", models.PositiveBigIntegerField(null=True, verbose_name="aantal rijen")),
                ("sommen", models.JSONField(default=dict, verbose_name="sommen per soort")),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="door",
                    ),
                ),
                (
                    "versie",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="uitleveringen",
                        to="programma.versie",
                        verbose_name="versie",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitlevering",
                "verbose_name_plural": "uitvoerlog",
                "ordering": ["-id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Afloop",
            fields=[
                (
                    "uitlevering",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="afloop",
                        serialize=False,
                        to="programma.uitlevering",
                        verbose_name="uitlevering",
                    ),
                ),
                ("op", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="op")),
                ("voltooid", models.BooleanField(verbose_name="voltooid")),
                ("rijen", models.PositiveBigIntegerField(null=True, verbose_name="aantal rijen")),
                ("omvang", models.PositiveBigIntegerField(verbose_name="omvang in bytes")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="sha256")),
            ],
            options={
                "verbose_name": "afloop van een uitlevering",
                "verbose_name_plural": "afloop van uitleveringen",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("voltooid", True)),
                            models.Q(("sha256", ""), ("voltooid", False)),
                            _connector="OR",
                        ),
                        name="afloop_sha256_van_het_geheel",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="uitlevering",
            index=models.Index(
                models.F("document"),
                models.F("bestand"),
                models.F("vorm"),
                django.db.models.functions.text.MD5("vraag"),
                models.F("id"),
                name="uitlevering_zelfde",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitlevering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("document", ""), ("versie__isnull", True), ("versienummer__isnull", True), ("versiestatus", "")
                    ),
                    models.Q(
                        ("versie__isnull", False),
                        ("versienummer__isnull", False),
                        models.Q(("document", ""), _negated=True),
                        models.Q(("versiestatus", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="uitlevering_versie_volledig",
            ),
        ),
        migrations.RunSQL(
            FUNCTIE + _per(PER_TABEL) + ZONDER_NUMMER + VASTLEGGEN,
            _per(TERUG_PER_TABEL) + "DROP FUNCTION bewaak_op();" + VASTLEGGEN,
        ),
        migrations.RunPython(geef_rechten, migrations.RunPython.noop),
    ]
