"""All settings, from the environment. What makes no sense stops the start; nothing is guessed.

DEMO=1             the demonstration: own key in var/, no https, every page says what it is
SECRET_KEY         required otherwise (or SECRET_KEY_FILE)
SECRET_KEY_VORIGE  the key before it: what it locked (sessions, secrets of the second step) still opens
DATABASE_URL       postgres://… of the site's role; without it the embedded PostgreSQL in var/postgres/ is used
DATABASE_EIGENAAR_URL  the same database as its owner, for `migrate`, `backup` and `herstel` only
DATABASE_ALS       site (default), eigenaar, or beheer (tests only): as whom this process connects
TOEGESTANE_HOSTS   host names, comma separated
GEMEENTE           CBS code of the municipality, for instance GM0303
MFA_VERPLICHT      whether everyone in the admin must have a second step (default yes; no in the demonstration)
OIDC_SERVER        the organisation's login service; with OIDC_CLIENT_ID, OIDC_SECRET, OIDC_NAAM and OIDC_ACR
WACHTWOORD_AANMELDEN  0: only by the login service
SITE_ADRES         https://begroting.gemeente.nl: how the site names itself in its sitemap, feed and security.txt
GEMEENTE_NAAM, GEMEENTE_LOGO, THEMA   what the site looks like (veiligheid/inrichting.py)
CONTACT_MAIL, PRIVACY_ADRES, DATA_LICENTIE, TOEGANKELIJKHEID_STATUS, TOEGANKELIJKHEID_REGISTER   what it says of itself
BEVEILIGING_CONTACT, BEVEILIGING_BELEID, BEVEILIGING_VERLOOPT   where to report a weakness (security.txt)
"""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from veiligheid import inrichting, omgeving
from veiligheid.database import launcher

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(omgeving.tekst("VAR") or BASE_DIR / "var")

DEMO = omgeving.janee("DEMO", False)
DEBUG = omgeving.janee("DEBUG", False)
if DEBUG and not DEMO:
    raise ImproperlyConfigured("DEBUG=1 kan alleen samen met DEMO=1: in productie toont DEBUG interne gegevens.")


SECRET_KEY = (
    omgeving.demo_sleutel(VAR / "demo-sleutel")
    if DEMO and not omgeving.tekst("SECRET_KEY")
    else omgeving.geheime_sleutel(omgeving.tekst("SECRET_KEY"))
)
SECRET_KEY_FALLBACKS = [
    omgeving.geheime_sleutel(sleutel) for sleutel in (omgeving.tekst("SECRET_KEY_VORIGE"),) if sleutel
]
ALLOWED_HOSTS = omgeving.lijst("TOEGESTANE_HOSTS", "localhost,127.0.0.1,[::1]" if DEMO or DEBUG else "")
if not DEMO and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("TOEGESTANE_HOSTS=* kan niet. Noem de namen waaronder de site bereikbaar is.")
GEMEENTE = omgeving.tekst("GEMEENTE", "GM0303")
if not re.fullmatch(r"GM\d{4}", GEMEENTE):
    raise ImproperlyConfigured(f"GEMEENTE={GEMEENTE!r} is geen CBS-code. Die ziet eruit als GM0303.")
RELEASE = omgeving.tekst("RELEASE", "0.1.0")
# The day of this release: a page has no clock, so what must not grow old counts from here.
RELEASE_DATUM = date(2026, 11, 27)

