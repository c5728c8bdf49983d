"""Observations are append-only, by trigger, and their moment is given by the database (decision 5).

`bewaak_moment` sets vastgelegd_op under a shared advisory lock that publishing takes exclusively: whoever
publishes waits for observations in flight, and an observation that comes later gets a later moment. So the
peilmoment of a publication parts the observations cleanly.
"""

from django.db import migrations

# The same number stands in programma/publicatie.py.
SLOT = 7303001

FUNCTIES = f"""
CREATE FUNCTION bewaak_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'alleen_toevoegen', TABLE = TG_TABLE_NAME,
    MESSAGE = format('%s in %s kan niet: hier wordt alleen toegevoegd.', TG_OP, TG_TABLE_NAME),
    HINT = 'Leg een nieuwe rij vast; de oude blijft staan als wat toen bekend was.';
END $$;

CREATE FUNCTION bewaak_moment_slot() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared({SLOT});
  RETURN NULL;
END $$;

CREATE FUNCTION bewaak_moment() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.vastgelegd_op := clock_timestamp();
  RETURN NEW;
END $$;

CREATE FUNCTION bewaak_kenmerk() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE oud jsonb := to_jsonb(OLD); nieuw jsonb := to_jsonb(NEW); kolom text;
BEGIN
  FOREACH kolom IN ARRAY TG_ARGV LOOP
    IF oud -> kolom IS DISTINCT FROM nieuw -> kolom THEN
      RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'kenmerk_ligt_vast', TABLE = TG_TABLE_NAME,
        MESSAGE = format('%s van %s ligt vast: andere gegevens verwijzen ernaar.', kolom, TG_TABLE_NAME),
        HINT = 'Maak een nieuwe rij in plaats van deze te hernoemen.';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE FUNCTION bewaak_indicator() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (OLD.naam, OLD.eenheid, OLD.omschrijving, OLD.bron, OLD.decimalen)
     IS NOT DISTINCT FROM (NEW.naam, NEW.eenheid, NEW.omschrijving, NEW.bron, NEW.decimalen) THEN
    RETURN NEW;
  END IF;
  -- A share lock on the table would stop all observing; the advisory lock only stops it for this moment. Under a
  -- stricter isolation our look below would be of before the lock.
  PERFORM pg_advisory_xact_lock({SLOT});
  IF current_setting('transaction_isolation') <> 'read committed'
     OR EXISTS (SELECT FROM indicatoren_waarneming WHERE indicator_id = OLD.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'indicator_ligt_vast', TABLE = TG_TABLE_NAME,
      MESSAGE = format('Indicator %s heeft waarnemingen; de betekenis ligt vast.', OLD.slug),
      HINT = 'Maak een nieuwe indicator als eenheid of omschrijving verandert.';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER bewaak_kenmerk BEFORE UPDATE ON indicatoren_indicator
  FOR EACH ROW EXECUTE FUNCTION bewaak_kenmerk('id', 'slug');
CREATE TRIGGER bewaak_indicator BEFORE UPDATE ON indicatoren_indicator
  FOR EACH ROW EXECUTE FUNCTION bewaak_indicator();
CREATE TRIGGER bewaak_kenmerk BEFORE UPDATE ON indicatoren_gebied
  FOR EACH ROW EXECUTE FUNCTION bewaak_kenmerk('id', 'code', 'soort');
"""

PER_TABEL = """
CREATE TRIGGER bewaak_moment_slot BEFORE INSERT ON {tabel}
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_moment_slot();
CREATE TRIGGER bewaak_moment BEFORE INSERT ON {tabel}
  FOR EACH ROW EXECUTE FUNCTION bewaak_moment();
CREATE TRIGGER bewaak_alleen_toevoegen BEFORE UPDATE OR DELETE ON {tabel}
  FOR EACH ROW EXECUTE FUNCTION bewaak_alleen_toevoegen();
CREATE TRIGGER bewaak_legen BEFORE TRUNCATE ON {tabel}
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_alleen_toevoegen();
"""

TERUG_PER_TABEL = """
DROP TRIGGER bewaak_moment_slot ON {tabel};
DROP TRIGGER bewaak_moment ON {tabel};
DROP TRIGGER bewaak_alleen_toevoegen ON {tabel};
DROP TRIGGER bewaak_legen ON {tabel};
"""

TERUG = """
DROP TRIGGER bewaak_kenmerk ON indicatoren_indicator;
DROP TRIGGER bewaak_indicator ON indicatoren_indicator;
DROP TRIGGER bewaak_kenmerk ON indicatoren_gebied;
DROP FUNCTION bewaak_indicator();
DROP FUNCTION bewaak_kenmerk();
DROP FUNCTION bewaak_moment();
DROP FUNCTION bewaak_moment_slot();
DROP FUNCTION bewaak_alleen_toevoegen();
"""

TABELLEN = ["indicatoren_waarneming", "indicatoren_gebiedsnaam"]


class Migration(migrations.Migration):
    dependencies = [("indicatoren", "0001_begin")]

    operations = [
        migrations.RunSQL(
            FUNCTIES + "".join(PER_TABEL.format(tabel=tabel) for tabel in TABELLEN),
            "".join(TERUG_PER_TABEL.format(tabel=tabel) for tabel in TABELLEN) + TERUG,
        )
    ]
