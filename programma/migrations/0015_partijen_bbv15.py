"""What BBV art. 15 lid 2 asks of a connected party, whole: its seat, how the municipality has an interest, how large.

The new fields count in the controlesom only where they are filled (programma.vingerafdruk.LATER): what was published
before keeps its fingerprint. `te_herzien`, which a new year sets, does not count. That the belang is known or has a
reason is asked in the forms and of an import, not by a CHECK: published rows have neither, and are copied as they are.
"""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0014_pdf"),
    ]

    operations = [
        migrations.AddField(
            model_name="deelname",
            name="bestuurlijk_belang",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Op welke manier de gemeente een belang heeft en meebeslist: wie zit er in het bestuur, hoeveel stemmen of aandelen heeft de gemeente? Weet u het niet? Schrijf dan dat het onbekend is, en waarom (art. 15).",
                verbose_name="bestuurlijk belang",
            ),
        ),
        migrations.AddField(
            model_name="deelname",
            name="te_herzien",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Aan: overgenomen uit het vorige jaar en nog niet bekeken.",
                verbose_name="nog te herzien",
            ),
        ),
        migrations.AddField(
            model_name="deelname",
            name="vestigingsplaats",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="De plaats waar de partij is gevestigd.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\x00-\\x1f\\x7f-\\x9f]",
                        "Haal regeleinden, tabs en andere onzichtbare tekens weg: die horen niet in een naam of code.",
                        inverse_match=True,
                    )
                ],
                verbose_name="vestigingsplaats",
            ),
        ),
        migrations.AddField(
            model_name="partijcijfers",
            name="belang_begin",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=15,
                null=True,
                verbose_name="belang van de gemeente op 1 januari",
            ),
        ),
        migrations.AddField(
            model_name="partijcijfers",
            name="belang_begin_procent",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                help_text="Het deel van de gemeente in het geheel: een getal van 0 tot en met 100.",
                max_digits=7,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)],
                verbose_name="belang op 1 januari in procenten",
            ),
        ),
        migrations.AddField(
            model_name="partijcijfers",
            name="belang_eind",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=15,
                null=True,
                verbose_name="belang van de gemeente op 31 december",
            ),
        ),
        migrations.AddField(
            model_name="partijcijfers",
            name="belang_eind_procent",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                help_text="Het deel van de gemeente in het geheel: een getal van 0 tot en met 100.",
                max_digits=7,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)],
                verbose_name="belang op 31 december in procenten",
            ),
        ),
        migrations.AddField(
            model_name="partijcijfers",
            name="ontwikkelingen",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Wat er in dit jaar bij de partij verandert, of in het belang van de gemeente. In gewone taal.",
                verbose_name="ontwikkelingen",
            ),
        ),
        migrations.AddField(
            model_name="partijcijfers",
            name="te_herzien",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Aan: overgenomen uit het vorige jaar en nog niet bekeken.",
                verbose_name="nog te herzien",
            ),
        ),
        migrations.AlterField(
            model_name="partijcijfers",
            name="onbekend_reden",
            field=models.CharField(
                blank=True,
                help_text="Verplicht als u een cijfer leeg laat.",
                max_length=300,
                verbose_name="reden van onbekende cijfers",
            ),
        ),
        migrations.AddConstraint(
            model_name="deelname",
            constraint=models.CheckConstraint(
                condition=models.Q(("vestigingsplaats__regex", "[[:cntrl:]]"), _negated=True),
                name="deelname_vestigingsplaats_leesbaar",
            ),
        ),
        migrations.AddConstraint(
            model_name="partijcijfers",
            constraint=models.CheckConstraint(
                condition=models.Q(("belang_begin_procent__gte", 0), ("belang_begin_procent__lte", 100)),
                name="partijcijfers_belang_begin_procent",
                violation_error_message="Een percentage is een getal van 0 tot en met 100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partijcijfers",
            constraint=models.CheckConstraint(
                condition=models.Q(("belang_eind_procent__gte", 0), ("belang_eind_procent__lte", 100)),
                name="partijcijfers_belang_eind_procent",
                violation_error_message="Een percentage is een getal van 0 tot en met 100.",
            ),
        ),
        # The history knows every row in its new form.
        migrations.RunSQL(
            "SELECT historie_bijwerken('programma_deelname', 'migratie'), "
            "historie_bijwerken('programma_partijcijfers', 'migratie')",
            migrations.RunSQL.noop,
        ),
    ]
