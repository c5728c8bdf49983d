"""The history against whoever has the site's own role, or any other role that may connect.

* A trigger function can be hung on a table of one's own, a temporary one for instance, by everybody who may execute it.
  With `historie_schrijf` that writes events of rows that never were. So nobody may: triggers that exist do not ask.
* Everybody can hold an advisory lock, and so keep every writer waiting. Sealing takes a lock on a table that only the
  owner can touch.
* TRUNCATE writes no events. It is refused on every table with a history, to the owner too; DELETE does write them.
* A statement can take a row away and put one with the same key in its place. Its triggers may then fire in either order,
  and the history would say that the row is gone. That is refused; two statements do it.
* How JSON writes bytes and floats depends on the session; here it does not.
* A table that outsiders can make in `public` (a database that was upgraded from before PostgreSQL 15) could stand in
  for one of ours.
"""

from django.db import migrations

SITE = "veiligheid_site"
VERSIERIJEN = [
    "kolom", "programma", "paragraaf", "bron", "wijziging", "pakket", "sectie", "doel", "doelindicator",
    "programmaindicator", "deelname", "partijcijfers", "begrotingsregel", "bedrag", "gedrukttotaal",
]  # fmt: skip
TABELLEN = [
    *(f"programma_{naam}" for naam in ("document", "versie", *VERSIERIJEN)),
    *(f"programma_{naam}" for naam in ("verbondenpartij", "taakveld", "stap", "bestand")),
    *(f"indicatoren_{naam}" for naam in ("gebied", "gebiedsnaam", "indicator", "waarneming")),
]

ZEGEL = """
CREATE OR REPLACE FUNCTION historie_zegel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  nu timestamptz := clock_timestamp();
  kop record;
  inhoud record;
BEGIN
  {slot};
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
"""

FUNCTIES = f"""
-- No columns, no rows: what counts is the lock on it. Reading (pg_dump) goes on; nobody but the owner can take a lock.
CREATE TABLE programma_zegelslot ();
REVOKE ALL ON programma_zegelslot FROM PUBLIC, {SITE};

-- Its name comes after bewaak_legen, whose reason (a version that is fixed) matters more.
CREATE FUNCTION bewaak_niet_legen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'historie_gaat_mee', TABLE = TG_TABLE_NAME,
    MESSAGE = format('%s kan niet in een keer leeg: dat zou niet in de historie komen.', TG_TABLE_NAME),
    HINT = 'Verwijder de rijen met DELETE.';
END $$;

CREATE FUNCTION bewaak_volgorde() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE terug bigint;
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    EXECUTE format('SELECT id FROM %I WHERE id = $1', TG_TABLE_NAME) INTO terug USING OLD.id;
  ELSE
    EXECUTE format('SELECT r.id FROM oud o JOIN %I r ON r.id = o.id LIMIT 1', TG_TABLE_NAME) INTO terug;
  END IF;
  IF terug IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'historie_volgorde', TABLE = TG_TABLE_NAME,
      MESSAGE = format('%s %s gaat weg en komt terug in één opdracht: de historie kan de volgorde niet zien.',
                       TG_TABLE_NAME, terug),
      HINT = 'Doe het in twee opdrachten.';
  END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION historie_schrijf() SET bytea_output = 'hex';
ALTER FUNCTION historie_schrijf() SET extra_float_digits = 1;
ALTER FUNCTION historie_bijwerken(text, text) SET bytea_output = 'hex';
ALTER FUNCTION historie_bijwerken(text, text) SET extra_float_digits = 1;
"""

PER_TABEL = """
CREATE TRIGGER bewaak_niet_legen BEFORE TRUNCATE ON {tabel}
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_niet_legen();
CREATE TRIGGER bewaak_volgorde AFTER DELETE ON {tabel} REFERENCING OLD TABLE AS oud
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_volgorde();
CREATE TRIGGER bewaak_volgorde_sleutel AFTER UPDATE OF id ON {tabel}
  FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION bewaak_volgorde();
"""

TERUG_PER_TABEL = """
DROP TRIGGER bewaak_niet_legen ON {tabel};
DROP TRIGGER bewaak_volgorde ON {tabel};
DROP TRIGGER bewaak_volgorde_sleutel ON {tabel};
"""

RECHTEN = f"""
DO $$
DECLARE functie regprocedure;
BEGIN
  FOR functie IN SELECT oid FROM pg_proc
                 WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', functie);
  END LOOP;
  IF EXISTS (SELECT FROM pg_namespace n, aclexplode(n.nspacl) a
             WHERE n.nspname = 'public' AND a.grantee = 0 AND a.privilege_type = 'CREATE') THEN
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  END IF;
END $$;
REVOKE CREATE ON SCHEMA public FROM {SITE};
SELECT bewaking_vastleggen();
"""

TERUG = """
ALTER FUNCTION historie_schrijf() RESET bytea_output;
ALTER FUNCTION historie_schrijf() RESET extra_float_digits;
ALTER FUNCTION historie_bijwerken(text, text) RESET bytea_output;
ALTER FUNCTION historie_bijwerken(text, text) RESET extra_float_digits;
DROP FUNCTION bewaak_niet_legen();
DROP FUNCTION bewaak_volgorde();
DROP TABLE programma_zegelslot;
SELECT bewaking_vastleggen();
"""


def _per(vorm):
    return "".join(vorm.format(tabel=tabel) for tabel in TABELLEN)


class Migration(migrations.Migration):
    dependencies = [("programma", "0007_invoer")]

    operations = [
        migrations.RunSQL(
            FUNCTIES
            + ZEGEL.format(slot="LOCK TABLE programma_zegelslot IN EXCLUSIVE MODE")
            + _per(PER_TABEL)
            + RECHTEN,
            _per(TERUG_PER_TABEL) + ZEGEL.format(slot="PERFORM pg_advisory_xact_lock(7303002)") + TERUG,
        )
    ]
