"""Iv3 figures in the database: what the file says, no line twice, and all or nothing."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from programma.demo import iv3 as demoiv3
from programma.inlezen import lees_taakvelden
from programma.iv3.bestand import Iv3Fout
from programma.iv3.laden import lees_bestand, lees_teksten
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Document,
    GedruktTotaal,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    Taakveld,
    Versie,
)
from programma.raming import tel_op
from programma.toetsing import keuring
from programma.toetsing.controles import Code
from tests.bouwers import Rollen
from tests.stukken import BEGROTING_2025, DEMO, JAARREKENING_2023, iv3, iv3stuk

FIXTURES = DEMO.parent
BESTAND = DEMO / "iv3.csv"


@pytest.fixture
def taakvelden(db: None) -> None:
    lees_taakvelden(FIXTURES / "taakvelden.csv")


@pytest.fixture
def lees(taakvelden: None, rollen: Rollen) -> Iterator[object]:
    """Run the command in the name of the redacteur; return what it printed."""

    def opdracht(*rest: str, bestand: Path = BESTAND) -> str:
        uit = io.StringIO()
        call_command("lees_iv3", str(bestand), "--door", "rosa", *rest, stdout=uit)
        return uit.getvalue()

    yield opdracht


@pytest.fixture
def gepubliceerd(taakvelden: None, rollen: Rollen) -> list[Versie]:
    """The three Iv3 documents of the demonstration, published."""
    return demoiv3.laad_en_publiceer(FIXTURES, "GM0303", redacteur=rollen.redacteur, publicist=rollen.publicist)


class TestInhoud:
    """What is in the documents."""

    def test_elk_bedrag_staat_er_een_keer_met_zijn_plaats(self, gepubliceerd: list[Versie]) -> None:
        versie = Versie.objects.get(document__slug="iv3-begroting-2025")
        regels = dict(
            Bedrag.objects.filter(versie=versie, kolom__jaar=2025).values_list("plaats", "euro"),
        )

        bron = iv3().rijen[BEGROTING_2025]
        for rij in bron:
            if rij.taakveld == "0.11":
                continue
            assert regels.get(f"rij {rij.nummer}, kolom lasten_x_1000", Decimal(0)) == rij.lasten
            assert regels.get(f"rij {rij.nummer}, kolom baten_x_1000", Decimal(0)) == rij.baten
        assert not [plaats for plaats in regels if plaats.startswith(f"rij {bron[2].nummer},")]
        assert bron[2].taakveld == "0.11"

    def test_de_pagina_telt_wat_het_bestand_telt(self, gepubliceerd: list[Versie]) -> None:
        for versie, stuk in zip(gepubliceerd, (iv3stuk(JAARREKENING_2023), None, iv3stuk()), strict=True):
            if stuk:
                inhoud = Versie.objects.documentinhoud(versie.pk)
                assert tel_op(inhoud.cellen).totaal == tel_op(stuk.cellen).totaal
                assert {cel.code for cel in inhoud.taakvelden} <= {cel.code for cel in stuk.taakvelden}

    def test_programmas_en_delen_die_dat_niet_zijn(self, gepubliceerd: list[Versie]) -> None:
        versie = Versie.objects.get(document__slug="iv3-begroting-2025")

        delen = Programma.objects.filter(versie=versie).values_list("code", "soort")
        assert list(delen) == [
            *((code, "programma") for code in "012345678"),
            *(("DM", "dekkingsmiddelen"), ("OH", "overhead"), ("OV", "onvoorzien"), ("VPB", "vpb")),
        ]
        assert list(Pakket.objects.filter(versie=versie, programma__code="0").values_list("code", "restpost")) == [
            *(("0.1", False), ("0.2", False), ("0.3", False), ("0.10", True)),
        ]

    def test_elk_pakket_heeft_een_eigen_zin(self, gepubliceerd: list[Versie]) -> None:
        zonder = Pakket.objects.filter(restpost=False).exclude(pk__in=Sectie.objects.values("pakket"))

        assert list(zonder) == []
        assert not Programma.objects.filter(inleiding="").exists()

    def test_het_resultaat_is_een_totaal_en_geen_regel(self, gepubliceerd: list[Versie]) -> None:
        versie = Versie.objects.get(document__slug="iv3-begroting-2025")
        totalen = GedruktTotaal.objects.filter(versie=versie).values_list("kolom__jaar", "grootheid", "euro")

        assert sorted(totalen) == [
            (2023, "resultaat", 6_787_000),
            (2024, "resultaat", 387_000),
            (2025, "resultaat", -2_506_000),
        ]
        assert not Begrotingsregel.objects.filter(taakveld__code="0.11").exists()
        codes = [bevinding.code for bevinding in keuring.bevindingen(versie)]
        assert codes.count(Code.TOTAAL_AFGEROND) == 3
        assert not {Code.TOTAAL_WIJKT_AF, Code.PAKKET_ZONDER_DOEL, Code.SPRONG_ZONDER_TOELICHTING} & set(codes)

    def test_een_taakveld_dat_anders_heette_zegt_dat(self, gepubliceerd: list[Versie]) -> None:
        regel = Begrotingsregel.objects.get(versie__document__slug="iv3-begroting-2025", sleutel="6-4-lasten-1")

        assert regel.omschrijving == "WSW en beschut werk"
        assert regel.toelichting == (
            "In 2023 heette dit taakveld Begeleide participatie. In 2024 heette dit taakveld Begeleide participatie."
        )

    def test_een_eigen_soort_naast_de_gedrukte_begroting(self, gepubliceerd: list[Versie]) -> None:
        assert list(Document.objects.order_by("jaar").values_list("soort", "slug")) == [
            ("iv3_jaarstukken", "iv3-jaarstukken-2023"),
            ("iv3_begroting", "iv3-begroting-2024"),
            ("iv3_begroting", "iv3-begroting-2025"),
        ]
        kolommen = Kolom.objects.filter(versie__document__slug="iv3-jaarstukken-2023")
        assert list(kolommen.values_list("fase", "jaar")) == [("primair", 2023), ("realisatie", 2023)]

    def test_elke_pagina_noemt_de_bron_en_de_gemeente(self, client: Client, gepubliceerd: list[Versie]) -> None:
        for pad in ("iv3-begroting-2025/", "iv3-begroting-2025/programma/overhead/", "iv3-jaarstukken-2023/", ""):
            tekst = client.get(f"/{pad}").content.decode()
            assert "CBS Iv3, CC BY 4.0" in tekst and "Gemeente Dronten" in tekst, pad

    def test_nog_een_keer_laadt_wat_er_mist(self, gepubliceerd: list[Versie], rollen: Rollen) -> None:
        wie = {"redacteur": rollen.redacteur, "publicist": rollen.publicist}

        assert len(gepubliceerd) == 3
        assert demoiv3.laad_en_publiceer(FIXTURES, "GM0303", **wie) == []


class TestOpdracht:
    """The command."""

    def test_als_concept(self, lees, client: Client) -> None:
        tekst = lees("--jaar", "2025")

        versie = Versie.objects.get()
        assert (versie.status, versie.aangemaakt_door.username) == ("concept", "rosa")
        assert "Gemaakt: Iv3-begroting 2025, versie 1 (concept), " in tekst
        assert "Overal nul, niet overgenomen: 2.3, " in tekst
        assert client.get("/iv3-begroting-2025/").status_code == 404

    def test_alles_uit_het_bestand(self, lees) -> None:
        lees()

        assert Document.objects.count() == 4

    def test_wat_er_is_blijft_zoals_het_is(self, lees) -> None:
        lees("--jaar", "2025")

        assert "bestaat al, blijft zoals het is" in lees("--jaar", "2025")
        assert Versie.objects.count() == 1

    def test_alleen_tonen_maakt_niets(self, lees) -> None:
        assert "/iv3-begroting-2025/: 69 taakvelden, nieuw." in lees("--alleen-tonen")
        assert not Document.objects.exists()

    def test_gzip(self, lees, tmp_path: Path) -> None:
        klein = tmp_path / "iv3.csv.gz"
        klein.write_bytes(gzip.compress(BESTAND.read_bytes()))

        assert "Gemaakt" in lees("--document", "jaarrekening", bestand=klein)

    @pytest.mark.parametrize("inhoud", [b"\x1f\x8b\x08onzin", b"geen gzip"])
    def test_geen_goed_gzip(self, lees, tmp_path: Path, inhoud: bytes) -> None:
        stuk = tmp_path / "iv3.csv.gz"
        stuk.write_bytes(inhoud)

        with pytest.raises(CommandError, match="geen goed gzip-bestand"):
            lees(bestand=stuk)

    def test_een_onbekend_taakveld_houdt_alles_tegen(self, lees) -> None:
        Taakveld.objects.filter(code="1.1", geldig_van=2025).delete()

        with pytest.raises(CommandError, match=r"Rij \d+, kolom taakveld: '1.1' is geen taakveld van 2025"):
            lees()
        assert not Document.objects.exists()

    def test_een_jaar_dat_er_niet_is(self, lees) -> None:
        with pytest.raises(CommandError, match="geen cijfers van 2031"):
            lees("--jaar", "2031")

    def test_geen_bestand(self, lees, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="kan niet worden gelezen"):
            lees(bestand=tmp_path / "weg.csv")

    @pytest.mark.parametrize("door", ["niemand", "anna"])
    def test_alleen_wie_dat_mag(self, lees, door: str) -> None:
        with pytest.raises(CommandError):
            lees("--door", door)
        assert not Document.objects.exists()


def test_geen_utf8(tmp_path: Path) -> None:
    stuk = tmp_path / "iv3.csv"
    stuk.write_bytes(BESTAND.read_bytes().replace(b"Bestuur", b"Best\xffur"))

    with pytest.raises(Iv3Fout, match="geen UTF-8"):
        lees_bestand(stuk, "GM0303")


def test_elke_zin_is_kort_en_af() -> None:
    for code, tekst in lees_teksten(FIXTURES / "iv3-teksten.csv").items():
        assert tekst.endswith(".") and len(tekst) < 250, code
