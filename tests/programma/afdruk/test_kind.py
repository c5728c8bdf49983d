"""The PDF itself, opened again: its structure, its figures, and what stands on every page."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from programma.afdruk import kind
from programma.afdruk.zetten import SJABLOON
from programma.inhoud import Sectierij
from tests import pdf, stukken
from tests.programma.afdruk.stukken import document, programma
from veiligheid.formatting import duizenden

RIJK = (
    '<p>Zie <a href="https://voorbeeld.nl/">de <strong>site</strong></a>.</p><h4>Diep</h4>'
    "<table><caption>Vrij</caption><tr><th>A</th><th>B</th></tr><tr><td>rij</td><td><ul><li><p>x</p></li></ul></td></tr>"
    "</table>"
)
VIJANDIG = [
    '#import "@preview/x:0.0.1": *',
    "*vet* _schuin_ `code` $x^2$ <label> @ref \\ // /* ~ -- --- \" ' = Kop\n+ punt",
    '#panic("x") #read("/etc/passwd") #sys.inputs.data #{while true {}}',
    "שלום עולם سلام 😀🏳️‍🌈 日本 \u202eomgekeerd\u202c",
    "x" * 5000,
    "Zalgo h̸̡̪̯ͨ͊̽̅̾̎Ȩ̬̩̾͛ͪ",
]


def zet(gegevens: dict[str, Any]) -> bytes:
    return kind.zet(SJABLOON.read_bytes(), json.dumps(gegevens))


@pytest.fixture(scope="module")
def inhoud() -> bytes:
    return zet(programma())


@pytest.fixture(scope="module")
def boek(inhoud: bytes) -> pikepdf.Pdf:
    return pdf.open_pdf(inhoud)


@pytest.fixture(scope="module")
def structuur(boek: pikepdf.Pdf) -> list[Any]:
    return list(pdf.elementen(boek.Root.StructTreeRoot))


def soorten(structuur: list[Any], *gevraagd: str) -> list[Any]:
    return [element for element in structuur if str(element.S) in gevraagd]


class TestToegankelijk:
    def test_wat_het_bestand_van_zichzelf_zegt(self, boek: pikepdf.Pdf) -> None:
        assert str(boek.Root.Lang) == "nl"
        assert bool(boek.Root.MarkInfo.Marked)
        assert bool(boek.Root.ViewerPreferences.DisplayDocTitle)
        with boek.open_metadata() as gegevens:
            assert gegevens["pdfuaid:part"] == "1"
            assert gegevens["dc:title"] == "Programma 1 Veiligheid – Programmabegroting 2025 – Gemeente Dronten"

    def test_koppen_en_bladwijzers(self, boek: pikepdf.Pdf, structuur: list[Any]) -> None:
        niveaus = [int(str(element.S)[2:]) for element in structuur if str(element.S)[:2] == "/H"]

        assert niveaus[0] == 1 and niveaus.count(1) == 1
        assert all(nu <= vorige + 1 for vorige, nu in pairwise(niveaus))
        with boek.open_outline() as bladwijzers:
            assert [deel.title for deel in bladwijzers.root] == ["Veiligheid"]
            assert "Herkomst" in [deel.title for deel in bladwijzers.root[0].children]

    def test_de_grafiek_heeft_haar_omschrijving(self, structuur: list[Any]) -> None:
        (figuur,) = soorten(structuur, "/Figure")

        grafiek = stukken.pagina().grafiek
        assert grafiek and str(figuur.Alt) == f"{grafiek.titel}. {grafiek.omschrijving}"

    def test_elke_tabel_heeft_bijschrift_en_kolomkoppen(self, structuur: list[Any]) -> None:
        tabellen = soorten(structuur, "/Table")

        assert len(tabellen) == 2
        for tabel in tabellen:
            bijschrift, kopdeel, *_ = pdf.kinderen(tabel)
            assert (str(bijschrift.S), str(kopdeel.S)) == ("/Caption", "/THead")
            for cel in pdf.kinderen(pdf.kinderen(kopdeel)[0]):
                assert (str(cel.S), str(pdf.kenmerk(cel, "/Scope"))) == ("/TH", "/Column")

    def test_elke_rij_heeft_een_kop_en_elke_cel_haar_koppen(self, boek: pikepdf.Pdf, structuur: list[Any]) -> None:
        rijen = [pdf.kinderen(rij) for lichaam in soorten(structuur, "/TBody") for rij in pdf.kinderen(lichaam)]
        namen = boek.Root.StructTreeRoot.IDTree.Names
        genoemd = {bytes(namen[plaats]): namen[plaats + 1] for plaats in range(0, len(namen), 2)}

        assert list(genoemd) == sorted(genoemd)
        assert len(rijen) > 15
        for eerste, *rest in rijen:
            assert (str(eerste.S), str(pdf.kenmerk(eerste, "/Scope"))) == ("/TH", "/Row")
            assert genoemd[bytes(eerste.ID)].objgen == eerste.objgen
            for cel in rest:
                koppen = [genoemd[bytes(naam)] for naam in pdf.kenmerk(cel, "/Headers")]
                assert str(cel.S) == "/TD"
                assert {str(pdf.kenmerk(kop, "/Scope")) for kop in koppen} == {"/Row", "/Column"}
                assert eerste.objgen in {kop.objgen for kop in koppen}

    def test_een_rij_hoort_bij_haar_groep_en_het_saldo_bij_geen(self, structuur: list[Any]) -> None:
        geld = soorten(structuur, "/Table")[0]
        rijen = [pdf.kinderen(rij) for deel in pdf.kinderen(geld)[2:] for rij in pdf.kinderen(deel)]
        aantallen = [len(pdf.kenmerk(rij[1], "/Headers")) if len(rij) > 1 else 0 for rij in rijen]

        # Lasten, with two pakketten and a total; baten, the same; saldo; onttrekkingen with one; resultaat.
        assert aantallen == [0, 3, 3, 3, 0, 3, 3, 3, 2, 0, 3, 2]

    def test_alle_letters_zitten_erin(self, boek: pikepdf.Pdf) -> None:
        letters = [
            onder.FontDescriptor
            for pagina in boek.pages
            for letter in pagina.resources.Font.values()
            for onder in letter.DescendantFonts
        ]

        assert letters and all("/FontFile2" in letter or "/FontFile3" in letter for letter in letters)
        assert all("Afdruk" in str(letter.FontName) for letter in letters)


class TestInhoud:
    def test_elke_bladzijde_noemt_versie_controlesom_en_demonstratie(self, boek: pikepdf.Pdf) -> None:
        bladzijden = pdf.teksten(boek)

        assert len(bladzijden) > 2
        for nummer, tekst in enumerate(bladzijden, 1):
            regels = tekst.split("\n")
            assert "Programmabegroting 2025 · versie 1 · controlesom cccccccccccccccc…" in regels
            assert f"pagina {nummer} van {len(bladzijden)}" in regels
            assert "demonstratie, geen publicatie van de gemeente Dronten" in regels

    def test_buiten_de_demonstratie_staat_dat_er_niet(self) -> None:
        assert "demonstratie, geen publicatie" not in "".join(pdf.teksten(pdf.open_pdf(zet(programma(demo=False)))))

    def test_de_24_gedrukte_totalen(self, boek: pikepdf.Pdf) -> None:
        regels = "\n".join(pdf.teksten(boek)).split("\n")

        totalen = [duizenden(totaal.euro) for totaal in stukken.gedrukt()]

        assert len(totalen) == 24
        assert all(totaal in regels for totaal in totalen)
        assert regels[regels.index("Totaal lasten") + 1 :][:6] == [
            duizenden(totaal.euro) for totaal in stukken.gedrukt() if totaal.grootheid == "lasten"
        ]

    def test_steeds_dezelfde_bytes(self, inhoud: bytes) -> None:
        assert zet(programma()) == inhoud

    def test_het_hele_document(self) -> None:
        boek = pdf.open_pdf(zet(document()))
        tekst = "\n".join(pdf.teksten(boek))

        assert len(soorten(list(pdf.elementen(boek.Root.StructTreeRoot)), "/Table")) == 5
        assert soorten(list(pdf.elementen(boek.Root.StructTreeRoot)), "/TOC")
        assert "Waar gaat het geld heen?" in tekst and "Zelf narekenen" in tekst

    def test_opgemaakte_tekst(self) -> None:
        boek = pdf.open_pdf(zet(programma(secties=[Sectierij("1E", "Inhoud", "", RIJK)])))
        structuur = list(pdf.elementen(boek.Root.StructTreeRoot))

        assert soorten(structuur, "/Link")
        vrij = soorten(structuur, "/Table")[0]
        (rij,) = [rij for deel in pdf.kinderen(vrij) if str(deel.S) == "/TBody" for rij in pdf.kinderen(deel)]
        assert [str(cel.S) for cel in pdf.kinderen(rij)] == ["/TH", "/TD"]
        verwijzing = next(deel for pagina in boek.pages for deel in pagina.get("/Annots", []))
        assert str(verwijzing.A.URI) == "https://voorbeeld.nl/"


class TestVijandig:
    @pytest.mark.parametrize("tekst", VIJANDIG, ids=["import", "tekens", "code", "schriften", "lang", "zalgo"])
    def test_een_tekst_staat_er_zoals_hij_is(self, tekst: str) -> None:
        gegevens = programma(
            secties=[Sectierij("1E", tekst[:200], tekst[:200], tekst), Sectierij("1F", "Kop", "", f"<p>{tekst}</p>")]
        )

        gedrukt = "".join("".join(pdf.teksten(pdf.open_pdf(zet(gegevens)))).split())

        if tekst.isascii():
            assert "".join(tekst.split())[:300] in gedrukt.replace("\u200b", "")
        assert "root:" not in gedrukt

    def test_andere_gegevens_dan_tabellen(self, inhoud: bytes) -> None:
        with pytest.raises(ValueError, match="zip"):
            kind.met_rijkoppen(inhoud, [])

    @pytest.mark.lang
    def test_een_groot_document(self) -> None:
        """As large as the largest budget that we know, twice over: 50 programmes."""
        boek = pdf.open_pdf(zet(document(50)))

        assert len(boek.pages) > 150


def test_de_licentie_ligt_bij_de_letters() -> None:
    map = Path(kind.LETTERS)

    assert {bestand.suffix for bestand in map.iterdir()} == {".ttf", ".txt"}
    assert "SIL OPEN FONT LICENSE Version 1.1" in (map / "OFL.txt").read_text(encoding="utf-8")
