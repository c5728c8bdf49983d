"""Hand-made POSTs: what one role may send works for that role, and changes no row when another role sends it.

Each post is taken from the real page of who may do it, signed seals included, so that nothing but the rights can
refuse it. First it is shown to work; what would not work for anybody would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicatoren.models import Gebied, Gebiedsnaam, Indicator, Waarneming
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Document,
    Doel,
    Pakket,
    Programma,
    Taakveld,
    VerbondenPartij,
    Versie,
    Wijziging,
)
from tests.bouwers import SAMENVATTING
from tests.formulieren import GEZIEN
from tests.rechten.decor import ROLLEN, VRAAG_INLOG, Decor, stand_van_zaken, status, teruggedraaid, verschil

# A list answers what it does not offer with the list itself: only the rows tell.
LIJST = {"200", "302", "403"}


@dataclass(frozen=True, slots=True)
class Verzoek:
    """A POST as the page of `rol` sends it."""

    rol: str
    adres: str
    velden: dict[str, Any]
    geweigerd: frozenset[str] = frozenset({"403"})


class _Formulier(HTMLParser):
    """Reads the fields that a browser would send of one form, without a pressed button."""

    def __init__(self, kenmerk: str) -> None:
        super().__init__()
        self.kenmerk, self.binnen = kenmerk, False
        self.velden: dict[str, Any] = {}
        self._tekst = self._keuze = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kenmerken = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "form":
            self.binnen = not self.kenmerk or kenmerken.get("id") == self.kenmerk
        if not self.binnen:
            return
        naam = kenmerken.get("name", "")
        soort = kenmerken.get("type", "text")
        if tag == "textarea":
            self._tekst = naam
            self.velden[naam] = ""
        elif tag == "select":
            self._keuze = naam
        elif tag == "option" and self._keuze and "selected" in kenmerken:
            self.velden[self._keuze] = kenmerken.get("value", "")
        elif tag == "input" and naam and soort not in {"submit", "file"}:
            self._invoer(naam, soort, kenmerken)

    def _invoer(self, naam: str, soort: str, kenmerken: dict[str, str]) -> None:
        if soort in {"checkbox", "radio"}:
            if "checked" in kenmerken:
                self.velden[naam] = kenmerken.get("value", "on")
        else:
            self.velden[naam] = kenmerken.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._tekst:
            self.velden[self._tekst] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._tekst = ""
        elif tag == "select":
            self._keuze = ""
        elif tag == "form":
            self.binnen = False


def formulier(client: Client, adres: str, kenmerk: str = "") -> dict[str, Any]:
    """Open a page and return what its form would send; `kenmerk` is the id of the form."""
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    lezer = _Formulier(kenmerk)
    lezer.feed(antwoord.content.decode())
    assert lezer.velden, f"{adres} has no form {kenmerk}"
    lezer.velden.pop("csrfmiddlewaretoken", None)
    return {naam: waarde.removeprefix("\n") for naam, waarde in lezer.velden.items() if "__prefix__" not in naam}


def plek(model: type[models.Model], wat: str, *sleutels: object) -> str:
    """Return the address of an admin page."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{wat}", args=sleutels)


# What to write in the form of a row, and what a new row needs to differ in from the one that is there.
ANDERS: dict[str, dict[str, str]] = {
    "Kolom": {"volgorde": "77"},
    "Programma": {"naam": "Anders"},
    "Paragraaf": {"naam": "Anders"},
    "Bron": {"naam": "Anders"},
    "Wijziging": {"titel": "Anders"},
    "Pakket": {"naam": "Anders"},
    "Sectie": {"kop": "Anders"},
    "Doel": {"toelichting": "Anders"},
    "Programmaindicator": {"volgorde": "77"},
    "Deelname": {"taak": "Anders"},
    "Partijcijfers": {"risico": "Anders"},
    "Begrotingsregel": {"omschrijving": "Anders"},
    "Bedrag": {"euro": "-77"},
    "GedruktTotaal": {"euro": "-77"},
    "VerbondenPartij": {"naam": "Anders"},
    "Document": {"titel": "Anders"},
    "Versie": {"titel": "Anders"},
    "Taakveld": {"naam": "Anders"},
    "Indicator": {"bron": "Anders"},
    "Opdracht": {"toelichting": "Anders"},
}
NIEUW: dict[str, dict[str, str]] = {
    "Kolom": {"jaar": "2099", "volgorde": "78"},
    "Programma": {"code": "99", "slug": "anders"},
    "Paragraaf": {"naam": "Nieuw"},
    "Bron": {"naam": "Nieuw"},
    "Wijziging": {"nummer": "99"},
    "Pakket": {"code": "99"},
    "Sectie": {},
    "Doel": {},
    "Deelname": {"naam": "Nieuw", "pakket": ""},
    "Partijcijfers": {"jaar": "2099"},
    "Begrotingsregel": {},
}
RIJEN = [model for model in VERSIERIJEN if model.__name__ in ANDERS]
VERWIJDERBAAR = [model for model in VERSIERIJEN if model.__name__ not in {"Bron"}]
Maak = Callable[[Decor, Client], Verzoek]


