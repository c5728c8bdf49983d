"""The admin, as the people in it use it: who may do what, and the way from a concept to a published page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from programma import publicatie
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Bewerking,
    Bron,
    Document,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    Stap,
    Versie,
)
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd
from tests.formulieren import bevestig, gezien

ROLLEN = ["redacteur", "publicist", "schrijver", "auditor", "beheerder"]
MODELLEN = sorted(admin.site._registry, key=lambda model: model._meta.label)


def als(client: Client, rollen: Rollen, rol: str) -> Client:
    """Return the client, logged in."""
    client.force_login(getattr(rollen, rol))
    return client


def adres(model: type, wat: str, *args: object) -> str:
    """Return the address of an admin page of a model."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{wat}", args=args)


def wijzig(client: Client, model: type, sleutel: int, data: dict[str, str]):
    """Open the form of a row and save it."""
    pad = adres(model, "change", sleutel)
    return client.post(pad, {**data, "gezien": gezien(client, pad)})


def stap(client: Client, versie: Versie, werkwoord: str, **velden: str):
    """Press a button on the version's screen."""
    return client.post(reverse("admin:programma_versie_stap", args=[versie.pk, werkwoord]), velden, follow=True)


def test_elk_model_staat_in_het_beheer() -> None:
    namen = {model.__name__ for model in admin.site._registry}
    assert {model.__name__ for model in VERSIERIJEN} <= namen
    assert {"Document", "Versie", "Stap", "Bewerking", "Bestand", "Taakveld", "VerbondenPartij"} <= namen
    assert {"Gebied", "Gebiedsnaam", "Indicator", "Waarneming"} <= namen


