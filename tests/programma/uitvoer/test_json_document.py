"""begroting.json: one document that its schema describes, the same bytes always, with nothing that changes later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from programma import publicatie
from programma.models import Bedrag, Begrotingsregel, Bestand, GedruktTotaal, Kolom, Pakket, Programma, Versie
from programma.publicatie import als_uitgave
from programma.uitvoer import BEGROTING_SCHEMA, Selectie, begroting_csv, begroting_json, meet
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from tests.programma.uitvoer.jsonschema import fouten
from veiligheid.namens import namens

SLUG = "programmabegroting-2025"


def bytes_van(versie: Versie, selectie: Selectie | None = None) -> bytes:
    uitgave = Versie.objects.uitgave(SLUG, versie.nummer) or als_uitgave(versie)
    return b"".join(begroting_json(uitgave, selectie or Selectie()))


def lees(versie: Versie, selectie: Selectie | None = None) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(bytes_van(versie, selectie), parse_float=_geen_float)
    return data


def _geen_float(tekst: str) -> object:
    raise AssertionError(f"a float: {tekst}")


@pytest.fixture
def met_totalen(rollen: Rollen) -> Versie:
    """A concept of two programmes with a printed total at each level."""
    versie = maak_concept(rollen, 2)
    een, _ = Programma.objects.filter(versie=versie).order_by("code")
    pakket = Pakket.objects.get(versie=versie, code="1A")
    kolom = Kolom.objects.get(versie=versie, jaar=2025)
    with namens(rollen.redacteur.pk):
        for deel, eigen, euro in ((None, None, -3000), (een, None, -1000), (een, pakket, -1000)):
            GedruktTotaal.objects.create(
                versie=versie, programma=deel, pakket=eigen, kolom=kolom, grootheid="lasten", euro=euro, eenheid=1
            )
    return versie


def test_het_schema_beschrijft_het(met_totalen: Versie) -> None:
    keuzes = [
        Selectie(),
        Selectie(("1",), ("1A",), ("geen",), ("lasten",), ("primair",), (2025,), date(2020, 1, 1)),
        Selectie(jaar=(1999,)),
    ]
    for selectie in keuzes:
        assert list(fouten(lees(met_totalen, selectie), BEGROTING_SCHEMA)) == []


def test_het_schema_laat_niets_anders_toe(met_totalen: Versie) -> None:
    goed = lees(met_totalen)
    veranderingen = (
        lambda data: data.update(extra=1),
        lambda data: data.pop("regels"),
        lambda data: data["versie"].update(nummer="1"),
        lambda data: data["versie"].update(controlesom="abc"),
        lambda data: data["regels"][0].update(soort="winst"),
        lambda data: data["regels"][0]["bedragen"][0].update(bedrag="1000"),
        lambda data: data["regels"][0]["bedragen"][0].update(bedrag=1000),
        lambda data: data["regels"][0]["bedragen"][0].update(jaar=True),
        lambda data: data["gedrukte_totalen"][0].update(grootheid="winst"),
    )
    for verander in veranderingen:
        anders = deepcopy(goed)
        verander(anders)
        assert list(fouten(anders, BEGROTING_SCHEMA)), verander


def test_gedrukte_totalen_waarvan_alles_in_het_bestand_staat(met_totalen: Versie) -> None:
    def niveaus(selectie: Selectie) -> list[tuple[object, object]]:
        return [(rij["programma"], rij["pakket"]) for rij in lees(met_totalen, selectie)["gedrukte_totalen"]]

    alle = [(None, None), ("1", None), ("1", "1A")]
    assert niveaus(Selectie()) == niveaus(Selectie(jaar=(2025,))) == niveaus(Selectie(fase=("primair",))) == alle
    assert niveaus(Selectie(programma=("1",))) == [("1", None), ("1", "1A")]
    assert niveaus(Selectie(pakket=("1A",))) == [("1", "1A")]
    for selectie in (
        *(Selectie(jaar=(2026,)), Selectie(soort=("lasten",)), Selectie(taakveld=("geen",))),
        *(Selectie(programma=("2",)), Selectie(gewijzigd_sinds=date(2020, 1, 1))),
    ):
        assert niveaus(selectie) == []


def test_lastige_teksten_en_bedragen(rollen: Rollen) -> None:
    """A formula is no danger here, so nothing is guarded; whatever was typed comes out as it was."""
    teksten = ['=HYPERLINK("x")', "'s-Gravenhage", "''=x", "\\.", "\\N", 'a"b\\c', "Één € 𝄞", "NULL", " ", "a\u2028b"]
    versie = maak_concept(rollen)
    pakket, kolom = Pakket.objects.get(versie=versie), Kolom.objects.filter(versie=versie)[0]
    bedragen = [Decimal("0.00"), Decimal("-0.01"), Decimal("9999999999999.99"), Decimal("-9999999999999.99")]
    with namens(rollen.redacteur.pk):
        for nummer, tekst in enumerate(teksten):
            regel = Begrotingsregel.objects.create(
                versie=versie, pakket=pakket, soort="baten", omschrijving=tekst, sleutel=f"t{nummer}"
            )
            Bedrag.objects.create(versie=versie, regel=regel, kolom=kolom, euro=bedragen[nummer % 4])

    regels = {regel["regel"]: regel for regel in lees(versie)["regels"]}

    assert [regels[f"t{nummer}"]["omschrijving"] for nummer in range(len(teksten))] == teksten
    gelezen = [regels[f"t{nummer}"]["bedragen"][0]["bedrag"] for nummer in range(4)]
    assert gelezen == ["0.00", "-0.01", "9999999999999.99", "-9999999999999.99"]


def test_zonder_regels(rollen: Rollen) -> None:
    data = lees(publicatie.nieuwe_versie(maak_document(), door=rollen.redacteur))

    assert (data["regels"], data["kolommen"], data["programmas"]) == ([], [], [])
    assert data["versie"] == {"nummer": 1, "controlesom": None, "anker": None}


class TestPublicatie:
    """What was recorded at publication is what comes out, whatever happens to the version afterwards."""

    def test_de_bewaarde_sha256_hoort_bij_de_bytes(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen, 3)
        bestand = Bestand.objects.get(versie=versie, naam="begroting.json")
        inhoud = bytes_van(versie)

        afdruk = meet([inhoud])
        assert (afdruk.sha256, afdruk.omvang) == (bestand.sha256, bestand.omvang)
        assert bestand.regels == Bedrag.objects.filter(versie=versie).count() == 3 * 12
        data = json.loads(inhoud)
        assert data["versie"] == {"nummer": 1, "controlesom": versie.controlesom, "anker": versie.anker}
        assert len(versie.anker) == 64

    def test_een_raadsbesluit_en_een_volgende_versie_veranderen_niets(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        vooraf = bytes_van(versie)
        publicatie.stel_vast(versie, door=rollen.publicist, nummer="R1", datum=timezone.localdate())
        publiceer(publicatie.maak_concept(versie, door=rollen.redacteur), rollen)

        assert bytes_van(versie) == vooraf

    def test_een_kopie_verschilt_alleen_in_de_versie(self, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen, 2)
        tweede = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)

        een, twee = (bytes_van(versie).splitlines() for versie in (eerste, tweede))
        verschillen = [(a, b) for a, b in zip(een, twee, strict=True) if a != b]
        assert [a.partition(b":")[0] for a, _ in verschillen] == [b'"versie"']
        data, ander = lees(eerste), lees(tweede)
        assert data.pop("versie")["controlesom"] == ander.pop("versie")["controlesom"]
        assert data == ander
        assert list(_zonder_versie(eerste)) == list(_zonder_versie(tweede))


def _zonder_versie(versie: Versie) -> Iterator[list[str]]:
    """The CSV of a version without the column that says which it is."""
    for regel in b"".join(begroting_csv(als_uitgave(versie))).decode().split("\r\n"):
        document, _, rest = (regel + ",,").split(",", 2)
        yield [document, rest]
