"""A figure in words, the level it belongs to, and the other figures that it adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from programma.cijfer import GROOTHEDEN, SOORTEN, celwoord
from programma.opbouw import Bedragstuk, Regelrij
from programma.pagina import benaming
from programma.pagina.adres import Adres
from programma.raming import Grootheid, Kolom, Meerjarenraming, Raming, Soort, stand
from veiligheid.formatting import euro, kleine_letter

WOORDEN = {
    Grootheid.LASTEN: "lasten",
    Grootheid.BATEN: "baten",
    Grootheid.SALDO: "saldo van lasten en baten",
    Grootheid.TOEVOEGINGEN: "toevoegingen aan reserves",
    Grootheid.ONTTREKKINGEN: "onttrekkingen aan reserves",
    Grootheid.RESULTAAT: "resultaat",
}
DELEN = {
    Grootheid.SALDO: (Grootheid.LASTEN, Grootheid.BATEN),
    Grootheid.RESULTAAT: (Grootheid.SALDO, Grootheid.TOEVOEGINGEN, Grootheid.ONTTREKKINGEN),
}
"""What the two derived totals add up (BBV art. 17)."""
KOSTEN = frozenset({Grootheid.LASTEN, Grootheid.TOEVOEGINGEN})
"""Of these the word says already that it is a cost: a heading shows the amount without its minus."""


@dataclass(frozen=True, slots=True)
class Cijferzin:
    """A figure, read: which of the six it is, of which level, how much (euros, stored sign), and what it is called."""

    grootheid: Grootheid
    raming: Raming
    bedrag: Decimal
    wat: str
    waarvan: str
    kolom: str
    centen: bool
    regel: Regelrij | None = None

    @property
    def tekst(self) -> str:
        """The amount as a heading shows it: "€ 3.516.000"; lasten and toevoegingen without their usual minus."""
        return euro(-self.bedrag if self.grootheid in KOSTEN else self.bedrag, centen=self.centen)

    @property
    def naam(self) -> str:
        """What the figure is: "lasten, 1E Rampenbestrijding, primaire begroting 2025"."""
        return f"{self.wat}, {self.waarvan}, {self.kolom}"


def kolomzin(kolom: Kolom) -> str:
    """Return a column in the middle of a sentence: "primaire begroting 2025"."""
    return f"{kleine_letter(benaming.fase(kolom))} {kolom.jaar}"


def lees(stuk: Bedragstuk, optelling: Meerjarenraming) -> Cijferzin:
    """Return the figure that a page is about; `optelling` is `tel_op(stuk.cellen)`."""
    regel = stuk.opbouw.regels[0] if stuk.cijfer.sleutel and stuk.opbouw else None
    grootheid = _grootheid(stuk, regel)
    raming = _raming(stuk, optelling, regel)
    bedrag = raming[stuk.kolom].bedrag(grootheid)
    delen = [bedrag, *(rij.euro for rij in (stuk.opbouw.bedragen if stuk.opbouw else ()))]
    return Cijferzin(
        grootheid,
        raming,
        bedrag,
        WOORDEN[grootheid],
        _waarvan(stuk, regel),
        kolomzin(stuk.kolom),
        any(deel % 1 for deel in delen),
        regel,
    )


def _grootheid(stuk: Bedragstuk, regel: Regelrij | None) -> Grootheid:
    if stuk.cijfer.totaal:
        return stuk.cijfer.totaal
    return GROOTHEDEN[Soort(regel.soort) if regel else stuk.cijfer.soort or Soort.LASTEN]


def _raming(stuk: Bedragstuk, optelling: Meerjarenraming, regel: Regelrij | None) -> Raming:
    if regel and stuk.opbouw:
        return Raming({kolom: stand(regel.soort, bedrag) for kolom, bedrag in stuk.opbouw.reeks.items()})
    if stuk.programma is None:
        return optelling.totaal
    if stuk.cijfer.pakket is not None:
        return optelling.pakketten.get((stuk.programma.code, stuk.cijfer.pakket), Raming())
    return optelling.programmas.get(stuk.programma.code, Raming())


def _waarvan(stuk: Bedragstuk, regel: Regelrij | None) -> str:
    if regel:
        return f"{regel.omschrijving} (regel {regel.sleutel})"
    if stuk.programma is None:
        return "het hele document"
    if stuk.cijfer.pakket is not None:
        return pakketnaam(stuk, stuk.cijfer.pakket)
    return kleine_letter(benaming.volledig(stuk.programma))


def pakketnaam(stuk: Bedragstuk, code: str) -> str:
    """Return a pakket by its code: "1E Rampenbestrijding"."""
    return next(f"{rij.code} {rij.naam}" for rij in stuk.pakketten if rij.code == code)


@dataclass(frozen=True, slots=True)
class Deel:
    """A figure that is added up in another one; its address is `naar` and then the column."""

    naam: str
    grootheid: Grootheid
    euro: Decimal
    naar: str


def delen(stuk: Bedragstuk, optelling: Meerjarenraming, cijfer: Cijferzin, adres: Adres) -> tuple[Deel, ...]:
    """Return the figures that a total without lines of its own adds up."""
    if stuk.programma is None:
        return tuple(_per_programma(stuk, optelling, cijfer.grootheid, adres))
    if cijfer.grootheid in DELEN:
        return termen(stuk, cijfer, adres)
    return tuple(_per_pakket(stuk, optelling, cijfer.grootheid, adres))


def termen(stuk: Bedragstuk, cijfer: Cijferzin, adres: Adres) -> tuple[Deel, ...]:
    """Return the totals of the same level that a derived total adds up; none for the others."""
    bedragen = adres.bedragen(stuk.programma.slug if stuk.programma else None)
    return tuple(
        Deel(WOORDEN[deel].capitalize(), deel, cijfer.raming[stuk.kolom].bedrag(deel), f"{bedragen}{deel.value}/")
        for deel in DELEN.get(cijfer.grootheid, ())
    )


def _per_programma(stuk: Bedragstuk, optelling: Meerjarenraming, grootheid: Grootheid, adres: Adres) -> Iterator[Deel]:
    for rij in stuk.programmas:
        euro_ = optelling.programmas.get(rij.code, Raming())[stuk.kolom].bedrag(grootheid)
        yield Deel(benaming.volledig(rij), grootheid, euro_, f"{adres.bedragen(rij.slug)}{grootheid.value}/")


def _per_pakket(stuk: Bedragstuk, optelling: Meerjarenraming, grootheid: Grootheid, adres: Adres) -> Iterator[Deel]:
    if stuk.programma is None:
        return
    soort, bedragen = SOORTEN[grootheid], adres.bedragen(stuk.programma.slug)
    for rij in stuk.pakketten:
        raming = optelling.pakketten.get((stuk.programma.code, rij.code))
        if raming and any(waarde.bedrag(grootheid) for waarde in raming.standen.values()):
            bedrag = raming[stuk.kolom].bedrag(grootheid)
            yield Deel(f"{rij.code} {rij.naam}", grootheid, bedrag, f"{bedragen}{celwoord(rij.code, soort)}/")
