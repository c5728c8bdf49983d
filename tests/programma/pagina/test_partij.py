"""The page of a connected party: what is known, and in words what is not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from programma.inhoud import Inwoners, Programmarij, Uitgave
from programma.pagina.partij import KOPPEN, Partijpagina, bericht, partijpagina
from tests.overzichten import SLUG, cijfers, deelname, document, partijenstuk

D = Decimal


def pagina(*uitgaven: Uitgave, **anders: Any) -> Partijpagina:
    een = partijpagina(partijenstuk(*uitgaven, **anders), SLUG)
    assert een is not None
    return een


def test_alles_bekend() -> None:
    een = pagina()

    (regel,) = een.cijfers.regels
    assert een.naam == "Veiligheidsregio" and een.soort == "Gemeenschappelijke regeling"
    assert een.openbaar_belang == ("Snelle hulp.",)
    assert een.bestuurlijk_belang == ("De burgemeester zit in het bestuur.",)
    assert een.vestigingsplaats == ("Lelystad",)
    (belang,) = een.belang.regels
    assert [cel.tekst for cel in belang.cellen] == ["€\u00a0150.000", "2,5%"]
    assert len(belang.cellen) == len(een.belang.koppen) == 2 and een.belang.noten == ()
    assert [cel.tekst for cel in regel.cellen] == [
        *("1.000.000", "1.100.001", "5.000.000", "0", "−25.000", "3.000.000", "60,00"),
    ]
    assert len(regel.cellen) == len(KOPPEN)
    assert regel.uit == ("Programmabegroting 2025, versie 1", "/programmabegroting-2025/versie/1/", "")
    assert (een.cijfers.noten, een.ontbrekend) == ((), ())
    assert een.volledig == "Over 2025 staan alle cijfers die de wet vraagt in de tabellen."
    assert een.inwonerzin == "Aantal inwoners: 50.000 in 2025. Bron: CBS."


def test_onbekend_is_een_woord_met_een_noot() -> None:
    rijen = [
        cijfers(1, 2025, eigen_vermogen_begin=None, bijdrage=None, onbekend_reden="Nog niet ontvangen."),
        cijfers(1, 2026, resultaat=None, onbekend_reden="Nog niet ontvangen."),
        cijfers(1, 2027, resultaat=None, onbekend_reden="De raming komt later."),
    ]

    een = pagina(cijfers=rijen)

    eerste, tweede, derde = een.cijfers.regels
    assert [tuple(cel) for cel in eerste.cellen if cel.noot] == [("onbekend", "1")] * 3
    assert [cel.noot for cel in (*tweede.cellen, *derde.cellen) if cel.noot] == ["1", "2"]
    assert een.cijfers.noten == ("Nog niet ontvangen.", "De raming komt later.")
    assert not [cel for regel in een.cijfers.regels for cel in regel.cellen if cel.noot and cel.tekst != "onbekend"]
    assert een.ontbrekend == (
        "Over 2025 ontbreekt één cijfer van de zeven die de wet vraagt: het eigen vermogen op 1 januari.",
    )


def test_een_onbekend_belang_heeft_zijn_eigen_noot() -> None:
    rijen = [
        cijfers(1, 2024, belang_eind_procent=None, onbekend_reden="Nog niet ontvangen."),
        cijfers(1, 2025, belang_begin=None, belang_eind_procent=None, onbekend_reden="Staat niet in het stuk."),
    ]

    een = pagina(cijfers=rijen)

    assert [[tuple(cel) for cel in regel.cellen] for regel in een.belang.regels] == [
        [("€\u00a0150.000", ""), ("onbekend", "1")],
        [("onbekend", "2"), ("onbekend", "2")],
    ]
    assert een.belang.noten == ("Nog niet ontvangen.", "Staat niet in het stuk.")
    assert een.cijfers.noten == ()
    assert een.ontbrekend == (
        "Over 2025 ontbreken twee cijfers van de zeven die de wet vraagt: het belang van de gemeente op 1 januari en "
        "het belang van de gemeente op 31 december.",
    )


def test_teksten_die_de_wet_vraagt_en_die_er_niet_zijn() -> None:
    zwijgt = [deelname(1, openbaar_belang="", bestuurlijk_belang=" ", vestigingsplaats="")]

    een = pagina(deelnames=zwijgt)

    assert (een.vestigingsplaats, een.openbaar_belang, een.bestuurlijk_belang) == ((), (), ())
    assert een.ontbrekend == (
        "In de Programmabegroting 2025 staat niet: op welke manier de gemeente een belang heeft en het openbaar "
        "belang.",
    )
    assert pagina(document(1, 2025, "kadernota"), deelnames=zwijgt).ontbrekend == ()
    assert pagina(deelnames=[*zwijgt, deelname(1)]).ontbrekend == ()


def test_zonder_inwoners_zegt_de_noot_dat() -> None:
    een = pagina(inwoners=Inwoners({2025: 0}))

    assert een.cijfers.regels[0].cellen[-2:] == (("3.000.000", ""), ("onbekend", "1"))
    assert een.cijfers.noten == ("Van dit jaar is het aantal inwoners niet bekend.",)
    assert een.inwonerzin == ""


def test_elk_jaar_zegt_uit_welk_document_het_komt() -> None:
    een = pagina(
        document(1, 2025),
        document(2, 2024, "jaarstukken"),
        cijfers=[cijfers(1, 2024, bijdrage=D(1)), cijfers(1, 2025), cijfers(2, 2024, bijdrage=D(2))],
    )

    assert [(regel.jaar, regel.cellen[-2].tekst, regel.uit.tekst) for regel in een.cijfers.regels] == [
        ("2024", "2", "Jaarstukken 2024, versie 1"),
        ("2025", "3.000.000", "Programmabegroting 2025, versie 1"),
    ]
    assert [(rij.document.tekst, rij.jaren) for rij in een.vermeldingen] == [
        ("Jaarstukken 2024, versie 1", "2024"),
        ("Programmabegroting 2025, versie 1", "2025"),
    ]


def test_naam_en_belang_zijn_die_van_de_nieuwste_publicatie() -> None:
    een = pagina(
        document(1),
        document(2, 2024),
        deelnames=[
            deelname(1, naam="Oude naam", openbaar_belang="Oud belang."),
            deelname(2, naam="Nieuwe naam", afkorting="NN", openbaar_belang=""),
        ],
    )

    assert een.naam == "Nieuwe naam (NN)"
    assert een.openbaar_belang == ()
    assert een.bron.tekst == "Programmabegroting 2024, versie 1"


def test_een_partij_in_meer_pakketten_noemt_een_programma_een_keer() -> None:
    ander = Programmarij("2", "Zorg", "programma-2-zorg")
    een = pagina(deelnames=[deelname(1), deelname(1, taak="Rampen."), deelname(1, taak=" ", programma=ander)])

    assert [taak.tekst for taak in een.taken] == ["Brandweer.", "Rampen."]
    assert [link.href for link in een.vermeldingen[0].programmas] == [
        "/programmabegroting-2025/programma/programma-1-veiligheid/",
        "/programmabegroting-2025/programma/programma-2-zorg/",
    ]


def test_ontwikkelingen_het_nieuwste_jaar_eerst() -> None:
    een = pagina(
        cijfers=[cijfers(1, 2025, ontwikkelingen="Fusie.\n\nVerhuizing."), cijfers(1, 2026, ontwikkelingen=" ")]
    )

    assert een.ontwikkelingen == ((2025, ("Fusie.", "Verhuizing.")),)


def test_risicos_het_nieuwste_jaar_eerst() -> None:
    een = pagina(cijfers=[cijfers(1, 2025, risico="Tekort.\n\nRente."), cijfers(1, 2026, risico="Groei.")])

    assert een.risicos == ((2026, ("Groei.",)), (2025, ("Tekort.", "Rente.")))


def test_wat_niemand_noemt_bestaat_niet() -> None:
    assert partijpagina(partijenstuk(), "iets-anders") is None
    assert partijpagina(partijenstuk(deelnames=[]), SLUG) is None


class TestGrafiek:
    """The contribution over the years, from two known years on."""

    def test_met_een_jaar_geen_grafiek(self) -> None:
        rijen = [cijfers(1, 2025), cijfers(1, 2026, bijdrage=None, onbekend_reden="Later.")]

        assert pagina(cijfers=rijen).grafiek is None

    def test_een_gat_blijft_een_gat(self) -> None:
        rijen = [
            cijfers(1, 2024, bijdrage=D(2_000_000)),
            cijfers(1, 2025, bijdrage=None, onbekend_reden="Later."),
            cijfers(1, 2026, bijdrage=D(3_000_000)),
        ]

        een = pagina(cijfers=rijen).grafiek

        assert een is not None
        assert een.bericht == "De bijdrage is in 2026 50,0% hoger dan in 2024"
        assert een.grafiek.lijnen == ()
        assert [jaar.onbekend for jaar in een.grafiek.jaren] == [False, True, False]
        assert "2024 2.000, 2025 onbekend, 2026 3.000" in een.omschrijving

    @pytest.mark.parametrize(
        ("begin", "eind", "zin"),
        [
            (100, 90, "De bijdrage is in 2026 10,0% lager dan in 2024"),
            (1000, 1019, "De bijdrage is in 2026 ongeveer even hoog als in 2024"),
            (0, 10, "De bijdrage van de gemeente per jaar"),
            (-5, 10, "De bijdrage van de gemeente per jaar"),
        ],
    )
    def test_bericht(self, begin: int, eind: int, zin: str) -> None:
        assert bericht(2024, D(begin), 2026, D(eind)) == zin
