"""How the two sides of a comparison are called, and the sentence that says what stands beside what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programma.inhoud import Uitgave
from programma.inhoud.vergelijking import Paar
from programma.pagina.vergelijken.keuze import kolomnaam
from programma.verschil import Aard
from veiligheid.formatting import hoofdletter, opsomming, telwoord


@dataclass(frozen=True, slots=True)
class Kanten:
    """The names of a and b, as short as they can be: two versions of one document, or two documents."""

    a: str
    b: str
    zelfde_document: bool

    def alleen_in(self, in_a: bool, in_b: bool) -> str:
        """Return "alleen in versie 2" for what one of them has not; "" for what both have."""
        if in_a == in_b:
            return ""
        return f"alleen in {self.a if in_a else self.b}"

    def aard(self, aard: Aard) -> str:
        """Return what happened to a row, in words."""
        return self.alleen_in(aard == Aard.VERVALLEN, aard == Aard.NIEUW) or "anders"


def kanten(a: Uitgave, b: Uitgave) -> Kanten:
    """Return the names of the sides."""
    if a.document_slug == b.document_slug:
        return Kanten(f"versie {a.nummer}", f"versie {b.nummer}", zelfde_document=True)
    if a.titel != b.titel:
        return Kanten(a.titel, b.titel, zelfde_document=False)
    return Kanten(f"{a.titel}, {a.document_slug}", f"{b.titel}, {b.document_slug}", zelfde_document=False)


def zin(paren: Sequence[Paar], namen: Kanten) -> str:
    """Return which columns stand side by side: "De primaire begroting 2025 in … naast de realisatie 2023 in …"."""
    if not paren:
        return hoofdletter(f"{namen.a} en {namen.b} hebben geen kolom die naast elkaar kan.")
    if len(paren) == 1:
        (paar,) = paren
        return f"De {kolomnaam(paar.a)} in {namen.a} naast de {kolomnaam(paar.b)} in {namen.b}."
    kolommen = opsomming([f"de {kolomnaam(paar.b)}" for paar in paren])
    return f"{hoofdletter(telwoord(len(paren)))} kolommen in {namen.a} naast dezelfde in {namen.b}: {kolommen}."