# What the municipality says of itself and how it looks. The demonstration has a name and nobody to write to.
GEMEENTE_NAAM = inrichting.regel("GEMEENTE_NAAM", "Dronten" if DEMO and GEMEENTE == "GM0303" else "")
SITE_ADRES = inrichting.siteadres("SITE_ADRES", http_mag=DEMO)
CONTACT_MAIL = inrichting.mailadres("CONTACT_MAIL")
PRIVACY_ADRES = inrichting.webadres("PRIVACY_ADRES")
DATA_LICENTIE = inrichting.een_van("DATA_LICENTIE", inrichting.LICENTIES)
TOEGANKELIJKHEID_STATUS, TOEGANKELIJKHEID_REGISTER = inrichting.verklaring()
BEVEILIGING_CONTACT = inrichting.meldpunt("BEVEILIGING_CONTACT", CONTACT_MAIL)
BEVEILIGING_BELEID = inrichting.webadres("BEVEILIGING_BELEID")
# RFC 9116 wants a day within a year, after which nobody should rely on what it says.
BEVEILIGING_VERLOOPT = inrichting.dag("BEVEILIGING_VERLOOPT") or RELEASE_DATUM + timedelta(days=364)
THEMA = inrichting.thema("THEMA", BASE_DIR / "veiligheid" / "static" / "veiligheid" / "stijl.css")
LOGO = inrichting.logo("GEMEENTE_LOGO")

