"""The settings as a whole, each time in a process of its own with a bare environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

STERK = "Zo3n-sleutel-die-niemand-raadt-en-die-lang-genoeg-is-0123456789"
PRODUCTIE = {"SECRET_KEY": STERK, "DATABASE_URL": "postgres://site@db.example.org/veiligheid"}
TOON = """
import json
from django.conf import settings
print(json.dumps({naam: getattr(settings, naam) for naam in dir(settings) if naam.isupper()}, default=str))
"""


def start(*opdracht: str, tmp_path: Path, **omgeving: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project with nothing in the environment but what is given."""
    return subprocess.run(
        [sys.executable, *opdracht],
        env={"PATH": os.environ["PATH"], "VAR": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR), **omgeving},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def waarden(tmp_path: Path, **omgeving: str) -> dict[str, Any]:
    """Return all settings as they are with this environment."""
    gedaan = start("-c", TOON, tmp_path=tmp_path, DJANGO_SETTINGS_MODULE="veiligheid.settings", **omgeving)
    assert gedaan.returncode == 0, gedaan.stderr
    uitkomst: dict[str, Any] = json.loads(gedaan.stdout)
    return uitkomst


@pytest.mark.parametrize(
    ("omgeving", "zin"),
    [
        ({}, "SECRET_KEY ontbreekt"),
        ({"DEMO": "0"}, "SECRET_KEY ontbreekt"),
        ({"SECRET_KEY": "  "}, "SECRET_KEY ontbreekt"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is te zwak"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is te zwak"),
        ({"SECRET_KEY_FILE": "/bestaat/niet"}, "SECRET_KEY_FILE wijst naar /bestaat/niet"),
        ({"DEMO": "misschien"}, "DEMO='misschien' is geen ja of nee"),
        (PRODUCTIE | {"DEBUG": "aan"}, "DEBUG='aan' is geen ja of nee"),
        (PRODUCTIE | {"DEBUG": "1"}, "DEBUG=1 kan alleen samen met DEMO=1"),
        (PRODUCTIE | {"ACHTER_PROXY": "x"}, "ACHTER_PROXY='x' is geen ja of nee"),
        (PRODUCTIE | {"MFA_VERPLICHT": "soms"}, "MFA_VERPLICHT='soms' is geen ja of nee"),
        (PRODUCTIE | {"WACHTWOORD_AANMELDEN": "0"}, "WACHTWOORD_AANMELDEN=0 kan alleen met OIDC_SERVER"),
        (PRODUCTIE | {"OIDC_SERVER": "https://sso.example.org"}, "OIDC_CLIENT_ID en OIDC_SECRET niet"),
        (PRODUCTIE | {"THEMA": "/bestaat/niet.css"}, "THEMA wijst naar /bestaat/niet.css"),
        (PRODUCTIE | {"SITE_ADRES": "http://b.nl"}, "SITE_ADRES='http://b.nl' kan niet"),
        (PRODUCTIE | {"TOEGANKELIJKHEID_STATUS": "A"}, "horen bij elkaar"),
        (PRODUCTIE | {"DATABASE_URL": "mysql://h/v"}, "begint met 'mysql'"),
        (PRODUCTIE | {"DATABASE_URL": "sqlite:///v.db"}, "begint met 'sqlite'"),
        (PRODUCTIE | {"DATABASE_URL": "postgres://h/"}, "noemt geen database"),
        (PRODUCTIE | {"DATABASE_URL": "postgres://h:x/v"}, "is geen geldig adres"),
        (PRODUCTIE | {"DATABASE_URL": "postgres://h/v?ssl=1"}, "onbekende instellingen: ssl"),
        (PRODUCTIE | {"DATABASE_ALS": "root"}, "DATABASE_ALS='root' kan niet"),
        (PRODUCTIE | {"DATABASE_ALS": "Site"}, "DATABASE_ALS='Site' kan niet"),
    ],
)
def test_onzin_wordt_geweigerd_met_een_zin(tmp_path: Path, omgeving: dict[str, str], zin: str) -> None:
    gedaan = start(str(settings.BASE_DIR / "manage.py"), "check", tmp_path=tmp_path, **omgeving)

    assert gedaan.returncode == 1
    assert zin in gedaan.stderr
    assert gedaan.stderr.count("\n") == 1
    assert gedaan.stdout == ""
    assert not list(tmp_path.iterdir())


