"""The page of a figure: what it computes is what the table shows, whatever stands in the rows."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from programma.cijfer import Cijfer, celwoord, lees_cijfer
from programma.inhoud import Gedrukt, Inwoners, Pakketrij
from programma.inhoud.opbouw import (
    Bedragrij,
    Bedragstuk,
    Bronrij,
    Opbouw,
    Pakketregels,
    Pakketstuk,
    Regelbedrag,
    Regelrij,
    Spoorrij,
    Taakveldrij,
    Wijzigingrij,
    Wijzigingsom,
)
from programma.pagina import actueel, bedragpagina, gegevens, kies, pakketpagina
from programma.pagina.berekening import optelsom
from programma.pagina.wijziging import wijzigingstappen
from programma.raming import Grootheid, Soort, tel_op
from programma.tables import Opbouwtabel, Pakkettabel, Ramingtabel, Wijzigingtabel
from tests.programma.pagina.test_html import lees
from tests.programma.test_tables import cellen
from tests.stukken import INWONERS, K23, K24, K25, MOMENT, gelezen, programmastuk

D = Decimal
GIF = "<script>alert(1)</script>\"'&"


def stuk(wat: str, kolom: Any = K25, **anders: Any) -> Bedragstuk:
    """Return what the page of a figure of the demonstration rests on; each cell there is one line."""
    geheel = programmastuk()
    cijfer = lees_cijfer(wat, geheel.pakketten)
    assert cijfer is not None
    velden: dict[str, Any] = {
        "gemeente": "Dronten", "uitgave": geheel.uitgave, "cijfer": cijfer, "kolom": kolom, "kolommen": geheel.kolommen,
        "programma": geheel.programma, "programmas": geheel.programmas, "pakketten": geheel.pakketten,
        "cellen": geheel.cellen, "gedrukt": geheel.gedrukt, "inwoners": INWONERS,
        "opbouw": None if cijfer.totaal else _opbouw(cijfer, kolom),
    }  # fmt: skip
    return Bedragstuk(**velden | anders)


def _opbouw(cijfer: Cijfer, kolom: Any) -> Opbouw:
    eigen = [cel for cel in programmastuk().cellen if (cel.pakket, cel.soort) == (cijfer.pakket, cijfer.soort)]
    regel = Regelrij("r1", eigen[0].pakket, eigen[0].soort, "Een regel")
    bedragen = [Bedragrij("r1", cel.euro, 1000) for cel in eigen if cel.kolom == kolom]
    return Opbouw([regel], bedragen, {cel.kolom: cel.euro for cel in eigen})


def vergiftigd(wat: str = "1e-lasten") -> Bedragstuk:
    """Return a figure of which every text that people write is poison."""
    regel = Regelrij("r1", "1E", "lasten", GIF, Taakveldrij("1.1", GIF), "ja", GIF, GIF)
    bron, wijziging = Bronrij(GIF, GIF, GIF), Wijzigingrij(GIF, GIF, GIF, GIF)
    bedragen = [Bedragrij("r1", D(-5), 1, GIF, None, bron), Bedragrij("r1", D(-1), 1, GIF, wijziging, None)]
    spoor = Spoorrij(MOMENT, "+", "import", f"import 1: {GIF}, sha256 {'a' * 64}", True, 1)
    een = stuk(wat, opbouw=Opbouw([regel], bedragen, {K25: D(-6)}, [spoor]))
    pakketten = [Pakketrij("1E", GIF), *een.pakketten[1:]]
    return replace(een, gemeente=GIF, uitgave=replace(een.uitgave, titel=GIF, reden=GIF), pakketten=pakketten)


def html(een: Bedragstuk) -> str:
    """Render the page of a figure as its view does."""
    optelling, adres = tel_op(een.cellen), actueel(een.uitgave)
    context = {
        "demo": True,
        "gemeente": een.gemeente,
        "pagina": bedragpagina(een, optelling, adres),
        "tabel": Opbouwtabel(een, optelling, adres),
        "wijzigingen": Wijzigingtabel(een, optelling),
    }
    return render_to_string("programma/bedrag.html", context)


@pytest.mark.parametrize(
    ("weergave", "anker", "vorm"),
    [("duizend", "in-duizenden", r"= (\S+), afgerond"), ("inwoner", "per-inwoner", r"= (\S+) euro per inwoner"),
     ("verandering", "verandering", r"= (\S+%)\.")],
)  # fmt: skip
def test_elke_berekening_is_die_van_de_tabel(weergave: str, anker: str, vorm: str) -> None:
    """Of every row and column of the money table of the demonstration, to the digit."""
    geheel = programmastuk()
    optelling, adres = tel_op(geheel.cellen), actueel(geheel.uitgave)
    tabel = Ramingtabel(geheel, kies(weergave, None, geheel.kolommen, INWONERS), optelling, adres)
    for record, tekst in zip(tabel.data, cellen(tabel).values(), strict=True):
        wat = record["naar"].rstrip("/").split("/")[-1]
        for kolom, waarde in zip(geheel.kolommen, tekst, strict=True):
            pagina = bedragpagina(stuk(wat, kolom), optelling, adres)
            (zin,) = [stap.zin for stap in pagina.stappen if stap.anker == anker]
            gevonden = re.search(vorm, zin)
            assert (gevonden[1] if gevonden else "n.v.t.") == waarde, (wat, kolom)


def test_de_kop_en_de_zin() -> None:
    pagina = bedragpagina(stuk("1e-lasten"), tel_op(programmastuk().cellen), actueel(programmastuk().uitgave))

    assert pagina.naam.replace("\u00a0", " ") == (
        "€ 3.516.000 lasten, 1E Rampenbestrijding en crisisorganisatie, primaire begroting 2025"
    )
    assert pagina.zin == "Dit bedrag staat in de Programmabegroting 2025, versie 1, aangeboden aan de raad."
    assert pagina.teken == "In de tabellen staat dit als −3.516 (× € 1.000). Een minteken betekent: kosten."
    assert [link.tekst for link in pagina.kruimels][-2] == "1E Rampenbestrijding en crisisorganisatie"


def test_zonder_inwoners_en_in_de_eerste_kolom() -> None:
    een = stuk("lasten", K23, inwoners=Inwoners({}))
    pagina = bedragpagina(een, tel_op(een.cellen), actueel(een.uitgave))

    assert "per-inwoner" not in [stap.anker for stap in pagina.stappen]
    assert pagina.stappen[-1].zin == "Dit is de eerste kolom van de tabel: er is geen kolom ervoor."


def test_een_gedrukt_totaal_dat_afwijkt_staat_erbij() -> None:
    een = stuk("saldo", gedrukt=[Gedrukt("saldo", K25, D(-6_500_000), "1"), Gedrukt("saldo", K24, D(0), "1")])
    aansluiting = bedragpagina(een, tel_op(een.cellen), actueel(een.uitgave)).aansluiting

    assert aansluiting is not None
    (afwijking,) = aansluiting.afwijkingen
    assert afwijking.verschil == "€\u00a084.000" and not afwijking.afronding


def test_een_lang_totaal_verwijst_naar_zijn_pakketten() -> None:
    een = stuk("lasten")
    tabel = Opbouwtabel(een, tel_op(een.cellen), actueel(een.uitgave))

    assert [rij["naar"].split("/")[-2] for rij in tabel.data if "naar" in rij] == ["1e-lasten", "1f-lasten"]
    assert cellen(tabel)["Totaal"] == ["−6.586.000"]


@given(st.lists(st.decimals(-(10**12), 10**12, places=2), min_size=1, max_size=8))
def test_een_som_in_woorden_klopt(bedragen: list[Decimal]) -> None:
    tekst = optelsom(bedragen, centen=True)
    delen = re.split(r" ([+−]) ", tekst)
    som = gelezen(delen[0])
    for teken, bedrag in zip(delen[1::2], delen[2::2], strict=True):
        som += gelezen(bedrag) * (1 if teken == "+" else -1)

    assert som == sum(bedragen)


@given(st.lists(st.tuples(st.sampled_from(["", "1", "2", "10", "2024-9"]), st.decimals(-999, 999, places=2))))
def test_wijzigingen_sluiten_op_elkaar_aan(rijen: list[tuple[str, Decimal]]) -> None:
    bedragen = [Bedragrij("r", bedrag, wijziging=Wijzigingrij(nr, "s", "t") if nr else None) for nr, bedrag in rijen]
    stappen = wijzigingstappen(bedragen)
    begin = sum((bedrag for nr, bedrag in rijen if not nr), D(0))

    for voor, stap in zip([begin, *(stap.na for stap in stappen)], stappen, strict=False):
        assert stap.voor == voor and stap.na == voor + stap.verschil
    if stappen:
        assert stappen[-1].na == sum(bedrag for _, bedrag in rijen)
    assert [stap.wijziging.nummer for stap in stappen] == [nr for nr in ("1", "2", "10", "2024-9") if nr in dict(rijen)]


class TestVeilig:
    """What people write stays text."""

    def test_op_de_pagina_van_een_bedrag(self) -> None:
        tekst = html(vergiftigd())
        boom = lees(tekst)

        assert "<script>alert" not in tekst
        assert boom.tekst.count("alert(1)") > 15
        assert len([s for s in boom.alle("script") if not s.attributen.get("src")]) == 0

    def test_op_de_pagina_van_een_pakket(self) -> None:
        geheel = programmastuk(gemeente=GIF)
        regels = Pakketregels(
            [Regelrij("r1", "1E", "lasten", GIF, Taakveldrij("1.1", GIF))],
            [Regelbedrag("r1", K25, D(-3_516_000))],
            [Wijzigingsom(Wijzigingrij(GIF, GIF, GIF, GIF), "lasten", K25, D(-1))],
        )
        een = Pakketstuk(geheel, Pakketrij("1E", GIF), regels)
        keuze, optelling, adres = (
            kies(None, None, geheel.kolommen, INWONERS),
            tel_op(geheel.cellen),
            actueel(geheel.uitgave),
        )
        context = {
            "gemeente": GIF,
            "pagina": pakketpagina(een, keuze, optelling, adres),
            "tabel": Pakkettabel(een, keuze, optelling, adres),
        }
        tekst = render_to_string("programma/pakket.html", context)

        assert "<script>alert" not in tekst and lees(tekst).tekst.count("alert(1)") > 8

    def test_de_gegevens_zijn_json(self) -> None:
        een = vergiftigd()
        data = json.loads(gegevens(een, tel_op(een.cellen)))

        assert data["regels"][0]["omschrijving"] == GIF
        assert [bedrag["euro"] for bedrag in data["regels"][0]["bedragen"]] == ["-5.00", "-1.00"]
        assert data["euro"] == "-3516000.00"


def test_elk_totaal_en_elke_cel_heeft_gegevens() -> None:
    for wat in [*(g.value for g in Grootheid), celwoord("1E", Soort.LASTEN)]:
        een = stuk(wat)
        data = json.loads(gegevens(een, tel_op(een.cellen)))

        assert data["wat"] == wat and data["adres"].startswith("/programmabegroting-2025/versie/1/")
        assert data["grootheid"] in set(Grootheid)
        assert ("delen" in data) != ("regels" in data)
