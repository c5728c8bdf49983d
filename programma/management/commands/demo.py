"""`manage.py demo`: everything from an empty folder to a served budget; run again it is quick and keeps the data."""

from __future__ import annotations

import argparse
import io
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from programma import zoekindex
from programma.demo import begroting, concept, iv3
from programma.models import Document
from veiligheid.database import launcher

ROLLEN = ("redacteur", "publicist", "schrijver", "auditor", "beheerder")
PAGINA = f"/{begroting.SLUG}/programma/programma-1-veiligheid/"


class Command(BaseCommand):
    help = "Start de demonstratie: database, voorbeeldbegroting, accounts en de site."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        """Add --port and --alleen-laden."""
        parser.add_argument("--port", type=_poort, default=8000, help="Poort waarop de site luistert.")
        parser.add_argument("--alleen-laden", action="store_true", help="Maak alles klaar, maar start de site niet.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare what is missing, then serve until stopped."""
        if not settings.DEMO:
            raise CommandError("De demonstratie start alleen met DEMO=1. Gebruik: make demo")
        if not options["alleen_laden"]:
            _eis_vrije_poort(options["port"])
        _migreer()
        # First: the dossiers hold pages, and those name the style sheets by their fingerprint.
        _verzamel_static()
        self._laad()
        self.stdout.write(_welkom(options["port"]))
        if options["alleen_laden"]:
            return
        connection.close()
        code = _serveer(options["port"])
        if settings.DATABASES["default"]["ENGINE"] == "veiligheid.database":
            launcher.stop_als_vrij(settings.VAR / "postgres")
        sys.exit(code)

    def _laad(self) -> None:
        call_command("laad_basis", stdout=io.StringIO())
        gebruikers = _accounts(settings.VAR / "demo-accounts.json")
        fixtures = settings.BASE_DIR / "fixtures"
        wie = {"redacteur": gebruikers["redacteur"], "publicist": gebruikers["publicist"]}
        iv3.laad_en_publiceer(fixtures, settings.GEMEENTE, **wie)
        if not Document.objects.filter(slug=begroting.SLUG).exists():
            begroting.laad_en_publiceer(fixtures / "demo", **wie)
        concept.open_concept(begroting.SLUG, door=gebruikers["redacteur"])
        # A demonstration of before there was a search.
        zoekindex.herbouw(ontbrekend=True)
        try:
            call_command("maak_bestanden", stdout=io.StringIO())
        except CommandError as fout:
            self.stderr.write(str(fout))


def _poort(tekst: str) -> int:
    """Return a port number. Raises ArgumentTypeError with a sentence for anything else."""
    if not (tekst.isascii() and tekst.isdigit() and 0 < int(tekst) < 65536):
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen poort. Kies een getal van 1 tot en met 65535.")
    return int(tekst)


def _eis_vrije_poort(poort: int) -> None:
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind(("127.0.0.1", poort))
        except OSError as fout:
            raise CommandError(f"Poort {poort} is al in gebruik. Kies een andere: make demo PORT={poort + 1}") from fout


def _migreer() -> None:
    """Bring the database up to date, in a process of its own that connects as the owner."""
    uitkomst = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity", "0"],
        env={**os.environ, "DATABASE_ALS": "eigenaar"},
        check=False,
    )
    if uitkomst.returncode:
        raise CommandError("De database kon niet worden bijgewerkt; de oorzaak staat hierboven.")


@transaction.atomic
def _accounts(bestand: Path) -> dict[str, User]:
    """Return an account per role. Passwords are made up at the first start and kept in `bestand`, for its owner."""
    bekend: dict[str, str] = json.loads(bestand.read_text(encoding="utf-8")) if bestand.exists() else {}
    wachtwoorden = {rol: bekend.get(rol) or secrets.token_urlsafe(16) for rol in ROLLEN}
    gebruikers = {}
    for rol, wachtwoord in wachtwoorden.items():
        gebruiker, nieuw = User.objects.get_or_create(username=rol, defaults={"is_staff": True})
        if nieuw or rol not in bekend:
            gebruiker.set_password(wachtwoord)
            gebruiker.save(update_fields=["password"])
            gebruiker.groups.set([Group.objects.get(name=rol)])
        gebruikers[rol] = gebruiker
    if wachtwoorden != bekend:
        nieuw_bestand = bestand.with_suffix(".nieuw")
        nieuw_bestand.unlink(missing_ok=True)
        with os.fdopen(os.open(nieuw_bestand, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as schrijf:
            json.dump(wachtwoorden, schrijf, indent=2)
        nieuw_bestand.replace(bestand)
    return gebruikers


def _verzamel_static() -> None:
    """Collect and compress the static files, when they changed since the last time."""
    bronnen = settings.BASE_DIR / "veiligheid" / "static"
    laatste = max(bestand.stat().st_mtime_ns for bestand in bronnen.rglob("*"))
    stand, kenmerk = settings.STATIC_ROOT / "stand.txt", f"{django.__version__} {laatste}"
    if stand.exists() and stand.read_text() == kenmerk:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stand.write_text(kenmerk)


def _welkom(poort: int) -> str:
    adres = f"http://127.0.0.1:{poort}"
    accounts = json.loads((settings.VAR / "demo-accounts.json").read_text(encoding="utf-8"))
    regels = "\n".join(f"    {rol:<10} {wachtwoord}" for rol, wachtwoord in accounts.items())
    return (
        f"\nDemonstratie, geen publicatie van de gemeente {begroting.GEMEENTE[1]}.\n\n"
        f"  Lezen     {adres}/\n"
        f"            {adres}{PAGINA}\n"
        f"  Beheer    {adres}/beheer/\n\n"
        f"  Accounts (bewaard in var/demo-accounts.json)\n{regels}\n\n"
        f"  Stoppen met Ctrl+C.\n"
    )


def _serveer(poort: int) -> int:
    """Run the web server as a child until it ends; pass on a request to stop. Returns its exit code."""
    opdracht = [sys.executable, "-m", "gunicorn", "--config", str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py")]
    server = subprocess.Popen(
        [*opdracht, "--bind", f"127.0.0.1:{poort}", "veiligheid.wsgi:application"], cwd=settings.BASE_DIR
    )
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    signal.signal(signal.SIGINT, lambda *_: server.terminate())
    return server.wait()
