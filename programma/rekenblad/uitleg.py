"""What the sheet Uitleg of a workbook says: plain Dutch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from programma.codeboek import CODEBOEK
from programma.inhoud import Uitgave
from programma.raming import Stand
from veiligheid.formatting import dag, datum, moment
from veiligheid.werkmap import Cel, Kolom, Waarde

KOLOMMEN = (Kolom("", 34), Kolom("", 70, "loop"), Kolom("", 60, "loop"))
DEMO = "Demonstratie, geen publicatie van de gemeente {gemeente}."

HET_TEKEN = (
    "Een min betekent: dit verlaagt het resultaat. Lasten en toevoegingen aan reserves hebben dus een min, baten en"
    " onttrekkingen niet. Alle sommen zijn gewoon optellen."
)
LET_OP = "Deze sommen tellen alle jaren en fasen bij elkaar op. Filter op fase en jaar voor de som van één kolom."
BYTES = (
    "Is dit het bestand van een publicatie, zonder keuze? Dan staat zijn sha256 in SHA256SUMS van die versie. "
    "Bereken hem zelf met certutil -hashfile begroting.xlsx SHA256 (Windows) of sha256sum begroting.xlsx (Linux). "
    "Doe dat voordat u het bestand in een rekenblad bewaart: daarna zijn het andere bytes."
)
BEDRAGEN = (
    "Dezelfde regels staan in begroting.csv van dezelfde versie. Het bestand narekenen.xlsx rekent ieder gedrukt "
    "totaal na, met formules die u kunt lezen."
)
TEKSTEN = "Codes zijn tekst: 1 en 01 zijn niet hetzelfde. Een tekst die met = begint is hier tekst, en geen formule."
CONTROLE = (("De bytes", BYTES), ("De bedragen", BEDRAGEN), ("De teksten", TEKSTEN))

WERKMAP = (
    "Een werkmap waarmee u de begroting narekent zonder onze software. Op het blad Regels staan alle regels van "
    "deze versie. De andere bladen tellen die op met formules. Verander een bedrag op Regels en de oordelen "
    "veranderen mee."
)
NAGEREKEND = (
    "Ieder totaal dat in het document gedrukt staat, met daarnaast onze som, het verschil en een oordeel. Bovenaan "
    "staat hoeveel totalen aansluiten. Heeft het document geen gedrukte totalen, dan is er niets om mee te "
    "vergelijken."
)
SLUIT_AAN = "Onze som, afgerond op de eenheid van de druk (een halve van nul af), is precies het gedrukte bedrag."
AFRONDING = (
    "Het verschil is hoogstens (n + 1) / 2 eenheden. Daarbij is n het aantal bedragen dat is opgeteld: ieder bedrag"
    " kan in de bron een halve eenheid zijn afgerond, en het totaal zelf ook."
)
PER_PROGRAMMA = (
    "Per programma en kolom de lasten, baten, het saldo, de toevoegingen, onttrekkingen en het resultaat: links met"
    " formules, rechts wat de site ervan maakte. Saldo = lasten + baten. Resultaat = saldo + toevoegingen + "
    "onttrekkingen."
)
NUMMERS = (
    "Achter iedere regel staat het nummer van zijn programma en van zijn pakket. De formules tellen op dat nummer "
    "op: een rekenblad houdt codes als 1 en 01, of 1a en 1A, niet uit elkaar. Het blad Codes zegt welk nummer bij "
    "welke code hoort; bovenaan Nagerekend staat bij hoeveel regels dat klopt."
)
CENTEN = "Iedere som is op centen afgerond. Dat haalt weg wat een rekenblad er door het rekenen met breuken bij maakt."
NAREKENEN = (
    ("Wat is dit?", WERKMAP),
    ("Blad Nagerekend", NAGEREKEND),
    ("Oordeel: sluit aan", SLUIT_AAN),
    ("Oordeel: verschil door afronding", AFRONDING),
    ("Oordeel: verschil", "Afronding verklaart dit niet. Vraag de gemeente wat er aan de hand is."),
    ("Blad Per programma", PER_PROGRAMMA),
    ("Het teken", HET_TEKEN),
    ("Nummers", NUMMERS),
    ("Centen", CENTEN),
)


class Deel(NamedTuple):
    """Of what a workbook gives the lines: how many, what they add up to, and the filter as its address says it."""

    rijen: int
    stand: Stand
    vraag: str = ""


def kop(uitgave: Uitgave, titel: str, gemeente: str, *, demo: bool) -> Iterator[Sequence[Waarde]]:
    """Yield what this is, and of which version. What was recorded after the publication is not in it."""
    yield (Cel(titel, "titel"),)
    if demo:
        yield (Cel(DEMO.format(gemeente=gemeente), "vet"),)
    yield ()
    yield "Gemeente", gemeente
    yield "Document", f"{uitgave.titel} ({uitgave.document_slug})"
    yield "Versie", str(uitgave.nummer)
    if uitgave.gepubliceerd_op is None:
        yield "Status", "concept: dit is nog niet gepubliceerd, en kan veranderen"
        return
    yield "Status", f"gepubliceerd op {datum(dag(uitgave.gepubliceerd_op))}"
    if uitgave.peilmoment:
        yield "Peilmoment", moment(uitgave.peilmoment)
    yield "Controlesom", uitgave.controlesom
    yield "Anker", uitgave.anker


def van_begroting(deel: Deel) -> Iterator[Sequence[Waarde]]:
    """Yield what the sheet Begroting holds, what its columns mean, and how to check it."""
    yield ()
    yield (Cel("Wat staat er op het blad Begroting?", "kop"),)
    if deel.vraag:
        yield "Keuze", f"Niet alle regels van deze versie, maar die van de keuze: {deel.vraag}"
    else:
        yield "Keuze", "Alle regels van deze versie."
    yield "Aantal regels", Cel(deel.rijen, "getal")
    for naam, euro in sommen(deel.stand):
        yield f"Som {naam}", Cel(euro, "geld")
    yield "", LET_OP
    yield "", HET_TEKEN
    yield ()
    yield Cel("Kolom", "kop"), Cel("Wat het betekent", "kop"), Cel("Welke waarden", "kop")
    for veld in CODEBOEK:
        yield veld.naam, veld.betekenis, Cel(veld.waarden, "loop")
    yield ()
    yield (Cel("Hoe controleert u dit?", "kop"),)
    yield from CONTROLE


def sommen(stand: Stand) -> list[tuple[str, Decimal]]:
    """Return the six amounts of a stand with their names."""
    return [
        ("lasten", stand.lasten),
        ("baten", stand.baten),
        ("saldo", stand.saldo),
        ("toevoegingen", stand.toevoegingen),
        ("onttrekkingen", stand.onttrekkingen),
        ("resultaat", stand.resultaat),
    ]


def van_narekenen() -> Iterator[Sequence[Waarde]]:
    """Yield how to read the workbook."""
    yield ()
    for wat, tekst in NAREKENEN:
        yield Cel(wat, "vet"), tekst
