"""`manage.py verifieer`: check the history, the rows that it speaks of, and every publication."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programma.verificatie import controleer_historie
from veiligheid.formatting import decimaal


class Command(BaseCommand):
    help = "Controleer of de historie heel is en of alles wat in de begroting staat ermee klopt."

    def add_arguments(self, parser: Any) -> None:
        """Add --anker."""
        parser.add_argument(
            "--anker", default="", help="Een kop van de historie die u eerder opschreef: <nummer>:<sha256>."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict; end with an error when something is wrong."""
        try:
            oordeel = controleer_historie(options["anker"])
        except ValueError as fout:
            raise CommandError(str(fout)) from fout
        for zin in oordeel.afwijkingen:
            self.stderr.write(zin)
        if not oordeel.in_orde:
            raise CommandError(f"De historie klopt niet: {len(oordeel.afwijkingen)} afwijkingen.")
        self.stdout.write(
            f"In orde: {decimaal(oordeel.gebeurtenissen)} gebeurtenissen, en alle rijen zijn wat de historie zegt.\n"
            f"Kop van de historie (schrijf hem op en bewaar hem buiten deze machine): {oordeel.kop or 'nog leeg'}\n"
        )
        if not options["anker"]:
            self.stdout.write(
                "Zonder --anker is niet te zien of iemand historie en begroting samen heeft herschreven.\n"
            )
