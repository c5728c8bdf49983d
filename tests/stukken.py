"""The budget of the demonstration as plain rows, read from its files: for tests that need no database."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from indicatoren.reeks import Punt, Reeks, Status
from programma.inhoud import (
    Bestandrij,
    Cijferrij,
    Documentstuk,
    Doelrij,
    Gedrukt,
    Inwoners,
    Pakketrij,
    Partijrij,
    Programmarij,
    Programmastuk,
    Sectierij,
    Taakveldcel,
    Treffer,
    Uitgave,
)
from programma.iv3 import indeling
from programma.iv3.bestand import Iv3, Sleutel, Verslag
from programma.iv3.bestand import lees as lees_iv3
from programma.pagina import Programmapagina, actueel, kies, programmapagina, vast
from programma.raming import Cel, Fase, Kolom, tel_op
from programma.zoeken.groep import Groep
from veiligheid.formatting import MINTEKEN, VASTE_SPATIE

DEMO = Path(__file__).resolve().parents[1] / "fixtures" / "demo"
MOMENT = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
INWONERS = Inwoners({2023: 43_593, 2024: 44_354, 2025: 44_856}, "CBS")

K23, K24 = Kolom(2023, Fase.REALISATIE), Kolom(2024, Fase.NA_WIJZIGING)
K25, K26, K27, K28 = (Kolom(jaar, Fase.PRIMAIR) for jaar in (2025, 2026, 2027, 2028))


def lees(naam: str) -> list[dict[str, str]]:
    """Return the rows of a file of the demonstration."""
    with (DEMO / naam).open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def kolom(rij: dict[str, str]) -> Kolom:
    return Kolom(int(rij["jaar"]), rij["fase"])


def euro(rij: dict[str, str]) -> Decimal:
    return Decimal(rij["bedrag_x_1000"]) * 1000


def gedrukt() -> list[Gedrukt]:
    """Return the 24 printed totals."""
    return [
        Gedrukt(rij["totaal"].removeprefix("totaal_"), kolom(rij), euro(rij), "1")
        for rij in lees("gedrukte-totalen.csv")
    ]


def reeks(rij: dict[str, str]) -> Reeks:
    """Return one indicator of the demonstration."""

    def punt(tekst: str) -> Punt:
        return Punt(None, Status.NB) if tekst == "NB" else Punt(Decimal(tekst.replace(",", ".")))

    return Reeks(
        slug=f"indicator-{rij['bbv_nummer']}",
        naam=rij["indicator"],
        eenheid=rij["eenheid"],
        omschrijving=f"Wat {rij['indicator']} is.",
        bron=rij["bron"],
        decimalen=0 if rij["indicator"] == "Verwijzingen Halt" else 1,
        punten={jaar: punt(rij[str(jaar)]) for jaar in range(2021, 2026)},
        groepsnaam=rij["vergelijkingsgroep"],
        groep={int(rij["vergelijkingsgroep_jaar"]): punt(rij["vergelijkingsgroep_waarde"])},
        peildatum=date.fromisoformat(rij["peildatum"]),
    )


def uitgave(**anders: Any) -> Uitgave:
    """Return version 1 of the budget of 2025, published and offered to the council, apart from what is given."""
    velden: dict[str, Any] = {
        "versie_id": 1,
        "document_slug": "programmabegroting-2025",
        "document_soort": "begroting",
        "jaar": 2025,
        "titel": "Programmabegroting 2025",
        "nummer": 1,
        "status": "gepubliceerd",
        "gepubliceerd_op": MOMENT,
        "peilmoment": MOMENT,
        "controlesom": "c" * 64,
    }
    return Uitgave(**velden | anders)


def cellen() -> list[Cel]:
    """Return the amounts of the printed table."""
    return [
        Cel(rij["programma_code"], rij["pakket_code"], rij["soort"], kolom(rij), euro(rij))
        for rij in lees("begroting.csv")
    ]


def programmastuk(**anders: Any) -> Programmastuk:
    """Return the safety programme of the demonstration, apart from what is given."""
    rijen = lees("begroting.csv")
    namen = {rij["pakket_code"]: rij["pakket"] for rij in rijen}
    teksten = json.loads((DEMO / "teksten.json").read_text(encoding="utf-8"))
    eigen = Programmarij(slug="programma-1-veiligheid", **teksten["programma"])
    velden: dict[str, Any] = {
        "gemeente": "Dronten",
        "uitgave": uitgave(),
        "programma": eigen,
        "programmas": [eigen],
        "kolommen": [K23, K24, K25, K26, K27, K28],
        "pakketten": [Pakketrij(code, naam, code == "1Z") for code, naam in namen.items()],
        "secties": [Sectierij(**rij) for rij in teksten["secties"]],
        "doelen": [doel(rij) for rij in teksten["doelen"]],
        "partijen": [partij(rij) for rij in teksten["partijen"]],
        "partijcijfers": [cijfers(rij) for rij in teksten["partijcijfers"]],
        "cellen": cellen(),
        "gedrukt": gedrukt(),
        "reeksen": [reeks(rij) for rij in lees("indicatoren.csv")],
        "inwoners": INWONERS,
        "bestanden": [Bestandrij("begroting.csv", 4312, 30, "b" * 64)],
    }
    return Programmastuk(**velden | anders)


def partij(rij: dict[str, str]) -> Partijrij:
    """Return the part of a connected party."""
    return Partijrij(slug=rij["naam"].lower().replace(" ", "-"), **rij)


def cijfers(rij: dict[str, Any]) -> Cijferrij:
    """Return the figures of a connected party."""
    return Cijferrij(1, rij["partij"], rij["jaar"], onbekend_reden=rij["onbekend_reden"])


def doel(rij: dict[str, Any]) -> Doelrij:
    """Return a goal; values are strings in the file and Decimals in the row."""
    getallen = {naam: Decimal(rij[naam]) for naam in ("nulwaarde", "streefwaarde") if rij[naam] is not None}
    return Doelrij(**rij | getallen)


def treffer(**anders: Any) -> Treffer:
    """Return what is found of the lasten of 1E, apart from what is given."""
    velden: dict[str, Any] = {
        "groep": Groep.BEDRAG,
        "document_slug": "programmabegroting-2025",
        "document": "Programmabegroting 2025",
        "nummer": 1,
        "documentjaar": 2025,
        "programma_slug": "programma-1-veiligheid",
        "programma": "Programma 1 Veiligheid",
        "pakket_code": "1E",
        "pakket": "Rampenbestrijding en crisisorganisatie",
        "anker": "",
        "sleutel": "1e-lasten-1",
        "titel": "Handhavingscontroles (lasten)",
        "tekst": "Taakveld 1.1 Crisisbeheersing en brandweer.",
        "euro": Decimal(-3_516_000),
        "fase": "primair",
        "jaar": 2025,
    }
    return Treffer(**velden | anders)


def documentstuk(**anders: Any) -> Documentstuk:
    """Return a document with the safety programme, a second programme twice as large, and overhead."""
    stuk = programmastuk()
    ander = [cel._replace(programma="2", pakket="", euro=cel.euro * 2) for cel in stuk.cellen]
    overhead = [cel._replace(programma="OH", pakket="") for cel in stuk.cellen]
    velden: dict[str, Any] = {
        "gemeente": "Dronten",
        "uitgave": uitgave(),
        "programmas": [
            stuk.programma,
            Programmarij("2", "Openbare ruimte", "programma-2-openbare-ruimte"),
            Programmarij("OH", "Overhead", "overhead", "overhead"),
        ],
        "kolommen": stuk.kolommen,
        "cellen": [*stuk.cellen, *ander, *overhead],
        "gedrukt": stuk.gedrukt,
        "inwoners": INWONERS,
        "taakvelden": taakveldcellen(),
    }
    return Documentstuk(**velden | anders)


def taakveldcellen() -> list[Taakveldcel]:
    """Return the amounts of the printed table per taakveld."""
    taakvelden = {
        "1E": ("1.1", "Crisisbeheersing"),
        "1F": ("1.2", "Openbare orde"),
        "1Z": ("0.10", "Mutaties reserves"),
    }
    return [Taakveldcel(*taakvelden[cel.pakket], cel.soort, cel.kolom, cel.euro) for cel in cellen()]


BEGROTING_2025 = Sleutel(2025, Verslag.BEGROTING)
JAARREKENING_2023 = Sleutel(2023, Verslag.JAARREKENING)


def iv3() -> Iv3:
    """Return the Iv3 figures of the demonstration."""
    with (DEMO / "iv3.csv").open(encoding="utf-8", newline="") as bestand:
        return lees_iv3(bestand, "GM0303")


def iv3stuk(sleutel: Sleutel = BEGROTING_2025, **anders: Any) -> Documentstuk:
    """Return an Iv3 document of the demonstration, apart from what is given."""
    bron = iv3()
    kolommen = {s: indeling.kolom(s) for s in indeling.kolommen(sleutel, bron.rijen)}
    rijen = [(kolommen[s], rij) for s in kolommen for rij in bron.rijen[s] if rij.taakveld != indeling.RESULTAAT]
    los = [
        (kolom, rij.taakveld, soort, euro)
        for kolom, rij in rijen
        for soort, euro in zip(indeling.soorten(rij.taakveld), (rij.lasten, rij.baten), strict=True)
    ]
    naam = "jaarstukken" if sleutel.verslag == Verslag.JAARREKENING else "begroting"
    velden: dict[str, Any] = {
        "gemeente": "Dronten",
        "uitgave": uitgave(
            versie_id=2,
            document_slug=f"iv3-{naam}-{sleutel.jaar}",
            document_soort=f"iv3_{naam}",
            jaar=sleutel.jaar,
            titel=f"Iv3-{naam} {sleutel.jaar}",
        ),
        "programmas": [Programmarij(*deel) for deel in indeling.DELEN],
        "kolommen": list(kolommen.values()),
        "cellen": [Cel(_deel(code), code, soort, kolom, euro) for kolom, code, soort, euro in los],
        "gedrukt": [],
        "inwoners": INWONERS,
        "bronnen": ["CBS Iv3, CC BY 4.0"],
        "taakvelden": [Taakveldcel(code, f"Taakveld {code}", soort, kolom, euro) for kolom, code, soort, euro in los],
    }
    return Documentstuk(**velden | anders)


def _deel(code: str) -> str:
    deel = indeling.deel(code)
    assert deel is not None
    return deel.code


def pagina(
    bedragen: str | None = None, jaren: str | None = None, *, op_vast_adres: bool = False, **anders: Any
) -> Programmapagina:
    """Return the page of the demonstration, apart from what is given."""
    stuk = programmastuk(**anders)
    keuze = kies(bedragen, jaren, stuk.kolommen, stuk.inwoners)
    adres = vast(stuk.uitgave) if op_vast_adres else actueel(stuk.uitgave)
    return programmapagina(stuk, keuze, tel_op(stuk.cellen), adres)


def gelezen(bedrag: str) -> Decimal:
    """Read an amount in euros back."""
    kaal = bedrag.replace("€", "").replace(VASTE_SPATIE, "").replace(".", "").replace(",", ".")
    return Decimal(kaal.replace(MINTEKEN, "-"))
