"""What we write, opened and saved by a real spreadsheet (LibreOffice): formulas compute, text stays text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from programma import uitvoer
from programma.invoer import verloop
from programma.models import Begrotingsregel, GedruktTotaal, Importwaarde, Kolom, Pakket, Programma, Versie
from programma.rekenblad.begroting import schrijf_begroting
from programma.rekenblad.narekenen import schrijf_narekenen
from tests import soffice
from tests.bouwers import Rollen, maak_concept, maak_regel
from tests.programma.invoer.stukken import controleer
from tests.programma.rekenblad.stukken import bytes_van, demo, formules, uitgave_van, veranderd
from veiligheid import bestanden
from veiligheid.exports import EXCEL, MACHINE, ontbeveilig, tabel_csv_bytes
from veiligheid.werkmap import Kolom as Bladkolom
from veiligheid.werkmap import werkmap

pytestmark = [
    pytest.mark.lang,
    pytest.mark.skipif(not soffice.PROGRAMMA, reason=soffice.ONTBREEKT),
]
TEKSTEN = (
    '=HYPERLINK("http://voorbeeld.nl","klik")', "+1", "@SUM(A1)", "'=x", "'s-Gravenhage", "'t Veld", "-1,00",
    "=1+1", "''=x", "<r><t>x</t></r>", "komma, puntkomma; \"haakjes\"", "1.2",
)  # fmt: skip
# Column by column how a CSV is opened: 2 is text, 1 is up to the spreadsheet. Codes and descriptions are text.
TEKSTKOLOMMEN = "/".join(f"{nummer}/{2 if nummer in {3, 5, 8, 9, 10} else 1}" for nummer in range(1, 16))
LEES_ALS = {MACHINE: f"CSV:44,34,76,1,{TEKSTKOLOMMEN},1033", EXCEL: f"CSV:59,34,76,1,{TEKSTKOLOMMEN},1043"}


def herrekend(inhoud: bytes, map: Path, herreken: int = soffice.ALTIJD) -> dict[str, list[list[str]]]:
    """Return every sheet as a spreadsheet shows it after computing all formulas again."""
    bron = map / f"narekenen-{herreken}.xlsx"
    bron.write_bytes(inhoud)
    uit = soffice.zet_om(bron, soffice.CSV, herreken=herreken)
    return {
        bestand.stem.removeprefix(f"{bron.stem}-"): list(csv.reader(io.StringIO(bestand.read_text("utf-8"))))
        for bestand in uit.iterdir()
    }


def oordelen(blad: list[list[str]]) -> Counter[str]:
    """Return how often each verdict stands on sheet Nagerekend."""
    return Counter(rij[14] for rij in blad[7:])


class TestNarekenen:
    """narekenen.xlsx, computed by a spreadsheet."""

    def test_24_van_24(self, rollen: Rollen, tmp_path: Path) -> None:
        inhoud = bytes_van(schrijf_narekenen, uitgave_van(demo(rollen)))
        # What a spreadsheet that does not compute would show: then this test would see nothing.
        vals = veranderd(inhoud, "<v>24 van 24 sluiten aan</v>", "<v>niet herrekend</v>")
        assert herrekend(vals, tmp_path, soffice.NOOIT)["Nagerekend"][1][0] == "niet herrekend"

        bladen = herrekend(vals, tmp_path)

        assert bladen["Nagerekend"][1][0] == "24 van 24 sluiten aan"
        assert [rij[0] for rij in bladen["Nagerekend"][2:5]] == ["0", "0", "30"]
        assert oordelen(bladen["Nagerekend"]) == {"sluit aan": 24}
        assert Counter(rij[17] for rij in bladen["Per programma"][1:]) == {"gelijk": 12}

    def test_een_ander_bedrag(self, rollen: Rollen, tmp_path: Path) -> None:
        inhoud = bytes_van(schrijf_narekenen, uitgave_van(demo(rollen)))
        boek = openpyxl.load_workbook(io.BytesIO(inhoud))
        cel = next(
            rij[13] for rij in boek["Regels"].iter_rows(min_row=2) if (rij[6].value, rij[12].value) == ("lasten", 2023)
        )
        cel.value -= 100_000
        ander = io.BytesIO()
        boek.save(ander)

        bladen = herrekend(ander.getvalue(), tmp_path)

        assert bladen["Nagerekend"][1][0] == "21 van 24 sluiten aan"
        assert oordelen(bladen["Nagerekend"]) == {"sluit aan": 21, "verschil": 3}
        anders = {(rij[6], rij[7], rij[8]) for rij in bladen["Nagerekend"][7:] if rij[14] == "verschil"}
        assert anders == {(grootheid, "realisatie", "2023") for grootheid in ("lasten", "saldo", "resultaat")}
        assert Counter(rij[17] for rij in bladen["Per programma"][1:]) == {"gelijk": 10, "verschil": 2}

    def test_codes_die_een_rekenblad_verwart(self, rollen: Rollen, tmp_path: Path) -> None:
        versie = self.met_codes(rollen)

        bladen = herrekend(bytes_van(schrijf_narekenen, uitgave_van(versie)), tmp_path)

        programmas = [rij for rij in bladen["Per programma"][1:] if rij[1]]
        assert len({rij[1] for rij in programmas}) == 7
        assert {rij[17] for rij in bladen["Per programma"][1:]} == {"gelijk"}
        assert oordelen(bladen["Nagerekend"]) == {"sluit aan": 9, "verschil door afronding": 1, "verschil": 1}
        assert {rij[2]: rij[14] for rij in bladen["Nagerekend"][7:] if rij[14] != "sluit aan"} == {
            "": "verschil door afronding",
            "~*": "verschil",
        }
        aantal = str(sum(1 for _ in uitvoer.rijen(uitgave_van(versie))))
        assert bladen["Nagerekend"][4][0] == aantal

    def met_codes(self, rollen: Rollen) -> Versie:
        """Return a version whose codes are alike to a spreadsheet, with printed totals, one of them wrong."""
        versie = maak_concept(rollen, 0)
        kolommen = list(Kolom.objects.filter(versie=versie))
        primair = next(kolom for kolom in kolommen if (kolom.fase, kolom.jaar) == ("primair", 2025))
        for nummer, code in enumerate(("1", "01", "1a", "1A", "?", "~*", ">0"), start=1):
            programma = Programma.objects.create(versie=versie, code=code, naam=code, slug=f"p-{nummer}")
            pakket = Pakket.objects.create(versie=versie, programma=programma, code=f"{code}*", naam="Alles")
            maak_regel(versie, pakket, kolommen, "lasten", Decimal(-(10**nummer)), f"r{nummer}")
            euro = Decimal(-(10**nummer)) - (5 if code == "~*" else 0)
            GedruktTotaal.objects.create(
                versie=versie, programma=programma, kolom=primair, grootheid="lasten", euro=euro, eenheid=1
            )
        # The document as a whole is 11.111.110: on the half of 20 exactly, and 2 beside it.
        for grootheid, euro in (("lasten", -11_111_110), ("saldo", -11_111_112), ("resultaat", -11_111_110)):
            GedruktTotaal.objects.create(
                versie=versie, kolom=primair, grootheid=grootheid, euro=Decimal(euro), eenheid=1
            )
        GedruktTotaal.objects.create(versie=versie, kolom=primair, grootheid="baten", euro=Decimal(0), eenheid=1000)
        return versie

    def test_een_halve_rondt_van_nul_af(self, rollen: Rollen, tmp_path: Path) -> None:
        versie = maak_concept(rollen, 0)
        kolommen = list(Kolom.objects.filter(versie=versie))
        programma = Programma.objects.create(versie=versie, code="1", naam="Een", slug="een")
        pakket = Pakket.objects.create(versie=versie, programma=programma, code="1A", naam="Een")
        # Ten times 0,10 and 499: a sum that adding in floating point does not hit.
        for nummer in range(10):
            maak_regel(versie, pakket, kolommen, "lasten", Decimal("-0.10"), f"l{nummer}")
        maak_regel(versie, pakket, kolommen, "lasten", Decimal("-499"), "l-rest")
        GedruktTotaal.objects.create(versie=versie, kolom=kolommen[0], grootheid="lasten", euro=-1000, eenheid=1000)

        bladen = herrekend(bytes_van(schrijf_narekenen, uitgave_van(versie)), tmp_path)

        assert oordelen(bladen["Nagerekend"]) == {"sluit aan": 1}


def concept_met_teksten(rollen: Rollen) -> Versie:
    """Return a concept whose lines have the descriptions that a spreadsheet could run, and negative amounts."""
    versie = maak_concept(rollen, len(TEKSTEN) // 2)
    for regel, tekst in zip(Begrotingsregel.objects.filter(versie=versie).order_by("id"), TEKSTEN, strict=True):
        Begrotingsregel.objects.filter(pk=regel.pk).update(omschrijving=tekst)
    return versie


def geen_veranderingen(versie: Versie, rollen: Rollen, inhoud: bytes, naam: str) -> None:
    """Check that an import of this file would change nothing."""
    invoer = controleer(versie, rollen, inhoud, naam)
    gevonden = list(Importwaarde.objects.exclude(stand="gelijk").values_list("wat", "waarden", "huidig", "fouten"))
    assert verloop.fouten(invoer) == 0, gevonden
    assert verloop.veranderingen(invoer) == 0, gevonden
    assert Importwaarde.objects.filter(invoer=invoer, stand="gelijk").count() >= len(TEKSTEN) * 6


class TestHeenEnTerug:
    """Out of the site, opened and saved in a spreadsheet, into the site again: nothing ran, nothing changed."""

    def test_xlsx(self, rollen: Rollen, tmp_path: Path) -> None:
        versie = concept_met_teksten(rollen)
        bron = tmp_path / "begroting.xlsx"
        bron.write_bytes(bytes_van(schrijf_begroting, uitgave_van(versie)))

        inhoud = (soffice.zet_om(bron, soffice.XLSX) / "begroting.xlsx").read_bytes()

        assert formules(inhoud) == []
        blad = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True)["Begroting"]
        _, *rijen = blad.iter_rows(values_only=True)
        assert {type(rij[13]) for rij in rijen} <= {int, float} and min(rij[13] for rij in rijen) < 0
        assert {ontbeveilig(str(rij[9])) for rij in rijen} == set(TEKSTEN)
        geen_veranderingen(versie, rollen, inhoud, "begroting.xlsx")

    @pytest.mark.parametrize("vorm", [MACHINE, EXCEL], ids=["machine", "excel"])
    @pytest.mark.parametrize("naar", ["xlsx", "csv"])
    def test_csv(self, rollen: Rollen, tmp_path: Path, vorm: object, naar: str) -> None:
        versie = concept_met_teksten(rollen)
        bron = tmp_path / "begroting.csv"
        keuze = EXCEL if vorm is EXCEL else MACHINE
        bron.write_bytes(b"".join(uitvoer.begroting_csv(uitgave_van(versie), vorm=keuze)))

        vervolg = soffice.XLSX if naar == "xlsx" else "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
        uit = soffice.zet_om(bron, vervolg, LEES_ALS[keuze]) / f"begroting.{naar}"
        inhoud = uit.read_bytes()

        if naar == "xlsx":
            assert formules(inhoud) == []
            blad = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True).active
            assert {type(rij[13]) for rij in list(blad.iter_rows(values_only=True))[1:]} <= {int, float}
        geen_veranderingen(versie, rollen, inhoud, f"begroting.{naar}")

    def test_elke_tekst_ook_met_een_tab(self, tmp_path: Path) -> None:
        """A tab cannot be in a description of a line (CHECK), but it can be in a text."""
        teksten = [*TEKSTEN, "\t=1", "\t", "a\r\nb"]
        uit = io.BytesIO()
        with werkmap(uit, tmp_path) as boek:
            boek.blad("Teksten", [Bladkolom("tekst")]).schrijf([tekst] for tekst in teksten)
        (tmp_path / "t.xlsx").write_bytes(uit.getvalue())
        (tmp_path / "t.csv").write_bytes(b"".join(tabel_csv_bytes([tekst] for tekst in teksten)))

        na_xlsx = (soffice.zet_om(tmp_path / "t.xlsx", soffice.XLSX) / "t.xlsx").read_bytes()
        na_csv = (soffice.zet_om(tmp_path / "t.csv", soffice.XLSX, "CSV:44,34,76,1,1/2,1033") / "t.xlsx").read_bytes()

        assert formules(na_xlsx) == formules(na_csv) == []
        assert eerste_kolom(na_csv) == eerste_kolom(na_xlsx) == [tekst.replace("\r\n", "\n") for tekst in teksten]


def eerste_kolom(inhoud: bytes) -> list[object]:
    """Return the first column as our own reader reads it."""
    return [rij[0] for rij in bestanden.lees(inhoud, "t.xlsx").bladen[0].rijen if rij and rij[0]]
