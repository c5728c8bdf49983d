"""The decor of the rights tests: one committed database in which every address leads to something real.

It holds a published budget, a concept made after it with a row of every kind, a version in each other state of its
life, an opdracht, and imports that wait, that were confirmed, and that were only read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from indicatoren.models import Gebied, Gebiedsnaam, Indicator, Waarneming
from programma import opdrachten, publicatie
from programma.invoer import bevestiging, verloop
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Bron,
    Deelname,
    Document,
    Doel,
    Doelindicator,
    GedruktTotaal,
    Import,
    Kolom,
    Opdracht,
    Pakket,
    Paragraaf,
    Partijcijfers,
    Programma,
    Programmaindicator,
    Schakel,
    Sectie,
    Taakveld,
    VerbondenPartij,
    Versie,
    Wijziging,
)
from tests.bouwers import JAAR, SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from tests.conftest import leesbare_tabellen, maak_rollen
from tests.programma.invoer.stukken import bestand, controleer
from veiligheid.namens import namens

ROLLEN = ("anoniem", "zonder_rol", "schrijver", "auditor", "redacteur", "publicist", "beheerder")
# Who may not change anything, whatever they send.
ALLEEN_LEZEN = ("anoniem", "zonder_rol", "auditor")
VRAAG_INLOG = "inlog"
# Per table how many rows it has, and their hash.
Stand = dict[str, tuple[int, str]]
BEWAAKT = ("programma_", "indicatoren_", "auth_")


@dataclass(frozen=True, slots=True)
class Route:
    """An address of the site. `naam` is unique: the name with its namespace, or the pattern of an unnamed one."""

    naam: str
    patroon: str


def routes() -> dict[str, Route]:
    """Return all addresses from the resolver, by name. Two patterns under one name must be the same pattern."""
    gevonden: dict[str, Route] = {}
    for route in _loop(get_resolver(), "", ()):
        eerder = gevonden.setdefault(route.naam, route)
        assert eerder.patroon == route.patroon, f"{route.naam} is {eerder.patroon} and {route.patroon}"
    return gevonden


def _loop(wortel: URLResolver, voor: str, ruimte: tuple[str, ...]) -> Iterator[Route]:
    for deel in wortel.url_patterns:
        patroon = voor + str(deel.pattern)
        if isinstance(deel, URLResolver):
            yield from _loop(deel, patroon, (*ruimte, deel.namespace) if deel.namespace else ruimte)
        elif isinstance(deel, URLPattern):
            naam = ":".join((*ruimte, deel.name)) if deel.name else f"/{patroon}"
            yield Route(naam, patroon)


@dataclass(slots=True)
class Decor:
    """The committed rows that the tests use, and who uses them."""

    rollen: Rollen
    zonder_rol: User
    gepubliceerd: Versie
    ander_gepubliceerd: Versie
    concept: Versie
    ingediend: Versie
    goedgekeurd: Versie
    opdracht: Opdracht
    klaar: Opdracht
    wacht: Import
    gelezen: Import
    bevestigd: Import
    schakel: int

    def persoon(self, rol: str) -> User | None:
        """Return who plays a role; nobody for anoniem."""
        if rol == "anoniem":
            return None
        persoon: User = self.zonder_rol if rol == "zonder_rol" else getattr(self.rollen, rol)
        return persoon

    def als(self, rol: str) -> Client:
        """Return a client, logged in, that turns an exception into a 500 as the server does."""
        client = Client(raise_request_exception=False)
        if persoon := self.persoon(rol):
            client.force_login(persoon)
        return client

    def rij(self, model: type[models.Model]) -> models.Model:
        """Return a row of a model: of the concept, when it belongs to a version."""
        if model is Versie:
            return self.concept
        if model is User:
            return self.rollen.redacteur2
        if model is Import:
            return self.wacht
        if model is Opdracht:
            return self.opdracht
        rijen = model._default_manager.order_by("pk")
        if model in VERSIERIJEN:
            rijen = rijen.filter(versie=self.concept)
        rij = rijen.first()
        assert rij is not None, f"the decor has no {model.__name__}"
        return rij

    def adres(self, route: Route) -> str:
        """Return the address of a route, filled with keys that exist."""
        pad = route.patroon
        for naam, waarde in self._sleutels(route).items():
            for soort in ("int:", "slug:", "path:", "str:", ""):
                pad = pad.replace(f"<{soort}{naam}>", str(waarde))
        if route.naam == "admin:app_list":
            pad = "beheer/programma/"
        elif route.patroon == "beheer/(?P<url>.*)$":
            pad = "beheer/dit-bestaat-niet"
        assert "<" not in pad, f"{route.naam} needs a key that the decor does not know: {pad}"
        return f"/{pad}{self._vraag(route)}"

    def _vraag(self, route: Route) -> str:
        """Return the query without which a page has nothing to show."""
        twee = f"?a={self.gepubliceerd.pk}&b={self.concept.pk}"
        kenmerk = f"{self.gepubliceerd.document.slug}/{self.gepubliceerd.nummer}"
        openbaar = f"?a={kenmerk}&b={kenmerk}"
        vragen = {
            "admin:vergelijken": twee,
            "admin:vergelijken_csv": twee,
            "admin:controle_steekproef": "?aantal=3&zaad=7",
            "admin:controle_steekproef_csv": "?aantal=3&zaad=7",
            "programma:vergelijken": openbaar,
            "programma:verschil_csv": openbaar,
            "admin:autocomplete": "?app_label=programma&model_name=begrotingsregel&field_name=taakveld&term=",
            "admin:programma_import_export": f"?versie={self.concept.pk}&soort=doelen&breed=&vorm=csv",
        }
        return vragen.get(route.naam, "")

    def _sleutels(self, route: Route) -> dict[str, Any]:
        eigen = route.patroon.removeprefix("beheer/").split("/")
        waarden: dict[str, Any] = {
            "document": self.gepubliceerd.document.slug,
            "nummer": self.gepubliceerd.nummer,
            "versie": self.concept.pk,
            "schakel": self.schakel,
            "wat": "lasten",
            "pakket": "1a",
            "regel": self.rij(Begrotingsregel).pk,
            "kolom": self.rij(Kolom).pk,
            "partij": "veiligheidsregio",
            "indicator": "halt",
            "tabel": "programma_bedrag",
            "rij": self.rij(Bedrag).pk,
            "werkwoord": "dien_in",
            "sleutel": self.concept.pk,
            "content_type_id": ContentType.objects.get_for_model(Document).pk,
            "object_id": self.gepubliceerd.document_id,
            "kenmerk": "0123456789abcdef",
            "extensie": "svg",
            "id": self.rollen.redacteur2.pk,
            "pk": self.rollen.redacteur2.pk,
        }
        if "<slug:kolom>" in route.patroon:
            waarden["kolom"] = "primair-2025"
        if "<slug:programma>" in route.patroon:
            waarden["programma"] = Programma.objects.get(versie=self.gepubliceerd).slug
        else:
            waarden["programma"] = self.rij(Programma).pk
        beheer = route.patroon.startswith("beheer/")
        if beheer and len(eigen) > 1 and eigen[0] in {"auth", "indicatoren", "programma"}:
            model = apps.get_model(eigen[0], eigen[1])
            waarden["object_id"] = self.rij(model).pk
            waarden["sleutel"] = self.rij(model).pk
        bijzonder = {
            "admin:programma_opdracht_versie": self.concept.pk,
            "admin:programma_opdracht_terug": self.klaar.pk,
            "admin:programma_versie_nieuw_jaar": self.gepubliceerd.pk,
            "admin:schrijven_opdracht": self.opdracht.pk,
            "admin:programma_import_ongedaan": self.bevestigd.pk,
        }
        waarden["sleutel"] = bijzonder.get(route.naam, waarden["sleutel"])
        return waarden


def maak_decor() -> Decor:
    """Make and commit the decor. To be called in an empty database."""
    rollen = maak_rollen()
    gepubliceerd = maak_gepubliceerd(rollen)
    ander_gepubliceerd = publiceer(_concept_van(2032, rollen), rollen)
    ingediend, goedgekeurd = (_concept_van(jaar, rollen) for jaar in (2030, 2031))
    for versie in (ingediend, goedgekeurd):
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
    publicatie.keur_goed(goedgekeurd, door=rollen.publicist)
    concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
    with namens(rollen.redacteur.pk, via="formulier"):
        _vul(concept)
    concept.refresh_from_db()
    pakketten = list(Pakket.objects.filter(versie=concept).order_by("pk"))
    morgen = timezone.localdate() + timedelta(days=1)
    opdracht, klaar = (
        opdrachten.geef(pakket, rollen.schrijver, morgen, door=rollen.redacteur)[0] for pakket in pakketten
    )
    opdrachten.meld_klaar(klaar, door=rollen.schrijver)
    schakel = Schakel.objects.order_by("-pk")[0].pk
    with namens(rollen.redacteur.pk, via="formulier"):
        Kolom.objects.filter(versie=concept).order_by("-volgorde")[0].delete()
    _publiceer_partij(rollen)
    zonder_rol = User.objects.create(username="zoe", is_staff=True)
    User.objects.create(username="sanne", is_staff=True).groups.add(Group.objects.get(name="schrijver"))
    bevestigd = _bevestig(_importeer(concept, rollen, "Een ander doel."), rollen)
    wacht = _importeer(concept, rollen, "Een derde doel.")
    gelezen = verloop.lees_in(
        concept, inhoud=_doelen(concept, "Een vierde doel."), naam="doelen.csv", door=rollen.redacteur
    )
    return Decor(
        rollen, zonder_rol, gepubliceerd, ander_gepubliceerd, concept, ingediend, goedgekeurd, opdracht, klaar, wacht,
        gelezen, bevestigd, schakel,
    )  # fmt: skip


def _concept_van(jaar: int, rollen: Rollen) -> Versie:
    """Make a complete concept for another year, at least five later than the first."""
    versie = maak_concept(rollen, 1, maak_document(jaar))
    with namens(rollen.redacteur.pk, via="formulier"):
        Kolom.objects.filter(versie=versie).update(jaar=models.F("jaar") + jaar - JAAR)
    return versie


def _publiceer_partij(rollen: Rollen) -> None:
    """Publish a budget that mentions the party and the indicator of the concept: their pages exist."""
    versie = _concept_van(2040, rollen)
    partij, indicator = VerbondenPartij.objects.get(), Indicator.objects.get()
    with namens(rollen.redacteur.pk, via="formulier"):
        programma = Programma.objects.get(versie=versie)
        Deelname.objects.create(versie=versie, programma=programma, partij=partij, naam=partij.naam, soort=partij.soort)
        Programmaindicator.objects.create(versie=versie, programma=programma, indicator=indicator)
    publiceer(versie, rollen)


def _doelen(versie: Versie, tekst: str) -> bytes:
    """Return a file of goals in which one goal differs."""
    inhoud = bestand(versie, "doelen", "csv").decode("utf-8-sig")
    nu = Doel.objects.filter(versie=versie)[0].tekst
    assert nu in inhoud
    return inhoud.replace(nu, tekst, 1).encode()


def _importeer(versie: Versie, rollen: Rollen, tekst: str) -> Import:
    invoer = controleer(versie, rollen, _doelen(versie, tekst), "doelen.csv")
    assert invoer.open() and invoer.controle, invoer.uitkomst
    return invoer


def _bevestig(invoer: Import, rollen: Rollen) -> Import:
    bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle, akkoord=True)
    invoer.refresh_from_db()
    return invoer


def _vul(versie: Versie) -> None:
    """Give a copy of `maak_concept` a row of every kind, and a second pakket."""
    programma = Programma.objects.get(versie=versie)
    pakket = Pakket.objects.get(versie=versie)
    kolom = Kolom.objects.filter(versie=versie).order_by("volgorde")[0]
    taakveld = Taakveld.objects.create(code="1.1", naam="Crisisbeheersing en brandweer", geldig_van=2017)
    Begrotingsregel.objects.filter(versie=versie, sleutel="p1-lasten").update(taakveld=taakveld)
    ander = Pakket.objects.create(versie=versie, programma=programma, code="1B", naam="Pakket 1B")
    Sectie.objects.create(versie=versie, pakket=ander, kop="Inhoud", tekst="Ook dit.")
    Paragraaf.objects.create(versie=versie, soort="bijlage", naam="Bijlage 1")
    Bron.objects.create(versie=versie, naam="Meerjarenraming")
    Wijziging.objects.create(versie=versie, nummer="1", titel="Eerste wijziging")
    GedruktTotaal.objects.create(
        versie=versie, programma=programma, kolom=kolom, grootheid="lasten", euro=Decimal(-1000), eenheid=1
    )
    partij = VerbondenPartij.objects.create(
        slug="veiligheidsregio", naam="Veiligheidsregio", afkorting="VR", soort="gemeenschappelijke_regeling"
    )
    Deelname.objects.create(
        versie=versie, programma=programma, pakket=pakket, partij=partij, naam="Veiligheidsregio",
        soort="gemeenschappelijke_regeling", taak="Brandweer",
    )  # fmt: skip
    Partijcijfers.objects.create(
        versie=versie, partij=partij, jaar=2025, bijdrage=Decimal("12.50"), onbekend_reden="Nog niet bekend"
    )
    gemeente = Gebied.objects.create(code=settings.GEMEENTE, soort=Gebied.Soort.GEMEENTE)
    Gebiedsnaam.objects.create(gebied=gemeente, naam="Dronten")
    indicator = Indicator.objects.create(slug="halt", naam="Verwijzingen Halt", eenheid="per 1.000")
    Waarneming.objects.create(
        indicator=indicator, gebied=gemeente, jaar=2023, waarde=Decimal(8), peildatum=date(2024, 6, 1), bron="CBS"
    )
    Doelindicator.objects.create(versie=versie, doel=Doel.objects.filter(versie=versie)[0], indicator=indicator)
    Programmaindicator.objects.create(versie=versie, programma=programma, indicator=indicator)


# --- what was written -----------------------------------------------------------------------------------------------


def stand_van_zaken() -> Stand:
    """Return for each table with budget data, history, observations or rights how many rows it has, and their hash.

    `last_login` is left out: logging in writes it.
    """
    standen = {}
    with connection.cursor() as cursor:
        for tabel in leesbare_tabellen(*BEWAAKT):
            cursor.execute(
                "SELECT count(*), md5(coalesce(string_agg(rij, '' ORDER BY rij), '')) FROM "
                f"(SELECT md5((to_jsonb(t) - 'last_login')::text) COLLATE \"C\" AS rij FROM {tabel} t) AS rijen"
            )
            standen[tabel] = cursor.fetchone()
    return standen


def verschil(eerst: Mapping[str, tuple[int, str]], nu: Mapping[str, tuple[int, str]]) -> dict[str, str]:
    """Return the tables that differ, with how many rows they had and have."""
    return {tabel: f"{eerst[tabel][0]} → {nu[tabel][0]} rijen" for tabel in eerst if eerst[tabel] != nu[tabel]}


def _geschreven() -> dict[str, int]:
    """Return how many rows this transaction inserted, changed or removed per table, also when that was undone since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables "
            "WHERE relname LIKE ANY (%s)",
            [[f"{begin.replace('_', chr(92) + '_')}%" for begin in BEWAAKT]],
        )
        return dict(cursor.fetchall())


