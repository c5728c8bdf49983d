"""The page of the search: counts, filters, pages, addresses and words."""

from __future__ import annotations

import pytest

from programma.inhoud import Treffer
from programma.pagina.zoeken import PER_PAGINA, Gevonden, adres_van, zoek_begrippen, zoekpagina
from programma.woordenlijst import woord
from programma.zoeken import Groep, lees_vraag
from tests.stukken import treffer

PROGRAMMA = "/programmabegroting-2025/programma/programma-1-veiligheid/"
AANTALLEN = {(Groep.BEDRAG, 2025): 30, (Groep.BEDRAG, 2024): 12, (Groep.TEKST, 2025): 3}


@pytest.mark.parametrize(
    ("gevonden", "adres"),
    [
        (treffer(groep=Groep.TEKST, anker="kosten"), PROGRAMMA + "#kosten"),
        (treffer(groep=Groep.TEKST), PROGRAMMA + "pakket/1e/"),
        (
            treffer(groep=Groep.BEDRAG, anker="kosten", sleutel="1e-lasten-1", fase="primair", jaar=2025),
            PROGRAMMA + "bedrag/1e-lasten-1/primair-2025/",
        ),
        (
            treffer(groep=Groep.BEDRAG, programma_slug="", sleutel="saldo", fase="primair", jaar=2025),
            "/programmabegroting-2025/bedrag/saldo/primair-2025/",
        ),
        (treffer(groep=Groep.PARTIJ, sleutel="ggd"), "/verbonden-partijen/ggd/"),
        (treffer(groep=Groep.TEKST, pakket_code=""), PROGRAMMA + "#algemeen"),
        (treffer(groep=Groep.PROGRAMMA, pakket_code=""), PROGRAMMA),
        (treffer(groep=Groep.INDICATOR, anker="indicator-halt"), PROGRAMMA + "#indicator-halt"),
        (treffer(groep=Groep.DOCUMENT, programma_slug=""), "/programmabegroting-2025/"),
    ],
)
def test_waar_een_resultaat_heen_gaat(gevonden: Treffer, adres: str) -> None:
    assert adres_van(gevonden) == adres


def test_kop_aantallen_en_keuzes() -> None:
    pagina = zoekpagina("Dronten", Gevonden(lees_vraag("brandweer"), aantallen=AANTALLEN, treffers=[treffer()]))

    assert pagina.kop == "45 resultaten voor ‘brandweer’"
    assert [(keuze.tekst, keuze.aantal, keuze.gekozen) for keuze in pagina.soorten] == [
        ("Alles", "45", True),
        ("Bedragen", "42", False),
        ("Teksten", "3", False),
    ]
    assert [(keuze.tekst, keuze.aantal) for keuze in pagina.jaren] == [
        ("Alle jaren", "45"),
        ("2025", "33"),
        ("2024", "12"),
    ]
    assert pagina.soorten[1].href == "/zoeken/?q=brandweer&soort=bedrag"
    assert pagina.vorige is None and pagina.volgende and pagina.volgende.href == "/zoeken/?q=brandweer&p=2"
    assert pagina.stand == f"Resultaat 1 tot en met {PER_PAGINA} van 45 (pagina 1 van 3)"


def test_een_keuze_telt_alleen_zichzelf() -> None:
    gevonden = Gevonden(lees_vraag("brandweer"), Groep.BEDRAG, 2024, aantallen=AANTALLEN, treffers=[treffer()])
    pagina = zoekpagina("Dronten", gevonden)

    assert pagina.kop == "12 resultaten voor ‘brandweer’"
    assert [(keuze.tekst, keuze.aantal, keuze.gekozen) for keuze in pagina.soorten] == [
        ("Alles", "12", False),
        ("Bedragen", "12", True),
    ]
    assert [keuze.gekozen for keuze in pagina.jaren] == [False, False, True]


def test_een_resultaat_zegt_wat_het_is_en_waar_het_staat() -> None:
    (blok,) = zoekpagina("Dronten", Gevonden(lees_vraag("controle"), treffers=[treffer()])).groepen
    (resultaat,) = blok.resultaten

    assert [stukje.tekst for stukje in resultaat.titel if stukje.raak] == ["Handhavingscontroles"]
    assert (resultaat.bedrag, resultaat.bedrag_van) == ("−€\u00a03.516.000", "begroting van 2025")
    assert resultaat.pad == (
        "Programmabegroting 2025, versie 1 › Programma 1 Veiligheid › 1E Rampenbestrijding en crisisorganisatie"
    )


def test_begrippen_staan_vooraan_en_schuiven_de_rest_op() -> None:
    vraag = lees_vraag("uitgaven")
    begrippen = zoek_begrippen(vraag)
    een = zoekpagina("Dronten", Gevonden(vraag, begrippen=begrippen, aantallen={(Groep.BEDRAG, 2025): 20}, blad=1))
    twee = zoekpagina("Dronten", Gevonden(vraag, begrippen=begrippen, aantallen={(Groep.BEDRAG, 2025): 20}, blad=2))

    assert woord("Lasten") in begrippen
    assert [blok.kop for blok in een.groepen] == ["Begrippen"] and twee.groepen == ()
    assert een.groepen[0].resultaten[0].href.startswith("/begrippen/#")


@pytest.mark.parametrize(("getypt", "gevonden"), [("gemeenschappelijke regelingen", True), ("regeling fiets", False)])
def test_een_begrip_antwoordt_op_alle_woorden(getypt: str, gevonden: bool) -> None:
    assert (woord("Gemeenschappelijke regeling") in zoek_begrippen(lees_vraag(getypt))) is gevonden


def test_niets_gevonden_helpt_verder() -> None:
    vraag = lees_vraag("kontrole brandwer")
    pagina = zoekpagina("Dronten", Gevonden(vraag, bedoeld={"kontrole": "controle", "brandwer": "brandweer"}))

    assert pagina.niets and pagina.kop == "Geen resultaten voor ‘kontrole brandwer’"
    assert pagina.bedoeld == ("controle brandweer", "/zoeken/?q=controle+brandweer", "")
    assert [link.tekst for link in pagina.los] == ["kontrole", "brandwer"]


@pytest.mark.parametrize("getypt", ["", "de van het", "???"])
def test_zonder_woorden_geen_resultaten(getypt: str) -> None:
    pagina = zoekpagina("Dronten", Gevonden(lees_vraag(getypt)))

    assert pagina.groepen == () and pagina.niets is bool(getypt)
