"""What a municipality sets about its own site: name, contact, statements, colours, logo. Wrong values stop the start.

What is not set stays empty: the pages then say what is known, and nothing is made up. `manage.py check --deploy` names
what a site in production lacks.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from veiligheid import omgeving
from veiligheid.logo import Logo, LogoFout, lees_logo
from veiligheid.thema import Thema, ThemaFout, lees_tokens, maak_thema

REGISTER = "https://www.toegankelijkheidsverklaring.nl/register/"
# What each status of the national model statement says (Besluit digitale toegankelijkheid overheid).
TOEGANKELIJKHEID = {
    "A": "voldoet volledig",
    "B": "voldoet gedeeltelijk",
    "C": "eerste maatregelen genomen",
    "D": "voldoet niet",
    "E": "nog geen verklaring",
}
LICENTIES = {
    "CC0-1.0": ("CC0 1.0, geen rechten voorbehouden", "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"),
    "CC-BY-4.0": ("CC BY 4.0, met naamsvermelding", "https://creativecommons.org/licenses/by/4.0/deed.nl"),
}
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def regel(naam: str, standaard: str = "") -> str:
    """Return a setting that is one line of text. Raises ImproperlyConfigured for control characters."""
    waarde = omgeving.tekst(naam, standaard)
    if not waarde.isprintable() or len(waarde) > 200:
        raise ImproperlyConfigured(f"{naam} is geen regel tekst van hoogstens 200 tekens.")
    return waarde


def mailadres(naam: str) -> str:
    """Return a mail address, or "". Raises ImproperlyConfigured for anything else."""
    waarde = omgeving.tekst(naam)
    if waarde and not _MAIL.fullmatch(waarde):
        raise ImproperlyConfigured(f"{naam}={waarde!r} is geen mailadres. Bedoelt u begroting@gemeente.nl?")
    return waarde


def webadres(naam: str, *, begin: str = "https://") -> str:
    """Return an address that begins so, or "". Raises ImproperlyConfigured for anything else."""
    waarde = omgeving.tekst(naam)
    if waarde and not (waarde.startswith(begin) and waarde.isascii() and waarde.isprintable() and " " not in waarde):
        raise ImproperlyConfigured(f"{naam}={waarde!r} kan niet: het adres begint met {begin}")
    return waarde


def siteadres(naam: str, *, http_mag: bool) -> str:
    """Return scheme and host of the site without a slash at the end, or ""."""
    waarde = omgeving.tekst(naam).rstrip("/")
    delen = urlsplit(waarde)
    if waarde and (delen.scheme not in ({"http", "https"} if http_mag else {"https"}) or not delen.hostname):
        raise ImproperlyConfigured(f"{naam}={waarde!r} kan niet. Bedoelt u https://begroting.gemeente.nl?")
    if waarde != f"{delen.scheme}://{delen.netloc}" and waarde:
        raise ImproperlyConfigured(f"{naam}={waarde!r} kan niet: alleen https:// en de naam van de site, zonder pad.")
    return waarde


def meldpunt(naam: str, contact: str) -> str:
    """Return where a weakness can be reported, as a URI: a mail address, a page, or else the general contact."""
    waarde = omgeving.tekst(naam)
    if waarde.startswith("https://"):
        return webadres(naam)
    adres = mailadres(naam) or contact
    return f"mailto:{adres}" if adres else ""


def dag(naam: str, standaard: str = "") -> date | None:
    """Return a day written as 2026-12-31, or None."""
    waarde = omgeving.tekst(naam, standaard)
    try:
        return date.fromisoformat(waarde) if waarde else None
    except ValueError:
        raise ImproperlyConfigured(f"{naam}={waarde!r} is geen dag. Schrijf hem als 2026-12-31.") from None


def een_van(naam: str, keuzes: dict[str, object] | dict[str, str] | dict[str, tuple[str, str]]) -> str:
    """Return one of the given words, or "". Raises ImproperlyConfigured for another."""
    waarde = omgeving.tekst(naam)
    if waarde and waarde not in keuzes:
        raise ImproperlyConfigured(f"{naam}={waarde!r} kan niet; het is {', '.join(keuzes)}, of leeg.")
    return waarde


def verklaring() -> tuple[str, str]:
    """Return the status of the statement on accessibility and its address in the register: both, or neither."""
    status = een_van("TOEGANKELIJKHEID_STATUS", TOEGANKELIJKHEID)
    register = webadres("TOEGANKELIJKHEID_REGISTER", begin=REGISTER)
    if bool(status) != bool(register):
        raise ImproperlyConfigured(
            "TOEGANKELIJKHEID_STATUS en TOEGANKELIJKHEID_REGISTER horen bij elkaar: zet ze allebei, of geen van beide. "
            "Zonder verklaring in het register heeft een site geen status."
        )
    return status, register


def _bestand(naam: str) -> bytes | None:
    pad = omgeving.tekst(naam)
    if not pad:
        return None
    try:
        return Path(pad).read_bytes()
    except OSError as fout:
        raise ImproperlyConfigured(f"{naam} wijst naar {pad}, maar dat is niet te lezen: {fout}") from fout


def thema(naam: str, stijlblad: Path) -> Thema | None:
    """Return the theme that a setting points at, judged against our own stylesheet; None when there is none."""
    inhoud = _bestand(naam)
    if inhoud is None:
        return None
    try:
        return maak_thema(inhoud.decode("utf-8"), lees_tokens(stijlblad.read_text(encoding="utf-8")))
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{naam}: het bestand is geen tekst in UTF-8.") from None
    except ThemaFout as fout:
        raise ImproperlyConfigured(f"{naam}: {fout}.") from fout


def logo(naam: str) -> Logo | None:
    """Return the logo that a setting points at; None when there is none."""
    inhoud = _bestand(naam)
    try:
        return None if inhoud is None else lees_logo(inhoud)
    except LogoFout as fout:
        raise ImproperlyConfigured(f"{naam}: {fout}.") from fout