def _wijzig(model: type[models.Model], rol: str = "redacteur") -> Maak:
    def maak(decor: Decor, client: Client) -> Verzoek:
        adres = plek(model, "change", decor.rij(model).pk)
        naam = f"{model._meta.model_name}_form"
        return Verzoek(rol, adres, formulier(client, adres, naam) | ANDERS[model.__name__])

    return maak


def _voeg_toe(model: type[models.Model]) -> Maak:
    """A new row like the one that is there, but for what must differ."""

    def maak(decor: Decor, client: Client) -> Verzoek:
        naam = f"{model._meta.model_name}_form"
        nieuw = formulier(client, plek(model, "add"), naam)
        oud = formulier(client, plek(model, "change", decor.rij(model).pk), naam)
        vorm = {veld: waarde for veld, waarde in nieuw.items() if veld.endswith("_FORMS")}
        velden = {veld: waarde for veld, waarde in oud.items() if "-" not in veld and veld != "gezien"}
        return Verzoek(
            "redacteur", plek(model, "add"),
            velden | vorm | {"versie": str(decor.concept.pk)} | NIEUW[model.__name__],
        )  # fmt: skip

    return maak


def _verwijder(model: type[models.Model]) -> Maak:
    def maak(decor: Decor, client: Client) -> Verzoek:
        adres = plek(model, "delete", decor.rij(model).pk)
        return Verzoek("redacteur", adres, {"post": "yes", "gezien": formulier(client, adres)["gezien"]})

    return maak


def _verwijder_gekozen(model: type[models.Model]) -> Maak:
    def maak(decor: Decor, client: Client) -> Verzoek:
        adres = plek(model, "changelist")
        velden = {"action": "delete_selected", "_selected_action": str(decor.rij(model).pk)}
        gezien = GEZIEN.search(client.post(adres, velden).content.decode())
        assert gezien, model
        return Verzoek("redacteur", adres, {**velden, "post": "yes", "gezien": gezien[1]}, frozenset(LIJST))

    return maak


def _bedragen_onder_de_regel(decor: Decor, client: Client) -> Verzoek:
    """Change, remove and add amounts in the table under a line."""
    regel = decor.rij(Begrotingsregel)
    adres = plek(Begrotingsregel, "change", regel.pk)
    velden = formulier(client, adres, "begrotingsregel_form")
    assert velden["bedragen-INITIAL_FORMS"] == "5"
    wijziging = decor.rij(Wijziging).pk
    velden |= {"bedragen-0-euro": "-77", "bedragen-1-DELETE": "on", "bedragen-TOTAL_FORMS": "6"}
    velden |= {"bedragen-5-kolom": velden["bedragen-0-kolom"], "bedragen-5-wijziging": str(wijziging)}
    velden |= {"bedragen-5-regel": str(regel.pk), "bedragen-5-euro": "5", "bedragen-5-bronprecisie": "1"}
    return Verzoek("redacteur", adres, velden)


def _rooster(decor: Decor, client: Client) -> Verzoek:
    adres = reverse("admin:programma_programma_rooster", args=[decor.rij(Programma).pk])
    velden = formulier(client, adres)
    lezer = {naam: waarde for naam, waarde in velden.items() if not naam.startswith("x:")}
    eerste = next(naam for naam in lezer if naam.startswith("c:"))
    return Verzoek("redacteur", adres, lezer | {eerste: "-77", "actie": "bewaar"})


def _nieuw_jaar(decor: Decor, client: Client) -> Verzoek:
    adres = reverse("admin:programma_versie_nieuw_jaar", args=[decor.gepubliceerd.pk])
    return Verzoek("redacteur", adres, {})


def _herstel(decor: Decor, client: Client) -> Verzoek:
    return Verzoek("redacteur", reverse("admin:historie_stand", args=[decor.concept.pk, decor.schakel]), {})


