"""What may come in: too much is refused before it is read, uploads stay in memory, and the grid fits."""

from __future__ import annotations

import io
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as instellingen
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from veiligheid.bestanden.vorm import MEESTE_BYTES

GRENS = 12 * 1024 * 1024


class Onaangeroerd(io.RawIOBase):
    """A body that fails the test when anyone reads from it."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")


@csrf_exempt
def ontvang(request: HttpRequest) -> HttpResponse:
    """Tell what came in."""
    soorten = {type(bestand).__name__ for bestand in request.FILES.values()}
    maat = sum(bestand.size or 0 for bestand in request.FILES.values())
    return HttpResponse(f"{len(request.POST)} {maat} {soorten or ''}")


urlpatterns = [path("ontvang/", ontvang), path("", include("veiligheid.urls"))]
handler400 = "veiligheid.views.fout_400"


@pytest.fixture
def eigen_adressen(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


def stuur(client: Client, adres: str = "/beheer/login/", **koppen: Any) -> HttpResponse:
    """Send a POST of which nobody may read the body."""
    return client.generic("POST", adres, **{"wsgi.input": Onaangeroerd(), **koppen})


class TestTeGroot:
    """413 and 411, without a byte of the body."""

    @pytest.mark.parametrize("lengte", [GRENS + 1, 200_000_000, 10**30, "9" * 5_000])
    def test_te_groot(self, client: Client, lengte: object) -> None:
        antwoord = stuur(client, CONTENT_LENGTH=str(lengte))

        assert antwoord.status_code == 413
        assert "hoogstens 12 MB kan in één keer" in antwoord.content.decode()
        assert antwoord.headers["Cache-Control"] == "no-store"
        assert antwoord.headers["Content-Security-Policy"]

    @pytest.mark.parametrize(
        "koppen",
        [
            {"HTTP_TRANSFER_ENCODING": "chunked"},
            {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "5"},
            {"HTTP_TRANSFER_ENCODING": "identity"},
            {"CONTENT_LENGTH": "-1"},
            {"CONTENT_LENGTH": "1e9"},
            {"CONTENT_LENGTH": "٣"},
            {"CONTENT_LENGTH": "5 5"},
        ],
    )
    def test_zonder_lengte(self, client: Client, koppen: dict[str, str]) -> None:
        antwoord = stuur(client, **koppen)

        assert antwoord.status_code == 411
        assert "De lengte ontbreekt" in antwoord.content.decode()

    def test_eerst_de_pagina_en_dan_wordt_de_lijn_leeg_gelezen(self, client: Client) -> None:
        """So that a browser, which goes on sending, gets to see the page."""
        server, bezoeker = socket.socketpair()
        with server, bezoeker:
            antwoord = stuur(client, CONTENT_LENGTH="200000000", **{"gunicorn.socket": server})
            bezoeker.sendall(b"x" * 100_000)
            bezoeker.shutdown(socket.SHUT_WR)
            stroom = iter(antwoord)

            pagina = next(stroom)
            nog_te_lezen = server.recv(1, socket.MSG_PEEK)

            assert list(stroom) == []
            assert (nog_te_lezen, server.recv(1)) == (b"x", b"")
            assert (antwoord.status_code, antwoord.headers["Content-Length"]) == (413, str(len(pagina)))
            assert "Dit is te groot" in pagina.decode()

    def test_de_grens_zelf_mag(self, client: Client, eigen_adressen: None) -> None:
        leeg = len(b'--X\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n\r\n--X--\r\n')
        lijf = b'--X\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
        lijf += b"x" * (GRENS - leeg) + b"\r\n--X--\r\n"

        antwoord = client.generic("POST", "/ontvang/", lijf, content_type="multipart/form-data; boundary=X")

        assert len(lijf) == GRENS
        assert antwoord.content.decode() == f"0 {GRENS - leeg} {{'InMemoryUploadedFile'}}"

    def test_lezen_mag_gewoon(self, client: Client) -> None:
        assert client.get("/gezond/levend").status_code == 200
        assert client.get("/gezond/levend", CONTENT_LENGTH="").status_code == 200


class TestInstellingen:
    """The limits in the settings belong together."""

    def test_de_grens_is_die_van_een_bestand(self) -> None:
        assert instellingen.GROOTSTE_VERZOEK == instellingen.FILE_UPLOAD_MAX_MEMORY_SIZE == MEESTE_BYTES == GRENS

    def test_de_omvang_staat_voor_alles_dat_leest(self) -> None:
        namen = [naam.rsplit(".", 1)[-1] for naam in instellingen.MIDDLEWARE]

        assert namen[:5] == ["verzoeklog", "koppen", "SecurityMiddleware", "methode", "omvang"]

    def test_niets_komt_in_een_tijdelijk_bestand(
        self, client: Client, eigen_adressen: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "bestaat-niet"))
        bestand = SimpleUploadedFile("a.xlsx", b"x" * 8_000_000)

        antwoord = client.post("/ontvang/", {"bestand": bestand})

        assert antwoord.content.decode() == f"0 8000000 {{'{InMemoryUploadedFile.__name__}'}}"

    def test_een_groot_rooster_past(self, client: Client, eigen_adressen: None) -> None:
        velden = {
            f"cel-{rij}-{kolom}-{deel}": "-1.234.567" for rij in range(400) for kolom in range(6) for deel in "ab"
        }

        assert client.post("/ontvang/", velden).content.decode().startswith("4800 ")

    def test_te_veel_velden_is_een_pagina(self, client: Client, eigen_adressen: None) -> None:
        te_veel = instellingen.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
        antwoord = client.post("/ontvang/", {f"v{n}": "x" for n in range(te_veel)})

        assert antwoord.status_code == 400
        assert "Dit verzoek klopt niet" in antwoord.content.decode()
