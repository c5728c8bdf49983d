"""Published is immutable, and PostgreSQL sees to it (decision 4).

Rows of a version can only change while it is a concept; the version itself only takes the steps that section 2.4
of the design names. Every route passes here: ORM, bulk, raw SQL, COPY, a superuser in the admin. The triggers on
rows work per statement, on transition tables, and lock the version row FOR SHARE: an edit in flight and a
submission wait for each other, so nothing lands after the check. No row edit writes the version row.
"""

from django.db import migrations

VERSIERIJEN = [
    "kolom", "programma", "paragraaf", "bron", "wijziging", "pakket", "sectie", "doel", "doelindicator",
    "programmaindicator", "deelname", "partijcijfers", "begrotingsregel", "bedrag", "gedrukttotaal",
]  # fmt: skip
OUDERS = ["kolom", "programma", "paragraaf", "bron", "wijziging", "pakket", "doel", "begrotingsregel"]
LOGBOEKEN = ["stap", "bewerking", "bestand"]

FUNCTIES = """
CREATE FUNCTION bewaak_weiger(wat text, tabel text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'versie_ligt_vast', TABLE = tabel,
    MESSAGE = wat, HINT = 'Maak een nieuw concept en wijzig dat.';
END $$;

CREATE FUNCTION bewaak_versierijen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  betrokken bigint[];
  aantallen bigint[];
  rij record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(versie_id), array_agg(aantal) INTO betrokken, aantallen
    FROM (SELECT versie_id, count(*) AS aantal FROM nieuw GROUP BY versie_id) t;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(versie_id), array_agg(aantal) INTO betrokken, aantallen
    FROM (SELECT versie_id, count(*) AS aantal FROM oud GROUP BY versie_id) t;
  ELSE
    -- A row that moves to another version counts for both.
    SELECT array_agg(versie_id), array_agg(aantal) INTO betrokken, aantallen
    FROM (SELECT versie_id, max(aantal) AS aantal
          FROM (SELECT versie_id, count(*) AS aantal FROM oud GROUP BY versie_id
                UNION ALL SELECT versie_id, count(*) FROM nieuw GROUP BY versie_id) b
          GROUP BY versie_id) t;
  END IF;
  IF betrokken IS NULL THEN
    RETURN NULL;
  END IF;
  FOR rij IN SELECT id, nummer, status FROM programma_versie WHERE id = ANY (betrokken) ORDER BY id FOR SHARE LOOP
    IF rij.status <> 'concept' THEN
      PERFORM bewaak_weiger(
        format('Versie %s is %s: wat erin staat ligt vast (%s).', rij.nummer, rij.status, TG_TABLE_NAME), TG_TABLE_NAME);
    END IF;
  END LOOP;
  -- A copy makes nobody an author, but only rows that are added to a copy while it is being made are one.
  INSERT INTO programma_bewerking (versie_id, tabel, soort, rijen, op, door_id, databaserol, via)
  SELECT b, TG_TABLE_NAME, TG_OP, a, clock_timestamp(), nullif(current_setting('veiligheid.door', true), '')::bigint,
         session_user,
         CASE WHEN TG_OP = 'INSERT' AND current_setting('veiligheid.via', true) = 'kopie' AND v.voorganger_id IS NOT NULL
                   AND v.aangemaakt_op = transaction_timestamp() THEN 'kopie' ELSE '' END
  FROM unnest(betrokken, aantallen) AS u (b, a) JOIN programma_versie v ON v.id = b;
  RETURN NULL;
END $$;

-- Foreign keys are checked before the triggers per statement. What they would refuse with a riddle (a parent that goes,
-- a row that moves) is refused here first, per row, with the reason that matters. Both are rare.
CREATE FUNCTION bewaak_rij() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  betrokken bigint[] := ARRAY[OLD.versie_id];
  rij record;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    betrokken := betrokken || NEW.versie_id;
  END IF;
  FOR rij IN SELECT nummer, status FROM programma_versie WHERE id = ANY (betrokken) ORDER BY id FOR SHARE LOOP
    IF rij.status <> 'concept' THEN
      PERFORM bewaak_weiger(
        format('Versie %s is %s: wat erin staat ligt vast (%s).', rij.nummer, rij.status, TG_TABLE_NAME), TG_TABLE_NAME);
    END IF;
  END LOOP;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION bewaak_legen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Nobody may submit while we look.
  LOCK TABLE programma_versie IN SHARE MODE;
  IF EXISTS (SELECT FROM programma_versie WHERE status <> 'concept') THEN
    PERFORM bewaak_weiger(format('%s kan niet leeg: er zijn versies die vastliggen.', TG_TABLE_NAME), TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION bewaak_versie() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gewijzigd text[];
  toegestaan text[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'concept' THEN
      PERFORM bewaak_weiger(format('Versie %s is %s en kan niet weg.', OLD.nummer, OLD.status), TG_TABLE_NAME);
    END IF;
    RETURN OLD;
  END IF;

  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'concept' OR EXISTS (
      SELECT FROM jsonb_each_text(to_jsonb(NEW)) WHERE coalesce(value, '') <> '' AND key <> ALL (ARRAY[
        'id', 'document_id', 'nummer', 'titel', 'status', 'voorganger_id', 'aangemaakt_op', 'aangemaakt_door_id'])
    ) THEN
      PERFORM bewaak_weiger('Een versie begint als concept; de stappen daarna zet u een voor een.', TG_TABLE_NAME);
    END IF;
    NEW.aangemaakt_op := transaction_timestamp();
    RETURN NEW;
  END IF;

  SELECT coalesce(array_agg(o.key), '{}') INTO gewijzigd
  FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key) WHERE o.value IS DISTINCT FROM n.value;

  -- Which columns may change at which step. A column that is not named here never changes.
  toegestaan := CASE OLD.status || ' > ' || NEW.status
    WHEN 'concept > concept' THEN ARRAY['titel']
    WHEN 'concept > ingediend' THEN ARRAY['status', 'reden', 'ingediend_op', 'ingediend_door_id']
    WHEN 'ingediend > ingediend' THEN ARRAY[
      'goedgekeurd_op', 'goedgekeurd_door_id', 'goedgekeurde_controlesom', 'gepland_op', 'gepland_door_id']
    WHEN 'ingediend > concept' THEN ARRAY[
      'status', 'reden', 'ingediend_op', 'ingediend_door_id', 'goedgekeurd_op', 'goedgekeurd_door_id',
      'goedgekeurde_controlesom', 'gepland_op', 'gepland_door_id']
    WHEN 'ingediend > gepubliceerd' THEN ARRAY[
      'status', 'gepubliceerd_op', 'gepubliceerd_door_id', 'peilmoment', 'controlesom', 'anker']
    WHEN 'gepubliceerd > gepubliceerd' THEN
      CASE WHEN OLD.vastgesteld_op IS NULL
        THEN ARRAY['raadsbesluit_nummer', 'raadsbesluit_datum', 'vastgesteld_op', 'vastgesteld_door_id']
        ELSE ARRAY[]::text[] END
    WHEN 'gepubliceerd > ingetrokken' THEN ARRAY['status', 'reden', 'ingetrokken_op', 'ingetrokken_door_id']
    ELSE ARRAY[]::text[] END;
  IF NOT gewijzigd <@ toegestaan THEN
    PERFORM bewaak_weiger(
      format('Versie %s (%s) kan dit niet: %s.', OLD.nummer, OLD.status, array_to_string(gewijzigd, ', ')), TG_TABLE_NAME);
  END IF;

  IF NEW.status = 'concept' AND OLD.status = 'ingediend' AND (
       NEW.reden = '' OR NEW.ingediend_op IS NOT NULL OR NEW.ingediend_door_id IS NOT NULL
       OR NEW.goedgekeurd_door_id IS NOT NULL OR NEW.gepland_op IS NOT NULL OR NEW.gepland_door_id IS NOT NULL) THEN
    PERFORM bewaak_weiger('Terug naar concept kan alleen met een reden, en zonder goedkeuring of planning.', TG_TABLE_NAME);
  END IF;
  IF NEW.status = 'ingediend' AND (NEW.ingediend_op IS NULL OR NEW.ingediend_door_id IS NULL) THEN
    PERFORM bewaak_weiger('Indienen kan alleen met naam en moment.', TG_TABLE_NAME);
  END IF;
  IF 'vastgesteld_op' = ANY (gewijzigd) OR 'raadsbesluit_nummer' = ANY (gewijzigd) OR 'raadsbesluit_datum' = ANY (gewijzigd)
     OR 'vastgesteld_door_id' = ANY (gewijzigd) THEN
    IF NEW.raadsbesluit_nummer = '' OR NEW.raadsbesluit_datum IS NULL OR NEW.vastgesteld_op IS NULL
       OR NEW.vastgesteld_door_id IS NULL OR NEW.raadsbesluit_datum > current_date + 1
       OR NEW.vastgesteld_op > clock_timestamp() THEN
      PERFORM bewaak_weiger('Een raadsbesluit heeft nummer, datum, moment en naam; alles in een keer.', TG_TABLE_NAME);
    END IF;
  END IF;

  -- The proof of a publication is whole, and of now. Observations in flight have landed: the advisory lock waits for
  -- them, and none may be of after the peilmoment.
  IF NEW.status = 'gepubliceerd' AND OLD.status = 'ingediend' THEN
    PERFORM pg_advisory_xact_lock(7303001);
    IF NEW.peilmoment IS NULL OR NEW.gepubliceerd_op IS DISTINCT FROM NEW.peilmoment
       OR NEW.peilmoment NOT BETWEEN transaction_timestamp() AND clock_timestamp()
       OR NEW.controlesom !~ '^[0-9a-f]{64}$' OR NEW.anker !~ '^[0-9a-f]{64}$'
       OR EXISTS (SELECT FROM indicatoren_waarneming WHERE vastgelegd_op > NEW.peilmoment)
       OR NOT EXISTS (SELECT FROM programma_bestand WHERE versie_id = NEW.id AND naam = 'begroting.csv') THEN
      PERFORM bewaak_weiger('Publiceren kan alleen met peilmoment, controlesom, anker en bestanden van nu.', TG_TABLE_NAME);
    END IF;
  END IF;
  IF NEW.status = 'ingetrokken' AND OLD.status = 'gepubliceerd' AND (
       NEW.ingetrokken_op IS NULL OR NEW.ingetrokken_door_id IS NULL) THEN
    PERFORM bewaak_weiger('Intrekken kan alleen met naam en moment.', TG_TABLE_NAME);
  END IF;

  -- Four eyes (a superuser too): whoever approves neither submitted nor changed a row of this version.
  IF NEW.goedgekeurd_door_id IS NOT NULL AND 'goedgekeurd_door_id' = ANY (gewijzigd) THEN
    IF NEW.goedgekeurd_door_id = NEW.ingediend_door_id OR EXISTS (
         SELECT FROM programma_bewerking
         WHERE versie_id = NEW.id AND door_id = NEW.goedgekeurd_door_id AND via <> 'kopie') THEN
      RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'versie_vier_ogen', TABLE = TG_TABLE_NAME,
        MESSAGE = 'Wie een versie indiende of erin wijzigde, kan die niet goedkeuren.',
        HINT = 'Laat een collega goedkeuren die niets aan deze versie deed.';
    END IF;
  END IF;
  IF NEW.status = 'ingediend' AND OLD.goedgekeurd_door_id IS NOT NULL
     AND (ARRAY['goedgekeurd_op', 'goedgekeurd_door_id', 'goedgekeurde_controlesom'] && gewijzigd) THEN
    PERFORM bewaak_weiger('Een goedkeuring ligt vast; alleen terugsturen haalt haar weg.', TG_TABLE_NAME);
  END IF;

  -- The title is part of what is approved: who changes it is an author too.
  IF 'titel' = ANY (gewijzigd) THEN
    INSERT INTO programma_bewerking (versie_id, tabel, soort, rijen, op, door_id, databaserol, via)
    VALUES (NEW.id, TG_TABLE_NAME, TG_OP, 1, clock_timestamp(),
            nullif(current_setting('veiligheid.door', true), '')::bigint, session_user, '');
  END IF;
  RETURN NEW;
END $$;

-- The steps of a version are written here and nowhere else: nobody can add one that was not taken.
CREATE FUNCTION bewaak_stappen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  stap text;
  wie bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    stap := 'maak_concept'; wie := NEW.aangemaakt_door_id;
  ELSE
    CASE OLD.status || ' > ' || NEW.status
      WHEN 'concept > ingediend' THEN stap := 'dien_in'; wie := NEW.ingediend_door_id;
      WHEN 'ingediend > concept' THEN stap := 'stuur_terug';
      WHEN 'ingediend > gepubliceerd' THEN stap := 'publiceer'; wie := NEW.gepubliceerd_door_id;
      WHEN 'gepubliceerd > ingetrokken' THEN stap := 'trek_in'; wie := NEW.ingetrokken_door_id;
      WHEN 'gepubliceerd > gepubliceerd' THEN
        IF OLD.vastgesteld_op IS DISTINCT FROM NEW.vastgesteld_op THEN
          stap := 'stel_vast'; wie := NEW.vastgesteld_door_id;
        END IF;
      WHEN 'ingediend > ingediend' THEN
        IF OLD.goedgekeurd_op IS DISTINCT FROM NEW.goedgekeurd_op THEN
          stap := 'keur_goed'; wie := NEW.goedgekeurd_door_id;
        ELSIF OLD.gepland_op IS DISTINCT FROM NEW.gepland_op THEN
          stap := 'plan'; wie := NEW.gepland_door_id;
        END IF;
      ELSE NULL;
    END CASE;
  END IF;
  IF stap IS NOT NULL THEN
    INSERT INTO programma_stap (versie_id, werkwoord, op, door_id, reden, controlesom)
    VALUES (NEW.id, stap, clock_timestamp(),
            coalesce(wie, nullif(current_setting('veiligheid.door', true), '')::bigint),
            CASE WHEN stap IN ('stuur_terug', 'trek_in') THEN NEW.reden ELSE '' END,
            coalesce(nullif(NEW.controlesom, ''), NEW.goedgekeurde_controlesom));
  END IF;
  RETURN NULL;
END $$;

-- A file belongs to a publication: at the commit its version must have been published.
CREATE FUNCTION bewaak_bestand_af() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM programma_versie WHERE id = NEW.versie_id AND gepubliceerd_op IS NOT NULL) THEN
    PERFORM bewaak_weiger(format('Bestand %s hoort bij geen publicatie.', NEW.naam), TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION bewaak_bestand() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE rij record;
BEGIN
  FOR rij IN SELECT nummer, status FROM programma_versie WHERE id IN (SELECT versie_id FROM nieuw) FOR SHARE LOOP
    IF rij.status <> 'ingediend' THEN
      PERFORM bewaak_weiger(format('Bestanden van versie %s (%s) liggen vast.', rij.nummer, rij.status), TG_TABLE_NAME);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE FUNCTION bewaak_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE rij record;
BEGIN
  IF (OLD.id, OLD.soort, OLD.jaar, OLD.slug) IS NOT DISTINCT FROM (NEW.id, NEW.soort, NEW.jaar, NEW.slug) THEN
    RETURN NEW;
  END IF;
  FOR rij IN SELECT status FROM programma_versie WHERE document_id = OLD.id FOR SHARE LOOP
    IF rij.status <> 'concept' THEN
      PERFORM bewaak_weiger('Soort, jaar en webadres van dit document liggen vast: er is al een versie ingediend.', TG_TABLE_NAME);
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE FUNCTION bewaak_taakveld() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE rij record;
BEGIN
  IF OLD.naam = NEW.naam THEN
    RETURN NEW;
  END IF;
  FOR rij IN SELECT status FROM programma_versie
             WHERE id IN (SELECT versie_id FROM programma_begrotingsregel WHERE taakveld_id = OLD.id) FOR SHARE LOOP
    IF rij.status <> 'concept' THEN
      PERFORM bewaak_weiger(format('Taakveld %s wordt gebruikt in een versie die vastligt.', OLD.code), TG_TABLE_NAME);
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE TRIGGER bewaak_versie BEFORE INSERT OR UPDATE OR DELETE ON programma_versie
  FOR EACH ROW EXECUTE FUNCTION bewaak_versie();
CREATE TRIGGER bewaak_stappen AFTER INSERT OR UPDATE ON programma_versie
  FOR EACH ROW EXECUTE FUNCTION bewaak_stappen();
CREATE CONSTRAINT TRIGGER bewaak_bestand_af AFTER INSERT ON programma_bestand DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION bewaak_bestand_af();
CREATE TRIGGER bewaak_legen BEFORE TRUNCATE ON programma_versie
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_legen();
CREATE TRIGGER bewaak_document BEFORE UPDATE ON programma_document
  FOR EACH ROW EXECUTE FUNCTION bewaak_document();
CREATE TRIGGER bewaak_taakveld BEFORE UPDATE ON programma_taakveld
  FOR EACH ROW EXECUTE FUNCTION bewaak_taakveld();
CREATE TRIGGER bewaak_kenmerk BEFORE UPDATE ON programma_taakveld
  FOR EACH ROW EXECUTE FUNCTION bewaak_kenmerk('id', 'code', 'geldig_van');
CREATE TRIGGER bewaak_kenmerk BEFORE UPDATE ON programma_verbondenpartij
  FOR EACH ROW EXECUTE FUNCTION bewaak_kenmerk('id', 'slug');
CREATE TRIGGER bewaak_bestand AFTER INSERT ON programma_bestand REFERENCING NEW TABLE AS nieuw
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_bestand();
"""

