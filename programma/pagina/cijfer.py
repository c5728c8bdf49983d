"""A figure in words, the level it belongs to, and the other figures that it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from programma.cijfer import (
    GROOTHEDEN,
    SOORTEN,
    Cijfer,
    celwoord,
    hoofdcode,
    hoofdtaakveldbegin,
    pakketcijferwoord,
    taakveldbegin,
)
from programma.inhoud.opbouw import Bedragstuk, Regelrij
from programma.pagina import benaming
from programma.pagina.adres import Adres
from programma.pagina.taakveld import ZONDER, Taakveldregel, hoofdtaakvelden, taakveldregels
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
ALLEEN_DEZE_REGELS = "alleen de regels die hier meetellen"
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
    if stuk.cijfer.van_taakveld:
        return sum((rij.raming for rij in _taakvelden(stuk)), Raming())
    if stuk.programma is None:
        return optelling.totaal
    if stuk.cijfer.pakket is not None:
        return optelling.pakketten.get((stuk.programma.code, stuk.cijfer.pakket), Raming())
    return optelling.programmas.get(stuk.programma.code, Raming())


def _waarvan(stuk: Bedragstuk, regel: Regelrij | None) -> str:
    if regel:
        return f"{regel.omschrijving} (regel {regel.sleutel})"
    if stuk.cijfer.van_taakveld:
        return _taakveldnaam(stuk)
    if stuk.programma is None:
        return "het hele document"
    if stuk.cijfer.pakket is not None:
        return pakketnaam(stuk, stuk.cijfer.pakket)
    return kleine_letter(benaming.volledig(stuk.programma))


def _taakvelden(stuk: Bedragstuk) -> list[Taakveldregel]:
    """Return the taakvelden under a figure: one, or those of a chapter."""
    van, hoofd = stuk.cijfer.taakveld, stuk.cijfer.hoofdtaakveld
    return [
        rij
        for rij in taakveldregels(stuk.taakvelden)
        if rij.code == van or (hoofd is not None and hoofdcode(rij.code) == hoofd)
    ]


def _taakveldnaam(stuk: Bedragstuk) -> str:
    if not (stuk.cijfer.taakveld or stuk.cijfer.hoofdtaakveld):
        return "regels zonder taakveld"
    rijen = _taakvelden(stuk)
    if stuk.cijfer.taakveld:
        return f"taakveld {_titel(rijen, stuk.kolom)}"
    (hoofd,) = hoofdtaakvelden(rijen)
    return f"hoofdtaakveld {hoofd.titel}"


def _titel(rijen: Sequence[Taakveldregel], kolom: Kolom) -> str:
    """Return the code and the name of a taakveld. A code can have had another name in another column."""
    return next((rij for rij in rijen if kolom in rij.raming), rijen[0]).titel


def pakketnaam(stuk: Bedragstuk, code: str) -> str:
    """Return a pakket by its code: "1E Rampenbestrijding"."""
    return next(f"{rij.code} {rij.naam}" for rij in stuk.pakketten if rij.code == code)


@dataclass(frozen=True, slots=True)
class Deel:
    """A figure that is added up in another one; its address is `naar` and then the column.

    `groep` is a heading over neighbours, `onderschrift` what stands under the name.
    """

    naam: str
    grootheid: Grootheid
    euro: Decimal
    naar: str
    groep: str = ""
    onderschrift: str = ""


def delen(stuk: Bedragstuk, optelling: Meerjarenraming, cijfer: Cijferzin, adres: Adres) -> tuple[Deel, ...]:
    """Return the figures that a total without lines of its own adds up."""
    if stuk.cijfer.van_taakveld:
        samen = _van_hoofdtaakveld if stuk.cijfer.taakveld is None else _van_taakveld
        return termen(stuk, cijfer, adres) or tuple(samen(stuk, cijfer.grootheid, adres))
    if stuk.programma is None:
        return tuple(_per_programma(stuk, optelling, cijfer.grootheid, adres))
    if cijfer.grootheid in DELEN:
        return termen(stuk, cijfer, adres)
    return tuple(_per_pakket(stuk, optelling, cijfer.grootheid, adres))


def termen(stuk: Bedragstuk, cijfer: Cijferzin, adres: Adres) -> tuple[Deel, ...]:
    """Return the totals of the same level that a derived total adds up; none for the others."""
    bedragen = adres.bedragen(stuk.programma.slug if stuk.programma else None)
    return tuple(
        Deel(
            WOORDEN[deel].capitalize(),
            deel,
            cijfer.raming[stuk.kolom].bedrag(deel),
            f"{bedragen}{_woord(stuk.cijfer, deel)}/",
        )
        for deel in DELEN.get(cijfer.grootheid, ())
    )


def _woord(cijfer: Cijfer, grootheid: Grootheid) -> str:
    """Return the word of another amount of the same level."""
    if cijfer.taakveld is not None:
        return f"{taakveldbegin(cijfer.taakveld)}{grootheid.value}"
    if cijfer.hoofdtaakveld is not None:
        return f"{hoofdtaakveldbegin(cijfer.hoofdtaakveld)}{grootheid.value}"
    return grootheid.value if cijfer.pakket is None else pakketcijferwoord(cijfer.pakket, grootheid)


def _van_hoofdtaakveld(stuk: Bedragstuk, grootheid: Grootheid, adres: Adres) -> Iterator[Deel]:
    """Yield the taakvelden of a chapter that have this amount in any column."""
    bedragen = adres.bedragen(None)
    for code, rijen in groupby(_taakvelden(stuk), key=lambda rij: rij.code):
        eigen = list(rijen)
        raming = sum((rij.raming for rij in eigen), Raming())
        if any(waarde.bedrag(grootheid) for waarde in raming.values()):
            naam = _titel(eigen, stuk.kolom) if code else ZONDER
            naar = f"{bedragen}{taakveldbegin(code)}{grootheid.value}/"
            yield Deel(naam, grootheid, raming[stuk.kolom].bedrag(grootheid), naar)


def _van_taakveld(stuk: Bedragstuk, grootheid: Grootheid, adres: Adres) -> Iterator[Deel]:
    """Yield what lines, or with very many of them pakketten, put into a taakveld."""
    programmas = {rij.slug: benaming.volledig(rij) for rij in stuk.programmas}
    for deel in stuk.taakvelddelen:
        pakket, naar = f"{deel.pakket} {deel.pakketnaam}", f"{adres.bedragen(deel.programma)}{deel.woord}/"
        if deel.sleutel:
            onder, groep = f"regel {deel.sleutel}", f"{programmas[deel.programma]}, {pakket}"
            yield Deel(deel.omschrijving, grootheid, deel.euro, naar, groep, onder)
        else:
            yield Deel(pakket, grootheid, deel.euro, naar, programmas[deel.programma], ALLEEN_DEZE_REGELS)


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
