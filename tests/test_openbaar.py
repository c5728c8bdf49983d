"""Every public address, from the URL resolver: the headers, the weight, and that a concept is nowhere.

A new page comes along by itself; what its address needs is filled in by the decor of the rights tests.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

import psycopg
import pytest
from django.conf import settings as instellingen
from django.test import Client
from django.utils import timezone

from programma import publicatie
from programma.models import Document, Versie
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from tests.rechten.decor import routes
from veiligheid import inrichting
from veiligheid.etag import VAN_DE_INHOUD
from veiligheid.middleware import VASTE_KOPPEN

Tel = Callable[[int], AbstractContextManager[object]]

STATIC = instellingen.BASE_DIR / "veiligheid/static"
HOOGSTENS = 25 * 1024
WORTEL = "/programmabegroting-2025/"
SLEUTELS = {"document": "programmabegroting-2025", "nummer": "1", "programma": "programma-1"}
OPEN = {
    naam: "/" + re.sub(r"<\w+:(\w+)>", lambda plek: SLEUTELS.get(plek[1], "<>"), route.patroon)
    for naam, route in routes().items()
    if not route.patroon.startswith(("beheer/", "gezond/", "thema/"))
}
# What is not there in the decor (a PDF that was not made yet, lines without a taakveld), and a question that is needed.
NIET_HIER = ("naar_security_txt", "_pdf", "_xlsx", "_zip", "taakvelden_csv", "verschil_csv")
# Addresses with keys that only their own tests can fill in are looked at there.
ADRESSEN = sorted(adres for naam, adres in OPEN.items() if "<>" not in adres and not naam.endswith(NIET_HIER))
NIEUW = ["/", "/open-data/", "/nieuw.atom", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"]
KOPPEN = {
    *VASTE_KOPPEN,
    *("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"),
    *("Cross-Origin-Opener-Policy", "X-Verzoek"),
}
STIJLBLADEN = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
GELADEN = re.compile(r'<(?:img|script|source|iframe)[^>]*src="([^"]*)"|<link rel="(?!canon|alt)[^>]*href="([^"]*)"')
ATOM = "{http://www.w3.org/2005/Atom}"
KAART = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def xml(client: Client, pad: str) -> ElementTree.Element:
    """Return what our own site gives, read as XML."""
    return ElementTree.fromstring(client.get(pad).content)  # noqa: S314


@pytest.fixture
def versie(rollen: Rollen) -> Versie:
    return maak_gepubliceerd(rollen)


def test_er_zijn_adressen() -> None:
    assert set(NIEUW) < set(ADRESSEN)
    assert {WORTEL, f"{WORTEL}programma/programma-1/", "/colofon/", "/privacy/", "/toegankelijkheid/"} < set(ADRESSEN)


def verschillend(koppen: Mapping[str, str], ander: Mapping[str, str]) -> set[str]:
    """Return the headers that two answers do not share, but for the number of the request."""
    return {naam for naam, _ in set(koppen.items()) ^ set(ander.items())} - {"X-Verzoek"}


class TestElkAdres:
    """What a cache, a browser and an auditor of headers see, at each address."""

    def test_bewaren_en_terugvragen(self, client: Client, versie: Versie) -> None:
        for pad in ADRESSEN:
            antwoord = client.get(pad)
            assert antwoord.status_code == 200, pad
            assert antwoord.headers["Cache-Control"].startswith("public, max-age="), pad
            assert not antwoord.cookies, pad
            assert "cookie" not in antwoord.headers.get("Vary", "").lower(), pad
            assert KOPPEN - set(antwoord.headers) == set(), pad
            kenmerk = antwoord.headers.get("ETag", "")
            assert re.fullmatch(r'"[0-9a-f]{32,64}"', kenmerk), pad

            weer = client.get(pad, headers={"if-none-match": kenmerk})

            assert (weer.status_code, weer.content, len(weer.cookies)) == (304, b"", 0), pad
            assert verschillend(weer.headers, antwoord.headers) <= VAN_DE_INHOUD, pad

    def test_head(self, client: Client, versie: Versie) -> None:
        for pad in ADRESSEN:
            zonder = client.head(pad)
            assert zonder.status_code == 200, pad
            assert verschillend(zonder.headers, client.get(pad).headers) == set(), pad

    def test_wie_ingelogd_is_krijgt_hetzelfde(self, client: Client, versie: Versie, rollen: Rollen) -> None:
        publiek = {pad: client.get(pad).headers["ETag"] for pad in ADRESSEN}
        client.force_login(rollen.redacteur)

        for pad in ADRESSEN:
            antwoord = client.get(pad)
            assert (antwoord.headers["ETag"], len(antwoord.cookies)) == (publiek[pad], 0), pad

    def test_gewicht_en_vreemde_adressen(self, client: Client, rollen: Rollen, thema: None) -> None:
        """With fifty programmes, and the colours and logo of a municipality."""
        maak_gepubliceerd(rollen, 50)
        bladzijden = 0
        for pad in ADRESSEN:
            antwoord = client.get(pad)
            if not antwoord.headers["Content-Type"].startswith("text/html"):
                continue
            bladzijden += 1
            html = antwoord.content.decode()
            stukken = [html.encode(), *(_blad(client, blad) for blad in STIJLBLADEN.findall(html))]
            geladen = [adres for paar in GELADEN.findall(html) for adres in paar if adres]

            assert len(stukken) == 3, pad
            assert sum(len(gzip.compress(stuk)) for stuk in stukken) <= HOOGSTENS, pad
            assert geladen, pad
            assert all(adres.startswith(("/static/", "/thema/")) for adres in geladen), pad
        assert bladzijden >= 8


def _blad(client: Client, adres: str) -> bytes:
    """Return a stylesheet: of ours as it stands in the project, of the theme as the site gives it."""
    if adres.startswith("/static/"):
        return (STATIC / adres.removeprefix("/static/")).read_bytes()
    return client.get(adres).content


@pytest.fixture
def thema(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The second theme, with its logo."""
    monkeypatch.setenv("THEMA", str(settings.BASE_DIR / "fixtures/thema/groen.css"))
    monkeypatch.setenv("GEMEENTE_LOGO", str(settings.BASE_DIR / "fixtures/thema/groen.svg"))
    settings.THEMA = inrichting.thema("THEMA", STATIC / "veiligheid/stijl.css")
    settings.LOGO = inrichting.logo("GEMEENTE_LOGO")
    yield