@dataclass(slots=True)
class Poging:
    """A request that was taken back: how it was answered, and the tables that it wrote to."""

    status: str
    tabellen: frozenset[str] = frozenset()


@contextmanager
def teruggedraaid(client: Client) -> Iterator[Poging]:
    """Undo what a request of this client does, and tell which tables it wrote to, attempts included.

    A session that the request renewed or ended is the client's again afterwards.
    """
    poging, sleutel = Poging(""), sessie(client)
    with transaction.atomic():
        eerst = _geschreven()
        yield poging
        nu = _geschreven()
        poging.tabellen = frozenset(tabel for tabel, aantal in nu.items() if aantal != eerst.get(tabel, 0))
        transaction.set_rollback(True)
    if sleutel:
        client.cookies[settings.SESSION_COOKIE_NAME] = sleutel


def status(antwoord: Any) -> str:
    """Return how a request was answered: its status, or `inlog` when it was sent to the login page."""
    naar = antwoord.headers.get("Location", "")
    if antwoord.status_code == 302 and naar.startswith(("/beheer/login/", "/beheer/aanmelden/?")):
        return VRAAG_INLOG
    return str(antwoord.status_code)


def sessie(client: Client) -> str:
    """Return the key of the session of a client, or "" when it has none."""
    return str(getattr(client.cookies.get(settings.SESSION_COOKIE_NAME), "value", ""))


def vraag(decor: Decor, client: Client, rol: str, methode: str, adres: str, **data: Any) -> str:
    """Send a request as this role, logged in again when an earlier one ended the session; read all of the answer."""
    if (persoon := decor.persoon(rol)) and not sessie(client):
        client.force_login(persoon)
    antwoord = client.generic(methode, adres, **data) if data else getattr(client, methode.lower())(adres)
    if antwoord.streaming:
        b"".join(antwoord.streaming_content)
    return status(antwoord)