PER_RIJTABEL = """
CREATE TRIGGER bewaak_toevoegen AFTER INSERT ON programma_{tabel} REFERENCING NEW TABLE AS nieuw
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_versierijen();
CREATE TRIGGER bewaak_wijzigen AFTER UPDATE ON programma_{tabel} REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_versierijen();
CREATE TRIGGER bewaak_verwijderen AFTER DELETE ON programma_{tabel} REFERENCING OLD TABLE AS oud
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_versierijen();
CREATE TRIGGER bewaak_legen BEFORE TRUNCATE ON programma_{tabel}
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_legen();
CREATE TRIGGER bewaak_verhuizen BEFORE UPDATE OF versie_id ON programma_{tabel}
  FOR EACH ROW WHEN (OLD.versie_id IS DISTINCT FROM NEW.versie_id) EXECUTE FUNCTION bewaak_rij();
"""

PER_OUDER = """
CREATE TRIGGER bewaak_ouder BEFORE DELETE ON programma_{tabel} FOR EACH ROW EXECUTE FUNCTION bewaak_rij();
"""

PER_LOGBOEK = """
CREATE TRIGGER bewaak_alleen_toevoegen BEFORE UPDATE OR DELETE ON programma_{tabel}
  FOR EACH ROW EXECUTE FUNCTION bewaak_alleen_toevoegen();
CREATE TRIGGER bewaak_legen BEFORE TRUNCATE ON programma_{tabel}
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_alleen_toevoegen();
"""