class TestThema:
    """The municipality's own colours and logo, each at the address of exactly these bytes."""

    def test_na_ons_stijlblad_en_nergens_in_de_pagina(self, client: Client, thema: None, db: None) -> None:
        html = client.get("/").content.decode()
        bladen = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)

        assert bladen == ["/static/veiligheid/stijl.css", f"/thema/{instellingen.THEMA.kenmerk}.css"]
        assert "style=" not in html and "<style" not in html
        antwoord = client.get(bladen[1])
        assert antwoord.content == instellingen.THEMA.css
        assert antwoord.headers["Content-Type"] == "text/css; charset=utf-8"
        assert antwoord.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert client.get("/thema/0000000000000000.css").status_code == 404

    def test_het_logo_kan_niets(self, client: Client, thema: None, db: None) -> None:
        (logo,) = re.findall(r'<img src="([^"]+)" width="48" height="44" alt="">', client.get("/").content.decode())
        antwoord = client.get(logo)

        assert logo == f"/thema/logo-{instellingen.LOGO.kenmerk}.svg"
        assert antwoord.content == (instellingen.BASE_DIR / "fixtures/thema/groen.svg").read_bytes()
        assert antwoord.headers["Content-Type"] == "image/svg+xml"
        beleid = antwoord.headers["Content-Security-Policy"]
        assert "default-src 'none'" in beleid and "sandbox" in beleid and "self" not in beleid
        assert client.get(logo.replace(".svg", ".png")).status_code == 404
        assert "<svg" not in client.get("/colofon/").content.decode()

    @pytest.mark.parametrize("pad", ["/bestaat-niet/", "/thema/0000000000000000.css"])
    def test_ook_op_een_foutpagina(self, client: Client, thema: None, db: None, pad: str) -> None:
        assert f"/thema/{instellingen.THEMA.kenmerk}.css" in client.get(pad).content.decode()


