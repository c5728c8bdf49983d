"""The history of every change, by any route, chained by hash (BETROUWBAARHEID P12).

Triggers per statement, on transition tables, write one event per row: ORM, bulk, raw SQL and COPY alike. The first event
of a transaction leaves a row in `programma_openstaand`; its deferred trigger seals the transaction at the commit, when all
row locks are held already, so writers queue only for the moment of sealing and cannot deadlock on the chain.

What is hashed is stored as it was hashed (JSON as text): nothing has to be written out again to check it.
Only these functions write the history. The site's role can read it, and nothing more.
"""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

VERSIERIJEN = [
    "kolom", "programma", "paragraaf", "bron", "wijziging", "pakket", "sectie", "doel", "doelindicator",
    "programmaindicator", "deelname", "partijcijfers", "begrotingsregel", "bedrag", "gedrukttotaal",
]  # fmt: skip
TABELLEN = [
    *(f"programma_{naam}" for naam in ("document", "versie", *VERSIERIJEN)),
    *(f"programma_{naam}" for naam in ("verbondenpartij", "taakveld", "stap", "bestand")),
    *(f"indicatoren_{naam}" for naam in ("gebied", "gebiedsnaam", "indicator", "waarneming")),
]
KETENS = ["gebeurtenis", "schakel"]
SITE = "veiligheid_site"

