"""`manage.py herstel MAP`: put a backup back into an empty database. Runs as the owner of the database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programma.reservekopie import kopiemap
from programma.reservekopie.kopiemap import Kopiefout
from programma.reservekopie.terugzetten import Teruggezet, zet_terug
from veiligheid.database.hulpprogramma import Programmafout
from veiligheid.formatting import decimaal, moment


class Command(BaseCommand):
    help = (
        "Zet een reservekopie terug in een lege database, en controleer dat alles hetzelfde is. Klopt er iets niet, "
        "dan blijft de database leeg en is de eindcode 1. Zet de site eerst uit."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        """Add the folder, --sha256 and --alleen-controleren."""
        parser.add_argument("map", type=Path, metavar="MAP", help="De map van één reservekopie.")
        parser.add_argument(
            "--sha256",
            default="",
            help="De sha256 die manage.py backup toonde. Daarmee ziet u ook of iemand de hele kopie heeft vervangen.",
        )
        parser.add_argument(
            "--alleen-controleren",
            action="store_true",
            help="Kijk alleen of de kopie heel is. De database wordt niet aangeraakt.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Put it back, or only look; print what was done, or end with the reason why not."""
        map, sha256 = options["map"].absolute(), options["sha256"].strip().lower()
        try:
            if options["alleen_controleren"]:
                kopie = kopiemap.lees(map, sha256)
                self.stdout.write(f"De reservekopie van {moment(kopie.moment)} is heel. sha256 {kopie.sha256}\n")
            else:
                self.stdout.write(_verslag(zet_terug(map, sha256, self._melden)))
        except (Kopiefout, Programmafout) as fout:
            raise CommandError(str(fout)) from fout

    def _melden(self, wat: str) -> None:
        """Say what goes on to who waits for it; a log file has no need of it."""
        if self.stdout.isatty():
            self.stdout.write(f"Bezig met {wat} …")


def _verslag(gedaan: Teruggezet) -> str:
    stand, kopie = gedaan.stand, gedaan.kopie
    nummer = stand.kop.partition(":")[0]
    bestanden = sum(len(versie["bestanden"]) for versie in stand.versies.values())
    regels = [
        f"Teruggezet en gecontroleerd: {kopie.map}",
        f"  moment     {moment(kopie.moment)}, {_geleden(timezone.now() - kopie.moment)} geleden; "
        "wat daarna is gedaan, is weg",
        f"  inhoud     {len(stand.versies)} versies, {decimaal(sum(stand.tabellen.values()))} rijen, "
        f"{decimaal(stand.gebeurtenissen)} gebeurtenissen",
        f"  kop        {stand.kop or 'nog leeg'}",
        f"  hetzelfde  {bestanden} bestanden byte voor byte, de historie, de triggers en de rechten",
    ]
    if gedaan.inrichting:
        regels.append(f"  huisstijl  {gedaan.inrichting} (wijs THEMA en GEMEENTE_LOGO daarheen)")
    regels += [
        f"Een anker of kop van na dit moment (hoger dan {nummer or '0'}) hoort bij een historie die niet terug is. "
        "manage.py verifieer --anker zegt dan dat de historie korter is: dat klopt. Verzegel niets opnieuw: dan "
        "bewijst geen enkel anker nog iets. Leg vast, met twee personen, tot welke kop is teruggezet en welke ankers "
        "daarmee vervallen, en meld het aan wie zo'n anker heeft.",
        "Zet de SECRET_KEY op die van toen. Met een andere moet iedereen zijn tweede stap opnieuw instellen.",
    ]
    return "\n".join(regels) + "\n"


def _geleden(duur: timedelta) -> str:
    """Return how long ago something was, in two units."""
    minuten = max(0, int(duur.total_seconds()) // 60)
    dagen, uren = divmod(minuten // 60, 24)
    if dagen:
        return f"{dagen} {'dag' if dagen == 1 else 'dagen'} en {uren} uur"
    return f"{uren} uur en {minuten % 60} {'minuut' if minuten % 60 == 1 else 'minuten'}"
