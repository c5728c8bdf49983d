"""What every answer carries, and the one log line that every request leaves."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from programma import publicatie
from tests.bouwers import Rollen, maak_gepubliceerd
from veiligheid.logregels import JsonRegel

DOCUMENT = "/programmabegroting-2025/"
PROGRAMMA = f"{DOCUMENT}programma/programma-1/"


def stuk(request: HttpRequest) -> HttpResponse:
    """Go wrong, with a text that must not end up on a line of its own."""
    raise RuntimeError("kapot\n{}")


# The addresses of the site, and one that goes wrong.
urlpatterns = [path("stuk/", stuk), path("", include("veiligheid.urls"))]
handler500 = "veiligheid.views.fout_500"


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
    return [json.loads(regel) for regel in log.getvalue().splitlines()]


@pytest.mark.django_db
class TestVerzoeklog:
    """One line per request: who, what, from where, with which result."""

    @pytest.mark.parametrize(
        ("methode", "adres", "resultaat"),
        [
            ("GET", "/", 200),
            ("HEAD", "/", 200),
            ("GET", "/gezond/levend", 200),
            ("GET", "/bestaat-niet/", 404),
            ("GET", "/bestaat-niet", 301),
            ("GET", "/beheer/", 302),
            ("POST", "/robots.txt", 405),
        ],
    )
    def test_een_regel_per_verzoek(
        self, client: Client, log: io.StringIO, methode: str, adres: str, resultaat: int
    ) -> None:
        antwoord = client.generic(methode, adres)

        (regel,) = regels(log)
        moment = datetime.fromisoformat(regel.pop("moment"))
        assert datetime.now(tz=UTC) - timedelta(minutes=1) < moment <= datetime.now(tz=UTC)
        assert regel.pop("duur_ms") >= 0
        assert regel == {
            "niveau": "INFO",
            "naam": "veiligheid.verzoek",
            "melding": "verzoek",
            "verzoek": antwoord.headers["X-Verzoek"],
            "actie": methode,
            "object": adres,
            "resultaat": resultaat,
            "herkomst": "127.0.0.1",
            "wie": "publiek",
        }
        assert antwoord.status_code == resultaat
        assert re.fullmatch("[0-9a-f]{16}", antwoord.headers["X-Verzoek"])

    def test_elk_verzoek_een_eigen_kenmerk(self, client: Client) -> None:
        kenmerken = {client.get("/gezond/levend").headers["X-Verzoek"] for _ in range(20)}

        assert len(kenmerken) == 20

    def test_wie_in_het_beheer_werkt_staat_erbij(self, client: Client, rollen: Rollen, log: io.StringIO) -> None:
        client.force_login(rollen.redacteur)

        assert client.get("/beheer/").status_code == 200

        assert [regel["wie"] for regel in regels(log)] == [rollen.redacteur.pk]

    def test_wie_leest_wordt_niet_gevraagd(self, client: Client, rollen: Rollen, log: io.StringIO) -> None:
        """A public page does not know who asks, also when that person works in the admin."""
        client.force_login(rollen.redacteur)

        client.get("/")

        assert [regel["wie"] for regel in regels(log)] == ["publiek"]

    @pytest.mark.parametrize(
        "teken", ["%0A", "%0D%0A", "%1B%5B2J", "%00", "%C2%85", "%C2%9B31m", "%E2%80%A8", "%E2%80%AE", "%22%7D%0A%7B"]
    )
    def test_een_vreemd_teken_in_het_adres_blijft_een_regel(self, client: Client, log: io.StringIO, teken: str) -> None:
        antwoord = client.get(f"/a{teken}b/")

        assert antwoord.status_code == 404
        assert len(log.getvalue().splitlines()) == 1
        assert not re.search("[\x00-\x09\x0b-\x1f\x80-\x9f\u2028\u2029\u202e]", log.getvalue())
        (regel,) = regels(log)
        assert re.fullmatch("/a.+b/", regel["object"], re.DOTALL)

    @pytest.mark.parametrize("adres", ["/", "/bestaat-niet/", "/beheer/login/"])
    def test_wat_iemand_intypt_wordt_niet_vastgelegd(self, client: Client, log: io.StringIO, adres: str) -> None:
        client.get(
            f"{adres}?q=Jan+Jansen&jaren=2024", headers={"referer": "https://x.nl/?q=Jansen", "cookie": "Jansen"}
        )
        client.post("/beheer/login/", {"username": "Jansen", "password": "geheim-Jansen"})

        assert len(regels(log)) == 2
        assert "Jansen" not in log.getvalue()
        assert "jaren" not in log.getvalue()

    def test_een_fout_heeft_het_kenmerk_van_het_verzoek(self, settings: Any, log: io.StringIO) -> None:
        settings.ROOT_URLCONF = __name__
        client = Client(raise_request_exception=False)

        antwoord = client.get("/stuk/?q=Jansen")

        assert antwoord.status_code == 500
        fout, verzoek = regels(log)
        assert fout["niveau"] == "ERROR"
        assert "RuntimeError: kapot\n{}" in fout["fout"]
        assert fout["verzoek"] == verzoek["verzoek"] == antwoord.headers["X-Verzoek"]
        assert verzoek["resultaat"] == 500
        assert "Jansen" not in log.getvalue()


KOPPEN = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def koppen(antwoord: HttpResponse) -> dict[str, str]:
    return {naam: antwoord.headers.get(naam, "ontbreekt") for naam in KOPPEN}


class TestKoppen:
    """The fixed headers are on every answer."""

    @pytest.mark.parametrize(
        ("adres", "status"),
        [
            ("/", 200),
            (DOCUMENT, 200),
            (PROGRAMMA, 200),
            (f"{PROGRAMMA}tabel.csv", 200),
            (f"{DOCUMENT}begroting.csv", 200),
            ("/robots.txt", 200),
            ("/gezond/gereed", 200),
            ("/bestaat-niet/", 404),
            (PROGRAMMA[:-1], 301),
            ("/beheer/", 302),
            ("/beheer/login/", 302),
            ("/beheer/aanmelden/", 200),
        ],
    )
    def test_op_elk_antwoord(self, client: Client, rollen: Rollen, adres: str, status: int) -> None:
        maak_gepubliceerd(rollen)

        antwoord = client.get(adres)

        assert antwoord.status_code == status
        assert koppen(antwoord) == KOPPEN

    def test_op_een_ingetrokken_versie(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")

        antwoord = client.get(PROGRAMMA)

        assert (antwoord.status_code, koppen(antwoord)) == (410, KOPPEN)

    @pytest.mark.parametrize("methode", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "x"])
    @pytest.mark.parametrize("adres", ["/", "/beheer/", "/bestaat-niet/", "/static/proef.css"])
    def test_op_een_onbekende_methode(self, client: Client, methode: str, adres: str) -> None:
        """Refused before the database, a session or a file is looked at."""
        antwoord = client.generic(methode, adres)

        assert (antwoord.status_code, koppen(antwoord)) == (405, KOPPEN)
        assert antwoord.headers["Allow"] == "GET, HEAD, POST"
        assert "Dit kan hier niet" in antwoord.content.decode()

    def test_op_een_verkeerde_methode(self, client: Client, db: None) -> None:
        antwoord = client.post("/")

        assert (antwoord.status_code, koppen(antwoord)) == (405, KOPPEN)
        assert antwoord.headers["Allow"] == "GET, HEAD"
        assert "Er is niets opgeslagen" in antwoord.content.decode()

    @pytest.mark.parametrize(("lengte", "status"), [("200000000", 413), ("x", 411)])
    def test_op_wat_te_groot_is(self, client: Client, lengte: str, status: int) -> None:
        antwoord = client.generic("POST", "/beheer/", CONTENT_LENGTH=lengte)

        assert (antwoord.status_code, koppen(antwoord)) == (status, KOPPEN)

    def test_op_een_onbekende_host(self, client: Client, db: None) -> None:
        antwoord = client.get("/", headers={"host": "kwaad.example.org"})

        assert (antwoord.status_code, koppen(antwoord)) == (400, KOPPEN)

    def test_op_een_fout(self, settings: Any, db: None) -> None:
        settings.ROOT_URLCONF = __name__

        antwoord = Client(raise_request_exception=False).get("/stuk/")

        assert (antwoord.status_code, koppen(antwoord)) == (500, KOPPEN)

    def test_op_een_vast_bestand(self, settings: Any, tmp_path: Path) -> None:
        (tmp_path / "proef.css").write_text("a{}")
        settings.STATIC_ROOT = tmp_path

        antwoord = Client().get("/static/proef.css")

        assert antwoord.getvalue() == b"a{}"
        assert (antwoord.status_code, koppen(antwoord)) == (200, KOPPEN)
        assert Client().get("/static/../settings.py").status_code == 404

    def test_een_echte_site_mag_gevonden_worden(self, settings: Any, db: None) -> None:
        settings.DEMO = False

        antwoord = Client().get("/")

        assert "X-Robots-Tag" not in antwoord.headers
        assert koppen(antwoord) == KOPPEN | {"X-Robots-Tag": "ontbreekt"}

    def test_doorsturen_naar_https(self, settings: Any, db: None) -> None:
        settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 63_072_000
        client = Client()

        antwoord = client.get("/")
        veilig = client.get("/", secure=True)

        assert (antwoord.status_code, antwoord.headers["Location"]) == (301, "https://testserver/")
        assert koppen(antwoord) == KOPPEN
        assert veilig.headers["Strict-Transport-Security"].startswith("max-age=63072000")
        assert client.get("/gezond/levend").status_code == 200


class TestCookies:
    """A public page sets no cookie and does not differ per cookie, so a cache may keep it for all."""

    @pytest.mark.parametrize(
        "adres",
        [
            "/",
            DOCUMENT,
            f"{DOCUMENT}versie/1/",
            PROGRAMMA,
            f"{PROGRAMMA}tabel.csv",
            f"{DOCUMENT}begroting.csv",
            "/weg/",
        ],
    )
    @pytest.mark.parametrize("ingelogd", [False, True])
    def test_geen_cookie(self, client: Client, rollen: Rollen, adres: str, ingelogd: bool) -> None:
        maak_gepubliceerd(rollen)
        if ingelogd:
            client.force_login(rollen.redacteur)

        antwoord = client.get(adres)

        assert antwoord.status_code in {200, 404}
        assert not antwoord.cookies
        assert "Cookie" not in antwoord.headers.get("Vary", "")

    def test_het_beheer_wel_en_dan_streng(self, client: Client, db: None) -> None:
        cookie = client.get("/beheer/aanmelden/").cookies["csrftoken"]

        assert (cookie["samesite"], cookie["httponly"]) == ("Strict", True)
