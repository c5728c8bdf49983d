"""Iv3 documents are a kind of their own, and an officer can write the heading over a programme's chart.

`grafiekkop` counts in the controlesom only where it is filled (programma.vingerafdruk.LATER): what was published
before keeps its fingerprint. `grafiekkop_bij`, the figures for which it was written, does not count.
"""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0010_zoekindex"),
    ]

    operations = [
        migrations.AddField(
            model_name="programma",
            name="grafiekkop",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Leeg: de site schrijft de kop zelf uit de bedragen, zoals: De lasten lopen op tot 2026.",
                max_length=160,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\x00-\\x1f\\x7f-\\x9f]",
                        "Haal regeleinden, tabs en andere onzichtbare tekens weg: die horen niet in een naam of code.",
                        inverse_match=True,
                    )
                ],
                verbose_name="kop boven de grafiek",
            ),
        ),
        migrations.AddField(
            model_name="programma",
            name="grafiekkop_bij",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="De lasten waar de eigen kop bij geschreven is. Zijn ze nu anders, dan meldt de controle dat.",
                verbose_name="bedragen bij de kop",
            ),
        ),
        # The history knows every row in its new form.
        migrations.RunSQL("SELECT historie_bijwerken('programma_programma', 'migratie')", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="document",
            name="soort",
            field=models.CharField(
                choices=[
                    ("begroting", "programmabegroting"),
                    ("jaarstukken", "jaarstukken"),
                    ("tussenrapportage", "tussenrapportage"),
                    ("kadernota", "kadernota"),
                    ("iv3_begroting", "Iv3-begroting (CBS)"),
                    ("iv3_jaarstukken", "Iv3-jaarstukken (CBS)"),
                ],
                help_text="Welk stuk uit de jaarlijkse cyclus dit is.",
                max_length=20,
                verbose_name="soort",
            ),
        ),
    ]
