"""The demonstration as data for the typesetter, without a database."""

from __future__ import annotations

from typing import Any

from programma.afdruk import lezen
from programma.afdruk.inhoud import documentstuk, programmastuk
from programma.afdruk.opmaak import Gegevens
from programma.afdruk.tekens import drukbare_gegevens
from tests import stukken

TITEL = "Programmabegroting 2025"


def programma(*, demo: bool = True, **anders: Any) -> Gegevens:
    """Return the data of the PDF of the safety programme."""
    deel = lezen._programmadeel(stukken.programmastuk(**anders))
    gegevens: Gegevens = drukbare_gegevens(programmastuk(deel, TITEL, "Dronten", lezen._zet, demo=demo))
    return gegevens


def document(aantal: int = 2) -> Gegevens:
    """Return the data of the PDF of a document with the safety programme a number of times."""
    deel = lezen._programmadeel(stukken.programmastuk())
    geheel = lezen._documentdeel(stukken.documentstuk())
    gegevens: Gegevens = drukbare_gegevens(documentstuk(geheel, [deel] * aantal, "Dronten", lezen._zet, demo=True))
    return gegevens
