"""Must show 1: with nothing but csv, json and decimal, the exports of the demonstration give its printed totals."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from indicatoren import inlezen
from programma.demo.begroting import laad_en_publiceer
from programma.inlezen import lees_taakvelden
from tests.bouwers import Rollen

WORTEL = "/programmabegroting-2025/"
Totalen = dict[tuple[str, str, str], Decimal]


@pytest.fixture
def gedrukt(rollen: Rollen, settings: Any) -> Totalen:
    """Publish the demonstration; return its printed totals in euros, as they stand in its file."""
    fixtures: Path = settings.BASE_DIR / "fixtures"
    inlezen.lees_indicatoren(fixtures / "indicatoren.csv")
    lees_taakvelden(fixtures / "taakvelden.csv")
    laad_en_publiceer(fixtures / "demo", redacteur=rollen.redacteur, publicist=rollen.publicist)
    with (fixtures / "demo" / "gedrukte-totalen.csv").open(encoding="utf-8", newline="") as bestand:
        totalen = {
            (rij["totaal"].removeprefix("totaal_"), rij["fase"], rij["jaar"]): Decimal(rij["bedrag_x_1000"]) * 1000
            for rij in csv.DictReader(bestand)
        }
    assert len(totalen) == 24
    return totalen


def tel_op(bedragen: Iterable[tuple[str, str, str, str]]) -> Totalen:
    """Add amounts (soort, fase, jaar, bedrag) up as the page on open data says that one does."""
    totalen: Totalen = defaultdict(Decimal)
    for soort, fase, jaar, bedrag in bedragen:
        euro = Decimal(bedrag)
        totalen[soort, fase, jaar] += euro
        if soort in {"lasten", "baten"}:
            totalen["saldo", fase, jaar] += euro
        totalen["resultaat", fase, jaar] += euro
    return totalen


def inhoud(client: Client, naam: str) -> str:
    antwoord = client.get(WORTEL + naam)
    assert antwoord.status_code == 200
    return b"".join(antwoord).decode("utf-8")  # type: ignore[arg-type]


def in_json(tekst: str) -> list[tuple[str, str, str, str]]:
    return [
        (regel["soort"], bedrag["fase"], str(bedrag["jaar"]), bedrag["bedrag"])
        for regel in json.loads(tekst)["regels"]
        for bedrag in regel["bedragen"]
    ]


def test_csv_en_json_komen_uit_op_de_gedrukte_totalen(client: Client, gedrukt: Totalen) -> None:
    rijen = csv.DictReader(io.StringIO(inhoud(client, "begroting.csv"), newline=""))
    uit_csv = tel_op((rij["soort"], rij["fase"], rij["jaar"], rij["bedrag"]) for rij in rijen)
    uit_json = tel_op(in_json(inhoud(client, "begroting.json")))

    assert {sleutel: uit_csv[sleutel] for sleutel in gedrukt} == gedrukt
    assert uit_json == uit_csv
    assert {soort for soort, *_ in set(uit_csv) - set(gedrukt)} == {"onttrekking"}


def test_de_gedrukte_totalen_staan_er_zelf_bij(client: Client, gedrukt: Totalen) -> None:
    data = json.loads(inhoud(client, "begroting.json"))

    assert {
        (rij["grootheid"], rij["fase"], str(rij["jaar"])): Decimal(rij["bedrag"]) for rij in data["gedrukte_totalen"]
    } == gedrukt
    assert {rij["programma"] for rij in data["gedrukte_totalen"]} == {"1"}


def test_delen_tellen_op_tot_het_geheel(client: Client, gedrukt: Totalen) -> None:
    """The exports of each pakket apart hold every line once."""
    codes = [rij["code"] for rij in json.loads(inhoud(client, "begroting.json"))["pakketten"]]
    delen = [deel for code in codes for deel in in_json(inhoud(client, f"begroting.json?pakket={code}"))]

    assert len(codes) > 1
    assert {sleutel: tel_op(delen)[sleutel] for sleutel in gedrukt} == gedrukt