FUNCTIES = """
CREATE TABLE programma_openstaand (transactie bigint PRIMARY KEY, eerste bigint NOT NULL);

-- The text of an event that is hashed. JSON holds no raw line feed, and `herkomst` loses its control characters.
CREATE FUNCTION historie_afdruk(
  id bigint, transactie bigint, tabel text, rij bigint, versie bigint, soort text, op timestamptz, door bigint,
  databaserol text, via text, herkomst text, oud text, nieuw text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(
    id::text || E'\\n' || transactie::text || E'\\n' || tabel || E'\\n' || rij::text || E'\\n'
    || coalesce(versie::text, '') || E'\\n' || soort || E'\\n'
    || to_char(op AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || coalesce(door::text, '') || E'\\n'
    || databaserol || E'\\n' || via || E'\\n' || herkomst || E'\\n' || oud || E'\\n' || nieuw, 'UTF8')), 'hex')
$$;

CREATE FUNCTION historie_schrijf() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  nu timestamptz := clock_timestamp();
  wie bigint := nullif(current_setting('veiligheid.door', true), '')::bigint;
  weg text := left(regexp_replace(coalesce(current_setting('veiligheid.via', true), ''), '[[:cntrl:]]', ' ', 'g'), 20);
  vandaan text := left(regexp_replace(
    coalesce(current_setting('veiligheid.herkomst', true), ''), '[[:cntrl:]]', ' ', 'g'), 300);
  deze bigint := pg_current_xact_id()::text::bigint;
  eerste_nr bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    WITH wat AS MATERIALIZED (
      SELECT nextval('programma_gebeurtenis_id_seq') AS id, t.*
      FROM (SELECT n.id AS rij, '+' AS soort, NULL::jsonb AS o, to_jsonb(n) AS j FROM nieuw n ORDER BY n.id) t
    ), erbij AS (
      INSERT INTO programma_gebeurtenis (id, transactie, tabel, rij, versie_id, soort, op, door_id, databaserol, via,
                                         herkomst, oud, nieuw, afdruk)
      SELECT {kolommen} RETURNING id
    ) SELECT min(id) INTO eerste_nr FROM erbij;
  ELSIF TG_OP = 'DELETE' THEN
    WITH wat AS MATERIALIZED (
      SELECT nextval('programma_gebeurtenis_id_seq') AS id, t.*
      FROM (SELECT o.id AS rij, '-' AS soort, to_jsonb(o) AS o, NULL::jsonb AS j FROM oud o ORDER BY o.id) t
    ), erbij AS (
      INSERT INTO programma_gebeurtenis (id, transactie, tabel, rij, versie_id, soort, op, door_id, databaserol, via,
                                         herkomst, oud, nieuw, afdruk)
      SELECT {kolommen} RETURNING id
    ) SELECT min(id) INTO eerste_nr FROM erbij;
  ELSE
    -- A row that gets another key is one that goes and one that comes.
    WITH wat AS MATERIALIZED (
      SELECT nextval('programma_gebeurtenis_id_seq') AS id, t.*
      FROM (SELECT coalesce(n.id, o.id) AS rij,
                   CASE WHEN o.id IS NULL THEN '+' WHEN n.id IS NULL THEN '-' ELSE '~' END AS soort,
                   CASE WHEN o.id IS NOT NULL THEN to_jsonb(o) END AS o, CASE WHEN n.id IS NOT NULL THEN to_jsonb(n) END AS j
            FROM oud o FULL JOIN nieuw n ON n.id = o.id WHERE n IS DISTINCT FROM o ORDER BY 1) t
    ), erbij AS (
      INSERT INTO programma_gebeurtenis (id, transactie, tabel, rij, versie_id, soort, op, door_id, databaserol, via,
                                         herkomst, oud, nieuw, afdruk)
      SELECT {kolommen} RETURNING id
    ) SELECT min(id) INTO eerste_nr FROM erbij;
  END IF;
  IF eerste_nr IS NOT NULL THEN
    INSERT INTO programma_openstaand VALUES (deze, eerste_nr) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION historie_zegel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  nu timestamptz := clock_timestamp();
  kop record;
  inhoud record;
BEGIN
  PERFORM pg_advisory_xact_lock({slot});
  SELECT id, afdruk INTO kop FROM programma_schakel ORDER BY id DESC LIMIT 1;
  SELECT min(id) AS eerste, max(id) AS laatste, count(*) AS aantal, string_agg(afdruk, '' ORDER BY id) AS tekst INTO inhoud
  FROM programma_gebeurtenis WHERE id >= NEW.eerste AND transactie = NEW.transactie;
  INSERT INTO programma_schakel (id, transactie, eerste, laatste, aantal, op, vorige, afdruk)
  VALUES (coalesce(kop.id, 0) + 1, NEW.transactie, inhoud.eerste, inhoud.laatste, inhoud.aantal, nu,
          coalesce(kop.afdruk, ''),
          historie_schakel(coalesce(kop.afdruk, ''), coalesce(kop.id, 0) + 1, NEW.transactie, inhoud.aantal, nu, inhoud.tekst));
  -- Constraints can be checked early (SET CONSTRAINTS): what the transaction writes after this gets a link of its own.
  DELETE FROM programma_openstaand WHERE transactie = NEW.transactie;
  RETURN NULL;
END $$;

CREATE FUNCTION historie_schakel(vorige text, nr bigint, transactie bigint, aantal bigint, op timestamptz, afdrukken text)
RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(
    vorige || E'\\n' || nr::text || E'\\n' || transactie::text || E'\\n' || aantal::text || E'\\n'
    || to_char(op AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || afdrukken, 'UTF8')), 'hex')
$$;

-- For migrations: write down the rows of a table that the history does not know in their present form, because they
-- are older than it or because a column came or went. A row that differs in what both have is left to be found.
CREATE FUNCTION historie_bijwerken(welke text, weg text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  nu timestamptz := clock_timestamp();
  wie bigint := NULL;
  vandaan text := '';
  deze bigint := pg_current_xact_id()::text::bigint;
  eerste_nr bigint;
BEGIN
  EXECUTE format($sql$
    WITH wat AS MATERIALIZED (
      SELECT nextval('programma_gebeurtenis_id_seq') AS id, t.* FROM (
        SELECT r.id AS rij, CASE WHEN g.j IS NULL THEN '+' ELSE '~' END AS soort, g.j AS o, to_jsonb(r) AS j, g.tekst
        FROM %1$I r LEFT JOIN LATERAL (
          SELECT nullif(l.nieuw, '')::jsonb AS j, l.nieuw AS tekst FROM programma_gebeurtenis l
          WHERE l.tabel = %1$L AND l.rij = r.id ORDER BY l.id DESC LIMIT 1) g ON true
        WHERE g.j IS NULL OR (g.j <> to_jsonb(r) AND (to_jsonb(r) @> g.j OR g.j @> to_jsonb(r))) ORDER BY r.id) t
    ), erbij AS (
      INSERT INTO programma_gebeurtenis (id, transactie, tabel, rij, versie_id, soort, op, door_id, databaserol, via,
                                         herkomst, oud, nieuw, afdruk)
      SELECT w.id, $1, %1$L, w.rij, w.versie, w.soort, $2, $3, session_user, $4, $5, w.oud, w.nieuw,
             historie_afdruk(w.id, $1, %1$L, w.rij, w.versie, w.soort, $2, $3, session_user, $4, $5, w.oud, w.nieuw)
      FROM (SELECT id, rij, soort, coalesce(tekst, '') AS oud, j::text AS nieuw,
                   CASE WHEN %1$L = 'programma_versie' THEN rij ELSE (j->>'versie_id')::bigint END AS versie FROM wat) w
      RETURNING id
    ) SELECT min(id) FROM erbij
  $sql$, welke) INTO eerste_nr USING deze, nu, wie, weg, vandaan;
  IF eerste_nr IS NOT NULL THEN
    INSERT INTO programma_openstaand VALUES (deze, eerste_nr) ON CONFLICT DO NOTHING;
  END IF;
END $$;
REVOKE ALL ON FUNCTION historie_bijwerken(text, text) FROM PUBLIC;

CREATE CONSTRAINT TRIGGER bewaak_zegel AFTER INSERT ON programma_openstaand DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION historie_zegel();
""".format(
    slot=7303002,
    kolommen="""w.id, deze, TG_TABLE_NAME, w.rij, w.versie, w.soort, nu, wie, session_user, weg, vandaan, w.oud, w.nieuw,
             historie_afdruk(w.id, deze, TG_TABLE_NAME, w.rij, w.versie, w.soort, nu, wie, session_user, weg, vandaan, w.oud,
                             w.nieuw)
      FROM (SELECT id, rij, soort, coalesce(o::text, '') AS oud, coalesce(j::text, '') AS nieuw,
                   CASE WHEN TG_TABLE_NAME = 'programma_versie' THEN rij
                        ELSE (coalesce(j, o)->>'versie_id')::bigint END AS versie FROM wat) w""",
)

