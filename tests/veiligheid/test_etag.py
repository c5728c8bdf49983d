"""304 for who has it already: cheap, with all headers, and never for what is not public."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from veiligheid.etag import etag

VERZOEKEN = RequestFactory()


def antwoord(gegeven: HttpResponseBase, gevraagd: str = "", methode: str = "GET") -> HttpResponseBase:
    koppen = {"HTTP_IF_NONE_MATCH": gevraagd} if gevraagd else {}
    return etag(lambda request: gegeven)(VERZOEKEN.generic(methode, "/", **koppen))


def publiek(inhoud: bytes = b"a", **koppen: str) -> HttpResponse:
    return HttpResponse(inhoud, headers={"Cache-Control": "public, max-age=60", **koppen})


def test_dezelfde_bytes_hetzelfde_kenmerk() -> None:
    een, twee, ander = (antwoord(publiek(inhoud)).headers["ETag"] for inhoud in (b"a", b"a", b"b"))

    assert een == twee != ander
    assert antwoord(publiek(), methode="HEAD").headers["ETag"] == een


@pytest.mark.parametrize("methode", ["GET", "HEAD"])
@pytest.mark.parametrize("vorm", ["{}", "W/{}", '"x", {}', "*"])
def test_wie_het_heeft_krijgt_304(methode: str, vorm: str) -> None:
    kenmerk = antwoord(publiek()).headers["ETag"]

    leeg = antwoord(publiek(**{"X-Frame-Options": "DENY", "Vary": "Accept"}), vorm.format(kenmerk), methode)

    assert isinstance(leeg, HttpResponse)
    assert (leeg.status_code, leeg.content) == (304, b"")
    assert leeg.headers["ETag"] == kenmerk
    assert {"X-Frame-Options", "Vary", "Cache-Control"} <= set(leeg.headers)
    assert not {"Content-Type", "Content-Length"} & set(leeg.headers)


@pytest.mark.parametrize("gevraagd", ['"anders"', "onzin", 'W/"', ",,,", '"' * 5000, "\x00"])
def test_wie_iets_anders_heeft_krijgt_de_pagina(gevraagd: str) -> None:
    assert antwoord(publiek(), gevraagd).status_code == 200


@pytest.mark.parametrize(
    "gegeven",
    [
        HttpResponse("a"),
        HttpResponse("a", headers={"Cache-Control": "no-store"}),
        HttpResponse("a", headers={"Cache-Control": "private"}),
        HttpResponse("a", headers={"Cache-Control": "public"}, status=404),
        HttpResponse("a", headers={"Cache-Control": "public", "Set-Cookie": "a=b"}),
    ],
    ids=["niets", "no-store", "private", "404", "cookie"],
)
def test_wat_niet_publiek_is_blijft_zoals_het_is(gegeven: HttpResponse) -> None:
    assert antwoord(gegeven, "*") is gegeven
    assert "ETag" not in gegeven.headers


def test_een_formulier_dat_iets_verstuurt_blijft_zoals_het_is() -> None:
    assert antwoord(publiek(), "*", "POST").status_code == 200


def test_een_stroom_wordt_niet_gelezen() -> None:
    gelezen: list[int] = []

    def stroom() -> Iterator[bytes]:
        gelezen.append(1)
        yield b"a"

    def bestand(**koppen: str) -> StreamingHttpResponse:
        return StreamingHttpResponse(stroom(), headers={"Cache-Control": "public", **koppen})

    assert antwoord(bestand(ETag='"som"'), '"som"').status_code == 304
    assert antwoord(bestand(ETag='"som"'), '"ander"').status_code == 200
    assert antwoord(bestand(), "*").status_code == 200
    assert gelezen == []
