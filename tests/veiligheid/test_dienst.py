"""Logging in with the organisation's own login service: a small OpenID provider on this machine plays its part."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.bouwers import Rollen
from veiligheid.omgeving import aanmelddienst, allauth_dienst

DIENST = "/beheer/aanmelden/dienst/"
GEHEIM = "geheim van de dienst"


class Provider(ThreadingHTTPServer):
    """What an OpenID provider does: say where its doors are, and give tokens for a code and its verifier."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Loket)
        self.adres = f"http://127.0.0.1:{self.server_port}"
        self.sleutel = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.persoon: dict[str, Any] = {}
        self.in_token: dict[str, Any] = {}
        self.uitdaging = ""
        self.bezoeken: list[str] = []

    def id_token(self) -> str:
        """Return the signed statement about who this is."""
        nu = int(time.time())
        inhoud = {"iss": self.adres, "aud": "begroting", "iat": nu, "exp": nu + 60, "sub": self.persoon["sub"]}
        return jwt.encode(inhoud | self.in_token, self.sleutel, algorithm="RS256", headers={"kid": "1"})


class Loket(BaseHTTPRequestHandler):
    """One request to the provider."""

    server: Provider

    def antwoord(self, inhoud: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(inhoud).encode())

    def do_GET(self) -> None:
        self.server.bezoeken.append(self.path)
        adres = self.server.adres
        if self.path == "/.well-known/openid-configuration":
            self.antwoord(
                {
                    "issuer": adres,
                    "authorization_endpoint": f"{adres}/aanmelden",
                    "token_endpoint": f"{adres}/token",
                    "userinfo_endpoint": f"{adres}/wie",
                    "jwks_uri": f"{adres}/sleutels",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/wie" and self.headers["Authorization"] == "Bearer toegang":
            self.antwoord(self.server.persoon)
        else:
            self.antwoord({}, 404)

    def do_POST(self) -> None:
        self.server.bezoeken.append(self.path)
        velden = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        bewijs = hashlib.sha256(velden.get("code_verifier", [""])[0].encode()).digest()
        klopt = (
            velden["code"] == ["de-code"]
            and velden["client_secret"] == [GEHEIM]
            and base64.urlsafe_b64encode(bewijs).decode().rstrip("=") == self.server.uitdaging
        )
        if klopt:
            self.antwoord({"access_token": "toegang", "token_type": "Bearer", "id_token": self.server.id_token()})
        else:
            self.antwoord({"error": "invalid_grant"}, 400)

    def log_message(self, *args: Any) -> None:
        """Keep the tests quiet."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A running provider."""
    server = Provider()
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    yield server
    server.shutdown()
    server.server_close()
    draad.join()


def zet_aan(settings: Any, provider: Provider, **extra: str) -> None:
    """Configure the site as the environment would."""
    bron = {"OIDC_SERVER": provider.adres, "OIDC_CLIENT_ID": "begroting", "OIDC_SECRET": GEHEIM, **extra}
    settings.AANMELDDIENST = aanmelddienst(http_mag=True, bron=bron)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": allauth_dienst(settings.AANMELDDIENST)}}
    settings.SESSION_COOKIE_SAMESITE = "Lax"


@pytest.fixture
def rosa(settings: Any, provider: Provider, rollen: Rollen) -> User:
    """A redacteur whom the service knows by her address; the second step is compulsory."""
    zet_aan(settings, provider, OIDC_NAAM="Gemeente Dronten")
    settings.MFA_VERPLICHT = True
    provider.persoon = {"sub": "s-1", "email": "Rosa@example.org", "email_verified": True, "preferred_username": "bas"}
    rollen.redacteur.email = "rosa@example.org"
    rollen.redacteur.save()
    return rollen.redacteur


def heen(client: Client, provider: Provider) -> dict[str, list[str]]:
    """Press the button; return what the browser takes to the provider."""
    naar = client.post(DIENST)
    assert naar.status_code == 302 and naar["Location"].startswith(f"{provider.adres}/aanmelden?")
    vraag = parse_qs(urlsplit(naar["Location"]).query)
    provider.uitdaging = vraag["code_challenge"][0]
    return vraag


def heen_en_terug(client: Client, provider: Provider, **anders: str) -> HttpResponse:
    """Log in at the provider and come back."""
    vraag = heen(client, provider)
    terug = {"code": "de-code", "state": vraag["state"][0]} | anders
    return client.get(f"{DIENST}antwoord/?{urlencode(terug)}")


def binnen(client: Client) -> bool:
    return client.get("/beheer/").status_code == 200


class TestAanmelden:
    """The way in, and who may not take it."""

    def test_wie_bekend_is_komt_binnen_zonder_eigen_tweede_stap(
        self, client: Client, rosa: User, provider: Provider
    ) -> None:
        pagina = client.get("/beheer/aanmelden/").content.decode()
        assert "Aanmelden met Gemeente Dronten" in pagina

        vraag = heen(client, provider)
        assert vraag["code_challenge_method"] == ["S256"]
        assert vraag["redirect_uri"] == ["http://testserver/beheer/aanmelden/dienst/antwoord/"]
        antwoord = heen_en_terug(client, provider)

        assert (antwoord.status_code, antwoord["Location"]) == (302, "/beheer/")
        assert binnen(client)
        assert client.get("/beheer/").wsgi_request.user == rosa, "by e-mail address, not by preferred username"
        assert SocialAccount.objects.get().uid == "s-1"

    def test_daarna_telt_het_vaste_nummer(self, client: Client, rosa: User, provider: Provider) -> None:
        heen_en_terug(client, provider)
        provider.persoon |= {"email": "rosa.getrouwd@example.org"}
        later = Client()
        assert heen_en_terug(later, provider).status_code == 302
        assert binnen(later)

        provider.persoon = {"sub": "s-2", "email": "rosa@example.org", "email_verified": True}
        ander = Client()
        assert heen_en_terug(ander, provider).status_code == 403
        assert not binnen(ander)

    @pytest.mark.parametrize(
        "persoon",
        [
            {"email": "onbekend@example.org"},
            {"email_verified": False},
            {"email_verified": "true"},
            {"email_verified": None},
            {"email": ""},
            {"email": "rosa@example.org, bas@example.org"},
            {"email": "rosa@exampl\u0435.org"},
        ],
    )
    def test_wie_niet_bekend_is_komt_niet_binnen(
        self, client: Client, rosa: User, provider: Provider, persoon: dict[str, Any]
    ) -> None:
        provider.persoon |= persoon
        aantal = User.objects.count()

        antwoord = heen_en_terug(client, provider)

        assert antwoord.status_code == 403
        assert "U heeft hier geen account" in antwoord.content.decode()
        assert not binnen(client)
        assert (User.objects.count(), SocialAccount.objects.count()) == (aantal, 0)

    @pytest.mark.parametrize("veld", ["is_active", "is_staff"])
    @pytest.mark.parametrize("eerder", [False, True])
    def test_een_account_dat_uit_staat(
        self, client: Client, rosa: User, provider: Provider, veld: str, eerder: bool
    ) -> None:
        if eerder:
            heen_en_terug(client, provider)
        User.objects.filter(pk=rosa.pk).update(**{veld: False})
        later = Client()

        assert heen_en_terug(later, provider).status_code == 403
        assert not binnen(later) and not binnen(client)

    def test_twee_accounts_met_hetzelfde_adres(
        self, client: Client, rosa: User, rollen: Rollen, provider: Provider
    ) -> None:
        User.objects.filter(pk=rollen.auditor.pk).update(email="ROSA@example.org")

        assert heen_en_terug(client, provider).status_code == 403

    def test_token_en_gegevens_van_twee_personen(self, client: Client, rosa: User, provider: Provider) -> None:
        provider.in_token = {"sub": "s-9"}

        assert heen_en_terug(client, provider).status_code == 403

    @pytest.mark.parametrize("token", [{"aud": "een-ander"}, {"iss": "https://kwaad.nl"}, {"exp": 1_000_000_000}])
    def test_een_token_dat_niet_voor_ons_is(
        self, client: Client, rosa: User, provider: Provider, token: dict[str, Any]
    ) -> None:
        provider.in_token = token

        assert heen_en_terug(client, provider).status_code == 401
        assert not binnen(client)

    @pytest.mark.parametrize(("token", "status"), [({}, 403), ({"acr": "laag"}, 403), ({"acr": "substantieel"}, 302)])
    def test_sterk_genoeg_aangemeld(
        self, client: Client, rosa: User, provider: Provider, settings: Any, token: dict[str, str], status: int
    ) -> None:
        zet_aan(settings, provider, OIDC_ACR="substantieel")
        provider.in_token = token

        assert heen(client, provider)["acr_values"] == ["substantieel"]
        assert heen_en_terug(client, provider).status_code == status

    @pytest.mark.parametrize("anders", [{"state": "verzonnen"}, {"code": "andere"}, {"error": "server_error"}])
    def test_wat_niet_klopt_opent_niets(
        self, client: Client, rosa: User, provider: Provider, anders: dict[str, str]
    ) -> None:
        antwoord = heen_en_terug(client, provider, **anders)
        if "error" in anders:
            antwoord = client.get(f"{DIENST}antwoord/?error=server_error")

        assert antwoord.status_code == 401
        assert "Aanmelden is niet gelukt" in antwoord.content.decode()
        assert not binnen(client)

    def test_een_onderschepte_code_is_niets_waard(self, client: Client, rosa: User, provider: Provider) -> None:
        """PKCE: the code only works in the browser that asked for it."""
        vraag = heen(client, provider)
        provider.uitdaging = "van een andere browser"

        antwoord = client.get(f"{DIENST}antwoord/?{urlencode({'code': 'de-code', 'state': vraag['state'][0]})}")

        assert antwoord.status_code == 401

    def test_afgebroken(self, client: Client, rosa: User, provider: Provider) -> None:
        vraag = heen(client, provider)

        antwoord = client.get(f"{DIENST}antwoord/?error=access_denied&state={vraag['state'][0]}", follow=True)

        assert "U bent niet aangemeld" in antwoord.content.decode()

    def test_een_dienst_die_niet_antwoordt(self, client: Client, rosa: User, provider: Provider, settings: Any) -> None:
        bron = {"OIDC_SERVER": "http://127.0.0.1:9", "OIDC_CLIENT_ID": "x", "OIDC_SECRET": "y"}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": allauth_dienst(aanmelddienst(http_mag=True, bron=bron))}
        }

        antwoord = client.post(DIENST)

        assert antwoord.status_code == 502
        assert "Aanmelden is niet gelukt" in antwoord.content.decode()

    @pytest.mark.parametrize("adres", ["/wie", "/sleutels"])
    def test_een_dienst_die_iets_anders_zegt(
        self, client: Client, rosa: User, provider: Provider, settings: Any, adres: str
    ) -> None:
        """An address that answers, but not with where its doors are."""
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["server_url"] = f"{provider.adres}{adres}/.well-known/"

        assert client.post(DIENST).status_code == 502

    def test_met_een_link_kan_niemand_worden_aangemeld(self, client: Client, rosa: User, provider: Provider) -> None:
        assert client.get(DIENST).status_code == 405
        assert Client(enforce_csrf_checks=True).post(DIENST).status_code == 403
        assert not provider.bezoeken

    def test_de_beheerder_wist_een_koppeling(
        self, client: Client, rosa: User, rollen: Rollen, provider: Provider, settings: Any
    ) -> None:
        heen_en_terug(client, provider)
        settings.MFA_VERPLICHT = False
        beheer = Client()
        beheer.force_login(rollen.beheerder)

        beheer.post(reverse("admin:auth_user_wis_aanmelden", args=[rosa.pk]))

        assert not SocialAccount.objects.exists()


class TestAlleenDeDienst:
    """WACHTWOORD_AANMELDEN=0."""

    def test_een_wachtwoord_opent_niets_meer(self, client: Client, rosa: User, settings: Any) -> None:
        settings.WACHTWOORD_AANMELDEN = False
        rosa.set_password("paard nietje lamp korrel")
        rosa.save()

        pagina = client.get("/beheer/aanmelden/").content.decode()
        antwoord = client.post("/beheer/aanmelden/", {"login": "rosa", "password": "paard nietje lamp korrel"})

        assert 'type="password"' not in pagina and "Aanmelden met" in pagina
        assert antwoord.status_code == 403
        assert not binnen(client)

    def test_de_dienst_wel(self, client: Client, rosa: User, provider: Provider, settings: Any) -> None:
        settings.WACHTWOORD_AANMELDEN = False

        assert heen_en_terug(client, provider).status_code == 302
        assert binnen(client)


class TestZonderDienst:
    """No login service: nothing of it exists, and nobody is called."""

    @pytest.mark.parametrize("pad", [DIENST, f"{DIENST}antwoord/", f"{DIENST}antwoord/?code=x&state=y"])
    def test_bestaat_niet(self, client: Client, db: None, pad: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("requests.Session.request", lambda *a, **k: pytest.fail("a call over the network"))

        assert client.get(pad).status_code == 404
        assert client.post(pad).status_code == 404
        assert "dienst" not in client.get("/beheer/aanmelden/").content.decode()


GOED = {"OIDC_SERVER": "https://sso.example.org/realms/g/", "OIDC_CLIENT_ID": "a", "OIDC_SECRET": "b"}


class TestInstelling:
    """What the environment may say."""

    def test_niets(self) -> None:
        assert aanmelddienst(http_mag=False, bron={}) is None
        assert allauth_dienst(None) == []

    def test_volledig(self) -> None:
        dienst = aanmelddienst(http_mag=False, bron=GOED | {"OIDC_NAAM": "Gemeente", "OIDC_ACR": "hoog"})

        assert dienst == {
            "server": "https://sso.example.org/realms/g",
            "oorsprong": "https://sso.example.org",
            "client_id": "a",
            "geheim": "b",
            "naam": "Gemeente",
            "acr": "hoog",
        }
        (app,) = allauth_dienst(dienst)
        assert app["settings"]["oauth_pkce_enabled"] is True

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"OIDC_SERVER": "http://sso.example.org"}, "OIDC_SERVER='http://sso.example.org' kan niet"),
            ({"OIDC_SERVER": "sso.example.org"}, "kan niet"),
            ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID niet"),
            ({"OIDC_SECRET": " "}, "OIDC_SECRET niet"),
        ],
    )
    def test_wat_niet_kan(self, anders: dict[str, str], zin: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=zin):
            aanmelddienst(http_mag=False, bron=GOED | anders)
