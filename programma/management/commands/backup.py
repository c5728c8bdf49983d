"""`manage.py backup MAP`: a backup of everything, in a new folder of MAP. Runs as the owner of the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programma.reservekopie.kopiemap import Kopiefout
from programma.reservekopie.maken import maak
from veiligheid.database.hulpprogramma import Programmafout
from veiligheid.formatting import decimaal, moment, omvang


class Command(BaseCommand):
    help = "Maak een reservekopie van alles, in een nieuwe map onder MAP met het moment als naam. Eindcode 0: gelukt."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        """Add the folder."""
        parser.add_argument("map", type=Path, metavar="MAP", help="De map van alle reservekopieën; leeg of nieuw mag.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the backup and print what must be kept elsewhere."""
        try:
            kopie = maak(options["map"].absolute(), self._melden)
        except (Kopiefout, Programmafout) as fout:
            raise CommandError(str(fout)) from fout
        bestanden = kopie.manifest["bestanden"]
        stand = kopie.manifest["stand"]
        self.stdout.write(
            f"Reservekopie gemaakt: {kopie.map}\n"
            f"  moment     {moment(kopie.moment)}\n"
            f"  inhoud     {len(stand['versies'])} versies, {decimaal(stand['gebeurtenissen'])} gebeurtenissen, "
            f"{omvang(sum(bestand['omvang'] for bestand in bestanden.values()))}\n"
            f"  kop        {stand['kop'] or 'nog leeg'}\n"
            f"  sha256     {kopie.sha256}\n"
            "Bewaar kop en sha256 buiten deze machine. Met manage.py herstel --sha256 ziet u later of iemand de kopie "
            "heeft vervangen. De SECRET_KEY en wachtwoorden zitten niet in de kopie: bewaar die apart.\n"
        )

    def _melden(self, wat: str) -> None:
        """Say what goes on to who waits for it; a log file has no need of it."""
        if self.stdout.isatty():
            self.stdout.write(f"Bezig met {wat} …")
