"""The sum strip: lasten − baten ± reserves = resultaat, in exact euros, so that a reader can check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud import Inwoners
from programma.pagina import benaming
from programma.raming import Kolom, Raming, Stand
from veiligheid.formatting import MINTEKEN, VASTE_SPATIE, decimaal, euro, per_inwoner, percentage


@dataclass(frozen=True, slots=True)
class Term:
    """One amount of the strip with the sign in front of it. The outcome has the sign "="."""

    teken: str
    naam: str
    uitleg: str
    bedrag: str


@dataclass(frozen=True, slots=True)
class Som:
    """The strip of one year. The terms, with their signs, add up to `uitkomst` to the cent."""

    jaar: int
    termen: tuple[Term, ...]
    uitkomst: Term


@dataclass(frozen=True, slots=True)
class Duiding:
    """The sentences under the strip: the difference with the year before, and the amount per inhabitant."""

    begin: str
    verschil: str
    slot: str
    werkwoord: str
    per_inwoner: str
    inwoners: str


def focuskolom(kolommen: Sequence[Kolom], jaar: int) -> Kolom | None:
    """Return the column of the document year, the last one if there are more; without one, the last of all."""
    eigen = [kolom for kolom in kolommen if kolom.jaar == jaar]
    kandidaten = eigen or list(kolommen)
    return kandidaten[-1] if kandidaten else None


def vorige_kolom(kolommen: Sequence[Kolom], jaar: int) -> Kolom | None:
    """Return the last column of the year before, or None."""
    return ([None, *(kolom for kolom in kolommen if kolom.jaar == jaar - 1)])[-1]


def vergelijkingskolom(kolommen: Sequence[Kolom], focus: Kolom) -> Kolom | None:
    """Return what the focus column is compared with: the year before, else another column of its own year, or None."""
    eigen = [kolom for kolom in kolommen if kolom.jaar == focus.jaar and kolom != focus]
    return vorige_kolom(kolommen, focus.jaar) or (eigen[-1] if eigen else None)


def som(stand: Stand, jaar: int) -> Som:
    """Return the strip of a stand. A cost begins with lasten, a yield with baten, so the outcome needs no minus."""
    kost = stand.resultaat <= 0
    richting = Decimal(-1 if kost else 1)
    lasten = ("Lasten", "wat we uitgeven", stand.lasten)
    baten = ("Baten", "wat we ontvangen", stand.baten)
    delen = [lasten, baten] if kost else [baten, lasten]
    reserves = [
        ("Naar reserves", "wat we opzijzetten", stand.toevoegingen),
        ("Uit reserves", "wat we uit spaargeld halen", stand.onttrekkingen),
    ]
    delen += [deel for deel in reserves if deel[2]]
    centen = any(bedrag != bedrag.to_integral_value() for _, _, bedrag in delen)
    termen = [
        _term(plaats, naam, uitleg, bedrag * richting, centen) for plaats, (naam, uitleg, bedrag) in enumerate(delen)
    ]
    termen[0] = Term(termen[0].teken, termen[0].naam, f"{termen[0].uitleg} in {jaar}", termen[0].bedrag)
    uitleg = "wat het per saldo kost" if kost else "wat het per saldo oplevert"
    uitkomst = Term("=", "Resultaat", uitleg, euro(stand.resultaat * richting, centen=centen))
    return Som(jaar, tuple(termen), uitkomst)


def _term(plaats: int, naam: str, uitleg: str, bijdrage: Decimal, centen: bool) -> Term:
    """Return a term; the first shows its own minus, the others have their sign in front."""
    if not plaats:
        return Term("", naam, uitleg, euro(bijdrage, centen=centen))
    return Term("+" if bijdrage > 0 else MINTEKEN, naam, uitleg, euro(abs(bijdrage), centen=centen))


def duiding(raming: Raming, kolommen: Sequence[Kolom], focus: Kolom, inwoners: Inwoners) -> Duiding:
    """Return the sentences on the resultaat in the focus column."""
    resultaat = raming[focus].resultaat
    werkwoord = "kost" if resultaat < 0 else "levert"
    begin, verschil, slot = _verschil(resultaat, raming, vergelijkingskolom(kolommen, focus))
    bekend = inwoners.in_jaar(focus.jaar)
    if not resultaat or not bekend or not bekend[1]:
        return Duiding(begin, verschil, slot, werkwoord, "", "")
    jaar, aantal = bekend
    bedrag = f"{euro(abs(per_inwoner(resultaat, aantal)))} per inwoner"
    return Duiding(begin, verschil, slot, werkwoord, bedrag, f"{decimaal(aantal)}{VASTE_SPATIE}inwoners in {jaar}")


def _verschil(resultaat: Decimal, raming: Raming, vorige: Kolom | None) -> tuple[str, str, str]:
    """Return the three parts of the sentence that compares with the year before; empty without such a year."""
    if vorige is None:
        return "", "", ""
    oud = raming[vorige].resultaat
    kolom = benaming.kolom_in_zin(vorige)
    centen = any(bedrag != bedrag.to_integral_value() for bedrag in (oud, resultaat))
    if oud == resultaat:
        return "Dat is", "evenveel", f"als in {kolom}."
    if (oud < 0) != (resultaat < 0) and oud and resultaat:
        wat = "kosten" if oud < 0 else "opbrengst"
        return f"In {kolom} was dat nog", f"{euro(abs(oud), centen=centen)} {wat}", "per saldo."
    anders = abs(resultaat) - abs(oud)
    woord = "meer" if anders > 0 else "minder"
    deel = f" ({percentage(abs(anders) * 100 / abs(oud))})" if oud else ""
    return "Dat is", f"{euro(abs(anders), centen=centen)} {woord}", f"dan in {kolom}{deel}."
