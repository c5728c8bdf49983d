"""How a figure is computed, in words with the numbers: the sum itself, and what the other views make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.cijfer import kolomwoord
from programma.inhoud.opbouw import Bedragstuk
from programma.pagina.adres import Adres, Link
from programma.pagina.benaming import kolom_in_zin
from programma.pagina.cijfer import Cijferzin, termen
from programma.pagina.waarden import inwonerbedragen, veranderingen
from programma.raming import Kolom
from veiligheid.formatting import MINTEKEN, VASTE_SPATIE, decimaal, duizenden, euro, percentage, telwoord

MEESTE_TERMEN = 8


@dataclass(frozen=True, slots=True)
class Stap:
    """One computation: what comes out, in words with the numbers, and links to the figures in it."""

    anker: str
    kop: str
    zin: str
    links: tuple[Link, ...] = ()


def stappen(stuk: Bedragstuk, cijfer: Cijferzin, adres: Adres) -> tuple[Stap, ...]:
    """Return the computations, first that of the figure itself."""
    return tuple(_stappen(stuk, cijfer, adres))


def _stappen(stuk: Bedragstuk, cijfer: Cijferzin, adres: Adres) -> Iterator[Stap]:
    yield _som(stuk, cijfer, adres)
    yield Stap(
        "in-duizenden",
        "In duizenden euro’s",
        f"{_kaal(cijfer)} ÷ 1.000 = {duizenden(cijfer.bedrag)}, afgerond op een heel getal.",
    )
    if per_inwoner := _per_inwoner(stuk, cijfer):
        yield per_inwoner
    yield _verandering(stuk, cijfer, adres)


def _kaal(cijfer: Cijferzin) -> str:
    return decimaal(cijfer.bedrag, 2 if cijfer.centen else 0)


def optelsom(bedragen: Sequence[Decimal], centen: bool) -> str:
    """Return a sum in words: "−€ 6.586.000 + € 170.000 − € 41.000"."""
    eerste, *rest = bedragen
    tekst = euro(eerste, centen=centen)
    for bedrag in rest:
        tekst += f" {MINTEKEN if bedrag < 0 else '+'} {euro(abs(bedrag), centen=centen)}"
    return tekst


def _som(stuk: Bedragstuk, cijfer: Cijferzin, adres: Adres) -> Stap:
    """Return how the figure itself comes about."""
    uitkomst = euro(cijfer.bedrag, centen=cijfer.centen)
    kop = "Het bedrag zelf"
    if afgeleid := termen(stuk, cijfer, adres):
        woorden = " + ".join(deel.naam.lower() for deel in afgeleid)
        som = optelsom([deel.euro for deel in afgeleid], cijfer.centen)
        links = tuple(Link(deel.naam, f"{deel.naar}{_kolom(stuk.kolom)}") for deel in afgeleid)
        return Stap("som", kop, f"{cijfer.wat.capitalize()} = {woorden}. Dat is {som} = {uitkomst}.", links)
    if stuk.opbouw is None and stuk.cijfer.taakveld is None:
        return Stap("som", kop, f"De bedragen in tabel 1 zijn samen {uitkomst}.")
    bedragen = [rij.euro for rij in (stuk.opbouw.bedragen if stuk.opbouw else stuk.taakvelddelen)]
    if not bedragen:
        return Stap("som", kop, f"In deze kolom staat hier geen enkel bedrag. Daarom is het {uitkomst}.")
    if len(bedragen) == 1:
        return Stap("som", kop, f"Het is één bedrag, van één regel: {uitkomst}.")
    if len(bedragen) > MEESTE_TERMEN:
        return Stap("som", kop, f"De {decimaal(len(bedragen))} bedragen in tabel 1 zijn samen {uitkomst}.")
    som = optelsom(bedragen, cijfer.centen)
    return Stap("som", kop, f"De som van {telwoord(len(bedragen))} bedragen: {som} = {uitkomst}.")


def _kolom(kolom: Kolom) -> str:
    return f"{kolomwoord(kolom)}/"


def _per_inwoner(stuk: Bedragstuk, cijfer: Cijferzin) -> Stap | None:
    bekend = stuk.inwoners.in_jaar(stuk.kolom.jaar)
    waarde = inwonerbedragen([stuk.kolom], stuk.inwoners, cijfer.raming, cijfer.grootheid)[stuk.kolom]
    if waarde is None or bekend is None:
        return None
    jaar, aantal = bekend
    welk = "" if jaar == stuk.kolom.jaar else ", het laatst bekende aantal"
    bron = f" Bron: {stuk.inwoners.bron}." if stuk.inwoners.bron else ""
    inwoners = f"{decimaal(aantal)}{VASTE_SPATIE}inwoners in {jaar}{welk}"
    zin = f"{_kaal(cijfer)} ÷ {decimaal(aantal)} = {decimaal(waarde, 2)} euro per inwoner. Er waren {inwoners}.{bron}"
    return Stap("per-inwoner", "Per inwoner", zin)


def _verandering(stuk: Bedragstuk, cijfer: Cijferzin, adres: Adres) -> Stap:
    kop = "Verandering"
    plaats = list(stuk.kolommen).index(stuk.kolom)
    if not plaats:
        return Stap("verandering", kop, "Dit is de eerste kolom van de tabel: er is geen kolom ervoor.")
    vorige = stuk.kolommen[plaats - 1]
    slug = stuk.programma.slug if stuk.programma else None
    links = (Link(f"Het bedrag in {kolom_in_zin(vorige)}", adres.bedrag(slug, stuk.cijfer.woord, vorige)),)
    oud = cijfer.raming[vorige].bedrag(cijfer.grootheid)
    deel = veranderingen(stuk.kolommen, cijfer.raming, cijfer.grootheid)[stuk.kolom]
    decimalen = 2 if cijfer.centen or oud % 1 else 0
    was = f"In {kolom_in_zin(vorige)} was het {euro(oud, centen=bool(decimalen))}."
    if deel is None:
        waarom = "het teken is omgedraaid" if oud else "delen door nul kan niet"
        return Stap("verandering", kop, f"{was} Een percentage is niet van toepassing: {waarom}.", links)
    van, tot = decimaal(abs(oud), decimalen), decimaal(abs(cijfer.bedrag), decimalen)
    return Stap("verandering", kop, f"{was} ({tot} {MINTEKEN} {van}) ÷ {van} = {percentage(deel, plus=True)}.", links)
