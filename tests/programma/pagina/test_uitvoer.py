"""The page of the exports: the form shows what was chosen, and the sums what it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from programma.inhoud import Bestandrij
from programma.pagina import EERSTE_RIJEN, actueel, uitvoerpagina, vast, voorbeeld
from programma.raming import Kolom
from programma.uitvoer.keuze import Keuzes, Optie
from programma.uitvoer.selectie import ALLES, Selectie
from programma.uitvoer.sommen import Samenvatting, vat_samen
from programma.uitvoer.stuk import Proef, Uitvoerstuk
from tests.stukken import uitgave
from veiligheid.formatting import MINTEKEN

D = Decimal
K25 = Kolom(2025, "primair")
KEUZES = Keuzes(
    programma=[Optie("1", "Veiligheid"), Optie("10", "Wonen")],
    pakket=[Optie(f"1{letter}", f"Pakket {letter}", "1") for letter in "ABCDEFGHIJKLM"],
    taakveld=[Optie("1.2", "Openbare orde"), Optie("geen", "")],
    soort=["baten", "lasten"],
    fase=["primair"],
    jaar=[2025, 2026],
)
SOM = vat_samen([("lasten", K25, D("-1000.50"), 2), ("baten", K25, D("100.25"), 1), ("onttrekking", K25, D(7), 1)])
RIJ = (
    "b-2025",
    1,
    "1",
    "Veiligheid",
    "1A",
    "Pakket A",
    "lasten",
    None,
    "r1",
    "=1",
    None,
    "primair",
    2025,
    D("-0.50"),
    1,
)
BESTANDEN = (Bestandrij("begroting.csv", 9, 1, "ab" * 32), Bestandrij("begroting.json", 9, 1, "cd" * 32))


def stuk(
    selectie: Selectie = ALLES, som: Samenvatting = SOM, bestanden: tuple[Bestandrij, ...] = BESTANDEN
) -> Uitvoerstuk:
    return Uitvoerstuk("Dronten", uitgave(), KEUZES, selectie, Proef(som, (RIJ,), bestanden))


def test_alles() -> None:
    eigen = uitgave()
    pagina = uitvoerpagina(stuk(), actueel(eigen))

    assert (pagina.rijen, pagina.keuze, pagina.leeg) == ("4 rijen", (), False)
    assert [groep.naam for groep in pagina.groepen] == ["programma", "pakket", "taakveld", "soort", "fase", "jaar"]
    assert [groep.lang for groep in pagina.groepen] == [False, True, False, False, False, False]
    assert [vakje.tekst for vakje in pagina.groepen[2].vakjes] == ["1.2 Openbare orde", "Geen taakveld"]
    assert not any(vakje.gekozen for groep in pagina.groepen for vakje in groep.vakjes)
    assert pagina.sommen[0].naam == "Primaire begroting 2025"
    assert dict(zip(pagina.grootheden, pagina.sommen[0].bedragen, strict=True)) == {
        "Lasten": f"{MINTEKEN}1.000,50",
        "Baten": "100,25",
        "Saldo": f"{MINTEKEN}900,25",
        "Toevoegingen": "0,00",
        "Onttrekkingen": "7,00",
        "Resultaat": f"{MINTEKEN}893,25",
    }
    assert pagina.controletotaal == f"{MINTEKEN}893,25"
    assert [kolom.tekst for kolom in pagina.kolommen][-4:] == ["omschrijving", "fase", "jaar", "bedrag"]
    assert [cel.tekst for cel in pagina.voorbeeldrijen[0]][3:] == [
        *("(leeg)", "r1", "=1", "primair", "2025", f"{MINTEKEN}0,50"),
    ]
    assert [cel.getal for cel in pagina.voorbeeldrijen[0]] == [kolom.getal for kolom in pagina.kolommen]
    # What is not shown is named.
    assert pagina.rest == "document, versie, programma, pakket, incidenteel en bronprecisie"
    assert [(download.link.href, download.sha256) for download in pagina.downloads] == [
        (f"/{eigen.document_slug}/begroting.csv", "ab" * 32),
        (f"/{eigen.document_slug}/begroting.csv?vorm=excel", ""),
        (f"/{eigen.document_slug}/begroting.json", "cd" * 32),
    ]


def test_een_werkmap_die_nog_niet_is_gemaakt() -> None:
    def namen(keuze: Selectie, *rijen: Bestandrij) -> list[str]:
        pagina = uitvoerpagina(stuk(keuze, bestanden=(*BESTANDEN, *rijen)), actueel(uitgave()))
        return [download.link.href for download in pagina.downloads if ".xlsx" in download.link.href]

    adres = f"/{uitgave().document_slug}/begroting.xlsx"
    assert namen(ALLES) == []
    assert namen(ALLES, Bestandrij("begroting.xlsx", 9, 0, "ef" * 32)) == [adres]
    assert namen(Selectie(jaar=(2025,))) == [f"{adres}?jaar=2025"]


def test_een_keuze_staat_in_het_formulier_in_woorden_en_in_elk_adres() -> None:
    eigen = uitgave()
    keuze = Selectie(("1",), ("1A", "1B"), ("geen",), ("lasten",), jaar=(2025,), gewijzigd_sinds=date(2024, 9, 4))
    pagina = uitvoerpagina(stuk(keuze), vast(eigen))

    assert [(groep.naam, vakje.waarde) for groep in pagina.groepen for vakje in groep.vakjes if vakje.gekozen] == [
        ("programma", "1"),
        ("pakket", "1A"),
        ("pakket", "1B"),
        ("taakveld", "geen"),
        ("soort", "lasten"),
        ("jaar", "2025"),
    ]
    assert pagina.sinds == "2024-09-04"
    assert pagina.keuze == (
        "Programma: 1 Veiligheid",
        "Pakket: 1A Pakket A, 1B Pakket B",
        "Taakveld: Geen taakveld",
        "Soort: Lasten",
        "Jaar: 2025",
        "Gewijzigd op of na 4 september 2024",
    )
    assert all(keuze.vraag() in download.link.href and not download.sha256 for download in pagina.downloads)
    assert pagina.downloads[1].link.href.endswith(f"?{keuze.vraag()}&vorm=excel")
    assert pagina.vaste_link == f"/{eigen.document_slug}/versie/{eigen.nummer}/uitvoer/?{keuze.vraag()}"
    assert pagina.bestand.endswith("-begroting-selectie.csv")


def test_hoeveel_er_te_zien_zijn() -> None:
    def zin(aantal: int) -> str:
        return uitvoerpagina(stuk(som=replace(SOM, rijen=aantal)), actueel(uitgave())).eerste

    assert zin(EERSTE_RIJEN + 1981) == "De eerste 20 van 2.001 rijen"
    assert (zin(1), zin(2), zin(EERSTE_RIJEN)) == ("De rij", "Alle 2 rijen", "Alle 20 rijen")


def test_niets() -> None:
    pagina = uitvoerpagina(stuk(som=Samenvatting()), actueel(uitgave()))

    assert (pagina.leeg, pagina.rijen, pagina.sommen, pagina.controletotaal) == (True, "0 rijen", (), "0,00")


def test_een_concept_belooft_geen_vast_adres() -> None:
    eigen = replace(uitgave(), gepubliceerd_op=None, controlesom="", anker="")
    pagina = uitvoerpagina(replace(stuk(bestanden=()), uitgave=eigen), voorbeeld(eigen))

    assert (pagina.vaste_link, pagina.somlijst, pagina.controlegetal) == ("", "", "")
    assert all(download.link.href.startswith("/beheer/voorbeeld/") for download in pagina.downloads)
