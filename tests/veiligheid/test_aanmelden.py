"""Coming in at the admin: password, lock, second step, and how a session ends."""

from __future__ import annotations

import io
import json
import logging
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from tests.bouwers import Rollen
from veiligheid.aanmelden import sessieduur, slot
from veiligheid.logregels import JsonRegel

AANMELDEN = "/beheer/aanmelden/"
TWEEDE_STAP = "/beheer/aanmelden/tweede-stap/"
CODE = "/beheer/aanmelden/code/"
WACHTWOORD = "paard nietje lamp korrel"  # four words that mean nothing


@pytest.fixture
def rosa(rollen: Rollen) -> User:
    """A redacteur with a password."""
    rollen.redacteur.set_password(WACHTWOORD)
    rollen.redacteur.save()
    return rollen.redacteur


@pytest.fixture
def verplicht(settings: Any) -> None:
    """The second step is compulsory, as it is outside the demonstration."""
    settings.MFA_VERPLICHT = True


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as it is written in production."""
    uitvoer = io.StringIO()
    handler = logging.StreamHandler(uitvoer)
    handler.setFormatter(JsonRegel())
    logging.getLogger().addHandler(handler)
    yield uitvoer
    logging.getLogger().removeHandler(handler)


def regels(log: io.StringIO) -> list[dict[str, Any]]:
    """Return the lines about logging in."""
    alle = [json.loads(regel) for regel in log.getvalue().splitlines()]
    return [regel for regel in alle if regel["naam"] == "veiligheid.aanmelden"]


def meld_aan(client: Client, naam: str = "rosa", wachtwoord: str = WACHTWOORD, **extra: Any) -> HttpResponse:
    """Fill in the login form."""
    return client.post(AANMELDEN, {"login": naam, "password": wachtwoord}, **extra)


def code_van(geheim: str, stappen: int = 0) -> str:
    """Return what an app would show now, or so many half minutes later."""
    return format_hotp_value(hotp_value(geheim, int(time.time()) // 30 + stappen))


def stel_app_in(client: Client) -> str:
    """Set up an app in this session and return its secret; the code of now is spent by it."""
    pagina = client.get(f"{TWEEDE_STAP}app/")
    geheim = pagina.context["form"].secret
    assert client.post(f"{TWEEDE_STAP}app/", {"code": code_van(geheim)}).status_code == 302
    return str(geheim)


class TestWachtwoord:
    """Name and password."""

    def test_aanmelden_en_verder_waar_men_heen_wilde(self, client: Client, rosa: User) -> None:
        naar_login = client.get("/beheer/programma/versie/?q=2025")
        naar_formulier = client.get(naar_login["Location"])
        assert naar_formulier["Location"].startswith(f"{AANMELDEN}?next=")

        pagina = client.get(naar_formulier["Location"])
        assert 'name="next" value="/beheer/programma/versie/?q=2025"' in pagina.content.decode()
        antwoord = client.post(
            AANMELDEN, {"login": "rosa", "password": WACHTWOORD, "next": "/beheer/programma/versie/?q=2025"}
        )

        assert antwoord["Location"] == "/beheer/programma/versie/?q=2025"
        assert client.get(antwoord["Location"]).status_code == 200
        assert client.get("/beheer/login/")["Location"] == "/beheer/"

    @pytest.mark.parametrize("vreemd", ["https://kwaad.nl/", "//kwaad.nl/", "javascript:alert(1)", "/\\kwaad.nl"])
    def test_niet_naar_een_andere_site(self, client: Client, rosa: User, vreemd: str) -> None:
        antwoord = client.post(AANMELDEN, {"login": "rosa", "password": WACHTWOORD, "next": vreemd})

        assert antwoord["Location"] == "/beheer/"

    def test_hetzelfde_antwoord_voor_wie_er_niet_is(self, client: Client, rosa: User, rollen: Rollen) -> None:
        """A wrong password, no such name, an account switched off and one that may not enter: all the same."""
        for persoon, velden in ((rollen.publicist, {"is_active": False}), (rollen.auditor, {"is_staff": False})):
            persoon.set_password(WACHTWOORD)
            User.objects.filter(pk=persoon.pk).update(password=persoon.password, **velden)

        antwoorden = [
            meld_aan(client, "rosa", "verkeerd"),
            meld_aan(client, "niemand"),
            meld_aan(client, "paula"),
            meld_aan(client, "anna"),
        ]

        assert {antwoord.status_code for antwoord in antwoorden} == {200}
        teksten = {
            re.sub(r'(csrfmiddlewaretoken" value|name="login" value)="[^"]*"', "", antwoord.content.decode())
            for antwoord in antwoorden
        }
        assert len(teksten) == 1
        assert "horen niet bij elkaar" in teksten.pop()
        assert "_auth_user_id" not in client.session

    def test_argon2_met_weinig_geheugen(self, rosa: User) -> None:
        assert rosa.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")

    def test_een_oud_wachtwoord_wordt_bij_het_aanmelden_vernieuwd(self, client: Client, rosa: User) -> None:
        User.objects.filter(pk=rosa.pk).update(password=make_password(WACHTWOORD, hasher="pbkdf2_sha256"))

        assert meld_aan(client).status_code == 302

        rosa.refresh_from_db()
        assert rosa.password.startswith("argon2$")

    def test_nieuwe_sessie_bij_het_aanmelden(self, client: Client, rosa: User) -> None:
        """A session key that somebody put into the browser beforehand is worth nothing afterwards."""
        sessie = client.session
        sessie["a"] = 1
        sessie.save()
        client.cookies["sessionid"] = sessie.session_key

        meld_aan(client)

        assert client.cookies["sessionid"].value != sessie.session_key

    @pytest.mark.parametrize(
        "naam",
        [
            "account_signup",
            "account_email",
            "account_reset_password",
            "account_change_password",
            "account_set_password",
            "account_confirm_email",
            "account_logout",
            "socialaccount_signup",
            "socialaccount_connections",
            "mfa_login_webauthn",
            "mfa_signup_webauthn",
        ],
    )
    def test_wat_allauth_meer_kan_bestaat_hier_niet(self, naam: str) -> None:
        with pytest.raises(NoReverseMatch):
            reverse(naam)

    @pytest.mark.parametrize(
        "pad", ["signup/", "email/", "password/reset/", "3rdparty/", "login/", "logout/", "dienst/"]
    )
    def test_dichte_adressen(self, client: Client, rosa: User, pad: str) -> None:
        """For a visitor they are like any other address below /beheer/ that does not exist."""
        if pad != "dienst/":
            assert client.post(AANMELDEN + pad)["Location"].startswith("/beheer/login/?next=")
        client.force_login(rosa)
        for antwoord in (client.get(AANMELDEN + pad), client.post(AANMELDEN + pad)):
            assert antwoord.status_code == 404

    @pytest.mark.parametrize("methode", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
    def test_alleen_lezen_en_versturen(self, client: Client, db: None, methode: str) -> None:
        assert client.generic(methode, AANMELDEN).status_code == 405

    def test_de_oude_deur_meldt_niemand_aan(self, client: Client, rosa: User) -> None:
        client.post("/beheer/login/", {"username": "rosa", "password": WACHTWOORD})

        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("veld", ["login", "password", "next"])
    def test_een_nul_is_geen_storing(self, client: Client, db: None, veld: str) -> None:
        velden = {"login": "a", "password": "b", veld: "x\x00y"}

        assert client.post(AANMELDEN, velden).status_code == 400


class TestSlot:
    """Ten failures per account, thirty per address, in a quarter of an hour."""

    def test_de_elfde_poging_op_een_account(self, client: Client, rosa: User) -> None:
        for nummer in range(10):
            antwoord = meld_aan(client, wachtwoord="verkeerd", headers={"user-agent": f"browser {nummer}"})
            assert antwoord.status_code == 200

        dicht = meld_aan(client)

        assert dicht.status_code == 429
        assert dicht["Retry-After"] == "900"
        assert "Te vaak geprobeerd" in dicht.content.decode()
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize(
        "anders",
        [
            {"headers": {"user-agent": "iets anders"}},
            {"headers": {"host": "localhost:81"}},
            {"headers": {"host": "127.0.0.1"}},
            {"headers": {"x-forwarded-for": "203.0.113.9"}},
            {"REMOTE_ADDR": "203.0.113.9"},
        ],
    )
    def test_niets_aan_de_kant_van_de_aanvaller_helpt(self, client: Client, rosa: User, anders: dict[str, Any]) -> None:
        for _ in range(10):
            meld_aan(client, wachtwoord="verkeerd")

        assert meld_aan(Client(), **anders).status_code == 429

    def test_ook_een_naam_die_niet_bestaat_gaat_op_slot(self, client: Client, rosa: User) -> None:
        uitkomsten = {
            naam: [meld_aan(client, naam, "x").status_code for _ in range(11)] for naam in ("rosa", "niemand")
        }

        assert uitkomsten["rosa"] == uitkomsten["niemand"] == [200] * 10 + [429]

    def test_een_ander_account_kan_gewoon_verder(self, client: Client, rosa: User) -> None:
        for _ in range(10):
            meld_aan(client, "niemand", "x")

        assert meld_aan(client).status_code == 302

    def test_dertig_per_adres_met_wisselende_browsers(self, client: Client, rosa: User) -> None:
        uitkomsten = [
            meld_aan(client, f"naam{nummer}", "x", headers={"user-agent": f"b{nummer}"}).status_code
            for nummer in range(31)
        ]

        assert uitkomsten == [200] * 30 + [429]
        assert meld_aan(client).status_code == 429
        assert meld_aan(Client(), REMOTE_ADDR="203.0.113.9").status_code == 302

    def test_wie_slaagt_telt_niet_mee_en_wist_niets(self, client: Client, rosa: User) -> None:
        for _ in range(9):
            meld_aan(client, wachtwoord="verkeerd")
        assert meld_aan(Client()).status_code == 302

        assert meld_aan(client, wachtwoord="verkeerd").status_code == 200
        assert meld_aan(client).status_code == 429

    def test_na_een_kwartier_weer_open(self, client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(10):
            meld_aan(client, wachtwoord="verkeerd")
        nu = time.time()
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: nu + 901)

        assert meld_aan(client).status_code == 302

    def test_achter_een_proxy_telt_wat_de_proxy_zag(self, client: Client, rosa: User, settings: Any) -> None:
        """The proxy adds the address it sees at the end; what the visitor wrote before it means nothing."""
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

        uitkomsten = [
            meld_aan(
                client, f"n{nummer}", "x", headers={"x-forwarded-for": f"10.0.0.{nummer}, 203.0.113.7"}
            ).status_code
            for nummer in range(31)
        ]

        assert uitkomsten == [200] * 30 + [429]
        assert meld_aan(client, headers={"x-forwarded-for": "203.0.113.7, 203.0.113.8"}).status_code == 302

    def test_de_tellers_staan_in_de_database(self, client: Client, rosa: User) -> None:
        meld_aan(client, wachtwoord="verkeerd")

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM veiligheid_cache")
            assert cursor.fetchone()[0] >= 2

    def test_de_site_mag_in_de_tabel_schrijven_en_meer_niet(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT has_table_privilege(current_user, 'veiligheid_cache', 'INSERT, UPDATE, DELETE'),"
                " has_table_privilege(current_user, 'veiligheid_cache', 'TRUNCATE')"
            )
            assert cursor.fetchone() == (True, False)

    def test_het_eigen_wachtwoord_opnieuw_typen_telt_ook(self, client: Client, rosa: User) -> None:
        client.force_login(rosa)
        uitkomsten = [client.post(f"{AANMELDEN}wachtwoord/", {"password": "verkeerd"}).status_code for _ in range(11)]

        assert uitkomsten == [200] * 10 + [429]


def test_honderd_tegelijk_glippen_er_niet_door(vaste_rollen: Rollen) -> None:
    """An attempt is counted before the password is looked at; all processes share the counters."""
    vaste_rollen.redacteur.set_password(WACHTWOORD)
    vaste_rollen.redacteur.save()

    def probeer(nummer: int) -> int:
        try:
            return meld_aan(Client(), wachtwoord=f"verkeerd {nummer}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as tegelijk:
        uitkomsten = list(tegelijk.map(probeer, range(40)))

    assert set(uitkomsten) <= {200, 429}
    assert uitkomsten.count(200) <= 10
    assert meld_aan(Client()).status_code == 429


class TestTweedeStap:
    """Compulsory for everyone outside the demonstration."""

    @pytest.mark.parametrize("pad", ["/beheer/", "/beheer/programma/versie/", "/beheer/password_change/"])
    def test_zonder_tweede_stap_alleen_de_pagina_om_hem_in_te_stellen(
        self, client: Client, rosa: User, verplicht: None, pad: str
    ) -> None:
        meld_aan(client)

        for antwoord in (client.get(pad), client.post(pad, {})):
            assert (antwoord.status_code, antwoord["Location"]) == (302, TWEEDE_STAP)
        pagina = client.get(TWEEDE_STAP)
        assert "Voordat u aan het werk kunt" in pagina.content.decode()
        assert "Naar het beheer" not in pagina.content.decode()

    def test_afmelden_kan_altijd(self, client: Client, rosa: User, verplicht: None) -> None:
        meld_aan(client)

        assert client.post("/beheer/logout/")["Location"] == AANMELDEN
        assert "_auth_user_id" not in client.session

    def test_in_de_demonstratie_niet_en_dat_staat_er(self, client: Client, rosa: User) -> None:
        assert "hier is een wachtwoord genoeg" in client.get(AANMELDEN).content.decode()
        meld_aan(client)
        assert "met alleen een wachtwoord" in client.get("/beheer/").content.decode()

    def test_de_hele_weg(self, client: Client, rosa: User, verplicht: None) -> None:
        meld_aan(client)
        geheim = stel_app_in(client)
        codes = client.get(f"{TWEEDE_STAP}herstelcodes/").context["unused_codes"]
        assert len(codes) == 10
        assert client.get("/beheer/").status_code == 200
        client.post("/beheer/logout/")

        assert meld_aan(client)["Location"] == CODE
        assert client.get("/beheer/").status_code == 302, "a password alone is not enough"
        assert "klopt niet" in client.post(CODE, {"code": "000000"}).content.decode()
        assert client.post(CODE, {"code": code_van(geheim, 1)})["Location"] == "/beheer/"
        assert client.get("/beheer/").status_code == 200

    def test_dezelfde_code_werkt_geen_twee_keer(self, client: Client, rosa: User, verplicht: None) -> None:
        meld_aan(client)
        geheim = stel_app_in(client)
        code = code_van(geheim, 1)
        ander = Client()
        for wie in (client, ander):
            meld_aan(wie)
        client.post("/beheer/logout/")
        meld_aan(client)

        assert client.post(CODE, {"code": code}).status_code == 302
        assert ander.post(CODE, {"code": f"{code[:3]} {code[3:]}"}).status_code == 200
        assert ander.get("/beheer/").status_code == 302

    def test_ook_de_code_van_het_instellen_is_op(self, client: Client, rosa: User) -> None:
        meld_aan(client)
        geheim = stel_app_in(client)
        ander = Client()
        meld_aan(ander)

        assert ander.post(CODE, {"code": code_van(geheim)}).status_code == 200
        assert ander.post(CODE, {"code": code_van(geheim, 1)}).status_code == 302

    def test_een_oude_code_wordt_na_een_halve_minuut_niet_alsnog_weer_goed(
        self, client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The library forgets a used code after thirty seconds, while it is accepted a little longer."""
        meld_aan(client)
        geheim = stel_app_in(client)
        nu = time.time()
        code = code_van(geheim, 1)
        for later, uitkomst in ((0, 302), (35, 200)):
            ander = Client()
            meld_aan(ander)
            with monkeypatch.context() as klok:
                klok.setattr("allauth.mfa.totp.internal.auth.time.time", lambda later=later: nu + later)
                cache.delete(f"allauth.mfa.totp.used?user={rosa.pk}&code={code}")
                assert ander.post(CODE, {"code": code}).status_code == uitkomst

    def test_een_herstelcode_werkt_een_keer(self, client: Client, rosa: User, verplicht: None) -> None:
        meld_aan(client)
        stel_app_in(client)
        code = client.get(f"{TWEEDE_STAP}herstelcodes/").context["unused_codes"][0]
        for uitkomst in (302, 200):
            ander = Client()
            meld_aan(ander)
            assert ander.post(CODE, {"code": code}).status_code == uitkomst

    def test_tien_foute_codes_en_dan_op_slot(self, client: Client, rosa: User) -> None:
        meld_aan(client)
        geheim = stel_app_in(client)
        ander = Client()
        meld_aan(ander)

        uitkomsten = [ander.post(CODE, {"code": f"{nummer:06}"}).status_code for nummer in range(10)]
        goed = ander.post(CODE, {"code": code_van(geheim, 1)})

        assert uitkomsten == [200] * 10
        assert (goed.status_code, goed["Retry-After"]) == (429, "900")

    def test_een_sessie_van_voor_het_instellen_is_niet_genoeg(
        self, client: Client, rosa: User, verplicht: None
    ) -> None:
        """Who logged in with a stolen password waits in vain until the owner has set up the second step."""
        dief = Client()
        meld_aan(dief)
        meld_aan(client)
        stel_app_in(client)

        assert dief.get("/beheer/")["Location"] == AANMELDEN
        assert "_auth_user_id" not in dief.session

    def test_een_sessie_van_voor_het_instellen_voegt_ook_geen_eigen_stap_toe(self, client: Client, rosa: User) -> None:
        dief = Client()
        meld_aan(dief)
        meld_aan(client)
        stel_app_in(client)

        assert dief.get(f"{TWEEDE_STAP}sleutel/")["Location"] == AANMELDEN
        assert "_auth_user_id" not in dief.session

    def test_na_weghalen_moet_men_opnieuw_instellen(self, client: Client, rosa: User, verplicht: None) -> None:
        meld_aan(client)
        stel_app_in(client)

        assert client.post(f"{TWEEDE_STAP}app/weg/").status_code == 302

        assert not Authenticator.objects.filter(user=rosa).exists()
        assert client.get("/beheer/")["Location"] == TWEEDE_STAP

    def test_instellen_vraagt_het_wachtwoord_als_dat_te_lang_geleden_is(self, client: Client, rosa: User) -> None:
        client.force_login(rosa)

        antwoord = client.get(f"{TWEEDE_STAP}app/")

        assert antwoord["Location"].startswith(f"{AANMELDEN}wachtwoord/?next=")
        verder = client.post(antwoord["Location"], {"password": WACHTWOORD, "next": f"{TWEEDE_STAP}app/"})
        assert client.get(verder["Location"]).status_code == 200

    def test_geheimen_staan_niet_leesbaar_in_de_database(self, client: Client, rosa: User, settings: Any) -> None:
        meld_aan(client)
        geheim = stel_app_in(client)
        rij = Authenticator.objects.get(user=rosa, type="totp")

        assert geheim not in json.dumps(rij.data)
        assert decrypt(rij.data["secret"]) == geheim
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "x" * 60
        assert decrypt(rij.data["secret"]) == geheim
        settings.SECRET_KEY_FALLBACKS = []
        assert decrypt(rij.data["secret"]) not in {geheim, ""}

    def test_de_afbeelding_is_schoon(self, client: Client, rosa: User) -> None:
        meld_aan(client)
        pagina = client.get(f"{TWEEDE_STAP}app/").content.decode()

        assert "<svg" in pagina
        assert "style=" not in pagina and "data:" not in pagina

    def test_een_sleutel_werkt_niet_bij_een_nummer(self, client: Client, rosa: User) -> None:
        meld_aan(client)
        zin = "browsers staan dat alleen toe bij een naam"

        for host, verwacht in (("127.0.0.1:8000", True), ("[::1]:8000", True), ("localhost:8000", False)):
            for pad in (TWEEDE_STAP, f"{TWEEDE_STAP}sleutel/"):
                assert (zin in client.get(pad, headers={"host": host}).content.decode()) is verwacht, (host, pad)

    @pytest.mark.parametrize(
        "antwoord",
        [
            "",
            "{}",
            "[]",
            "1",
            '"x"',
            "null",
            "{",
            '{"id": "\\u0000", "rawId": "AA", "response": {}, "type": "public-key"}',
            '{"id": "AA", "rawId": "AA", "type": "public-key",'
            ' "response": {"attestationObject": "AA", "clientDataJSON": "AA"}}',
        ],
    )
    def test_een_onzinnig_antwoord_van_een_sleutel(self, client: Client, rosa: User, antwoord: str) -> None:
        meld_aan(client)
        client.get(f"{TWEEDE_STAP}sleutel/")
        gaf = client.post(f"{TWEEDE_STAP}sleutel/", {"name": "mijn sleutel", "credential": antwoord})
        stel_app_in(client)
        ander = Client()
        meld_aan(ander)
        ander.get(CODE)
        gaf_bij_aanmelden = ander.post(CODE, {"credential": antwoord})

        assert gaf.status_code == gaf_bij_aanmelden.status_code == 200
        assert "mijn sleutel" in gaf.content.decode(), "what was typed stays"
        assert not Authenticator.objects.filter(type="webauthn").exists()
        assert ander.get("/beheer/").status_code == 302


