"""A form that cannot be taken in comes back in a page, complete, to be sent again; only to whom it came from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path, reverse

from programma.models import Bewerking, Sectie
from tests.bouwers import Rollen, maak_concept
from veiligheid.aanmelden import sessieduur
from veiligheid.behoud import INGEVULD_DOOR, ZOUT, behoudbaar, storingspagina, van_onszelf

SITE = "http://testserver"
ELDERS = "https://kwaad.nl"
AANMELDEN = "/beheer/aanmelden/"
WACHTWOORD = "paard nietje lamp korrel"
FORMULIER = "application/x-www-form-urlencoded"
KNOP = "Opnieuw versturen"
GROOTSTE_ROOSTER = 4800


def afgebroken(request: HttpRequest) -> HttpResponse:
    """Lose the connection in the middle of the work, as when the server stops."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("niet bereikt")


urlpatterns = [path("beheer/afgebroken/", afgebroken), path("", include("veiligheid.urls"))]
handler500 = "veiligheid.views.fout_500"


@dataclass
class Formulier:
    """A form as a browser reads it: where it goes, how, and its fields in order."""

    adres: str = ""
    soort: str = ""
    velden: list[tuple[str, str]] = field(default_factory=list)

    def als_data(self) -> dict[str, list[str]]:
        data: dict[str, list[str]] = {}
        for naam, waarde in self.velden:
            data.setdefault(naam, []).append(waarde)
        return data


