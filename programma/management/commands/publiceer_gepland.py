"""`manage.py publiceer_gepland`: publish what is planned and due. A timer runs this, for instance every minute."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from programma import publicatie
from programma.bewaard.maken import BestandOntbreekt, maak_bestanden
from programma.models import Versie
from veiligheid.namens import namens


class Command(BaseCommand):
    help = "Publiceer de versies waarvan het geplande moment er is. Laat een timer dit elke minuut doen."

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish each due version in its own transaction; end with code 1 when one was refused, or lacks files."""
        geweigerd = False
        wachtend = Versie.objects.filter(status=Versie.Status.INGEDIEND, gepland_op__lte=timezone.now())
        for versie in wachtend.select_related("gepland_door").order_by("gepland_op", "pk"):
            try:
                with namens(versie.gepland_door_id, via="opdracht"):
                    gepubliceerd = publicatie.publiceer(versie, door=versie.gepland_door)
                    self.stdout.write(f"{versie.titel}, versie {versie.nummer}: gepubliceerd.")
                    maak_bestanden(gepubliceerd, door=versie.gepland_door)
            except BestandOntbreekt as fout:
                geweigerd = True
                self.stderr.write(f"{fout} Maak ze met: manage.py maak_bestanden")
            except publicatie.Geweigerd as weigering:
                geweigerd = True
                self.stderr.write(f"{versie}: niet gepubliceerd. {weigering}")
        if geweigerd:
            sys.exit(1)