class TestSessie:
    """What ends a session, and what an old cookie is worth then."""

    def binnen(self, client: Client) -> bool:
        return client.get("/beheer/").status_code == 200

    def test_afmelden(self, client: Client, rosa: User) -> None:
        meld_aan(client)
        oud = client.cookies["sessionid"].value

        assert client.get("/beheer/logout/").status_code == 405
        assert self.binnen(client)
        client.post("/beheer/logout/")

        client.cookies["sessionid"] = oud
        assert not self.binnen(client)

    def test_wachtwoord_wijzigen_beeindigt_de_andere_sessies(self, client: Client, rosa: User) -> None:
        ander = Client()
        for wie in (client, ander):
            meld_aan(wie)
            assert self.binnen(wie)
        nieuw = "anker bloesem fornuis trap"

        gaf = client.post(
            "/beheer/password_change/",
            {"old_password": WACHTWOORD, "new_password1": nieuw, "new_password2": nieuw},
        )

        assert gaf.status_code == 302
        assert self.binnen(client)
        assert not self.binnen(ander)
        assert meld_aan(Client(), wachtwoord=nieuw).status_code == 302

    @pytest.mark.parametrize("veld", ["is_active", "is_staff"])
    def test_uitzetten_werkt_bij_het_volgende_verzoek(self, client: Client, rosa: User, veld: str) -> None:
        meld_aan(client)
        assert self.binnen(client)

        User.objects.filter(pk=rosa.pk).update(**{veld: False})

        assert not self.binnen(client)

    def klok(self, monkeypatch: pytest.MonkeyPatch, verschil: float) -> None:
        nu = time.time()
        monkeypatch.setattr(sessieduur.time, "time", lambda: nu + verschil)

    def test_een_half_uur_niets_gedaan(self, client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch) -> None:
        meld_aan(client)
        assert self.binnen(client)
        with monkeypatch.context() as later:
            self.klok(later, 29 * 60)
            assert self.binnen(client)
        oud = client.cookies["sessionid"].value
        with monkeypatch.context() as later:
            self.klok(later, 60 * 60)
            assert not self.binnen(client)
            assert "afgemeld omdat" in client.get(AANMELDEN).content.decode()
        client.cookies["sessionid"] = oud
        assert not self.binnen(client)

    def test_na_acht_uur_is_het_klaar(self, client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch) -> None:
        meld_aan(client)
        for minuten in range(0, 8 * 60 - 1, 20):
            with monkeypatch.context() as later:
                self.klok(later, minuten * 60)
                assert self.binnen(client), minuten
        with monkeypatch.context() as later:
            self.klok(later, 8 * 3600 + 60)
            assert not self.binnen(client)

    def test_hoogstens_een_keer_per_minuut_geschreven(self, client: Client, rosa: User) -> None:
        client.force_login(rosa)
        client.get(TWEEDE_STAP)
        with CaptureQueriesContext(connection) as vragen:
            client.get(TWEEDE_STAP)
        assert len(vragen) > 2
        assert not [vraag for vraag in vragen if vraag["sql"].startswith(("UPDATE", "INSERT"))]

    def over(self, client: Client) -> tuple[int, int]:
        """Return what a page says of how long the session lasts: without a request, and at the most."""
        gevonden = re.search(r'data-stil="(\d+)" data-hoogstens="(\d+)"', client.get("/beheer/").content.decode())
        assert gevonden
        return int(gevonden[1]), int(gevonden[2])

    def test_de_pagina_zegt_hoe_lang_de_sessie_nog_duurt(
        self, client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "data-stil" not in client.get(AANMELDEN).content.decode()
        meld_aan(client)
        begin = time.time()
        monkeypatch.setattr(sessieduur.time, "time", lambda: begin)

        assert self.over(client) == (30 * 60, 8 * 3600)
        for minuten, verwacht in ((0.9, 30 - 0.9), (20, 30), (49, 30)):
            monkeypatch.setattr(sessieduur.time, "time", lambda minuten=minuten: begin + minuten * 60)
            assert self.over(client) == (verwacht * 60, (480 - minuten) * 60), minuten

    def test_nooit_langer_dan_acht_uur(self, client: Client, rosa: User) -> None:
        meld_aan(client)
        self.over(client)
        sessie = client.session
        wie, begin, laatst = sessie[sessieduur.SLEUTEL]
        sessie[sessieduur.SLEUTEL] = (wie, begin - 8 * 3600 + 600, laatst)
        sessie.save()

        stil, hoogstens = self.over(client)

        assert stil == hoogstens <= 600

    def test_aangemeld_blijven(self, client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch) -> None:
        meld_aan(client)
        self.over(client)
        with monkeypatch.context() as later:
            self.klok(later, 28 * 60)
            antwoord = client.post("/beheer/aangemeld-blijven/")
            assert antwoord.status_code == 200
            assert antwoord.json()["stil"] == 30 * 60
            assert "no-store" in antwoord.headers["Cache-Control"]
        with monkeypatch.context() as later:
            self.klok(later, 50 * 60)
            assert self.binnen(client)
        with monkeypatch.context() as later:
            self.klok(later, 100 * 60)
            assert client.post("/beheer/aangemeld-blijven/").status_code == 302
            assert not self.binnen(client)

    def test_een_openbare_pagina_raakt_de_sessie_niet_aan(
        self, client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        meld_aan(client)
        self.binnen(client)
        voor = client.session[sessieduur.SLEUTEL]
        with monkeypatch.context() as later:
            self.klok(later, 20 * 60)
            antwoord = client.get("/")

        assert client.session[sessieduur.SLEUTEL] == voor
        assert not antwoord.cookies


class TestLogboek:
    """One JSON line per login, refusal, lock-out and logout; nothing that was typed."""

    VELDEN = {"actie", "object", "resultaat", "herkomst", "wie", "moment", "verzoek"}

    def test_elke_stap_een_regel(self, client: Client, rosa: User, log: io.StringIO) -> None:
        meld_aan(client, wachtwoord="verkeerd-kanarie")
        meld_aan(client, "kanarie-naam", "x")
        meld_aan(client)
        geheim = stel_app_in(client)
        client.post("/beheer/logout/")
        meld_aan(client)
        client.post(CODE, {"code": "123456"})
        client.post(CODE, {"code": code_van(geheim, 1)})

        assert [(regel["actie"], regel["resultaat"], regel["wie"], regel["object"]) for regel in regels(log)] == [
            ("aanmelden", "wachtwoord geweigerd", "publiek", f"account {rosa.pk}"),
            ("aanmelden", "wachtwoord geweigerd", "publiek", "account onbekend"),
            ("aanmelden", "gelukt", rosa.pk, f"account {rosa.pk}"),
            ("tweede stap instellen", "gelukt", rosa.pk, f"account {rosa.pk}"),
            ("afmelden", "gelukt", rosa.pk, f"account {rosa.pk}"),
            ("aanmelden", "tweede stap geweigerd", "publiek", f"account {rosa.pk}"),
            ("aanmelden", "gelukt", rosa.pk, f"account {rosa.pk}"),
        ]
        for regel in regels(log):
            assert set(regel) >= self.VELDEN and all(regel[veld] for veld in self.VELDEN)
        for geheimpje in ("kanarie", WACHTWOORD, geheim, "123456", client.session.session_key):
            assert geheimpje not in log.getvalue()

    def test_op_slot(self, client: Client, rosa: User, log: io.StringIO) -> None:
        for _ in range(11):
            meld_aan(client, wachtwoord="x")

        assert [regel["resultaat"] for regel in regels(log)] == ["wachtwoord geweigerd"] * 10 + ["vergrendeld"]
        assert regels(log)[-1]["niveau"] == "WARNING"


class TestBeheerder:
    """Who manages accounts, and what that does not open."""

    @pytest.fixture
    def bas(self, client: Client, rollen: Rollen) -> User:
        client.force_login(rollen.beheerder)
        return rollen.beheerder

    def test_maakt_een_account_met_een_rol(self, client: Client, bas: User, rollen: Rollen) -> None:
        rol = rollen.publicist.groups.get()
        nieuw = "kelder wolk zeep hark"
        gaf = client.post(
            "/beheer/auth/user/add/",
            {
                "username": "nieuw",
                "usable_password": "true",
                "password1": nieuw,
                "password2": nieuw,
                "email": "nieuw@example.org",
                "groups": [rol.pk],
                "is_superuser": "on",
            },
        )

        assert gaf.status_code == 302, gaf.context["errors"]
        account = User.objects.get(username="nieuw")
        assert (account.is_staff, account.is_superuser, list(account.groups.all())) == (True, False, [rol])
        assert meld_aan(Client(), "nieuw", nieuw).status_code == 302

    def test_een_makkelijk_wachtwoord_kan_niet(self, client: Client, bas: User) -> None:
        gaf = client.post(
            "/beheer/auth/user/add/",
            {
                "username": "nieuw",
                "usable_password": "true",
                "password1": "Begroting2027!",
                "password2": "Begroting2027!",
            },
        )

        assert "te makkelijk te raden" in gaf.content.decode()
        assert not User.objects.filter(username="nieuw").exists()

    def test_wist_een_tweede_stap_en_dat_wordt_vastgelegd(
        self, client: Client, bas: User, rosa: User, log: io.StringIO
    ) -> None:
        eigen = Client()
        meld_aan(eigen)
        stel_app_in(eigen)
        adres = reverse("admin:auth_user_wis_aanmelden", args=[rosa.pk])
        assert adres in client.get(reverse("admin:auth_user_change", args=[rosa.pk])).content.decode()

        assert client.get(adres).status_code == 405
        assert client.post(adres).status_code == 302

        assert not Authenticator.objects.filter(user=rosa).exists()
        regel = LogEntry.objects.get(object_id=str(rosa.pk))
        assert regel.user == bas and "gewist" in regel.change_message
        assert [(r["wie"], r["object"]) for r in regels(log) if r["actie"] == "tweede stap wissen"] == [
            (bas.pk, f"account {rosa.pk}")
        ]
        assert meld_aan(Client())["Location"] == "/beheer/"

    @pytest.mark.parametrize("rol", ["redacteur", "publicist", "schrijver", "auditor"])
    def test_anderen_wissen_niets(self, client: Client, rollen: Rollen, rosa: User, rol: str) -> None:
        eigen = Client()
        meld_aan(eigen)
        stel_app_in(eigen)
        client.force_login(getattr(rollen, rol))

        assert client.post(reverse("admin:auth_user_wis_aanmelden", args=[rosa.pk])).status_code == 403
        assert Authenticator.objects.filter(user=rosa).exists()

    def test_niet_van_zichzelf_en_niet_van_een_superuser(self, client: Client, bas: User, rollen: Rollen) -> None:
        User.objects.filter(pk=rollen.auditor.pk).update(is_superuser=True)
        for wie in (bas, rollen.auditor):
            assert client.post(reverse("admin:auth_user_wis_aanmelden", args=[wie.pk])).status_code == 403
        assert client.post(reverse("admin:auth_user_wis_aanmelden", args=[999999])).status_code == 404

    def test_wijzigt_zichzelf_niet_en_maakt_geen_superuser(self, client: Client, bas: User, rosa: User) -> None:
        assert client.post(reverse("admin:auth_user_change", args=[bas.pk]), {"username": "bas"}).status_code == 403
        client.post(
            reverse("admin:auth_user_change", args=[rosa.pk]),
            {"username": "rosa", "is_active": "on", "is_staff": "on", "is_superuser": "on"},
        )
        rosa.refresh_from_db()
        assert not rosa.is_superuser

    def test_wat_een_persoon_bewijst_staat_niet_in_het_beheer(self) -> None:
        apps = {model._meta.app_label for model in admin.site._registry}

        assert not apps & {"account", "mfa", "socialaccount", "sites"}


def test_de_opdracht_voor_als_er_geen_andere_beheerder_is(client: Client, rosa: User, log: io.StringIO) -> None:
    meld_aan(client)
    stel_app_in(client)
    uitvoer = io.StringIO()

    call_command("wis_tweede_stap", "rosa", stdout=uitvoer)

    assert not Authenticator.objects.exists()
    assert "is gewist" in uitvoer.getvalue()
    assert regels(log)[-1]["object"] == f"account {rosa.pk}"
    with pytest.raises(CommandError, match="geen account met de gebruikersnaam 'Rosa'"):
        call_command("wis_tweede_stap", "Rosa")


def test_een_code_is_van_een_persoon(db: None) -> None:
    assert slot.verbruik(1, "123 456")
    assert not slot.verbruik(1, "123456")
    assert slot.verbruik(2, "123456")
