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
-- A reader waits for a search, nobody for a publication: so no list of what still has to be sorted in.
CREATE INDEX zoekstuk_woorden ON programma_zoekstuk USING gin (woorden) WITH (fastupdate = off);
CREATE INDEX zoekstuk_omvang ON programma_zoekstuk (abs(euro)) WHERE euro IS NOT NULL;
CREATE INDEX zoekstuk_versie ON programma_zoekstuk (versie_id);

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
DROP TABLE programma_zoekstuk;
DROP FUNCTION bewaak_zoekindex();
SELECT bewaking_vastleggen();
"""


class Migration(migrations.Migration):
    dependencies = [("programma", "0009_samenvatting")]

    operations = [migrations.RunSQL(MAAK, TERUG)]
