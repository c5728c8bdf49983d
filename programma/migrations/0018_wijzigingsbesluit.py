"""Changes by the council have the day of its decision, and a publication keeps the head of the history in its anchor.

`raadsbesluit_datum` counts in the controlesom only where it is filled (programma.vingerafdruk.LATER): what was
published before keeps its fingerprint.

`historiekop` was hashed in the anchor and then forgotten: to check an anchor was to try all links. Of what has been
published already it is found that way once more, here, and written by a rewrite of the column: a published row refuses
every UPDATE, also this one, and no guard has to be off for it. The history is told what the rows became. Where no link
gives the anchor, the field stays empty and verification names the publication, as it did.

The function of 0003 is changed in place, as in 0009.
"""

import hashlib
from datetime import UTC

from django.db import migrations, models

WIJZIGINGEN = [
    ("'peilmoment', 'controlesom', 'anker']", "'peilmoment', 'controlesom', 'anker', 'historiekop']"),
    (
        "OR NEW.controlesom !~ '^[0-9a-f]{64}$' OR NEW.anker !~ '^[0-9a-f]{64}$'",
        """OR NEW.controlesom !~ '^[0-9a-f]{64}$' OR NEW.anker !~ '^[0-9a-f]{64}$'
       OR NOT (CASE
         WHEN NEW.historiekop = '' THEN NOT EXISTS (SELECT FROM programma_schakel)
         WHEN NEW.historiekop !~ '^[0-9]{1,18}:[0-9a-f]{64}$' THEN false
         ELSE EXISTS (SELECT FROM programma_schakel WHERE id = split_part(NEW.historiekop, ':', 1)::bigint
                                                      AND afdruk = split_part(NEW.historiekop, ':', 2)) END)""",
    ),
]

PUBLICATIES = """
SELECT v.id, v.controlesom, v.peilmoment, v.anker, min(g.id)
FROM programma_versie v LEFT JOIN programma_gebeurtenis g
  ON g.tabel = 'programma_versie' AND g.rij = v.id AND g.soort = '~'
 AND nullif(g.nieuw, '')::jsonb->>'status' = 'gepubliceerd'
 AND nullif(g.oud, '')::jsonb->>'status' <> 'gepubliceerd'
WHERE v.anker <> '' GROUP BY v.id ORDER BY v.gepubliceerd_op, v.id
"""
KOPPEN = "SELECT id || ':' || afdruk FROM programma_schakel WHERE laatste < %s ORDER BY id DESC"
VULLEN = """
ALTER TABLE programma_versie ALTER COLUMN historiekop TYPE varchar(90)
USING CASE id {gevallen} ELSE historiekop END
"""


def _herschrijf(schema_editor, terug=False):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('bewaak_versie()'::regprocedure)")
        tekst = cursor.fetchone()[0]
        for paar in WIJZIGINGEN:
            oud, nieuw = reversed(paar) if terug else paar
            if tekst.count(oud) != 1:
                raise RuntimeError(f"bewaak_versie() is not what this migration changes: {oud}")
            tekst = tekst.replace(oud, nieuw)
        cursor.execute(tekst)


def _anker(*delen):
    return hashlib.sha256("\n".join(delen).encode()).hexdigest()


def _koppen(cursor):
    """Yield the key and the head of each publication of which a head is found. The last link before it is tried first."""
    cursor.execute(PUBLICATIES)
    vorig = ""
    for versie, som, peilmoment, anker, eigen in cursor.fetchall():
        moment = peilmoment.astimezone(UTC).isoformat(timespec="microseconds")
        cursor.execute(KOPPEN, [eigen])
        gevonden = (kop for (kop,) in cursor.fetchall() if _anker(vorig, som, moment, kop) == anker)
        if kop := next(gevonden, ""):
            yield versie, kop
        vorig = anker


def vul(apps, schema_editor):
    """Keep the head of the history with what has been published already."""
    with schema_editor.connection.cursor() as cursor:
        koppen = list(_koppen(cursor))
        if koppen:
            gevallen = " ".join("WHEN %s THEN %s" for _ in koppen)
            cursor.execute(VULLEN.format(gevallen=gevallen), [waarde for paar in koppen for waarde in paar])
        # The history knows every row in its new form.
        cursor.execute("SELECT historie_bijwerken('programma_versie', 'migratie')")


def bewaak(apps, schema_editor):
    """Let a version get the head of the history when it is published, and never after."""
    _herschrijf(schema_editor)


def bewaak_als_voorheen(apps, schema_editor):
    """Give the guard its old text."""
    _herschrijf(schema_editor, terug=True)


class Migration(migrations.Migration):
    dependencies = [("programma", "0017_uitvoerlog")]

    operations = [
        migrations.AddField(
            model_name="wijziging",
            name="raadsbesluit_datum",
            field=models.DateField(
                blank=True,
                help_text="De dag waarop de raad besloot. Laat leeg zolang de raad nog niet heeft besloten.",
                null=True,
                verbose_name="datum van het raadsbesluit",
            ),
        ),
        migrations.AddConstraint(
            model_name="wijziging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("raadsbesluit_datum__isnull", True), models.Q(("raadsbesluit", ""), _negated=True), _connector="OR"
                ),
                name="wijziging_datum_bij_besluit",
                violation_error_message="Vul bij de datum ook het nummer van het raadsbesluit in.",
            ),
        ),
        migrations.RunSQL("SELECT historie_bijwerken('programma_wijziging', 'migratie')", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="versie",
            name="historiekop",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                max_length=90,
                verbose_name="kop van de historie",
            ),
        ),
        migrations.RunPython(vul, migrations.RunPython.noop),
        migrations.RunPython(bewaak, bewaak_als_voorheen),
    ]
