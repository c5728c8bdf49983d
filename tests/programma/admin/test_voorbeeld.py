"""The preview: what readers will see, for colleagues only."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from programma import publicatie
from programma.models import Pakket, Sectie, Versie
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

KANARIE = "kanarievogel"
PAGINAS = {
    "document": [],
    "begroting_csv": [],
    "programma": ["programma-1"],
    "tabel_csv": ["programma-1"],
    "programma_csv": ["programma-1"],
}
OPENBAAR = {
    "document": "",
    "begroting_csv": "begroting.csv",
    "programma": "programma/programma-1/",
    "tabel_csv": "programma/programma-1/tabel.csv",
    "programma_csv": "programma/programma-1/begroting.csv",
}


def adres(versie: Versie | int, naam: str = "document", *rest: str) -> str:
    """Return the address of a page of the preview."""
    sleutel = versie if isinstance(versie, int) else versie.pk
    return reverse(f"admin:voorbeeld_{naam}", args=[sleutel, *rest])


def met_kanarie(versie: Versie, rollen: Rollen) -> Versie:
    """Put a word in a concept that stands nowhere else, in a text and in a name."""
    with namens(rollen.redacteur.pk):
        sectie = Sectie.objects.filter(versie=versie).first()
        sectie.tekst = f"<h3>Kop</h3><p>Een <strong>{KANARIE}</strong>.</p>"
        sectie.save()
        Pakket.objects.filter(versie=versie).update(naam=f"Pakket {KANARIE}")
    return versie


def inhoud(client: Client, pad: str) -> str:
    """Return the body of a page that must be there."""
    antwoord = client.get(pad)
    assert antwoord.status_code == 200, pad
    return (b"".join(antwoord) if antwoord.streaming else antwoord.content).decode()


def test_het_adres_is_dat_van_het_ontwerp() -> None:
    assert adres(7) == "/beheer/voorbeeld/7/"
    assert adres(7, "programma", "programma-1") == "/beheer/voorbeeld/7/programma/programma-1/"


@pytest.mark.parametrize("rol", ["redacteur", "publicist", "auditor", "beheerder"])
@pytest.mark.parametrize("naam", PAGINAS)
def test_wie_versies_mag_zien_ziet_het_voorbeeld(client: Client, rollen: Rollen, rol: str, naam: str) -> None:
    versie = met_kanarie(maak_concept(rollen), rollen)
    client.force_login(getattr(rollen, rol))
    pad = adres(versie, naam, *PAGINAS[naam])

    antwoord = client.get(pad)

    assert antwoord.status_code == 200
    assert "no-store" in antwoord["Cache-Control"] and "public" not in antwoord["Cache-Control"]
    assert "noindex" in antwoord["X-Robots-Tag"]
    assert client.post(pad).status_code == 405
    if naam == "programma":
        tekst = antwoord.content.decode()
        assert f"<h4>Kop</h4><p>Een <strong>{KANARIE}</strong>.</p>" in tekst
        assert "Voorbeeld van een concept; niet openbaar." in tekst


def test_een_schrijver_ziet_niets_en_leert_niets(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    client.force_login(rollen.schrijver)
    assert client.get(adres(versie)).status_code == 403
    assert client.get(adres(versie.pk + 1000)).status_code == 403


@pytest.mark.parametrize("naam", PAGINAS)
def test_zonder_inloggen_is_elk_antwoord_gelijk(client: Client, rollen: Rollen, naam: str) -> None:
    """Concept, published or not there: the same redirect, so nobody learns which versions exist."""
    gepubliceerd = maak_gepubliceerd(rollen)
    concept = met_kanarie(publicatie.maak_concept(gepubliceerd, door=rollen.redacteur), rollen)
    antwoorden = set()
    for sleutel in (concept.pk, gepubliceerd.pk, gepubliceerd.pk + 100_000):
        for methode in (client.get, client.post, client.head):
            antwoord = methode(adres(sleutel, naam, *PAGINAS[naam]))
            antwoorden.add((antwoord.status_code, antwoord["Location"].replace(str(sleutel), "N"), antwoord.content))
    assert len(antwoorden) == 1
    status, waarheen, _ = antwoorden.pop()
    assert status == 302 and waarheen.startswith("/beheer/login/?next=/beheer/voorbeeld/N/")


def test_het_voorbeeld_is_de_latere_pagina(client: Client, rollen: Rollen) -> None:
    """Between the header and the section on origin, preview and publication are the same but for their addresses."""
    versie = met_kanarie(maak_concept(rollen, programmas=2), rollen)
    client.force_login(rollen.publicist)
    vooraf = {naam: inhoud(client, adres(versie, naam, *rest)) for naam, rest in PAGINAS.items()}
    publiceer(versie, rollen)
    wortel = f"/beheer/voorbeeld/{versie.pk}/"

    def romp(html: str) -> str:
        midden = html[html.index("<main") : html.index('<section class="sectie" id="herkomst"')]
        zonder_status = midden.replace("badge--concept", "badge--aangeboden").replace(
            ">Concept<", ">Aangeboden aan de raad<"
        )
        return zonder_status.replace(wortel, "/programmabegroting-2025/")

    for naam, pad in OPENBAAR.items():
        straks = inhoud(client, f"/programmabegroting-2025/{pad}")
        if pad.endswith(".csv"):
            assert vooraf[naam] == straks
        else:
            assert romp(vooraf[naam]) == romp(straks)


def test_links_blijven_in_het_voorbeeld(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen, programmas=2)
    client.force_login(rollen.redacteur)
    for pad in (adres(versie), adres(versie, "programma", "programma-1")):
        html = inhoud(client, pad)
        assert 'href="/programmabegroting-2025' not in html
        assert f'href="{adres(versie, "programma", "programma-2")}"' in html


def test_ingediend_ook_en_gepubliceerd_gaat_naar_de_site(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
    client.force_login(rollen.publicist)
    assert client.get(adres(versie)).status_code == 200
    publicatie.keur_goed(versie, door=rollen.publicist)
    publicatie.publiceer(versie, door=rollen.publicist)
    for pad, waarheen in {
        adres(versie): "/programmabegroting-2025/versie/1/",
        f"/beheer/voorbeeld/0{versie.pk}/programma/programma-1/?jaren=2025": (
            "/programmabegroting-2025/versie/1/programma/programma-1/?jaren=2025"
        ),
    }.items():
        antwoord = client.get(pad)
        assert antwoord.status_code == 302 and antwoord["Location"] == waarheen


def test_een_leeg_concept_is_geen_fout(client: Client, rollen: Rollen) -> None:
    """The first thing somebody looks at is a version in which nothing stands."""
    versie = publicatie.nieuwe_versie(maak_document(), door=rollen.redacteur)
    client.force_login(rollen.redacteur)
    assert "Voorbeeld van een concept" in inhoud(client, adres(versie))
    assert inhoud(client, adres(versie, "begroting_csv")).count("\n") == 1
    assert client.get(adres(versie, "programma", "bestaat-niet")).status_code == 404
    assert client.get(adres(versie.pk + 1000)).status_code == 404


def test_een_concept_staat_nergens_op_de_site(client: Client, rollen: Rollen) -> None:
    """With or without a login: a word of a concept is on no public page, of the document nor of any version."""
    gepubliceerd = maak_gepubliceerd(rollen)
    met_kanarie(publicatie.maak_concept(gepubliceerd, door=rollen.redacteur), rollen)
    wortel = "/programmabegroting-2025/"
    for klant in (client, Client()):
        if klant is client:
            klant.force_login(rollen.redacteur)
        for pad in ("/", wortel, f"{wortel}programma/programma-1/", f"{wortel}begroting.csv", f"{wortel}versie/1/"):
            assert KANARIE not in inhoud(klant, pad)
        for pad in (f"{wortel}versie/2/", f"{wortel}versie/2/programma/programma-1/"):
            antwoord = klant.get(pad)
            assert antwoord.status_code == 404 and KANARIE not in antwoord.content.decode()


def test_het_scherm_van_de_versie_wijst_de_weg(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    client.force_login(rollen.auditor)
    scherm = reverse("admin:programma_versie_change", args=[versie.pk])
    assert f'href="{adres(versie)}"' in client.get(scherm).content.decode()
    publiceer(versie, rollen)
    assert "Voorbeeld bekijken" not in client.get(scherm).content.decode()
