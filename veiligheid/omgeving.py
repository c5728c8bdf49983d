"""Reading settings from the environment, strictly: an unknown value stops the start with one Dutch sentence."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WAAR = frozenset({"1", "ja", "true", "on", "yes"})
ONWAAR = frozenset({"0", "nee", "false", "off", "no"})
POSTGRESQL = frozenset({"postgres", "postgresql"})
MINSTE_SLEUTEL = 50
VERBINDINGSOPTIES = frozenset(
    {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name", "options", "passfile"}
)


def tekst(naam: str, standaard: str = "", *, bron: Mapping[str, str] = os.environ) -> str:
    """Return the value of environment variable `naam`; NAAM_FILE may name a file that holds it (for secrets)."""
    if bestand := bron.get(f"{naam}_FILE"):
        try:
            with open(bestand, encoding="utf-8") as open_bestand:
                return open_bestand.read().strip()
        except OSError as fout:
            raise ImproperlyConfigured(f"{naam}_FILE wijst naar {bestand}, maar dat is niet te lezen: {fout}") from fout
    return bron.get(naam, standaard).strip()


def janee(naam: str, standaard: bool, *, bron: Mapping[str, str] = os.environ) -> bool:
    """Return a yes/no setting. Raises ImproperlyConfigured for a word that is neither."""
    waarde = tekst(naam, bron=bron).lower()
    if not waarde:
        return standaard
    if waarde in WAAR:
        return True
    if waarde in ONWAAR:
        return False
    raise ImproperlyConfigured(f"{naam}={waarde!r} is geen ja of nee. Gebruik 1, ja, true, 0, nee of false.")


def lijst(naam: str, standaard: str = "", *, bron: Mapping[str, str] = os.environ) -> list[str]:
    """Return a comma-separated setting as a list without empty items."""
    return [deel.strip() for deel in tekst(naam, standaard, bron=bron).split(",") if deel.strip()]


def getal(naam: str, standaard: int, *, bron: Mapping[str, str] = os.environ) -> int:
    """Return a whole, non-negative number. Raises ImproperlyConfigured for anything else."""
    waarde = tekst(naam, str(standaard), bron=bron)
    if not (waarde.isascii() and waarde.isdigit()):
        raise ImproperlyConfigured(f"{naam}={waarde!r} is geen heel getal.")
    return int(waarde)


def geheime_sleutel(waarde: str) -> str:
    """Return the secret key. Raises ImproperlyConfigured when it is missing, or too short to be secret."""
    if not waarde:
        raise ImproperlyConfigured(
            "SECRET_KEY ontbreekt. Zet SECRET_KEY (of SECRET_KEY_FILE), of zet DEMO=1 voor de demonstratie."
        )
    if len(waarde) < MINSTE_SLEUTEL or len(set(waarde)) < 5 or waarde.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"SECRET_KEY is te zwak: neem minstens {MINSTE_SLEUTEL} willekeurige tekens, en geen voorbeeldsleutel."
        )
    return waarde


def demo_sleutel(bestand: Path) -> str:
    """Return the demonstration's own key: made at random at the first start and kept, readable by its owner only."""
    if not bestand.exists() or not bestand.stat().st_size:
        bestand.unlink(missing_ok=True)
        bestand.parent.mkdir(parents=True, exist_ok=True)
        # Written aside (mkstemp: mode 600) and linked when whole: who starts at the same time never reads half a key.
        nummer, naam = tempfile.mkstemp(dir=bestand.parent, prefix=f"{bestand.name}.")
        try:
            with os.fdopen(nummer, "w", encoding="ascii") as nieuw:
                nieuw.write(secrets.token_urlsafe(MINSTE_SLEUTEL))
            with suppress(FileExistsError):
                os.link(naam, bestand)
        finally:
            os.unlink(naam)
    return geheime_sleutel(bestand.read_text(encoding="ascii").strip())


def database(adres: str) -> dict[str, Any]:
    """Return Django's database settings for a postgres:// address. Raises ImproperlyConfigured for any other.

    Parameters after the question mark go to libpq; unknown ones are refused, so that a typing error in
    `sslmode` cannot silently leave a connection unprotected.
    """
    try:
        delen = urlsplit(adres)
        poort = delen.port
    except ValueError:
        # The reason that Python gives can hold a piece of the password.
        raise ImproperlyConfigured(
            "DATABASE_URL is geen geldig adres. Is de poort een getal, en staan bijzondere tekens in het wachtwoord "
            "er als %2F?"
        ) from None
    if delen.scheme not in POSTGRESQL:
        raise ImproperlyConfigured(
            f"DATABASE_URL begint met {delen.scheme or 'niets'!r}; alleen postgres:// of postgresql:// kan. "
            "Deze site werkt uitsluitend met PostgreSQL."
        )
    naam = unquote(delen.path.lstrip("/"))
    if not naam:
        raise ImproperlyConfigured("DATABASE_URL noemt geen database. Bedoelt u postgres://naam@adres/veiligheid?")
    opties = dict(parse_qsl(delen.query, keep_blank_values=True))
    gastheer = opties.pop("host", "") or unquote(delen.hostname or "")
    poort_naast_adres = opties.pop("port", "")
    if onbekend := sorted(opties.keys() - VERBINDINGSOPTIES):
        raise ImproperlyConfigured(f"DATABASE_URL heeft onbekende instellingen: {', '.join(onbekend)}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": naam,
        "USER": unquote(delen.username or ""),
        "PASSWORD": unquote(delen.password or ""),
        "HOST": gastheer,
        "PORT": str(poort or poort_naast_adres),
        "OPTIONS": opties,
    }


def aanmelddienst(*, http_mag: bool, bron: Mapping[str, str] = os.environ) -> dict[str, str] | None:
    """Return the login service of the organisation (OpenID Connect), or None when there is none.

    server: its address, without /.well-known/…; oorsprong: scheme and host, to which a form may lead; client_id,
    geheim, naam (on the button) and acr (how strongly one must have logged in; empty: the service decides).
    """
    server = tekst("OIDC_SERVER", bron=bron).rstrip("/")
    if not server:
        return None
    delen = urlsplit(server)
    if delen.scheme not in ({"https", "http"} if http_mag else {"https"}) or not delen.hostname:
        raise ImproperlyConfigured(f"OIDC_SERVER={server!r} kan niet. Bedoelt u https://aanmelden.gemeente.nl/…?")
    ontbreekt = [naam for naam in ("OIDC_CLIENT_ID", "OIDC_SECRET") if not tekst(naam, bron=bron)]
    if ontbreekt:
        raise ImproperlyConfigured(f"OIDC_SERVER is gezet, maar {' en '.join(ontbreekt)} niet.")
    return {
        "server": server,
        "oorsprong": f"{delen.scheme}://{delen.netloc}",
        "client_id": tekst("OIDC_CLIENT_ID", bron=bron),
        "geheim": tekst("OIDC_SECRET", bron=bron),
        "naam": tekst("OIDC_NAAM", "uw organisatie", bron=bron),
        "acr": tekst("OIDC_ACR", bron=bron),
    }


def allauth_dienst(dienst: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Return the login service as allauth's list of apps; PKCE is on, because allauth sends no nonce."""
    if dienst is None:
        return []
    return [
        {
            "provider_id": "gemeente",
            "name": dienst["naam"],
            "client_id": dienst["client_id"],
            "secret": dienst["geheim"],
            "settings": {
                "server_url": dienst["server"],
                "oauth_pkce_enabled": True,
                "auth_params": {"acr_values": dienst["acr"]} if dienst["acr"] else {},
            },
        }
    ]
