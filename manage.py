#!/usr/bin/env python
"""The only door: every task of the site is a command here."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

# Only these commands change the structure of the database, or copy it whole: they connect as its owner, all others as
# the site.
VAN_DE_EIGENAAR = frozenset({"migrate", "sqlmigrate", "showmigrations", "backup", "herstel"})


def main() -> None:
    """Run the command in sys.argv as the right database role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veiligheid.settings")
    if len(sys.argv) > 1 and sys.argv[1] in VAN_DE_EIGENAAR:
        os.environ.setdefault("DATABASE_ALS", "eigenaar")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fout:
        # The settings refuse with a sentence for whoever starts the site; a traceback would hide it.
        sys.exit(str(fout))


if __name__ == "__main__":
    main()
