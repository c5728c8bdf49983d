"""The page of the reconciliation, and its rows in a file."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal

import pytest

from programma.aansluiting import Aansluitstuk, Bestandproef, Controle, Oordeel, Plek, Rij, controleer
from programma.inhoud import Bestandrij, Gedrukt
from programma.pagina import aansluitpagina as module
from programma.pagina import vast, voorbeeld
from programma.pagina.aansluitpagina import (
    Aansluitpagina,
    Rapportkeuze,
    aansluitpagina,
    csv_rijen,
    lees_keuze,
    link,
    waar,
)
from programma.tables.aansluiting import Aansluittabel, Tellingtabel
from tests import stukken
from tests.aansluitstukken import ander, regel, stuk
from tests.stukken import K24, K25
from veiligheid.exports import EXCEL, MACHINE, tabel_csv_bytes

D = Decimal


def pagina(dit: Aansluitstuk, keuze: Rapportkeuze = Rapportkeuze()) -> Aansluitpagina:  # noqa: B008 - frozen
    return aansluitpagina(dit, controleer(dit), keuze)


def demo() -> Aansluitstuk:
    """The demonstration: every amount a line, its 24 printed totals."""
    regels = [regel(cel.programma, cel.pakket, cel.soort, cel.euro, cel.kolom) for cel in stukken.cellen()]
    return stuk(regels, gedrukt=stukken.gedrukt())


class TestZin:
    def test_24_van_24(self) -> None:
        een = pagina(demo())

        assert een.zin == "24 van 24 gedrukte totalen sluiten aan"
        assert "Verschil: 0." in een.rest

    def test_een_die_niet_aansluit(self) -> None:
        dit = demo()
        eerste, tweede, *rest = dit.gedrukt
        een = pagina(
            replace(dit, gedrukt=[replace(eerste, euro=D(1)), replace(tweede, euro=tweede.euro + 1000), *rest])
        )

        assert een.zin == "22 van 24 gedrukte totalen sluiten aan, bij 1 is er een verschil door afronding"
        assert [rij.oordeel for rij in een.rijen[:2]] == [Oordeel.VERSCHIL, Oordeel.AFRONDING]

    def test_zonder_gedrukte_totalen(self) -> None:
        assert pagina(stuk(gedrukt=[])).zin.endswith("controles sluiten aan")

    def test_de_telling_is_volledig(self) -> None:
        een = pagina(demo(), Rapportkeuze(alles=True))

        assert een.telling.total() == len(een.rijen) == len(controleer(demo()))
        assert [Tellingtabel(een.telling).data[-1][naam] for naam in ("aan", "samen")] == [
            str(sum(een.telling[controle, Oordeel.AAN] for controle in Controle)),
            str(een.telling.total()),
        ]


class TestKeuze:
    @pytest.mark.parametrize(
        ("controle", "alles", "verwacht"),
        [
            (None, None, Rapportkeuze()),
            ("iv3", "1", Rapportkeuze(Controle.IV3, True)),
            ("IV3", "ja", Rapportkeuze()),
            ("", "", Rapportkeuze()),
            ("x" * 5000, "2", Rapportkeuze()),
        ],
    )
    def test_wat_er_gevraagd_is(self, controle: str | None, alles: str | None, verwacht: Rapportkeuze) -> None:
        assert lees_keuze(controle, alles) == verwacht

    def test_alleen_wat_afwijkt(self) -> None:
        assert all(rij.oordeel != Oordeel.AAN for rij in pagina(demo()).rijen)

    def test_een_controle(self) -> None:
        een = pagina(demo(), Rapportkeuze(Controle.GEDRUKT))

        assert (een.rijen, een.gevonden) == ((), "Er is niets dat afwijkt bij gedrukte totalen.")
        assert len(pagina(demo(), Rapportkeuze(Controle.GEDRUKT, True)).rijen) == 24
        assert [optie.waarde for optie in een.opties if optie.gekozen] == ["gedrukt"]

    def test_niet_meer_dan_op_een_scherm_past_en_het_ergste_blijft(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "OP_HET_SCHERM", 3)
        dit = stuk(gedrukt=[*stuk().gedrukt, Gedrukt("lasten", K25, D(5), "1")])
        een = pagina(dit, Rapportkeuze(alles=True))

        assert len(een.rijen) == 3
        assert Oordeel.VERSCHIL in {rij.oordeel for rij in een.rijen}
        assert een.meer.startswith("U ziet er 3, de ernstigste eerst.")


def test_de_vaste_link_is_die_van_het_rapport() -> None:
    assert pagina(stuk()).herkomst.vaste_link == vast(stuk().uitgave).rapport


class TestStand:
    def test_de_nieuwste_publicatie_telt(self) -> None:
        later = stukken.MOMENT.replace(year=2027)
        een = pagina(stuk(volgend=ander(gepubliceerd_op=later)))

        assert een.stand_van is not None
        assert een.stand_van.machine == later.isoformat()

    def test_een_concept_heeft_er_geen(self) -> None:
        assert pagina(stuk(uitgave=stukken.uitgave(gepubliceerd_op=None, status="concept"))).stand_van is None


@pytest.mark.parametrize(
    ("plek", "verwacht"),
    [
        (Plek("lasten", "1", "1A", K25, "1a-lasten"), "Lasten, pakket 1A, primaire begroting 2025"),
        (Plek("saldo", "1", "", K24, "saldo"), "Saldo, programma 1, begroting na wijziging 2024"),
        (Plek("saldo", kolom=K25, woord="saldo"), "Saldo, hele document, primaire begroting 2025"),
        (Plek("pakket 1A", "1", "1A"), "Pakket 1A, programma 1"),
        (Plek("programma 1", "1"), "Programma 1"),
        (Plek("programma 9", "9", "9A"), "Programma 9, pakket 9A"),
        (Plek("document.pdf"), "document.pdf"),
    ],
)
def test_waar(plek: Plek, verwacht: str) -> None:
    een = Rij(Controle.BESTANDEN if "." in plek.wat else Controle.REGELS, plek, "", None, None, Oordeel.ONBEKEND)

    assert waar(een, stuk()) == verwacht


@pytest.mark.parametrize(
    ("controle", "plek", "verwacht"),
    [
        (
            Controle.REGELS,
            Plek("lasten", "1", "1A", K25, "1a-lasten"),
            "programma/programma-1/bedrag/1a-lasten/primair-2025/",
        ),
        (Controle.NIVEAUS, Plek("saldo", kolom=K25, woord="saldo"), "bedrag/saldo/primair-2025/"),
        (Controle.TEKSTEN, Plek("“€ 5”", "1", "1A"), "programma/programma-1/pakket/1a/"),
        (Controle.TEKSTEN, Plek("“€ 5”", "1"), "programma/programma-1/"),
        (Controle.BESTANDEN, Plek("begroting.csv"), "begroting.csv"),
    ],
)
def test_een_rij_wijst_naar_haar_cijfer(controle: Controle, plek: Plek, verwacht: str) -> None:
    dit = stuk(bestanden=[Bestandproef(Bestandrij("begroting.csv", 1, 1, "b" * 64))])
    een = Rij(controle, plek, "", D(1), D(1), Oordeel.AAN)

    for adres in (vast(dit.uitgave), voorbeeld(dit.uitgave)):
        assert link(een, dit, adres) == adres.wortel + verwacht


@pytest.mark.parametrize(
    ("controle", "plek"),
    [
        (Controle.REGELS, Plek("lasten", "9", "9A", K25, "9a-lasten")),
        (Controle.BESTANDEN, Plek("weg.pdf")),
        (Controle.IV3, Plek("alle taakvelden")),
    ],
)
def test_een_rij_zonder_pagina(controle: Controle, plek: Plek) -> None:
    assert link(Rij(controle, plek, "", None, None, Oordeel.ONBEKEND), stuk(), vast(stukken.uitgave())) == ""


class TestCsv:
    def rijen(self, dit: Aansluitstuk) -> list[dict[str, str]]:
        tekst = b"".join(tabel_csv_bytes(csv_rijen(dit, controleer(dit)), MACHINE)).decode()
        return list(csv.DictReader(tekst.splitlines()))

    def test_alle_rijen_en_wat_erin_staat(self) -> None:
        dit = demo()
        rijen = self.rijen(dit)

        assert len(rijen) == len(controleer(dit))
        assert rijen[0] == {
            "document": "programmabegroting-2025",
            "versie": "1",
            "controle": "gedrukt",
            "programma_code": "1",
            "programma": "Naam 1",
            "pakket_code": "",
            "pakket": "",
            "wat": "lasten",
            "fase": "realisatie",
            "jaar": "2023",
            "vergeleken": "gedrukt totaal in de bron, en de som van de regels, afgerond op duizend euro",
            "gepubliceerd": "-6074000.00",
            "nagerekend": "-6074000.00",
            "verschil": "0.00",
            "speling": "1500.00",
            "oordeel": "sluit aan",
            "reden": "",
        }

    def test_wie_de_getallen_vergelijkt_vindt_hetzelfde_oordeel(self) -> None:
        """The amounts in the file are exact: whoever subtracts them finds the difference that stands beside them."""
        for rij in self.rijen(demo()):
            if rij["verschil"]:
                assert D(rij["nagerekend"]) - D(rij["gepubliceerd"]) == D(rij["verschil"])
                assert rij["oordeel"] == "sluit aan"

    def test_dezelfde_bytes(self) -> None:
        a, b = (b"".join(tabel_csv_bytes(csv_rijen(demo(), controleer(demo())), EXCEL)) for _ in range(2))

        assert a == b
        assert a.startswith(b"\xef\xbb\xbfdocument;versie;")
        assert b"-6074000,00" in a


def test_de_tabel_toont_een_cent_en_kort_een_sha256_in() -> None:
    dit = stuk(bestanden=[Bestandproef(Bestandrij("begroting.csv", 1, 1, "b" * 64), "a" * 64)])
    rijen = [
        Rij(
            Controle.REGELS,
            Plek("lasten", "1", "1A", K25, "1a-lasten"),
            "a, en b",
            D("-1000.01"),
            D("-1000"),
            Oordeel.VERSCHIL,
        ),
        *(rij for rij in controleer(dit) if rij.controle == Controle.BESTANDEN),
    ]
    tabel = Aansluittabel(dit, rijen, vast(dit.uitgave))
    (_, (eerste,)), (_, (tweede,)) = tabel.kale_lichamen()

    assert eerste.cellen == ("−1.000,01", "−1.000", "0,01", "0", "verschil", "n.v.t.")
    assert tweede.cellen[:4] == ("b" * 16 + "…", "a" * 16 + "…", "n.v.t.", "n.v.t.")