def _geef(decor: Decor, client: Client) -> Verzoek:
    adres = reverse("admin:programma_opdracht_versie", args=[decor.concept.pk])
    pakket = decor.rij(Pakket).pk
    ander = User.objects.get(username="sanne")
    uiterlijk = f"{timezone.localdate() + timedelta(days=2):%Y-%m-%d}"
    return Verzoek("redacteur", adres, {f"{pakket}-schrijver": str(ander.pk), f"{pakket}-uiterlijk": uiterlijk})


def _stuur_werk_terug(decor: Decor, client: Client) -> Verzoek:
    adres = reverse("admin:programma_opdracht_terug", args=[decor.klaar.pk])
    return Verzoek("redacteur", adres, {"reden": "Nog eens."})


def _schrijf(decor: Decor, client: Client) -> Verzoek:
    adres = reverse("admin:schrijven_opdracht", args=[decor.opdracht.pk])
    velden = formulier(client, adres)
    kop = next(naam for naam in velden if naam.startswith("sectie-") and naam.endswith("-kop") and "nieuw" not in naam)
    return Verzoek("schrijver", adres, velden | {kop: "Anders", "actie": "klaar"}, frozenset({"404"}))


def _stap(werkwoord: str, rol: str, welke: str, **velden: str) -> Maak:
    def maak(decor: Decor, client: Client) -> Verzoek:
        versie: Versie = getattr(decor, welke)
        return Verzoek(rol, reverse("admin:programma_versie_stap", args=[versie.pk, werkwoord]), velden)

    return maak


def _import(stap: str, welke: str) -> Maak:
    def maak(decor: Decor, client: Client) -> Verzoek:
        invoer = getattr(decor, welke)
        invoer.refresh_from_db()
        velden: dict[str, Any] = {"controle": str(invoer.controle), "akkoord": "ja"}
        adres = reverse(f"admin:programma_import_{stap}", args=[invoer.pk])
        if stap == "herkennen":
            velden = formulier(client, adres) | {"actie": "controleer"}
        return Verzoek("redacteur", adres, velden)

    return maak


def _breng_bestand(decor: Decor, client: Client) -> Verzoek:
    inhoud = bytes(decor.gelezen.inhoud).replace(b"Een vierde doel.", b"Een vijfde doel.")
    velden = {"versie": str(decor.concept.pk), "soort": "doelen", "bestand": (inhoud, "doelen.csv")}
    return Verzoek("redacteur", reverse("admin:programma_import_nieuw"), velden)


def _account(decor: Decor, client: Client) -> Verzoek:
    adres = plek(User, "change", decor.rollen.redacteur2.pk)
    groep = Group.objects.get(name="beheerder").pk
    return Verzoek("beheerder", adres, formulier(client, adres, "user_form") | {"groups": str(groep), "is_staff": "on"})


def _nieuw_account(decor: Decor, client: Client) -> Verzoek:
    woord = "Vier-Fietsen-Op-Zee-9"
    velden = {"username": "nieuw", "usable_password": "true", "password1": woord, "password2": woord}
    return Verzoek("beheerder", plek(User, "add"), velden)


def _wachtwoord(decor: Decor, client: Client) -> Verzoek:
    woord = "Vier-Fietsen-Op-Zee-9"
    adres = reverse("admin:auth_user_password_change", args=[decor.rollen.redacteur2.pk])
    return Verzoek("beheerder", adres, {"usable_password": "true", "password1": woord, "password2": woord})


def _waarneming(decor: Decor, client: Client) -> Verzoek:
    velden = {
        "indicator": str(decor.rij(Indicator).pk), "gebied": str(decor.rij(Gebied).pk), "jaar": "2024",
        "waarde": "9", "status": "waarde",
    }  # fmt: skip
    return Verzoek("redacteur", plek(Waarneming, "add"), velden)


def _gebiedsnaam(decor: Decor, client: Client) -> Verzoek:
    velden = {"gebied": str(decor.rij(Gebied).pk), "naam": "Anders"}
    return Verzoek("beheerder", plek(Gebiedsnaam, "add"), velden)


