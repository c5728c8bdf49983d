"""`manage.py lees_iv3`: make documents out of the Iv3 file of CBS, as concepts, next to the printed documents."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from programma import publicatie
from programma.iv3.bestand import Iv3, Iv3Fout, Sleutel, Verslag
from programma.iv3.laden import laad, lees_bestand, lees_teksten, slug
from programma.models import Document


class Command(BaseCommand):
    help = (
        "Lees Iv3-cijfers van het CBS als conceptdocumenten: per hoofdtaakveld een programma, per taakveld een pakket."
    )

    def add_arguments(self, parser: Any) -> None:
        """Add the file, --jaar, --document, --door and --alleen-tonen."""
        parser.add_argument("bestand", type=Path, help="Het CSV-bestand van het CBS; met gzip mag ook (.csv.gz).")
        parser.add_argument("--jaar", type=int, nargs="+", help="Alleen deze jaren. Leeg: alle jaren in het bestand.")
        parser.add_argument(
            "--document", choices=[verslag.value for verslag in Verslag], help="Alleen de begroting of de jaarrekening."
        )
        parser.add_argument("--door", help="Gebruikersnaam van de redacteur die de documenten maakt.")
        parser.add_argument("--alleen-tonen", action="store_true", help="Toon wat er zou komen, en maak niets.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the documents that are asked for, in the name of --door. One that exists already stays as it is."""
        try:
            bron = lees_bestand(options["bestand"], settings.GEMEENTE)
            gekozen = _kies(bron.inhoud, options["jaar"], options["document"])
            nieuw = [sleutel for sleutel in gekozen if not Document.objects.filter(slug=slug(sleutel)).exists()]
            for sleutel in gekozen:
                stand = "nieuw" if sleutel in nieuw else "bestaat al, blijft zoals het is"
                self.stdout.write(f"/{slug(sleutel)}/: {len(bron.inhoud.rijen[sleutel])} taakvelden, {stand}.")
            if options["alleen_tonen"] or not nieuw:
                return
            ladingen = laad(
                bron,
                nieuw,
                gm_code=settings.GEMEENTE,
                teksten=lees_teksten(settings.BASE_DIR / "fixtures" / "iv3-teksten.csv"),
                door=_redacteur(options["door"]),
            )
        except OSError as fout:
            raise CommandError(f"{options['bestand']} kan niet worden gelezen: {fout.strerror or fout}.") from fout
        except (Iv3Fout, publicatie.Geweigerd) as fout:
            raise CommandError(str(fout)) from fout
        for lading in ladingen:
            self.stdout.write(f"Gemaakt: {lading.versie}, {lading.taakvelden} taakvelden met bedragen.")
            if lading.zonder_bedrag:
                self.stdout.write(f"  Overal nul, niet overgenomen: {', '.join(lading.zonder_bedrag)}.")


def _kies(inhoud: Iv3, jaren: list[int] | None, document: str | None) -> list[Sleutel]:
    """Return the reports that are asked for, oldest first. Raises CommandError when the file has none of a year."""
    passend = [sleutel for sleutel in sorted(inhoud.rijen) if document in {None, sleutel.verslag.value}]
    for jaar in jaren or []:
        if not any(sleutel.jaar == jaar for sleutel in passend):
            raise CommandError(f"Het bestand heeft geen {document or 'cijfers'} van {jaar} voor deze gemeente.")
    return [sleutel for sleutel in passend if not jaren or sleutel.jaar in jaren]


def _redacteur(naam: str | None) -> User:
    door = User.objects.filter(username=naam or "", is_active=True).first()
    if door is None:
        raise CommandError("Noem met --door de gebruikersnaam van een redacteur.")
    return door
