"""Imports: the file as it came, and its rows as they were read. Concept data; see programma.models.invoer."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

LEZERS = ["redacteur", "publicist", "auditor", "beheerder"]

# Staging goes with its import, in the database: there can be a hundred thousand rows of it. What a file was never
# changes, and an import of a version that is fixed stays.
REGELS = """
ALTER TABLE programma_importregel ADD CONSTRAINT importregel_van_import
  FOREIGN KEY (invoer_id) REFERENCES programma_import (id) ON DELETE CASCADE;
ALTER TABLE programma_importwaarde ADD CONSTRAINT importwaarde_van_import
  FOREIGN KEY (invoer_id) REFERENCES programma_import (id) ON DELETE CASCADE;
CREATE TRIGGER bewaak_ouder BEFORE DELETE ON programma_import FOR EACH ROW EXECUTE FUNCTION bewaak_rij();
CREATE TRIGGER bewaak_bestand BEFORE UPDATE OF versie_id, bestandsnaam, sha256, omvang, inhoud, vorm, op, door_id
  ON programma_import FOR EACH ROW
  WHEN ((OLD.versie_id, OLD.bestandsnaam, OLD.sha256, OLD.omvang, OLD.vorm, OLD.op, OLD.door_id)
        IS DISTINCT FROM (NEW.versie_id, NEW.bestandsnaam, NEW.sha256, NEW.omvang, NEW.vorm, NEW.op, NEW.door_id)
        OR OLD.inhoud IS DISTINCT FROM NEW.inhoud)
  EXECUTE FUNCTION bewaak_alleen_toevoegen();
