"""Rows of several published documents, for the pages of connected parties and of indicators; no database."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from indicatoren.reeks import Punt, Reeks, Status
from programma.inhoud import Inwoners, Programmarij, Uitgave, nieuwste_eerst
from programma.inhoud.indicatoren import Gebruik, Indicatorstuk
from programma.inhoud.partijen import Cijferrij, Deelnamerij, Partijenstuk
from tests.stukken import MOMENT, uitgave

D = Decimal
VEILIGHEID = Programmarij("1", "Veiligheid", "programma-1-veiligheid")
SLUG = "veiligheidsregio"


def document(versie: int, jaar: int = 2025, soort: str = "begroting", **anders: Any) -> Uitgave:
    """Return a published version; the higher its key, the later it was published."""
    naam = {"begroting": "Programmabegroting", "jaarstukken": "Jaarstukken"}.get(soort, soort.capitalize())
    moment = MOMENT + timedelta(days=versie)
    velden: dict[str, Any] = {
        "versie_id": versie,
        "jaar": jaar,
        "document_soort": soort,
        "document_slug": f"{naam.lower()}-{jaar}",
        "titel": f"{naam} {jaar}",
        "gepubliceerd_op": moment,
        "peilmoment": moment,
    }
    return uitgave(**velden | anders)


def deelname(versie: int, slug: str = SLUG, **anders: Any) -> Deelnamerij:
    """Return the part of a party in the safety programme of a version."""
    velden: dict[str, Any] = {
        "naam": slug.capitalize(),
        "afkorting": "",
        "soort": "gemeenschappelijke_regeling",
        "taak": "Brandweer.",
        "openbaar_belang": "Snelle hulp.",
        "programma": VEILIGHEID,
        "vestigingsplaats": "Lelystad",
        "bestuurlijk_belang": "De burgemeester zit in het bestuur.",
    }
    return Deelnamerij(versie_id=versie, slug=slug, **velden | anders)


def cijfers(versie: int, jaar: int, slug: str = SLUG, **anders: Any) -> Cijferrij:
    """Return the figures of a party in a year, all known, apart from what is given."""
    velden: dict[str, Any] = {
        "bijdrage": D(3_000_000),
        "eigen_vermogen_begin": D(1_000_000),
        "eigen_vermogen_eind": D("1100000.50"),
        "vreemd_vermogen_begin": D(5_000_000),
        "vreemd_vermogen_eind": D(0),
        "resultaat": D(-25_000),
        "belang_begin": D(150_000),
        "belang_eind_procent": D("2.5000"),
    }
    return Cijferrij(versie, slug, jaar, **velden | anders)


def partijenstuk(*uitgaven: Uitgave, **anders: Any) -> Partijenstuk:
    """Return the piece of these versions: one party, with all figures of its budget year, apart from what is given."""
    uitgaven = uitgaven or (document(1),)
    velden: dict[str, Any] = {
        "deelnames": [deelname(een.versie_id) for een in uitgaven],
        "cijfers": [cijfers(een.versie_id, een.jaar) for een in uitgaven],
        "inwoners": Inwoners({2024: 40_000, 2025: 50_000}, "CBS"),
    }
    return Partijenstuk("Dronten", nieuwste_eerst(uitgaven), **velden | anders)


def reeks(**anders: Any) -> Reeks:
    """Return an indicator with a gap: known in 2021 and 2023, not in 2022 and 2024."""
    velden: dict[str, Any] = {
        "slug": "diefstal",
        "naam": "Diefstal",
        "eenheid": "per 1.000 inwoners",
        "omschrijving": "Hoe vaak er gestolen is.",
        "bron": "CBS",
        "punten": {
            2021: Punt(D("0.80")),
            2022: Punt(None, Status.NB, "De bron had een storing."),
            2023: Punt(D("1.00"), Status.VOORLOPIG),
            2024: Punt(None, Status.NB),
        },
        "groepsnaam": "Gemeenten 25.000 tot 50.000 inwoners",
        "groep": {2023: Punt(D("1.10"))},
        "peildatum": MOMENT.date(),
    }
    return Reeks(**velden | anders)


def gebruik(versie: int = 1, **anders: Any) -> Gebruik:
    """Return that the safety programme of a version shows the indicator."""
    velden: dict[str, Any] = {"versie_id": versie, "indicator": 1, "slug": "diefstal", "programma": VEILIGHEID}
    return Gebruik(**velden | anders)


def indicatorstuk(*reeksen: Reeks, **anders: Any) -> Indicatorstuk:
    """Return the piece of one published budget that uses these indicators, apart from what is given."""
    een = document(1)
    reeksen = reeksen or (reeks(),)
    velden: dict[str, Any] = {
        "uitgaven": [een],
        "gebruik": [gebruik(slug=rij.slug) for rij in reeksen],
        "reeksen": reeksen,
        "vanuit": {rij.slug: een for rij in reeksen},
    }
    return Indicatorstuk("Dronten", **velden | anders)
