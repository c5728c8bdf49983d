"""What goes into a PDF is what stands on the page: no figure and no sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from programma.afdruk.lezen import bij_publicatie
from programma.inhoud import Bestandrij, Partijrij
from programma.pagina import kies
from programma.raming import tel_op
from programma.tables import Ramingtabel
from tests import stukken
from tests.programma.afdruk.stukken import document, programma
from veiligheid.formatting import duizenden


def teksten(gegevens: Any) -> Iterator[str]:
    """Yield every text in the data."""
    match gegevens:
        case str():
            yield gegevens
        case dict():
            for deel in gegevens.values():
                yield from teksten(deel)
        case list():
            for deel in gegevens:
                yield from teksten(deel)


def van_soort(gegevens: dict[str, Any], soort: str) -> list[dict[str, Any]]:
    return [blok for blok in gegevens["blokken"] if blok["soort"] == soort]


def koppen(gegevens: dict[str, Any]) -> list[tuple[int, str]]:
    return [(blok["niveau"], blok["tekst"]) for blok in van_soort(gegevens, "kop")]


class TestProgramma:
    def test_de_24_gedrukte_totalen_staan_in_de_tabel(self) -> None:
        tabel = van_soort(programma(), "tabel")[0]
        rijen = {rij["kop"]: rij["cellen"] for groep in tabel["groepen"] for rij in groep["rijen"]}
        namen = {
            "lasten": "Totaal lasten",
            "baten": "Totaal baten",
            "saldo": "Saldo van lasten en baten",
            "resultaat": "Resultaat programma 1",
        }
        jaren = [kop["tekst"] for kop in tabel["koppen"][1:]]

        totalen = stukken.gedrukt()

        assert len(totalen) == 24
        for totaal in totalen:
            assert rijen[namen[totaal.grootheid]][jaren.index(str(totaal.kolom.jaar))] == duizenden(totaal.euro)

    def test_de_tabel_is_die_van_de_pagina(self) -> None:
        stuk = stukken.programmastuk()
        tabel = Ramingtabel(stuk, kies(None, None, stuk.kolommen, stuk.inwoners), tel_op(stuk.cellen))
        html = "".join(rij.cellen for lichaam in tabel.lichamen() for rij in lichaam.rijen)
        gedrukt = van_soort(programma(), "tabel")[0]

        cellen = [cel for groep in gedrukt["groepen"] for rij in groep["rijen"] for cel in rij["cellen"]]

        assert cellen == [re.sub("<[^>]+>", "", cel) for cel in html.split("</td>")[:-1]]
        assert [groep["kop"] for groep in gedrukt["groepen"]] == [lichaam.kop for lichaam in tabel.lichamen()]

    def test_elke_tekst_van_de_pagina(self) -> None:
        pagina, alles = stukken.pagina(), "\n".join(teksten(programma()))

        for pakket in pagina.pakketten:
            assert pakket.titel in alles
            for blok in pakket.blokken:
                for deel in (blok.kop, *blok.alineas, *blok.opmerkingen, *(doel.tekst for doel in blok.doelen)):
                    assert deel in alles
                for thema in blok.themas:
                    assert thema.naam in alles
                    assert all(alinea in alles for alinea in thema.alineas)
        assert pagina.som and pagina.duiding and pagina.grafiek and pagina.indicatoren and pagina.aansluiting
        delen = [
            *(term.bedrag for term in pagina.som.termen),
            *(pagina.duiding.verschil, pagina.grafiek.omschrijving, pagina.aansluiting.zin, pagina.herkomst.vaste_link),
            *(kaart.slot for kaart in pagina.indicatoren.kaarten),
            *(partij.naam for partij in pagina.partijen),
            *(begrip.uitleg for begrip in pagina.tabel.begrippen),
        ]
        vast = stukken.pagina(op_vast_adres=True).herkomst.vaste_link
        assert all(deel in alles for deel in [*delen, vast] if deel)

    def test_de_voet_noemt_versie_en_controlesom(self) -> None:
        assert programma()["voet"] == "Programmabegroting 2025 · versie 1 · controlesom cccccccccccccccc…"

    def test_alleen_de_demonstratie_zegt_dat_zij_dat_is(self) -> None:
        assert programma()["demo"] == "demonstratie, geen publicatie van de gemeente Dronten"
        assert programma(demo=False)["demo"] == ""

    def test_de_koppen(self) -> None:
        gegevens = programma()

        assert koppen(gegevens)[0] == (1, "Veiligheid")
        assert (2, "1E Rampenbestrijding en crisisorganisatie") in koppen(gegevens)
        assert koppen(gegevens)[-2:] == [(2, "Herkomst"), (2, "Zelf narekenen")]

    def test_een_leeg_programma(self) -> None:
        leeg: dict[str, Any] = dict.fromkeys(
            ("cellen", "gedrukt", "secties", "doelen", "partijen", "reeksen", "bestanden", "pakketten"), ()
        )

        gegevens = programma(**leeg)

        assert [tekst for _, tekst in koppen(gegevens)][-3:] == [
            "Wat betekenen de woorden in deze tabel?",
            "Herkomst",
            "Zelf narekenen",
        ]
        assert not van_soort(gegevens, "grafiek")

    def test_meer_lasten_dan_gedrukt(self) -> None:
        cellen = stukken.cellen()
        gegevens = programma(cellen=[cellen[0]._replace(euro=cellen[0].euro - 5000), *cellen[1:]])

        assert any("Wij tonen wat de regels samen zijn" in tekst for tekst in teksten(gegevens))

    def test_wat_de_wet_van_een_partij_vraagt(self) -> None:
        """Print has no way to the page of the party: everything stands here, what is unknown with its reason."""
        blokken = programma()["blokken"]

        feiten = {naam: waarden for blok in blokken if blok["soort"] == "feiten" for naam, waarden in blok["paren"]}
        assert feiten["Vestigingsplaats"] == [{"tekst": "Lelystad"}]
        assert "De burgemeester van Dronten" in feiten["Bestuurlijk belang"][0]["tekst"]
        for dag in ("1 januari", "31 december"):
            assert feiten[f"Belang van de gemeente op {dag} 2025"] == [{"tekst": "onbekend"}]
        assert feiten["Waarom onbekend?"][0]["tekst"].startswith("Deze demonstratie gebruikt alleen")

    def test_een_partij_zonder_pakket(self) -> None:
        gegevens = programma(partijen=[Partijrij("GGD", "", "gemeenschappelijke_regeling")])

        assert (3, "GGD") in koppen(gegevens)


class TestDocument:
    def test_alle_delen_onder_elkaar(self) -> None:
        gegevens = document()

        tweede = [tekst for niveau, tekst in koppen(gegevens) if niveau == 2]
        assert tweede == [
            *("Inhoud", "Waar gaat het geld heen?", "Waar komt het vandaan?", "Programma’s"),
            *("Programma 1 Veiligheid", "Programma 1 Veiligheid", "Herkomst", "Zelf narekenen"),
        ]
        assert koppen(gegevens)[0] == (1, "Programmabegroting 2025")
        assert len(van_soort(gegevens, "tabel")) == 5

    def test_de_inhoudsopgave_noemt_zichzelf_niet(self) -> None:
        genoemd = [blok["tekst"] for blok in van_soort(document(), "kop") if not blok["genoemd"]]

        assert genoemd == ["Inhoud"]


class TestOpElkMomentHetzelfde:
    """A PDF may be made later than the publication: what was recorded in between is not in it."""

    def test_een_besluit_van_later(self) -> None:
        toen = stukken.uitgave()
        later = replace(
            toen, raadsbesluit_nummer="2025-1", raadsbesluit_datum=date(2024, 11, 7), reden="x", status="ingetrokken"
        )

        assert programma(uitgave=bij_publicatie(later)) == programma(uitgave=bij_publicatie(toen))

    def test_de_pdf_van_een_ander(self) -> None:
        bestanden = stukken.programmastuk().bestanden

        meer = [*bestanden, Bestandrij("document.pdf", 1, 0, "d" * 64)]

        assert programma(bestanden=meer) == programma()
