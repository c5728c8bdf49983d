"""Work that is given out, and texts that still have to be revised.

`te_herzien` has a default in the database too: whoever writes rows around the models need not know of it. An Opdracht
goes with its pakket, by whatever route that goes.
"""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Now

ZELFDE_VERSIE = """
ALTER TABLE programma_opdracht ADD CONSTRAINT opdracht_pakket_zelfde_versie
  FOREIGN KEY (pakket_id, versie_id) REFERENCES programma_pakket (id, versie_id) ON DELETE CASCADE;
"""
ZELFDE_VERSIE_TERUG = "ALTER TABLE programma_opdracht DROP CONSTRAINT opdracht_pakket_zelfde_versie;"

# A schrijver has no rights of the model: what an Opdracht allows is judged per Opdracht.
RECHTEN = {
    "redacteur": ("view", "add", "change", "delete"),
    "publicist": ("view",),
    "auditor": ("view",),
    "beheerder": ("view",),
}


def _rechten(apps, wat):
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(
        content_type__app_label="programma", codename__in=[f"{handeling}_opdracht" for handeling in wat]
    )


def geef_rechten(apps, schema_editor):
    """Give the groups their rights. Django makes permissions only after all migrations, so they are made here first."""
    config = apps.get_app_config("programma")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    for naam, wat in RECHTEN.items():
        apps.get_model("auth", "Group").objects.get(name=naam).permissions.add(*_rechten(apps, wat))


def neem_rechten(apps, schema_editor):
    """Take them back."""
    for groep in apps.get_model("auth", "Group").objects.filter(name__in=RECHTEN):
        groep.permissions.remove(*_rechten(apps, RECHTEN["redacteur"]))


def te_herzien():
    return models.BooleanField(
        db_default=False,
        default=False,
        help_text="Aan: overgenomen uit het vorige jaar en nog niet bekeken.",
        verbose_name="nog te herzien",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0005_historie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="doel", name="te_herzien", field=te_herzien()),
        migrations.AddField(model_name="sectie", name="te_herzien", field=te_herzien()),
        # The history knows every row in its new form.
        migrations.RunSQL(
            "SELECT historie_bijwerken('programma_doel', 'migratie'), historie_bijwerken('programma_sectie', 'migratie')",
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="Opdracht",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uiterlijk",
                    models.DateField(
                        help_text="De laatste dag waarop het klaar moet zijn.", verbose_name="uiterlijk klaar op"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "open"), ("klaar", "klaar"), ("teruggestuurd", "teruggestuurd")],
                        default="open",
                        editable=False,
                        max_length=13,
                        verbose_name="status",
                    ),
                ),
                (
                    "toelichting",
                    models.TextField(
                        blank=True,
                        help_text="Wat u van de schrijver vraagt. Mag leeg blijven.",
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "reden",
                    models.TextField(blank=True, editable=False, verbose_name="reden van terugsturen"),
                ),
                (
                    "klaar_op",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="klaar gemeld op"),
                ),
                (
                    "gegeven_op",
                    models.DateTimeField(db_default=Now(), editable=False, verbose_name="gegeven op"),
                ),
                (
                    "verwerkt",
                    models.JSONField(default=list, editable=False, verbose_name="verwerkte formulieren"),
                ),
                (
                    "gegeven_door",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gegeven door",
                    ),
                ),
                (
                    "pakket",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opdrachten",
                        to="programma.pakket",
                        verbose_name="pakket",
                    ),
                ),
                (
                    "schrijver",
                    models.ForeignKey(
                        help_text="Een collega met de rol schrijver.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opdrachten",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="schrijver",
                    ),
                ),
                (
                    "versie",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opdrachten",
                        to="programma.versie",
                        verbose_name="versie",
                    ),
                ),
            ],
            options={
                "verbose_name": "opdracht",
                "verbose_name_plural": "opdrachten",
                "ordering": ["uiterlijk", "pakket_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pakket", "schrijver"),
                        name="opdracht_een_per_pakket_en_schrijver",
                        violation_error_message="Deze schrijver heeft dit pakket al.",
                    ),
                    models.CheckConstraint(
                        condition=Q(("status__in", ["open", "klaar", "teruggestuurd"])), name="opdracht_status_bekend"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("klaar_op__isnull", False), ("status", "klaar")),
                            Q(Q(("status", "klaar"), _negated=True), ("klaar_op__isnull", True)),
                            _connector="OR",
                        ),
                        name="opdracht_klaar_met_moment",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("status", "teruggestuurd"), _negated=True),
                            Q(("reden", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="opdracht_terug_met_reden",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ZELFDE_VERSIE, ZELFDE_VERSIE_TERUG),
        migrations.RunPython(geef_rechten, neem_rechten),
    ]