PER_TABEL = """
CREATE TRIGGER bewaak_historie_toevoegen AFTER INSERT ON {tabel} REFERENCING NEW TABLE AS nieuw
  FOR EACH STATEMENT EXECUTE FUNCTION historie_schrijf();
CREATE TRIGGER bewaak_historie_wijzigen AFTER UPDATE ON {tabel} REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw
  FOR EACH STATEMENT EXECUTE FUNCTION historie_schrijf();
CREATE TRIGGER bewaak_historie_verwijderen AFTER DELETE ON {tabel} REFERENCING OLD TABLE AS oud
  FOR EACH STATEMENT EXECUTE FUNCTION historie_schrijf();
SELECT historie_bijwerken('{tabel}', 'opening');
"""

PER_KETEN = """
CREATE TRIGGER bewaak_alleen_toevoegen BEFORE UPDATE OR DELETE ON programma_{tabel}
  FOR EACH ROW EXECUTE FUNCTION bewaak_alleen_toevoegen();
CREATE TRIGGER bewaak_legen BEFORE TRUNCATE ON programma_{tabel}
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_alleen_toevoegen();
"""

RECHTEN = f"""
REVOKE ALL ON programma_gebeurtenis, programma_schakel, programma_openstaand FROM {SITE};
REVOKE ALL ON SEQUENCE programma_gebeurtenis_id_seq FROM {SITE};
GRANT SELECT ON programma_gebeurtenis, programma_schakel, programma_openstaand TO {SITE};
SELECT bewaking_vastleggen();
"""

TERUG_PER_TABEL = """
DROP TRIGGER bewaak_historie_toevoegen ON {tabel};
DROP TRIGGER bewaak_historie_wijzigen ON {tabel};
DROP TRIGGER bewaak_historie_verwijderen ON {tabel};
"""