MORGEN = f"{timezone.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
VERZOEKEN: dict[str, Maak] = {
    **{f"wijzig-{model.__name__}": _wijzig(model) for model in (*RIJEN, VerbondenPartij, Document, Versie)},
    **{f"toevoegen-{model.__name__}": _voeg_toe(model) for model in VERSIERIJEN if model.__name__ in NIEUW},
    **{f"verwijder-{model.__name__}": _verwijder(model) for model in (*VERWIJDERBAAR, Versie)},
    **{f"actie-{model.__name__}": _verwijder_gekozen(model) for model in VERWIJDERBAAR},
    "inline-bedragen": _bedragen_onder_de_regel,
    "rooster": _rooster,
    "nieuw_jaar": _nieuw_jaar,
    "herstel": _herstel,
    "opdracht-geven": _geef,
    "opdracht-terug": _stuur_werk_terug,
    "opdracht-schrijven": _schrijf,
    "stap-dien_in": _stap("dien_in", "redacteur", "concept", samenvatting=SAMENVATTING),
    "stap-trek_indiening_in": _stap("trek_indiening_in", "redacteur", "ingediend"),
    "stap-maak_concept": _stap("maak_concept", "redacteur", "ander_gepubliceerd"),
    "stap-keur_goed": _stap("keur_goed", "publicist", "ingediend"),
    "stap-stuur_terug": _stap("stuur_terug", "publicist", "ingediend", reden="Nog eens."),
    "stap-publiceer": _stap("publiceer", "publicist", "goedgekeurd"),
    "stap-plan": _stap("plan", "publicist", "goedgekeurd", op=MORGEN),
    "stap-stel_vast": _stap("stel_vast", "publicist", "gepubliceerd", nummer="R1", datum="2026-01-01"),
    "stap-trek_in": _stap("trek_in", "publicist", "gepubliceerd", reden="Fout.", zeker="on"),
    "import-bestand": _breng_bestand,
    "import-herkennen": _import("herkennen", "gelezen"),
    "import-bevestigen": _import("bevestigen", "wacht"),
    "import-opnieuw": _import("opnieuw", "wacht"),
    "import-vervallen": _import("vervallen", "wacht"),
    "import-ongedaan": _import("ongedaan", "bevestigd"),
    "waarneming": _waarneming,
    "taakveld": _wijzig(Taakveld, "beheerder"),
    "indicator": _wijzig(Indicator, "beheerder"),
    "gebiedsnaam": _gebiedsnaam,
    "account": _account,
    "account-nieuw": _nieuw_account,
    "account-wachtwoord": _wachtwoord,
}

VAN_ANDEREN = {
    "opdracht-schrijven": "schrijver",
    **dict.fromkeys((naam for naam in VERZOEKEN if naam.startswith("stap-")), "publicist"),
    "stap-dien_in": "redacteur",
    "stap-trek_indiening_in": "redacteur",
    "stap-maak_concept": "redacteur",
    **dict.fromkeys(
        ("taakveld", "indicator", "gebiedsnaam", "account", "account-nieuw", "account-wachtwoord"), "beheerder"
    ),
}


def naam_van_rol(naam: str) -> str:
    """Return who may send a post of VERZOEKEN."""
    return VAN_ANDEREN.get(naam, "redacteur")


def stuur(client: Client, verzoek: Verzoek, adres: str = "", **erbij: Any) -> Any:
    """Send a post as a browser does, with its file when it has one."""
    velden = {
        naam: SimpleUploadedFile(waarde[1], waarde[0]) if isinstance(waarde, tuple) else waarde
        for naam, waarde in (verzoek.velden | erbij).items()
    }
    return client.post(adres or verzoek.adres, velden)


@pytest.fixture(scope="module")
def clients(decor: Decor) -> dict[str, Client]:
    """Everybody, logged in."""
    return {rol: decor.als(rol) for rol in ROLLEN}


@pytest.mark.parametrize("naam", VERZOEKEN)
def test_alleen_wie_het_mag(decor: Decor, clients: dict[str, Client], naam: str) -> None:
    """The post changes rows for who may send it, and none for anybody else."""
    wie = naam_van_rol(naam)
    verzoek = VERZOEKEN[naam](decor, clients[wie])
    assert verzoek.rol == wie
    vooraf = stand_van_zaken()
    with teruggedraaid(clients[wie]) as poging:
        antwoord = stuur(clients[wie], verzoek)
        poging.status = status(antwoord)
    assert poging.tabellen, (naam, poging.status, antwoord.content.decode()[:6000])

    fout = {}
    for rol in ROLLEN:
        if rol == wie:
            continue
        with teruggedraaid(clients[rol]) as poging:
            poging.status = status(stuur(clients[rol], verzoek))
        mag = {VRAAG_INLOG} if rol == "anoniem" else verzoek.geweigerd
        if poging.status not in mag or poging.tabellen:
            fout[rol] = (poging.status, sorted(poging.tabellen))
    assert fout == {}
    assert verschil(vooraf, stand_van_zaken()) == {}


