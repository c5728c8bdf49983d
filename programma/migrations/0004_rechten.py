"""Least rights: the database role of the site, and the five roles of people.

The site's role owns nothing: no DDL, no TRUNCATE, no changes to what is append-only. The owner's later tables get
the same rights by default. People's roles are groups; what each may do stands in ROLLEN.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SITE = "veiligheid_site"

ROL = f"""
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{SITE}') THEN
    CREATE ROLE {SITE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'De databaserol {SITE} ontbreekt. Laat een beheerder uitvoeren: CREATE ROLE {SITE} NOLOGIN;';
END $$;
GRANT USAGE ON SCHEMA public TO {SITE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {SITE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {SITE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {SITE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {SITE};
REVOKE INSERT, UPDATE, DELETE ON django_migrations, programma_bewaking FROM {SITE};
REVOKE UPDATE, DELETE ON indicatoren_waarneming, indicatoren_gebiedsnaam, programma_stap, programma_bewerking,
  programma_bestand FROM {SITE};
REVOKE INSERT ON programma_bewerking, programma_stap FROM {SITE};
"""

ROL_TERUG = f"""
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {SITE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {SITE};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {SITE};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {SITE};
REVOKE USAGE ON SCHEMA public FROM {SITE};
"""

RIJEN = [
    "kolom", "programma", "paragraaf", "bron", "wijziging", "pakket", "sectie", "doel", "doelindicator",
    "programmaindicator", "deelname", "partijcijfers", "begrotingsregel", "bedrag", "gedrukttotaal",
]  # fmt: skip
BEGROTING = ["document", "versie", *RIJEN, "verbondenpartij", "taakveld", "stap", "bewerking", "bestand"]
WAARNEMINGEN = ["gebied", "gebiedsnaam", "indicator", "waarneming"]
LEZEN = [f"programma.view_{naam}" for naam in BEGROTING] + [f"indicatoren.view_{naam}" for naam in WAARNEMINGEN]

ROLLEN = {
    "redacteur": [
        *LEZEN,
        *(f"programma.{wat}_{naam}" for naam in RIJEN for wat in ("add", "change", "delete")),
        *(f"programma.{wat}_{naam}" for naam in ("document", "verbondenpartij") for wat in ("add", "change")),
        "programma.change_versie",
        "programma.delete_versie",
        "programma.maak_concept",
        "programma.dien_in",
        "indicatoren.add_waarneming",
    ],
    "publicist": [
        *LEZEN,
        *(f"programma.{wat}" for wat in ("stuur_terug", "keur_goed", "publiceer", "stel_vast", "trek_in")),
    ],
    # A schrijver works on pakketten that are given to them; without that gift there is nothing to see.
    "schrijver": [],
    "auditor": LEZEN,
    "beheerder": [
        *LEZEN,
        *(f"auth.{wat}_user" for wat in ("view", "add", "change")),
        "auth.view_group",
        *(f"programma.{wat}_taakveld" for wat in ("add", "change")),
        *(f"indicatoren.{wat}_{naam}" for naam in ("gebied", "indicator") for wat in ("add", "change")),
        "indicatoren.add_gebiedsnaam",
    ],
}


def maak_rollen(apps, schema_editor):
    """Make the groups. Django makes permissions only after all migrations, so they are made here first."""
    for app in ("auth", "indicatoren", "programma"):
        config = apps.get_app_config(app)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    bestaand = {
        f"{recht.content_type.app_label}.{recht.codename}": recht
        for recht in Permission.objects.select_related("content_type")
    }
    for naam, rechten in ROLLEN.items():
        groep, _ = Group.objects.get_or_create(name=naam)
        groep.permissions.set([bestaand[recht] for recht in rechten])


def verwijder_rollen(apps, schema_editor):
    """Remove the groups."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLLEN).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0003_bewaak_versies"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(maak_rollen, verwijder_rollen),
        migrations.RunSQL(ROL, ROL_TERUG),
    ]
