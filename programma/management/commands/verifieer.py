"""`manage.py verifieer`: check the history, the rows that it speaks of, and every publication."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programma.spoor.verificatie import MEESTE, controleer_historie
from veiligheid.formatting import decimaal


class Command(BaseCommand):
    help = "Controleer of de historie heel is en of alles wat in de begroting staat ermee klopt. Eindcode 0: in orde."

    def add_arguments(self, parser: Any) -> None:
        """Add --anker."""
        parser.add_argument(
            "--anker",
            default="",
            help="Wat u eerder buiten deze machine bewaarde: een kop van de historie (<nummer>:<sha256>), het anker op "
            "de pagina van een publicatie (64 tekens), of een bestand met een van beide op de eerste regel.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict; end with an error when something is wrong, or when the anchor cannot be read."""
        try:
            oordeel = controleer_historie(_anker(options["anker"]), self._melden)
        except ValueError as fout:
            raise CommandError(str(fout)) from fout
        for zin in oordeel.afwijkingen:
            self.stderr.write(zin)
        if not oordeel.in_orde:
            aantal = len(oordeel.afwijkingen)
            raise CommandError(
                f"De historie klopt niet: {aantal} {'afwijking' if aantal == 1 else 'afwijkingen'}, hierboven. "
                f"Van elke soort staan er hoogstens {MEESTE}. Verander niets, bewaar een kopie van de database, en leg "
                "die naast een eerdere reservekopie."
            )
        self.stdout.write(
            f"In orde: {decimaal(oordeel.gebeurtenissen)} gebeurtenissen, en alle rijen zijn wat de historie zegt.\n"
            f"Kop van de historie (schrijf hem op en bewaar hem buiten deze machine): {oordeel.kop or 'nog leeg'}\n"
        )
        if not options["anker"]:
            self.stdout.write(
                "Zonder --anker is niet te zien of iemand historie en begroting samen heeft herschreven.\n"
            )

    def _melden(self, wat: str) -> None:
        """Say what goes on to who waits for it; a log file has no need of it."""
        if self.stdout.isatty():
            self.stdout.write(f"Bezig met {wat} …")


def _anker(gegeven: str) -> str:
    """Return the anchor itself, out of a file if one was named. Raises CommandError when that cannot be read."""
    bestand = Path(gegeven)
    try:
        if not gegeven or not bestand.is_file():
            return gegeven
        regels = bestand.read_text(encoding="utf-8").split("\n", 1)
    except (OSError, ValueError) as fout:
        raise CommandError(f"Het bestand {gegeven} is niet te lezen: {fout}") from fout
    return regels[0]
