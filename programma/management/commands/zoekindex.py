"""`manage.py zoekindex`: make the search index again from what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from programma.zoekindex import herbouw
from veiligheid.formatting import decimaal


class Command(BaseCommand):
    help = (
        "Maak de zoekindex opnieuw uit wat gepubliceerd is. Nodig na een nieuwe uitgave van deze software; kan altijd."
    )

    def add_arguments(self, parser: Any) -> None:
        """Add --ontbrekend."""
        parser.add_argument("--ontbrekend", action="store_true", help="Alleen documenten die nog niet te vinden zijn.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the index of each document again, each in its own transaction."""
        aantallen = herbouw(ontbrekend=options["ontbrekend"])
        for slug, aantal in aantallen.items():
            self.stdout.write(f"{slug}: {decimaal(aantal)} stukken")
        if not aantallen:
            self.stdout.write("Er is niets te doen: er zijn geen documenten, of ze zijn al te vinden.")