@pytest.mark.parametrize("model", RIJEN, ids=lambda model: model.__name__)
def test_list_editable_en_verzonnen_acties(decor: Decor, clients: dict[str, Client], model: type) -> None:
    """A list takes no rows from a post, in nobody's name, and knows no actions but those it offers."""
    beheer = admin.site._registry[model]
    assert beheer.list_editable == (), f"{model.__name__} has list_editable: give it a post of its own here"
    rij = decor.rij(model)
    velden = {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(rij.pk), "_save": "Opslaan",
        **{f"form-0-{veld}": waarde for veld, waarde in ANDERS[model.__name__].items()},
    }  # fmt: skip
    verzonnen = {"action": "export_admin_action", "_selected_action": str(rij.pk), "post": "yes"}
    for rol in ROLLEN:
        for post in (velden, verzonnen):
            with teruggedraaid(clients[rol]) as poging:
                poging.status = status(clients[rol].post(plek(model, "changelist"), post))
            assert poging.status in ({VRAAG_INLOG} if rol == "anoniem" else LIJST), (rol, poging)
            assert not poging.tabellen, (rol, poging)


def test_elke_actie_is_bekend(decor: Decor) -> None:
    """An action that nobody wrote a post for would not be looked at."""
    verzoek = type("Verzoek", (), {"user": decor.rollen.redacteur, "GET": {}})()
    for model, beheer in admin.site._registry.items():
        assert set(beheer.get_actions(verzoek)) <= {"delete_selected"}, model


@pytest.mark.parametrize("stap", ["import", "process_import", "export", "export_action", "export_selected"])
def test_de_schermen_van_de_bibliotheek_bestaan_niet(decor: Decor, clients: dict[str, Client], stap: str) -> None:
    """What django-import-export would offer below a model: nothing, or the way to our own pages."""
    inhoud = bytes(decor.gelezen.inhoud)
    for model in admin.site._registry:
        for rol in ROLLEN:
            with teruggedraaid(clients[rol]) as poging:
                adres = f"{plek(model, 'changelist')}{stap}/"
                velden = {
                    "format": "0", "import_file_name": "doelen.csv", "original_file_name": "doelen.csv",
                    "import_file": SimpleUploadedFile("doelen.csv", inhoud), "resource": "0",
                }  # fmt: skip
                antwoord = clients[rol].post(adres, velden)
                poging.status = status(antwoord)
            naar = antwoord.headers.get("Location", "")
            assert poging.status in {VRAAG_INLOG, "302", "403", "404"}, (rol, adres, poging)
            assert "/change/" in naar or "programma/import/" in naar or poging.status != "302", (rol, adres, naar)
            assert not poging.tabellen, (rol, adres, poging)


@pytest.mark.parametrize("model", [Bedrag, Begrotingsregel, Pakket, Programma, Doel], ids=lambda model: model.__name__)
def test_wat_vastligt_verandert_niemand(decor: Decor, clients: dict[str, Client], model: type) -> None:
    """The posts that work on a concept, sent to the same kind of row of the published version."""
    vast = model._default_manager.filter(versie=decor.gepubliceerd)[0]
    for wat, maak in (("change", _wijzig(model)), ("delete", _verwijder(model))):
        verzoek = maak(decor, clients["redacteur"])
        for rol in ROLLEN:
            with teruggedraaid(clients[rol]) as poging:
                poging.status = status(stuur(clients[rol], verzoek, plek(model, wat, vast.pk)))
            assert poging.status in {"403", VRAAG_INLOG}, (rol, wat, poging)
            assert not poging.tabellen, (rol, wat, poging)


def test_niemand_geeft_zichzelf_meer(decor: Decor, clients: dict[str, Client]) -> None:
    """A beheerder makes no superuser, gives no single rights, and does not touch the own account."""
    verzoek = _account(decor, clients["beheerder"])
    beheerder = clients["beheerder"]
    with teruggedraaid(beheerder):
        stuur(beheerder, verzoek, is_superuser="on", user_permissions="1")
        ander = User.objects.get(pk=decor.rollen.redacteur2.pk)
        assert [groep.name for groep in ander.groups.all()] == ["beheerder"]
        assert (ander.is_superuser, ander.user_permissions.count()) == (False, 0)
    with teruggedraaid(beheerder) as poging:
        eigen = plek(User, "change", decor.rollen.beheerder.pk)
        poging.status = status(stuur(beheerder, verzoek, eigen))
    assert (poging.status, poging.tabellen) == ("403", frozenset())