class Lezer(HTMLParser):
    """Reads the form of the page that keeps what was typed, and the links in it."""

    def __init__(self, antwoord: HttpResponse) -> None:
        super().__init__()
        self.formulieren: list[Formulier] = []
        self.links: list[dict[str, str | None]] = []
        self.feed(antwoord.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kenmerken = dict(attrs)
        if tag == "form" and kenmerken.get("role") != "search":
            self.formulieren.append(Formulier(kenmerken["action"] or "", kenmerken.get("enctype") or ""))
        elif tag == "input" and kenmerken.get("type") == "hidden":
            self.formulieren[-1].velden.append((str(kenmerken["name"]), kenmerken["value"] or ""))
        elif tag == "a":
            self.links.append(kenmerken)


def formulier(antwoord: HttpResponse) -> Formulier:
    """Return the one form of a page that keeps what was typed."""
    (gevonden,) = Lezer(antwoord).formulieren
    assert KNOP in antwoord.content.decode()
    return gevonden


def token(client: Client, adres: str = AANMELDEN) -> str:
    """Return the token of a page, as its form carries it."""
    client.get(adres)
    return str(client.cookies["csrftoken"].value)


def meld_aan(client: Client, naam: str = "rosa") -> None:
    """Log in, as in another tab of the same browser."""
    data = {"login": naam, "password": WACHTWOORD, "csrfmiddlewaretoken": token(client)}
    assert client.post(AANMELDEN, data).status_code == 302


def verloop(client: Client) -> None:
    """Let the session have been idle for an hour."""
    sessie = client.session
    wie, begin, laatst = sessie[sessieduur.SLEUTEL]
    sessie[sessieduur.SLEUTEL] = (wie, begin - 3600, laatst - 3600)
    sessie.save()


def opnieuw(client: Client, antwoord: HttpResponse, **anders: Any) -> HttpResponse:
    """Press the button of the page."""
    stuk = formulier(antwoord)
    return client.post(stuk.adres, stuk.als_data(), **anders)


@dataclass
class Werk:
    """A redacteur with a text open in the admin."""

    client: Client
    sectie: Sectie
    velden: dict[str, str]

    @property
    def adres(self) -> str:
        return reverse("admin:programma_sectie_change", args=[self.sectie.pk])

    def bewaar(self, client: Client | None = None, **anders: Any) -> HttpResponse:
        return (client or self.client).post(self.adres, self.velden, **anders)

    def staat_er(self) -> str:
        self.sectie.refresh_from_db()
        return self.sectie.kop


@pytest.fixture
def mensen(rollen: Rollen) -> Rollen:
    """The cast, with a password."""
    for persoon in (rollen.redacteur, rollen.redacteur2, rollen.auditor):
        persoon.set_password(WACHTWOORD)
        persoon.save()
    return rollen


def browser(**koppen: str) -> Client:
    """Return a browser, which names our own site as the one that its forms come from."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"origin": SITE} | koppen)


@pytest.fixture
def werk(mensen: Rollen) -> Werk:
    """Rosa has a heading open, and typed another one."""
    return maak_werk(mensen)


def maak_werk(rollen: Rollen) -> Werk:
    maak_concept(rollen)
    client, sectie = browser(), Sectie.objects.get()
    meld_aan(client)
    adres = reverse("admin:programma_sectie_change", args=[sectie.pk])
    pagina = client.get(adres)
    beheerformulier = pagina.context["adminform"].form
    velden = {
        naam: "" if (waarde := beheerformulier[naam].value()) is None else str(waarde)
        for naam in beheerformulier.fields
    }
    for onder in pagina.context["inline_admin_formsets"]:
        stuur = onder.formset.management_form
        velden |= {stuur.add_prefix(naam): str(stuur[naam].value()) for naam in stuur.fields}
    velden |= {"kop": 'Nieuwe "kop" <b> & meer', "tekst": "Een regel.\r\nNog een.", "_save": "Opslaan"}
    velden |= {"gezien": pagina.context["gezien"], "csrfmiddlewaretoken": str(client.cookies["csrftoken"].value)}
    return Werk(client, sectie, velden)


class TestSessieVoorbij:
    """Posted after the session: log in in another tab, send again, stored."""

    def test_een_gewone_keer_wordt_bewaard(self, werk: Werk) -> None:
        assert werk.bewaar().status_code == 302
        assert werk.staat_er() == werk.velden["kop"]

    def test_wat_er_op_de_pagina_staat(self, werk: Werk) -> None:
        verloop(werk.client)

        antwoord = werk.bewaar()

        assert (antwoord.status_code, antwoord.headers["Cache-Control"]) == (403, "no-store")
        stuk = formulier(antwoord)
        assert stuk.adres == werk.adres
        verwacht = [(naam, waarde) for naam, waarde in werk.velden.items() if naam != "csrfmiddlewaretoken"]
        eigen = {"csrfmiddlewaretoken", INGEVULD_DOOR}
        assert [paar for paar in stuk.velden if paar[0] not in eigen] == verwacht
        assert [naam for naam, _ in stuk.velden if naam in eigen] == ["csrfmiddlewaretoken", INGEVULD_DOOR]
        assert ("csrfmiddlewaretoken", werk.velden["csrfmiddlewaretoken"]) not in stuk.velden
        (link,) = [link for link in Lezer(antwoord).links if link.get("target")]
        assert link == {"href": AANMELDEN, "target": "_blank", "rel": "noopener"}
        assert "U was aangemeld als <strong>rosa</strong>" in antwoord.content.decode()
        assert "<script" not in antwoord.content.decode()
        assert werk.staat_er() == "Inhoud"

    def test_aanmelden_en_opnieuw_versturen(self, werk: Werk) -> None:
        verloop(werk.client)
        kwijt = werk.bewaar()
        meld_aan(werk.client)

        vraag = opnieuw(werk.client, kwijt)
        assert vraag.status_code == 403
        assert "U bent aangemeld als <strong>rosa</strong>" in vraag.content.decode()
        assert "Let op" not in vraag.content.decode()
        assert werk.staat_er() == "Inhoud"

        assert opnieuw(werk.client, vraag).status_code == 302
        assert werk.staat_er() == werk.velden["kop"]
        assert werk.sectie.tekst.count("Nog een.") == 1

    def test_nog_niet_aangemeld_geeft_dezelfde_pagina(self, werk: Werk) -> None:
        verloop(werk.client)

        nog_eens = opnieuw(werk.client, opnieuw(werk.client, werk.bewaar()))

        assert nog_eens.status_code == 403
        assert [naam for naam, _ in formulier(nog_eens).velden].count(INGEVULD_DOOR) == 1
        assert "U was aangemeld als <strong>rosa</strong>" in nog_eens.content.decode()

    @pytest.mark.parametrize("hoe", ["afgemeld", "wachtwoord", "uitgezet"])
    def test_ook_als_de_sessie_anders_eindigde(self, werk: Werk, mensen: Rollen, hoe: str) -> None:
        if hoe == "afgemeld":
            werk.client.post("/beheer/logout/", {"csrfmiddlewaretoken": werk.velden["csrfmiddlewaretoken"]})
        elif hoe == "wachtwoord":
            mensen.redacteur.set_password("een ander wachtwoord")
            mensen.redacteur.save()
        else:
            type(mensen.redacteur).objects.filter(pk=mensen.redacteur.pk).update(is_active=False)

        antwoord = werk.bewaar()

        assert antwoord.status_code == 403
        assert ("kop", werk.velden["kop"]) in formulier(antwoord).velden
        assert "U bent niet meer aangemeld" in antwoord.content.decode()

    def test_wie_zijn_tweede_stap_kwijt_is(self, werk: Werk, settings: Any) -> None:
        """Wiped by the beheerder while a form was open: the session lives, but comes no further."""
        settings.MFA_VERPLICHT = True

        antwoord = werk.bewaar()

        assert antwoord.status_code == 403
        assert f'href="{AANMELDEN}tweede-stap/" target="_blank"' in antwoord.content.decode()
        settings.MFA_VERPLICHT = False
        assert opnieuw(werk.client, antwoord).status_code == 302

    def test_een_botsing_blijft_een_botsing(self, werk: Werk) -> None:
        verloop(werk.client)
        kwijt = werk.bewaar()
        Sectie.objects.filter(pk=werk.sectie.pk).update(kop="Van een collega")
        meld_aan(werk.client)

        antwoord = opnieuw(werk.client, opnieuw(werk.client, kwijt))

        assert antwoord.status_code == 409
        assert werk.staat_er() == "Van een collega"

    def test_kijken_gaat_naar_het_aanmelden_en_terug(self, werk: Werk) -> None:
        verloop(werk.client)

        antwoord = werk.client.get(f"{werk.adres}?_popup=1", follow=True)

        assert antwoord.redirect_chain[-1][0].startswith(f"{AANMELDEN}?next=")
        assert f'name="next" value="{werk.adres}?_popup=1"' in antwoord.content.decode()


class TestOudToken:
    """Posted with the token of before the last login."""

    def test_opnieuw_aangemeld_in_een_ander_tabblad(self, werk: Werk) -> None:
        werk.client.post("/beheer/logout/", {"csrfmiddlewaretoken": werk.velden["csrfmiddlewaretoken"]})
        meld_aan(werk.client)

        vraag = werk.bewaar()

        assert (vraag.status_code, vraag.headers["Cache-Control"]) == (403, "no-store")
        assert "U bent aangemeld als <strong>rosa</strong>" in vraag.content.decode()
        assert opnieuw(werk.client, vraag).status_code == 302
        assert werk.staat_er() == werk.velden["kop"]

    def test_een_ander_meldt_zich_aan(self, werk: Werk, mensen: Rollen) -> None:
        """It is said who filled it in, and what is sent then is sent by who is there now."""
        verloop(werk.client)
        kwijt = werk.bewaar()
        meld_aan(werk.client, "rik")

        vraag = opnieuw(werk.client, kwijt)

        assert "ingevuld toen <strong>rosa</strong> was aangemeld" in vraag.content.decode()
        assert "U bent aangemeld als <strong>rik</strong>" in vraag.content.decode()
        assert werk.staat_er() == "Inhoud"
        assert opnieuw(werk.client, vraag).status_code == 302
        assert werk.staat_er() == werk.velden["kop"]
        assert Bewerking.objects.latest("pk").door == mensen.redacteur2

    def test_een_ander_zonder_rechten_krijgt_geen_rechten(self, werk: Werk, mensen: Rollen) -> None:
        """What was seen travels along, signed, but opens nothing."""
        verloop(werk.client)
        kwijt = werk.bewaar()
        meld_aan(werk.client, "anna")

        assert opnieuw(werk.client, opnieuw(werk.client, kwijt)).status_code == 403
        assert werk.staat_er() == "Inhoud"

    @pytest.mark.parametrize(
        "vals", ["", "onzin", signing.dumps({"pk": 1, "naam": "<b>"}, salt="anders")], ids=["leeg", "onzin", "getekend"]
    )
    def test_een_naam_die_niet_van_ons_is_telt_niet(self, werk: Werk, vals: str) -> None:
        werk.velden |= {"csrfmiddlewaretoken": "x" * 32, INGEVULD_DOOR: vals}

        antwoord = werk.bewaar()

        assert antwoord.status_code == 403
        assert INGEVULD_DOOR not in dict(formulier(antwoord).velden)


class TestVanElders:
    """A form that does not show to come from a page of ours gets the plain refusal, without fields and token."""

    KOPPEN = [
        {"origin": ELDERS},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://testserver"},
        {"origin": f"{SITE}:8000"},
        {"origin": f"{SITE}.kwaad.nl"},
        {"origin": ELDERS, "sec-fetch-site": "same-origin"},
        {"origin": SITE, "sec-fetch-site": "cross-site"},
        {"origin": SITE, "sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site"},
        {"referer": f"{SITE}/beheer/"},
        {},
    ]

    @pytest.mark.parametrize("koppen", KOPPEN)
    def test_een_oud_of_geen_token(self, werk: Werk, koppen: dict[str, str]) -> None:
        werk.client.defaults.pop("HTTP_ORIGIN")
        for waarde in ("", "x" * 32):
            werk.velden["csrfmiddlewaretoken"] = waarde

            antwoord = werk.bewaar(headers=koppen)

            assert antwoord.status_code == 403
            assert "csrfmiddlewaretoken" not in antwoord.content.decode()
            assert KNOP not in antwoord.content.decode()

    @pytest.mark.parametrize("koppen", KOPPEN)
    def test_na_de_sessie(self, werk: Werk, koppen: dict[str, str]) -> None:
        verloop(werk.client)
        werk.client.defaults.pop("HTTP_ORIGIN")

        antwoord = werk.bewaar(headers=koppen)

        assert antwoord.status_code in {302, 403}
        assert KNOP not in antwoord.content.decode()
        assert werk.velden["kop"] not in antwoord.content.decode()

    @pytest.mark.parametrize("koppen", KOPPEN)
    def test_in_een_storing(self, koppen: dict[str, str]) -> None:
        antwoord = storingspagina(RequestFactory().post("/beheer/x/", {"kop": "Ingevuld"}, headers=koppen))

        assert (antwoord.status_code, "Ingevuld" in antwoord.content.decode()) == (503, False)

    @pytest.mark.parametrize(
        "koppen",
        [{"origin": SITE}, {"sec-fetch-site": "same-origin"}, {"origin": SITE, "sec-fetch-site": "same-origin"}],
    )
    def test_van_onszelf(self, koppen: dict[str, str]) -> None:
        assert van_onszelf(RequestFactory().post("/beheer/x/", headers=koppen))

    def test_achter_https(self) -> None:
        assert van_onszelf(RequestFactory().post("/beheer/x/", secure=True, headers={"origin": "https://testserver"}))
        assert not van_onszelf(RequestFactory().post("/beheer/x/", secure=True, headers={"origin": SITE}))


class TestGeheimen:
    """What may hold a secret never comes back in a page."""

    @pytest.mark.parametrize(
        "adres",
        [
            AANMELDEN,
            f"{AANMELDEN}code/",
            f"{AANMELDEN}wachtwoord/",
            f"{AANMELDEN}tweede-stap/app/",
            f"{AANMELDEN}dienst/",
            "/beheer/login/",
            "/beheer/logout/",
            "/beheer/password_change/",
        ],
    )
    def test_nooit_op_deze_adressen(self, adres: str, db: None) -> None:
        client = browser()

        antwoord = client.post(adres, {"code": "123456", "login": "rosa", "csrfmiddlewaretoken": "x" * 32})

        assert antwoord.status_code == 403
        assert "123456" not in antwoord.content.decode() and KNOP not in antwoord.content.decode()
        assert not behoudbaar(RequestFactory().post(adres, {"code": "123456"}, headers={"origin": SITE}))

    @pytest.mark.parametrize("naam", ["password", "password1", "old_password", "nieuw-Wachtwoord"])
    def test_nooit_met_een_wachtwoord_erin(self, naam: str) -> None:
        verzoek = RequestFactory().post("/beheer/auth/user/add/", {naam: "geheim"}, headers={"origin": SITE})

        assert not behoudbaar(verzoek)
        assert "geheim" not in storingspagina(verzoek).content.decode()

    @pytest.mark.parametrize(("methode", "adres"), [("GET", "/beheer/x/"), ("POST", "/"), ("POST", "/beheerder/")])
    def test_alleen_wat_in_het_beheer_wordt_verstuurd(self, methode: str, adres: str) -> None:
        assert not behoudbaar(RequestFactory().generic(methode, adres, b"a=1", FORMULIER, headers={"origin": SITE}))

    def test_wat_niet_te_lezen_is(self, settings: Any) -> None:
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
        te_veel = RequestFactory().post("/beheer/x/", {"a": "1", "b": "2", "c": "3"}, headers={"origin": SITE})
        leeg = RequestFactory().post("/beheer/x/", headers={"origin": SITE})
        kapot = RequestFactory().generic(
            "POST", "/beheer/x/", b"x", content_type="multipart/form-data", headers={"origin": SITE}
        )

        assert [storingspagina(verzoek).status_code for verzoek in (te_veel, kapot, leeg)] == [503] * 3
        assert [behoudbaar(verzoek) for verzoek in (te_veel, kapot, leeg)] == [False] * 3


class TestOmvang:
    """The largest form comes back whole, each value once, and as it can be sent again."""

    def test_het_grootste_rooster(self) -> None:
        velden = {f"c:regel-{nummer}:0:{nummer % 12}": f"-{nummer}.000" for nummer in range(GROOTSTE_ROOSTER)}
        antwoord = storingspagina(RequestFactory().post("/beheer/x/", velden, headers={"origin": SITE}))

        stuk = formulier(antwoord)
        terug = RequestFactory().post(stuk.adres, stuk.als_data(), headers={"origin": SITE})

        assert dict(stuk.velden[1:]) == velden and len(stuk.velden) == GROOTSTE_ROOSTER + 1
        assert formulier(storingspagina(terug)).velden[1:] == stuk.velden[1:]

    def test_een_veld_met_meer_waarden(self) -> None:
        verzoek = RequestFactory().post(
            "/beheer/x/?a=1&b=2",
            "keuze=b&leeg=&keuze=a&keuze=b",
            FORMULIER,
            headers={"origin": SITE},
        )

        stuk = formulier(storingspagina(verzoek))

        assert (stuk.adres, stuk.soort) == ("/beheer/x/?a=1&b=2", FORMULIER)
        assert stuk.velden[1:] == [("keuze", "b"), ("keuze", "a"), ("keuze", "b"), ("leeg", "")]

    def test_een_bestand_kan_niet_mee(self) -> None:
        bestand = SimpleUploadedFile("begroting.xlsx", b"inhoud")
        met = storingspagina(RequestFactory().post("/beheer/x/", {"b": bestand, "a": "1"}, headers={"origin": SITE}))
        zonder = storingspagina(RequestFactory().post("/beheer/x/", {"a": "1"}, headers={"origin": SITE}))

        assert ("Een bestand kan niet mee" in met.content.decode(), formulier(met).soort) == (
            True,
            "multipart/form-data",
        )
        assert formulier(met).velden[1:] == [("a", "1")]
        assert "Een bestand kan niet mee" not in zonder.content.decode()


@contextmanager
def zonder_database(tmp_path: Path) -> Iterator[None]:
    """Look for the database where nobody answers; then where it is."""
    instelling, plek = connection.settings_dict, connection.settings_dict["HOST"]
    connection.close()
    instelling["HOST"] = str(tmp_path)
    try:
        yield
    finally:
        connection.close()
        instelling["HOST"] = plek


@pytest.fixture
def vast_werk(vaste_rollen: Rollen) -> Werk:
    """Rosa with a heading open, in a database that can be lost and found again."""
    vaste_rollen.redacteur.set_password(WACHTWOORD)
    vaste_rollen.redacteur.save()
    return maak_werk(vaste_rollen)


class TestStoring:
    """The database is out of reach: 503 for everybody, nothing typed is lost, and afterwards all goes on."""

    def test_lezen(self, vast_werk: Werk, tmp_path: Path) -> None:
        adressen = ["/", "/programmabegroting-2025/", "/beheer/", vast_werk.adres]
        with zonder_database(tmp_path):
            antwoorden = [vast_werk.client.get(adres) for adres in adressen]
            levend, gereed = vast_werk.client.get("/gezond/levend"), vast_werk.client.get("/gezond/gereed")

        for adres, antwoord in zip(adressen, antwoorden, strict=True):
            assert antwoord.status_code == 503, adres
            assert int(antwoord.headers["Retry-After"]) > 0
            assert antwoord.headers["Cache-Control"] == "no-store"
            assert f'<a href="{adres}">Probeer het opnieuw</a>' in antwoord.content.decode()
        assert (levend.status_code, gereed.status_code) == (200, 503)
        assert vast_werk.client.get("/beheer/").status_code == 200

    def test_bewaren(self, vast_werk: Werk, tmp_path: Path) -> None:
        with zonder_database(tmp_path):
            antwoord = vast_werk.bewaar()
            nog_eens = opnieuw(vast_werk.client, antwoord)

        assert (antwoord.status_code, nog_eens.status_code) == (503, 503)
        assert int(antwoord.headers["Retry-After"]) > 0
        assert antwoord.headers["Cache-Control"] == "no-store"
        assert vast_werk.staat_er() == "Inhoud"
        assert opnieuw(vast_werk.client, nog_eens).status_code == 302
        assert vast_werk.staat_er() == vast_werk.velden["kop"]

    def test_het_was_toch_gelukt(self, vast_werk: Werk) -> None:
        """Stored, but the answer never came: sent again it changes nothing, and says so."""
        assert vast_werk.bewaar().status_code == 302
        verzoek = RequestFactory().post(vast_werk.adres, vast_werk.velden, headers={"origin": SITE})
        verzoek.META["CSRF_COOKIE"] = vast_werk.client.cookies["csrftoken"].value
        bewerkingen = Bewerking.objects.count()

        antwoord = opnieuw(vast_werk.client, storingspagina(verzoek), follow=True)

        assert "Dit was al bewaard" in antwoord.content.decode()
        assert Bewerking.objects.count() == bewerkingen

    def test_een_verbinding_die_afbreekt(self, vast_werk: Werk, settings: Any) -> None:
        settings.ROOT_URLCONF = __name__
        data = {"kop": "Ingevuld", "csrfmiddlewaretoken": vast_werk.velden["csrfmiddlewaretoken"]}

        antwoord = vast_werk.client.post("/beheer/afgebroken/", data)

        assert antwoord.status_code == 503
        assert ("kop", "Ingevuld") in formulier(antwoord).velden
        connection.close_if_unusable_or_obsolete()
        assert vast_werk.client.get("/beheer/").status_code == 200


def test_ondertekend_en_niet_meer_dan_dat(rollen: Rollen) -> None:
    """What the page says of who filled it in is an account and its name."""
    verzoek = RequestFactory().post("/beheer/x/", {INGEVULD_DOOR: signing.dumps({"pk": 1, "naam": "<i>"}, salt=ZOUT)})
    verzoek.META["HTTP_ORIGIN"] = SITE

    antwoord = storingspagina(verzoek)

    assert signing.loads(dict(formulier(antwoord).velden)[INGEVULD_DOOR], salt=ZOUT) == {"pk": 1, "naam": "<i>"}
