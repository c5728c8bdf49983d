#!/usr/bin/env python
"""The only door: every task of the site is a command here."""

import os
import sys

from django.core.management import execute_from_command_line

# Only these commands change the structure of the database; they connect as its owner, all others as the site.
VAN_DE_EIGENAAR = frozenset({"migrate", "sqlmigrate", "showmigrations"})


def main() -> None:
    """Run the command in sys.argv as the right database role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veiligheid.settings")
    if len(sys.argv) > 1 and sys.argv[1] in VAN_DE_EIGENAAR:
        os.environ.setdefault("DATABASE_ALS", "eigenaar")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