TERUG_PER_KETEN = """
DROP TRIGGER bewaak_alleen_toevoegen ON programma_{tabel};
DROP TRIGGER bewaak_legen ON programma_{tabel};
"""

TERUG = """
DROP TABLE programma_openstaand;
DROP FUNCTION historie_bijwerken(text, text);
DROP FUNCTION historie_zegel();
DROP FUNCTION historie_schrijf();
DROP FUNCTION historie_schakel(text, bigint, bigint, bigint, timestamptz, text);
DROP FUNCTION historie_afdruk(
  bigint, bigint, text, bigint, bigint, text, timestamptz, bigint, text, text, text, text, text);
SELECT bewaking_vastleggen();
"""


def _per(vorm: str, tabellen: list[str]) -> str:
    return "".join(vorm.format(tabel=tabel) for tabel in tabellen)


LEZERS = ["redacteur", "publicist", "auditor", "beheerder"]


def lees_rechten(apps, schema_editor):
    """Let every role that reads concepts read their history. Django makes permissions only after all migrations."""
    config = apps.get_app_config("programma")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    Permission = apps.get_model("auth", "Permission")
    rechten = Permission.objects.filter(
        content_type__app_label="programma", codename__in=["view_gebeurtenis", "view_schakel"]
    )
    for groep in apps.get_model("auth", "Group").objects.filter(name__in=LEZERS):
        groep.permissions.add(*rechten)


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0004_rechten"),
        ("indicatoren", "0002_alleen_toevoegen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Schakel",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="nummer")),
                ("transactie", models.BigIntegerField(verbose_name="transactie")),
                ("eerste", models.BigIntegerField(verbose_name="eerste gebeurtenis")),
                ("laatste", models.BigIntegerField(verbose_name="laatste gebeurtenis")),
                ("aantal", models.PositiveIntegerField(verbose_name="aantal gebeurtenissen")),
                ("op", models.DateTimeField(verbose_name="op")),
                ("vorige", models.CharField(blank=True, max_length=64, verbose_name="sha256 van de vorige")),
                ("afdruk", models.CharField(max_length=64, verbose_name="sha256")),
            ],
            options={
                "verbose_name": "schakel",
                "verbose_name_plural": "schakels",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["transactie"], name="schakel_transactie")],
            },
        ),
        migrations.CreateModel(
            name="Gebeurtenis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transactie", models.BigIntegerField(verbose_name="transactie")),
                ("tabel", models.CharField(max_length=63, verbose_name="tabel")),
                ("rij", models.BigIntegerField(verbose_name="rij")),
                (
                    "soort",
                    models.CharField(
                        choices=[("+", "toegevoegd"), ("~", "gewijzigd"), ("-", "verwijderd")],
                        max_length=1,
                        verbose_name="soort",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                ("databaserol", models.CharField(max_length=63, verbose_name="databaserol")),
                ("via", models.CharField(blank=True, max_length=20, verbose_name="via")),
                ("herkomst", models.CharField(blank=True, max_length=300, verbose_name="herkomst")),
                ("oud", models.TextField(blank=True, verbose_name="oud")),
                ("nieuw", models.TextField(blank=True, verbose_name="nieuw")),
                ("afdruk", models.CharField(max_length=64, verbose_name="sha256")),
                (
                    "door",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
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
                        related_name="gebeurtenissen",
                        to="programma.versie",
                        verbose_name="versie",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebeurtenis",
                "verbose_name_plural": "historie",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["tabel", "rij", "id"], name="gebeurtenis_rij"),
                    models.Index(fields=["versie", "id"], name="gebeurtenis_versie"),
                ],
            },
        ),
        migrations.RunSQL(
            FUNCTIES + _per(PER_TABEL, TABELLEN) + _per(PER_KETEN, KETENS) + RECHTEN,
            _per(TERUG_PER_KETEN, KETENS) + _per(TERUG_PER_TABEL, TABELLEN) + TERUG,
        ),
        migrations.RunPython(lees_rechten, migrations.RunPython.noop),
    ]