class TestVragen:
    """How many queries: the same with one programme as with fifty. What the site says of itself takes none."""

    AANTALLEN = MappingProxyType(
        {"/open-data/": 4, "/nieuw.atom": 2, "/sitemap.xml": 1}
        | dict.fromkeys(("/toegankelijkheid/", "/privacy/", "/colofon/", "/robots.txt", "/.well-known/security.txt"), 0)
    )

    @pytest.mark.parametrize("programmas", [1, 50])
    def test_aantal(self, client: Client, rollen: Rollen, django_assert_num_queries: Tel, programmas: int) -> None:
        eerste = maak_gepubliceerd(rollen, programmas)
        publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)

        for pad, aantal in self.AANTALLEN.items():
            with django_assert_num_queries(aantal):
                assert client.get(pad).status_code == 200, pad

    def test_een_bekend_bestand_wordt_niet_gelezen(
        self, client: Client, versie: Versie, django_assert_num_queries: Tel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Which version and which programmes; no COPY is begun for who has the file."""
        kenmerk = client.get(f"{WORTEL}begroting.csv").headers["ETag"]
        kopieen: list[object] = []
        monkeypatch.setattr(psycopg.Cursor, "copy", lambda *args: kopieen.append(args))

        with django_assert_num_queries(2):
            antwoord = client.get(f"{WORTEL}begroting.csv", headers={"if-none-match": kenmerk})

        assert (antwoord.status_code, kopieen) == (304, [])


class TestFouten:
    """An error page says nothing of what was asked, and is kept as briefly as is right."""

    ONZIN = "/zomaar-iets/"

    VERBORGEN = (
        *("/programmabegroting-2031/", "/programmabegroting-2031/versie/1/", "/programmabegroting-2031/begroting.csv"),
        *("/programmabegroting-2031/programma/programma-1/", "/programmabegroting-2025/versie/2/"),
        *("/open-data/x/", "/thema/ab.css", "/a.b/c?q=<x>"),
    )

    def test_een_concept_is_onzin(self, client: Client, rollen: Rollen) -> None:
        """Byte for byte the page of an address that means nothing, with the same headers."""
        publicatie.maak_concept(maak_gepubliceerd(rollen), door=rollen.redacteur)
        maak_concept(rollen, document=maak_document(2031))
        for vraag in (client.get, client.head):
            onzin = vraag(self.ONZIN)
            assert onzin.headers["Cache-Control"] == "public, max-age=5"
            assert "ETag" not in onzin.headers and set(onzin.headers) >= KOPPEN
            for pad in self.VERBORGEN:
                antwoord = vraag(pad)
                assert (antwoord.status_code, antwoord.content) == (404, onzin.content), pad
                assert verschillend(antwoord.headers, onzin.headers) == set(), pad

    def test_een_concept_staat_in_geen_lijst(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)
        voor = {pad: client.get(pad).headers["ETag"] for pad in ADRESSEN}
        maak_concept(rollen, document=maak_document(2031))
        publicatie.maak_concept(Versie.objects.get(document__jaar=2025), door=rollen.redacteur)

        assert {pad: client.get(pad).headers["ETag"] for pad in ADRESSEN} == voor

    def test_in_het_beheer_bewaart_niemand_iets(self, client: Client, rollen: Rollen) -> None:
        client.force_login(rollen.redacteur)

        for pad in ("/beheer/voorbeeld/999999/", "/beheer/bestaat-niet/"):
            antwoord = client.get(pad)
            assert (antwoord.status_code, "no-store" in antwoord.headers["Cache-Control"]) == (404, True)

    def test_een_verkeerd_verzoek_bewaart_niemand(self, client: Client, db: None) -> None:
        for antwoord in (client.post("/"), client.get("/", headers={"host": "kwaad.example"}), client.post("/niets/")):
            assert antwoord.headers["Cache-Control"] == "no-store"
            assert set(antwoord.headers) >= KOPPEN
            assert not antwoord.cookies

    def test_ingetrokken_mag_even_bewaard_worden(self, client: Client, versie: Versie, rollen: Rollen) -> None:
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")

        for antwoord in (client.get(WORTEL), client.head(WORTEL)):
            assert (antwoord.status_code, antwoord.headers["Cache-Control"]) == (410, "public, max-age=5")


class TestBestanden:
    """What is on a page of files is what comes out of them."""

    def test_het_kenmerk_is_het_controlegetal(self, client: Client, versie: Versie) -> None:
        """The ETag of a CSV is what `sha256sum` says of it."""
        for bestand in versie.bestanden.all():
            for begin in (WORTEL, f"{WORTEL}versie/1/"):
                assert client.get(begin + bestand.naam).headers["ETag"] == f'"{bestand.sha256}"'
        excel = client.get(f"{WORTEL}begroting.csv?vorm=excel").headers["ETag"]
        assert excel.endswith('-excel"')
        assert client.get(f"{WORTEL}begroting.csv", headers={"if-none-match": excel}).status_code == 200

    def test_elke_download_op_open_data_bestaat(self, client: Client, versie: Versie) -> None:
        html = client.get("/open-data/").content.decode()
        links = re.findall(r'<a href="([^"]+)" download>', html)

        assert [links.pop(), links.pop()] == ["/open-data/ankers.csv", "/open-data/verifieer.py"]
        # Those that were recorded, and the two that describe them.
        assert len(links) == versie.bestanden.count() + 2 == 5
        for link in links:
            assert client.get(link).status_code == 200
        assert all(bestand.sha256 in html for bestand in versie.bestanden.all())
        assert versie.controlesom in html

    def test_geen_twee_links_met_dezelfde_woorden_naar_iets_anders(self, client: Client, rollen: Rollen) -> None:
        """Who hears the links of the page one by one, hears of which version each is."""
        eerste = maak_gepubliceerd(rollen)
        publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)
        sectie = client.get("/open-data/").content.decode().partition('id="bestanden"')[2].partition("</section>")[0]
        lijst = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', sectie)
        woorden = {re.sub("<[^>]+>", "", link) for _, link in lijst}

        assert len(woorden) == len(set(lijst)) > 2 * eerste.bestanden.count()


class TestVoorMachines:
    """robots, sitemap, feed and security.txt."""

    def test_sitemap_noemt_wat_nu_geldt(self, client: Client, rollen: Rollen, settings: Any) -> None:
        settings.SITE_ADRES = "https://begroting.example.org"
        eerste = maak_gepubliceerd(rollen, 2)
        publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)
        ander = Document.objects.create(soort="kadernota", jaar=2025, titel="Kadernota 2025", slug="kadernota-2025")
        weg = maak_gepubliceerd(rollen, document=ander)
        publicatie.trek_in(weg, door=rollen.publicist, reden="Fout.")
        nota = Document.objects.create(soort="kadernota", jaar=2026, titel="Kadernota 2026", slug="nota")
        maak_gepubliceerd(rollen, document=nota)

        kaart = xml(client, "/sitemap.xml")
        adressen = [str(loc.text).removeprefix("https://begroting.example.org") for loc in kaart.iter(f"{KAART}loc")]

        assert set(adressen) >= {
            *("/", "/open-data/", "/toegankelijkheid/", "/privacy/", "/colofon/"),
            *(WORTEL, f"{WORTEL}programma/programma-1/", f"{WORTEL}programma/programma-2/"),
            *(f"{WORTEL}aansluiting/", f"{WORTEL}autorisatie/", f"{WORTEL}uitvoer/", "/nota/aansluiting/"),
        }
        assert "/nota/autorisatie/" not in adressen
        assert len(adressen) == len(set(adressen))
        for adres in adressen:
            assert client.get(adres).status_code == 200
        dagen = {dag.text for dag in kaart.iter(f"{KAART}lastmod")}
        assert dagen == {timezone.localdate().isoformat()}

    def test_robots(self, client: Client, settings: Any) -> None:
        assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
        settings.DEMO = False

        regels = client.get("/robots.txt").content.decode().splitlines()

        assert "Sitemap: http://testserver/sitemap.xml" in regels
        assert "Disallow: /" not in regels and "Disallow: /beheer/" in regels

    def test_feed(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        tweede = publiceer(publicatie.maak_concept(versie, door=rollen.redacteur), rollen)

        feed = xml(client, "/nieuw.atom")
        ingangen = feed.findall(f"{ATOM}entry")

        assert [ingang.findtext(f"{ATOM}title") for ingang in ingangen] == [
            "Programmabegroting 2025, versie 2",
            "Programmabegroting 2025, versie 1",
        ]
        assert [link.get("href") for link in ingangen[0].findall(f"{ATOM}link")] == [
            f"http://testserver{WORTEL}versie/2/"
        ]
        for deel, moment in ((feed, tweede), (ingangen[0], tweede), (ingangen[1], versie)):
            assert datetime.fromisoformat(str(deel.findtext(f"{ATOM}updated"))) == moment.gepubliceerd_op
            assert str(deel.findtext(f"{ATOM}id")).startswith("urn:uuid:")
        assert len({deel.text for deel in feed.iter(f"{ATOM}id")}) == 3
        assert feed.find(f"{ATOM}author") is not None
        html = client.get("/").content.decode()
        assert (
            '<link rel="alternate" type="application/atom+xml" title="Nieuw op deze site" href="/nieuw.atom">' in html
        )

    def test_kenmerken_blijven_als_de_site_verhuist(self, client: Client, versie: Versie, settings: Any) -> None:
        def kenmerken() -> list[str | None]:
            return [deel.text for deel in xml(client, "/nieuw.atom").iter(f"{ATOM}id")]

        eerst = kenmerken()
        settings.SITE_ADRES = "https://elders.example.org"

        assert kenmerken() == eerst and len(eerst) == 2

    def test_een_lege_feed_heeft_geen_klok(self, client: Client, db: None, settings: Any) -> None:
        feed = xml(client, "/nieuw.atom")

        moment = datetime.fromisoformat(str(feed.findtext(f"{ATOM}updated")))
        assert (moment.date(), moment.tzinfo) == (settings.RELEASE_DATUM, UTC)
        assert feed.findall(f"{ATOM}entry") == []

    def velden(self, client: Client) -> dict[str, str]:
        antwoord = client.get("/.well-known/security.txt")
        assert antwoord.headers["Content-Type"] == "text/plain; charset=utf-8"
        regels = io.StringIO(antwoord.content.decode()).read().splitlines()
        return dict(regel.split(": ", 1) for regel in regels if not regel.startswith("#"))

    def test_security_txt(self, client: Client, settings: Any) -> None:
        settings.DEMO, settings.BEVEILIGING_CONTACT = False, "mailto:cert@example.org"
        settings.BEVEILIGING_BELEID, settings.SITE_ADRES = "https://example.org/cvd", "https://b.example.org"

        assert self.velden(client) == {
            "Contact": "mailto:cert@example.org",
            "Expires": f"{settings.BEVEILIGING_VERLOOPT.isoformat()}T00:00:00Z",
            "Preferred-Languages": "nl, en",
            "Canonical": "https://b.example.org/.well-known/security.txt",
            "Policy": "https://example.org/cvd",
        }
        assert settings.BEVEILIGING_VERLOOPT.year - settings.RELEASE_DATUM.year <= 1
        oud = client.get("/security.txt")
        assert (oud.status_code, oud.headers["Location"]) == (301, "/.well-known/security.txt")

    def test_zonder_meldpunt_geen_bestand_dat_niet_klopt(self, client: Client, settings: Any, db: None) -> None:
        assert self.velden(client)["Contact"] == "mailto:demonstratie@example.invalid"
        settings.DEMO = False

        assert client.get("/.well-known/security.txt").status_code == 404