INSTALLED_APPS = [
    "veiligheid",
    "indicatoren",
    "programma",
    "veiligheid.apps.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "veiligheid.middleware.verzoeklog",
    "veiligheid.middleware.koppen",
    "django.middleware.security.SecurityMiddleware",
    "veiligheid.middleware.methode",
    "veiligheid.omvang.omvang",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "veiligheid.etag.etag",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "veiligheid.behoud.behoud",
    "veiligheid.aanmelden.sessieduur.sessieduur",
    "veiligheid.aanmelden.poort.poort",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "veiligheid.urls"
WSGI_APPLICATION = "veiligheid.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: PostgreSQL only (decision 1). One process is either the site or the owner, never both.
DATABASE_ALS = omgeving.tekst("DATABASE_ALS", "site")
INGEBEDDE_ROLLEN = {"site": launcher.ROL_SITE, "eigenaar": launcher.ROL_EIGENAAR, "beheer": launcher.ROL_BEHEER}
if DATABASE_ALS not in INGEBEDDE_ROLLEN:
    raise ImproperlyConfigured(f"DATABASE_ALS={DATABASE_ALS!r} kan niet; het is site of eigenaar.")
if DATABASE_ALS == "beheer" and not DEMO:
    raise ImproperlyConfigured("DATABASE_ALS=beheer is er alleen voor de tests; in productie is het site of eigenaar.")
if omgeving.tekst("DATABASE_EIGENAAR_URL") and not omgeving.tekst("DATABASE_URL"):
    raise ImproperlyConfigured("DATABASE_EIGENAAR_URL zonder DATABASE_URL kan niet: zet ze allebei, of geen van beide.")


def _database() -> dict[str, Any]:
    """Return the connection of this process: a given address, or the embedded server."""
    adres = omgeving.tekst("DATABASE_URL")
    if adres:
        if DATABASE_ALS == "eigenaar":
            adres = omgeving.tekst("DATABASE_EIGENAAR_URL", adres)
        return omgeving.database(adres)
    datamap = VAR / "postgres"
    return {
        "ENGINE": "veiligheid.database",
        "NAME": launcher.DATABASE,
        "USER": INGEBEDDE_ROLLEN[DATABASE_ALS],
        "HOST": str(launcher.socketmap(datamap)),
        "DATAMAP": datamap,
    }


def _met_grenzen(verbinding: dict[str, Any]) -> dict[str, Any]:
    """Return the connection with limits: nobody waits for a server or a lock, or keeps one idle, for long."""
    opties: dict[str, str] = verbinding.setdefault("OPTIONS", {})
    opties.setdefault("connect_timeout", "5")
    grenzen = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
    opties["options"] = f"{grenzen} {opties.get('options', '')}".strip()
    return verbinding


DATABASES = {
    "default": {
        **_met_grenzen(_database()),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "indicatoren.wachtwoorden.GeenGemeentewoorden"},
]
PASSWORD_HASHERS = ["veiligheid.wachtwoorden.Argon2Zuinig", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["veiligheid.aanmelden.toegang.Medewerkers"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

# Counters of failed logins: shared by all processes, so in the database (migration veiligheid 0001). The limit on
# entries only keeps a flood from filling the disk; it must be far above what an attacker could write in 15 minutes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "veiligheid_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# Logging in: allauth, by our adapters (veiligheid/aanmelden/). No sign-up and no e-mail.
MFA_VERPLICHT = omgeving.janee("MFA_VERPLICHT", not DEMO)
AANMELDDIENST = omgeving.aanmelddienst(http_mag=DEMO)
WACHTWOORD_AANMELDEN = omgeving.janee("WACHTWOORD_AANMELDEN", True)
if not WACHTWOORD_AANMELDEN and AANMELDDIENST is None:
    raise ImproperlyConfigured("WACHTWOORD_AANMELDEN=0 kan alleen met OIDC_SERVER: anders kan niemand zich aanmelden.")
ACCOUNT_ADAPTER = "veiligheid.aanmelden.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEMO else "https"
# Passwords are counted in veiligheid/aanmelden/slot.py; "login_failed" is for wrong codes of the second step.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/15m/key"}
ACCOUNT_FORMS = {
    "login": "veiligheid.aanmelden.forms.AanmeldForm",
    "reauthenticate": "veiligheid.aanmelden.forms.WachtwoordForm",
}
MFA_ADAPTER = "veiligheid.aanmelden.adapters.TweedeStap"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Begroting (demonstratie)" if DEMO else "Begroting"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_FORMS = {
    "authenticate": "veiligheid.aanmelden.forms.CodeForm",
    "reauthenticate": "veiligheid.aanmelden.forms.CodeOpnieuwForm",
    "activate_totp": "veiligheid.aanmelden.forms.AppForm",
    "add_webauthn": "veiligheid.aanmelden.forms.SleutelForm",
    "edit_webauthn": "veiligheid.aanmelden.forms.SleutelNaamForm",
    "authenticate_webauthn": "veiligheid.aanmelden.forms.SleutelCodeForm",
    "reauthenticate_webauthn": "veiligheid.aanmelden.forms.SleutelOpnieuwForm",
}
SOCIALACCOUNT_ADAPTER = "veiligheid.aanmelden.dienst.Dienst"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": omgeving.allauth_dienst(AANMELDDIENST)}}

# Imports and exports of editors (django-import-export defines the columns; its own screens are not used). Without the
# codes the library lets whoever may look also import.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# Static files: local, fingerprinted, compressed at `collectstatic`.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "veiligheid.opslag.StatischeOpslag"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

DJANGO_TABLES2_TEMPLATE = "componenten/tabel.html"

# Security. The policy has the shape of Django 6.0's SECURE_CSP, so that the middleware can go at that upgrade.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
if AANMELDDIENST:
    SECURE_CSP["form-action"].append(AANMELDDIENST["oorsprong"])
HTTPS = not DEMO
SECURE_SSL_REDIRECT = HTTPS and omgeving.janee("HTTPS_DOORSTUREN", True)
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
ACHTER_PROXY = omgeving.janee("ACHTER_PROXY", False)
if ACHTER_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The last address in X-Forwarded-For is the one that the proxy saw; without a proxy the header means nothing.
ALLAUTH_TRUSTED_PROXY_COUNT = int(ACHTER_PROXY)
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
# Whoever comes back from the login service comes from another site, and must keep the session.
SESSION_COOKIE_SAMESITE = "Lax" if AANMELDDIENST else "Strict"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_PATH = "/"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "veiligheid.views.csrf_geweigerd"

# What may come in. Uploads stay in memory: no figure of a concept ends in a temporary file. A grid of 400 rows, six
# columns and a few fields per cell is one form.
GROOTSTE_VERZOEK = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = GROOTSTE_VERZOEK
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "veiligheid.logregels.JsonRegel"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": "INFO"},
    # Every request has one line of our own (veiligheid.middleware.verzoeklog); Django's would be a second.
    "loggers": {"django.server": {"handlers": [], "propagate": False}, "django.request": {"level": "ERROR"}},
}