# What /gezond/gereed asks. The list is taken here, of what the migrations up to this one made; a later migration
# that guards more tables replaces it by calling bewaking_vastleggen() again.
BEWAKING = """
CREATE TABLE programma_bewaking (tabel text NOT NULL, naam text NOT NULL, PRIMARY KEY (tabel, naam));

CREATE FUNCTION bewaking_vastleggen() RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM programma_bewaking;
  INSERT INTO programma_bewaking
  SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE t.tgname LIKE 'bewaak%' AND c.relnamespace = 'public'::regnamespace;
$$;
REVOKE ALL ON FUNCTION bewaking_vastleggen() FROM PUBLIC;

CREATE FUNCTION bewaking_in_orde() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM programma_bewaking) AND NOT EXISTS (
    SELECT FROM programma_bewaking b WHERE NOT EXISTS (
      SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relname = b.tabel AND c.relnamespace = 'public'::regnamespace AND t.tgname = b.naam
        AND t.tgenabled IN ('O', 'A')));
$$;

SELECT bewaking_vastleggen();
"""

TERUG = """
DROP FUNCTION bewaking_in_orde();
DROP FUNCTION bewaking_vastleggen();
DROP TABLE programma_bewaking;
DROP TRIGGER bewaak_bestand_af ON programma_bestand;
DROP TRIGGER bewaak_stappen ON programma_versie;
DROP TRIGGER bewaak_bestand ON programma_bestand;
DROP TRIGGER bewaak_kenmerk ON programma_verbondenpartij;
DROP TRIGGER bewaak_kenmerk ON programma_taakveld;
DROP TRIGGER bewaak_taakveld ON programma_taakveld;
DROP TRIGGER bewaak_document ON programma_document;
DROP TRIGGER bewaak_legen ON programma_versie;
DROP TRIGGER bewaak_versie ON programma_versie;
DROP FUNCTION bewaak_taakveld();
DROP FUNCTION bewaak_document();
DROP FUNCTION bewaak_bestand_af();
DROP FUNCTION bewaak_stappen();
DROP FUNCTION bewaak_bestand();
DROP FUNCTION bewaak_versie();
DROP FUNCTION bewaak_legen();
DROP FUNCTION bewaak_rij();
DROP FUNCTION bewaak_versierijen();
DROP FUNCTION bewaak_weiger(text, text);
"""