def test_zonder_inloggen_komt_niemand_binnen(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    for model in MODELLEN:
        for pagina in (adres(model, "changelist"), adres(model, "add")):
            antwoord = client.get(pagina)
            assert antwoord.status_code == 302 and "/beheer/login/" in antwoord["Location"], pagina
    for pagina in (
        adres(Versie, "change", versie.pk),
        reverse("admin:programma_versie_stap", args=[versie.pk, "dien_in"]),
    ):
        assert client.post(pagina).status_code == 302
    versie.refresh_from_db()
    assert versie.status == "concept"


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("model", MODELLEN, ids=lambda model: model.__name__)
def test_rechten_per_rol_en_scherm(client: Client, rollen: Rollen, rol: str, model: type) -> None:
    """Each list, add and delete page answers as the role's permissions say, with GET and with POST."""
    als(client, rollen, rol)
    gebruiker = getattr(rollen, rol)
    label, naam = model._meta.app_label, model._meta.model_name
    mag = {wat: gebruiker.has_perm(f"{label}.{wat}_{naam}") for wat in ("view", "add", "change", "delete")}
    beheer = admin.site._registry[model]
    verzoek = type("Verzoek", (), {"user": gebruiker})()

    lijst = client.get(adres(model, "changelist"))
    assert lijst.status_code == (200 if mag["view"] or mag["change"] else 403)
    toevoegen = client.get(adres(model, "add"))
    assert toevoegen.status_code == (200 if beheer.has_add_permission(verzoek) else 403)
    if not mag["add"]:
        assert client.post(adres(model, "add"), {}).status_code == 403
    for wat in ("change", "delete"):
        assert client.post(adres(model, wat, 999999), {"post": "yes"}).status_code in {302, 403}


class TestGepubliceerdIsAlleenTeLezen:
    """For everyone, a superuser included."""

    @pytest.mark.parametrize("rol", ["redacteur", "publicist", "auditor"])
    def test_de_schermen_zijn_alleen_lezen(self, client: Client, rollen: Rollen, rol: str) -> None:
        versie = maak_gepubliceerd(rollen)
        als(client, rollen, rol)
        for model in (Begrotingsregel, Bedrag, Sectie):
            rij = model.objects.filter(versie=versie).first()
            pagina = client.get(adres(model, "change", rij.pk))
            assert pagina.status_code == 200
            assert 'name="_save"' not in pagina.content.decode()

    def test_een_superuser_met_een_nagemaakt_formulier(self, client: Client, rollen: Rollen) -> None:
        rollen.beheerder.is_superuser = True
        rollen.beheerder.save()
        versie = maak_gepubliceerd(rollen)
        als(client, rollen, "beheerder")
        bedrag = Bedrag.objects.filter(versie=versie).first()

        wijzig = client.post(
            adres(Bedrag, "change", bedrag.pk),
            {"regel": bedrag.regel_id, "kolom": bedrag.kolom_id, "euro": "1", "bronprecisie": "1"},
        )
        verwijder = client.post(adres(Bedrag, "delete", bedrag.pk), {"post": "yes"})
        actie = client.post(
            adres(Bedrag, "changelist"),
            {"action": "delete_selected", "_selected_action": [bedrag.pk], "post": "yes"},
        )

        assert (wijzig.status_code, verwijder.status_code) == (403, 403)
        assert actie.status_code < 500
        assert Bedrag.objects.get(pk=bedrag.pk).euro == bedrag.euro
        assert Bedrag.objects.filter(versie=versie).count() == 12


class TestEenConceptWijzigen:
    """The officer changes an amount; the database knows who."""

    def formulier(self, regel: Begrotingsregel, **anders: str) -> dict[str, str]:
        """Return what the browser sends for a line with its amounts."""
        data = {
            "pakket": str(regel.pakket_id),
            "soort": regel.soort,
            "omschrijving": regel.omschrijving,
            "volgorde": "1",
            "incidenteel": "onbekend",
            "bedragen-TOTAL_FORMS": "6",
            "bedragen-INITIAL_FORMS": "6",
        }
        for nummer, bedrag in enumerate(regel.bedragen.order_by("pk")):
            data |= {
                f"bedragen-{nummer}-id": str(bedrag.pk),
                f"bedragen-{nummer}-regel": str(regel.pk),
                f"bedragen-{nummer}-kolom": str(bedrag.kolom_id),
                f"bedragen-{nummer}-euro": str(bedrag.euro),
                f"bedragen-{nummer}-bronprecisie": "1",
            }
        return data | anders

    def test_een_bedrag_wijzigen(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        als(client, rollen, "redacteur2")
        regel = Begrotingsregel.objects.get(versie=versie, soort="lasten")

        antwoord = wijzig(client, Begrotingsregel, regel.pk, self.formulier(regel, **{"bedragen-2-euro": "-2345.67"}))

        assert antwoord.status_code == 302, antwoord.context["errors"]
        assert sorted(regel.bedragen.values_list("euro", flat=True))[0] == Decimal("-2345.67")
        bewerking = Bewerking.objects.filter(versie=versie, tabel="programma_bedrag").first()
        assert (bewerking.door, bewerking.soort) == (rollen.redacteur2, "UPDATE")

    @pytest.mark.parametrize("waarde", ["", "abc", "NaN", "1" * 30, "1,234"])
    def test_een_onmogelijk_bedrag_bewaart_niets(self, client: Client, rollen: Rollen, waarde: str) -> None:
        versie = maak_concept(rollen)
        als(client, rollen, "redacteur")
        regel = Begrotingsregel.objects.get(versie=versie, soort="lasten")

        antwoord = wijzig(client, Begrotingsregel, regel.pk, self.formulier(regel, **{"bedragen-2-euro": waarde}))

        assert antwoord.status_code == 200
        assert "errornote" in antwoord.content.decode()
        assert set(regel.bedragen.values_list("euro", flat=True)) == {Decimal(-1000)}

    def test_een_nieuwe_regel_krijgt_een_sleutel(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        als(client, rollen, "redacteur")
        pakket = Begrotingsregel.objects.filter(versie=versie).first().pakket

        antwoord = client.post(
            adres(Begrotingsregel, "add"),
            {
                "versie": versie.pk,
                "pakket": pakket.pk,
                "soort": "baten",
                "omschrijving": "Leges",
                "volgorde": "3",
                "incidenteel": "nee",
                "bedragen-TOTAL_FORMS": "0",
                "bedragen-INITIAL_FORMS": "0",
            },
        )

        assert antwoord.status_code == 302
        assert Begrotingsregel.objects.get(versie=versie, omschrijving="Leges").sleutel.startswith("r")

    def test_een_pakket_van_een_andere_versie_kan_niet(self, client: Client, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
        als(client, rollen, "redacteur")
        regel = Begrotingsregel.objects.get(versie=concept, soort="lasten")
        vreemd = Begrotingsregel.objects.get(versie=gepubliceerd, soort="lasten").pakket_id

        antwoord = wijzig(client, Begrotingsregel, regel.pk, self.formulier(regel, pakket=str(vreemd)))

        assert antwoord.status_code == 200
        regel.refresh_from_db()
        assert regel.pakket_id != vreemd


class TestStappen:
    """From concept to published page, by pressing buttons."""

    def test_de_hele_weg(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        als(client, rollen, "redacteur")
        scherm = client.get(adres(Versie, "change", versie.pk)).content.decode()
        assert "Indienen" in scherm and "Goedkeuren" not in scherm

        assert "Indienen: gelukt" in stap(client, versie, "dien_in", samenvatting=SAMENVATTING).content.decode()
        assert client.get("/programmabegroting-2025/").status_code == 404
        als(client, rollen, "publicist")
        stap(client, versie, "keur_goed")
        stap(client, versie, "publiceer")

        assert client.get("/programmabegroting-2025/programma/programma-1/").status_code == 200
        stap(client, versie, "stel_vast", nummer="2024-31", datum="2024-11-07")
        assert "2024-31" in client.get("/programmabegroting-2025/").content.decode()
        stap(client, versie, "trek_in", reden="Tabel 1 klopt niet.", zeker="on")
        weg = client.get("/programmabegroting-2025/programma/programma-1/")
        assert (weg.status_code, "Tabel 1 klopt niet." in weg.content.decode()) == (410, True)
        assert Stap.objects.filter(versie=versie).count() == 6

    @pytest.mark.parametrize(
        ("rol", "werkwoord"),
        [
            ("redacteur", "keur_goed"),
            ("redacteur", "publiceer"),
            ("publicist", "dien_in"),
            ("auditor", "dien_in"),
            ("auditor", "maak_concept"),
            ("schrijver", "dien_in"),
            ("beheerder", "publiceer"),
        ],
    )
    def test_zonder_recht(self, client: Client, rollen: Rollen, rol: str, werkwoord: str) -> None:
        versie = maak_concept(rollen)
        als(client, rollen, rol)

        assert stap(client, versie, werkwoord).status_code == 403
        versie.refresh_from_db()
        assert versie.status == "concept"

    def test_met_get_verandert_er_niets(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        als(client, rollen, "redacteur")

        assert client.get(reverse("admin:programma_versie_stap", args=[versie.pk, "dien_in"])).status_code == 405
        assert client.post(reverse("admin:programma_versie_stap", args=[versie.pk, "bestaat-niet"])).status_code == 404

    def test_een_weigering_wordt_uitgelegd(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        Sectie.objects.filter(versie=versie).delete()
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)
        als(client, rollen, "publicist")

        scherm = stap(client, versie, "publiceer").content.decode()

        assert "heeft geen tekst" in scherm and "tegenhouden" in scherm

    @pytest.mark.parametrize(
        ("werkwoord", "velden"),
        [("trek_in", {"reden": "", "zeker": "on"}), ("trek_in", {"reden": "Tabel 1 klopt niet."}),
         ("stel_vast", {"nummer": "", "datum": "2024-11-07"}), ("stel_vast", {"nummer": "R1", "datum": "gisteren"})],
    )  # fmt: skip
    def test_een_leeg_of_fout_veld(
        self, client: Client, rollen: Rollen, werkwoord: str, velden: dict[str, str]
    ) -> None:
        versie = maak_gepubliceerd(rollen)
        als(client, rollen, "publicist")

        scherm = stap(client, versie, werkwoord, **velden)

        assert scherm.status_code == 422 and "Er is nog niets gedaan." in scherm.content.decode()
        assert all(waarde in scherm.content.decode() for waarde in velden.values())
        versie.refresh_from_db()
        assert (versie.status, versie.raadsbesluit_nummer) == ("gepubliceerd", "")

    def test_een_besluit_in_de_toekomst(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        als(client, rollen, "publicist")

        scherm = stap(client, versie, "stel_vast", nummer="R1", datum="2999-01-01")

        assert "ligt in de toekomst" in scherm.content.decode()
        versie.refresh_from_db()
        assert versie.raadsbesluit_nummer == ""

    def test_een_document_begint_met_een_concept(self, client: Client, rollen: Rollen) -> None:
        als(client, rollen, "redacteur")

        client.post(
            adres(Document, "add"),
            {
                "soort": "begroting",
                "jaar": "2026",
                "titel": "Programmabegroting 2026",
                "slug": "programmabegroting-2026",
            },
        )

        versie = Versie.objects.get(document__jaar=2026)
        assert (versie.nummer, versie.status, versie.aangemaakt_door) == (1, "concept", rollen.redacteur)


def test_beheerpaginas_worden_nergens_bewaard(client: Client, rollen: Rollen) -> None:
    als(client, rollen, "auditor")
    antwoord = client.get(reverse("admin:index"))
    assert "no-store" in antwoord["Cache-Control"]
    assert "noindex" in antwoord["X-Robots-Tag"]


class TestAccounts:
    """Who manages accounts cannot give themselves, or take from others, more than they have."""

    def test_de_beheerder_maakt_zichzelf_geen_superuser(self, client: Client, rollen: Rollen) -> None:
        als(client, rollen, "beheerder")
        zelf = rollen.beheerder

        antwoord = client.post(
            reverse("admin:auth_user_change", args=[zelf.pk]),
            {"username": "bas", "is_superuser": "on", "is_active": "on"},
        )

        assert antwoord.status_code == 403
        zelf.refresh_from_db()
        assert not zelf.is_superuser

    def test_en_een_ander_ook_niet(self, client: Client, rollen: Rollen) -> None:
        als(client, rollen, "beheerder")
        ander = rollen.redacteur
        data = {"username": "rosa", "is_active": "on", "is_staff": "on", "is_superuser": "on"}

        antwoord = client.post(reverse("admin:auth_user_change", args=[ander.pk]), data)

        assert antwoord.status_code == 302
        ander.refresh_from_db()
        assert ander.is_active and not ander.is_superuser

    def test_een_superuser_blijft_buiten_bereik(self, client: Client, rollen: Rollen) -> None:
        rollen.auditor.is_superuser = True
        rollen.auditor.save()
        als(client, rollen, "beheerder")

        for naam in ("auth_user_change", "auth_user_password_change"):
            pad = reverse(f"admin:{naam}", args=[rollen.auditor.pk])
            assert client.post(pad, {"password1": "x" * 20, "password2": "x" * 20}).status_code == 403


class TestFouteInvoer:
    """No input gives a 500: it is refused with a reason, and nothing is stored."""

    @pytest.mark.parametrize(
        "vraag",
        ["?id__regex=(", "?id__range=1", "?omschrijving=%00", "?q=%00", "?versie__id__exact=99999999999999999999"],
    )
    def test_een_nagemaakt_adres(self, client: Client, rollen: Rollen, vraag: str) -> None:
        maak_concept(rollen)
        als(client, rollen, "redacteur")
        assert client.get(adres(Begrotingsregel, "changelist") + vraag).status_code in {200, 302, 400}

    def test_twee_kolommen_op_dezelfde_plaats(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        als(client, rollen, "redacteur")
        kolom = Kolom.objects.get(versie=versie, jaar=2025)

        antwoord = wijzig(client, Kolom, kolom.pk, {"fase": "primair", "jaar": "2025", "volgorde": "1"})

        assert antwoord.status_code == 200 and "errornote" in antwoord.content.decode()

    def test_twee_bedragen_in_een_cel(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        als(client, rollen, "redacteur")
        regel = Begrotingsregel.objects.get(versie=versie, soort="lasten")
        data = TestEenConceptWijzigen().formulier(regel)
        data["bedragen-1-kolom"] = data["bedragen-0-kolom"]

        antwoord = wijzig(client, Begrotingsregel, regel.pk, data)

        assert antwoord.status_code == 200 and "Er is al een bedrag" in antwoord.content.decode()

    def test_een_rij_met_een_ouder_uit_een_ander_concept(self, client: Client, rollen: Rollen) -> None:
        een = maak_concept(rollen)
        ander = maak_concept(rollen, document=maak_document(2026))
        als(client, rollen, "redacteur")

        antwoord = client.post(
            adres(Pakket, "add"),
            {
                "versie": een.pk,
                "programma": Programma.objects.get(versie=ander).pk,
                "code": "9Z",
                "naam": "x",
                "volgorde": "1",
            },
        )

        assert antwoord.status_code == 200 and "hoort bij een andere versie" in antwoord.content.decode()

    def test_een_stuurteken_in_een_besluit(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        als(client, rollen, "publicist")

        assert stap(client, versie, "stel_vast", nummer="a\u0085b", datum="2024-11-07").status_code == 422
        versie.refresh_from_db()
        assert versie.raadsbesluit_nummer == ""

    def test_een_gekopieerd_concept_kan_weg(self, client: Client, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
        bron = Bron.objects.create(versie=concept, naam="Bron")
        Bedrag.objects.filter(versie=concept).update(bron=bron)
        als(client, rollen, "redacteur")

        antwoord = bevestig(client, adres(Versie, "delete", concept.pk))

        assert antwoord.status_code == 302
        assert list(Versie.objects.all()) == [gepubliceerd]

    @pytest.mark.parametrize("slug", ["beheer", "gezond", "static"])
    def test_een_webadres_van_de_site_zelf(self, client: Client, rollen: Rollen, slug: str) -> None:
        als(client, rollen, "redacteur")
        client.post(adres(Document, "add"), {"soort": "begroting", "jaar": "2026", "titel": "x", "slug": slug})
        assert not Document.objects.exists()
