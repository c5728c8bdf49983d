"""The table of the cache: counters of failed logins and used codes, shared by all processes of the site.

The site's own role makes no tables, so `createcachetable` is not for it; this is the same table.
"""

from django.db import migrations

TABEL = """
CREATE TABLE veiligheid_cache (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX veiligheid_cache_expires ON veiligheid_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [migrations.RunSQL(TABEL, "DROP TABLE veiligheid_cache")]