SELECT bewaking_vastleggen();
"""
TERUG = """
DROP TRIGGER bewaak_bestand ON programma_import;
DROP TRIGGER bewaak_ouder ON programma_import;
ALTER TABLE programma_importwaarde DROP CONSTRAINT importwaarde_van_import;
ALTER TABLE programma_importregel DROP CONSTRAINT importregel_van_import;
SELECT bewaking_vastleggen();
"""


def geef_rechten(apps, schema_editor):
    """Let those who read concepts see imports. Who may import follows from the rows that an import writes."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    soort, _ = ContentType.objects.get_or_create(app_label="programma", model="import")
    kijken, _ = Permission.objects.get_or_create(
        content_type=soort, codename="view_import", defaults={"name": "Can view import"}
    )
    # A concept that is thrown away takes its imports along.
    weggooien, _ = Permission.objects.get_or_create(
        content_type=soort, codename="delete_import", defaults={"name": "Can delete import"}
    )
    for groep in Group.objects.filter(name__in=LEZERS):
        groep.permissions.add(kijken, *([weggooien] if groep.name == "redacteur" else []))


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0006_werk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "soort",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("regels", "begrotingsregels met bedragen"),
                            ("programmas", "programma's"),
                            ("pakketten", "pakketten"),
                            ("doelen", "doelen"),
                            ("secties", "teksten"),
                            ("partijen", "verbonden partijen"),
                            ("partijcijfers", "cijfers van verbonden partijen"),
                        ],
                        max_length=20,
                        verbose_name="wat erin staat",
                    ),
                ),
                (
                    "bestandsnaam",
                    models.CharField(
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "[\\x00-\\x1f\\x7f-\\x9f]",
                                "Haal regeleinden, tabs en andere onzichtbare tekens weg: die horen niet in een naam of code.",
                                inverse_match=True,
                            )
                        ],
                        verbose_name="bestandsnaam",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="sha256")),
                ("omvang", models.PositiveIntegerField(verbose_name="omvang in bytes")),
                ("inhoud", models.BinaryField(verbose_name="inhoud")),
                ("vorm", models.CharField(max_length=10, verbose_name="vorm")),
                ("codering", models.CharField(blank=True, max_length=20, verbose_name="codering")),
                ("bladen", models.JSONField(default=list, verbose_name="bladen")),
                ("blad", models.CharField(blank=True, max_length=200, verbose_name="blad")),
                ("waarschuwingen", models.JSONField(default=list, verbose_name="waarschuwingen van de lezer")),
                ("duiding", models.JSONField(default=dict, verbose_name="hoe het bestand gelezen is")),
                (
                    "bronnaam",
                    models.CharField(
                        blank=True,
                        help_text="Wat het is en van wie. Lezers zien dit als bron bij de bedragen.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "[\\x00-\\x1f\\x7f-\\x9f]",
                                "Haal regeleinden, tabs en andere onzichtbare tekens weg: die horen niet in een naam of code.",
                                inverse_match=True,
                            )
                        ],
                        verbose_name="bron",
                    ),
                ),
                ("uitkomst", models.JSONField(default=dict, verbose_name="uitkomst van de controle")),
                ("controle", models.PositiveIntegerField(default=0, verbose_name="aantal controles")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gelezen", "gelezen, nog niet bevestigd"),
                            ("bevestigd", "bevestigd"),
                            ("vervallen", "vervallen"),
                            ("ongedaan", "ongedaan gemaakt"),
                        ],
                        default="gelezen",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gelezen op"
                    ),
                ),
                ("bevestigd_op", models.DateTimeField(blank=True, null=True, verbose_name="bevestigd op")),
                ("ongedaan_op", models.DateTimeField(blank=True, null=True, verbose_name="ongedaan gemaakt op")),
                (
                    "bevestigd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bevestigd door",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gelezen door",
                    ),
                ),
                (
                    "ongedaan_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ongedaan gemaakt door",
                    ),
                ),
                (
                    "versie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to="programma.versie",
                        verbose_name="versie",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Importregel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("blad", models.PositiveSmallIntegerField(verbose_name="nummer van het blad")),
                ("rij", models.PositiveIntegerField(verbose_name="rij")),
                ("cellen", models.JSONField(verbose_name="cellen")),
                (
                    "invoer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="regels",
                        to="programma.import",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "rij van een bestand",
                "verbose_name_plural": "rijen van een bestand",
                "ordering": ["invoer_id", "blad", "rij"],
            },
        ),
        migrations.CreateModel(
            name="Importwaarde",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("soort", models.CharField(max_length=20, verbose_name="wat")),
                ("rij", models.PositiveIntegerField(verbose_name="rij")),
                ("plaats", models.CharField(max_length=300, verbose_name="plaats in het bestand")),
                ("wat", models.TextField(verbose_name="omschrijving")),
                ("sleutel", models.JSONField(verbose_name="sleutel")),
                ("waarden", models.JSONField(verbose_name="waarden")),
                ("ruw", models.JSONField(verbose_name="zoals in het bestand")),
                ("bij", models.JSONField(default=dict, verbose_name="alleen voor een nieuwe rij")),
                ("fouten", models.JSONField(default=list, verbose_name="fouten")),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("nieuw", "nieuw"),
                            ("gewijzigd", "gewijzigd"),
                            ("gelijk", "gelijk"),
                            ("fout", "fout"),
                        ],
                        default="nieuw",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("rij_id", models.BigIntegerField(null=True, verbose_name="rij in de versie")),
                ("huidig", models.JSONField(null=True, verbose_name="bij de controle")),
                ("vorig", models.JSONField(null=True, verbose_name="voor de wijziging")),
                (
                    "invoer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="waarden",
                        to="programma.import",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "waarde van een import",
                "verbose_name_plural": "waarden van een import",
                "ordering": ["invoer_id", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["versie", "sha256"], name="import_zelfde_bestand"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["gelezen", "bevestigd", "vervallen", "ongedaan"])),
                name="import_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["bevestigd", "ongedaan"]), _negated=True),
                    models.Q(("bevestigd_door__isnull", False), ("bevestigd_op__isnull", False)),
                    _connector="OR",
                ),
                name="import_bevestigd_met_naam",
            ),
        ),
        migrations.RunSQL(REGELS, TERUG),
        migrations.RunPython(geef_rechten, migrations.RunPython.noop),
    ]
