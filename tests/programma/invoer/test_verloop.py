"""Imports by their verbs, on a real PostgreSQL: round trips, errors, confirming, conflicts, undoing."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from programma.invoer import bevestiging, verloop
from programma.invoer.grendel import NietKlaar, NietOpen
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bewerking,
    Bron,
    Deelname,
    Doel,
    Import,
    Importregel,
    Importwaarde,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    VerbondenPartij,
    Versie,
    Wijziging,
)
from programma.resources import RESOURCES
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import Rollen, maak_concept
from tests.programma.invoer.stukken import bestand, controleer, vul
from veiligheid import bestanden

NAMEN = {"csv": "export.csv", "excel": "export.csv", "xlsx": "export.xlsx"}


@pytest.mark.parametrize("vorm", NAMEN)
@pytest.mark.parametrize(("soort", "breed"), [("regels", True), *((soort, False) for soort in RESOURCES)])
def test_heen_en_terug_verandert_niets(rollen: Rollen, soort: str, breed: bool, vorm: str) -> None:
    versie = maak_concept(rollen, 2)
    vul(versie)
    som = bereken_controlesom(versie)
    geschreven = Bewerking.objects.count()

    invoer = controleer(versie, rollen, bestand(versie, soort, vorm, breed=breed), NAMEN[vorm])

    assert invoer.soort == soort
    assert verloop.fouten(invoer) == 0, list(Importwaarde.objects.filter(stand="fout").values_list("fouten", flat=True))
    assert verloop.veranderingen(invoer) == 0, list(
        Importwaarde.objects.exclude(stand="gelijk").values_list("wat", "waarden", "huidig")
    )
    assert invoer.uitkomst["niet_in_bestand"] == {}
    bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle)
    assert bereken_controlesom(versie) == som
    assert Bewerking.objects.count() == geschreven


def fouten(invoer: Import) -> list[list[str]]:
    """Return the errors of a check."""
    rijen = Importwaarde.objects.filter(invoer=invoer, stand="fout").order_by("rij", "id")
    return [fout for rij in rijen for fout in rij.fouten]


def bevestig(invoer: Import, rollen: Rollen) -> Import:
    """Confirm what was checked."""
    return bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle)


def csv_van(*rijen: str) -> bytes:
    """Return a CSV with semicolons."""
    return "\r\n".join(rijen).encode()


def xlsx_van(*rijen: list[object], boven: str = "") -> bytes:
    """Return a workbook of one sheet, P1."""
    boek = openpyxl.Workbook()
    blad = boek.active
    blad.title = "P1"
    for rij in [*([[boven]] if boven else []), *rijen]:
        blad.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


KOP = "regel;fase;jaar;bedrag"


class TestFouten:
    """One wrong row: nothing is stored, and the message helps."""

    def test_een_onbekend_pakket_met_een_voorstel(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        pakket = Pakket.objects.get(versie=versie, code="1A")
        for code in ("1E", "1F"):
            Pakket.objects.create(versie=versie, programma=pakket.programma, code=code, naam=f"Pakket {code}")
        som = bereken_controlesom(versie)

        invoer = controleer(
            versie,
            rollen,
            csv_van(
                "pakket_code;soort;omschrijving;fase;jaar;bedrag",
                "1E;lasten;Brandweer;primair;2025;-3.516,00",
                "1H;lasten;Politie;primair;2025;-12,00",
            ),
        )

        assert fouten(invoer) == [
            [
                "rij 3", "pakket_code", "1H",
                "Pakket '1H' bestaat niet in deze begroting. Bedoelt u '1A' of '1E'? Of maak pakket 1H eerst aan.",
            ]
        ]  # fmt: skip
        with pytest.raises(NietKlaar, match="1 fout"):
            bevestig(invoer, rollen)
        assert bereken_controlesom(versie) == som
        assert not Begrotingsregel.objects.filter(omschrijving="Brandweer").exists()

    @pytest.mark.parametrize(
        ("rij", "kolom", "zin"),
        [
            ("p1-lasten;primair;2025;-3,516", "bedrag", "kan op twee manieren worden gelezen"),
            ("p1-lasten;primair;2025;3.5", "bedrag", "kan op twee manieren worden gelezen"),
            ("p1-lasten;primair;2025;4.0690", "bedrag", "kan op twee manieren worden gelezen"),
            ("p1-lasten;primair;2025;abc", "bedrag", "is geen getal"),
            ("p1-lasten;primair;2025;-10.000.000.000.000,00", "bedrag", "cijfers"),
            ("p1-lasten;primair;25;-1", "jaar", "Vul een heel getal in van 1990"),
            ("p1-lasten;Begroting;2025;-1", "fase", "Kies uit: realisatie"),
            (
                "p1-lasten;raming;2040;-1",
                "fase",
                "Kolom 'raming 2040' staat niet in deze begroting. Er is: na_wijziging",
            ),
            ("nieuwe-regel;primair;2025;-1", "", "Vul pakket_code en soort in"),
            ("r99999999;primair;2025;-1", "regel", "nooit uitgegeven"),
            ("GROOT!;primair;2025;-1", "regel", "nooit uitgegeven"),
        ],
    )
    def test_een_rij_die_niet_kan(self, rollen: Rollen, rij: str, kolom: str, zin: str) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(versie, rollen, csv_van(KOP, "p1-baten;primair;2025;150", rij))

        gevonden = fouten(invoer)
        assert [fout for fout in gevonden if fout[1] == kolom and zin in fout[3]], gevonden
        assert all(fout[0].startswith("rij 3") for fout in gevonden)
        with pytest.raises(NietKlaar):
            bevestig(invoer, rollen)
        assert Bedrag.objects.get(regel__sleutel="p1-baten", kolom__jaar=2025).euro == 100

    def test_twee_keer_hetzelfde_noemt_beide_rijen(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(
            versie,
            rollen,
            csv_van(KOP, "p1-lasten;primair;2025;-1", "p1-lasten;primair;2026;-2", "p1-lasten;primair;2025;-3"),
        )
        ((plaats, _, _, melding),) = fouten(invoer)
        assert plaats == "rij 4, kolom D"
        assert "op rij 2, kolom D en op rij 4, kolom D" in melding

    def test_een_regel_met_twee_gezichten(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        kop = "regel;omschrijving;fase;jaar;bedrag"
        invoer = controleer(versie, rollen, csv_van(kop, "p1-lasten;A;primair;2025;-1", "p1-lasten;B;primair;2026;-2"))
        ((_, _, _, melding),) = fouten(invoer)
        assert "andere waarde bij omschrijving" in melding

    def test_een_code_die_een_getal_werd(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        rijen = [["regel", "taakveld", "fase", "jaar", "bedrag"], ["p1-lasten", 0.1, "primair", 2025, -5]]
        ((plaats, _, waarde, melding),) = fouten(controleer(versie, rollen, xlsx_van(*rijen), "x.xlsx"))
        assert (plaats, waarde) == ("blad P1, rij 2, kolom B", "0.1")
        assert "0.1 en 0.10 zijn verschillende codes" in melding

    def test_een_pakket_van_een_ander_programma(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        kop = "programma_code;pakket_code;soort;regel;fase;jaar;bedrag"
        invoer = controleer(versie, rollen, csv_van(kop, "2;1A;lasten;p1-lasten;primair;2025;-5"))
        ((_, _, _, melding),) = fouten(invoer)
        assert melding == "Pakket 1A hoort in deze versie bij programma 1, niet bij 2."

    @pytest.mark.parametrize(
        ("soort", "rijen", "zin"),
        [
            ("doelen", ["pakket_code;volgorde;tekst;vervallen_reden", "1A;9;;"], "niet allebei"),
            ("doelen", ["pakket_code;volgorde;tekst;vervallen_reden", "1A;9;x;y"], "niet allebei"),
            ("doelen", ["pakket_code;volgorde;tekst", "1A;9;a", "1A;9;b"], "twee keer in het bestand"),
            ("secties", ["programma_code;pakket_code;kop;tekst", "1;1A;Kop;x"], "precies één"),
            ("secties", ["pakket_code;kop;tekst", "1A;Kop;"], "De tekst is leeg"),
            ("pakketten", ["programma_code;code;naam", "7;7A;Nieuw"], "Programma '7' bestaat niet"),
            ("programmas", ["code;naam;slug", "7;Wonen;wonen en zo"], "alleen letters, cijfers en streepjes"),
            ("partijen", ["programma_code;naam;soort", "1;???;overig"], "alleen letters, cijfers en streepjes"),
            ("partijcijfers", ["partij;jaar;bijdrage", "onbekend;2025;5"], "Partij 'onbekend' bestaat niet"),
        ],
    )
    def test_wat_een_soort_eist(self, rollen: Rollen, soort: str, rijen: list[str], zin: str) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(versie, rollen, csv_van(*rijen))
        assert invoer.soort == soort
        assert any(zin in fout[3] for fout in fouten(invoer)), fouten(invoer)

    def test_een_onleesbaar_bestand_laat_niets_achter(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with pytest.raises(bestanden.Bestandsfout):
            verloop.lees_in(versie, inhoud=b"PK\x03\x04 kapot", naam="x.xlsx", door=rollen.redacteur)
        assert not Import.objects.exists()


class TestBedragen:
    """How amounts are read: unit, sign, wide and long, and what is left alone."""

    def test_de_gedrukte_begroting_in_lange_vorm(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        programma = Programma.objects.get(versie=versie)
        for code, naam in (("1E", "Rampenbestrijding en crisisorganisatie"), ("1F", "Integraal"), ("1Z", "Rest")):
            Pakket.objects.create(versie=versie, programma=programma, code=code, naam=naam)
        inhoud = Path(settings.BASE_DIR, "fixtures/demo/begroting.csv").read_bytes()

        invoer = controleer(versie, rollen, inhoud)
        invoer = bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle, akkoord=True)

        assert invoer.duiding["eenheid"] == 1000
        bedrag = Bedrag.objects.select_related("regel", "bron").get(
            regel__pakket__code="1E", regel__soort="lasten", kolom__jaar=2025, kolom__fase="primair"
        )
        assert (bedrag.euro, bedrag.bronprecisie, bedrag.plaats) == (Decimal("-3516000.00"), 1000, "rij 4, kolom H")
        assert (bedrag.bron.sha256, bedrag.bron.bestandsnaam) == (invoer.sha256, "begroting.csv")
        assert bedrag.regel.omschrijving == "Rampenbestrijding en crisisorganisatie"
        assert bedrag.regel.sleutel.startswith("r")
        assert Bedrag.objects.filter(bron=bedrag.bron).count() == 30

    def test_de_gedrukte_tabel_in_brede_vorm(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        rijen: list[list[object]] = [
            ["Pakket", "Soort", "Omschrijving", "Rekening 2023", "Begroting na wijziging 2024", "Begroting 2025", 2026],
            ["1A Pakket 1A", "Lasten", "Regel p1-lasten", 3153, "3.381", "3.516,5", None],
            ["1A Pakket 1A", "Baten", "Leges", 110, 126, "-", 0],
            ["Totaal lasten", None, None, 3153, 3381, 3516.5, None],
        ]
        invoer = controleer(versie, rollen, xlsx_van(*rijen, boven="Bedragen x € 1.000"), "gedrukt.xlsx")

        assert fouten(invoer) == []
        assert (invoer.duiding["eenheid"], invoer.duiding["teken"]) == (1000, "gedrukt")
        assert list(invoer.duiding["kolommen"])[3:] == [
            "bedrag:realisatie:2023", "bedrag:na_wijziging:2024", "bedrag:primair:2025", "bedrag:primair:2026",
        ]  # fmt: skip
        assert sorted(melding.split(" ")[0] for melding in invoer.uitkomst["meldingen"]) == ["1", "2"]
        bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle, akkoord=True)
        lasten = {b.kolom.jaar: b for b in Bedrag.objects.filter(regel__sleutel="p1-lasten").select_related("kolom")}
        assert [lasten[jaar].euro for jaar in (2023, 2024, 2025, 2026)] == [-3153000, -3381000, -3516500, -1000]
        assert lasten[2023].plaats == "blad P1, rij 3, kolom D"
        leges = {b.kolom.jaar: b.euro for b in Bedrag.objects.filter(regel__omschrijving="Leges")}
        assert leges == {2023: 110000, 2024: 126000, 2026: 0}

    def test_duizend_keer_te_groot_is_een_vraag(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        invoer = controleer(versie, rollen, csv_van(KOP, "p1-lasten;primair;2025;-1.100.000"))
        (vraag,) = invoer.uitkomst["vragen"]
        assert "keer groter" in vraag and "Klopt de eenheid?" in vraag
        with pytest.raises(NietKlaar, match="eenheid"):
            bevestig(invoer, rollen)
        assert not Bedrag.objects.filter(versie=versie, euro=-1100000).exists()
        bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle, akkoord=True)
        assert Bedrag.objects.filter(versie=versie, euro=-1100000).count() == 1

    def test_de_eenheid_wordt_onthouden(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        eerste = controleer(versie, rollen, csv_van(KOP, "p1-lasten;primair;2025;-2"), eenheid=1000)
        bevestig(eerste, rollen)
        tweede = verloop.lees_in(
            versie, inhoud=csv_van(KOP, "p1-lasten;primair;2026;-3"), naam="b.csv", door=rollen.redacteur
        )
        assert tweede.duiding["eenheid"] == 1000

    def test_wat_niet_in_het_bestand_staat_blijft(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        invoer = bevestig(controleer(versie, rollen, csv_van(KOP, "p1-lasten;primair;2025;-2.000")), rollen)
        assert invoer.uitkomst["niet_in_bestand"] == {"regel": 3, "bedrag": 23}
        assert Bedrag.objects.filter(versie=versie).count() == 24
        assert Bedrag.objects.filter(versie=versie, euro=-2000, kolom__jaar=2025).exists()

    def test_totalen_voor_en_na(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        invoer = controleer(
            versie,
            rollen,
            csv_van(KOP, "p1-lasten;primair;2025;-2.000", "p2-baten;primair;2025;250", "p2-lasten;primair;2025;-2.000"),
        )
        assert invoer.uitkomst["totalen"] == [
            ["1 Programma 1", "primair", "2025", "-1000.00", "-2000.00", "100.00", "100.00", "-900.00", "-1900.00"],
            ["2 Programma 2", "primair", "2025", "-2000.00", "-2000.00", "200.00", "250.00", "-1800.00", "-1750.00"],
        ]

    def test_een_regel_verhuist_naar_een_ander_programma(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen, 2)
        invoer = controleer(
            versie, rollen, csv_van("regel;pakket_code;fase;jaar;bedrag", "p1-baten;2A;primair;2025;100")
        )
        assert len(invoer.uitkomst["totalen"]) == 12
        bevestig(invoer, rollen)
        assert Begrotingsregel.objects.get(sleutel="p1-baten").pakket.code == "2A"

    def test_een_cel_met_een_wijziging(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        regel = Begrotingsregel.objects.get(sleutel="p1-lasten")
        kolom = Kolom.objects.get(versie=versie, jaar=2024)
        wijziging = Wijziging.objects.create(versie=versie, nummer="1", titel="Voorjaar")
        Bedrag.objects.create(versie=versie, regel=regel, kolom=kolom, euro=-50, wijziging=wijziging)

        assert verloop.veranderingen(controleer(versie, rollen, bestand(versie, "regels", "csv"))) == 0
        assert verloop.veranderingen(controleer(versie, rollen, bestand(versie, "regels", "csv", breed=True))) == 0
        ((_, _, _, melding),) = fouten(controleer(versie, rollen, csv_van(KOP, "p1-lasten;na_wijziging;2024;-1.040")))
        assert "een oorspronkelijk bedrag en een wijziging" in melding
        invoer = controleer(versie, rollen, csv_van(f"{KOP};wijziging", "p1-lasten;na_wijziging;2024;-60;1"))
        bevestig(invoer, rollen)
        assert Bedrag.objects.get(wijziging=wijziging).euro == -60


class TestAndereSoorten:
    """Goals, texts and parties carry their values for real."""

    def test_doelen(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        rijen = csv_van(
            "pakket;nr;doelstelling;streefwaarde;streefjaar;ten opzichte van het nuljaar",
            "1A;1;Wat we willen bereiken.;7,6;2028;ja",
            '1A;2;"Een tweede doel; met een puntkomma";;;',
        )
        bevestig(controleer(versie, rollen, rijen), rollen)
        een, twee = Doel.objects.filter(versie=versie).order_by("volgorde")
        assert (een.streefwaarde, een.streefjaar, een.relatief) == (Decimal("7.6"), 2028, True)
        assert (twee.tekst, twee.streefwaarde) == ("Een tweede doel; met een puntkomma", None)

    def test_teksten(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        rijen = csv_van("pakket_code;kop;tekst", '1A;Inhoud;"Nieuwe tekst\n\nTweede alinea"', "1A;Nieuw;Erbij")
        bevestig(controleer(versie, rollen, rijen), rollen)
        teksten = dict(Sectie.objects.filter(versie=versie).values_list("kop", "tekst"))
        assert teksten == {"Inhoud": "Nieuwe tekst\n\nTweede alinea", "Nieuw": "Erbij"}

    def test_partijen_en_hun_cijfers(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        rijen = csv_van(
            "programma_code;naam;afkorting;type", "1;Veiligheidsregio Flevoland;VRF;Gemeenschappelijke regelingen"
        )
        invoer = bevestig(controleer(versie, rollen, rijen), rollen)
        deelname = Deelname.objects.select_related("partij").get(versie=versie)
        assert (deelname.partij.slug, deelname.soort) == ("veiligheidsregio-flevoland", "gemeenschappelijke_regeling")
        cijfers = csv_van("verbonden partij;jaar;bijdrage;onbekend_reden", "VRF;2025;1.234.567,89;nog niet bekend")
        bevestig(controleer(versie, rollen, cijfers), rollen)
        assert deelname.partij.cijfers.get().bijdrage == Decimal("1234567.89")
        bevestiging.maak_ongedaan(invoer, door=rollen.redacteur)
        assert not Deelname.objects.exists() and VerbondenPartij.objects.exists()

    def test_alles_wat_de_wet_van_een_partij_vraagt(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        partijen = csv_van(
            "programma_code;naam;soort;gevestigd in;bestuurlijk_belang",
            '1;Bank;nv;Den Haag;"Stemrecht op de vergadering.\n\nGeen zetel."',
        )
        bevestig(controleer(versie, rollen, partijen), rollen)
        deelname = Deelname.objects.get(versie=versie)
        assert deelname.vestigingsplaats == "Den Haag"
        assert deelname.bestuurlijk_belang == "Stemrecht op de vergadering.\n\nGeen zetel."
        kop = "partij;jaar;belang op 1 januari;belang op 31 december in procenten;ontwikkelingen;onbekend_reden"
        bevestig(controleer(versie, rollen, csv_van(kop, "Bank;2025;1.000,50;12,5;Fusie;later")), rollen)
        rij = deelname.partij.cijfers.get()
        assert (rij.belang_begin, rij.belang_begin_procent) == (Decimal("1000.50"), None)
        assert (rij.belang_eind, rij.belang_eind_procent) == (None, Decimal("12.5000"))
        assert rij.ontwikkelingen == "Fusie"

    @pytest.mark.parametrize(
        ("kop", "waarden", "melding"),
        [
            ("belang_eind_procent;onbekend_reden", "100,0001;later", "belang_eind_procent is een percentage"),
            ("belang_begin_procent;onbekend_reden", "-1;later", "belang_begin_procent is een percentage"),
            ("belang_begin;onbekend_reden", "x;later", "x"),
            (
                "bijdrage;eigen_vermogen_begin;eigen_vermogen_eind;vreemd_vermogen_begin;vreemd_vermogen_eind;resultaat;"
                "belang_begin",
                "1;1;1;1;1;1;1",
                "Het belang op 1 januari of op 31 december is leeg.",
            ),
        ],
    )
    def test_een_belang_dat_niet_kan(self, rollen: Rollen, kop: str, waarden: str, melding: str) -> None:
        versie = maak_concept(rollen)
        vul(versie)

        invoer = controleer(versie, rollen, csv_van(f"partij;jaar;{kop}", f"VR;2031;{waarden}"))

        (fout,) = fouten(invoer)
        assert melding in fout[-1]

    def test_programmas_en_pakketten(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        bevestig(
            controleer(versie, rollen, csv_van("code;naam;soort", "7;Wonen & zo;programma"), soort="programmas"), rollen
        )
        assert Programma.objects.get(code="7").slug == "programma-7-wonen-zo"
        rijen = csv_van("programma_code;code;naam;restpost", "7;7A;Nieuwbouw;nee", "7;7Z;Rest;ja")
        bevestig(controleer(versie, rollen, rijen), rollen)
        assert Pakket.objects.get(code="7Z").restpost is True


class TestNogEens:
    """The same file again, and coming back to what was begun."""

    def test_hetzelfde_bestand_schrijft_niets(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        inhoud = csv_van(KOP, "p1-lasten;primair;2025;-2.000")
        eerste = bevestig(controleer(versie, rollen, inhoud), rollen)
        som, geschreven = bereken_controlesom(versie), Bewerking.objects.count()

        tweede = verloop.lees_in(versie, inhoud=inhoud, naam="anders.csv", door=rollen.redacteur2)

        assert tweede == eerste
        assert (Import.objects.count(), Bewerking.objects.count()) == (1, geschreven)
        assert bereken_controlesom(versie) == som

    def test_hetzelfde_bestand_nadat_er_iets_is_gewijzigd(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        inhoud = csv_van(KOP, "p1-lasten;primair;2025;-2.000")
        eerste = bevestig(controleer(versie, rollen, inhoud), rollen)
        Bedrag.objects.filter(versie=versie, euro=-2000).update(euro=-3000)

        tweede = verloop.lees_in(versie, inhoud=inhoud, naam="begroting.csv", door=rollen.redacteur)

        assert tweede != eerste and verloop.veranderingen(tweede) == 1
        assert verloop.eerder_bevestigd(tweede) == eerste

    def test_een_wachtend_bestand_wordt_hervat(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        inhoud = csv_van(KOP, "p1-lasten;primair;2025;-2.000")
        eerste = controleer(versie, rollen, inhoud)
        assert verloop.lees_in(versie, inhoud=inhoud, naam="x.csv", door=rollen.redacteur) == eerste
        verloop.laat_vervallen(eerste, door=rollen.redacteur)
        assert not Importwaarde.objects.exists() and not Importregel.objects.exists()
        with pytest.raises(NietOpen, match="vervallen"):
            bevestig(eerste, rollen)

    def test_een_weggegooid_concept_neemt_zijn_imports_mee(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        controleer(versie, rollen, csv_van(KOP, "p1-lasten;primair;2025;-2.000"))
        Versie.objects.get(pk=versie.pk).delete()
        assert not Import.objects.exists() and not Importwaarde.objects.exists()


def test_csv_voor_excel_begint_met_een_bom(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    vul(versie)
    tekst = bestand(versie, "regels", "excel").decode("utf-8-sig")
    eerste = next(csv.DictReader(io.StringIO(tekst), delimiter=";"))
    assert eerste["bedrag"] == "100,00"
    assert "'=1+1" in tekst


def test_in_een_werkmap_is_tekst_tekst_en_een_getal_een_getal(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    vul(versie)
    blad = openpyxl.load_workbook(io.BytesIO(bestand(versie, "regels", "xlsx"))).active
    kop = [cel.value for cel in blad[1]]
    rij = next(rij for rij in blad.iter_rows(min_row=2) if str(rij[kop.index("omschrijving")].value).startswith("=1+1"))
    assert rij[kop.index("omschrijving")].data_type == "s"
    assert (rij[kop.index("taakveld")].value, rij[kop.index("bedrag")].data_type) == ("0.10", "n")
    assert not any(settings.VAR.glob("export-*"))
    assert Bron.objects.count() == 0
