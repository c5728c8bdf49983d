"""Confirming and undoing: all or nothing, once, and never over the work of a colleague."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from programma import publicatie
from programma.invoer import bevestiging, verloop
from programma.invoer.grendel import Botsing, NietOpen, Verouderd, VersieLigtVast
from programma.models import Bedrag, Begrotingsregel, Bron, Import, Kolom, Pakket, Versie
from programma.publicatie import GeenRecht
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd
from tests.programma.invoer.stukken import controleer

KOP = "regel;pakket_code;soort;omschrijving;fase;jaar;bedrag"
INHOUD = "\r\n".join(
    [
        KOP,
        "p1-lasten;1A;lasten;Regel p1-lasten;primair;2025;-2.000",
        "p1-baten;1A;baten;Andere naam;primair;2025;100",
        ";1A;lasten;Nieuwe regel;primair;2025;-50",
        ";1A;lasten;Nieuwe regel;primair;2026;-60",
    ]
).encode()


def bevestig(invoer: Import, rollen: Rollen) -> Import:
    """Confirm what was checked."""
    return bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle)


def test_bevestigen_schrijft_alles_en_onthoudt_waarvandaan(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    invoer = bevestig(controleer(versie, rollen, INHOUD, "bron.csv"), rollen)

    nieuw = Begrotingsregel.objects.get(omschrijving="Nieuwe regel")
    assert nieuw.bedragen.count() == 2 and nieuw.sleutel.startswith("r") and nieuw.incidenteel == "onbekend"
    assert Begrotingsregel.objects.get(sleutel="p1-baten").omschrijving == "Andere naam"
    bedrag = Bedrag.objects.select_related("bron").get(regel__sleutel="p1-lasten", kolom__jaar=2025)
    assert (bedrag.euro, bedrag.plaats, bedrag.bron.sha256) == (-2000, "rij 2, kolom G", invoer.sha256)
    assert Bedrag.objects.exclude(bron=None).count() == 3, "an amount that stays the same keeps its source"
    assert (invoer.status, invoer.bevestigd_door) == ("bevestigd", rollen.redacteur)


def test_twee_keer_gestuurd_is_een_keer_gedaan(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    invoer = controleer(versie, rollen, INHOUD)
    bevestig(invoer, rollen)
    som = bereken_controlesom(versie)
    with pytest.raises(NietOpen, match=r"al bevestigd op .* door rosa"):
        bevestig(invoer, rollen)
    assert bereken_controlesom(versie) == som


def test_twee_tegelijk_is_een_keer_gedaan(vaste_rollen: Rollen) -> None:
    versie = maak_concept(vaste_rollen)
    invoer = controleer(versie, vaste_rollen, INHOUD)

    def probeer(_: int) -> str:
        try:
            bevestig(invoer, vaste_rollen)
            return "gedaan"
        except NietOpen:
            return "al gedaan"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as draden:
        uitkomsten = sorted(draden.map(probeer, range(4)))
    assert uitkomsten == ["al gedaan"] * 3 + ["gedaan"]
    assert Begrotingsregel.objects.filter(omschrijving="Nieuwe regel").count() == 1


def test_een_collega_wijzigde_intussen(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    invoer = controleer(versie, rollen, INHOUD)
    Bedrag.objects.filter(regel__sleutel="p1-lasten", kolom__jaar=2025).update(euro=-1234)
    som = bereken_controlesom(versie)

    with pytest.raises(Botsing) as botsing:
        bevestig(invoer, rollen)

    (verschil,) = botsing.value.verschillen
    assert (verschil.kolom, verschil.mijn, verschil.hun, verschil.was) == ("bedrag", "-2000.00", "-1234.00", "-1000.00")
    assert bereken_controlesom(versie) == som
    invoer.refresh_from_db()
    assert invoer.status == "gelezen", "the import is kept"
    verloop.controleer(invoer, verloop.Duiding.uit_json(invoer.duiding), bronnaam="", door=rollen.redacteur)
    bevestig(invoer, rollen)
    assert Bedrag.objects.get(regel__sleutel="p1-lasten", kolom__jaar=2025).euro == -2000


def test_een_collega_maakte_dezelfde_regel(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    invoer = controleer(versie, rollen, INHOUD)
    pakket = Pakket.objects.get(versie=versie)
    Begrotingsregel.objects.create(versie=versie, pakket=pakket, soort="lasten", omschrijving="Nieuwe regel")
    with pytest.raises(Botsing, match="Een collega"):
        bevestig(invoer, rollen)
    assert Begrotingsregel.objects.filter(omschrijving="Nieuwe regel").count() == 1


def test_een_collega_gooide_de_regel_weg(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    invoer = controleer(versie, rollen, INHOUD)
    Begrotingsregel.objects.get(sleutel="p1-baten").delete()
    with pytest.raises(Botsing) as botsing:
        bevestig(invoer, rollen)
    assert "bestaat niet meer" in {verschil.hun for verschil in botsing.value.verschillen}


def test_een_oude_controle_telt_niet(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    invoer = controleer(versie, rollen, INHOUD)
    gezien = invoer.controle
    verloop.controleer(invoer, verloop.Duiding.uit_json(invoer.duiding), bronnaam="", door=rollen.redacteur2)
    with pytest.raises(Verouderd):
        bevestiging.bevestig(invoer, door=rollen.redacteur, controle=gezien)


def test_ongedaan_maken_geeft_precies_terug_wat_er_was(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    bron = Bron.objects.create(versie=versie, naam="Eerdere bron")
    Bedrag.objects.filter(versie=versie).update(bron=bron, plaats="oude plaats", bronprecisie=1000)
    som = bereken_controlesom(versie)
    invoer = bevestig(controleer(versie, rollen, INHOUD), rollen)
    assert bereken_controlesom(versie) != som

    invoer = bevestiging.maak_ongedaan(invoer, door=rollen.redacteur2)

    assert bereken_controlesom(versie) == som
    assert (invoer.status, invoer.ongedaan_door) == ("ongedaan", rollen.redacteur2)
    with pytest.raises(NietOpen, match="ongedaan gemaakt"):
        bevestiging.maak_ongedaan(invoer, door=rollen.redacteur)


def test_ongedaan_maken_overschrijft_geen_collega(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    invoer = bevestig(controleer(versie, rollen, INHOUD), rollen)
    Bedrag.objects.filter(regel__sleutel="p1-lasten", kolom__jaar=2025).update(euro=-7)
    som = bereken_controlesom(versie)
    with pytest.raises(Botsing) as botsing:
        bevestiging.maak_ongedaan(invoer, door=rollen.redacteur)
    (verschil,) = botsing.value.verschillen
    assert (verschil.mijn, verschil.hun, verschil.was) == ("-2000.00", "-7.00", "-1000.00")
    assert bereken_controlesom(versie) == som


def test_ongedaan_maken_laat_het_werk_op_een_nieuwe_regel_staan(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    invoer = bevestig(controleer(versie, rollen, INHOUD), rollen)
    nieuw = Begrotingsregel.objects.get(omschrijving="Nieuwe regel")
    kolom = Kolom.objects.get(versie=versie, jaar=2028)
    Bedrag.objects.create(versie=versie, regel=nieuw, kolom=kolom, euro=-9)
    som = bereken_controlesom(versie)
    with pytest.raises(Botsing, match="Er is niets opgeslagen"):
        bevestiging.maak_ongedaan(invoer, door=rollen.redacteur)
    assert bereken_controlesom(versie) == som


@pytest.mark.parametrize("status", ["ingediend", "gepubliceerd"])
def test_een_versie_die_vastligt(rollen: Rollen, status: str) -> None:
    versie = maak_concept(rollen)
    invoer = controleer(versie, rollen, INHOUD)
    gedaan = bevestig(controleer(versie, rollen, INHOUD.replace(b"-2.000", b"-2.001")), rollen)
    publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
    if status == "gepubliceerd":
        publicatie.keur_goed(versie, door=rollen.publicist)
        publicatie.publiceer(versie, door=rollen.publicist)
    versie.refresh_from_db()
    som = bereken_controlesom(versie)

    with pytest.raises(VersieLigtVast, match=f"is {status}; wat erin staat ligt vast"):
        bevestig(invoer, rollen)
    with pytest.raises(VersieLigtVast):
        bevestiging.maak_ongedaan(gedaan, door=rollen.redacteur)
    with pytest.raises(VersieLigtVast):
        verloop.lees_in(versie, inhoud=INHOUD + b"\r\n", naam="x.csv", door=rollen.redacteur)
    assert bereken_controlesom(versie) == som


def test_rijen_van_een_andere_versie_zijn_onbereikbaar(rollen: Rollen) -> None:
    gepubliceerd = maak_gepubliceerd(rollen)
    ander = maak_concept(rollen, 1, maak_document(2026))
    som = bereken_controlesom(gepubliceerd)

    invoer = bevestig(controleer(ander, rollen, INHOUD), rollen)

    assert set(invoer.waarden.exclude(rij_id=None).values_list("soort", flat=True)) == {"regel", "bedrag"}
    assert bereken_controlesom(gepubliceerd) == som
    assert Bedrag.objects.get(versie=ander, regel__sleutel="p1-lasten", kolom__jaar=2025).euro == -2000


@pytest.mark.parametrize("rol", ["publicist", "auditor", "schrijver", "beheerder"])
def test_zonder_recht_gebeurt_er_niets(rollen: Rollen, rol: str) -> None:
    versie = maak_concept(rollen)
    invoer = controleer(versie, rollen, INHOUD)
    gedaan = bevestig(controleer(versie, rollen, INHOUD.replace(b"-2.000", b"-2.001")), rollen)
    wie, som = getattr(rollen, rol), bereken_controlesom(versie)
    for doe in (
        lambda: verloop.lees_in(versie, inhoud=INHOUD, naam="x.csv", door=wie),
        lambda: verloop.controleer(invoer, verloop.Duiding.uit_json(invoer.duiding), bronnaam="", door=wie),
        lambda: bevestiging.bevestig(invoer, door=wie, controle=invoer.controle),
        lambda: bevestiging.maak_ongedaan(gedaan, door=wie),
        lambda: verloop.laat_vervallen(invoer, door=wie),
    ):
        with pytest.raises(GeenRecht):
            doe()
    assert bereken_controlesom(versie) == som
    assert Versie.objects.get(pk=versie.pk).status == "concept"
