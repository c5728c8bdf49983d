"""`manage.py laad_basis`: taakvelden, compulsory indicators and inhabitants, as far as they are not there yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from indicatoren.inlezen import lees_indicatoren, lees_inwoners
from programma.inlezen import lees_taakvelden


class Command(BaseCommand):
    help = "Laad de taakvelden, de verplichte indicatoren en de inwoneraantallen die er nog niet zijn."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the three files and say how many rows were new."""
        map = settings.BASE_DIR / "fixtures"
        self.stdout.write(f"{lees_taakvelden(map / 'taakvelden.csv')} taakvelden toegevoegd.")
        self.stdout.write(f"{lees_indicatoren(map / 'indicatoren.csv')} indicatoren toegevoegd.")
        self.stdout.write(f"{lees_inwoners(map / 'inwoners.csv')} inwoneraantallen toegevoegd.")
