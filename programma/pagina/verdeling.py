"""Where the money goes and where it comes from: bars from large to small, each with its amount and share in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud import Documentstuk
from programma.pagina import benaming
from programma.pagina.adres import Adres
from programma.pagina.taakveld import Taakveldregel
from programma.raming import EXACT, NUL, Kolom, Meerjarenraming
from veiligheid.formatting import kleine_letter, miljoen, percentage

MEESTE_BALKEN = 8


@dataclass(frozen=True, slots=True)
class Balk:
    """A part of the whole: its name, its address ("" for none), its amount, its share, and the length of its bar."""

    naam: str
    href: str
    bedrag: str
    deel: str
    breedte: str


@dataclass(frozen=True, slots=True)
class Verdeling:
    """A list of bars with the message above it, what it shows, and under it what is left out ("" for nothing)."""

    bericht: str
    uitleg: str
    balken: tuple[Balk, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Deel:
    """What may become a bar: a positive amount in euros. `kort` is its name inside a sentence."""

    naam: str
    kort: str
    href: str
    euro: Decimal


def uitgaven(
    stuk: Documentstuk, optelling: Meerjarenraming, focus: Kolom, adres: Adres, meeste: int = 99
) -> Verdeling | None:
    """Return where the money goes: the lasten per programme and other part; None if there are no two to compare."""
    delen = [
        Deel(
            benaming.volledig(rij),
            rij.naam if rij.soort == "programma" else _in_zin(rij.naam),
            adres.programma(rij.slug),
            EXACT.minus(raming[focus].lasten),
        )
        for rij in stuk.programmas
        if (raming := optelling.programmas.get(rij.code))
    ]
    geheel = EXACT.minus(optelling.totaal[focus].lasten)
    return _verdeling(delen, geheel, meeste, "De meeste lasten gaan naar", f"Lasten in {focus.jaar} per onderdeel")


def inkomsten(regels: Sequence[Taakveldregel], focus: Kolom, meeste: int = MEESTE_BALKEN) -> Verdeling | None:
    """Return where the money comes from: the baten per taakveld, or per pakket where a line has none."""
    delen = [Deel(regel.naam, _in_zin(regel.naam), "", regel.raming[focus].baten) for regel in regels]
    geheel = _som(deel.euro for deel in delen)
    uitleg = f"Baten in {focus.jaar} per bron"
    return _verdeling(delen, geheel, meeste, "De meeste baten komen uit", uitleg)


def uitgaven_per_taakveld(
    regels: Sequence[Taakveldregel], focus: Kolom, meeste: int = MEESTE_BALKEN
) -> Verdeling | None:
    """Return where the money goes per taakveld: for a document with one programme, where parts say nothing."""
    delen = [
        Deel(regel.titel, _in_zin(regel.naam), "", EXACT.minus(regel.raming[focus].lasten))
        for regel in regels
        if regel.raming[focus].lasten
    ]
    geheel = _som(deel.euro for deel in delen)
    return _verdeling(delen, geheel, meeste, "De meeste lasten gaan naar", f"Lasten in {focus.jaar} per taakveld")


def _verdeling(delen: Sequence[Deel], geheel: Decimal, meeste: int, begin: str, uitleg: str) -> Verdeling | None:
    """Return the parts above zero from large to small; of many, the smallest are one bar together."""
    gesorteerd = sorted((deel for deel in delen if deel.euro > 0), key=lambda deel: -deel.euro)
    if len(gesorteerd) < 2 or geheel <= 0 or gesorteerd[0].euro > geheel:
        return None
    getoond, klein = (gesorteerd, []) if len(gesorteerd) <= meeste + 1 else (gesorteerd[:meeste], gesorteerd[meeste:])
    if klein:
        naam = f"Alle {len(klein)} andere samen"
        getoond = [*getoond, Deel(naam, naam, "", _som(deel.euro for deel in klein))]
    grootste = gesorteerd[0]
    return Verdeling(
        f"{begin} {grootste.kort}: {_procent(grootste.euro, geheel)}",
        f"{uitleg}, van groot naar klein.",
        tuple(_balk(deel, geheel) for deel in getoond),
        _rest([deel for deel in delen if deel.euro < 0]),
    )


def _balk(deel: Deel, geheel: Decimal) -> Balk:
    breedte = f"{min(Decimal(100), deel.euro * 100 / geheel):.1f}%"
    return Balk(deel.naam, deel.href, miljoen(deel.euro), _procent(deel.euro, geheel), breedte)


def _procent(euro: Decimal, geheel: Decimal) -> str:
    """Return a share; what rounds to nothing is less than one percent, not nothing."""
    deel = euro * 100 / geheel
    return "minder dan 1%" if deel < Decimal("0.5") else percentage(deel, 0)


def _rest(negatief: Sequence[Deel]) -> str:
    """Say what has no bar: amounts below zero, which count in the total."""
    if not negatief:
        return ""
    namen = ", ".join(f"{deel.naam} ({miljoen(deel.euro)})" for deel in negatief)
    return f"Zonder balk, want onder nul: {namen}."


def _in_zin(naam: str) -> str:
    """Return a name as it stands inside a sentence; an abbreviation (OZB) keeps its capitals."""
    return naam if naam[1:2].isupper() else kleine_letter(naam)


def _som(bedragen: Iterable[Decimal]) -> Decimal:
    return sum(bedragen, NUL)
