"""What a reader chooses of a comparison: which columns, how large a difference, which programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote

from programma.inhoud import Uitgave
from programma.inhoud.vergelijking import Kader, Paar
from programma.pagina import benaming
from programma.pagina.adres import vergelijking
from programma.pagina.keuze import Weergavelink
from programma.pagina.som import focuskolom
from programma.raming import NUL, Kolom
from veiligheid.formatting import kleine_letter

ALLE = "alle"
ALLES, VERSCHILLEN = "alles", "verschillen"
DREMPELS = {"10000": "groter dan € 10.000", "100000": "groter dan € 100.000", "1000000": "groter dan € 1 miljoen"}
FILTERS = {ALLES: "alles", VERSCHILLEN: "alleen verschillen", **DREMPELS}


class Vraag(NamedTuple):
    """The raw query parameters, as they came."""

    kolom: str = ""
    toon: str = ""
    programma: str = ""


class Optie(NamedTuple):
    """Columns that can be shown: the name in the address, the name for people, and the pairs."""

    code: str
    naam: str
    paren: tuple[Paar, ...]


@dataclass(frozen=True, slots=True)
class Keuze:
    """A choice that can be shown. `optie` is None when the versions share no column."""

    a: Uitgave
    b: Uitgave
    opties: tuple[Optie, ...]
    optie: Optie | None
    toon: str = VERSCHILLEN
    programma: str = ""

    @property
    def paren(self) -> tuple[Paar, ...]:
        """The pairs of columns that are shown."""
        return self.optie.paren if self.optie else ()

    @property
    def drempel(self) -> Decimal:
        """Only differences above this amount are shown, in euros."""
        return Decimal(self.toon) if self.toon in DREMPELS else NUL

    def adres(self, kolom: str | None = None, toon: str | None = None, programma: str | None = None) -> str:
        """Return the address of this choice, with another part if given; what is the default is left out."""
        gekozen = self.optie.code if self.optie else ""
        kolom = gekozen if kolom is None else kolom
        toon = self.toon if toon is None else toon
        programma = self.programma if programma is None else programma
        delen = [vergelijking(self.a.kenmerk, self.b.kenmerk)]
        if self.opties and kolom != self.opties[0].code:
            delen.append(f"kolom={kolom}")
        if toon != VERSCHILLEN:
            delen.append(f"toon={toon}")
        if programma:
            delen.append(f"programma={quote(programma)}")
        return "&".join(delen)

    def kolomlinks(self, anker: str) -> tuple[Weergavelink, ...]:
        """Return a link per choice of columns; none if there is nothing to choose."""
        if len(self.opties) < 2:
            return ()
        return tuple(
            Weergavelink(optie.naam, f"{self.adres(kolom=optie.code)}#{anker}", optie == self.optie)
            for optie in self.opties
        )

    def filterlinks(self, grootste: Decimal, anker: str) -> tuple[Weergavelink, ...]:
        """Return a link per filter: the thresholds as far as any difference (at most `grootste`) is above them."""
        return tuple(
            Weergavelink(naam, f"{self.adres(toon=filter)}#{anker}", filter == self.toon)
            for filter, naam in FILTERS.items()
            if filter not in DREMPELS or filter in {self.toon, "10000"} or grootste > Decimal(filter)
        )


def kolomcode(kolom: Kolom) -> str:
    """Return a column as it stands in an address: "primair-2025"."""
    return f"{kolom.fase}-{kolom.jaar}"


def kolomnaam(kolom: Kolom) -> str:
    """Return a column inside a sentence: "primaire begroting 2025"."""
    return f"{kleine_letter(benaming.fase(kolom))} {kolom.jaar}"


def paarnaam(paar: Paar) -> str:
    """Return a pair: "primaire begroting 2025", or both names when they differ."""
    return kolomnaam(paar.a) if paar.a == paar.b else f"{kolomnaam(paar.a)} naast {kolomnaam(paar.b)}"


def _optie(paar: Paar) -> Optie:
    code = kolomcode(paar.a) if paar.a == paar.b else f"{kolomcode(paar.a)},{kolomcode(paar.b)}"
    return Optie(code, paarnaam(paar), (paar,))


def opties(a: Uitgave, kader_a: Kader, b: Uitgave, kader_b: Kader) -> tuple[Optie, ...]:
    """Return the columns that can be compared, the best first.

    Of one document the same columns, all of them or one. Of two documents first what each is about (the column of its
    own year), then the columns that both have, then the same year in another stage: what was expected and what came.
    """
    gelijk = [Paar(kolom, kolom) for kolom in kader_b.kolommen if kolom in kader_a.kolommen]
    if a.document_slug == b.document_slug:
        los = [_optie(paar) for paar in gelijk]
        return (Optie(ALLE, "alle kolommen", tuple(gelijk)), *los) if len(los) > 1 else tuple(los)
    paren = [*_eigen(a, kader_a, b, kader_b), *gelijk, *_zelfde_jaar(list(kader_a.kolommen), list(kader_b.kolommen))]
    return tuple(_optie(paar) for paar in dict.fromkeys(paren))


def _eigen(a: Uitgave, kader_a: Kader, b: Uitgave, kader_b: Kader) -> Iterator[Paar]:
    """Yield the pair of the columns that each document is about."""
    van, naar = focuskolom(list(kader_a.kolommen), a.jaar), focuskolom(list(kader_b.kolommen), b.jaar)
    if van and naar:
        yield Paar(van, naar)


def _zelfde_jaar(a: Sequence[Kolom], b: Sequence[Kolom]) -> Iterator[Paar]:
    """Yield per year the last column of each, where they have no column of that year in common."""
    for jaar in sorted({kolom.jaar for kolom in a} & {kolom.jaar for kolom in b}):
        van, naar = ([kolom for kolom in kolommen if kolom.jaar == jaar] for kolommen in (a, b))
        if not set(van) & set(naar):
            yield Paar(van[-1], naar[-1])


def kies(vraag: Vraag, a: Uitgave, kader_a: Kader, b: Uitgave, kader_b: Kader) -> Keuze:
    """Return the choice that the raw parameters make, as far as it can be shown."""
    mogelijk = opties(a, kader_a, b, kader_b)
    gevraagd = [optie for optie in mogelijk if optie.code == vraag.kolom]
    codes = {rij.code for kader in (kader_a, kader_b) for rij in kader.programmas}
    return Keuze(
        a,
        b,
        mogelijk,
        next(iter([*gevraagd, *mogelijk]), None),
        vraag.toon if vraag.toon in FILTERS else VERSCHILLEN,
        vraag.programma if vraag.programma in codes else "",
    )
