"""Soft notes beside the grid, by the same rules as the checks before publication. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from programma.inhoud import Programmarij
from programma.rooster.blad import OMSCHRIJVING, PAKKET, SOORT, TOELICHTING, Blad, bedragen
from programma.rooster.samenvoeging import Beeld
from programma.toetsing.controles import Bedragrij, Code, Controlestuk, GedruktMetVerklaring, Regelrij, controleer

BIJ_EEN_REGEL = frozenset({Code.SPRONG_ZONDER_TOELICHTING, Code.ONGEWOON_TEKEN, Code.WIJZIGING_SLUIT_NIET})
BIJ_EEN_TOTAAL = frozenset({Code.TOTAAL_WIJKT_AF, Code.TOTAAL_AFGEROND, Code.TOTAAL_VERKLAARD})
# The sentence of a jump is the first question that the check asks; in the grid it stands beside the row.
REGEL = re.compile(r", regel (?P<sleutel>\S+) \(")


@dataclass(frozen=True, slots=True)
class Noten:
    """What asks for a look: per row, and about printed totals of the programme (place and sentence)."""

    regels: Mapping[str, list[str]]
    totalen: tuple[tuple[str, str], ...]


def noten(blad: Blad, beeld: Beeld) -> Noten:
    """Return the notes on a state of the grid: an unexplained jump, an odd sign, a total that is off."""
    per_regel: dict[str, list[str]] = defaultdict(list)
    totalen: list[tuple[str, str]] = []
    for bevinding in controleer(_controlestuk(blad, beeld)):
        if bevinding.code in BIJ_EEN_TOTAAL:
            totalen.append((bevinding.plaats, bevinding.zin))
        elif bevinding.code in BIJ_EEN_REGEL and (gevonden := REGEL.search(bevinding.plaats)):
            per_regel[gevonden["sleutel"]].append(f"{_kolom(bevinding.plaats)}: {bevinding.zin}")
    return Noten(per_regel, tuple(totalen))


def _kolom(plaats: str) -> str:
    """Return the column that a place ends with."""
    return plaats.rpartition("), ")[2].capitalize()


def _controlestuk(blad: Blad, beeld: Beeld) -> Controlestuk:
    kolommen = {kop.pk: kop.kolom for kop in blad.koppen}
    return Controlestuk(
        soort=blad.documentsoort,
        jaar=blad.documentjaar,
        kolommen=list(kolommen.values()),
        programmas=[Programmarij(blad.code, "", "", "")],
        pakketten={},
        regels=[
            Regelrij(
                rij,
                blad.code,
                _pakket(blad, velden[PAKKET]),
                str(velden[SOORT]),
                str(velden[OMSCHRIJVING]),
                str(velden.get(TOELICHTING) or ""),
                [
                    Bedragrij(kolommen[plek.kolom], euro, str(plek.wijziging or ""))
                    for plek, euro in bedragen(velden)
                    if plek.kolom in kolommen
                ],
            )
            for rij, velden in beeld.items()
        ],
        gedrukt=[GedruktMetVerklaring(totaal, blad.verklaard.get(totaal, "")) for totaal in blad.gedrukt],
        met_tekst=frozenset(),
        met_doel=frozenset(),
    )


def _pakket(blad: Blad, pk: object) -> str:
    return next((kop.code for kop in blad.pakketten.values() if kop.pk == pk), "")
