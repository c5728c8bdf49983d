"""`manage.py maak_pdf`: make the PDFs that published versions have not yet. Safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programma.afdruk.bewaren import maak_pdf, ontbrekend
from programma.models import Versie
from programma.publicatie import Geweigerd


class Command(BaseCommand):
    help = "Maak de PDF’s die gepubliceerde versies nog niet hebben. Wat er al is, blijft zoals het is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, version by version; end with an error when something could not be made."""
        fouten = []
        versies = Versie.objects.gepubliceerd().select_related("document").order_by("-gepubliceerd_op", "pk")
        for versie in versies:
            namen = ontbrekend(versie)
            if not namen:
                continue
            try:
                maak_pdf(versie)
            except Geweigerd as fout:
                fouten.append(str(fout))
            else:
                woord = "1 PDF" if len(namen) == 1 else f"{len(namen)} PDF’s"
                self.stdout.write(f"{versie.titel}, versie {versie.nummer}: {woord} gemaakt.")
        if fouten:
            raise CommandError("\n".join(fouten))
