"""The list of connected parties: four legal kinds, always all four."""

from __future__ import annotations

from decimal import Decimal

from programma.inhoud.partijen import Partijenstuk
from programma.pagina.partijlijst import KOLOMMEN, partijlijst, partijrijen
from tests.overzichten import SLUG, cijfers, deelname, document, partijenstuk

D = Decimal


def test_alle_vier_de_soorten_in_de_volgorde_van_de_wet() -> None:
    stuk = partijenstuk(
        deelnames=[
            deelname(1, "zeehaven", soort="vennootschap_cooperatie"),
            deelname(1, "bank", soort="vennootschap_cooperatie"),
            deelname(1),
        ],
        cijfers=[],
    )

    lijst = partijlijst(stuk)

    assert [(groep.naam, [rij.link.tekst for rij in groep.partijen]) for groep in lijst.groepen] == [
        ("Gemeenschappelijke regelingen", ["Veiligheidsregio"]),
        ("Vennootschappen en coöperaties", ["Bank", "Zeehaven"]),
        ("Stichtingen en verenigingen", []),
        ("Overige verbonden partijen", []),
    ]
    assert lijst.zin == "Wij vonden drie verbonden partijen. Wij zochten in: Programmabegroting 2025 (versie 1)."


def test_de_bijdrage_van_het_nieuwste_jaar_en_uit_welk_document() -> None:
    stuk = partijenstuk(
        document(1, 2025), document(2, 2024, "jaarstukken"), cijfers=[cijfers(1, 2025), cijfers(2, 2024, bijdrage=D(1))]
    )

    (rij,) = partijlijst(stuk).groepen[0].partijen

    assert (rij.bijdrage, rij.jaar) == ("€\u00a03.000.000", "2025")
    assert rij.uit.tekst == "Programmabegroting 2025, versie 1"
    assert rij.link.href == f"/verbonden-partijen/{SLUG}/"


def test_onbekend_is_geen_nul() -> None:
    stuk = partijenstuk(cijfers=[cijfers(1, 2025, bijdrage=None, onbekend_reden="Later.")])

    assert partijlijst(stuk).groepen[0].partijen[0].bijdrage == "onbekend"


def test_wat_ontbreekt_van_wat_de_wet_vraagt() -> None:
    stuk = partijenstuk(
        deelnames=[deelname(1), deelname(1, "bank", bestuurlijk_belang=""), deelname(1, "zwijgt")],
        cijfers=[
            cijfers(1, 2025),
            cijfers(1, 2025, "bank", belang_begin=None, resultaat=None, onbekend_reden="Later."),
        ],
    )

    gaten = {rij.link.tekst: rij.ontbreekt for rij in partijlijst(stuk).groepen[0].partijen}

    assert gaten == {
        "Veiligheidsregio": (),
        "Bank": ("Op welke manier de gemeente een belang heeft", "Twee van de zeven cijfers over 2025"),
        "Zwijgt": ("Alle zeven cijfers over 2025",),
    }


def test_een_onbekende_soort_is_overig() -> None:
    groepen = partijlijst(partijenstuk(deelnames=[deelname(1, soort="iets")])).groepen

    assert [len(groep.partijen) for groep in groepen] == [0, 0, 0, 1]


def test_voor_de_eerste_publicatie() -> None:
    lijst = partijlijst(Partijenstuk("GM0303"))

    assert lijst.zin == "Er is nog geen begroting gepubliceerd."
    assert (len(lijst.groepen), lijst.csv) == (4, None)
    assert list(partijrijen(Partijenstuk("GM0303"))) == [KOLOMMEN]


def test_het_bestand_heeft_een_rij_per_partij_en_jaar() -> None:
    stuk = partijenstuk(
        document(1, 2025, "kadernota"),
        deelnames=[deelname(1), deelname(1, "bank")],
        cijfers=[cijfers(1, 2025), cijfers(1, 2026, resultaat=None, onbekend_reden="Later.")],
    )

    _, *rijen = [dict(zip(KOLOMMEN, rij, strict=True)) for rij in partijrijen(stuk)]

    assert [(rij["partij"], rij["jaar"]) for rij in rijen] == [
        ("Bank", None),
        ("Veiligheidsregio", 2025),
        ("Veiligheidsregio", 2026),
    ]
    assert rijen[1]["eigen_vermogen_eind"] == D("1100000.50") and rijen[1]["onbekend_reden"] == ""
    assert rijen[2]["resultaat"] is None and rijen[2]["onbekend_reden"] == "Later."
    assert {rij["versie"] for rij in rijen} == {1}
    assert {rij["vestigingsplaats"] for rij in rijen} == {"Lelystad"}
    assert {rij["bestuurlijk_belang"] for rij in rijen} == {"De burgemeester zit in het bestuur."}
    assert (rijen[1]["belang_begin"], rijen[1]["belang_begin_procent"]) == (D(150_000), None)
    assert (rijen[1]["belang_eind"], rijen[1]["belang_eind_procent"]) == (None, D("2.5000"))


def test_een_onbekend_belang_geeft_het_bestand_zijn_reden() -> None:
    stuk = partijenstuk(cijfers=[cijfers(1, 2025, belang_begin=None, onbekend_reden="Nog niet ontvangen.")])

    _, rij = [dict(zip(KOLOMMEN, rij, strict=True)) for rij in partijrijen(stuk)]

    assert (rij["belang_begin"], rij["onbekend_reden"]) == (None, "Nog niet ontvangen.")