TERUG_PER_RIJTABEL = """
DROP TRIGGER bewaak_toevoegen ON programma_{tabel};
DROP TRIGGER bewaak_wijzigen ON programma_{tabel};
DROP TRIGGER bewaak_verwijderen ON programma_{tabel};
DROP TRIGGER bewaak_legen ON programma_{tabel};
DROP TRIGGER bewaak_verhuizen ON programma_{tabel};
"""

TERUG_PER_OUDER = "DROP TRIGGER bewaak_ouder ON programma_{tabel};"

TERUG_PER_LOGBOEK = """
DROP TRIGGER bewaak_alleen_toevoegen ON programma_{tabel};
DROP TRIGGER bewaak_legen ON programma_{tabel};
"""


def _per(vorm: str, tabellen: list[str]) -> str:
    return "".join(vorm.format(tabel=tabel) for tabel in tabellen)


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0002_rij_en_versie_samen"),
        ("indicatoren", "0002_alleen_toevoegen"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTIES
            + _per(PER_RIJTABEL, VERSIERIJEN)
            + _per(PER_OUDER, OUDERS)
            + _per(PER_LOGBOEK, LOGBOEKEN)
            + BEWAKING,
            _per(TERUG_PER_RIJTABEL, VERSIERIJEN)
            + _per(TERUG_PER_OUDER, OUDERS)
            + _per(TERUG_PER_LOGBOEK, LOGBOEKEN)
            + TERUG,
        )
    ]
