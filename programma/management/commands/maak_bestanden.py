"""`manage.py maak_bestanden`: make the files that published versions have not yet. Safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programma.bewaard.maken import maak_bestanden, ontbrekend
from programma.bewaard.namen import aantal_bestanden
from programma.models import Versie
from programma.publicatie import Geweigerd


class Command(BaseCommand):
    help = "Maak de PDF’s en rekenbladen die gepubliceerde versies nog niet hebben. Wat er is, blijft zoals het is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, version by version; end with an error when something could not be made."""
        fouten = []
        versies = Versie.objects.gepubliceerd().select_related("document").order_by("-gepubliceerd_op", "pk")
        for versie in versies:
            namen = ontbrekend(versie)
            if not namen:
                continue
            try:
                maak_bestanden(versie)
            except Geweigerd as fout:
                fouten.append(str(fout))
            else:
                self.stdout.write(f"{versie.titel}, versie {versie.nummer}: {aantal_bestanden(len(namen))} gemaakt.")
        if fouten:
            raise CommandError("\n".join(fouten))
