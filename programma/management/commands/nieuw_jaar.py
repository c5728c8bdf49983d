"""`manage.py nieuw_jaar`: make next year's document out of the published version of a document."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from programma import publicatie
from programma.jaar.nieuw_jaar import Jaarplan, maak_plan, nieuw_jaar
from programma.models import Versie


class Command(BaseCommand):
    help = "Maak het document van het volgende jaar uit de gepubliceerde versie van een document."

    def add_arguments(self, parser: Any) -> None:
        """Add the document, --door and --alleen-tonen."""
        parser.add_argument("document", help="Naam in het webadres, zoals programmabegroting-2025.")
        parser.add_argument("--door", help="Gebruikersnaam van de redacteur die het nieuwe jaar maakt.")
        parser.add_argument("--alleen-tonen", action="store_true", help="Toon wat er zou gebeuren, en maak niets.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show the plan, and carry it out in the name of --door."""
        van = (
            Versie.objects.gepubliceerd()
            .filter(document__slug=options["document"])
            .select_related("document")
            .order_by("-nummer")
            .first()
        )
        if van is None:
            raise CommandError(f"Er is geen gepubliceerd document {options['document']!r}.")
        try:
            if options["alleen_tonen"]:
                self._toon(maak_plan(van))
                return
            versie, plan = nieuw_jaar(van, door=_redacteur(options["door"]))
        except publicatie.Geweigerd as weigering:
            raise CommandError(str(weigering)) from weigering
        self._toon(plan)
        self.stdout.write(f"Gemaakt: {versie}.")

    def _toon(self, plan: Jaarplan) -> None:
        self.stdout.write(f"{plan.titel} (/{plan.slug}/), uit {plan.van}")
        for naam, aantal in plan.aantallen:
            self.stdout.write(f"  {aantal:>6} {naam}")
        for kolom in plan.kolommen:
            herkomst = kolom.herkomst or "nergens bekend: vul zelf in"
            self.stdout.write(f"  {kolom.titel}: {len(kolom.bedragen)} van {plan.regels} regels; {herkomst}")
        for melding in plan.meldingen:
            self.stdout.write(f"  Let op: [{melding.plaats}] {melding.zin}")


def _redacteur(naam: str | None) -> User:
    door = User.objects.filter(username=naam or "", is_active=True).first()
    if door is None:
        raise CommandError("Noem met --door de gebruikersnaam van een redacteur.")
    return door
