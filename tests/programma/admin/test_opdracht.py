"""The officer's side of work that is given out, and that a schrijver has no other way in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from programma import opdrachten
from programma.models import Bedrag, Begrotingsregel, Doel, Opdracht, Pakket, Sectie, Versie
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd
from tests.conftest import leesbare_tabellen
from tests.formulieren import bevestig, gezien
from veiligheid.namens import namens

ROLLEN = ["redacteur", "publicist", "schrijver", "auditor", "beheerder"]


def adres(versie: Versie) -> str:
    return reverse("admin:programma_opdracht_versie", args=[versie.pk])


@pytest.fixture
def versie(rollen: Rollen) -> Versie:
    return maak_concept(rollen, 2)


@pytest.fixture
def pakket(versie: Versie) -> Pakket:
    return Pakket.objects.get(versie=versie, code="1A")


def geef(rollen: Rollen, pakket: Pakket, dagen: int = 3) -> Opdracht:
    dag = timezone.localdate() + timedelta(days=dagen)
    return opdrachten.geef(pakket, rollen.schrijver, dag, door=rollen.redacteur)[0]


class TestGevenPerVersie:
    """One table: pakket by schrijver, with the last day."""

    def formulier(self, rollen: Rollen, pakket: Pakket, dagen: int = 3) -> dict[str, str]:
        return {
            f"{pakket.pk}-schrijver": str(rollen.schrijver.pk),
            f"{pakket.pk}-uiterlijk": (timezone.localdate() + timedelta(days=dagen)).isoformat(),
            "toelichting": "Kort graag.",
        }

    def test_geven(self, client: Client, rollen: Rollen, versie: Versie, pakket: Pakket) -> None:
        client.force_login(rollen.redacteur)
        scherm = client.get(adres(versie)).content.decode()
        assert "1A Pakket 1A" in scherm and "nog niemand" in scherm and "sam" in scherm

        for _ in range(2):
            antwoord = client.post(adres(versie), self.formulier(rollen, pakket))
            assert antwoord.status_code == 302

        opdracht = Opdracht.objects.get()
        assert (opdracht.pakket, opdracht.versie, opdracht.schrijver, opdracht.toelichting, opdracht.gegeven_door) == (
            pakket, versie, rollen.schrijver, "Kort graag.", rollen.redacteur,
        )  # fmt: skip
        assert "uiterlijk" in client.get(adres(versie)).content.decode()

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"uiterlijk": ""}, "Kies de uiterste dag."),
            ({"uiterlijk": "morgen"}, "geldige datum"),
            ({"uiterlijk": "2020-01-01"}, "al voorbij"),
            ({"schrijver": "999999"}, "geldige keuze"),
        ],
    )
    def test_wat_niet_kan_geeft_niets(
        self, client: Client, rollen: Rollen, versie: Versie, pakket: Pakket, anders: dict[str, str], zin: str
    ) -> None:
        client.force_login(rollen.redacteur)
        ander = Pakket.objects.get(versie=versie, code="2A")
        data = self.formulier(rollen, ander) | self.formulier(rollen, pakket)

        antwoord = client.post(adres(versie), data | {f"{pakket.pk}-{naam}": waarde for naam, waarde in anders.items()})

        assert antwoord.status_code == 200
        assert zin in antwoord.content.decode()
        assert not Opdracht.objects.exists()

    def test_een_ander_dan_een_schrijver_staat_niet_in_de_lijst(
        self, client: Client, rollen: Rollen, versie: Versie, pakket: Pakket
    ) -> None:
        client.force_login(rollen.redacteur)
        data = self.formulier(rollen, pakket) | {f"{pakket.pk}-schrijver": str(rollen.auditor.pk)}
        assert client.post(adres(versie), data).status_code == 200
        assert not Opdracht.objects.exists()

    @pytest.mark.parametrize("rol", ROLLEN)
    def test_wie_mag_kijken_en_wie_mag_geven(
        self, client: Client, rollen: Rollen, versie: Versie, pakket: Pakket, rol: str
    ) -> None:
        client.force_login(getattr(rollen, rol))
        assert client.get(adres(versie)).status_code == (403 if rol == "schrijver" else 200)
        gaf = client.post(adres(versie), self.formulier(rollen, pakket)).status_code
        assert gaf == (302 if rol == "redacteur" else 403)
        assert Opdracht.objects.count() == (rol == "redacteur")

    def test_in_een_versie_die_vastligt_valt_niets_te_geven(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        client.force_login(rollen.redacteur)
        assert "Geven" not in client.get(adres(versie)).content.decode()
        assert client.post(adres(versie), {}).status_code == 403

    def test_evenveel_vragen_bij_vijftig_programmas(
        self, client: Client, rollen: Rollen, django_assert_max_num_queries
    ) -> None:
        versie = maak_concept(rollen, 50)
        geef(rollen, Pakket.objects.get(versie=versie, code="1A"))
        client.force_login(rollen.redacteur)
        client.get(adres(versie))  # the first visit of a session writes when it began
        with django_assert_max_num_queries(13):
            client.get(adres(versie))


class TestEenOpdracht:
    """The officer sees who is late, moves the day, sends back, withdraws."""

    def test_te_laat_staat_in_de_lijst(self, client: Client, rollen: Rollen, versie: Versie, pakket: Pakket) -> None:
        geef(rollen, pakket)
        client.force_login(rollen.redacteur)
        lijst = reverse("admin:programma_opdracht_changelist")
        assert "te laat" not in client.get(lijst).content.decode()
        Opdracht.objects.update(uiterlijk=timezone.localdate() - timedelta(days=2))
        for pagina in (lijst, adres(versie)):
            assert "te laat, open" in client.get(pagina).content.decode()

    def test_terugsturen(self, client: Client, rollen: Rollen, pakket: Pakket) -> None:
        opdracht = geef(rollen, pakket)
        client.force_login(rollen.redacteur)
        scherm = reverse("admin:programma_opdracht_change", args=[opdracht.pk])
        terug = reverse("admin:programma_opdracht_terug", args=[opdracht.pk])
        assert "Wat moet er anders?" not in client.get(scherm).content.decode()
        opdrachten.meld_klaar(opdracht, door=rollen.schrijver)
        assert "Wat moet er anders?" in client.get(scherm).content.decode()

        zonder = client.post(terug, {"reden": " "}, follow=True).content.decode()
        assert "Schrijf op wat er anders moet" in zonder
        opdracht.refresh_from_db()
        assert opdracht.status == "klaar"
        client.post(terug, {"reden": "Noem het jaar."})

        opdracht.refresh_from_db()
        assert (opdracht.status, opdracht.reden) == ("teruggestuurd", "Noem het jaar.")
        assert client.get(terug).status_code == 405

    def test_een_andere_dag_en_intrekken(self, client: Client, rollen: Rollen, pakket: Pakket) -> None:
        opdracht = geef(rollen, pakket)
        client.force_login(rollen.redacteur)
        nieuw = timezone.localdate() + timedelta(days=30)
        scherm = reverse("admin:programma_opdracht_change", args=[opdracht.pk])
        antwoord = client.post(
            scherm,
            {
                **{"uiterlijk": nieuw.isoformat(), "toelichting": "Meer tijd.", "status": "klaar", "schrijver": "1"},
                "gezien": gezien(client, scherm),
            },
        )
        assert antwoord.status_code == 302
        opdracht.refresh_from_db()
        assert (opdracht.uiterlijk, opdracht.status, opdracht.schrijver) == (nieuw, "open", rollen.schrijver)

        bevestig(client, reverse("admin:programma_opdracht_delete", args=[opdracht.pk]))
        assert not Opdracht.objects.exists()
        client.force_login(rollen.schrijver)
        assert client.get(reverse("admin:schrijven_opdracht", args=[opdracht.pk])).status_code == 404

    @pytest.mark.parametrize("rol", ["publicist", "auditor", "beheerder", "schrijver"])
    def test_anderen_wijzigen_niets(self, client: Client, rollen: Rollen, pakket: Pakket, rol: str) -> None:
        opdracht = opdrachten.meld_klaar(geef(rollen, pakket), door=rollen.schrijver)
        client.force_login(getattr(rollen, rol))
        for naam in ("terug", "delete", "change"):
            data = {"reden": "x", "post": "yes", "uiterlijk": "2030-01-01"}
            assert client.post(reverse(f"admin:programma_opdracht_{naam}", args=[opdracht.pk]), data).status_code == 403
        nu = Opdracht.objects.get()
        assert (nu.status, nu.uiterlijk) == ("klaar", opdracht.uiterlijk)


def _paden(patronen: list[URLPattern | URLResolver], ervoor: str = "") -> Iterator[str]:
    for patroon in patronen:
        pad = ervoor + str(patroon.pattern)
        if isinstance(patroon, URLResolver):
            yield from _paden(patroon.url_patterns, pad)
        else:
            yield pad


def _ingevuld(pad: str, sleutel: int) -> str:
    """Return a path with its arguments filled in: numbers become `sleutel`, words something that exists."""
    pad = pad.replace("^", "").replace("(?P<app_label>programma|indicatoren|auth)", "programma").replace("$", "")
    pad = re.sub(r"\(\?P<app_label>[^)]*\)", "programma", pad)
    pad = re.sub(r"\(\?P<url>[^)]*\)", f"programma/sectie/{sleutel}/", pad)
    pad = re.sub(r"<(int|path):[^>]+>|<id>", str(sleutel), pad)
    return "/" + re.sub(r"<slug:[^>]+>|<str:[^>]+>|<[^>]+>", "dien_in", pad)


BEHEER = sorted({pad for pad in _paden(get_resolver().url_patterns) if pad.startswith("beheer/")})


def afdruk() -> str:
    """Return a fingerprint of every row that is not of a session or a log of requests."""
    som = hashlib.sha256()
    with connection.cursor() as cursor:
        for tabel in leesbare_tabellen("programma_", "indicatoren_", "auth_"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') FROM {tabel} t")
            som.update(f"{tabel}:{cursor.fetchone()[0]}".encode())
    return som.hexdigest()


class TestEenSchrijverKomtNergensAnders:
    """All addresses of the admin, from the resolver: no other pakket is read, no row is written."""

    KANARIE = "KANARIE"

    @pytest.fixture
    def verborgen(self, rollen: Rollen, versie: Versie, pakket: Pakket) -> Opdracht:
        """The schrijver has 1A; everything of 2A, and everything above it, carries the canary."""
        opdracht = geef(rollen, pakket)
        ander = Pakket.objects.get(versie=versie, code="2A")
        with namens(rollen.redacteur.pk):
            Pakket.objects.filter(pk=ander.pk).update(naam=self.KANARIE)
            Sectie.objects.filter(pakket=ander).update(kop=self.KANARIE, tekst=self.KANARIE)
            Doel.objects.filter(pakket=ander).update(tekst=self.KANARIE)
            ander.regels.update(omschrijving=self.KANARIE, toelichting=self.KANARIE)
        Opdracht.objects.create(
            versie=versie,
            pakket=ander,
            schrijver=_tweede_schrijver(rollen),
            uiterlijk=timezone.localdate(),
            toelichting=self.KANARIE,
        )
        return opdracht

    def sleutels(self) -> list[int]:
        """Return keys of rows of the other pakket, and of its version."""
        soorten = (Versie, Pakket, Sectie, Doel, Begrotingsregel, Bedrag, Opdracht)
        return sorted({model._default_manager.order_by("-pk").values_list("pk", flat=True)[0] for model in soorten})

    def test_er_zijn_genoeg_adressen(self) -> None:
        assert len(BEHEER) > 120
        assert {"beheer/opdracht/", "beheer/opdracht/<int:sleutel>/"} <= set(BEHEER)

    @pytest.mark.lang
    @pytest.mark.parametrize("methode", ["get", "post"])
    def test_alle_adressen(self, client: Client, rollen: Rollen, verborgen: Opdracht, methode: str) -> None:
        eigen = f"/beheer/opdracht/{verborgen.pk}/"
        sleutels = self.sleutels()
        client.force_login(rollen.schrijver)
        vooraf = afdruk()
        data = {"post": "yes", "action": "delete_selected", "_selected_action": sleutels, "reden": "x", "kop": "x"}
        for patroon in BEHEER:
            if any(woord in patroon for woord in ("logout", "password_change")):
                continue
            for sleutel in sleutels:
                pad = _ingevuld(patroon, sleutel)
                if pad == eigen:
                    continue
                antwoord = client.get(pad) if methode == "get" else client.post(pad, data)
                assert antwoord.status_code < 500, pad
                inhoud = b"".join(antwoord) if antwoord.streaming else antwoord.content
                assert self.KANARIE.encode() not in inhoud, pad
                if "/programma/" in pad or "voorbeeld" in pad:
                    assert antwoord.status_code in {301, 302, 403, 404, 405}, (pad, antwoord.status_code)
                if "<" not in patroon and "(" not in patroon:
                    break
        assert client.session["_auth_user_id"] == str(rollen.schrijver.pk)
        assert afdruk() == vooraf

    def test_de_kanarie_zingt_als_iemand_anders_kijkt(
        self, client: Client, rollen: Rollen, verborgen: Opdracht
    ) -> None:
        client.force_login(rollen.redacteur)
        assert self.KANARIE in client.get(reverse("admin:programma_sectie_changelist")).content.decode()

    def test_de_opdracht_van_een_andere_schrijver(self, client: Client, rollen: Rollen, verborgen: Opdracht) -> None:
        ander = Opdracht.objects.exclude(pk=verborgen.pk).get()
        client.force_login(rollen.schrijver)
        pad = reverse("admin:schrijven_opdracht", args=[ander.pk])
        assert client.get(pad).status_code == 404
        assert client.post(pad, {"token": "x", "actie": "klaar", "sectie-nieuw-kop": "x"}).status_code == 404

    def test_beheer_zelf_werkt(self, client: Client, rollen: Rollen) -> None:
        client.force_login(rollen.schrijver)
        assert client.get("/beheer/", follow=True).status_code == 200

    def test_de_rol_heeft_geen_rechten(self, rollen: Rollen) -> None:
        assert rollen.schrijver.get_all_permissions() == set()


def _tweede_schrijver(rollen: Rollen):
    ander = type(rollen.schrijver).objects.create(username="sofie", is_staff=True)
    ander.groups.set(rollen.schrijver.groups.all())
    return ander


def test_elk_scherm_van_het_werk_staat_in_het_beheer() -> None:
    assert Opdracht in admin.site._registry
    assert issubclass(Opdracht, models.Model)


@pytest.mark.parametrize("model", [Sectie, Doel], ids=["sectie", "doel"])
def test_wie_in_het_beheer_bewaart_heeft_gekeken(client: Client, rollen: Rollen, versie: Versie, model: type) -> None:
    rij = model.objects.filter(versie=versie).first()
    with namens(rollen.redacteur.pk):
        model.objects.filter(pk=rij.pk).update(te_herzien=True)
    client.force_login(rollen.redacteur2)
    data = {"pakket": rij.pakket_id, "tekst": "Bekeken.", "volgorde": 1, "kop": "Inhoud", "te_herzien": "on"}

    scherm = reverse(f"admin:programma_{model.__name__.lower()}_change", args=[rij.pk])
    antwoord = client.post(scherm, {**data, "gezien": gezien(client, scherm)})

    assert antwoord.status_code == 302, antwoord.context["errors"]
    rij.refresh_from_db()
    assert (rij.te_herzien, "Bekeken." in rij.tekst) == (False, True)
