"""Amounts that a text names next to those of the tables: "3,5 miljoen" beside 3.516. Pure.

What a sentence means, nobody can compute. So the check claims little: an amount that is a figure of the programme,
rounded as the text rounds it, agrees; one that is nearly a figure of its own place is a difference; of any other
nothing is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from programma.aansluiting.rij import Controle, Oordeel, Plek, Rij, kolomwoorden, onbekend
from programma.aansluiting.stuk import Aansluitstuk, Som, Tekst
from programma.raming import Grootheid, Soort
from programma.tekstbedragen import Bekend, Post, bekend
from veiligheid.formatting import euro
from veiligheid.tips.bedragen import Genoemd

VERGELEKEN = "bedrag in de tekst, en de bedragen in de tabellen (zonder teken, afgerond zoals de tekst doet)"
BIJNA = Decimal("0.02")
"""Nearer to a figure than this, as a part of it, or than one and a half step of the text's rounding: nearly that."""
STAPPEN = Decimal("1.5")


class Cijfer(NamedTuple):
    """A figure that a text can mean: euros without sign, its name, and whether it is a sum of more than a line."""

    euro: Decimal
    naam: str
    totaal: bool


def teksten(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield a row per amount that a text names; the same amount in one text counts once."""
    if not stuk.teksten:
        reden = "Geen enkele tekst in dit document noemt een bedrag."
        yield onbekend(Controle.TEKSTEN, Plek("bedragen in teksten"), VERGELEKEN, reden)
        return
    posten = _posten(stuk)
    per_plek = _cijfers(stuk)

    @cache
    def bekende(programma: str, pakket: str) -> Bekend:
        return bekend(posten[programma], programma, pakket)

    for tekst in stuk.teksten:
        for genoemd in {een.tekst: een for een in tekst.genoemd}.values():
            yield _rij(tekst, genoemd, per_plek, bekende)


def _rij(
    tekst: Tekst,
    genoemd: Genoemd,
    per_plek: dict[tuple[str, str], list[Cijfer]],
    bekende: Callable[[str, str], Bekend],
) -> Rij:
    plek = Plek(f"“{' '.join(genoemd.tekst.split())}” in {tekst.plaats}", tekst.programma, tekst.pakket)
    if not tekst.programma:
        reden = "Deze tekst hoort bij geen programma met bedragen."
        return onbekend(Controle.TEKSTEN, plek, VERGELEKEN, reden, genoemd.euro)
    eigen, alle = per_plek[tekst.programma, tekst.pakket], per_plek[tekst.programma, ""]
    if gevonden := _passend(genoemd, eigen) or _passend(genoemd, alle):
        return _gevonden(plek, genoemd, gevonden, Oordeel.AAN, f"Past bij {gevonden.naam}.")
    if any(bekende(tekst.programma, pakket).heeft(genoemd) for pakket in {tekst.pakket, ""}):
        reden = "Past bij het verschil tussen twee kolommen."
        return Rij(Controle.TEKSTEN, plek, VERGELEKEN, genoemd.euro, None, Oordeel.AAN, genoemd.stap / 2, reden)
    # In the text of a whole programme any amount is near to some line.
    if gevonden := _bijna(genoemd, [cijfer for cijfer in eigen if tekst.pakket or cijfer.totaal]):
        reden = f"Lijkt op {gevonden.naam}: {euro(gevonden.euro)}."
        return _gevonden(plek, genoemd, gevonden, Oordeel.VERSCHIL, reden)
    reden = "Dit bedrag staat in geen tabel van dit programma; de tekst kan iets anders bedoelen."
    return onbekend(Controle.TEKSTEN, plek, VERGELEKEN, reden, genoemd.euro)


def _gevonden(plek: Plek, genoemd: Genoemd, cijfer: Cijfer, wat: Oordeel, reden: str) -> Rij:
    return Rij(Controle.TEKSTEN, plek, VERGELEKEN, genoemd.euro, cijfer.euro, wat, genoemd.stap / 2, reden)


def _passend(genoemd: Genoemd, cijfers: Sequence[Cijfer]) -> Cijfer | None:
    passend = (cijfer for cijfer in cijfers if genoemd.kan_zijn(cijfer.euro))
    return min(passend, key=lambda cijfer: (not cijfer.totaal, abs(cijfer.euro - genoemd.euro), cijfer), default=None)


def _bijna(genoemd: Genoemd, cijfers: Iterable[Cijfer]) -> Cijfer | None:
    def afstand(cijfer: Cijfer) -> Decimal:
        return abs(cijfer.euro - genoemd.euro)

    dichtbij = (cijfer for cijfer in cijfers if afstand(cijfer) <= max(genoemd.stap * STAPPEN, cijfer.euro * BIJNA))
    return min(dichtbij, key=lambda cijfer: (afstand(cijfer), cijfer), default=None)


def _cijfers(stuk: Aansluitstuk) -> dict[tuple[str, str], list[Cijfer]]:
    """Return the figures of each pakket, and under (programme, "") those of the programme and all that is in it."""
    per_plek: dict[tuple[str, str], list[Cijfer]] = defaultdict(list)
    for som in stuk.sommen:
        if not som.programma:
            continue
        for cijfer in _van_niveau(som):
            per_plek[som.programma, ""].append(cijfer)
            if som.pakket:
                per_plek[som.programma, som.pakket].append(cijfer)
    for regel in stuk.regels or ():
        if regel.euro:
            naam = f"{regel.soort} van regel {regel.sleutel}, {kolomwoorden(regel.kolom)}"
            cijfer = Cijfer(abs(regel.euro), naam, totaal=False)
            per_plek[regel.programma, ""].append(cijfer)
            per_plek[regel.programma, regel.pakket].append(cijfer)
    return per_plek


def _van_niveau(som: Som) -> Iterator[Cijfer]:
    waarvan = f"pakket {som.pakket}" if som.pakket else f"programma {som.programma}"
    for grootheid in Grootheid:
        if bedrag := som.bedrag(grootheid):
            yield Cijfer(abs(bedrag), f"{grootheid.value} van {waarvan}, {kolomwoorden(som.kolom)}", totaal=True)


def _posten(stuk: Aansluitstuk) -> dict[str, list[Post]]:
    """Return the amounts per programme; where the lines are too many, what they are together per pakket."""
    posten: dict[str, list[Post]] = defaultdict(list)
    if stuk.regels is not None:
        for regel in stuk.regels:
            post = Post(regel.programma, regel.pakket, regel.sleutel, regel.soort, regel.kolom, regel.euro)
            posten[regel.programma].append(post)
        return posten
    for som in stuk.sommen:
        for soort in Soort if som.pakket else ():
            post = Post(som.programma, som.pakket, (som.pakket, soort), soort.value, som.kolom, som.euro(soort))
            posten[som.programma].append(post)
    return posten
