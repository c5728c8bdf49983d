"""The index of the search: pieces of text of what readers can find now, and the words in them.

It is made from published rows and can be made again from them (`manage.py zoekindex`), so it has no history and no model.
A concept can never be in it: PostgreSQL refuses a row of a version that is not published, whoever writes it; and whoever
reads it asks for the status again.
"""

from django.db import migrations

SITE = "veiligheid_site"

MAAK = f"""
CREATE TABLE programma_zoekstuk (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  versie_id bigint NOT NULL REFERENCES programma_versie (id) ON DELETE CASCADE,
  groep smallint NOT NULL,
  programma_slug text NOT NULL DEFAULT '',
  programma text NOT NULL DEFAULT '',
  pakket_code text NOT NULL DEFAULT '',
  pakket text NOT NULL DEFAULT '',
  anker text NOT NULL DEFAULT '',
  sleutel text NOT NULL DEFAULT '',
  titel text NOT NULL,
  tekst text NOT NULL DEFAULT '',
  euro numeric(17, 2),
  fase text NOT NULL DEFAULT '',
  jaar smallint,
  kop tsvector NOT NULL,
  woorden tsvector NOT NULL
);
-- What still has to be sorted in is read by every search, so there is little of it (kB); none would make publishing slow.
CREATE INDEX zoekstuk_woorden ON programma_zoekstuk USING gin (woorden) WITH (gin_pending_list_limit = 512);
CREATE INDEX zoekstuk_omvang ON programma_zoekstuk (abs(euro)) WHERE euro IS NOT NULL;
CREATE INDEX zoekstuk_versie ON programma_zoekstuk (versie_id);

-- The planner does not count what it costs to unpack a tsvector: left to itself it reads them all as soon as it expects
-- many to match, ten times as slow as the index. A function has its own settings, and is not taken apart.
CREATE FUNCTION zoek_in_index(vraag tsquery) RETURNS TABLE (id bigint, versie_id bigint, groep smallint, in_kop boolean)
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
  SELECT s.id, s.versie_id, s.groep, s.kop @@ vraag FROM programma_zoekstuk s WHERE s.woorden @@ vraag
$$;

CREATE TABLE programma_zoekwoord (
  versie_id bigint NOT NULL REFERENCES programma_versie (id) ON DELETE CASCADE,
  vorm text NOT NULL,
  woord text NOT NULL,
  PRIMARY KEY (versie_id, vorm)
);
CREATE INDEX zoekwoord_begin ON programma_zoekwoord (left(vorm, 2), length(vorm));
CREATE INDEX zoekwoord_eind ON programma_zoekwoord (right(vorm, 3), length(vorm));

CREATE FUNCTION bewaak_zoekindex() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM programma_versie WHERE id IN (SELECT versie_id FROM nieuw) AND status <> 'gepubliceerd') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'zoekindex_alleen_gepubliceerd',
      TABLE = TG_TABLE_NAME, MESSAGE = 'Alleen wat gepubliceerd is, komt in de zoekindex.';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER bewaak_zoekindex AFTER INSERT ON programma_zoekstuk REFERENCING NEW TABLE AS nieuw
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_zoekindex();
CREATE TRIGGER bewaak_zoekindex AFTER INSERT ON programma_zoekwoord REFERENCING NEW TABLE AS nieuw
  FOR EACH STATEMENT EXECUTE FUNCTION bewaak_zoekindex();

REVOKE ALL ON FUNCTION bewaak_zoekindex() FROM PUBLIC;
REVOKE UPDATE ON programma_zoekstuk, programma_zoekwoord FROM {SITE};
SELECT bewaking_vastleggen();
"""

TERUG = """
DROP TABLE programma_zoekwoord;
DROP FUNCTION zoek_in_index(tsquery);
DROP TABLE programma_zoekstuk;
DROP FUNCTION bewaak_zoekindex();
SELECT bewaking_vastleggen();
"""


class Migration(migrations.Migration):
    dependencies = [("programma", "0009_samenvatting")]

    operations = [migrations.RunSQL(MAAK, TERUG)]
