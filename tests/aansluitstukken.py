"""A small version with everything to check it by, made from its lines alone: the other ways follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from programma.aansluiting import Aansluitstuk, Ander, Controle, Regelsom, Rij, Som, Taakveldsom, controleer
from programma.inhoud import Gedrukt, Pakketrij, Programmarij
from programma.raming import Cel, Grootheid, Kolom, Soort, Stand, stand
from tests import stukken
from tests.stukken import K25

D = Decimal
P24 = Kolom(2024, "primair")


def regel(
    programma: str, pakket: str, soort: str, euro: Decimal | int, kolom: Kolom = K25, nummer: int = 1, **anders: Any
) -> Regelsom:
    """Return what a line has in a column."""
    sleutel = f"{pakket.lower()}-{soort}-{nummer}"
    kaal = Regelsom(programma, pakket, soort, sleutel, f"Regel {sleutel}", kolom, D(euro))
    return kaal._replace(**anders)


REGELS = (
    regel("1", "1A", "lasten", -3_516_000),
    regel("1", "1A", "lasten", -200_000, nummer=2),
    regel("1", "1A", "baten", 100_000),
    regel("1", "1B", "lasten", -50_000),
    regel("2", "2A", "lasten", -700_000),
    regel("2", "2A", "toevoeging", -30_000),
    regel("2", "2A", "onttrekking", 40_000),
)


def sommen(regels: Iterable[Regelsom]) -> list[Som]:
    """Return what PostgreSQL gives for these lines: each level added up, the document first."""
    per_plek: dict[tuple[str, str, Kolom], list[Regelsom]] = defaultdict(list)
    for deze in regels:
        for programma, pakket in (("", ""), (deze.programma, ""), (deze.programma, deze.pakket)):
            per_plek[programma, pakket, deze.kolom].append(deze)
    return [_som(*plek, per_plek[plek]) for plek in sorted(per_plek)]


def _som(programma: str, pakket: str, kolom: Kolom, regels: Sequence[Regelsom]) -> Som:
    samen = sum((stand(deze.soort, deze.euro) for deze in regels), Stand())
    per_soort = [[deze for deze in regels if deze.soort == soort] for soort in Soort]
    return Som(
        programma,
        pakket,
        kolom,
        samen,
        samen.saldo,
        samen.resultaat,
        tuple(sum(deze.aantal for deze in deel) for deel in per_soort),
        tuple(sum((deze.wijziging for deze in deel), D(0)) for deel in per_soort),
        max(deze.precisie for deze in regels),
    )


def gedrukte_totalen(alle: Iterable[Som], eenheid: int = 1) -> list[Gedrukt]:
    """Return a printed total for each of the six amounts of each level, exact."""
    return [
        Gedrukt(grootheid.value, som.kolom, som.bedrag(grootheid), som.programma, som.pakket, eenheid)
        for som in alle
        for grootheid in Grootheid
    ]


def stuk(regels: Sequence[Regelsom] = REGELS, **anders: Any) -> Aansluitstuk:
    """Return a version with these lines, apart from what is given."""
    alle = sommen(regels)
    pakketten: dict[str, dict[str, None]] = {}
    for deze in regels:
        pakketten.setdefault(deze.programma, {})[deze.pakket] = None
    velden: dict[str, Any] = {
        "gemeente": "Dronten",
        "uitgave": stukken.uitgave(),
        "programmas": [Programmarij(code, f"Naam {code}", f"programma-{code}") for code in pakketten],
        "pakketten": {
            code: [Pakketrij(pakket, f"Naam {pakket}") for pakket in deze] for code, deze in pakketten.items()
        },
        "kolommen": sorted({deze.kolom for deze in regels}),
        "cellen": [
            Cel(som.programma, "", soort, som.kolom, som.euro(soort), aantal)
            for som in alle
            if som.programma and not som.pakket
            for soort, aantal in zip(Soort, som.aantallen, strict=True)
            if aantal
        ],
        "sommen": alle,
        "regels": list(regels),
        "gedrukt": gedrukte_totalen(alle),
        "taakvelden": [Taakveldsom("1.1", deze.soort, deze.kolom, deze.euro) for deze in regels],
    }
    return Aansluitstuk(**velden | anders)


def ander(regels: Sequence[Regelsom] = REGELS, **anders: Any) -> Ander:
    """Return another published document with these lines."""
    velden: dict[str, Any] = {
        "versie_id": 9,
        "slug": "jaarstukken-2025",
        "soort": "jaarstukken",
        "jaar": 2025,
        "titel": "Jaarstukken 2025",
        "nummer": 1,
        "gepubliceerd_op": stukken.MOMENT,
        "kolommen": sorted({deze.kolom for deze in regels}),
        "sommen": sommen(regels),
    }
    return Ander(**velden | anders)


def van(controle: Controle, dit: Aansluitstuk) -> list[Rij]:
    """Return the rows of one check."""
    return [rij for rij in controleer(dit) if rij.controle == controle]


def oordelen(controle: Controle, dit: Aansluitstuk) -> list[str]:
    """Return the verdicts of one check."""
    return [rij.oordeel.value for rij in van(controle, dit)]