def test_een_onleesbaar_thema_wordt_geweigerd(tmp_path: Path) -> None:
    """By every command, the demonstration too, with the pair that fails."""
    thema = tmp_path / "grijs.json"
    thema.write_text('{"--basis-color-default-color-subtle": "#777"}')
    for opdracht in ("check", "demo"):
        gedaan = start(str(settings.BASE_DIR / "manage.py"), opdracht, tmp_path=tmp_path, DEMO="1", THEMA=str(thema))

        assert gedaan.returncode == 1
        assert gedaan.stderr.startswith("THEMA: tekst #777777 op #fff: contrast 4,48, moet 4,5 zijn")
        assert gedaan.stderr.count("\n") == 1


def test_de_webserver_start_ook_niet(tmp_path: Path) -> None:
    gedaan = start("-c", "import veiligheid.wsgi", tmp_path=tmp_path)

    assert gedaan.returncode == 1
    assert "ImproperlyConfigured: SECRET_KEY ontbreekt" in gedaan.stderr


@pytest.fixture(scope="module")
def productie(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All settings in production."""
    return waarden(tmp_path_factory.mktemp("productie"), **PRODUCTIE)


class TestProductie:
    """What holds when nobody says otherwise."""

    def test_streng(self, productie: dict[str, Any]) -> None:
        verwacht = {
            "DEBUG": False,
            "DEMO": False,
            "ALLOWED_HOSTS": [],
            "SECURE_SSL_REDIRECT": True,
            "SECURE_HSTS_SECONDS": 63_072_000,
            "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
            "SESSION_COOKIE_SECURE": True,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Strict",
            "SESSION_COOKIE_NAME": "__Host-sessionid",
            "SESSION_COOKIE_DOMAIN": None,
            "CSRF_COOKIE_SECURE": True,
            "CSRF_COOKIE_HTTPONLY": True,
            "CSRF_COOKIE_NAME": "__Host-csrftoken",
            "X_FRAME_OPTIONS": "DENY",
            "SECURE_CONTENT_TYPE_NOSNIFF": True,
            "SECURE_PROXY_SSL_HEADER": None,
        }

        assert {naam: productie[naam] for naam in verwacht} == verwacht

    def test_het_beleid_staat_niets_van_buiten_toe(self, productie: dict[str, Any]) -> None:
        bronnen = {bron for bronnen in productie["SECURE_CSP"].values() for bron in bronnen}

        assert bronnen == {"'none'", "'self'"}
        assert productie["SECURE_CSP"]["default-src"] == ["'none'"]

    def test_de_database_is_de_gegeven_database(self, productie: dict[str, Any]) -> None:
        database = productie["DATABASES"]["default"]

        assert (database["ENGINE"], database["NAME"], database["USER"], database["HOST"]) == (
            "django.db.backends.postgresql",
            "veiligheid",
            "site",
            "db.example.org",
        )
        assert (database["CONN_HEALTH_CHECKS"], database["OPTIONS"]["connect_timeout"]) == (True, "5")

    def test_achter_een_proxy(self, tmp_path: Path) -> None:
        achter = waarden(tmp_path, **PRODUCTIE, ACHTER_PROXY="ja", HTTPS_DOORSTUREN="nee", TOEGESTANE_HOSTS="a.nl,b.nl")

        assert achter["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
        assert achter["SECURE_SSL_REDIRECT"] is False
        assert achter["ALLOWED_HOSTS"] == ["a.nl", "b.nl"]
        assert achter["SESSION_COOKIE_SECURE"] is True

    def test_de_tweede_stap_is_verplicht(self, productie: dict[str, Any], tmp_path: Path) -> None:
        assert productie["MFA_VERPLICHT"] is True
        assert productie["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False
        assert productie["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
        assert productie["AANMELDDIENST"] is None
        assert waarden(tmp_path, DEMO="1")["MFA_VERPLICHT"] is False
        assert waarden(tmp_path, DEMO="1", MFA_VERPLICHT="1")["MFA_VERPLICHT"] is True

    def test_de_vorige_sleutel(self, productie: dict[str, Any], tmp_path: Path) -> None:
        vorige = STERK[::-1]

        assert productie["SECRET_KEY_FALLBACKS"] == []
        assert waarden(tmp_path, **PRODUCTIE, SECRET_KEY_VORIGE=vorige)["SECRET_KEY_FALLBACKS"] == [vorige]

    def test_met_een_aanmelddienst(self, tmp_path: Path) -> None:
        oidc = {"OIDC_SERVER": "https://sso.example.org/x", "OIDC_CLIENT_ID": "a", "OIDC_SECRET": "b"}
        met = waarden(tmp_path, **PRODUCTIE, **oidc, ACHTER_PROXY="1", WACHTWOORD_AANMELDEN="0")

        assert met["SESSION_COOKIE_SAMESITE"] == "Lax"
        assert met["SECURE_CSP"]["form-action"] == ["'self'", "https://sso.example.org"]
        assert met["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1

    def test_alleen_migrate_is_de_eigenaar(self, tmp_path: Path) -> None:
        eigenaar = {"DATABASE_EIGENAAR_URL": "postgres://eigenaar@db.example.org/veiligheid"}

        als_site = waarden(tmp_path, **PRODUCTIE, **eigenaar)
        als_eigenaar = waarden(tmp_path, **PRODUCTIE, **eigenaar, DATABASE_ALS="eigenaar")

        assert als_site["DATABASES"]["default"]["USER"] == "site"
        assert als_eigenaar["DATABASES"]["default"]["USER"] == "eigenaar"


class TestDemo:
    """The demonstration: its own key, its own database, no https."""

    def test_eigen_sleutel_die_blijft(self, tmp_path: Path) -> None:
        eerste, tweede = (waarden(tmp_path, DEMO="1") for _ in range(2))

        assert eerste["SECRET_KEY"] == tweede["SECRET_KEY"] == (tmp_path / "demo-sleutel").read_text()
        assert (tmp_path / "demo-sleutel").stat().st_mode & 0o777 == 0o600

    def test_eigen_database_als_site(self, tmp_path: Path) -> None:
        demo = waarden(tmp_path, DEMO="ja")
        database = demo["DATABASES"]["default"]

        assert (database["ENGINE"], database["USER"]) == ("veiligheid.database", "veiligheid_site")
        assert database["DATAMAP"] == str(tmp_path / "postgres")
        assert (demo["DEBUG"], demo["SECURE_SSL_REDIRECT"], demo["SECURE_HSTS_SECONDS"]) == (False, False, 0)
        assert demo["SESSION_COOKIE_NAME"] == "sessionid"

    def test_debug_kan_alleen_hier(self, tmp_path: Path) -> None:
        assert waarden(tmp_path, DEMO="1", DEBUG="1")["DEBUG"] is True

    def test_een_gegeven_sleutel_gaat_voor_en_moet_goed_zijn(self, tmp_path: Path) -> None:
        assert waarden(tmp_path, DEMO="1", SECRET_KEY=STERK)["SECRET_KEY"] == STERK
        assert not (tmp_path / "demo-sleutel").exists()

        zwak = start(str(settings.BASE_DIR / "manage.py"), "check", tmp_path=tmp_path, DEMO="1", SECRET_KEY="zwak")
        assert (zwak.returncode, "te zwak" in zwak.stderr) == (1, True)
